//! Fit of a raw SVI slice to eight or more quotes of one expiry.
//!
//! Two starts (the SSVI slice, and the best of a small grid in (m, σ) whose inner problem is linear, after
//! De Marco & Martini, "Quasi-explicit calibration of Gatheral's SVI model", Zeliade 2009) are refined by
//! damped least squares on vols, and noisy quotes are weighted down by their residuals. The parameters are
//! chosen so that total variance is positive and the wings obey Lee's bound everywhere.

use super::least_squares::{Normal, minimise};
use super::ssvi::FitQuote;
use super::svi::SviSlice;

/// Pull toward the starting slice in vol points per unit: only holds what the quotes do not say.
const RIDGE_VOL_POINTS: f64 = 0.02;

/// Residuals beyond this many robust standard deviations are weighted down.
const HUBER: f64 = 2.5;

/// About as many quotes, evenly picked, serve to find the valley; all of them then settle its floor.
const SEARCH_QUOTES: usize = 40;

/// Rounds of reweighting after the first fit.
const REWEIGHTINGS: usize = 4;

/// Fits a raw SVI slice; `start` is a slice through the same quotes with fewer parameters. `years` > 0.
///
/// Vol residuals count with their vega, so their squares with its square: the fit is least squares of
/// price errors, and the many cheap strikes of the wings do not bend the middle.
pub fn fit_svi(quotes: &[FitQuote], years: f64, start: SviSlice) -> SviSlice {
    let priced: Vec<FitQuote> = quotes
        .iter()
        .map(|quote| FitQuote {
            weight: quote.weight * quote.weight,
            ..*quote
        })
        .collect();
    let every = priced.len().div_ceil(SEARCH_QUOTES).max(1);
    let thinned: Vec<FitQuote> = priced.iter().step_by(every).copied().collect();
    let mut slice = refine_from_both(&thinned, years, start);
    for _ in 0..REWEIGHTINGS {
        let robust = weighted_down(&priced, years, &slice);
        slice = refine(&robust, years, slice).0;
    }
    slice
}

fn refine_from_both(quotes: &[FitQuote], years: f64, start: SviSlice) -> SviSlice {
    let (mut best, cost) = refine(quotes, years, start);
    if let Some(seed) = grid_start(quotes, years) {
        let (other, other_cost) = refine(quotes, years, seed);
        if other_cost < cost {
            best = other;
        }
    }
    best
}

fn refine(quotes: &[FitQuote], years: f64, start: SviSlice) -> (SviSlice, f64) {
    let centre = parameters(&start);
    let rows = |x: &[f64; 5], normal: &mut Normal<5>| {
        let shape = Shape::new(x);
        for quote in quotes {
            let (w, slope) = shape.variance_and_slopes(quote.k);
            let scale = 100.0 * quote.weight.sqrt();
            let vol = (w / years).sqrt();
            let by_w = scale / (2.0 * vol * years);
            normal.add((vol - quote.vol) * scale, &slope.map(|s| s * by_w));
        }
        for index in 0..5 {
            normal.add_ridge(index, RIDGE_VOL_POINTS, x[index] - centre[index]);
        }
    };
    let (x, cost) = minimise(centre, rows, limit);
    (slice_of(&x), cost)
}

/// (ln least variance, ln b, artanh ρ, m, ln σ): every value is a slice with positive variance.
fn parameters(slice: &SviSlice) -> [f64; 5] {
    [
        slice.least_total_variance().max(1e-9).ln(),
        slice.b.max(1e-6).ln(),
        slice.rho.clamp(-0.999, 0.999).atanh(),
        slice.m,
        slice.sigma.max(1e-4).ln(),
    ]
}

fn slice_of(x: &[f64; 5]) -> SviSlice {
    let (b, rho, sigma) = (x[1].exp(), x[2].tanh(), x[4].exp());
    SviSlice {
        a: x[0].exp() - b * sigma * (1.0 - rho * rho).sqrt(),
        b,
        rho,
        m: x[3],
        sigma,
    }
}

