//! Wilder's relative strength index: average gain as a share of average gain and loss.

use super::Incremental;

/// Moving RSI; its first value is that of the input after the n-th.
#[derive(Clone, Debug, PartialEq)]
pub struct Rsi {
    period: usize,
    last: Option<f64>,
    changes: usize,
    gain: f64,
    loss: f64,
}

impl Rsi {
    /// Over `period` changes; 0 counts as 1.
    pub fn new(period: usize) -> Self {
        Self {
            period: period.max(1),
            last: None,
            changes: 0,
            gain: 0.0,
            loss: 0.0,
        }
    }

    /// Whether nothing has moved, so that the index says nothing; its value is then 0, as in TA-Lib.
    pub fn is_flat(&self) -> bool {
        self.gain + self.loss == 0.0
    }

    fn average(&self, average: f64, change: f64) -> f64 {
        let n = self.period as f64;
        if self.changes <= self.period {
            average + change / n
        } else {
            (average * (n - 1.0) + change) / n
        }
    }
}

impl Incremental for Rsi {
    type Output = f64;

    fn push(&mut self, value: f64) -> Option<f64> {
        if !value.is_finite() {
            return None;
        }
        let change = value - self.last.replace(value)?;
        self.changes += 1;
        self.gain = self.average(self.gain, change.max(0.0));
        self.loss = self.average(self.loss, (-change).max(0.0));
        if self.changes < self.period {
            return None;
        }
        let both = self.gain + self.loss;
        Some(if both > 0.0 {
            100.0 * self.gain / both
        } else {
            0.0
        })
    }
}

/// RSI along a slice, 0 to 100; empty for the first `period` values, 0 where nothing has moved.
pub fn rsi(values: &[f64], period: usize) -> Vec<Option<f64>> {
    Rsi::new(period).over(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_down_and_flat() {
        let up: Vec<f64> = (0..20).map(f64::from).collect();
        let down: Vec<f64> = up.iter().map(|x| -x).collect();
        assert_eq!(rsi(&up, 14)[13..15], [None, Some(100.0)]);
        assert_eq!(rsi(&down, 14)[19], Some(0.0));
        let mut flat = Rsi::new(3);
        let last = [5.0; 6].map(|value| flat.push(value))[5];
        assert!(flat.is_flat() && last == Some(0.0));
    }

    #[test]
    fn wilder_smoothing() {
        // gains 1, 0, 3 and losses 0, 2, 0 seed at 4/3 and 2/3; then a loss of 1
        let values = rsi(&[10.0, 11.0, 9.0, 12.0, 11.0], 3);
        assert!((values[3].expect("warm") - 100.0 * 2.0 / 3.0).abs() < 1e-12);
        let (gain, loss) = (8.0 / 9.0, 7.0 / 9.0);
        assert!((values[4].expect("warm") - 100.0 * gain / (gain + loss)).abs() < 1e-12);
    }
}
