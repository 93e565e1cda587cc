//! Realised vol: annualised standard deviation of the log returns of closes.

use super::window::Window;
use super::{Incremental, TRADING_DAYS_PER_YEAR};

/// Moving realised vol, close to close, with the mean taken off and n − 1 below (RV20, HV20).
#[derive(Clone, Debug, PartialEq)]
pub struct RealisedVol {
    returns: Window,
    last: Option<f64>,
}

impl RealisedVol {
    /// Over `period` returns; less than 2 counts as 2.
    pub fn new(period: usize) -> Self {
        Self {
            returns: Window::new(period.max(2)),
            last: None,
        }
    }
}

impl Incremental for RealisedVol {
    type Output = f64;

    /// A close that is not positive is passed over.
    fn push(&mut self, value: f64) -> Option<f64> {
        if !value.is_finite() || value <= 0.0 {
            return None;
        }
        let change = (value / self.last.replace(value)?).ln();
        let window = &mut self.returns;
        window.push(change).then(|| {
            let variance = window.squares() / (window.length() as f64 - 1.0);
            (variance * TRADING_DAYS_PER_YEAR).sqrt()
        })
    }
}

/// Realised vol along a slice of closes, decimal (0.18 = 18 %), over `period` returns.
pub fn realised_vol(closes: &[f64], period: usize) -> Vec<Option<f64>> {
    RealisedVol::new(period).over(closes)
}

#[cfg(test)]
mod tests {
    use super::realised_vol;

    #[test]
    fn of_returns_that_alternate() {
        // returns +1 % and −1 % in logs: mean 0, variance 2 × 0.0001 / 1
        let up = 0.01_f64.exp();
        let vol = realised_vol(&[100.0, 100.0 * up, 100.0], 2)[2].expect("warm");
        assert!((vol - (0.0002_f64 * 252.0).sqrt()).abs() < 1e-12);
        let drift: Vec<f64> = (0..30).map(|i| (0.01 * f64::from(i)).exp()).collect();
        assert!(
            realised_vol(&drift, 20)[29].expect("warm") < 1e-12,
            "drift is no vol"
        );
    }
}
