//! Figures of a sample: each with its size and an interval, and no claim under [`CLAIM_N`].
//!
//! | figure | interval at [`LEVEL`] |
//! | --- | --- |
//! | share | Wilson's score interval (1927), which stays within 0 and 1 and is honest in small samples |
//! | mean | Student's t |
//! | median | order statistics, by the binomial law with p = ½ (normal approximation): free of any distribution |
//! | ratio of sums | linearised ratio estimator (Cochran, *Sampling Techniques*, ch. 6) with Student's t |

use std::sync::OnceLock;

use serde::Serialize;
use statrs::distribution::{ContinuousCDF as _, Normal, StudentsT};

/// Fewer than so many say nothing: no claim is made of them. A setting of the program (METHOD section 10).
pub const CLAIM_N: usize = 20;
/// Share of samples whose interval would hold the true figure.
pub const LEVEL: f64 = 0.95;
/// From so many degrees of freedom on, Student's quantile comes from its expansion about the normal one.
const EXPANDED: usize = 30;

/// A sample too small for a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew(
    /// How many there are, under [`CLAIM_N`].
    pub usize,
);

impl std::fmt::Display for TooFew {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "no claim under n = {CLAIM_N}: n = {}", self.0)
    }
}

impl std::error::Error for TooFew {}

/// A figure that a sample is large enough to speak of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// The figure.
    pub value: f64,
    /// Lower end of its interval; `None` where it has none.
    pub low: Option<f64>,
    /// Upper end of its interval; `None` where it has none.
    pub high: Option<f64>,
}

impl Claim {
    /// Whether its interval leaves zero out: the sign is more than chance at this level.
    pub fn is_off_zero(&self) -> bool {
        let (low, high) = (self.low, self.high);
        low.is_some_and(|low| low > 0.0) || high.is_some_and(|high| high < 0.0)
    }
}

/// A figure of a sample. Views ask [`Self::claim`], which refuses under n = 20; [`Self::seen`] is what was seen so far
/// and is shown as no more than that.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measured {
    value: f64,
    n: usize,
    low: Option<f64>,
    high: Option<f64>,
    level: f64,
    is_claim: bool,
}

impl Measured {
    fn new(value: f64, n: usize, interval: Option<[f64; 2]>) -> Self {
        let interval = interval.filter(|ends| ends.iter().all(|end| end.is_finite()));
        Self {
            value,
            n,
            low: interval.map(|[low, _]| low),
            high: interval.map(|[_, high]| high),
            level: LEVEL,
            is_claim: n >= CLAIM_N,
        }
    }

    /// A figure that has no interval, such as a largest fall: one path has but one.
    pub fn plain(value: f64, n: usize) -> Self {
        Self::new(value, n, None)
    }

    /// A share of `n`, decimal, with Wilson's interval; `None` of nothing.
    pub fn share(hits: usize, n: usize) -> Option<Self> {
        if n == 0 {
            return None;
        }
        let (count, z) = (n as f64, normal_quantile());
        let share = hits as f64 / count;
        let scale = 1.0 + z * z / count;
        let middle = (share + z * z / (2.0 * count)) / scale;
        let spread = share * (1.0 - share) / count + z * z / (4.0 * count * count);
        let half = z * spread.sqrt() / scale;
        let ends = [(middle - half).max(0.0), (middle + half).min(1.0)];
        Some(Self::new(share, n, Some(ends)))
    }

    /// The mean with Student's interval, which takes two or more; `None` of nothing.
    pub fn mean(sample: &[f64]) -> Option<Self> {
        let n = sample.len();
        if n == 0 {
            return None;
        }
        let mean = sample.iter().sum::<f64>() / n as f64;
        let half = half_width(n, sample.iter().map(|value| (value - mean).powi(2)).sum());
        Some(Self::new(
            mean,
            n,
            half.map(|half| [mean - half, mean + half]),
        ))
    }

