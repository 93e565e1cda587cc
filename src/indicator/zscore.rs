//! Standard score: how many standard deviations a value lies from the mean of the last n.

use super::Incremental;
use super::window::Window;

/// Moving standard score; the window contains the value itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ZScore(Window);

impl ZScore {
    /// Over `period` values; 0 counts as 1.
    pub fn new(period: usize) -> Self {
        Self(Window::new(period))
    }
}

impl Incremental for ZScore {
    type Output = f64;

    /// `None` also while all values of the window are equal, when the score has no meaning.
    fn push(&mut self, value: f64) -> Option<f64> {
        let window = &mut self.0;
        if !window.push(value) || window.min() == window.max() {
            return None;
        }
        let deviation = (window.squares() / window.length() as f64).sqrt();
        (deviation > 0.0).then(|| (value - window.mean()) / deviation)
    }
}

/// Standard scores along a slice: value less mean over population standard deviation of the last `period`.
pub fn z_score(values: &[f64], period: usize) -> Vec<Option<f64>> {
    ZScore::new(period).over(values)
}

#[cfg(test)]
mod tests {
    use super::z_score;

    #[test]
    fn of_three() {
        let score = z_score(&[1.0, 2.0, 3.0], 3)[2].expect("full");
        assert!((score - 1.5_f64.sqrt()).abs() < 1e-15);
        assert_eq!(z_score(&[0.1; 5], 3), [None; 5], "no spread, no score");
    }
}
