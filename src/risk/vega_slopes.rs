//! The regression convention of net vega: how VIX futures have moved with VIX over the last two months, by
//! contract and, where a contract is too young, by tenor.

use jiff::civil::Date;
use thiserror::Error;

use crate::estimate::RegressionError;
use crate::indicator::{VxDay, constant_maturity};
use crate::series::{Library, SeriesId};
use crate::signal::{VegaRegression, VegaRegressionParams, vega_regression};

/// Distance of the tenors that a slope is fitted at, calendar days.
const TENOR_STEP_DAYS: u32 = 5;
/// Longest of them, calendar days.
const LONGEST_TENOR_DAYS: u32 = 300;

/// Why there are no slopes.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum VegaSlopesError {
    /// No market history was read.
    #[error("no market history; import VX and VIX")]
    NoHistory,
    /// No future traded by the day asked for.
    #[error("no VIX futures in the market history; import VX")]
    NoFutures,
    /// VIX itself is missing.
    #[error("no VIX in the market history; import VIX")]
    NoVix,
    /// The line cannot be fitted.
    #[error("daily changes of VX and VIX: {0}")]
    Regression(#[from] RegressionError),
}

/// How a future has moved with VIX.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VegaSlope {
    /// Points of the future per point of VIX, within the method's limits.
    pub slope: f64,
    /// Standard error of the slope as fitted, never negative.
    pub slope_se: f64,
    /// Changes used, those of the nearest fitted tenor between two.
    pub observations: usize,
    /// Whether it is the contract's own, else that of a future of as many days.
    pub is_own: bool,
}

impl VegaSlope {
    fn of(fitted: &VegaRegression, is_own: bool) -> Self {
        Self {
            slope: fitted.slope_used,
            slope_se: fitted.slope_se,
            observations: fitted.observations,
            is_own,
        }
    }
}

/// The slopes as they were known after a close.
#[derive(Clone, Debug, PartialEq)]
pub struct VegaSlopes {
    last: Date,
    /// By expiry, ascending.
    contracts: Vec<(Date, VegaSlope)>,
    /// By tenor in calendar days, ascending; never empty.
    tenors: Vec<(f64, VegaSlope)>,
}

impl VegaSlopes {
    /// Fits the slopes from the closes of `day` and before.
    ///
    /// # Errors
    /// [`VegaSlopesError`] without VIX or its futures by then, or with fewer changes than the method's least.
    pub fn of(
        library: &Library,
        day: Date,
        params: &VegaRegressionParams,
    ) -> Result<Self, VegaSlopesError> {
        let futures = library.futures();
        let spot = library
            .series(SeriesId::Vix)
            .ok_or(VegaSlopesError::NoVix)?;
        let end = futures.days().partition_point(|known| *known <= day);
        let last_place = end.checked_sub(1).ok_or(VegaSlopesError::NoFutures)?;
        let from = end.saturating_sub(params.days + 1);
        let dates = &futures.days()[from..end];
        let vix: Vec<f64> = dates
            .iter()
            .map(|date| spot.value_on(*date).unwrap_or(f64::NAN))
            .collect();
        // D is made of the slope by the book's own dVIX/dx, hence 1 here
        let fit = |levels: &[f64]| vega_regression(levels, &vix, 1.0, params);
        let days: Vec<VxDay> = (from..end)
            .zip(&vix)
            .filter_map(|(at, vix)| {
                let known = Some(*vix).filter(|vix| vix.is_finite());
                Some(VxDay::of_curve(&futures.curve_at(at)?, known))
            })
            .collect();
        let at_tenor = |tenor: f64| -> Vec<f64> {
            days.iter()
                .map(|day| constant_maturity(day, tenor).unwrap_or(f64::NAN))
                .collect()
        };
        let mut tenors = Vec::new();
        for tenor in (TENOR_STEP_DAYS..=LONGEST_TENOR_DAYS).step_by(TENOR_STEP_DAYS as usize) {
            let tenor = f64::from(tenor);
            let fitted = fit(&at_tenor(tenor))?;
            tenors.push((tenor, VegaSlope::of(&fitted, false)));
        }
        let listed = futures.curve_at(last_place);
        let contracts = listed
            .iter()
            .flat_map(|curve| curve.points)
            .filter_map(|point| {
                let contract = futures.contract(point.expiry)?;
                let settles: Vec<f64> = dates
                    .iter()
                    .map(|date| contract.settle_on(*date).unwrap_or(f64::NAN))
                    .collect();
                Some((point.expiry, VegaSlope::of(&fit(&settles).ok()?, true)))
            })
            .collect();
        Ok(Self {
            last: futures.days()[last_place],
            contracts,
            tenors,
        })
    }

    /// The day of the newest close behind them.
    pub fn last(&self) -> Date {
        self.last
    }

