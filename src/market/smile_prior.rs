//! The shape that an SPX smile is assumed to have before any quote is seen, by tenor and VIX.
//!
//! Medians of 346 expiries in nine public SPX chains, 2022–2024; ρ and φ are the SSVI fit to each row's
//! own delta multipliers at VIX 20 (`docs/model.md`). Between rows ρ and φ√θ are linear in ln T, and for
//! another level φ√θ is kept, so the shape in standardised moneyness does not depend on the level.

use super::ssvi::SsviSlice;
use crate::units::DAYS_PER_YEAR;

/// VIX at which the table's φ was fitted, as a decimal vol.
const TABLE_VOL: f64 = 0.20;

/// One tenor of the prior.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriorRow {
    /// Calendar days to expiry.
    pub days: f64,
    /// At-the-money vol over VIX/100.
    pub atm_over_vix: f64,
    /// Median ∂vol/∂k at the money, for display.
    pub skew: f64,
    /// SSVI tilt.
    pub rho: f64,
    /// SSVI curvature at VIX 20.
    pub phi: f64,
}

/// The prior by tenor.
#[rustfmt::skip]
pub const SMILE_PRIOR: [PriorRow; 9] = [
    PriorRow { days: 6.0,   atm_over_vix: 0.86, skew: -0.74, rho: -0.32, phi: 22.5 },
    PriorRow { days: 13.0,  atm_over_vix: 0.85, skew: -0.72, rho: -0.40, phi: 20.0 },
    PriorRow { days: 20.0,  atm_over_vix: 0.83, skew: -0.67, rho: -0.44, phi: 19.1 },
    PriorRow { days: 31.0,  atm_over_vix: 0.85, skew: -0.67, rho: -0.49, phi: 16.6 },
    PriorRow { days: 46.0,  atm_over_vix: 0.88, skew: -0.65, rho: -0.53, phi: 15.6 },
    PriorRow { days: 69.0,  atm_over_vix: 0.89, skew: -0.59, rho: -0.56, phi: 12.8 },
    PriorRow { days: 98.0,  atm_over_vix: 0.92, skew: -0.56, rho: -0.58, phi: 11.2 },
    PriorRow { days: 145.0, atm_over_vix: 0.93, skew: -0.48, rho: -0.63, phi: 9.2 },
    PriorRow { days: 290.0, atm_over_vix: 0.96, skew: -0.38, rho: -0.67, phi: 6.1 },
];

impl PriorRow {
    /// φ√θ of the row, the curvature in standardised moneyness.
    fn standard_phi(&self) -> f64 {
        self.phi * self.atm_over_vix * TABLE_VOL * (self.days / DAYS_PER_YEAR).sqrt()
    }
}

/// The prior slice for a VIX level in points and a time to expiry in years, both > 0.
pub fn prior(vix: f64, years: f64) -> SsviSlice {
    let days = years * DAYS_PER_YEAR;
    prior_at_vol(at_tenor(days, |row| row.atm_over_vix) * vix / 100.0, years)
}

/// The prior's shape at a given at-the-money vol (decimal) and time to expiry in years.
pub fn prior_at_vol(atm_vol: f64, years: f64) -> SsviSlice {
    let days = years * DAYS_PER_YEAR;
    let theta = atm_vol * atm_vol * years;
    SsviSlice {
        theta,
        rho: at_tenor(days, |row| row.rho),
        phi: at_tenor(days, PriorRow::standard_phi) / theta.sqrt(),
    }
    .projected()
}

/// A column interpolated linearly in ln T, flat outside the table.
fn at_tenor(days: f64, column: impl Fn(&PriorRow) -> f64) -> f64 {
    let after = SMILE_PRIOR.partition_point(|row| row.days < days);
    let (Some(low), Some(high)) = (
        SMILE_PRIOR.get(after.wrapping_sub(1)),
        SMILE_PRIOR.get(after),
    ) else {
        return column(&SMILE_PRIOR[if after == 0 { 0 } else { SMILE_PRIOR.len() - 1 }]);
    };
    let share = (days / low.days).ln() / (high.days / low.days).ln();
    column(low) + share * (column(high) - column(low))
}

#[cfg(test)]
mod tests {
    use super::{SMILE_PRIOR, prior, prior_at_vol};

    #[test]
    fn rows_are_reproduced_at_vix_20() {
        for row in SMILE_PRIOR {
            let slice = prior(20.0, row.days / 365.0);
            assert!((slice.rho - row.rho).abs() < 1e-12);
            assert!((slice.phi / row.phi - 1.0).abs() < 1e-12, "{} d", row.days);
            assert!(
                ((slice.theta / row.days * 365.0).sqrt() - 0.2 * row.atm_over_vix).abs() < 1e-12
            );
            // the skew column is a separate median, so it agrees only loosely
            assert!((slice.atm_skew(row.days / 365.0) / row.skew - 1.0).abs() < 0.35);
        }
    }

    #[test]
    fn shape_in_standardised_moneyness_does_not_depend_on_the_level() {
        let years = 38.0 / 365.0;
        let ratio = |vol: f64, z: f64| {
            let slice = prior_at_vol(vol, years);
            slice.total_variance(z * vol * years.sqrt()) / slice.theta
        };
        for z in [-2.0, -1.0, 0.5, 1.5] {
            assert!((ratio(0.12, z) - ratio(0.36, z)).abs() < 1e-12);
        }
    }

    #[test]
    fn every_tenor_and_level_is_free_of_butterfly_arbitrage() {
        for days in [0.1, 1.0, 6.0, 9.0, 25.0, 60.0, 200.0, 290.0, 1000.0] {
            for vix in [5.0, 12.0, 20.0, 40.0, 90.0, 150.0] {
                let svi = prior(vix, days / 365.0).to_svi();
                assert_eq!(
                    svi.butterfly_violation(-0.4, 0.3),
                    None,
                    "{days} d, VIX {vix}"
                );
            }
        }
    }
}
