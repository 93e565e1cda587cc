//! Slope of the VIX futures curve as a percentage: positive is contango, negative backwardation.

use super::constant_maturity::constant_maturity;
use super::vx_day::VxDay;

/// 100 × (far / near − 1), in %; `None` unless both are positive.
pub fn ratio_contango_pct(near: f64, far: f64) -> Option<f64> {
    let slope = 100.0 * (far / near - 1.0);
    (near > 0.0 && far > 0.0 && slope.is_finite()).then_some(slope)
}

/// The slope X of the constant-maturity 60-day over the 30-day future, %; no jump at rolls.
pub fn contango_pct(day: &VxDay) -> Option<f64> {
    ratio_contango_pct(constant_maturity(day, 30.0)?, constant_maturity(day, 60.0)?)
}

/// X on each day, %.
pub fn contango_series(days: &[VxDay]) -> Vec<Option<f64>> {
    days.iter().map(contango_pct).collect()
}

/// The second listed future over the first on each day, %; it jumps where the first one leaves.
pub fn listed_contango_series(days: &[VxDay]) -> Vec<Option<f64>> {
    days.iter()
        .map(|day| ratio_contango_pct(day.nth(1)?.price, day.nth(2)?.price))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::vx_day::tests::day;
    use super::*;

    #[test]
    fn signs() {
        let rising = day(date(2013, 1, 2), None, &[(30, 20.0), (60, 22.0)]);
        let falling = day(date(2013, 1, 2), None, &[(30, 20.0), (60, 18.0)]);
        assert!((contango_pct(&rising).expect("a slope") - 10.0).abs() < 1e-12);
        assert!((contango_pct(&falling).expect("a slope") + 10.0).abs() < 1e-12);
        let listed = listed_contango_series(&[rising])[0].expect("a slope");
        assert!((listed - 10.0).abs() < 1e-12);
        assert_eq!(ratio_contango_pct(0.0, 5.0), None);
        assert_eq!(ratio_contango_pct(f64::NAN, 5.0), None);
    }
}
