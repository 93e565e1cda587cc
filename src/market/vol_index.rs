//! The 30-day index of a chain: which two expiries it comes from, and its level.
//!
//! Cboe's choice: SPX (AM) on third Fridays and SPXW on other Fridays, more than 23 and less than 37 days
//! ahead, on either side of 30 days. Where a chain lacks them, the nearest expiries on either side stand in and
//! the index says so.

use jiff::civil::{Date, Weekday};

use crate::calendar::{next_business_day, spx_monthly_expiry};
use crate::instrument::Root;
use crate::pricing::{ModelFree, interpolated_vol};
use crate::units::DAYS_PER_YEAR;

/// Tenor of the index, calendar days.
const TENOR_DAYS: f64 = 30.0;

/// Days to expiry, both exclusive, of the expiries that Cboe takes.
const CBOE_DAYS: [f64; 2] = [23.0, 37.0];

/// One expiry's model-free variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpiryVariance {
    /// AM or PM contracts.
    pub root: Root,
    /// Day of settlement.
    pub expiry: Date,
    /// Its variance.
    pub model_free: ModelFree,
}

/// The 30-day index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VolIndex {
    /// 100 × the 30-day vol, as VIX is quoted.
    pub level: f64,
    /// The expiry of 30 days or less.
    pub near: ExpiryVariance,
    /// The expiry of more than 30 days.
    pub next: ExpiryVariance,
    /// Whether both are expiries that Cboe would take.
    pub is_by_the_book: bool,
}

/// Whether VIX may be computed from an expiry: an AM monthly, or a Friday's PM weekly (the session before where
/// Friday is closed).
fn is_cboe(one: &ExpiryVariance) -> bool {
    let days = one.model_free.years * DAYS_PER_YEAR;
    let is_monthly = spx_monthly_expiry(one.expiry) == one.expiry;
    let closes_week = one.expiry.weekday() == Weekday::Friday || crosses_friday(one.expiry);
    let is_series = match one.root {
        Root::Spx => is_monthly,
        Root::Spxw => closes_week && !is_monthly,
        Root::Xsp | Root::Vix | Root::Vixw | Root::Vx | Root::Vxm => false,
    };
    is_series && days > CBOE_DAYS[0] && days < CBOE_DAYS[1]
}

/// A Thursday whose next session is in the following week.
fn crosses_friday(day: Date) -> bool {
    day.weekday() == Weekday::Thursday && next_business_day(day).weekday() != Weekday::Friday
}

fn bracket(all: &[ExpiryVariance]) -> Option<(ExpiryVariance, ExpiryVariance)> {
    let days = |one: &&ExpiryVariance| one.model_free.years * DAYS_PER_YEAR;
    let near = all.iter().filter(|one| days(one) <= TENOR_DAYS);
    let next = all.iter().filter(|one| days(one) > TENOR_DAYS);
    let near = near.max_by(|x, y| days(x).total_cmp(&days(y)))?;
    let next = next.min_by(|x, y| days(x).total_cmp(&days(y)))?;
    Some((*near, *next))
}

/// The index of a chain's expiries; `None` unless some lie on either side of 30 days.
pub fn vol_index(expiries: &[ExpiryVariance]) -> Option<VolIndex> {
    let by_the_book: Vec<ExpiryVariance> = expiries
        .iter()
        .filter(|one| is_cboe(one))
        .copied()
        .collect();
    let book = bracket(&by_the_book);
    let is_by_the_book = book.is_some();
    let (near, next) = book.or_else(|| bracket(expiries))?;
    let vol = interpolated_vol(
        &near.model_free,
        &next.model_free,
        TENOR_DAYS / DAYS_PER_YEAR,
    )?;
    Some(VolIndex {
        level: 100.0 * vol,
        near,
        next,
        is_by_the_book,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn expiry(root: Root, expiry: Date, days: f64, vol: f64) -> ExpiryVariance {
        ExpiryVariance {
            root,
            expiry,
            model_free: ModelFree {
                years: days / DAYS_PER_YEAR,
                forward: 5000.0,
                centre: 5000.0,
                strikes: 100,
                lowest: 4000.0,
                highest: 5500.0,
                tail: 0.001,
                contributions: 0.0,
                variance: vol * vol,
            },
        }
    }

    #[test]
    fn fridays_around_thirty_days() {
        let monthly = date(2026, 4, 17);
        let weekly = date(2026, 4, 10);
        let chain = [
            expiry(Root::Spxw, date(2026, 4, 13), 29.9, 0.9), // a Monday: not for VIX
            expiry(Root::Spxw, weekly, 28.0, 0.2),
            expiry(Root::Spx, monthly, 34.7, 0.2),
            expiry(Root::Spxw, monthly, 35.0, 0.9), // the PM contract of a third Friday
        ];
        let index = vol_index(&chain).expect("an index");
        assert_eq!((index.near.expiry, index.next.root), (weekly, Root::Spx));
        assert!(index.is_by_the_book && (index.level - 20.0).abs() < 1e-9);
    }

    #[test]
    fn others_stand_in_and_it_is_said() {
        let chain = [
            expiry(Root::Spxw, date(2026, 3, 20), 7.0, 0.2),
            expiry(Root::Spx, date(2026, 6, 18), 97.0, 0.2),
        ];
        let index = vol_index(&chain).expect("an index");
        assert!(!index.is_by_the_book && (index.level - 20.0).abs() < 1e-9);
        assert_eq!(vol_index(&chain[..1]), None);
    }

    #[test]
    fn a_thursday_before_good_friday_closes_its_week() {
        assert!(is_cboe(&expiry(Root::Spxw, date(2026, 4, 2), 27.0, 0.2)));
        assert!(!is_cboe(&expiry(Root::Spxw, date(2026, 4, 9), 27.0, 0.2)));
    }
}
