//! The SPX smile of one expiry: a fitted slice, what the quotes say beyond it, and the vol of any option.

use jiff::civil::Date;

use super::residuals::{Residual, ResidualLine};
use super::ssvi::{FitQuote, FreeParameters, SsviSlice, fit_ssvi};
use super::svi::SviSlice;
use super::svi_fit::fit_svi;
use crate::instrument::{Right, Root};

/// Widening of the fitted range of log-moneyness on either side, as a share of its width.
const RANGE_WIDENING: f64 = 0.2;

/// Log-moneyness over which an SSVI slice, whose wings follow the prior, is used and checked.
const SSVI_RANGE: [f64; 2] = [-0.4, 0.3];

/// Lowest and highest vol that a smile gives, decimal.
const VOL_LIMITS: [f64; 2] = [1e-4, 10.0];

/// How much a smile rests on quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmileSource {
    /// No quote: the prior shape at the level of VIX and of the other expiries.
    Prior,
    /// One quote: level fitted.
    Level,
    /// Two or three quotes: level and skew fitted.
    LevelSkew,
    /// Four to seven quotes: the three SSVI parameters.
    Ssvi,
    /// Eight quotes or more: the five raw SVI parameters.
    Svi,
}

impl SmileSource {
    /// A few words for the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::Prior => "assumed shape",
            Self::Level => "level fitted",
            Self::LevelSkew => "level and skew fitted",
            Self::Ssvi => "SSVI fit",
            Self::Svi => "SVI fit",
        }
    }
}

/// The vol of one option as quoted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmileQuote {
    /// Strike in points of the smile's own index.
    pub strike: f64,
    /// Call or put.
    pub right: Right,
    /// Implied vol, decimal.
    pub vol: f64,
    /// Entered by the user, not read from a chain.
    pub is_own: bool,
}

/// Whose smile it is and on what it is priced.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmileTerms {
    /// Product family; with the expiry it names the smile.
    pub root: Root,
    /// Day of settlement.
    pub expiry: Date,
    /// Calendar years to settlement, > 0.
    pub years: f64,
    /// Forward of the root's own index for the settlement, points.
    pub forward: f64,
    /// Discount factor to the settlement.
    pub discount: f64,
}

/// The smile of one root and expiry.
#[derive(Clone, Debug, PartialEq)]
pub struct Smile {
    /// Product family.
    pub root: Root,
    /// Day of settlement.
    pub expiry: Date,
    /// Calendar years to settlement.
    pub years: f64,
    /// Forward in points of the root's own index.
    pub forward: f64,
    /// Discount factor to the settlement.
    pub discount: f64,
    /// The fitted slice.
    pub svi: SviSlice,
    /// Fitted vol at the forward, decimal.
    pub atm_vol: f64,
    /// What the quotes say beyond the slice.
    pub residuals: ResidualLine,
    /// The quotes fitted, ascending in strike.
    pub quotes: Vec<SmileQuote>,
    /// Quotes of this expiry that gave no vol.
    pub rejected: usize,
    /// Vega-weighted root mean square of the residuals, decimal vol.
    pub rms_vol: f64,
    /// How much it rests on quotes.
    pub source: SmileSource,
    /// Log-moneyness with the worst butterfly arbitrage of the slice, if any.
    pub arbitrage_at: Option<f64>,
    /// Lowest log-moneyness at which the slice is evaluated; below, its vol is flat.
    pub k_min: f64,
    /// Highest log-moneyness at which the slice is evaluated; above, its vol is flat.
    pub k_max: f64,
}

impl Smile {
    /// Fits a smile through whatever quotes there are: none, the prior; 1, the level; 2–3, level and
    /// skew; 4–7, an SSVI slice held by the prior; 8 or more strikes, raw SVI. Quotes whose strike or vol
    /// is not a positive number are left out and counted as rejected.
    pub fn fit(terms: SmileTerms, mut quotes: Vec<SmileQuote>, prior: SsviSlice) -> Self {
        let given = quotes.len();
        quotes.retain(|quote| {
            let usable = |x: f64| x.is_finite() && x > 0.0;
            usable(quote.strike) && usable(quote.vol)
        });
        quotes.sort_by(|x, y| x.strike.total_cmp(&y.strike).then(x.right.cmp(&y.right)));
        let points = fit_points(&quotes, &terms);
        let (svi, source) = fit_slice(&points, terms.years, prior);
        let [k_min, k_max] = usable_range(&points, source);
        let mut smile = Self {
            root: terms.root,
            expiry: terms.expiry,
            years: terms.years,
            forward: terms.forward,
            discount: terms.discount,
            svi,
            atm_vol: svi.vol(0.0, terms.years),
            residuals: ResidualLine::default(),
            rejected: given - quotes.len(),
            quotes,
            rms_vol: 0.0,
            source,
            arbitrage_at: svi
                .butterfly_violation(k_min.max(SSVI_RANGE[0]), k_max.min(SSVI_RANGE[1])),
            k_min,
            k_max,
        };
        smile.rms_vol = smile.weighted_rms(&points);
        smile.residuals = smile.residual_line();
        smile
    }

