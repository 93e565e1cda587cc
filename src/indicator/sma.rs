//! Simple moving average: the mean of the last n values.

use super::Incremental;
use super::window::Window;

/// Simple moving average; its first value is that of the n-th input.
#[derive(Clone, Debug, PartialEq)]
pub struct Sma(Window);

impl Sma {
    /// Over `period` values; 0 counts as 1.
    pub fn new(period: usize) -> Self {
        Self(Window::new(period))
    }
}

impl Incremental for Sma {
    type Output = f64;

    fn push(&mut self, value: f64) -> Option<f64> {
        self.0.push(value).then(|| self.0.mean())
    }
}

/// Simple moving average along a slice, in the unit of its values; empty for the first `period` − 1.
pub fn sma(values: &[f64], period: usize) -> Vec<Option<f64>> {
    Sma::new(period).over(values)
}

#[cfg(test)]
mod tests {
    use super::sma;

    #[test]
    fn means_of_three() {
        let means = sma(&[1.0, 2.0, 6.0, f64::NAN, 1.0], 3);
        assert_eq!(means, [None, None, Some(3.0), None, Some(3.0)]);
        assert_eq!(sma(&[], 3), []);
    }
}
