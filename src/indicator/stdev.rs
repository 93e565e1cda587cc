//! Standard deviation of the last n values, divided by n as TA-Lib does.

use super::Incremental;
use super::window::Window;

/// Moving population standard deviation.
#[derive(Clone, Debug, PartialEq)]
pub struct Stdev(Window);

impl Stdev {
    /// Over `period` values; 0 counts as 1.
    pub fn new(period: usize) -> Self {
        Self(Window::new(period))
    }
}

impl Incremental for Stdev {
    type Output = f64;

    fn push(&mut self, value: f64) -> Option<f64> {
        let window = &mut self.0;
        let full = window.push(value);
        full.then(|| (window.squares() / window.length() as f64).sqrt())
    }
}

/// Moving population standard deviation along a slice, in the unit of its values, never negative.
pub fn stdev(values: &[f64], period: usize) -> Vec<Option<f64>> {
    Stdev::new(period).over(values)
}

#[cfg(test)]
mod tests {
    use super::stdev;

    #[test]
    fn of_a_textbook_row() {
        let row = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert_eq!(stdev(&row, 8)[7], Some(2.0));
        assert_eq!(stdev(&[3.0; 4], 3), [None, None, Some(0.0), Some(0.0)]);
    }

    #[test]
    fn nothing_cancels_far_from_zero() {
        let far: Vec<f64> = [1.0, 2.0, 3.0].iter().map(|x| x + 1e9).collect();
        let near = (2.0_f64 / 3.0).sqrt();
        assert!((stdev(&far, 3)[2].expect("full") - near).abs() < 1e-6);
    }
}
