//! The SSVI slice (three parameters) and its fit to the few quotes that a manual entry has.
//!
//! `w(k) = θ/2 (1 + ρ φ k + √((φ k + ρ)² + 1 − ρ²))`, θ the at-the-money total variance.
//! Source: Gatheral & Jacquier, "Arbitrage-free SVI volatility surfaces", arXiv 1204.0646, sections 4–5.

use super::least_squares::{Normal, minimise};
use super::svi::SviSlice;

/// Pull of each fitted parameter toward its prior, in vol points per unit (decimal would be 0.003).
const RIDGE_VOL_POINTS: f64 = 0.3;

/// An SSVI slice: level, tilt and curvature of one expiry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SsviSlice {
    /// At-the-money total variance, > 0.
    pub theta: f64,
    /// Tilt, in (−1, 1).
    pub rho: f64,
    /// Curvature scale, > 0.
    pub phi: f64,
}

/// One point of a smile to fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitQuote {
    /// Log forward-moneyness ln(K / F).
    pub k: f64,
    /// Implied vol, decimal, > 0.
    pub vol: f64,
    /// Weight of the squared residual, relative to 1 at the money.
    pub weight: f64,
}

impl FitQuote {
    /// A quote weighted by its vega relative to the most sensitive strike: φ(d₁)/φ(0).
    pub fn vega_weighted(k: f64, vol: f64, years: f64) -> Self {
        let stdev = vol * years.sqrt();
        let d1 = -k / stdev + stdev / 2.0;
        Self {
            k,
            vol,
            weight: (-0.5 * d1 * d1).exp().max(1e-6),
        }
    }
}

/// Which parameters a fit moves; the others follow the prior.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreeParameters {
    /// Level only (one quote).
    Level,
    /// Level and tilt (two or three quotes).
    LevelSkew,
    /// Level, tilt and curvature (four to seven quotes).
    All,
}

impl SsviSlice {
    /// Total variance at log-moneyness `k`.
    pub fn total_variance(self, k: f64) -> f64 {
        let x = self.phi * k;
        let root = ((x + self.rho) * (x + self.rho) + 1.0 - self.rho * self.rho).sqrt();
        self.theta / 2.0 * (1.0 + self.rho * x + root)
    }

    /// The same slice as raw SVI, exactly.
    pub fn to_svi(self) -> SviSlice {
        let tilt = 1.0 - self.rho * self.rho;
        SviSlice {
            a: self.theta / 2.0 * tilt,
            b: self.theta * self.phi / 2.0,
            rho: self.rho,
            m: -self.rho / self.phi,
            sigma: tilt.sqrt() / self.phi,
        }
    }

    /// ∂vol/∂k at the money, ρ φ vol / 2.
    pub fn atm_skew(self, years: f64) -> f64 {
        self.rho * self.phi * (self.theta / years).sqrt() / 2.0
    }

    /// The two butterfly quantities θφ(1+|ρ|) and θφ²(1+|ρ|); no arbitrage when the first is below
    /// 4 and the second at most 4.
    pub fn butterfly_conditions(self) -> [f64; 2] {
        let tilt = 1.0 + self.rho.abs();
        let first = self.theta * self.phi * tilt;
        [first, first * self.phi]
    }

    /// The slice with φ lowered, if need be, until both butterfly conditions hold.
    pub fn projected(self) -> Self {
        let scale = 4.0 / (self.theta * (1.0 + self.rho.abs()));
        Self {
            phi: self.phi.min(scale * (1.0 - 1e-9)).min(scale.sqrt()),
            ..self
        }
    }

    /// The slice at another at-the-money total variance, its shape kept in standardised moneyness
    /// (φ√θ fixed), free of butterfly arbitrage.
    pub fn at_level(self, theta: f64) -> Self {
        Self {
            theta,
            rho: self.rho,
            phi: self.phi * (self.theta / theta).sqrt(),
        }
        .projected()
    }
}