    /// The median with the interval of order statistics, which takes six or more; `None` of nothing.
    pub fn median(sample: &[f64]) -> Option<Self> {
        let n = sample.len();
        if n == 0 {
            return None;
        }
        let mut sorted = sample.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let median = 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
        // Ranks, from 1, between which the true median lies: n/2 ∓ z √n / 2, rounded outward.
        let half = 0.5 * normal_quantile() * (n as f64).sqrt();
        let low = (0.5 * n as f64 - half).floor();
        let interval = (low >= 1.0 || n >= 6).then(|| {
            let below = low.max(1.0) as usize;
            [sorted[below - 1], sorted[n - below]]
        });
        Some(Self::new(median, n, interval))
    }

    /// The sum of the first over the sum of the second, pair by pair; `None` where the second comes to nothing.
    pub fn ratio(pairs: &[(f64, f64)]) -> Option<Self> {
        let n = pairs.len();
        let below: f64 = pairs.iter().map(|(_, below)| below).sum();
        if n == 0 || below <= 0.0 {
            return None;
        }
        let ratio = pairs.iter().map(|(above, _)| above).sum::<f64>() / below;
        let rest = |(above, below): &(f64, f64)| (above - ratio * below).powi(2);
        let half = half_width(n, pairs.iter().map(rest).sum());
        let half = half.map(|half| half * n as f64 / below);
        Some(Self::new(
            ratio,
            n,
            half.map(|half| [ratio - half, ratio + half]),
        ))
    }

    /// The figure, where the sample is large enough to speak of it.
    ///
    /// # Errors
    /// [`TooFew`] under [`CLAIM_N`].
    pub fn claim(&self) -> Result<Claim, TooFew> {
        if self.n < CLAIM_N {
            return Err(TooFew(self.n));
        }
        Ok(Claim {
            value: self.value,
            low: self.low,
            high: self.high,
        })
    }

    /// What was seen so far, whatever the size of the sample: said beside n, and nothing rests on it under
    /// [`CLAIM_N`].
    pub fn seen(&self) -> f64 {
        self.value
    }

    /// Size of the sample.
    pub fn n(&self) -> usize {
        self.n
    }

    /// Ends of the interval at [`LEVEL`]; `None` where the figure has none or the sample is too small for one.
    pub fn interval(&self) -> Option<[f64; 2]> {
        Some([self.low?, self.high?])
    }

    /// The same in another unit: the figure and its interval times a positive factor.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            low: self.low.map(|low| low * factor),
            high: self.high.map(|high| high * factor),
            ..self
        }
    }
}

/// Student's quantile times the standard error of a mean, from a sum of squared deviations; `None` under two.
fn half_width(n: usize, squares: f64) -> Option<f64> {
    let freedom = n.checked_sub(1).filter(|freedom| *freedom > 0)?;
    let error = (squares / freedom as f64 / n as f64).sqrt();
    Some(student_quantile(freedom) * error)
}

/// Normal quantile of the upper end.
fn normal_quantile() -> f64 {
    static QUANTILE: OnceLock<f64> = OnceLock::new();
    *QUANTILE.get_or_init(|| Normal::standard().inverse_cdf(0.5 * (1.0 + LEVEL)))
}

/// Student's quantile of the upper end.
fn student_quantile(freedom: usize) -> f64 {
    static SMALL: OnceLock<Vec<f64>> = OnceLock::new();
    if freedom >= EXPANDED {
        return expanded_quantile(freedom as f64);
    }
    let small = SMALL.get_or_init(|| (1..EXPANDED).map(exact_quantile).collect());
    small[freedom.max(1) - 1]
}

fn exact_quantile(freedom: usize) -> f64 {
    let law = StudentsT::new(0.0, 1.0, freedom as f64);
    law.map_or(f64::NAN, |law| law.inverse_cdf(0.5 * (1.0 + LEVEL)))
}

