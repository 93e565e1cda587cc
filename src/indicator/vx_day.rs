//! The listed VIX futures of one day, in order of expiry.

use jiff::civil::Date;

use crate::series::{VxCurve, VxPoint};

/// One future's price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VxPrice {
    /// Day of its settlement, which tells the contract.
    pub expiry: Date,
    /// Settlement price, or close where there is none; VIX points.
    pub price: f64,
}

/// VIX and its futures at one close.
#[derive(Clone, Debug, PartialEq)]
pub struct VxDay {
    date: Date,
    spot_vix: Option<f64>,
    futures: Vec<VxPrice>,
}

impl VxDay {
    /// A day. Futures that expire on it or before (their last price is the settlement, not a market) and
    /// prices that are not positive are left out; of one expiry the first counts.
    pub fn new(date: Date, spot_vix: Option<f64>, futures: &[VxPrice]) -> Self {
        let is_price = |price: f64| price.is_finite() && price > 0.0;
        let listed = |one: &&VxPrice| one.expiry > date && is_price(one.price);
        let mut futures: Vec<VxPrice> = futures.iter().filter(listed).copied().collect();
        futures.sort_by_key(|one| one.expiry);
        futures.dedup_by_key(|one| one.expiry);
        Self {
            date,
            spot_vix: spot_vix.filter(|vix| is_price(*vix)),
            futures,
        }
    }

    /// The day of a library's curve, with the close of spot VIX where it is known.
    pub fn of_curve(curve: &VxCurve<'_>, spot_vix: Option<f64>) -> Self {
        let price = |point: &VxPoint| VxPrice {
            expiry: point.expiry,
            price: point.settle,
        };
        let futures: Vec<VxPrice> = curve.points.iter().map(price).collect();
        Self::new(curve.date, spot_vix, &futures)
    }

    /// The day.
    pub fn date(&self) -> Date {
        self.date
    }

    /// Spot VIX at the close, points.
    pub fn spot_vix(&self) -> Option<f64> {
        self.spot_vix
    }

    /// The futures, nearest first.
    pub fn futures(&self) -> &[VxPrice] {
        &self.futures
    }

    /// The `position`-th future, 1 for the nearest.
    pub fn nth(&self, position: usize) -> Option<VxPrice> {
        self.futures.get(position.checked_sub(1)?).copied()
    }

    /// The price of the contract of an expiry.
    pub fn price_of(&self, expiry: Date) -> Option<f64> {
        let found = self.futures.binary_search_by_key(&expiry, |one| one.expiry);
        found.ok().map(|place| self.futures[place].price)
    }

    /// Calendar days from this day to an expiry.
    pub fn days_to(&self, expiry: Date) -> f64 {
        f64::from((expiry - self.date).get_days())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use jiff::ToSpan as _;

    use super::*;

    /// A day with futures given as (days ahead, price).
    pub(crate) fn day(date: Date, spot_vix: Option<f64>, futures: &[(i64, f64)]) -> VxDay {
        let futures: Vec<VxPrice> = futures
            .iter()
            .map(|&(days, price)| VxPrice {
                expiry: date.checked_add(days.days()).expect("a date"),
                price,
            })
            .collect();
        VxDay::new(date, spot_vix, &futures)
    }

    #[test]
    fn the_curve_of_a_library_is_a_day() {
        let today = jiff::civil::date(2024, 6, 17);
        let points = [(1_i64, 12.3), (30, 14.1)].map(|(days, settle)| VxPoint {
            expiry: today.checked_add(days.days()).expect("a date"),
            settle,
        });
        let curve = VxCurve {
            date: today,
            points: &points,
        };
        let wanted = day(today, Some(12.7), &[(1, 12.3), (30, 14.1)]);
        assert_eq!(VxDay::of_curve(&curve, Some(12.7)), wanted);
    }

    #[test]
    fn what_expires_today_is_not_listed() {
        let today = jiff::civil::date(2024, 6, 18);
        let day = day(
            today,
            Some(0.0),
            &[(57, 14.9), (0, 12.3), (29, 14.1), (29, 99.0), (85, 0.0)],
        );
        assert_eq!(day.futures().len(), 2);
        assert_eq!(day.nth(1).map(|one| one.price), Some(14.1));
        assert_eq!((day.nth(0), day.nth(3), day.spot_vix()), (None, None, None));
        let second = day.nth(2).expect("the second");
        assert_eq!(day.price_of(second.expiry), Some(14.9));
        assert_eq!(day.days_to(second.expiry), 57.0);
        assert_eq!(day.price_of(today), None);
    }
}