/// Keeps the parameters finite and the wing slopes at most 2 (Lee, "The moment formula for implied
/// volatility at extreme strikes", 2004).
fn limit(x: &mut [f64; 5]) {
    x[0] = x[0].clamp(-20.0, 3.0);
    x[2] = x[2].clamp(-3.8, 3.8);
    x[1] = x[1].clamp(-14.0, (2.0 / (1.0 + x[2].tanh().abs())).ln());
    x[3] = x[3].clamp(-1.0, 1.0);
    x[4] = x[4].clamp(-7.0, 1.1);
}

/// The parameters in the slice's own units, computed once per pass over the quotes.
struct Shape {
    least: f64,
    b: f64,
    rho: f64,
    m: f64,
    sigma: f64,
    tilt: f64,
}

impl Shape {
    fn new(x: &[f64; 5]) -> Self {
        let rho = x[2].tanh();
        Self {
            least: x[0].exp(),
            b: x[1].exp(),
            rho,
            m: x[3],
            sigma: x[4].exp(),
            tilt: (1.0 - rho * rho).sqrt(),
        }
    }

    /// Total variance at `k` and its derivatives by the five parameters.
    fn variance_and_slopes(&self, k: f64) -> (f64, [f64; 5]) {
        let d = k - self.m;
        let root = (d * d + self.sigma * self.sigma).sqrt();
        let base = self.sigma * self.tilt;
        let rise = self.b * (self.rho * d + root - base);
        let slopes = [
            self.least,
            rise,
            self.b * self.tilt * (self.tilt * d + self.sigma * self.rho),
            -self.b * (self.rho + d / root),
            self.b * (self.sigma * self.sigma / root - base),
        ];
        (self.least + rise.max(0.0), slopes)
    }
}

/// The best slice over a grid of (m, σ); for each, a, b and ρb follow from a linear problem in variance.
fn grid_start(quotes: &[FitQuote], years: f64) -> Option<SviSlice> {
    let middle = quotes
        .iter()
        .min_by(|x, y| x.k.abs().total_cmp(&y.k.abs()))?;
    let stdev = middle.vol * years.sqrt();
    let mut best: Option<(f64, SviSlice)> = None;
    for m in [-1.0, -0.5, 0.0, 0.5, 1.0, 1.4, 1.8].map(|steps| steps * stdev) {
        for sigma in [0.1, 0.3, 0.7, 1.5, 3.0].map(|steps| steps * stdev) {
            let Some(found) = linear_slice(quotes, years, m, sigma) else {
                continue;
            };
            if best.is_none_or(|(cost, _)| found.0 < cost) {
                best = Some(found);
            }
        }
    }
    best.map(|(_, slice)| slice)
}

/// Least squares of w = a + d y + c √(y² + 1), y = (k − m)/σ, weighted as if in vol; cost and slice.
fn linear_slice(quotes: &[FitQuote], years: f64, m: f64, sigma: f64) -> Option<(f64, SviSlice)> {
    let terms = |quote: &FitQuote| {
        let y = (quote.k - m) / sigma;
        let scale = 100.0 * quote.weight.sqrt() / (2.0 * quote.vol * years);
        let basis = [scale, scale * y, scale * (y * y + 1.0).sqrt()];
        (basis, scale * quote.vol * quote.vol * years)
    };
    let mut normal = Normal::new();
    for quote in quotes {
        let (basis, target) = terms(quote);
        normal.add(-target, &basis);
    }
    let [a, d, c] = normal.step(1e-12)?;
    let cost = quotes
        .iter()
        .map(|quote| {
            let (basis, target) = terms(quote);
            (basis[0] * a + basis[1] * d + basis[2] * c - target).powi(2)
        })
        .sum::<f64>();
    let slice = SviSlice {
        a,
        b: c / sigma,
        rho: if c > 0.0 { d / c } else { 0.0 },
        m,
        sigma,
    };
    let usable = cost.is_finite() && c > 0.0 && d.abs() < c && slice.least_total_variance() > 0.0;
    usable.then_some((cost, slice))
}