    /// Log forward-moneyness of a strike.
    #[inline]
    pub fn moneyness(&self, strike: f64) -> f64 {
        (strike / self.forward).ln()
    }

    /// Vol of an option: the fit plus the residual, so that a quoted option gives its quote back.
    pub fn vol(&self, strike: f64, right: Right) -> f64 {
        let fitted = self.fit_vol(self.moneyness(strike));
        (fitted + self.residuals.at(strike, right)).clamp(VOL_LIMITS[0], VOL_LIMITS[1])
    }

    /// Vol of the fitted slice alone at log-moneyness `k`, flat outside the usable range.
    #[inline]
    pub fn fit_vol(&self, k: f64) -> f64 {
        self.svi.vol(k.clamp(self.k_min, self.k_max), self.years)
    }

    /// ∂vol/∂k of the fit at the money.
    pub fn atm_skew(&self) -> f64 {
        self.svi.atm_skew(self.years)
    }

    /// ∂vol/∂strike of the fit at a strike, per point; 0 where the vol is flat.
    pub fn vol_slope_per_point(&self, strike: f64) -> f64 {
        let k = self.moneyness(strike);
        if k < self.k_min || k > self.k_max {
            return 0.0;
        }
        self.svi.slope(k) / (2.0 * self.fit_vol(k) * self.years * strike)
    }

    /// One standard deviation to expiry at the money, points of the root's own index.
    pub fn atm_stdev_points(&self) -> f64 {
        self.forward * self.atm_vol * self.years.sqrt()
    }

    /// The residuals of the quotes, ascending in strike.
    pub fn quote_residuals(&self) -> impl Iterator<Item = Residual> + '_ {
        self.quotes.iter().map(|quote| Residual {
            strike: quote.strike,
            right: quote.right,
            vol_residual: quote.vol - self.fit_vol(self.moneyness(quote.strike)),
        })
    }

    fn residual_line(&self) -> ResidualLine {
        let all: Vec<_> = self.quote_residuals().collect();
        ResidualLine::new(&all, self.atm_stdev_points())
    }

    fn weighted_rms(&self, points: &[FitQuote]) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for point in points {
            sum += point.weight * (point.vol - self.fit_vol(point.k)).powi(2);
            weights += point.weight;
        }
        if weights > 0.0 {
            (sum / weights).sqrt()
        } else {
            0.0
        }
    }
}

/// One point per strike, the mean where both rights are quoted.
fn fit_points(quotes: &[SmileQuote], terms: &SmileTerms) -> Vec<FitQuote> {
    quotes
        .chunk_by(|x, y| y.strike - x.strike < 1e-6)
        .map(|same| {
            let vol = same.iter().map(|quote| quote.vol).sum::<f64>() / same.len() as f64;
            let k = (same[0].strike / terms.forward).ln();
            FitQuote::vega_weighted(k, vol, terms.years)
        })
        .collect()
}

fn fit_slice(points: &[FitQuote], years: f64, prior: SsviSlice) -> (SviSlice, SmileSource) {
    let ssvi = |free| fit_ssvi(points, years, prior, free).to_svi();
    match points.len() {
        0 => (prior.to_svi(), SmileSource::Prior),
        1 => (ssvi(FreeParameters::Level), SmileSource::Level),
        2 | 3 => (ssvi(FreeParameters::LevelSkew), SmileSource::LevelSkew),
        4..=7 => (ssvi(FreeParameters::All), SmileSource::Ssvi),
        8.. => {
            let start = ssvi(FreeParameters::All);
            (fit_svi(points, years, start), SmileSource::Svi)
        }
    }
}

