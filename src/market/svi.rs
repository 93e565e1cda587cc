//! The raw SVI slice: total variance of one expiry as a function of log forward-moneyness.
//!
//! `w(k) = a + b (ρ (k − m) + √((k − m)² + σ²))`, with `k = ln(K / F)` and `w = vol² × years`.
//! Source: Gatheral & Jacquier, "Arbitrage-free SVI volatility surfaces", arXiv 1204.0646.
//! Every smile of the desk is evaluated in this one form; SSVI slices convert to it exactly.

/// A raw SVI slice in total variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SviSlice {
    /// Level of total variance.
    pub a: f64,
    /// Slope scale of the wings, ≥ 0; the wings rise as `b (1 ± ρ) |k|`.
    pub b: f64,
    /// Tilt, in (−1, 1); negative for an index.
    pub rho: f64,
    /// Log-moneyness where the bend sits.
    pub m: f64,
    /// Width of the bend, > 0.
    pub sigma: f64,
}

/// Total variance below this counts as this, so that no caller divides by zero.
pub const MIN_TOTAL_VARIANCE: f64 = 1e-12;

impl SviSlice {
    /// A slice without skew: `vol` at every strike.
    pub fn flat(vol: f64, years: f64) -> Self {
        Self {
            a: vol * vol * years,
            b: 0.0,
            rho: 0.0,
            m: 0.0,
            sigma: 1.0,
        }
    }

    /// Total variance at log-moneyness `k`.
    #[inline]
    pub fn total_variance(&self, k: f64) -> f64 {
        let d = k - self.m;
        let w = self.a + self.b * (self.rho * d + (d * d + self.sigma * self.sigma).sqrt());
        w.max(MIN_TOTAL_VARIANCE)
    }

    /// ∂w/∂k.
    pub fn slope(&self, k: f64) -> f64 {
        let d = k - self.m;
        self.b * (self.rho + d / (d * d + self.sigma * self.sigma).sqrt())
    }

    /// ∂²w/∂k².
    pub fn curvature(&self, k: f64) -> f64 {
        let d = k - self.m;
        let root = (d * d + self.sigma * self.sigma).sqrt();
        self.b * self.sigma * self.sigma / (root * root * root)
    }

    /// Vol at `k` for a slice of `years` > 0.
    #[inline]
    pub fn vol(&self, k: f64, years: f64) -> f64 {
        (self.total_variance(k) / years).sqrt()
    }

    /// ∂vol/∂k at the money.
    pub fn atm_skew(&self, years: f64) -> f64 {
        self.slope(0.0) / (2.0 * (self.total_variance(0.0) * years).sqrt())
    }

    /// Least total variance over all strikes, `a + b σ √(1 − ρ²)`; positive in a usable slice.
    pub fn least_total_variance(&self) -> f64 {
        self.a + self.b * self.sigma * (1.0 - self.rho * self.rho).max(0.0).sqrt()
    }

    /// Durrleman's function g(k): the implied density at `k` is positive exactly when g is, so a
    /// negative value is a butterfly arbitrage (Gatheral & Jacquier, lemma 2.2).
    pub fn durrleman(&self, k: f64) -> f64 {
        let w = self.total_variance(k);
        let slope = self.slope(k);
        let lead = 1.0 - k * slope / (2.0 * w);
        lead * lead - slope * slope / 4.0 * (1.0 / w + 0.25) + self.curvature(k) / 2.0
    }

    /// The log-moneyness with the lowest g(k) below zero between `low` and `high`, on a grid of 71 points.
    pub fn butterfly_violation(&self, low: f64, high: f64) -> Option<f64> {
        const STEPS: usize = 70;
        let grid = (0..=STEPS).map(|i| low + (high - low) * i as f64 / STEPS as f64);
        let worst = grid
            .map(|k| (k, self.durrleman(k)))
            .min_by(|x, y| x.1.total_cmp(&y.1))?;
        (worst.1 < 0.0).then_some(worst.0)
    }
}

#[cfg(test)]
mod tests {
    use super::SviSlice;
    use proptest::prelude::*;

    /// The slice of Axel Vogt quoted by Gatheral & Jacquier (2014), section 5.1: famous for its arbitrage.
    const VOGT: SviSlice = SviSlice {
        a: -0.0410,
        b: 0.1331,
        rho: 0.3060,
        m: 0.3586,
        sigma: 0.4153,
    };

    #[test]
    fn the_vogt_slice_is_flagged_where_the_paper_shows_it() {
        let at = VOGT.butterfly_violation(-1.5, 1.5).expect("arbitrage");
        assert!((0.6..1.3).contains(&at), "{at}");
        assert!(VOGT.durrleman(0.0) > 0.0);
        assert_eq!(VOGT.butterfly_violation(-0.4, 0.3), None);
    }

    #[test]
    fn a_flat_slice_has_one_vol_and_no_arbitrage() {
        let flat = SviSlice::flat(0.2, 0.5);
        assert!((flat.vol(-0.3, 0.5) - 0.2).abs() < 1e-15);
        assert!((flat.durrleman(0.0) - 1.0).abs() < 1e-15);
        assert_eq!(flat.atm_skew(0.5), 0.0);
    }

    proptest! {
        #[test]
        fn derivatives_agree_with_differences(
            a in 0.001..0.05f64, b in 0.01..0.4f64, rho in -0.9..0.9f64, m in -0.2..0.2f64,
            sigma in 0.02..0.5f64, k in -0.5..0.5f64,
        ) {
            let slice = SviSlice { a, b, rho, m, sigma };
            let h = 1e-5;
            let w = |x: f64| slice.total_variance(x);
            let slope = (w(k + h) - w(k - h)) / (2.0 * h);
            prop_assert!((slope - slice.slope(k)).abs() < 1e-7);
            let bend = (slice.slope(k + h) - slice.slope(k - h)) / (2.0 * h);
            prop_assert!((bend - slice.curvature(k)).abs() < 1e-5);
            let skew = (slice.vol(h, 0.5) - slice.vol(-h, 0.5)) / (2.0 * h);
            prop_assert!((skew - slice.atm_skew(0.5)).abs() < 1e-6);
        }
    }
}
