//! The one formula behind every price: branch-free, one element at a time, vectorised by its callers.
//!
//! With A = the discounted forward, B = the discounted strike, s = σ√T, x = ln(A/B),
//! d₁ = x/s + s/2 and d₂ = x/s − s/2, an option of sign w (+1 call, −1 put) is worth
//! w (A Φ(w d₁) − B Φ(w d₂)) (Black 1976; Merton 1973). Because A φ(d₁) = B φ(d₂), one density
//! serves both distributions, and in the tail both terms share its rounding error, so that their
//! difference keeps its relative accuracy.
//!
//! No time or no vol leaves s = 0: the distributions become steps, the density terms are 0, and the
//! result is the discounted intrinsic value. NaN, zero or negative levels give NaN, never a price.
#![expect(
    clippy::inline_always,
    reason = "the kernel vectorises only if it is inlined into its caller's loop"
)]

use super::fastmath::{exp_fast, ln_ratio};
use super::normal::{mills, pdf, side};

/// Standard deviations at or below this count as none; keeps x/s finite.
const NO_STDEV: f64 = 1e-18;

/// One option's sign, discounted levels and log-moneyness.
struct Levels {
    sign: f64,
    /// A, the discounted forward.
    forward: f64,
    /// B, the discounted strike.
    strike: f64,
    /// ln(A/B).
    log_moneyness: f64,
    /// σ√T.
    stdev: f64,
}

/// The probabilities and densities that price and Greeks share.
struct Terms {
    d1: f64,
    d2: f64,
    /// Φ(w d₁), Φ(w d₂).
    n1: f64,
    n2: f64,
    /// φ(d₁), or 0 without time or vol.
    density: f64,
    inverse_stdev: f64,
}

#[inline(always)]
fn terms(levels: &Levels) -> Terms {
    let Levels { sign, forward, strike, log_moneyness, stdev } = *levels;
    let s = if stdev < NO_STDEV { NO_STDEV } else { stdev };
    let inverse_stdev = 1.0 / s;
    let (centre, half) = (log_moneyness * inverse_stdev, 0.5 * s);
    let (d1, d2) = (centre + half, centre - half);
    let density = pdf(d1);
    let tail1 = density * mills(d1.abs());
    let tail2 = density * (forward / strike) * mills(d2.abs());
    Terms {
        d1,
        d2,
        n1: side(sign * d1, tail1),
        n2: side(sign * d2, tail2),
        density: if stdev > NO_STDEV { density } else { 0.0 },
        inverse_stdev,
    }
}

/// What is constant along a line of prices: one option, its time and its discount factor.
#[derive(Clone, Copy)]
pub(super) struct PriceTerms {
    pub sign: f64,
    pub strike: f64,
    pub sqrt_years: f64,
    pub discount: f64,
}

/// Discounted Black-76 price for a forward and a vol.
#[inline(always)]
pub(super) fn price(line: &PriceTerms, forward: f64, vol: f64) -> f64 {
    let PriceTerms { sign, strike, sqrt_years, discount } = *line;
    let stdev = vol * sqrt_years;
    let log_moneyness = ln_ratio(forward, strike);
    let t = terms(&Levels { sign, forward, strike, log_moneyness, stdev });
    discount * (sign * (forward * t.n1 - strike * t.n2))
}

/// What is constant along a line of Greeks: one option, its time and its carry.
#[derive(Clone, Copy)]
pub(super) struct CarryTerms {
    sign: f64,
    strike: f64,
    years: f64,
    sqrt_years: f64,
    /// 1/(2T), or 0 without time.
    half_per_year: f64,
    rate: f64,
    dividend: f64,
    /// e^(−rT), e^(−qT).
    discount: f64,
    yield_discount: f64,
}

/// Prepares [`greeks`]. Rates stop mattering once no time is left.
#[inline(always)]
pub(super) fn carry(sign: f64, strike: f64, years: f64, rate: f64, dividend: f64) -> CarryTerms {
    let alive = years > 0.0;
    let years = if years < 0.0 { 0.0 } else { years };
    let rate = if alive { rate } else { 0.0 };
    let dividend = if alive { dividend } else { 0.0 };
    CarryTerms {
        sign,
        strike,
        years,
        sqrt_years: years.sqrt(),
        half_per_year: if alive { 0.5 / years } else { 0.0 },
        rate,
        dividend,
        discount: exp_fast(-rate * years),
        yield_discount: exp_fast(-dividend * years),
    }
}

/// Price and Greeks (order of `Greeks::NAMES`) for an underlying and a vol.
///
/// With `FORWARD` the underlying is a future: pass the rate as the dividend yield; rho then holds the
/// future fixed. Formulas: Haug, *The Complete Guide to Option Pricing Formulas*, 2nd ed., ch. 2.
#[inline(always)]
pub(super) fn greeks<const FORWARD: bool>(c: &CarryTerms, underlying: f64, vol: f64) -> [f64; 9] {
    let forward = underlying * c.yield_discount;
    let strike = c.strike * c.discount;
    let drift = (c.rate - c.dividend) * c.years;
    let log_spot = ln_ratio(underlying, c.strike);
    let stdev = vol * c.sqrt_years;
    let log_moneyness = log_spot + drift;
    let t = terms(&Levels { sign: c.sign, forward, strike, log_moneyness, stdev });

    let (asset, cash) = (forward * t.n1, strike * t.n2);
    let price = c.sign * (asset - cash);
    let delta = c.sign * (c.yield_discount * t.n1);
    let unit_density = c.yield_discount * t.density;
    let vega = forward * t.density * c.sqrt_years;
    let per_vol = c.sqrt_years * t.inverse_stdev;
    let decay = forward * t.density * stdev * c.half_per_year;
    let carry = c.sign * (c.dividend * asset - c.rate * cash);
    let slide = (drift - log_spot + 0.5 * stdev * stdev) * (t.inverse_stdev * c.half_per_year);
    [
        price,
        delta,
        unit_density * t.inverse_stdev / underlying,
        vega,
        carry - decay,
        if FORWARD { -c.years * price } else { c.sign * (c.years * cash) },
        -unit_density * t.d2 * per_vol,
        vega * t.d1 * t.d2 * per_vol,
        c.dividend * delta - unit_density * slide,
    ]
}
