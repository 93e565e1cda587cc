//! Many options, or one option along a line of scenarios: columns in, columns out, vectorised.
//!
//! Work goes through blocks of [`BLOCK`] elements in fixed-size arrays on the stack: their addresses
//! are distinct by construction, so the compiler vectorises the kernel without run-time alias checks.
//! Every element equals the scalar functions of `black` to the last bit. Inputs are not checked:
//! an invalid element gives NaN in its own place only.

use super::black::{BlackInput, Right};
use super::error::{PricingError, same_length};
use super::greeks::Greeks;
use super::kernel::{self, CarryTerms, PriceTerms};

/// Elements per block: large enough to amortise copying, small enough for the first-level cache.
const BLOCK: usize = 64;

/// Nine columns of a block, in the order of [`Greeks::NAMES`].
type Rows = [[f64; BLOCK]; 9];

/// Options to price together, one per index.
#[derive(Clone, Copy, Debug)]
pub struct BatchInput<'a> {
    /// +1 call, −1 put ([`Right::sign`]).
    pub right_sign: &'a [f64],
    /// Spot for [`bsm_batch`], future for [`black76_batch`].
    pub underlying: &'a [f64],
    /// Strikes.
    pub strike: &'a [f64],
    /// Years to settlement.
    pub years: &'a [f64],
    /// Continuously compounded rates.
    pub rate: &'a [f64],
    /// Continuously compounded dividend yields; [`black76_batch`] does not read them.
    pub dividend: &'a [f64],
    /// Vols as decimals.
    pub vol: &'a [f64],
}

/// Price and Greeks of many options, a column each; index i is option i. Units as in [`Greeks`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GreeksColumns {
    /// Value.
    pub price: Vec<f64>,
    /// ∂V/∂U.
    pub delta: Vec<f64>,
    /// ∂²V/∂U².
    pub gamma: Vec<f64>,
    /// ∂V/∂σ per 1.00.
    pub vega: Vec<f64>,
    /// ∂V/∂t per year.
    pub theta: Vec<f64>,
    /// ∂V/∂r per 1.00.
    pub rho: Vec<f64>,
    /// ∂²V/∂U∂σ.
    pub vanna: Vec<f64>,
    /// ∂²V/∂σ².
    pub volga: Vec<f64>,
    /// ∂delta/∂t per year.
    pub charm: Vec<f64>,
}

impl GreeksColumns {
    /// Columns of `len` zeros.
    #[must_use]
    pub fn zeros(len: usize) -> Self {
        let mut columns = Self::default();
        columns.resize(len);
        columns
    }

    /// Number of options.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.price.len()
    }

    /// True without options.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.price.is_empty()
    }

    /// Price and Greeks of option `index`, if there is one.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Greeks> {
        let mut values = [0.0; 9];
        for (value, column) in values.iter_mut().zip(self.columns()) {
            *value = *column.get(index)?;
        }
        Some(Greeks::from_array(values))
    }

    /// The nine columns in the order of [`Greeks::NAMES`].
    #[must_use]
    pub fn columns(&self) -> [&[f64]; 9] {
        let Self { price, delta, gamma, vega, theta, rho, vanna, volga, charm } = self;
        [price, delta, gamma, vega, theta, rho, vanna, volga, charm].map(Vec::as_slice)
    }

    /// Makes every column `len` long; new entries are 0. Allocates only to grow.
    pub fn resize(&mut self, len: usize) {
        for column in self.columns_mut() {
            column.resize(len, 0.0);
        }
    }

    const fn columns_mut(&mut self) -> [&mut Vec<f64>; 9] {
        let Self { price, delta, gamma, vega, theta, rho, vanna, volga, charm } = self;
        [price, delta, gamma, vega, theta, rho, vanna, volga, charm]
    }

    /// Copies the first `count` entries of a block to `start`.
    fn store(&mut self, start: usize, count: usize, rows: &Rows) {
        for (column, row) in self.columns_mut().into_iter().zip(rows) {
            column[start..start + count].copy_from_slice(&row[..count]);
        }
    }
}

