//! The curve of VIX futures: spot VIX, the listed futures, and the price of a future of any tenor.
//!
//! Linear in calendar days through (0, VIX) and the listed futures, flat beyond the last.

use jiff::Timestamp;
use jiff::civil::Date;

use super::marks::FutureMark;
use crate::calendar::{
    ExpirySeries, SettlementTime, is_listed_expiry, new_york_date, next_expiries,
    settlement_instant, years_between,
};
use crate::units::DAYS_PER_YEAR;

/// Where the futures come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurveSource {
    /// Entered by the user or read from a file of his.
    Entered,
    /// Some entered, the others put there by a preset.
    PartlyAssumed,
    /// All put there by a preset: flat, contango or backwardation.
    Assumed,
    /// Historical medians for the level of VIX.
    MedianForVix,
}

impl CurveSource {
    /// Whether any future of the curve rests on no mark of the user's.
    pub const fn is_assumed(self) -> bool {
        match self {
            Self::Entered => false,
            Self::PartlyAssumed | Self::Assumed | Self::MedianForVix => true,
        }
    }

    /// Whether any future is the user's own mark.
    pub const fn has_entered(self) -> bool {
        match self {
            Self::Entered | Self::PartlyAssumed => true,
            Self::Assumed | Self::MedianForVix => false,
        }
    }

    /// In words, for the interface.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Entered => "as entered",
            Self::PartlyAssumed => "partly assumed",
            Self::Assumed => "assumed: a preset",
            Self::MedianForVix => "assumed: the median for this VIX",
        }
    }
}

/// One listed future.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Day of settlement.
    pub expiry: Date,
    /// Calendar days to its settlement, with fraction.
    pub days: f64,
    /// Price in VIX points.
    pub price: f64,
}

/// The VIX futures curve at one instant.
#[derive(Clone, Debug, PartialEq)]
pub struct VixCurve {
    /// The instant from which days are counted.
    pub as_of: Timestamp,
    /// Spot VIX, points.
    pub spot: f64,
    /// The futures, ascending in days, all ahead of `as_of`.
    pub points: Vec<CurvePoint>,
    /// Where the futures come from.
    pub source: CurveSource,
}

/// Days to expiry of the medians M1..M7.
pub(super) const MEDIAN_DAYS: [f64; 7] = [16.0, 48.0, 77.0, 110.0, 140.0, 169.0, 202.0];

/// Spot VIX and the median settlements of the first seven monthly futures at that level, 2013–2026
/// (estimated from Cboe settlements, `docs/model.md`).
const MEDIANS: [(f64, [f64; 7]); 6] = [
    (11.7, [13.1, 14.4, 15.2, 15.8, 16.3, 16.8, 17.1]),
    (14.4, [15.3, 16.4, 17.1, 17.5, 18.0, 18.4, 18.7]),
    (17.3, [18.1, 19.1, 19.5, 19.9, 20.3, 20.5, 20.7]),
    (21.1, [21.2, 22.0, 22.4, 22.6, 22.9, 23.1, 23.2]),
    (27.2, [26.7, 27.4, 27.7, 27.7, 28.1, 28.0, 27.7]),
    (41.5, [34.0, 33.2, 32.3, 31.5, 30.9, 30.1, 29.7]),
];

/// Listed monthly futures that the median curve fills in.
const MEDIAN_FUTURES: usize = 8;

/// The median settlements M1..M7 for a level of VIX: linear between the levels of the table, in
/// proportion to VIX outside.
pub fn median_settlements(vix: f64) -> [f64; 7] {
    let after = MEDIANS.partition_point(|row| row.0 < vix);
    if after == 0 || after == MEDIANS.len() {
        let (level, row) = MEDIANS[after.min(MEDIANS.len() - 1)];
        return row.map(|price| price * vix / level);
    }
    let ((low, lows), (high, highs)) = (MEDIANS[after - 1], MEDIANS[after]);
    let share = (vix - low) / (high - low);
    std::array::from_fn(|i| lows[i] + share * (highs[i] - lows[i]))
}

/// The median price of a future `days` ahead at a level of VIX.
pub fn median_price(vix: f64, days: f64) -> f64 {
    let row = median_settlements(vix);
    linear(vix, MEDIAN_DAYS.iter().copied().zip(row), days)
}

