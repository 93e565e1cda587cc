//! Percentile rank of a value among the last n, and quantiles of a slice.

use super::Incremental;
use super::window::Window;

/// Moving percentile rank: the share of the last n values, itself among them, that are not above it.
#[derive(Clone, Debug, PartialEq)]
pub struct PercentileRank(Window);

impl PercentileRank {
    /// Over `period` values; 0 counts as 1.
    pub fn new(period: usize) -> Self {
        Self(Window::new(period))
    }
}

impl Incremental for PercentileRank {
    type Output = f64;

    fn push(&mut self, value: f64) -> Option<f64> {
        let window = &mut self.0;
        window.push(value).then(|| {
            let below = window.iter().filter(|other| *other <= value).count();
            below as f64 / window.length() as f64
        })
    }
}

/// Percentile ranks along a slice, above 0 to 1.
pub fn percentile_rank(values: &[f64], period: usize) -> Vec<Option<f64>> {
    PercentileRank::new(period).over(values)
}

/// The value below which a `share` (0 to 1) of a slice lies, linear between neighbours (the default of R
/// and `NumPy`); values that are not finite are left out. `None` when nothing is left.
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let low = place.floor() as usize;
    let high = (low + 1).min(last);
    let part = place - low as f64;
    Some(sorted[low] + part * (sorted[high] - sorted[low]))
}

#[cfg(test)]
mod tests {
    use super::{percentile_rank, quantile};

    #[test]
    fn ranks() {
        let ranks = percentile_rank(&[1.0, 4.0, 2.0, 2.0, 9.0], 4);
        assert_eq!(ranks, [None, None, None, Some(0.75), Some(1.0)]);
    }

    #[test]
    fn quantiles_as_numpy_has_them() {
        let values = [7.0, 1.0, 3.0, f64::NAN, 2.0];
        assert_eq!(quantile(&values, 0.5), Some(2.5));
        assert_eq!(quantile(&values, 0.75), Some(4.0));
        assert_eq!(quantile(&values, 1.0), Some(7.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
