//! Expected move, probability of profit and of touch, under a lognormal and under the smile.
//!
//! Formulas: digital price with skew, Gatheral, *The Volatility Surface* (2006), ch. 8; one-touch by the
//! reflection principle, Haug, *The Complete Guide to Option Pricing Formulas* (2007), 4.19. The drift is
//! risk-neutral unless another is given. Normal distribution from statrs.

use statrs::distribution::{Continuous as _, ContinuousCDF as _, Normal};

/// One standard deviation of SPX to the expiry in points, `S · sigma · sqrt(T)`: about 1.25 straddles.
pub fn expected_move_points(spot: f64, atm_vol: f64, years: f64) -> f64 {
    spot * atm_vol * years.max(0.0).sqrt()
}

/// A terminal level seen from the forward, with the vol there and its slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Forward to the expiry.
    pub forward: f64,
    /// The level asked about.
    pub strike: f64,
    /// Vol at the level, decimal.
    pub vol: f64,
    /// Slope of vol per point of strike at the level; 0 for a flat smile.
    pub vol_slope_per_point: f64,
    /// Years to the expiry.
    pub years: f64,
}

impl Level {
    /// Probability that the settlement lies below the level: `N(−d2) + vega · dσ/dK` (undiscounted).
    ///
    /// At or after expiry it is 0 or 1. The result is clamped to [0, 1]: an arbitrageable slope can leave it.
    pub fn probability_below(&self) -> f64 {
        let stdev = self.vol * self.years.max(0.0).sqrt();
        if stdev <= 0.0 {
            return if self.forward < self.strike { 1.0 } else { 0.0 };
        }
        let d1 = ((self.forward / self.strike).ln() + 0.5 * stdev * stdev) / stdev;
        let normal = Normal::standard();
        let vega = self.forward * self.years.sqrt() * normal.pdf(d1);
        (normal.cdf(stdev - d1) + vega * self.vol_slope_per_point).clamp(0.0, 1.0)
    }
}

/// A barrier watched continuously until the expiry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Barrier {
    /// Spot now.
    pub spot: f64,
    /// The level that may be touched.
    pub level: f64,
    /// Vol used, decimal.
    pub vol: f64,
    /// Years to the expiry.
    pub years: f64,
    /// Drift of the spot per year (rate − dividend for the risk-neutral one).
    pub drift: f64,
}

impl Barrier {
    /// Probability that the spot touches the level before the expiry; 1 when it stands there already.
    pub fn probability_of_touch(&self) -> f64 {
        let variance = self.vol * self.vol;
        let stdev = self.vol * self.years.max(0.0).sqrt();
        let distance = (self.level / self.spot).ln();
        if distance == 0.0 {
            return 1.0;
        }
        if stdev <= 0.0 {
            return 0.0;
        }
        let nu = self.drift - 0.5 * variance;
        let side = -distance.signum();
        let normal = Normal::standard();
        let reached = normal.cdf(side * (distance - nu * self.years) / stdev);
        let reflected = (2.0 * nu * distance / variance).exp()
            * normal.cdf(side * (distance + nu * self.years) / stdev);
        (reached + reflected).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Barrier, Level, expected_move_points};

    const YEARS: f64 = 45.0 / 365.0;
    const FORWARD: f64 = 6022.2329;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!(
            (found - expected).abs() <= tolerance,
            "found {found}, expected {expected} ± {tolerance}"
        );
    }

    #[test]
    fn one_standard_deviation_is_pinned() {
        near(expected_move_points(6000.0, 0.1485, YEARS), 312.851, 1e-3);
    }

    #[test]
    fn tails_of_the_worked_condor_are_pinned() {
        let below = |strike, slope| {
            Level {
                forward: FORWARD,
                strike,
                vol: 0.1485,
                vol_slope_per_point: slope,
                years: YEARS,
            }
            .probability_below()
        };
        near(below(5627.904, 0.0), 0.1016, 1e-4);
        near(1.0 - below(6317.096, 0.0), 0.1729, 1e-4);
    }

    #[test]
    fn touch_is_pinned_and_about_twice_the_tail() {
        let touch = |level, vol| {
            Barrier {
                spot: 6000.0,
                level,
                vol,
                years: YEARS,
                drift: 0.03,
            }
            .probability_of_touch()
        };
        near(touch(5640.0, 0.1948), 0.3591, 1e-4);
        near(touch(6305.0, 0.1288), 0.2909, 1e-4);
        assert_eq!(touch(6000.0, 0.15), 1.0);
    }

    #[test]
    fn an_expired_level_is_certain() {
        let level = Level {
            forward: 100.0,
            strike: 110.0,
            vol: 0.2,
            vol_slope_per_point: 0.0,
            years: 0.0,
        };
        assert_eq!(level.probability_below(), 1.0);
        assert_eq!(
            Level {
                strike: 90.0,
                ..level
            }
            .probability_below(),
            0.0
        );
    }
}