/// Linear through (0, spot) and the points, flat beyond the last.
pub(super) fn linear(spot: f64, points: impl Iterator<Item = (f64, f64)>, days: f64) -> f64 {
    let mut low = (0.0, spot);
    for high in points {
        if days <= high.0 {
            if high.0 <= low.0 {
                return high.1;
            }
            let share = ((days - low.0) / (high.0 - low.0)).max(0.0);
            return low.1 + share * (high.1 - low.1);
        }
        low = high;
    }
    low.1
}

/// Calendar days, with fraction, from an instant to the 09:30 settlement of a VIX expiry; 0 when past.
pub fn vix_days(as_of: Timestamp, expiry: Date) -> f64 {
    years_between(as_of, settlement_instant(expiry, SettlementTime::Open)) * DAYS_PER_YEAR
}

impl VixCurve {
    /// A curve through entered futures, given as (expiry, price); those already settled are left out.
    pub fn entered(as_of: Timestamp, spot: f64, futures: &[(Date, f64)]) -> Self {
        let mut points: Vec<CurvePoint> = futures
            .iter()
            .map(|&(expiry, price)| CurvePoint {
                expiry,
                days: vix_days(as_of, expiry),
                price,
            })
            .filter(|point| point.days > 0.0)
            .collect();
        points.sort_by_key(|point| point.expiry);
        Self {
            as_of,
            spot,
            points,
            source: CurveSource::Entered,
        }
    }

    /// The curve of a campaign's marks: through those that have not settled, and the median where none
    /// is left.
    pub fn of_marks(as_of: Timestamp, spot: f64, marks: &[FutureMark]) -> Self {
        let alive = || {
            marks
                .iter()
                .filter(|mark| vix_days(as_of, mark.expiry) > 0.0)
        };
        let futures: Vec<_> = alive().map(|mark| (mark.expiry, mark.price)).collect();
        let source = match (
            alive().any(|mark| mark.is_assumed),
            alive().any(|mark| !mark.is_assumed),
        ) {
            (false, false) => return Self::median(as_of, spot),
            (false, true) => CurveSource::Entered,
            (true, true) => CurveSource::PartlyAssumed,
            (true, false) => CurveSource::Assumed,
        };
        Self {
            source,
            ..Self::entered(as_of, spot, &futures)
        }
    }

    /// The listed monthly futures at their median prices for the level of VIX.
    pub fn median(as_of: Timestamp, spot: f64) -> Self {
        let listed = next_expiries(
            ExpirySeries::VixMonthly,
            new_york_date(as_of),
            MEDIAN_FUTURES,
        );
        let futures: Vec<_> = listed
            .into_iter()
            .map(|expiry| (expiry, median_price(spot, vix_days(as_of, expiry))))
            .collect();
        Self {
            source: CurveSource::MedianForVix,
            ..Self::entered(as_of, spot, &futures)
        }
    }

    /// Price of a future `days` calendar days ahead; spot VIX at 0.
    pub fn price(&self, days: f64) -> f64 {
        let points = self.points.iter().map(|point| (point.days, point.price));
        linear(self.spot, points, days)
    }

    /// The future that an option of this expiry is priced on: the listed one, else interpolated.
    pub fn future_for(&self, expiry: Date) -> f64 {
        self.listed(expiry)
            .unwrap_or_else(|| self.price(self.days_to(expiry)))
    }

    /// The price of the future listed for this very expiry.
    pub fn listed(&self, expiry: Date) -> Option<f64> {
        let found = self.points.iter().find(|point| point.expiry == expiry)?;
        Some(found.price)
    }

    /// Calendar days from the curve's instant to the settlement of a VIX expiry, with fraction.
    pub fn days_to(&self, expiry: Date) -> f64 {
        vix_days(self.as_of, expiry)
    }

    /// The monthly futures, nearest first (VX1, VX2, …).
    pub fn monthlies(&self) -> impl Iterator<Item = &CurvePoint> {
        self.points
            .iter()
            .filter(|point| is_listed_expiry(ExpirySeries::VixMonthly, point.expiry))
    }

    /// 100 (VX2 / VX1 − 1) of the two nearest listed monthlies: positive is contango.
    pub fn contango_pct(&self) -> Option<f64> {
        let mut monthlies = self.monthlies();
        let (first, second) = (monthlies.next()?, monthlies.next()?);
        Some(100.0 * (second.price / first.price - 1.0))
    }

