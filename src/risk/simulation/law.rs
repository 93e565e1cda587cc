//! The law of one simulated day: a skewed fat-tailed SPX move whose size follows VIX, and the VIX that answers it.
//!
//! With eps a unit-variance Student t of 6 degrees, stretched by 1.25 below zero and 0.75 above and then
//! brought back to mean 0 and sd 1:
//!
//! `z = clip(0.76 (V/18)^0.40 eps, ±6)`, `r = mu/252 − c(V) + z V/100/√252`,
//! `dlnV = −0.0110 − 0.0746 z' + 0.0141 z'² − 0.0388 ln(V/18) + 0.0452 u`, `z' = clip(z, ±4.5)`,
//!
//! with u a unit-variance Student t of 5 degrees and c(V) such that `E[e^r] = e^(mu/252)`. The coefficients
//! were fitted by least squares to daily closes of 2016-02 to 2026-02 (R² 0.68); `docs/model.md` shows the
//! check and where it fails (the upper tail of 21-day moves is somewhat too wide).

use std::sync::OnceLock;

use statrs::distribution::{ContinuousCDF as _, StudentsT};

use crate::indicator::TRADING_DAYS_PER_YEAR;
use crate::pricing::exp_fast;

/// Lowest simulated VIX in points.
pub const VIX_LAW_FLOOR: f64 = 9.0;
/// Highest simulated VIX in points.
pub const VIX_LAW_CAP: f64 = 90.0;

/// Quantiles of each shock: a draw of 13 bits picks one, its mirror is the opposite one.
const QUANTILES: usize = 1 << 13;
/// Levels of ln VIX at which the martingale correction is tabulated.
const LEVELS: usize = 257;

/// Degrees of freedom of the SPX shock.
const SPX_DEGREES: f64 = 6.0;
/// Degrees of freedom of VIX's own shock.
const VIX_DEGREES: f64 = 5.0;
/// Stretch of the SPX shock below and above zero.
const STRETCH: (f64, f64) = (1.25, 0.75);
/// Size of the SPX shock at VIX 18 in units of VIX / √252.
const SIZE: f64 = 0.76;
/// Exponent of the size on VIX / 18.
const SIZE_EXPONENT: f64 = 0.40;
/// VIX at which the size is [`SIZE`] and to which ln VIX reverts by the linear term.
const VIX_LEVEL: f64 = 18.0;
/// Limit of z.
const Z_LIMIT: f64 = 6.0;
/// Limit of z in the answer of VIX.
const ANSWER_LIMIT: f64 = 4.5;
/// Daily drift of ln VIX.
const VIX_DRIFT: f64 = -0.0110;
/// Answer of ln VIX to z.
const VIX_SLOPE: f64 = -0.0746;
/// Answer of ln VIX to z².
const VIX_CURVATURE: f64 = 0.0141;
/// Reversion of ln VIX per day.
const VIX_REVERSION: f64 = 0.0388;
/// Daily sd of VIX's own shock in ln VIX.
const VIX_OWN_SD: f64 = 0.0452;

/// The shocks of the law, tabulated once.
#[derive(Debug)]
pub struct Shocks {
    spx: Vec<f64>,
    vix: Vec<f64>,
    /// `ln E[exp(z V/100/√252)]` on even steps of ln VIX from floor to cap.
    correction: Vec<f64>,
}

/// One day of one path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Log return of SPX without drift: its exponential has mean 1.
    pub log_spx: f64,
    /// ln VIX after the day.
    pub log_vix: f64,
}

