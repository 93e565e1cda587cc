//! Richness: a VIX future against the level that mean reversion expects at its settlement.

use super::mean_reversion::OuFit;
use crate::indicator::{Incremental as _, ZScore};

/// Calendar days in a year.
const DAYS_PER_YEAR: f64 = 365.0;

/// One layer's richness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Richness {
    /// The future's price, points.
    pub price: f64,
    /// The level that the fitted process expects at its settlement, points.
    pub expected: f64,
    /// Price over expectation less 1, decimal; positive is rich.
    pub richness: f64,
    /// The same per year, in logs.
    pub per_year: f64,
}

/// Richness of a future with calendar days to its settlement, from spot VIX now. `None` unless all three are
/// positive.
///
/// The process is one of actual probabilities, so a premium for volatility risk is part of what is called
/// rich: compare it with its own history ([`richness_z`]).
pub fn richness(fit: &OuFit, spot_vix: f64, price: f64, days: f64) -> Option<Richness> {
    if spot_vix.min(price).min(days).is_nan() || spot_vix <= 0.0 || price <= 0.0 || days <= 0.0 {
        return None;
    }
    let expected = fit.expected_level(spot_vix, days / DAYS_PER_YEAR);
    (expected > 0.0).then(|| Richness {
        price,
        expected,
        richness: price / expected - 1.0,
        per_year: (price / expected).ln() * DAYS_PER_YEAR / days,
    })
}

/// Standard score of the last richness within the last `period` of its history, itself among them.
pub fn richness_z(history: &[f64], period: usize) -> Option<f64> {
    ZScore::new(period).over(history).pop().flatten()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::estimate::mean_reversion::{Estimate, MeanReversion, Window};

    fn fit() -> OuFit {
        let estimate = |value| Estimate { value, se: 0.0 };
        OuFit {
            of: MeanReversion::Log,
            window: Window {
                first: date(2010, 1, 4),
                last: date(2026, 2, 11),
                steps: 4000,
            },
            step_years: 1.0 / 252.0,
            persistence: estimate(0.98),
            constant: 0.05,
            speed: estimate(4.7),
            mean: estimate(17.4_f64.ln()),
            vol: estimate(0.94),
            half_life_steps: estimate(37.0),
            stationary_sd: 0.94 / (2.0 * 4.7_f64).sqrt(),
            log_likelihood: 0.0,
            last: 17.0_f64.ln(),
        }
    }

    #[test]
    fn the_median_curve_is_rich() {
        let rows = [
            (30.0, 18.36, 0.045),
            (110.0, 19.84, 0.097),
            (220.0, 20.80, 0.142),
        ];
        for (days, price, wanted) in rows {
            let found = richness(&fit(), 17.0, price, days).expect("a richness");
            assert!((found.richness - wanted).abs() < 5e-4, "{found:?}");
        }
        let front = richness(&fit(), 17.0, 18.36, 30.0).expect("a richness");
        assert!((front.per_year - 0.54).abs() < 5e-3);
        assert_eq!(richness(&fit(), 17.0, 0.0, 30.0), None);
        assert_eq!(richness(&fit(), f64::NAN, 18.0, 30.0), None);
    }

    #[test]
    fn against_its_own_history() {
        assert!(richness_z(&[0.1, 0.1, 0.4], 3).expect("a score") > 1.0);
        assert_eq!(richness_z(&[0.1], 3), None);
    }
}