    /// 100 (60-day / 30-day − 1) of the constant-maturity prices: positive is contango.
    pub fn constant_maturity_slope_pct(&self) -> f64 {
        100.0 * (self.price(60.0) / self.price(30.0) - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{CurveSource, FutureMark, VixCurve, median_price, median_settlements};
    use crate::calendar::new_york_instant;
    use jiff::civil::date;

    fn curve() -> VixCurve {
        // 2026-01-05 15:00 New York: 43.77 days to the February settlement
        let as_of = new_york_instant(date(2026, 1, 5).at(15, 0, 0, 0));
        VixCurve::entered(
            as_of,
            15.0,
            &[
                (date(2026, 2, 18), 17.0),
                (date(2026, 1, 21), 16.0),
                (date(2026, 3, 18), 17.5),
            ],
        )
    }

    #[test]
    fn linear_from_spot_through_the_futures_and_flat_beyond() {
        let curve = curve();
        assert!((curve.days_to(date(2026, 2, 18)) - 63_030.0 / 1440.0).abs() < 1e-9);
        assert_eq!(curve.price(0.0), 15.0);
        assert_eq!(curve.future_for(date(2026, 2, 18)), 17.0);
        assert_eq!(curve.price(900.0), 17.5);
        let first = curve.points[0].days;
        assert!((curve.price(first / 2.0) - 15.5).abs() < 1e-12);
        let middle = f64::midpoint(first, curve.points[1].days);
        assert!((curve.price(middle) - 16.5).abs() < 1e-12);
        assert!((curve.contango_pct().expect("two futures") - 6.25).abs() < 1e-9);
        assert!(curve.constant_maturity_slope_pct() > 0.0);
    }

    #[test]
    fn settled_futures_leave_the_curve() {
        let as_of = new_york_instant(date(2026, 1, 21).at(9, 30, 0, 0));
        let later = VixCurve::entered(as_of, 15.0, &[(date(2026, 1, 21), 16.0)]);
        assert!(later.points.is_empty());
        assert_eq!(later.price(30.0), 15.0);
        assert_eq!(later.contango_pct(), None);
    }

    #[test]
    fn marks_say_what_they_rest_on() {
        let as_of = new_york_instant(date(2026, 1, 5).at(15, 0, 0, 0));
        let (january, february) = (date(2026, 1, 21), date(2026, 2, 18));
        let source = |marks: &[FutureMark]| VixCurve::of_marks(as_of, 15.0, marks).source;
        let typed = FutureMark::entered(january, 16.0);
        let preset = FutureMark::assumed(february, 17.0);
        let settled = FutureMark::entered(date(2025, 12, 17), 17.0);
        assert_eq!(source(&[typed]), CurveSource::Entered);
        assert_eq!(source(&[typed, preset]), CurveSource::PartlyAssumed);
        assert_eq!(source(&[settled, preset]), CurveSource::Assumed);
        assert_eq!(source(&[settled]), CurveSource::MedianForVix);
        assert_eq!(source(&[]), CurveSource::MedianForVix);
        let median = VixCurve::of_marks(as_of, 15.0, &[settled]);
        assert_eq!(median, VixCurve::median(as_of, 15.0));
    }

    #[test]
    fn medians_are_reproduced_interpolated_and_scaled() {
        assert_eq!(median_settlements(17.3)[0], 18.1);
        assert!((median_price(17.3, 48.0) - 19.1).abs() < 1e-12);
        assert!((median_settlements(19.2)[6] - 21.95).abs() < 1e-9);
        assert!((median_settlements(83.0)[0] - 68.0).abs() < 1e-9);
        assert!((median_settlements(9.0)[0] - 13.1 * 9.0 / 11.7).abs() < 1e-9);
        let as_of = new_york_instant(date(2026, 6, 24).at(16, 15, 0, 0));
        let median = VixCurve::median(as_of, 17.3);
        assert_eq!(median.source, CurveSource::MedianForVix);
        assert_eq!(median.points[0].expiry, date(2026, 7, 22));
        assert_eq!(median.points.len(), 8);
        assert!(median.contango_pct().expect("listed") > 0.0);
        assert!(
            VixCurve::median(as_of, 45.0)
                .contango_pct()
                .expect("listed")
                < 0.0
        );
    }
}