/// Where the slice may be evaluated: the fitted range widened, and for the few-parameter fits the whole
/// range over which the prior shape was estimated.
fn usable_range(points: &[FitQuote], source: SmileSource) -> [f64; 2] {
    let low = points.iter().map(|p| p.k).fold(0.0, f64::min);
    let high = points.iter().map(|p| p.k).fold(0.0, f64::max);
    let margin = RANGE_WIDENING * (high - low);
    let range = [low - margin, high + margin];
    match source {
        SmileSource::Svi => range,
        SmileSource::Prior | SmileSource::Level | SmileSource::LevelSkew | SmileSource::Ssvi => {
            [range[0].min(SSVI_RANGE[0]), range[1].max(SSVI_RANGE[1])]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Smile, SmileQuote, SmileSource, SmileTerms};
    use crate::instrument::{Right, Root};
    use crate::market::smile_prior::prior;
    use crate::market::ssvi::SsviSlice;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TERMS: SmileTerms = SmileTerms {
        root: Root::Spxw,
        expiry: date(2026, 8, 21),
        years: 45.0 / 365.0,
        forward: 6022.2329,
        discount: 0.9947,
    };
    const SHAPE: SsviSlice = SsviSlice {
        theta: 0.00271877,
        rho: -0.5,
        phi: 16.0,
    };

    fn quote(strike: f64, right: Right, vol: f64) -> SmileQuote {
        SmileQuote {
            strike,
            right,
            vol,
            is_own: true,
        }
    }

    fn condor() -> Vec<SmileQuote> {
        vec![
            quote(5640.0, Right::Put, 0.1948),
            quote(5590.0, Right::Put, 0.2017),
            quote(6305.0, Right::Call, 0.1288),
            quote(6355.0, Right::Call, 0.1271),
        ]
    }

    #[test]
    fn the_number_of_quotes_decides_the_method() {
        let prior = prior(17.0, TERMS.years);
        let source = |n: usize| Smile::fit(TERMS, condor()[..n].to_vec(), prior).source;
        assert_eq!(source(0), SmileSource::Prior);
        assert_eq!(source(1), SmileSource::Level);
        assert_eq!(source(2), SmileSource::LevelSkew);
        assert_eq!(source(3), SmileSource::LevelSkew);
        assert_eq!(source(4), SmileSource::Ssvi);
        let dense: Vec<_> = (0..9)
            .map(|i| quote(5600.0 + 100.0 * i as f64, Right::Put, 0.15))
            .collect();
        assert_eq!(Smile::fit(TERMS, dense, prior).source, SmileSource::Svi);
    }

    #[test]
    fn four_legs_reprice_exactly_and_bound_the_middle() {
        let smile = Smile::fit(TERMS, condor(), prior(17.0, TERMS.years));
        for leg in condor() {
            assert!((smile.vol(leg.strike, leg.right) - leg.vol).abs() < 1e-15);
        }
        assert!(
            (smile.vol(5640.0, Right::Call) - 0.1948).abs() < 1e-15,
            "parity"
        );
        assert!((smile.atm_vol - 0.1485).abs() < 0.005, "{}", smile.atm_vol);
        assert!(smile.rms_vol < 0.003, "{}", smile.rms_vol);
        assert_eq!(smile.arbitrage_at, None);
    }

    #[test]
    fn dragging_a_strike_moves_its_vol_smoothly() {
        let smile = Smile::fit(TERMS, condor(), prior(17.0, TERMS.years));
        let strikes = (0..1000).map(|i| 5500.0 + i as f64 + 0.5);
        for strike in strikes {
            let step = smile.vol(strike + 1.0, Right::Put) - smile.vol(strike, Right::Put);
            assert!(step.abs() < 6e-4, "strike {strike}: {step}");
        }
    }

    #[test]
    fn vol_slope_is_the_derivative_and_unusable_quotes_are_counted() {
        let mut quotes = condor();
        quotes.push(quote(6000.0, Right::Put, f64::NAN));
        quotes.push(quote(-1.0, Right::Put, 0.2));
        let smile = Smile::fit(TERMS, quotes, SHAPE);
        assert_eq!(smile.rejected, 2);
        let fit = |strike: f64| smile.fit_vol(smile.moneyness(strike));
        let slope = (fit(5700.01) - fit(5699.99)) / 0.02;
        assert!((smile.vol_slope_per_point(5700.0) - slope).abs() < 1e-8);
    }

    #[test]
    fn a_kinked_quote_set_is_flagged() {
        let vols = [0.10, 0.10, 0.10, 0.10, 0.40, 0.60, 0.80, 1.00, 1.20];
        let quotes = vols
            .iter()
            .enumerate()
            .map(|(i, &vol)| quote(5400.0 + 150.0 * i as f64, Right::Call, vol))
            .collect();
        let smile = Smile::fit(TERMS, quotes, SHAPE);
        assert!(smile.arbitrage_at.is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_quotes_come_back_exactly_and_every_vol_is_finite(
            vols in prop::collection::vec(0.05..1.5f64, 1..14), probe in 1000.0..12000.0f64,
        ) {
            let quotes: Vec<_> = vols.iter().enumerate()
                .map(|(i, &vol)| quote(5000.0 + 160.0 * i as f64, Right::Put, vol)).collect();
            let smile = Smile::fit(TERMS, quotes.clone(), prior(17.0, TERMS.years));
            for q in &quotes {
                prop_assert!((smile.vol(q.strike, q.right) - q.vol).abs() < 1e-14);
            }
            let vol = smile.vol(probe, Right::Call);
            prop_assert!(vol.is_finite() && vol > 0.0);
        }
    }
}