/// One option whose forward and vol vary along a line of scenarios while strike, time and discount
/// stay: the hot loop of every scenario surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceLine {
    /// Call or put.
    pub right: Right,
    /// Strike.
    pub strike: f64,
    /// Years to settlement.
    pub years: f64,
    /// Discount factor to the payment date.
    pub discount: f64,
}

impl PriceLine {
    /// Price for one forward and vol; the same bits as [`super::black76_price`].
    #[must_use]
    pub fn price(&self, forward: f64, vol: f64) -> f64 {
        kernel::price(&self.terms(), forward, vol)
    }

    /// Writes the price for every pair of forward and vol.
    ///
    /// # Errors
    /// [`PricingError::Length`] if the slices differ in length.
    pub fn price_slice(
        &self,
        forward: &[f64],
        vol: &[f64],
        out: &mut [f64],
    ) -> Result<(), PricingError> {
        same_length("vol", vol.len(), forward.len())?;
        same_length("out", out.len(), forward.len())?;
        price_loop(&self.terms(), forward, vol, out);
        Ok(())
    }

    fn terms(&self) -> PriceTerms {
        let Self { right, strike, years, discount } = *self;
        BlackInput { right, forward: strike, strike, vol: 0.0, years, discount }.price_terms()
    }
}

/// Out of line, so that its arguments are known not to overlap.
#[inline(never)]
fn price_loop(terms: &PriceTerms, forward: &[f64], vol: &[f64], out: &mut [f64]) {
    let terms = *terms;
    for ((out, &forward), &vol) in out.iter_mut().zip(forward).zip(vol) {
        *out = kernel::price(&terms, forward, vol);
    }
}

/// One option on a spot along a line of scenarios: spot and vol vary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpotLine {
    /// Call or put.
    pub right: Right,
    /// Strike.
    pub strike: f64,
    /// Years to settlement.
    pub years: f64,
    /// Continuously compounded rate.
    pub rate: f64,
    /// Continuously compounded dividend yield.
    pub dividend: f64,
}

impl SpotLine {
    /// Price and Greeks with respect to spot for every pair of spot and vol; `out` takes their
    /// length. The same bits as [`super::bsm`].
    ///
    /// # Errors
    /// [`PricingError::Length`] if `spot` and `vol` differ in length.
    pub fn greeks_slice(
        &self,
        spot: &[f64],
        vol: &[f64],
        out: &mut GreeksColumns,
    ) -> Result<(), PricingError> {
        let Self { right, strike, years, rate, dividend } = *self;
        let carry = kernel::carry(right.sign(), strike, years, rate, dividend);
        greeks_line::<false>(&carry, spot, vol, out)
    }
}

/// One option on a future along a line of scenarios: future and vol vary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForwardLine {
    /// Call or put.
    pub right: Right,
    /// Strike.
    pub strike: f64,
    /// Years to settlement.
    pub years: f64,
    /// Continuously compounded rate.
    pub rate: f64,
}

impl ForwardLine {
    /// Price and Greeks with respect to the future for every pair of future and vol; `out` takes
    /// their length. The same bits as [`super::black76`].
    ///
    /// # Errors
    /// [`PricingError::Length`] if `forward` and `vol` differ in length.
    pub fn greeks_slice(
        &self,
        forward: &[f64],
        vol: &[f64],
        out: &mut GreeksColumns,
    ) -> Result<(), PricingError> {
        let Self { right, strike, years, rate } = *self;
        let carry = kernel::carry(right.sign(), strike, years, rate, rate);
        greeks_line::<true>(&carry, forward, vol, out)
    }
}

fn greeks_line<const FORWARD: bool>(
    carry: &CarryTerms,
    underlying: &[f64],
    vol: &[f64],
    out: &mut GreeksColumns,
) -> Result<(), PricingError> {
    same_length("vol", vol.len(), underlying.len())?;
    out.resize(underlying.len());
    let mut rows: Rows = [[0.0; BLOCK]; 9];
    for start in (0..underlying.len()).step_by(BLOCK) {
        let count = BLOCK.min(underlying.len() - start);
        let inputs = [underlying, vol].map(|column| block(column, start));
        line_block::<FORWARD>(carry, &inputs, count, &mut rows);
        out.store(start, count, &rows);
    }
    Ok(())
}

