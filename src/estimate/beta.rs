//! Beta: how much one series' log changes answer to another's.

use super::regression::{RegressionError, fit_line};

/// A beta with its error and window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    /// Log change of the series per log change of the market.
    pub beta: f64,
    /// Its standard error.
    pub se: f64,
    /// Log change per observation at an unchanged market.
    pub alpha: f64,
    /// Share of the variance explained, 0 to 1.
    pub r_squared: f64,
    /// Correlation, −1 to 1.
    pub correlation: f64,
    /// Changes used.
    pub observations: usize,
}

/// Δ ln of each value against the one before; NaN where either is not positive.
fn log_changes(values: &[f64]) -> Vec<f64> {
    values
        .windows(2)
        .map(|pair| {
            if pair[0] > 0.0 && pair[1] > 0.0 {
                (pair[1] / pair[0]).ln()
            } else {
                f64::NAN
            }
        })
        .collect()
}

/// Beta of a series on the market from closes of the same days, oldest first; changes over a missing or
/// non-positive close are left out.
///
/// # Errors
/// [`RegressionError`] for slices of different length, fewer than three changes, or a market that stands still.
pub fn log_beta(series: &[f64], market: &[f64]) -> Result<Beta, RegressionError> {
    if series.len() != market.len() {
        return Err(RegressionError::Lengths {
            x: market.len(),
            y: series.len(),
        });
    }
    let line = fit_line(&log_changes(market), &log_changes(series))?;
    Ok(Beta {
        beta: line.slope,
        se: line.slope_se,
        alpha: line.intercept,
        r_squared: line.r_squared,
        correlation: line.correlation,
        observations: line.observations,
    })
}

/// Beta over the last `changes` changes at each close; `None` until there are as many, and where none can be
/// fitted.
pub fn rolling_log_beta(series: &[f64], market: &[f64], changes: usize) -> Vec<Option<Beta>> {
    let length = series.len().min(market.len());
    (0..length)
        .map(|end| {
            let from = end.checked_sub(changes)?;
            log_beta(&series[from..=end], &market[from..=end]).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leveraged_series_has_its_leverage_as_beta() {
        let market: Vec<f64> = (0..40)
            .map(|i| 100.0 + 7.0 * (f64::from(i) * 1.3).sin())
            .collect();
        let series: Vec<f64> = market.iter().map(|level| 3.0 * level.powi(-2)).collect();
        let beta = log_beta(&series, &market).expect("a beta");
        assert!((beta.beta + 2.0).abs() < 1e-12 && beta.se < 1e-9);
        assert!((beta.correlation + 1.0).abs() < 1e-12 && beta.observations == 39);
        let rolling = rolling_log_beta(&series, &market, 20);
        assert!(rolling[19].is_none() && rolling[20].is_some());
    }

    #[test]
    fn a_missing_close_costs_two_changes() {
        let market = [100.0, 101.0, 99.0, 102.0, 103.0, 101.0, 100.0];
        let mut series = market;
        series[3] = 0.0;
        assert_eq!(log_beta(&series, &market).expect("a beta").observations, 4);
        assert!(log_beta(&series[1..], &market).is_err());
    }
}
