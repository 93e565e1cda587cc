//! Branch-free `exp`, `ln` and power that the compiler turns into vector code.
//!
//! A loop that calls the system `exp` or `ln` stays scalar, because the compiler cannot look inside
//! them. These are plain additions, multiplications and bit moves, so a loop over them vectorises on
//! baseline x86-64 and aarch64 alike, and gives the same bits on every machine and in every loop.
//!
//! Coefficients: minimax polynomials in the relative error, computed with a Remez exchange in
//! 60-digit arithmetic and rounded to doubles. Approximation errors before rounding: `exp` 1.3e-17 on
//! |r| ≤ ln 2 / 2, `ln` 6e-17 on ratios within 2^±0.587. Measured against the system functions they
//! stay within 3 units in the last place (tests below).
#![expect(
    clippy::inline_always,
    reason = "a kernel vectorises only if its helpers are inlined into its loop"
)]

use super::error::{PricingError, same_length};

/// Adding and subtracting 1.5 · 2^52 rounds a small double to the nearest integer, which then sits
/// in the low mantissa bits.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// ln 2 cut to 33 bits: `k * LN2_HI` is exact for every binary exponent k.
const LN2_HI: f64 = 0.6931471804855391;
/// ln 2 − `LN2_HI`.
const LN2_LO: f64 = 7.440617110012397e-11;
/// Largest argument of [`exp_fast`] with a finite result.
const EXP_MAX: f64 = 709.0;
/// Arguments of [`exp_fast`] below this give 0 (the true value is under 3.4e-308).
const EXP_MIN: f64 = -708.0;

/// (e^r − 1 − r) / r² for |r| ≤ ln 2 / 2, lowest power first.
const EXP_POLY: [f64; 10] = [
    0.5000000000000001,
    0.16666666666666644,
    0.04166666666662412,
    0.008333333333356282,
    0.00138888889172287,
    0.0001984126978453446,
    2.4801521260884888e-05,
    2.755735553554286e-06,
    2.762010932833625e-07,
    2.5068199665401373e-08,
];

/// (atanh(√z)/√z − 1) / z for 0 ≤ z ≤ 0.0404, lowest power first.
const ATANH_POLY: [f64; 7] = [
    0.33333333333333476,
    0.1999999999965067,
    0.14285714423634005,
    0.11111090724370175,
    0.09092340249548372,
    0.07641002995933595,
    0.07566879286293758,
];

/// e^(hi + lo) for a small correction `lo` (|lo| < 1e-3): keeps what rounding `hi` lost.
#[inline(always)]
pub(super) fn exp_split(hi: f64, lo: f64) -> f64 {
    let clamped = if hi > EXP_MAX { EXP_MAX } else { hi };
    let shifted = clamped * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (clamped - k * LN2_HI) - k * LN2_LO + lo;
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9] = EXP_POLY;
    let r2 = r * r;
    let even = c0 + r2 * (c2 + r2 * (c4 + r2 * (c6 + r2 * c8)));
    let odd = c1 + r2 * (c3 + r2 * (c5 + r2 * (c7 + r2 * c9)));
    let power = 1.0 + (r + r2 * (even + r * odd));
    let scale = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1023 << 52));
    let value = power * scale;
    let value = if hi > EXP_MAX { f64::INFINITY } else { value };
    if hi < EXP_MIN { 0.0 } else { value }
}

/// e^x, branch-free: within 2 units in the last place for −708 ≤ x ≤ 709, 0 below, infinite above;
/// NaN stays NaN.
#[inline(always)]
#[must_use]
pub fn exp_fast(x: f64) -> f64 {
    exp_split(x, 0.0)
}

/// ln(a / b) for positive normal numbers whose ratio is within 2^±1000; accurate to a few units in
/// the last place even where the ratio is next to 1. NaN if either is zero, negative or NaN.
///
/// `a` is scaled by a power of two to within a factor 1.51 of `b`, where the difference `a − b` is
/// exact (Sterbenz), and ln(a/b) = 2 atanh((a − b)/(a + b)).
#[inline(always)]
pub(super) fn ln_ratio(a: f64, b: f64) -> f64 {
    // The difference of the bit patterns is 2^52 · log2(a/b) to within 0.087 · 2^52.
    const BIAS: u64 = (1024 << 52) + (1 << 51);
    const EXPONENT: u64 = 0xFFF0_0000_0000_0000;
    const UNIT: u64 = (1023 + 1024) << 52;
    const TWO_POW_52: f64 = 4_503_599_627_370_496.0;
    let biased = a.to_bits().wrapping_sub(b.to_bits()).wrapping_add(BIAS) & EXPONENT;
    let k = f64::from_bits((biased >> 52) | TWO_POW_52.to_bits()) - (TWO_POW_52 + 1024.0);
    let near = a * f64::from_bits(UNIT.wrapping_sub(biased));
    let s = (near - b) / (near + b);
    let z = s * s;
    let [c0, c1, c2, c3, c4, c5, c6] = ATANH_POLY;
    let z2 = z * z;
    let even = c0 + z2 * (c2 + z2 * (c4 + z2 * c6));
    let odd = c1 + z2 * (c3 + z2 * c5);
    let twice = s + s;
    let value = k * LN2_HI + (twice + (twice * z * (even + z * odd) + k * LN2_LO));
    let lower = if a < b { a } else { b };
    if lower > 0.0 { value } else { f64::NAN }
}

