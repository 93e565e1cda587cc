//! Moving average convergence/divergence: fast less slow average, its signal line and their difference.
//!
//! TA-Lib's start: both averages begin at the slow one's first value, so the fast one is seeded with the
//! mean of the last values before it and differs at first from a plain average of its period.

use super::ema::{Ema, Seeding};
use super::window::Window;
use super::{Incremental, sma::Sma};

/// The three periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MacdPeriods {
    /// Of the fast average.
    pub fast: usize,
    /// Of the slow average.
    pub slow: usize,
    /// Of the average of their difference.
    pub signal: usize,
}

impl Default for MacdPeriods {
    /// 12, 26, 9.
    fn default() -> Self {
        Self {
            fast: 12,
            slow: 26,
            signal: 9,
        }
    }
}

/// The indicator at one bar, in the unit of its input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MacdValue {
    /// Fast less slow average.
    pub macd: f64,
    /// Its average.
    pub signal: f64,
    /// `macd` less `signal`.
    pub hist: f64,
}

/// MACD, bar by bar; the first value is at bar slow + signal − 1 (the 34th of 12, 26, 9).
#[derive(Clone, Debug, PartialEq)]
pub struct Macd {
    start: Option<Start>,
    fast: f64,
    slow: f64,
    factors: [f64; 2],
    signal: Ema,
}

/// What is kept until the averages start.
#[derive(Clone, Debug, PartialEq)]
struct Start {
    fast: Window,
    slow: Sma,
}

impl Macd {
    /// Of some periods; fast and slow are exchanged when they stand the wrong way round.
    pub fn new(periods: MacdPeriods, seeding: Seeding) -> Self {
        let fast = periods.fast.min(periods.slow).max(1);
        let slow = periods.fast.max(periods.slow).max(1);
        let factor = |period: usize| Ema::new(period, seeding).factor();
        let (fast_seed, slow_seed) = match seeding {
            Seeding::Sma => (fast, slow),
            Seeding::First => (1, 1),
        };
        Self {
            start: Some(Start {
                fast: Window::new(fast_seed),
                slow: Sma::new(slow_seed),
            }),
            fast: 0.0,
            slow: 0.0,
            factors: [factor(fast), factor(slow)],
            signal: Ema::new(periods.signal, seeding),
        }
    }
}

impl Default for Macd {
    /// MACD(12, 26, 9) with TA-Lib's seeding.
    fn default() -> Self {
        Self::new(MacdPeriods::default(), Seeding::Sma)
    }
}

impl Incremental for Macd {
    type Output = MacdValue;

    fn push(&mut self, value: f64) -> Option<MacdValue> {
        if !value.is_finite() {
            return None;
        }
        if let Some(start) = &mut self.start {
            start.fast.push(value);
            let slow = start.slow.push(value)?;
            (self.fast, self.slow) = (start.fast.mean(), slow);
            self.start = None;
        } else {
            self.fast += (value - self.fast) * self.factors[0];
            self.slow += (value - self.slow) * self.factors[1];
        }
        let macd = self.fast - self.slow;
        let signal = self.signal.push(macd)?;
        Some(MacdValue {
            macd,
            signal,
            hist: macd - signal,
        })
    }
}

/// MACD(12, 26, 9) along a slice, with TA-Lib's seeding; empty for the first 33 values.
pub fn macd(values: &[f64]) -> Vec<Option<MacdValue>> {
    Macd::default().over(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_is_at_the_34th_bar() {
        let ramp: Vec<f64> = (0..40).map(f64::from).collect();
        let values = macd(&ramp);
        assert!(values[..33].iter().all(Option::is_none));
        // on a ramp both averages trail by (n − 1) / 2
        let value = values[33].expect("warm");
        assert!((value.macd - 7.0).abs() < 1e-12 && value.hist.abs() < 1e-12);
    }

    #[test]
    fn periods_the_wrong_way_round_are_exchanged() {
        let turned = MacdPeriods {
            fast: 26,
            slow: 12,
            signal: 9,
        };
        assert_eq!(Macd::new(turned, Seeding::Sma), Macd::default());
    }
}
