//! Exponential moving average with factor 2 / (n + 1).
//!
//! The first value decides for a long time: at row 33 of a MACD(12, 26, 9) the two seedings are up to
//! several index points apart, and they agree to 2e-5 only after some 200 bars. Hence [`Seeding`] is named.

use super::Incremental;

/// What an average starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seeding {
    /// The mean of the first n values, at the n-th: TA-Lib's.
    #[default]
    Sma,
    /// The first value, at once: that of many charting packages.
    First,
}

impl Seeding {
    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Sma => "seeded with the first mean",
            Self::First => "seeded with the first value",
        }
    }
}

/// Exponential moving average.
#[derive(Clone, Debug, PartialEq)]
pub struct Ema {
    period: usize,
    seeding: Seeding,
    seen: usize,
    sum: f64,
    value: f64,
}

impl Ema {
    /// Over `period` values; 0 counts as 1.
    pub fn new(period: usize, seeding: Seeding) -> Self {
        Self {
            period: period.max(1),
            seeding,
            seen: 0,
            sum: 0.0,
            value: 0.0,
        }
    }

    /// Share of a new value, 2 / (n + 1).
    pub fn factor(&self) -> f64 {
        2.0 / (self.period as f64 + 1.0)
    }
}

impl Incremental for Ema {
    type Output = f64;

    fn push(&mut self, value: f64) -> Option<f64> {
        if !value.is_finite() {
            return None;
        }
        let warm_up = match self.seeding {
            Seeding::Sma => self.period,
            Seeding::First => 1,
        };
        self.seen += 1;
        if self.seen > warm_up {
            self.value += (value - self.value) * self.factor();
            return Some(self.value);
        }
        self.sum += value;
        (self.seen == warm_up).then(|| {
            self.value = self.sum / warm_up as f64;
            self.value
        })
    }
}

/// Exponential moving average along a slice, seeded with the mean of its first `period` values.
pub fn ema(values: &[f64], period: usize) -> Vec<Option<f64>> {
    Ema::new(period, Seeding::Sma).over(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seedings_differ_at_first() {
        let values = [1.0, 2.0, 6.0, 7.0];
        assert_eq!(ema(&values, 3), [None, None, Some(3.0), Some(5.0)]);
        let first = Ema::new(3, Seeding::First).over(&values);
        assert_eq!(first, [Some(1.0), Some(1.5), Some(3.75), Some(5.375)]);
    }

    #[test]
    fn a_gap_is_passed_over() {
        let gap = ema(&[1.0, 2.0, 6.0, f64::INFINITY, 7.0], 3);
        assert_eq!(gap, [None, None, Some(3.0), None, Some(5.0)]);
    }
}