/// ln x, branch-free: within 2 units in the last place for positive normal x; NaN for zero, negative
/// numbers and NaN.
#[inline(always)]
#[must_use]
pub fn ln_fast(x: f64) -> f64 {
    ln_ratio(x, 1.0)
}

/// x^p for positive x, branch-free; relative error about |p ln x| · 2.2e-16.
#[inline(always)]
#[must_use]
pub fn pow_fast(x: f64, p: f64) -> f64 {
    exp_fast(p * ln_fast(x))
}

/// Writes e^x for every x. See [`exp_fast`].
///
/// # Errors
/// [`PricingError::Length`] if `out` and `x` differ in length.
pub fn exp_slice(x: &[f64], out: &mut [f64]) -> Result<(), PricingError> {
    same_length("out", out.len(), x.len())?;
    for (y, &x) in out.iter_mut().zip(x) {
        *y = exp_fast(x);
    }
    Ok(())
}

/// Writes ln x for every x. See [`ln_fast`].
///
/// # Errors
/// [`PricingError::Length`] if `out` and `x` differ in length.
pub fn ln_slice(x: &[f64], out: &mut [f64]) -> Result<(), PricingError> {
    same_length("out", out.len(), x.len())?;
    for (y, &x) in out.iter_mut().zip(x) {
        *y = ln_fast(x);
    }
    Ok(())
}

/// Writes x^power for every x. See [`pow_fast`].
///
/// # Errors
/// [`PricingError::Length`] if `out` and `x` differ in length.
pub fn pow_slice(x: &[f64], power: f64, out: &mut [f64]) -> Result<(), PricingError> {
    same_length("out", out.len(), x.len())?;
    for (y, &x) in out.iter_mut().zip(x) {
        *y = pow_fast(x, power);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evenly spread points of [low, high].
    fn spread(low: f64, high: f64, n: usize) -> impl Iterator<Item = f64> {
        (0..=n).map(move |i| low + (high - low) * i as f64 / n as f64)
    }

    fn ulps(found: f64, expected: f64) -> f64 {
        (found - expected).abs() / (expected.abs() * f64::EPSILON)
    }

    #[test]
    fn exp_is_within_two_ulps() {
        for x in spread(-708.0, 709.0, 200_003).chain(spread(-1.0, 1.0, 20_001)) {
            assert!(ulps(exp_fast(x), libm::exp(x)) <= 2.0, "exp({x}) = {}", exp_fast(x));
        }
        assert_eq!(exp_fast(0.0), 1.0);
    }

    #[test]
    fn exp_saturates_and_keeps_nan() {
        assert_eq!(exp_fast(-709.0), 0.0);
        assert_eq!(exp_fast(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp_fast(710.0), f64::INFINITY);
        assert_eq!(exp_fast(f64::INFINITY), f64::INFINITY);
        assert!(exp_fast(f64::NAN).is_nan());
    }

    #[test]
    fn split_exp_keeps_the_low_part() {
        let (hi, lo) = (-600.0, 1e-14);
        assert!(ulps(exp_split(hi, lo), libm::exp(hi) * (1.0 + lo)) <= 3.0);
    }

    #[test]
    fn ln_is_within_two_ulps() {
        let wide = spread(-690.0, 690.0, 100_003).map(libm::exp);
        for x in wide.chain(spread(0.4, 2.6, 100_003)) {
            let expected = libm::log(x);
            let error = (ln_fast(x) - expected).abs();
            assert!(error <= 2.0 * f64::EPSILON * expected.abs(), "ln({x}) = {}", ln_fast(x));
        }
        assert_eq!(ln_fast(1.0), 0.0);
    }

    #[test]
    fn ln_of_a_ratio_next_to_one_keeps_relative_accuracy() {
        let (a, b) = (6000.000001, 6000.0);
        assert!(ulps(super::ln_ratio(a, b), libm::log1p((a - b) / b)) <= 3.0);
    }

    #[test]
    fn ln_refuses_what_has_no_logarithm() {
        for x in [0.0, -0.0, -1.0, -1e300, f64::NAN] {
            assert!(ln_fast(x).is_nan(), "ln({x}) = {}", ln_fast(x));
        }
    }

    #[test]
    fn slices_equal_their_scalars_and_refuse_other_lengths() {
        let x: Vec<f64> = spread(0.01, 50.0, 101).collect();
        let mut y = vec![0.0; x.len()];
        pow_slice(&x, -0.73, &mut y).unwrap();
        assert!(x.iter().zip(&y).all(|(&x, &y)| y == pow_fast(x, -0.73)));
        assert!(x.iter().zip(&y).all(|(&x, &y)| ulps(y, libm::pow(x, -0.73)) <= 8.0));
        exp_slice(&x, &mut y).unwrap();
        assert!(x.iter().zip(&y).all(|(&x, &y)| y == exp_fast(x)));
        ln_slice(&x, &mut y).unwrap();
        assert!(x.iter().zip(&y).all(|(&x, &y)| y == ln_fast(x)));
        let wrong = PricingError::Length { field: "out", found: 3, expected: x.len() };
        assert_eq!(ln_slice(&x, &mut y[..3]), Err(wrong));
    }
}
