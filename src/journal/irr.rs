//! Returns of dated cash flows.
//!
//! XIRR: the yearly rate at which the flows' present value is nothing, by actual days over 365 (the convention of
//! spreadsheets). MIRR: what is paid in is discounted at one rate, what is paid out is carried to the end at another;
//! it has one answer where signs change more than once.

use jiff::Timestamp;

use crate::calendar::years_between;
use crate::units::DAYS_PER_YEAR;

/// A yearly rate below which a return is not looked for: all but everything lost.
const LOWEST: f64 = -0.999;
/// A yearly rate above which a return is not looked for.
const HIGHEST: f64 = 10.0;
/// Held for less than this, a yearly rate says little.
pub const SHORT_HOLD_DAYS: f64 = 7.0;

/// A dated flow: positive is received.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CashFlow {
    /// When.
    pub at: Timestamp,
    /// Dollars.
    pub usd: f64,
}

/// Which return it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IrrKind {
    /// Internal rate of dated flows.
    Xirr,
    /// Modified internal rate: the flows change sign more than once.
    Mirr,
}

impl IrrKind {
    /// Its name on the screen and in reports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Xirr => "XIRR",
            Self::Mirr => "MIRR",
        }
    }
}

/// A return of dated flows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Irr {
    /// Decimal a year.
    pub per_year: f64,
    /// Which.
    pub kind: IrrKind,
    /// Whether the flows span less than [`SHORT_HOLD_DAYS`], so that the year is mostly supposed.
    pub is_short: bool,
}

/// The return of flows, oldest first: XIRR, or MIRR at `rate_per_year` (decimal, for paying in and for carrying on)
/// where their sign changes more than once. `None` without a change of sign, or beyond −99.9 % and 1,000 % a year.
pub fn irr(flows: &[CashFlow], rate_per_year: f64) -> Option<Irr> {
    let flows: Vec<CashFlow> = flows
        .iter()
        .copied()
        .filter(|flow| flow.usd != 0.0)
        .collect();
    let changes = flows
        .windows(2)
        .filter(|pair| pair[0].usd.signum() != pair[1].usd.signum())
        .count();
    let span_days = years(flows.first()?, flows.last()?) * DAYS_PER_YEAR;
    let (per_year, kind) = match changes {
        0 => return None,
        1 => (xirr(&flows)?, IrrKind::Xirr),
        _ => (mirr(&flows, rate_per_year)?, IrrKind::Mirr),
    };
    Some(Irr {
        per_year,
        kind,
        is_short: span_days < SHORT_HOLD_DAYS,
    })
}

fn years(from: &CashFlow, to: &CashFlow) -> f64 {
    years_between(from.at, to.at)
}

fn xirr(flows: &[CashFlow]) -> Option<f64> {
    let worth = |rate: f64| -> f64 {
        flows
            .iter()
            .map(|flow| flow.usd * (1.0 + rate).powf(-years(&flows[0], flow)))
            .sum()
    };
    let (mut low, mut high) = (LOWEST, HIGHEST);
    let rises = worth(low) < 0.0;
    if worth(low) * worth(high) > 0.0 {
        return None;
    }
    // Two hundred halvings go below the spacing of doubles.
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if (worth(middle) < 0.0) == rises {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

fn mirr(flows: &[CashFlow], rate: f64) -> Option<f64> {
    let (first, last) = (flows.first()?, flows.last()?);
    let span = years(first, last);
    if span <= 0.0 {
        return None;
    }
    let paid: f64 = (flows.iter().filter(|flow| flow.usd < 0.0))
        .map(|flow| -flow.usd * (1.0 + rate).powf(-years(first, flow)))
        .sum();
    let got: f64 = (flows.iter().filter(|flow| flow.usd > 0.0))
        .map(|flow| flow.usd * (1.0 + rate).powf(years(flow, last)))
        .sum();
    let per_year = (got / paid).powf(1.0 / span) - 1.0;
    ((LOWEST..=HIGHEST).contains(&per_year)).then_some(per_year)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;

    use super::*;

    fn flows(all: &[(i64, f64)]) -> Vec<CashFlow> {
        let start: Timestamp = "2008-01-01T00:00:00Z".parse().expect("a time");
        let at = |days: i64| start + (24 * days).hours();
        all.iter()
            .map(|(days, usd)| CashFlow {
                at: at(*days),
                usd: *usd,
            })
            .collect()
    }

    #[test]
    fn xirr_of_the_spreadsheet_manuals_example_is_37_34_percent() {
        // 1 Jan 2008, 1 Mar 2008, 30 Oct 2008, 15 Feb 2009, 1 Apr 2009.
        let known = [
            (0, -10_000.0),
            (60, 2750.0),
            (303, 4250.0),
            (411, 3250.0),
            (456, 2750.0),
        ];
        let found = irr(&flows(&known), 0.04).expect("one change of sign");
        assert!((found.per_year - 0.373_362_535).abs() < 1e-8, "{found:?}");
        assert_eq!((found.kind, found.is_short), (IrrKind::Xirr, false));
    }

    #[test]
    fn a_doubling_in_a_year_is_a_hundred_percent() {
        let found = irr(&flows(&[(0, -100.0), (365, 200.0)]), 0.0).expect("a return");
        assert!((found.per_year - 1.0).abs() < 1e-12);
        assert!(irr(&flows(&[(0, 100.0), (10, 50.0)]), 0.0).is_none());
        assert!(irr(&[], 0.0).is_none());
        assert!(
            irr(&flows(&[(0, -100.0), (3, 101.0)]), 0.0)
                .expect("a return")
                .is_short
        );
    }

    #[test]
    fn mirr_answers_where_signs_change_twice() {
        // 100 and 60 a year later at 10 %, paid in: 100 + 60/1.1 = 154.545…; 70·1.1² … by hand.
        let found = irr(
            &flows(&[(0, -100.0), (365, 70.0), (730, -60.0), (1095, 150.0)]),
            0.10,
        );
        let found = found.expect("a return");
        let paid = 100.0 + 60.0 / 1.21;
        let got = 70.0 * 1.21 + 150.0;
        let by_hand = f64::powf(got / paid, 1.0 / 3.0) - 1.0;
        assert_eq!(found.kind, IrrKind::Mirr);
        assert!(
            (found.per_year - by_hand).abs() < 1e-12,
            "{found:?} {by_hand}"
        );
    }
}
