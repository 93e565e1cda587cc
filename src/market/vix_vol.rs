//! Vol of VIX options: a template by tenor and standardised moneyness, fitted to an expiry's quotes.
//!
//! `vol(K) = atm clip(1 + s z)`, `z = ln(K / F) / (atm √T)`, with one slope s above the future and one
//! below. Estimated from closes of 3 June 2024 and VVIX since 2016 (`docs/model.md`); without a quote it
//! is an assumption that misses single days by up to 12 vol points.

use jiff::civil::Date;

use super::params::ModelParams;
use super::residuals::{Residual, ResidualLine};
use super::smile::SmileQuote;
use crate::instrument::Right;
use crate::units::DAYS_PER_YEAR;

/// Tenor at which `vix_vol_level` applies, calendar days.
const REFERENCE_DAYS: f64 = 30.0;

/// Lowest and highest vol of a VIX option, decimal.
const VOL_LIMITS: [f64; 2] = [0.01, 10.0];

/// VVIX assumed at a level of VIX when none is given.
pub fn default_vvix(params: &ModelParams, vix: f64) -> f64 {
    let linear = params.vvix_base + params.vvix_slope * (vix - params.vvix_ref_vix);
    linear
        .min(params.vvix_default_max)
        .max(params.vvix_default_min)
}

/// The vol of VIX options before any of them is quoted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VixVolTemplate {
    /// VVIX, points.
    pub vvix: f64,
    /// At-the-money vol of a 30-day option over VVIX/100.
    pub level: f64,
    /// Exponent of the fall of vol with tenor.
    pub tenor_exponent: f64,
    /// Tenors below this many days count as this.
    pub min_days: f64,
    /// Relative vol per standard deviation above the future.
    pub call_skew: f64,
    /// Relative vol per standard deviation below the future.
    pub put_skew: f64,
    /// Lowest and highest ratio of a strike's vol to the money's.
    pub ratio_limits: [f64; 2],
}

impl VixVolTemplate {
    /// The template of a parameter set at a level of VVIX.
    pub fn new(params: &ModelParams, vvix: f64) -> Self {
        Self {
            vvix,
            level: params.vix_vol_level,
            tenor_exponent: params.vix_vol_tenor,
            min_days: params.vix_vol_min_days,
            call_skew: params.vix_skew_call,
            put_skew: params.vix_skew_put,
            ratio_limits: [params.vix_skew_min, params.vix_skew_max],
        }
    }

    /// At-the-money vol of an option `days` calendar days from its settlement, decimal.
    pub fn atm_vol(&self, days: f64) -> f64 {
        let tenor = (REFERENCE_DAYS / days.max(self.min_days)).powf(self.tenor_exponent);
        self.level * self.vvix / 100.0 * tenor
    }

    /// A strike's vol over the money's at `z` standard deviations from the future.
    pub fn ratio(&self, z: f64) -> f64 {
        let skew = if z > 0.0 {
            self.call_skew
        } else {
            self.put_skew
        };
        (1.0 + skew * z)
            .min(self.ratio_limits[1])
            .max(self.ratio_limits[0])
    }

    /// The at-the-money vol for which the option at `x = ln(K / F) / √T` has this vol (which increases in it).
    fn atm_for(&self, vol: f64, x: f64) -> f64 {
        let skew = if x > 0.0 {
            self.call_skew
        } else {
            self.put_skew
        };
        let inside = vol - skew * x;
        let [low, high] = self.ratio_limits;
        inside.min(vol / low).max(vol / high)
    }
}

/// The vols of one VIX expiry.
#[derive(Clone, Debug, PartialEq)]
pub struct VixSmile {
    /// Day of settlement.
    pub expiry: Date,
    /// Calendar years to settlement, > 0.
    pub years: f64,
    /// The future of this expiry, points.
    pub future: f64,
    /// Discount factor to the settlement.
    pub discount: f64,
    /// Vol at the future, fitted when there are quotes, decimal.
    pub atm_vol: f64,
    /// The shape, and the level that is assumed without quotes.
    pub template: VixVolTemplate,
    /// What the quotes say beyond the fit.
    pub residuals: ResidualLine,
    /// The quotes fitted, ascending in strike.
    pub quotes: Vec<SmileQuote>,
    /// Quotes of this expiry that gave no vol.
    pub rejected: usize,
}

/// On what a VIX expiry is priced.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VixSmileTerms {
    /// Day of settlement.
    pub expiry: Date,
    /// Calendar years to settlement, > 0.
    pub years: f64,
    /// The future of this expiry, points.
    pub future: f64,
    /// Discount factor to the settlement.
    pub discount: f64,
}

impl VixSmile {
    /// Fits the template's level to the quotes of the expiry, weighted by vega. Quotes whose strike or
    /// vol is not a positive number are left out and counted.
    pub fn fit(
        terms: VixSmileTerms,
        mut quotes: Vec<SmileQuote>,
        template: VixVolTemplate,
    ) -> Self {
        let given = quotes.len();
        quotes.retain(|quote| {
            let usable = |x: f64| x.is_finite() && x > 0.0;
            usable(quote.strike) && usable(quote.vol)
        });
        quotes.sort_by(|x, y| x.strike.total_cmp(&y.strike).then(x.right.cmp(&y.right)));
        let assumed = template.atm_vol(terms.years * DAYS_PER_YEAR);
        let mut smile = Self {
            expiry: terms.expiry,
            years: terms.years,
            future: terms.future,
            discount: terms.discount,
            atm_vol: assumed,
            template,
            residuals: ResidualLine::default(),
            rejected: given - quotes.len(),
            quotes,
        };
        smile.atm_vol = smile.fitted_level().unwrap_or(assumed);
        let residuals: Vec<_> = smile.quote_residuals().collect();
        let fade = smile.future * smile.atm_vol * smile.years.sqrt();
        smile.residuals = ResidualLine::new(&residuals, fade);
        smile
    }