/// Abramowitz and Stegun 26.7.5: below a millionth off from 30 degrees on.
fn expanded_quantile(freedom: f64) -> f64 {
    let z = normal_quantile();
    let square = z * z;
    let first = z * (square + 1.0) / 4.0;
    let second = z * ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = z * (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    let fourth = z
        * ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0)
        / 92_160.0;
    z + (first + (second + (third + fourth / freedom) / freedom) / freedom) / freedom
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Option<[f64; 2]>, expected: [f64; 2], within: f64) {
        let found = found.expect("an interval");
        for (found, expected) in found.into_iter().zip(expected) {
            assert!((found - expected).abs() < within, "{found} {expected}");
        }
    }

    #[test]
    fn wilsons_interval_of_81_of_263_is_the_published_one() {
        // Newcombe 1998, table I: 81/263 → 0.2553 to 0.3662; 0/20 → 0 to 0.1611.
        near(
            Measured::share(81, 263).expect("some").interval(),
            [0.2553, 0.3662],
            5e-5,
        );
        near(
            Measured::share(0, 20).expect("some").interval(),
            [0.0, 0.1611],
            5e-5,
        );
        assert_eq!(Measured::share(0, 0), None);
    }

    #[test]
    fn the_mean_has_students_interval() {
        // 1 … 5: mean 3, sd √2.5, t(4) = 2.776445.
        let mean = Measured::mean(&[1.0, 2.0, 3.0, 4.0, 5.0]).expect("some");
        let half = 2.776_445 * (2.5_f64 / 5.0).sqrt();
        near(mean.interval(), [3.0 - half, 3.0 + half], 1e-5);
        assert_eq!(Measured::mean(&[7.0]).expect("one").interval(), None);
        // t(30) = 2.042272, t(100) = 1.983972: the expansion is as good as the law.
        for freedom in [30, 45, 100, 1000] {
            let (fast, exact) = (student_quantile(freedom), exact_quantile(freedom));
            assert!((fast - exact).abs() < 2e-6, "{freedom}: {fast} {exact}");
        }
        assert!((student_quantile(30) - 2.042_272).abs() < 1e-5);
    }

    #[test]
    fn the_median_lies_between_order_statistics() {
        let sample: Vec<f64> = (1..=25).rev().map(f64::from).collect();
        let median = Measured::median(&sample).expect("some");
        // 12.5 − 4.9 = 7.6: the 7th from below and from above.
        assert_eq!(
            (median.seen(), median.interval()),
            (13.0, Some([7.0, 19.0]))
        );
        assert_eq!(Measured::median(&[2.0, 1.0]).expect("some").seen(), 1.5);
        assert_eq!(
            Measured::median(&[2.0, 1.0]).expect("some").interval(),
            None
        );
    }

    #[test]
    fn a_ratio_of_sums_is_sure_where_all_ratios_are_one() {
        let pairs: Vec<(f64, f64)> = (1..=9)
            .map(|x| (0.25 * f64::from(x), f64::from(x)))
            .collect();
        let ratio = Measured::ratio(&pairs).expect("some");
        assert_eq!((ratio.seen(), ratio.interval()), (0.25, Some([0.25, 0.25])));
        assert_eq!(Measured::ratio(&[(1.0, 0.0)]), None);
        // By hand: 3 of 2 and 1 of 2: R 1, residuals ±1, s² 2, se 1 over a mean of 2, t(1) 12.7062.
        let ratio = Measured::ratio(&[(3.0, 2.0), (1.0, 2.0)]).expect("some");
        near(ratio.interval(), [1.0 - 6.3531, 1.0 + 6.3531], 1e-3);
    }

    #[test]
    fn nothing_is_claimed_under_twenty() {
        let few = Measured::mean(&[5.0; 19]).expect("some");
        assert_eq!(few.claim(), Err(TooFew(19)));
        assert_eq!(TooFew(19).to_string(), "no claim under n = 20: n = 19");
        assert_eq!((few.seen(), few.n()), (5.0, 19));
        let enough = Measured::mean(&[5.0; 20])
            .expect("some")
            .claim()
            .expect("enough");
        assert!(enough.is_off_zero() && enough.value == 5.0);
        let mixed: Vec<f64> = (0..20).map(|x| f64::from(x % 2) - 0.5).collect();
        let claim = Measured::mean(&mixed)
            .expect("some")
            .claim()
            .expect("enough");
        assert!(!claim.is_off_zero());
    }
}
