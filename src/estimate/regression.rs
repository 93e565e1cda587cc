//! A line through points by ordinary least squares, with its standard errors.

use thiserror::Error;

/// Fewest points for a slope and its error.
const MIN_POINTS: usize = 3;

/// Why no line can be fitted.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum RegressionError {
    /// The slices differ in length.
    #[error("{x} values of x beside {y} of y")]
    Lengths {
        /// Values of x.
        x: usize,
        /// Values of y.
        y: usize,
    },
    /// Too few pairs of finite values.
    #[error("{found} usable observations: at least {needed} are needed")]
    TooFew {
        /// Usable pairs.
        found: usize,
        /// Pairs needed.
        needed: usize,
    },
    /// All x are equal.
    #[error("the explaining series does not move")]
    NoSpread,
}

/// y = intercept + slope × x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// y at x = 0.
    pub intercept: f64,
    /// y per x.
    pub slope: f64,
    /// Standard error of the slope (independent errors of one size), never negative.
    pub slope_se: f64,
    /// Standard error of the intercept.
    pub intercept_se: f64,
    /// Covariance of the two estimates.
    pub covariance: f64,
    /// Share of the variance of y explained, 0 to 1; NaN if y does not move.
    pub r_squared: f64,
    /// Correlation of x and y, −1 to 1; NaN if y does not move.
    pub correlation: f64,
    /// Sum of squared residuals.
    pub residual_squares: f64,
    /// Pairs used.
    pub observations: usize,
}

/// Fits a line through (x, y); pairs with a value that is not finite are left out.
///
/// # Errors
/// [`RegressionError`] for slices of different length, fewer than three pairs, or an x without spread.
pub fn fit_line(x: &[f64], y: &[f64]) -> Result<Line, RegressionError> {
    if x.len() != y.len() {
        return Err(RegressionError::Lengths {
            x: x.len(),
            y: y.len(),
        });
    }
    let is_usable = |pair: &(&f64, &f64)| pair.0.is_finite() && pair.1.is_finite();
    let pairs = || x.iter().zip(y).filter(is_usable);
    let observations = pairs().count();
    if observations < MIN_POINTS {
        return Err(RegressionError::TooFew {
            found: observations,
            needed: MIN_POINTS,
        });
    }
    let n = observations as f64;
    let mean_x = pairs().map(|(x, _)| x).sum::<f64>() / n;
    let mean_y = pairs().map(|(_, y)| y).sum::<f64>() / n;
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs().map(|(x, y)| of(x - mean_x, y - mean_y)).sum();
    let xx: f64 = sum(&|dx, _| dx * dx);
    let xy: f64 = sum(&|dx, dy| dx * dy);
    let yy: f64 = sum(&|_, dy| dy * dy);
    if xx <= 0.0 {
        return Err(RegressionError::NoSpread);
    }
    let slope = xy / xx;
    let residual_squares: f64 = sum(&|dx, dy| (dy - slope * dx).powi(2));
    let error_variance = residual_squares / (n - 2.0);
    Ok(Line {
        intercept: mean_y - slope * mean_x,
        slope,
        slope_se: (error_variance / xx).sqrt(),
        intercept_se: (error_variance * (1.0 / n + mean_x * mean_x / xx)).sqrt(),
        covariance: -mean_x * error_variance / xx,
        r_squared: 1.0 - residual_squares / yy,
        correlation: xy / (xx * yy).sqrt(),
        residual_squares,
        observations,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_textbook_line() {
        // residuals −0.1 0.4 −0.6 … worked by hand: Sxx 10, Sxy 6, Syy 6
        let line =
            fit_line(&[1.0, 2.0, 3.0, 4.0, 5.0], &[2.0, 4.0, 5.0, 4.0, 5.0]).expect("a line");
        assert!((line.slope - 0.6).abs() < 1e-12 && (line.intercept - 2.2).abs() < 1e-12);
        assert!(
            (line.residual_squares - 2.4).abs() < 1e-12 && (line.r_squared - 0.6).abs() < 1e-12
        );
        assert!((line.slope_se - 0.08_f64.sqrt()).abs() < 1e-12);
        assert!((line.intercept_se - 0.88_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_fitted_is_named() {
        let nan = f64::NAN;
        assert_eq!(
            fit_line(&[1.0], &[]),
            Err(RegressionError::Lengths { x: 1, y: 0 })
        );
        let few = fit_line(&[1.0, 2.0, nan, 4.0], &[1.0, nan, 3.0, 4.0]);
        assert_eq!(
            few,
            Err(RegressionError::TooFew {
                found: 2,
                needed: 3
            })
        );
        assert_eq!(
            fit_line(&[2.0; 4], &[1.0, 2.0, 3.0, 4.0]),
            Err(RegressionError::NoSpread)
        );
    }

    proptest! {
        #[test]
        fn an_exact_line_comes_back(a in -5.0..5.0_f64, b in -5.0..5.0_f64, x in prop::collection::vec(-9.0..9.0_f64, 4..40)) {
            prop_assume!(x.iter().any(|v| (v - x[0]).abs() > 0.1));
            let y: Vec<f64> = x.iter().map(|x| a + b * x).collect();
            let line = fit_line(&x, &y).expect("a line");
            prop_assert!((line.slope - b).abs() < 1e-9 && (line.intercept - a).abs() < 1e-8);
        }
    }
}