#[inline(never)]
fn line_block<const FORWARD: bool>(
    carry: &CarryTerms,
    input: &[[f64; BLOCK]; 2],
    count: usize,
    rows: &mut Rows,
) {
    let carry = *carry;
    let [underlying, vol] = input;
    for i in 0..count.min(BLOCK) {
        let values = kernel::greeks::<FORWARD>(&carry, underlying[i], vol[i]);
        scatter(rows, i, values);
    }
}

/// Black-Scholes-Merton price and Greeks of every option; `out` takes the batch's length. The same
/// bits as [`super::bsm`].
///
/// # Errors
/// [`PricingError::Length`] if the slices differ in length.
pub fn bsm_batch(input: &BatchInput<'_>, out: &mut GreeksColumns) -> Result<(), PricingError> {
    input.check()?;
    run_batch::<false>(input, out);
    Ok(())
}

/// Black-76 price and Greeks of every option on its future; `out` takes the batch's length. The same
/// bits as [`super::black76`].
///
/// # Errors
/// [`PricingError::Length`] if the slices differ in length.
pub fn black76_batch(input: &BatchInput<'_>, out: &mut GreeksColumns) -> Result<(), PricingError> {
    let input = BatchInput { dividend: input.rate, ..*input };
    input.check()?;
    run_batch::<true>(&input, out);
    Ok(())
}

impl BatchInput<'_> {
    fn check(&self) -> Result<(), PricingError> {
        let len = self.underlying.len();
        same_length("right_sign", self.right_sign.len(), len)?;
        same_length("strike", self.strike.len(), len)?;
        same_length("years", self.years.len(), len)?;
        same_length("rate", self.rate.len(), len)?;
        same_length("dividend", self.dividend.len(), len)?;
        same_length("vol", self.vol.len(), len)
    }
}

fn run_batch<const FORWARD: bool>(input: &BatchInput<'_>, out: &mut GreeksColumns) {
    let BatchInput { right_sign, underlying, strike, years, rate, dividend, vol } = *input;
    out.resize(underlying.len());
    let mut rows: Rows = [[0.0; BLOCK]; 9];
    for start in (0..underlying.len()).step_by(BLOCK) {
        let columns = [right_sign, underlying, strike, years, rate, dividend, vol];
        let inputs = columns.map(|column| block(column, start));
        let count = BLOCK.min(underlying.len() - start);
        batch_block::<FORWARD>(&inputs, count, &mut rows);
        out.store(start, count, &rows);
    }
}

#[inline(never)]
fn batch_block<const FORWARD: bool>(input: &[[f64; BLOCK]; 7], count: usize, rows: &mut Rows) {
    let [sign, underlying, strike, years, rate, dividend, vol] = input;
    for i in 0..count.min(BLOCK) {
        let carry = kernel::carry(sign[i], strike[i], years[i], rate[i], dividend[i]);
        let values = kernel::greeks::<FORWARD>(&carry, underlying[i], vol[i]);
        scatter(rows, i, values);
    }
}

/// Writes one option's values into column i of a block.
#[expect(clippy::inline_always, reason = "part of the vectorised loops")]
#[inline(always)]
fn scatter(rows: &mut Rows, i: usize, values: [f64; 9]) {
    for (row, value) in rows.iter_mut().zip(values) {
        row[i] = value;
    }
}

/// Up to [`BLOCK`] entries of `column` from `start` on, filled up with 1s.
fn block(column: &[f64], start: usize) -> [f64; BLOCK] {
    let mut out = [1.0; BLOCK];
    let count = BLOCK.min(column.len() - start);
    out[..count].copy_from_slice(&column[start..start + count]);
    out
}