/// Fits an SSVI slice to `quotes` in vol, weighted, with a ridge toward `prior`.
///
/// Parameters are ln vol, artanh ρ and ln(φ√θ), so a new level keeps the prior's shape in standardised
/// moneyness. With no quotes the prior is returned. `years` > 0.
pub fn fit_ssvi(
    quotes: &[FitQuote],
    years: f64,
    prior: SsviSlice,
    free: FreeParameters,
) -> SsviSlice {
    let centre = [
        (prior.theta / years).sqrt().ln(),
        prior.rho.atanh(),
        (prior.phi * prior.theta.sqrt()).ln(),
    ];
    let moves = match free {
        FreeParameters::Level => [true, false, false],
        FreeParameters::LevelSkew => [true, true, false],
        FreeParameters::All => [true, true, true],
    };
    let rows = |x: &[f64; 3], normal: &mut Normal<3>| {
        let slice = slice_of(x, years);
        for quote in quotes {
            let (vol, mut slope) = vol_and_slopes(slice, quote.k, years);
            let scale = 100.0 * quote.weight.sqrt();
            for (value, moved) in slope.iter_mut().zip(moves) {
                *value = if moved { *value * scale } else { 0.0 };
            }
            normal.add((vol - quote.vol) * scale, &slope);
        }
        for index in 0..3 {
            normal.add_ridge(index, RIDGE_VOL_POINTS, x[index] - centre[index]);
        }
    };
    let mut start = centre;
    if let Some(level) = mean_log_level(quotes, years, prior) {
        start[0] = level;
    }
    let (x, _) = minimise(start, rows, |x| {
        x[0] = x[0].clamp(-6.9, 2.0);
        x[1] = x[1].clamp(-3.5, 3.5);
        x[2] = x[2].clamp(-5.0, 0.7);
    });
    slice_of(&x, years).projected()
}

fn slice_of(x: &[f64; 3], years: f64) -> SsviSlice {
    let theta = (2.0 * x[0]).exp() * years;
    SsviSlice {
        theta,
        rho: x[1].tanh(),
        phi: x[2].exp() / theta.sqrt(),
    }
}

/// Vol at `k` and its derivatives by ln vol, artanh ρ and ln(φ√θ).
fn vol_and_slopes(slice: SsviSlice, k: f64, years: f64) -> (f64, [f64; 3]) {
    let (u, rho) = (slice.phi * k, slice.rho);
    let root = ((u + rho) * (u + rho) + 1.0 - rho * rho).sqrt();
    let w = slice.theta / 2.0 * (1.0 + rho * u + root);
    let vol = (w / years).sqrt();
    let by_w = 1.0 / (2.0 * vol * years);
    let by_u = slice.theta / 2.0 * (rho + (u + rho) / root);
    let by_rho = slice.theta / 2.0 * (u + u / root);
    // ln vol moves θ by 2θ and, with φ√θ fixed, φ by −φ
    let by_level = 2.0 * w - by_u * u;
    (
        vol,
        [
            by_w * by_level,
            by_w * by_rho * (1.0 - rho * rho),
            by_w * by_u * u,
        ],
    )
}

/// Weighted mean over the quotes of ln(vol) corrected by the prior's shape at each quote.
fn mean_log_level(quotes: &[FitQuote], years: f64, prior: SsviSlice) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for quote in quotes {
        let shape = (prior.total_variance(quote.k) / prior.theta).sqrt();
        sum += quote.weight * (quote.vol / shape).ln();
        weights += quote.weight;
    }
    (weights > 0.0 && years > 0.0).then(|| sum / weights)
}

#[cfg(test)]
mod tests {
    use super::{FitQuote, FreeParameters, SsviSlice, fit_ssvi};
    use proptest::prelude::*;

    const YEARS: f64 = 45.0 / 365.0;
    const SLICE: SsviSlice = SsviSlice {
        theta: 0.00271877,
        rho: -0.5,
        phi: 16.0,
    };

    fn quotes(slice: SsviSlice, ks: &[f64]) -> Vec<FitQuote> {
        ks.iter()
            .map(|&k| FitQuote::vega_weighted(k, (slice.total_variance(k) / YEARS).sqrt(), YEARS))
            .collect()
    }

