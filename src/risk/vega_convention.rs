//! What a point of a VIX future counts as under each convention: D, the points that it moves per vol point of
//! the condor's ATM vol.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::band::Convention;
use super::book::{Book, BookLeg, LegModel};
use super::exposure::leg_of;
use super::figures::LegRow;
use super::hedge::VegaFrame;
use super::joint::VegaReference;
use super::vega_slopes::VegaSlopes;
use super::vix_leg::VixLeg;
use crate::units::{DAYS_PER_YEAR, OPTION_MULTIPLIER};

/// Points of a ×100 product per point of its future, of one contract.
pub(super) fn per_future_point(row: &LegRow) -> f64 {
    row.greeks.delta * row.contract.multiplier() / OPTION_MULTIPLIER
}

/// A VIX future as D needs it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FutureAt {
    /// The day it settles on.
    pub expiry: Date,
    /// Its price, points.
    pub price: f64,
    /// Calendar days until then.
    pub days: f64,
}

impl FutureAt {
    pub(super) fn of(leg: &VixLeg, row: &LegRow) -> Self {
        Self {
            expiry: row.contract.expiry(),
            price: leg.future,
            days: leg.years * DAYS_PER_YEAR,
        }
    }
}

/// D: points of a VIX future per vol point of the reference under a convention.
pub fn future_per_vol_point(
    book: &Book,
    future: FutureAt,
    frame: &VegaFrame,
    rule: Convention,
) -> f64 {
    match frame.reference {
        Some(reference) => {
            let slopes = frame.slopes.as_deref();
            points_per_vol_point(book, future, (reference, slopes), rule)
        }
        None if rule == Convention::Naive => 1.0,
        None => 0.0,
    }
}

/// The same for a reference and slopes; the regression without slopes is the model's.
pub fn points_per_vol_point(
    book: &Book,
    future: FutureAt,
    (reference, slopes): (VegaReference, Option<&VegaSlopes>),
    rule: Convention,
) -> f64 {
    match (rule, slopes) {
        (Convention::Naive, _) => 1.0,
        (Convention::Regression, Some(slopes)) => {
            let slope = slopes.slope(future.expiry, future.days).slope;
            slope * reference.vix_per_vol_point(&book.params, book.market.vix)
        }
        (Convention::Damped, _) | (Convention::Regression, None) => {
            reference.future_per_vol_point(&book.params, future.price, future.days)
        }
    }
}

/// Standard error of the literal net vega by regression: expiries move together, so their errors add up.
pub(super) fn regression_error(book: &Book, rows: &[LegRow], frame: &VegaFrame) -> Option<f64> {
    let slopes = frame.slopes.as_deref()?;
    let reference = frame.reference?;
    let mut by_expiry: BTreeMap<Date, (f64, f64)> = BTreeMap::new();
    for row in rows {
        let Some(BookLeg {
            model: LegModel::Vix(vix),
            ..
        }) = leg_of(book, row)
        else {
            continue;
        };
        if vix.years <= 0.0 {
            continue;
        }
        let future = FutureAt::of(vix, row);
        let entry = by_expiry.entry(future.expiry).or_default();
        entry.0 += f64::from(row.quantity) * per_future_point(row);
        entry.1 = slopes.slope(future.expiry, future.days).slope_se;
    }
    let per_point = reference.vix_per_vol_point(&book.params, book.market.vix);
    let errors = by_expiry.values();
    let sum: f64 = errors
        .map(|(points, error)| (points * error * per_point).abs())
        .sum();
    Some(sum / frame.condors)
}
