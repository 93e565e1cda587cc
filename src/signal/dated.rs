//! Dated observations: the last one, and the one that stood some sessions ago.

use jiff::civil::Date;

use crate::calendar::add_trading_days;

/// The last observation.
pub(super) fn latest(points: &[(Date, f64)]) -> Option<(Date, f64)> {
    points
        .iter()
        .rev()
        .find(|point| point.1.is_finite())
        .copied()
}

/// The last observation less the one that stood `sessions` trading days before it; weekly or monthly series
/// are read as standing until their next value. `None` when the series does not reach back as far.
pub(super) fn change_over(points: &[(Date, f64)], sessions: i32) -> Option<f64> {
    let (last, now) = latest(points)?;
    let then = add_trading_days(last, -sessions);
    let stood = points
        .iter()
        .rev()
        .find(|point| point.0 <= then && point.1.is_finite())?;
    Some(now - stood.1)
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::*;

    /// Values of consecutive trading days that end on 30 June 2026.
    pub(in crate::signal) fn daily(values: &[f64]) -> Vec<(Date, f64)> {
        let last = date(2026, 6, 30);
        let count = i32::try_from(values.len()).expect("few values");
        (1..)
            .zip(values)
            .map(|(place, &value)| (add_trading_days(last, place - count), value))
            .collect()
    }

    #[test]
    fn sessions_back() {
        let points = daily(&[5.0, 1.0, 2.0, 4.0]);
        assert_eq!(change_over(&points, 2), Some(3.0));
        assert_eq!(change_over(&points, 3), Some(-1.0));
        assert_eq!(change_over(&points, 4), None);
        let monthly: Vec<(Date, f64)> = (0..4_i64)
            .map(|month| {
                (
                    date(2026, 1, 31)
                        .checked_add(month.months())
                        .expect("a day"),
                    month as f64,
                )
            })
            .collect();
        assert_eq!(change_over(&monthly, 30), Some(2.0));
        assert_eq!(latest(&[(date(2026, 1, 1), f64::NAN)]), None);
    }
}
