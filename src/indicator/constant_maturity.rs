//! The VIX future of a fixed tenor, interpolated in time between listed futures.
//!
//! Linear in calendar days. In front of the first future the line goes on to spot VIX at tenor 0, where it
//! is known: on the day before an expiry that future is VIX but for a day, so nothing jumps when it leaves.
//! Without VIX the first future's price is held, and beyond the last future the last one's.

use super::vx_day::VxDay;

/// Tenors of the layers' levels and of the slope, calendar days.
pub const LAYER_TENORS_DAYS: [f64; 4] = [30.0, 60.0, 110.0, 220.0];

/// Price of a future of a tenor in calendar days; `None` without futures or for a negative tenor.
pub fn constant_maturity(day: &VxDay, tenor_days: f64) -> Option<f64> {
    if tenor_days.is_nan() || tenor_days < 0.0 {
        return None;
    }
    let mut low = day.spot_vix().map(|vix| (0.0, vix));
    for future in day.futures() {
        let high = (day.days_to(future.expiry), future.price);
        if tenor_days <= high.0 {
            let (from, price) = low.unwrap_or(high);
            let width = high.0 - from;
            let share = if width > 0.0 {
                (tenor_days - from) / width
            } else {
                1.0
            };
            return Some(price + share * (high.1 - price));
        }
        low = Some(high);
    }
    day.futures().last().map(|future| future.price)
}

/// The price of a tenor on each day.
pub fn constant_maturity_series(days: &[VxDay], tenor_days: f64) -> Vec<Option<f64>> {
    days.iter()
        .map(|day| constant_maturity(day, tenor_days))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::vx_day::tests::day;
    use super::*;

    #[test]
    fn between_before_and_beyond() {
        let futures = [(14, 15.6), (42, 16.72), (77, 18.06)];
        let known = day(date(2013, 1, 2), Some(14.68), &futures);
        let price = |tenor| constant_maturity(&known, tenor).expect("a price");
        assert!((price(30.0) - 16.24).abs() < 1e-12);
        assert!((price(7.0) - 15.14).abs() < 1e-12);
        assert_eq!(
            (price(0.0), price(14.0), price(300.0)),
            (14.68, 15.6, 18.06)
        );
        let bare = day(date(2013, 1, 2), None, &futures);
        assert_eq!(constant_maturity(&bare, 7.0), Some(15.6));
        assert_eq!(constant_maturity(&bare, -1.0), None);
        assert_eq!(
            constant_maturity(&day(date(2013, 1, 2), Some(15.0), &[]), 7.0),
            None
        );
    }

    #[test]
    fn a_curve_that_stands_still_gives_no_jump_at_the_roll() {
        // a curve linear in tenor from VIX, seen on consecutive days across an expiry
        let curve = |tenor: i64| (tenor, 15.0 + 0.05 * tenor as f64);
        let before = day(
            date(2013, 2, 12),
            Some(15.0),
            &[curve(1), curve(36), curve(64)],
        );
        let after = day(date(2013, 2, 13), Some(15.0), &[curve(35), curve(63)]);
        let [left, right] =
            [before, after].map(|day| constant_maturity(&day, 30.0).expect("a price"));
        assert!((left - right).abs() < 1e-12);
    }
}
