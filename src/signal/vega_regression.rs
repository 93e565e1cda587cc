//! Regression convention of net vega: how a VIX future has moved with VIX, with its standard error.
//!
//! The slope of daily changes of the future on those of VIX takes the place of the model's tenor beta:
//! D = slope × dVIX/dx, the points that the future moves per vol point of the condor's own vol.

use super::params::signal_params;
use crate::estimate::{RegressionError, fit_line};

signal_params! {
    /// Parameters of the regression.
    VegaRegressionParams of vega_regression: VegaRegressionNumbers {
        days: usize,
        min_observations: usize,
        min_slope: f64,
        max_slope: f64,
    }
}

/// The response of one future.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VegaRegression {
    /// Points of the future per point of VIX, as fitted.
    pub slope: f64,
    /// Its standard error.
    pub slope_se: f64,
    /// The slope that is used, within its limits.
    pub slope_used: f64,
    /// Whether a limit cut it.
    pub is_clamped: bool,
    /// Changes used.
    pub observations: usize,
    /// Share of the variance explained, 0 to 1.
    pub r_squared: f64,
    /// D: points of the future per vol point of the condor's own vol.
    pub points_per_vol_point: f64,
    /// Its standard error.
    pub points_per_vol_point_se: f64,
}

/// Regresses a future on VIX from closes of the same days, oldest first (NaN where missing), and turns the slope
/// into D by `vix_per_vol_point`, the points of VIX per vol point of the condor's own vol.
///
/// # Errors
/// [`RegressionError`] for slices of different length, fewer changes than the least, or a VIX that stands still.
pub fn vega_regression(
    future: &[f64],
    vix: &[f64],
    vix_per_vol_point: f64,
    params: &VegaRegressionParams,
) -> Result<VegaRegression, RegressionError> {
    if future.len() != vix.len() {
        return Err(RegressionError::Lengths {
            x: vix.len(),
            y: future.len(),
        });
    }
    let from = future.len().saturating_sub(params.days + 1);
    let changes = |values: &[f64]| -> Vec<f64> {
        values[from..]
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect()
    };
    let (x, y) = (changes(vix), changes(future));
    let found = x
        .iter()
        .zip(&y)
        .filter(|(x, y)| x.is_finite() && y.is_finite())
        .count();
    if found < params.min_observations {
        return Err(RegressionError::TooFew {
            found,
            needed: params.min_observations,
        });
    }
    let line = fit_line(&x, &y)?;
    let slope_used = line.slope.clamp(params.min_slope, params.max_slope);
    Ok(VegaRegression {
        slope: line.slope,
        slope_se: line.slope_se,
        slope_used,
        is_clamped: slope_used != line.slope,
        observations: line.observations,
        r_squared: line.r_squared,
        points_per_vol_point: slope_used * vix_per_vol_point,
        points_per_vol_point_se: (line.slope_se * vix_per_vol_point).abs(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vix(days: usize) -> Vec<f64> {
        (0..days)
            .map(|day| 18.0 + 3.0 * (day as f64 * 0.9).sin())
            .collect()
    }

    fn fit(slope: f64, days: usize) -> Result<VegaRegression, RegressionError> {
        let vix = vix(days);
        let future: Vec<f64> = (0..)
            .zip(&vix)
            .map(|(day, vix)| 10.0 + slope * vix + 0.05 * f64::from(day % 2))
            .collect();
        vega_regression(&future, &vix, 1.385, &VegaRegressionParams::default())
    }

    #[test]
    fn the_slope_comes_back_with_its_error() {
        let found = fit(0.5, 100).expect("a fit");
        assert_eq!(found.observations, 60);
        assert!((found.slope - 0.5).abs() < 3.0 * found.slope_se && found.slope_se > 0.0);
        assert!((found.points_per_vol_point - found.slope * 1.385).abs() < 1e-12);
        assert!((found.points_per_vol_point_se - found.slope_se * 1.385).abs() < 1e-12);
        assert!(!found.is_clamped);
    }

    #[test]
    fn limits_and_too_few() {
        let steep = fit(1.6, 100).expect("a fit");
        assert!(steep.is_clamped && steep.slope > 1.5);
        assert!((steep.points_per_vol_point - 1.2 * 1.385).abs() < 1e-12);
        let flat = fit(-0.3, 100).expect("a fit");
        assert_eq!((flat.slope_used, flat.is_clamped), (0.05, true));
        assert_eq!(
            fit(0.5, 40),
            Err(RegressionError::TooFew {
                found: 39,
                needed: 40
            })
        );
        assert!(fit(0.5, 41).is_ok());
    }
}
