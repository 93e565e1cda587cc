//! One option along a line of scenarios: columns in, columns out, vectorised.
//!
//! What does not change along the line (strike, time, rates) is prepared once; see `batch` for how the
//! loops vectorise. Every element equals the scalar functions of `black` to the last bit. Inputs are
//! not checked: an invalid element gives NaN in its own place only.

use super::batch::{BLOCK, GreeksColumns, Rows, block, scatter};
use super::black::{BlackInput, Right};
use super::error::{PricingError, same_length};
use super::kernel::{self, CarryTerms, PriceTerms};

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
        let Self {
            right,
            strike,
            years,
            discount,
        } = *self;
        BlackInput {
            right,
            forward: strike,
            strike,
            vol: 0.0,
            years,
            discount,
        }
        .price_terms()
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
        let Self {
            right,
            strike,
            years,
            rate,
            dividend,
        } = *self;
        let time = kernel::time_terms(years, rate, dividend);
        let carry = CarryTerms {
            sign: right.sign(),
            strike,
            time,
        };
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
        let Self {
            right,
            strike,
            years,
            rate,
        } = *self;
        let time = kernel::time_terms(years, rate, rate);
        let carry = CarryTerms {
            sign: right.sign(),
            strike,
            time,
        };
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