impl Shocks {
    /// The tables, made at the first use.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Shocks> = OnceLock::new();
        SHARED.get_or_init(Self::new)
    }

    fn new() -> Self {
        let stretched = quantiles(SPX_DEGREES).into_iter().map(|eps| {
            let stretch = if eps < 0.0 { STRETCH.0 } else { STRETCH.1 };
            stretch * eps
        });
        let spx = standardised(stretched.collect());
        let vix = standardised(quantiles(VIX_DEGREES));
        let correction = (0..LEVELS)
            .map(|index| {
                let vix = (log_floor() + index as f64 * level_step()).exp();
                let size = size_of(vix.ln());
                let daily = vix / 100.0 / TRADING_DAYS_PER_YEAR.sqrt();
                let growth = spx
                    .iter()
                    .map(|eps| ((size * eps).clamp(-Z_LIMIT, Z_LIMIT) * daily).exp());
                (growth.sum::<f64>() / spx.len() as f64).ln()
            })
            .collect();
        Self {
            spx,
            vix,
            correction,
        }
    }

    /// One day from ln VIX, by 26 random bits or their mirror.
    pub fn step(&self, log_vix: f64, draw: u64, mirrored: bool) -> Step {
        let draw = if mirrored { !draw } else { draw };
        let eps = self.spx[draw as usize % QUANTILES];
        let own = self.vix[(draw >> 32) as usize % QUANTILES];
        let z = (size_of(log_vix) * eps).clamp(-Z_LIMIT, Z_LIMIT);
        let answer = z.clamp(-ANSWER_LIMIT, ANSWER_LIMIT);
        let daily = exp_fast(log_vix) / 100.0 / TRADING_DAYS_PER_YEAR.sqrt();
        let moved = log_vix + VIX_DRIFT + VIX_SLOPE * answer + VIX_CURVATURE * answer * answer
            - VIX_REVERSION * (log_vix - VIX_LEVEL.ln())
            + VIX_OWN_SD * own;
        Step {
            log_spx: z * daily - self.correction_at(log_vix),
            log_vix: moved.clamp(log_floor(), VIX_LAW_CAP.ln()),
        }
    }

    fn correction_at(&self, log_vix: f64) -> f64 {
        let place = ((log_vix - log_floor()) / level_step()).clamp(0.0, (LEVELS - 1) as f64);
        let below = (place.floor() as usize).min(LEVELS - 2);
        let weight = place - below as f64;
        (1.0 - weight) * self.correction[below] + weight * self.correction[below + 1]
    }
}

fn size_of(log_vix: f64) -> f64 {
    SIZE * exp_fast(SIZE_EXPONENT * (log_vix - VIX_LEVEL.ln()))
}

fn log_floor() -> f64 {
    VIX_LAW_FLOOR.ln()
}

fn level_step() -> f64 {
    (VIX_LAW_CAP / VIX_LAW_FLOOR).ln() / (LEVELS - 1) as f64
}

/// Quantiles of a Student t at the middles of equal shares, ascending; the lower half mirrors the upper.
fn quantiles(degrees: f64) -> Vec<f64> {
    let law = StudentsT::new(0.0, 1.0, degrees).expect("the degrees are positive constants");
    let upper: Vec<f64> = (QUANTILES / 2..QUANTILES)
        .map(|index| law.inverse_cdf((index as f64 + 0.5) / QUANTILES as f64))
        .collect();
    let lower = upper.iter().rev().map(|quantile| -quantile);
    lower.chain(upper.iter().copied()).collect()
}

/// The same values shifted and scaled to mean 0 and sd 1 over the table.
fn standardised(values: Vec<f64>) -> Vec<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / count;
    let sd = variance.sqrt();
    values
        .into_iter()
        .map(|value| (value - mean) / sd)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Shocks, quantiles};

    #[test]
    fn the_stretched_shock_has_the_moments_of_the_closed_form() {
        let unit = (4.0_f64 / 6.0).sqrt();
        let stretched: Vec<f64> = quantiles(6.0)
            .into_iter()
            .map(|t| unit * t * if t < 0.0 { 1.25 } else { 0.75 })
            .collect();
        let count = stretched.len() as f64;
        let mean = stretched.iter().sum::<f64>() / count;
        let second = stretched.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / count;
        assert!((mean + 0.1875).abs() < 1e-3, "mean {mean}");
        assert!(
            (second.sqrt() - 1.013_580).abs() < 3e-3,
            "sd {}",
            second.sqrt()
        );
    }

    #[test]
    fn a_step_has_mean_one_whatever_vix_is() {
        let shocks = Shocks::shared();
        for vix in [9.5_f64, 17.0, 33.3, 80.0] {
            let growth: f64 = (0..8192_u64)
                .map(|draw| shocks.step(vix.ln(), draw, false).log_spx.exp())
                .sum::<f64>()
                / 8192.0;
            assert!((growth - 1.0).abs() < 2e-6, "VIX {vix}: {growth}");
        }
    }

    #[test]
    fn a_mirrored_draw_takes_the_opposite_quantiles() {
        let shocks = Shocks::shared();
        let (one, other) = (
            shocks.step(3.0, 0, false),
            shocks.step(3.0, 8191 | 8191 << 32, true),
        );
        assert_eq!(one, other);
    }

    #[test]
    fn vix_stays_within_its_limits() {
        let shocks = Shocks::shared();
        for draw in [0, 8191, 8191 << 32, u64::MAX] {
            for vix in [9.0_f64, 90.0] {
                let after = shocks.step(vix.ln(), draw, false).log_vix.exp();
                assert!((8.999_999..=90.000_001).contains(&after));
            }
        }
    }
}