    #[test]
    fn worked_slice_of_45_days() {
        let vol = |k: f64| (SLICE.total_variance(k) / YEARS).sqrt();
        assert!((vol(-0.1) - 0.211881).abs() < 1e-6);
        assert!((vol(0.0) - 0.1485).abs() < 1e-6);
        assert!((vol(0.05) - 0.129311).abs() < 1e-6);
        assert!((SLICE.atm_skew(YEARS) + 0.5940).abs() < 1e-4);
        let [first, second] = SLICE.butterfly_conditions();
        assert!((first - 0.0653).abs() < 1e-4 && (second - 1.0440).abs() < 1e-4);
    }

    #[test]
    fn no_quotes_give_the_prior_and_one_quote_moves_the_level_alone() {
        let none = fit_ssvi(&[], YEARS, SLICE, FreeParameters::All);
        assert!((none.theta / SLICE.theta - 1.0).abs() < 1e-9);
        let doubled = SLICE.at_level(SLICE.theta * 2.0);
        let one = fit_ssvi(
            &quotes(doubled, &[-0.05]),
            YEARS,
            SLICE,
            FreeParameters::Level,
        );
        assert!((one.theta / doubled.theta - 1.0).abs() < 2e-3, "{one:?}");
        assert!((one.rho - SLICE.rho).abs() < 1e-12);
    }

    #[test]
    fn two_quotes_recover_the_tilt_and_four_the_whole_slice() {
        let truth = SsviSlice {
            theta: 0.004,
            rho: -0.7,
            phi: 12.0,
        };
        let shape = SsviSlice {
            rho: -0.7,
            ..SLICE.at_level(0.004)
        };
        let two = fit_ssvi(
            &quotes(shape, &[-0.08, 0.05]),
            YEARS,
            SLICE,
            FreeParameters::LevelSkew,
        );
        assert!((two.rho + 0.7).abs() < 0.03, "{two:?}");
        let four = fit_ssvi(
            &quotes(truth, &[-0.12, -0.07, 0.04, 0.07]),
            YEARS,
            SLICE,
            FreeParameters::All,
        );
        for k in [-0.15, -0.05, 0.0, 0.05] {
            let error =
                (four.total_variance(k) / YEARS).sqrt() - (truth.total_variance(k) / YEARS).sqrt();
            assert!(error.abs() < 1e-3, "k {k}: {error}");
        }
    }

    proptest! {
        #[test]
        fn raw_svi_is_the_same_function(theta in 1e-4..0.2f64, rho in -0.95..0.95f64, phi in 0.3..30.0f64, k in -0.6..0.6f64) {
            let slice = SsviSlice { theta, rho, phi };
            let (one, other) = (slice.total_variance(k), slice.to_svi().total_variance(k));
            prop_assert!((one - other).abs() <= 1e-12 * one.max(1e-6));
        }

        #[test]
        fn a_projected_slice_has_a_positive_density(theta in 1e-4..0.5f64, rho in -0.95..0.95f64, phi in 0.3..200.0f64) {
            let slice = SsviSlice { theta, rho, phi }.projected();
            let [first, second] = slice.butterfly_conditions();
            prop_assert!(first < 4.0 && second <= 4.0 + 1e-9);
            prop_assert_eq!(slice.to_svi().butterfly_violation(-1.0, 1.0).filter(|k| slice.to_svi().durrleman(*k) < -1e-9), None);
        }

        #[test]
        fn any_four_quotes_give_a_finite_slice(vols in prop::array::uniform4(0.03..3.0f64), ks in prop::array::uniform4(-0.5..0.4f64)) {
            let quotes: Vec<_> = ks.iter().zip(vols).map(|(&k, vol)| FitQuote::vega_weighted(k, vol, YEARS)).collect();
            let slice = fit_ssvi(&quotes, YEARS, SLICE, FreeParameters::All);
            prop_assert!(slice.theta.is_finite() && slice.theta > 0.0 && slice.rho.abs() < 1.0 && slice.phi > 0.0);
        }
    }
}
