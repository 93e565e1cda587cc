//! Ornstein–Uhlenbeck process fitted to a series of levels or of their logs.
//!
//! dx = κ (θ − x) dt + σ dW, whose exact discretisation is x' = c + b x + ε with b = e^(−κ dt). The regression
//! of each observation on the one before is the exact maximum of the likelihood given the first observation.
//! Standard errors are the regression's, carried over by their slopes (delta method).

use jiff::civil::Date;
use thiserror::Error;

use super::regression::{Line, RegressionError, fit_line};

/// An estimate and its standard error, in the same unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error, never negative.
    pub se: f64,
}

/// The observations behind a fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Steps from one observation to the next.
    pub steps: usize,
}

/// What the process is fitted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeanReversion {
    /// The level itself (OU).
    Level,
    /// Its natural log (log-OU), which keeps it positive.
    Log,
}

/// Why there is no fit.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum ReversionError {
    /// As many dates as values are needed.
    #[error("{dates} dates beside {values} values")]
    Lengths {
        /// Dates given.
        dates: usize,
        /// Values given.
        values: usize,
    },
    /// A value that is no number, or not positive where its log is taken.
    #[error("value {place} of the series is {value}: expected a {expected}")]
    Value {
        /// Its place, from 0.
        place: usize,
        /// The value.
        value: f64,
        /// What is expected.
        expected: &'static str,
    },
    /// The regression cannot be made.
    #[error(transparent)]
    Regression(#[from] RegressionError),
    /// The series does not return to a mean within the window.
    #[error("no return to a mean in this window: each value keeps {b:.4} of the one before")]
    NoReversion {
        /// The regression's slope, outside (0, 1).
        b: f64,
    },
}

/// A fitted process. For [`MeanReversion::Log`] `mean`, `vol` and `stationary_sd` are in logs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OuFit {
    /// What it was fitted to.
    pub of: MeanReversion,
    /// The observations.
    pub window: Window,
    /// Years between observations.
    pub step_years: f64,
    /// b: share of a deviation left after a step.
    pub persistence: Estimate,
    /// c: the regression's constant.
    pub constant: f64,
    /// κ, speed of the return, per year.
    pub speed: Estimate,
    /// θ, the level returned to.
    pub mean: Estimate,
    /// σ, per square root of a year.
    pub vol: Estimate,
    /// ln 2 / κ in steps (trading days for daily closes).
    pub half_life_steps: Estimate,
    /// σ / √(2κ), spread about the mean in the long run.
    pub stationary_sd: f64,
    /// Log likelihood given the first observation.
    pub log_likelihood: f64,
    /// The last observation (its log for [`MeanReversion::Log`]).
    pub last: f64,
}

/// Fits a process to values of consecutive observations, oldest first, `step_years` apart (1/252 for daily
/// closes, whatever the calendar between them).
///
/// # Errors
/// [`ReversionError`] for slices of different length, an unusable value, too few values, or no return to a mean.
pub fn fit_mean_reversion(
    of: MeanReversion,
    dates: &[Date],
    values: &[f64],
    step_years: f64,
) -> Result<OuFit, ReversionError> {
    let x = usable(of, values)?;
    let (Some((&first, _)), Some((&last, _)), true) = (
        dates.split_first(),
        dates.split_last(),
        dates.len() == values.len(),
    ) else {
        return Err(ReversionError::Lengths {
            dates: dates.len(),
            values: values.len(),
        });
    };
    let line = fit_line(&x[..x.len() - 1], &x[1..])?;
    if line.slope <= 0.0 || line.slope >= 1.0 {
        return Err(ReversionError::NoReversion { b: line.slope });
    }
    let window = Window {
        first,
        last,
        steps: line.observations,
    };
    Ok(OuFit::of_line(
        of,
        window,
        step_years,
        &line,
        x[x.len() - 1],
    ))
}

fn usable(of: MeanReversion, values: &[f64]) -> Result<Vec<f64>, ReversionError> {
    let mut x = Vec::with_capacity(values.len());
    for (place, &value) in values.iter().enumerate() {
        let (usable, expected) = match of {
            MeanReversion::Level => (value, "number"),
            MeanReversion::Log => (value.ln(), "positive number"),
        };
        if !usable.is_finite() {
            return Err(ReversionError::Value {
                place,
                value,
                expected,
            });
        }
        x.push(usable);
    }
    Ok(x)
}

impl OuFit {
    fn of_line(of: MeanReversion, window: Window, dt: f64, line: &Line, last: f64) -> Self {
        let (b, c, n) = (line.slope, line.intercept, line.observations as f64);
        let variance = line.residual_squares / n;
        let speed = -b.ln() / dt;
        let speed_se = line.slope_se / (b * dt);
        let mean = c / (1.0 - b);
        // θ = c / (1 − b): dθ/dc = 1 / (1 − b), dθ/db = θ / (1 − b)
        let mean_variance = line.intercept_se.powi(2)
            + mean * mean * line.slope_se.powi(2)
            + 2.0 * mean * line.covariance;
        let vol = (variance * 2.0 * speed / (1.0 - b * b)).sqrt();
        // ln σ = ½ (ln s² + ln 2κ − ln(1 − b²)); s² and b are independent, var ln s² = 2 / n
        let by_b = 0.5 * (1.0 / (b * b.ln()) + 2.0 * b / (1.0 - b * b));
        let vol_se = vol * (0.5 / n + (by_b * line.slope_se).powi(2)).sqrt();
        let half_life = std::f64::consts::LN_2 / (speed * dt);
        Self {
            of,
            window,
            step_years: dt,
            persistence: Estimate {
                value: b,
                se: line.slope_se,
            },
            constant: c,
            speed: Estimate {
                value: speed,
                se: speed_se,
            },
            mean: Estimate {
                value: mean,
                se: mean_variance.max(0.0).sqrt() / (1.0 - b),
            },
            vol: Estimate {
                value: vol,
                se: vol_se,
            },
            half_life_steps: Estimate {
                value: half_life,
                se: half_life * speed_se / speed,
            },
            stationary_sd: vol / (2.0 * speed).sqrt(),
            log_likelihood: -0.5 * n * ((std::f64::consts::TAU * variance).ln() + 1.0),
            last,
        }
    }

