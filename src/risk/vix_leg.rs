//! One VIX option or future along a scenario path: its own future, vol, price and Greeks.
//!
//! Futures move by the tenor beta, `F1(T') = C0(T') · (V1/V0)^beta(T')`, with `C0` today's curve and `T'` the
//! tenor left, so a future meets VIX at its settlement. Options are priced by Black-76 on the future of
//! their own expiry (Black, *J. Financial Economics* 1976). A leg that settles before the path's moment
//! settles on the VIX of its own settlement day for the same SPX move.

use super::joint::curve_beta;
use super::scenario::Path;
use crate::market::VixSmile;
use crate::market::params::ModelParams;
use crate::pricing::{
    ForwardLine, GreeksColumns, PriceLine, PricingError, Right, exp_fast, ln_fast,
};
use crate::units::DAYS_PER_YEAR;

/// Time left below which a leg counts as settled, in years (half a minute).
const SETTLED_YEARS: f64 = 1e-6;

/// Today's VIX futures curve, for roll-down.
pub trait FuturesCurve {
    /// Price at so many calendar days to expiry, in points.
    fn price_at(&self, days: f64) -> f64;
}

/// The terms of a VIX option.
#[derive(Clone, Debug, PartialEq)]
pub struct VixOptionTerms {
    /// Call or put.
    pub right: Right,
    /// Strike in points.
    pub strike: f64,
    /// The smile of the option's expiry.
    pub smile: VixSmile,
}

/// Everything about a VIX leg that a scenario does not change.
#[derive(Clone, Debug, PartialEq)]
pub struct VixLeg {
    /// Years to settlement today.
    pub years: f64,
    /// Trading days to settlement: the horizon of the VIX that it settles on.
    pub trading_days: f64,
    /// The future of the leg's expiry today.
    pub future: f64,
    /// VVIX today, for the caps of a scenario.
    pub vvix: f64,
    /// Continuously compounded rate.
    pub rate: f64,
    /// Strike and right of an option; `None` for a future.
    pub strike_and_right: Option<(f64, Right)>,
    /// The option's terms while it lives.
    pub option: Option<VixOptionTerms>,
}

impl VixLeg {
    /// Years left at a path's moment; 0 once settled.
    pub fn years_left(&self, path: &Path) -> f64 {
        let left = self.years - path.scenario.moment.elapsed_years;
        if left > SETTLED_YEARS { left } else { 0.0 }
    }

    /// The leg's future along the path; once settled, the VIX that it settled on.
    pub fn futures(&self, params: &ModelParams, curve: &dyn FuturesCurve, path: &Path) -> Vec<f64> {
        let years = self.years_left(path);
        if years == 0.0 {
            return self.settlements(params, path);
        }
        let days = years * DAYS_PER_YEAR;
        let rolled = if path.scenario.moment.elapsed_years == 0.0 {
            self.future
        } else {
            curve.price_at(days)
        };
        let base = self.future + params.curve_roll_down * (rolled - self.future);
        let beta = curve_beta(params, days);
        let (floor, cap) = (params.vix_floor.min(base), params.vix_cap.max(base));
        path.log_vix
            .iter()
            .map(|ln| (base * exp_fast(beta * ln)).clamp(floor, cap))
            .collect()
    }

    /// Settles on the path's VIX at the leg's own horizon; the SPX move is taken as having happened by then.
    fn settlements(&self, params: &ModelParams, path: &Path) -> Vec<f64> {
        let mut scenario = path.scenario;
        scenario.moment.trading_days = self.trading_days;
        scenario.moment.elapsed_years = self.years;
        let origin = super::scenario::Origin {
            spx: path.origin.spx,
            vix: path.origin.vix,
        };
        Path::through(params, origin, scenario, path.spots.clone()).vix
    }

    /// Prices in points, one per point of the path.
    ///
    /// # Errors
    /// [`PricingError::Length`] when `out` and the path differ in length.
    pub fn prices(
        &self,
        params: &ModelParams,
        curve: &dyn FuturesCurve,
        path: &Path,
        out: &mut [f64],
    ) -> Result<(), PricingError> {
        let futures = self.futures(params, curve, path);
        let years = self.years_left(path);
        let Some(terms) = self.option.as_ref().filter(|_| years > 0.0) else {
            for (price, level) in out.iter_mut().zip(&futures) {
                *price = self
                    .strike_and_right
                    .map_or(*level, |(strike, right)| right.intrinsic(*level, strike));
            }
            return Ok(());
        };
        let vols = self.vols(params, terms, path, &futures);
        let discount = (-self.rate * years).exp();
        PriceLine {
            right: terms.right,
            strike: terms.strike,
            years,
            discount,
        }
        .price_slice(&futures, &vols, out)
    }

    /// Price and Greeks with respect to the leg's own future at a fixed vol, one per point of the path.
    ///
    /// # Errors
    /// [`PricingError`] when the columns cannot take the path.
    pub fn greeks(
        &self,
        params: &ModelParams,
        curve: &dyn FuturesCurve,
        path: &Path,
        out: &mut GreeksColumns,
    ) -> Result<(), PricingError> {
        let futures = self.futures(params, curve, path);
        let years = self.years_left(path);
        let Some(terms) = &self.option else {
            *out = GreeksColumns::zeros(futures.len());
            out.delta.fill(if years > 0.0 { 1.0 } else { 0.0 });
            out.price = futures;
            return Ok(());
        };
        let vols = self.vols(params, terms, path, &futures);
        ForwardLine {
            right: terms.right,
            strike: terms.strike,
            years,
            rate: self.rate,
        }
        .greeks_slice(&futures, &vols, out)
    }

    /// Vol at each point of a path, decimal; `None` for a future.
    pub fn vols_along(
        &self,
        (params, curve): (&ModelParams, &dyn FuturesCurve),
        path: &Path,
    ) -> Option<Vec<f64>> {
        let terms = self.option.as_ref()?;
        Some(self.vols(params, terms, path, &self.futures(params, curve, path)))
    }

    /// Vol at each point of the path, decimal.
    ///
    /// `sigma1 = sigma0(z1) · (V1/V0)^e(T')`, with the log of the level move capped where VVIX would
    /// leave its range.
    fn vols(
        &self,
        params: &ModelParams,
        terms: &VixOptionTerms,
        path: &Path,
        futures: &[f64],
    ) -> Vec<f64> {
        let years = self.years_left(path);
        let smile = &terms.smile;
        if years == 0.0 {
            return vec![smile.vol(terms.strike, terms.right); futures.len()];
        }
        let is_now = path.scenario.moment.elapsed_years == 0.0;
        let days = years * DAYS_PER_YEAR;
        let atm = if is_now {
            smile.atm_vol
        } else {
            smile.template.atm_vol(days) * smile.level_factor()
        };
        let residual = smile.residuals.at(terms.strike, terms.right) * years / self.years;
        let tenor = (30.0 / days.max(1.0 / 1440.0)).sqrt().min(1.0);
        let low = (params.vvix_min / self.vvix).ln().min(0.0);
        let high = (params.vvix_max / self.vvix).ln().max(0.0);
        let stdev = atm * years.sqrt();
        let ln_strike = terms.strike.ln();
        let floor = params.vol_floor.min(smile.vol(terms.strike, terms.right));
        path.log_vix
            .iter()
            .zip(futures)
            .map(|(log_vix, future)| {
                let level = (params.vix_vol_elasticity * log_vix).clamp(low, high);
                let z = (ln_strike - ln_fast(*future)) / stdev;
                (atm * smile.template.ratio(z) * exp_fast(level * tenor) + residual).max(floor)
            })
            .collect()
    }
}