    /// The slope of the future of an expiry that is `days` calendar days away: its own where it has traded long
    /// enough, else that of a future of as many days, the nearest tenor beyond the ends.
    pub fn slope(&self, expiry: Date, days: f64) -> VegaSlope {
        let own = self.contracts.binary_search_by_key(&expiry, |row| row.0);
        match own {
            Ok(at) => self.contracts[at].1,
            Err(_) => self.of_tenor(days),
        }
    }

    /// The slope of a future of so many calendar days, linear between fitted tenors.
    pub fn of_tenor(&self, days: f64) -> VegaSlope {
        let after = self.tenors.partition_point(|(tenor, _)| *tenor < days);
        let last = self.tenors.len() - 1;
        let (low, high) = (
            self.tenors[after.saturating_sub(1).min(last)],
            self.tenors[after.min(last)],
        );
        let width = high.0 - low.0;
        let share = if width > 0.0 {
            (days - low.0) / width
        } else {
            0.0
        };
        let between = |from: f64, to: f64| from + share * (to - from);
        VegaSlope {
            slope: between(low.1.slope, high.1.slope),
            slope_se: between(low.1.slope_se, high.1.slope_se),
            ..low.1
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::*;
    use crate::series::{LibraryBuilder, SeriesSource, VxBar, VxContract, VxSource};

    const FIRST: Date = date(2026, 1, 5);

    /// VIX that swings, a future of 2026-05-19 that moves by half of it from its first day on, and one of
    /// 2026-09-16 that began ten days before the end and moves by a tenth.
    fn library(days: i32) -> Library {
        let vix = |day: i32| 18.0 + 3.0 * (f64::from(day) * 0.9).sin();
        let bars = |from: i32, slope: f64| -> Vec<VxBar> {
            (from..days)
                .map(|day| VxBar {
                    date: FIRST.saturating_add(day.days()),
                    settle: 12.0 + slope * vix(day),
                    volume: None,
                    open_interest: None,
                })
                .collect()
        };
        let mut builder = LibraryBuilder::default();
        builder.add_series(SeriesSource {
            id: SeriesId::Vix,
            file: "vix.csv".to_owned(),
            format: "made",
            rank: 0,
            rows: (0..days)
                .map(|day| (FIRST.saturating_add(day.days()), vix(day)))
                .collect(),
            missing: 0,
        });
        for (expiry, from, slope) in [
            (date(2026, 5, 19), 0, 0.5),
            (date(2026, 9, 16), days - 10, 0.1),
        ] {
            builder.add_future(VxSource {
                file: "vx.csv".to_owned(),
                format: "made",
                rank: 0,
                contract: VxContract {
                    expiry,
                    bars: bars(from, slope),
                    final_settlement: None,
                },
                missing: 0,
            });
        }
        builder.build()
    }

    fn slopes(days: i32, day: Date) -> Result<VegaSlopes, VegaSlopesError> {
        VegaSlopes::of(&library(days), day, &VegaRegressionParams::default())
    }

    #[test]
    fn an_old_contract_has_its_own_slope_and_a_young_one_that_of_its_tenor() {
        let found = slopes(90, date(2026, 12, 31)).expect("enough days");
        assert_eq!(found.last(), FIRST.saturating_add(89.days()));
        let own = found.slope(date(2026, 5, 19), 44.0);
        assert!(own.is_own && (own.slope - 0.5).abs() < 1e-9 && own.observations == 60);
        let young = found.slope(date(2026, 9, 16), 164.0);
        assert!(!young.is_own);
        assert_eq!(young, found.of_tenor(164.0));
        // between two fitted tenors the line is straight
        let (a, b) = (found.of_tenor(20.0).slope, found.of_tenor(25.0).slope);
        assert!((found.of_tenor(22.5).slope - 0.5 * (a + b)).abs() < 1e-12);
        assert_eq!(found.of_tenor(1000.0).slope, found.of_tenor(300.0).slope);
    }

    #[test]
    fn nothing_after_the_day_is_read_and_too_little_is_said() {
        let early = FIRST.saturating_add(59.days());
        let (alone, beside) = (slopes(60, early), slopes(90, early));
        // the young contract of the longer library begins later still
        let of = |found: &Result<VegaSlopes, VegaSlopesError>| {
            found
                .as_ref()
                .expect("enough")
                .slope(date(2026, 5, 19), 75.0)
        };
        assert_eq!(of(&alone), of(&beside));
        assert_eq!(
            slopes(90, FIRST.saturating_add(30.days())),
            Err(VegaSlopesError::Regression(RegressionError::TooFew {
                found: 30,
                needed: 40
            }))
        );
        assert_eq!(
            slopes(90, date(2025, 1, 1)),
            Err(VegaSlopesError::NoFutures)
        );
        let none = VegaSlopes::of(&Library::default(), early, &VegaRegressionParams::default());
        assert_eq!(none, Err(VegaSlopesError::NoVix));
    }
}
