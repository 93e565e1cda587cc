//! The last n values of a series, oldest first.

use std::collections::VecDeque;

/// A window that forgets its oldest value when a new one comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    values: VecDeque<f64>,
    length: usize,
}

impl Window {
    /// An empty window of a length; 0 counts as 1.
    pub fn new(length: usize) -> Self {
        let length = length.max(1);
        Self {
            values: VecDeque::with_capacity(length),
            length,
        }
    }

    /// Takes a finite value. True when the window is full with it; false too for a value passed over.
    pub fn push(&mut self, value: f64) -> bool {
        if !value.is_finite() {
            return false;
        }
        if self.values.len() == self.length {
            self.values.pop_front();
        }
        self.values.push_back(value);
        self.is_full()
    }

    /// Whether it holds as many values as it can.
    pub fn is_full(&self) -> bool {
        self.values.len() == self.length
    }

    /// The values, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = f64> + '_ {
        self.values.iter().copied()
    }

    /// Mean of what it holds; NaN when empty.
    pub fn mean(&self) -> f64 {
        self.iter().sum::<f64>() / self.values.len() as f64
    }

    /// Sum of squared deviations from the mean, in a second pass, so that nothing cancels.
    pub fn squares(&self) -> f64 {
        let mean = self.mean();
        self.iter().map(|value| (value - mean).powi(2)).sum()
    }

    /// Largest value; −∞ when empty.
    pub fn max(&self) -> f64 {
        self.iter().fold(f64::NEG_INFINITY, f64::max)
    }

    /// Smallest value; ∞ when empty.
    pub fn min(&self) -> f64 {
        self.iter().fold(f64::INFINITY, f64::min)
    }

    /// How many values it holds at most.
    pub fn length(&self) -> usize {
        self.length
    }
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn the_oldest_value_goes() {
        let mut window = Window::new(2);
        assert!(!window.push(1.0));
        assert!(!window.push(f64::NAN), "passed over");
        assert!(window.push(5.0));
        assert!(window.push(3.0));
        assert_eq!(window.iter().collect::<Vec<_>>(), [5.0, 3.0]);
        assert_eq!((window.mean(), window.squares()), (4.0, 2.0));
        assert_eq!((window.min(), window.max()), (3.0, 5.0));
        assert_eq!(Window::new(0).length(), 1);
    }
}