    /// Level of this expiry over the template's.
    pub fn level_factor(&self) -> f64 {
        self.atm_vol / self.template.atm_vol(self.days())
    }

    /// Calendar days to settlement.
    pub fn days(&self) -> f64 {
        self.years * DAYS_PER_YEAR
    }

    /// Whether no option of this expiry is quoted.
    pub fn is_assumed(&self) -> bool {
        self.quotes.is_empty()
    }

    /// Standard deviations of a strike from the future.
    pub fn z(&self, strike: f64) -> f64 {
        self.x(strike) / self.atm_vol
    }

    /// Vol of an option: the fit plus the residual, so that a quoted option gives its quote back.
    pub fn vol(&self, strike: f64, right: Right) -> f64 {
        let fitted = self.fit_vol(self.z(strike));
        (fitted + self.residuals.at(strike, right)).clamp(VOL_LIMITS[0], VOL_LIMITS[1])
    }

    /// Vol of the fit alone at `z` standard deviations from the future.
    pub fn fit_vol(&self, z: f64) -> f64 {
        self.atm_vol * self.template.ratio(z)
    }

    /// The residuals of the quotes, ascending in strike.
    pub fn quote_residuals(&self) -> impl Iterator<Item = Residual> + '_ {
        self.quotes.iter().map(|quote| Residual {
            strike: quote.strike,
            right: quote.right,
            vol_residual: quote.vol - self.fit_vol(self.z(quote.strike)),
        })
    }

    fn x(&self, strike: f64) -> f64 {
        (strike / self.future).ln() / self.years.sqrt()
    }

    /// Vega-weighted mean of the at-the-money vols that the quotes imply.
    fn fitted_level(&self) -> Option<f64> {
        let (mut sum, mut weights) = (0.0, 0.0);
        for quote in &self.quotes {
            let x = self.x(quote.strike);
            let stdev = quote.vol * self.years.sqrt();
            let d1 = -x / quote.vol + stdev / 2.0;
            let weight = (-0.5 * d1 * d1).exp().max(1e-6);
            sum += weight * self.template.atm_for(quote.vol, x);
            weights += weight;
        }
        (weights > 0.0).then(|| sum / weights)
    }
}

#[cfg(test)]
mod tests {
    use super::{VixSmile, VixSmileTerms, VixVolTemplate, default_vvix};
    use crate::instrument::Right;
    use crate::market::ModelParams;
    use crate::market::smile::SmileQuote;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn terms(days: f64, future: f64) -> VixSmileTerms {
        VixSmileTerms {
            expiry: date(2026, 8, 19),
            years: days / 365.0,
            future,
            discount: 1.0,
        }
    }

    fn template(vvix: f64) -> VixVolTemplate {
        VixVolTemplate::new(&ModelParams::default(), vvix)
    }

    #[test]
    fn default_vvix_follows_vix_between_its_limits() {
        let vvix = |vix| default_vvix(&ModelParams::default(), vix);
        assert!((vvix(17.0) - 91.6).abs() < 1e-12);
        assert_eq!(vvix(200.0), 150.0);
        assert!((vvix(5.0) - 80.8).abs() < 1e-12);
    }

    #[test]
    fn template_agrees_with_the_closes_of_june_2024() {
        // VVIX 78.8: 70.5 % at 15 d, 73 % at 44 d, 63 % at 107 d, 57.5 % at 170 d, within 12 vol points
        let template = template(78.8);
        for (days, close) in [(15.0, 0.705), (44.0, 0.73), (107.0, 0.63), (170.0, 0.575)] {
            assert!((template.atm_vol(days) - close).abs() < 0.12, "{days} d");
        }
        assert!((template.atm_vol(30.0) - 0.92 * 0.788).abs() < 1e-12);
        assert_eq!(template.atm_vol(1.0), template.atm_vol(7.0));
        // 44 d call skew about 100 % at K/F 1.38 when the money is at 73 %
        let atm: f64 = 0.73;
        let z = 1.38f64.ln() / (atm * (44.0f64 / 365.0).sqrt());
        assert!((atm * template.ratio(z) - 1.0).abs() < 0.03);
    }

    #[test]
    fn worked_calls_of_the_three_layers() {
        // VVIX 98.5: 109 % at 30 d, 83 % at 110 d, 72 % at 220 d, calls 20 % above the future
        let template = template(98.5);
        for (days, future, strike, vol) in [
            (30.0, 18.36, 22.0, 1.09),
            (110.0, 19.84, 24.0, 0.83),
            (220.0, 20.80, 25.0, 0.72),
        ] {
            let smile = VixSmile::fit(terms(days, future), Vec::new(), template);
            assert!(smile.is_assumed());
            assert!(
                (smile.vol(strike, Right::Call) - vol).abs() < 0.006,
                "{days} d"
            );
        }
    }

    proptest! {
        #[test]
        fn quotes_come_back_and_set_the_level(vol in 0.3..2.5f64, ratio in 0.7..2.5f64, days in 3.0..250.0f64) {
            let strike = 18.0 * ratio;
            let quote = SmileQuote { strike, right: Right::Call, vol, is_own: true };
            let smile = VixSmile::fit(terms(days, 18.0), vec![quote], template(95.0));
            prop_assert!((smile.vol(strike, Right::Call) - vol).abs() < 1e-12);
            // one quote is met by the level alone
            prop_assert!((smile.fit_vol(smile.z(strike)) - vol).abs() < 1e-9);
            prop_assert!(smile.vol(60.0, Right::Call) > 0.0 && smile.vol(9.0, Right::Put) > 0.0);
        }
    }
}