/// The quotes weighted down by their residual from `slice` in units of the median absolute residual:
/// beyond the threshold the weight falls with its square, so an outlier's pull fades.
fn weighted_down(quotes: &[FitQuote], years: f64, slice: &SviSlice) -> Vec<FitQuote> {
    let residual = |quote: &FitQuote| (slice.vol(quote.k, years) - quote.vol) * quote.weight.sqrt();
    let mut sizes: Vec<f64> = quotes.iter().map(|quote| residual(quote).abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let scale = (1.4826 * sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)).max(1e-5);
    quotes
        .iter()
        .map(|quote| {
            let size = residual(quote).abs() / scale;
            let factor = if size > HUBER {
                (HUBER / size).powi(2)
            } else {
                1.0
            };
            FitQuote {
                weight: quote.weight * factor,
                ..*quote
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::fit_svi;
    use crate::market::ssvi::{FitQuote, FreeParameters, fit_ssvi};
    use crate::market::{smile_prior::prior, svi::SviSlice};
    use proptest::prelude::*;

    const YEARS: f64 = 45.0 / 365.0;

    fn fitted(points: &[(f64, f64)]) -> SviSlice {
        let quotes: Vec<_> = points
            .iter()
            .map(|&(k, vol)| FitQuote::vega_weighted(k, vol, YEARS))
            .collect();
        let start = fit_ssvi(&quotes, YEARS, prior(18.0, YEARS), FreeParameters::All);
        fit_svi(&quotes, YEARS, start.to_svi())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn an_exact_slice_is_found_again(
            level in 0.08..0.5f64, b in 0.02..0.12f64, rho in -0.85..0.2f64, m in -0.05..0.05f64, sigma in 0.03..0.15f64,
        ) {
            let least = level * level * YEARS;
            let truth = SviSlice { a: least, b, rho, m, sigma };
            let points: Vec<_> = (0..41).map(|i| -0.25 + 0.01 * i as f64).map(|k| (k, truth.vol(k, YEARS))).collect();
            let found = fitted(&points);
            for &(k, vol) in points.iter().filter(|p| p.0 > -0.2 && p.0 < 0.12) {
                prop_assert!((found.vol(k, YEARS) - vol).abs() < 1e-3, "k {k}: {} against {vol}", found.vol(k, YEARS));
            }
        }
    }

    #[test]
    fn two_wild_wing_quotes_do_not_bend_the_middle() {
        let truth = prior(20.0, YEARS).to_svi();
        let mut points: Vec<_> = (0..31)
            .map(|i| -0.2 + 0.01 * i as f64)
            .map(|k| (k, truth.vol(k, YEARS)))
            .collect();
        points[1].1 += 0.08;
        points[29].1 += 0.10;
        let found = fitted(&points);
        for k in [-0.1, -0.05, 0.0, 0.03] {
            assert!(
                (found.vol(k, YEARS) - truth.vol(k, YEARS)).abs() < 1e-3,
                "k {k}: {}",
                found.vol(k, YEARS) - truth.vol(k, YEARS)
            );
        }
    }

    #[test]
    fn eight_equal_vols_give_a_flat_slice_and_the_result_is_reproducible() {
        let points: Vec<_> = (0..8).map(|i| (-0.1 + 0.02 * i as f64, 0.2)).collect();
        let found = fitted(&points);
        assert_eq!(found, fitted(&points));
        assert!((found.vol(0.0, YEARS) - 0.2).abs() < 1e-3);
        assert!(found.b * (1.0 + found.rho.abs()) <= 2.0 && found.least_total_variance() > 0.0);
    }
}