    /// Mean and standard deviation of x (a log for [`MeanReversion::Log`]) after some years, from `x` now.
    pub fn conditional(&self, x: f64, years: f64) -> (f64, f64) {
        let kept = (-self.speed.value * years).exp();
        let mean = self.mean.value + (x - self.mean.value) * kept;
        (mean, self.stationary_sd * (1.0 - kept * kept).sqrt())
    }

    /// Expected level in points after some years, from a level now. For logs the mean of the lognormal,
    /// e^(m + v/2).
    pub fn expected_level(&self, level: f64, years: f64) -> f64 {
        match self.of {
            MeanReversion::Level => self.conditional(level, years).0,
            MeanReversion::Log => {
                let (mean, sd) = self.conditional(level.ln(), years);
                (mean + 0.5 * sd * sd).exp()
            }
        }
    }

    /// The level returned to, in points: θ, or e^θ for logs (the median of the long run).
    pub fn mean_level(&self) -> f64 {
        match self.of {
            MeanReversion::Level => self.mean.value,
            MeanReversion::Log => self.mean.value.exp(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::*;

    fn days(count: usize) -> Vec<Date> {
        let first = date(2020, 1, 1);
        (0_i64..)
            .take(count)
            .map(|i| first.checked_add(i.days()).expect("a day"))
            .collect()
    }

    /// A path of x' = c + b x + e with errors that sum to little.
    fn path(b: f64, mean: f64, size: f64) -> Vec<f64> {
        let mut x = mean + 3.0 * size;
        let mut seed = 1_u32;
        (0..3000)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let error = f64::from(seed) / f64::from(u32::MAX) - 0.5;
                x = mean + b * (x - mean) + size * error;
                x
            })
            .collect()
    }

    #[test]
    fn a_known_process_comes_back_within_its_errors() {
        let (b, mean, size) = (0.95, 18.0, 2.0);
        let values = path(b, mean, size);
        let fit = fit_mean_reversion(MeanReversion::Level, &days(3000), &values, 1.0 / 252.0)
            .expect("a fit");
        let truth = [
            (fit.persistence, b),
            (fit.speed, -252.0 * b.ln()),
            (fit.mean, mean),
            (fit.half_life_steps, std::f64::consts::LN_2 / -b.ln()),
        ];
        for (estimate, truth) in truth {
            let away = (estimate.value - truth) / estimate.se;
            assert!(away.abs() < 3.0, "{estimate:?} {truth}");
            assert!(estimate.se > 0.0 && estimate.se < estimate.value);
        }
        // uniform errors of width 2 have variance 1/3
        let vol = ((size * size / 12.0) * 2.0 * -252.0 * b.ln() / (1.0 - b * b)).sqrt();
        assert!((fit.vol.value / vol - 1.0).abs() < 0.05);
        assert_eq!(fit.window.steps, 2999);
        assert_eq!(fit.window.last, days(3000)[2999]);
    }

    #[test]
    fn the_published_curve_of_a_log_process() {
        let line = MeanReversion::Log;
        let mut fit = fit_mean_reversion(line, &days(3000), &path(0.95, 18.0, 2.0), 1.0 / 252.0)
            .expect("a fit");
        fit.speed.value = 4.7;
        fit.mean.value = 17.4_f64.ln();
        fit.stationary_sd = 0.94 / (2.0 * 4.7_f64).sqrt();
        for (days, level) in [(30.0, 17.5659), (110.0, 18.0846), (220.0, 18.2094)] {
            assert!((fit.expected_level(17.0, days / 365.0) - level).abs() < 1e-4);
        }
        assert!((fit.mean_level() - 17.4).abs() < 1e-12);
    }

    #[test]
    fn what_does_not_return_is_said() {
        let trend: Vec<f64> = (0..50).map(|i| 1.02_f64.powi(i)).collect();
        let fit =
            |of, values: &[f64]| fit_mean_reversion(of, &days(values.len()), values, 1.0 / 252.0);
        assert!(
            matches!(fit(MeanReversion::Level, &trend), Err(ReversionError::NoReversion { b }) if b > 1.0)
        );
        let bad = fit(MeanReversion::Log, &[10.0, 0.0, 11.0, 12.0]);
        assert!(matches!(bad, Err(ReversionError::Value { place: 1, .. })));
        assert!(fit(MeanReversion::Level, &[]).is_err());
        assert!(matches!(
            fit(MeanReversion::Level, &[1.0, 2.0]),
            Err(ReversionError::Regression(_))
        ));
        let short = fit_mean_reversion(MeanReversion::Level, &days(3), &trend, 1.0 / 252.0);
        assert!(matches!(short, Err(ReversionError::Lengths { .. })));
    }
}
