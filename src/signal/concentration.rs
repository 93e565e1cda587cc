//! Concentration and flattening: mega-caps gain weight while the yield curve flattens.
//!
//! Together they tighten the theta floor and raise the flag of the fast-flow proxy; nothing else is claimed.

use jiff::civil::Date;

use super::dated::{change_over, latest};
use super::params::signal_params;

signal_params! {
    /// Parameters of the flag.
    ConcentrationParams of concentration: ConcentrationNumbers {
        weight_sessions: i32,
        weight_rise_pp: f64,
        weight_level_pct: f64,
        curve_sessions: i32,
        flattening_bp: f64,
        tighten: f64,
    }
}

/// The flag with its numbers. A part that is not known is `None` and holds nothing up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Concentration {
    /// Whether both hold.
    pub is_on: bool,
    /// Whether weight concentrates; `None` without a weight.
    pub is_concentrated: Option<bool>,
    /// Whether the curve flattens or is inverted; `None` without a curve.
    pub is_flattening: Option<bool>,
    /// Weight of the ten largest, %.
    pub weight_pct: Option<f64>,
    /// Its change, percentage points.
    pub weight_change_pp: Option<f64>,
    /// Ten-year less two-year yield, percentage points.
    pub curve_pp: Option<f64>,
    /// Its change, basis points.
    pub curve_change_bp: Option<f64>,
    /// Factor on the theta floor: 1 when the flag is down.
    pub floor_factor: f64,
}

/// Reads the weight of the ten largest companies (%) and the two-to-ten-year slope (percentage points).
pub fn concentration(
    top10_weight_pct: &[(Date, f64)],
    curve_2s10s_pp: &[(Date, f64)],
    params: &ConcentrationParams,
) -> Concentration {
    let level = |points| latest(points).map(|(_, value)| value);
    let weight_pct = level(top10_weight_pct);
    let weight_change_pp = change_over(top10_weight_pct, params.weight_sessions);
    let curve_pp = level(curve_2s10s_pp);
    let curve_change_bp = change_over(curve_2s10s_pp, params.curve_sessions).map(|pp| 100.0 * pp);
    let is_concentrated = weight_pct.map(|weight| {
        weight > params.weight_level_pct
            || weight_change_pp.is_some_and(|change| change >= params.weight_rise_pp)
    });
    let is_flattening = curve_pp.map(|slope| {
        slope < 0.0 || curve_change_bp.is_some_and(|change| change <= params.flattening_bp)
    });
    let is_on = is_concentrated == Some(true) && is_flattening == Some(true);
    Concentration {
        is_on,
        is_concentrated,
        is_flattening,
        weight_pct,
        weight_change_pp,
        curve_pp,
        curve_change_bp,
        floor_factor: if is_on { 1.0 + params.tighten } else { 1.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::super::dated::tests::daily;
    use super::*;

    fn line(count: usize, last: f64, change: f64) -> Vec<(Date, f64)> {
        let at = |place: usize| last - change * (1.0 - place as f64 / (count - 1) as f64);
        daily(&(0..count).map(at).collect::<Vec<_>>())
    }

    #[test]
    fn both_are_needed() {
        let params = ConcentrationParams::default();
        let read =
            |weight: &[(Date, f64)], curve: &[(Date, f64)]| concentration(weight, curve, &params);
        let (rising, steady) = (line(64, 33.0, 0.51), line(64, 33.0, 0.49));
        let (flatter, as_was) = (line(22, 0.4, -0.101), line(22, 0.4, -0.09));
        let found = read(&rising, &flatter);
        assert!(found.is_on && (found.floor_factor - 1.15).abs() < 1e-15);
        assert!((found.curve_change_bp.expect("a change") + 10.1).abs() < 1e-9);
        assert!(!read(&steady, &flatter).is_on && !read(&rising, &as_was).is_on);
        assert!(
            read(&line(64, 35.1, 0.0), &line(22, -0.01, 0.0)).is_on,
            "by level"
        );
    }

    #[test]
    fn what_is_missing_is_unknown() {
        let params = ConcentrationParams::default();
        let found = concentration(&[], &line(22, -0.2, 0.0), &params);
        assert_eq!(
            (found.is_concentrated, found.is_flattening),
            (None, Some(true))
        );
        assert!(!found.is_on && found.floor_factor == 1.0);
    }
}
