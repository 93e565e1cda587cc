//! One SPX-family option along a scenario path: forward, transported vol, price and Greeks.
//!
//! Smile transport (VIX-driven): the ATM vol of the remaining tenor follows VIX by the tenor beta, and
//! the smile keeps its shape in standardised moneyness `z = k / (sigma_ATM · sqrt(T))`. As an expiry comes
//! nearer its shape takes on that of the shorter tenor, by the ratio of the prior shapes. The residual of
//! a quoted strike stays with the strike and fades linearly to zero at expiry, so entered legs reprice
//! exactly today. Sticky strike keeps each strike's own vol.
//!
//! Standardised moneyness: Gatheral & Jacquier, arXiv 1204.0646.

use super::joint::iv_beta;
use super::scenario::Path;
use crate::market::SviSlice;
use crate::market::params::{ModelParams, SmileMode};
use crate::market::smile_prior::prior_at_vol;
use crate::pricing::{
    GreeksColumns, PriceLine, PricingError, Right, SpotLine, exp_fast, implied_dividend,
};
use crate::units::DAYS_PER_YEAR;

/// Time left below which an option counts as settled, in years (half a minute).
const SETTLED_YEARS: f64 = 1e-6;

/// Today's ATM vol by tenor, for the roll-down of a shortening expiry.
pub trait AtmTerm {
    /// ATM vol at so many years, decimal.
    fn atm_vol_at(&self, years: f64) -> f64;
}

/// Everything about an SPX-family option that a scenario does not change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpxOption {
    /// Call or put.
    pub right: Right,
    /// Strike in points of its own index.
    pub strike: f64,
    /// Points of its own index per SPX point (XSP: 0.1).
    pub index_scale: f64,
    /// Years to settlement today.
    pub years: f64,
    /// Forward of its own index today.
    pub forward: f64,
    /// Spot of its own index today.
    pub spot: f64,
    /// Continuously compounded rate.
    pub rate: f64,
    /// ATM vol of its expiry today, decimal.
    pub atm_vol: f64,
    /// The fitted smile of its expiry, in total variance at [`Self::years`].
    pub svi: SviSlice,
    /// Its vol today less the fit at its strike.
    pub residual_vol: f64,
    /// Log-moneyness range in which the fit is trusted.
    pub k_range: (f64, f64),
}

/// A prior shape in standardised moneyness: `w(z)/theta = (1 + rho psi z + sqrt((psi z + rho)² + 1 − rho²)) / 2`.
#[derive(Clone, Copy, Debug)]
struct Shape {
    rho: f64,
    psi: f64,
}

impl Shape {
    fn of(atm_vol: f64, years: f64) -> Self {
        let slice = prior_at_vol(atm_vol, years);
        Self {
            rho: slice.rho,
            psi: slice.phi * slice.theta.sqrt(),
        }
    }

    #[inline]
    fn relative_variance(self, z: f64) -> f64 {
        let tilt = self.psi * z;
        let bend = tilt + self.rho;
        0.5 * (1.0 + self.rho * tilt + (bend * bend + 1.0 - self.rho * self.rho).sqrt())
    }
}

/// What is fixed along one path: the expiry at the path's moment.
#[derive(Clone, Copy, Debug)]
struct Moment {
    years_left: f64,
    atm_base: f64,
    iv_beta: f64,
    residual_vol: f64,
    dividend: f64,
    shapes: Option<(Shape, Shape)>,
}

impl SpxOption {
    /// Years left at a path's moment; 0 once settled.
    pub fn years_left(&self, path: &Path) -> f64 {
        let left = self.years - path.scenario.moment.elapsed_years;
        if left > SETTLED_YEARS { left } else { 0.0 }
    }

    /// Prices in points of the option's own index, one per point of the path.
    ///
    /// # Errors
    /// [`PricingError::Length`] when `out` and the path differ in length.
    pub fn prices(
        &self,
        params: &ModelParams,
        term: &dyn AtmTerm,
        path: &Path,
        out: &mut [f64],
    ) -> Result<(), PricingError> {
        let years = self.years_left(path);
        if years == 0.0 {
            for (price, spot) in out.iter_mut().zip(&path.spots) {
                *price = self.right.intrinsic(spot * self.index_scale, self.strike);
            }
            return Ok(());
        }
        let moment = self.moment(params, term, path);
        let forwards = self.forwards(&moment, path);
        let vols = self.vols(params, &moment, path);
        let discount = (-self.rate * years).exp();
        PriceLine {
            right: self.right,
            strike: self.strike,
            years,
            discount,
        }
        .price_slice(&forwards, &vols, out)
    }

    /// Price and Greeks with respect to the option's own index at a fixed vol, one per point of the path.
    ///
    /// # Errors
    /// [`PricingError`] when the columns cannot take the path.
    pub fn greeks(
        &self,
        params: &ModelParams,
        term: &dyn AtmTerm,
        path: &Path,
        out: &mut GreeksColumns,
    ) -> Result<(), PricingError> {
        let moment = self.moment(params, term, path);
        let spots: Vec<f64> = path
            .spots
            .iter()
            .map(|spot| spot * self.index_scale)
            .collect();
        let vols = self.vols(params, &moment, path);
        SpotLine {
            right: self.right,
            strike: self.strike,
            years: moment.years_left,
            rate: self.rate,
            dividend: moment.dividend,
        }
        .greeks_slice(&spots, &vols, out)
    }

    /// Vol at each point of the path, decimal; today's own vol once settled.
    pub fn vols_along(&self, params: &ModelParams, term: &dyn AtmTerm, path: &Path) -> Vec<f64> {
        self.vols(params, &self.moment(params, term, path), path)
    }

    /// Today's vol at the strike, decimal.
    pub fn vol_today(&self) -> f64 {
        self.fit_vol((self.strike / self.forward).ln()) + self.residual_vol
    }

    fn fit_vol(&self, k: f64) -> f64 {
        self.svi
            .vol(k.clamp(self.k_range.0, self.k_range.1), self.years)
    }

    fn moment(&self, params: &ModelParams, term: &dyn AtmTerm, path: &Path) -> Moment {
        let years_left = self.years_left(path);
        let days_left = years_left * DAYS_PER_YEAR;
        let is_now = path.scenario.moment.elapsed_years == 0.0;
        let rolls = !is_now && years_left > 0.0 && params.iv_roll_down > 0.0;
        let rolled = if rolls {
            term.atm_vol_at(years_left) / term.atm_vol_at(self.years)
        } else {
            1.0
        };
        let atm_base = self.atm_vol * (1.0 + params.iv_roll_down * (rolled - 1.0));
        let shapes = rolls.then(|| {
            (
                Shape::of(self.atm_vol, self.years),
                Shape::of(atm_base, years_left),
            )
        });
        Moment {
            years_left,
            atm_base,
            iv_beta: iv_beta(params, days_left),
            residual_vol: self.residual_vol * years_left / self.years,
            dividend: implied_dividend(self.spot, self.forward, self.rate, self.years),
            shapes,
        }
    }

    /// The carry to the forward is that of today's forward, so that the forward meets the spot at expiry.
    fn forwards(&self, moment: &Moment, path: &Path) -> Vec<f64> {
        let carry = if moment.years_left == self.years {
            self.forward / self.spot
        } else {
            ((self.rate - moment.dividend) * moment.years_left).exp()
        };
        path.spots
            .iter()
            .map(|spot| spot * self.index_scale * carry)
            .collect()
    }

    fn vols(&self, params: &ModelParams, moment: &Moment, path: &Path) -> Vec<f64> {
        match params.smile_mode {
            SmileMode::StickyStrike => vec![self.vol_today(); path.len()],
            SmileMode::VixDriven if moment.years_left > 0.0 => {
                self.transported_vols(params, moment, path)
            }
            SmileMode::VixDriven => vec![self.vol_today(); path.len()],
        }
    }

    fn transported_vols(&self, params: &ModelParams, moment: &Moment, path: &Path) -> Vec<f64> {
        let carry_log = if moment.years_left == self.years {
            (self.forward / self.spot).ln()
        } else {
            (self.rate - moment.dividend) * moment.years_left
        };
        let k_at_spot = (self.strike / self.spot).ln() - carry_log;
        let sqrt_left = moment.years_left.sqrt();
        let stdev_today = self.atm_vol * self.years.sqrt();
        let theta_today = stdev_today * stdev_today;
        let (floor, cap) = (
            params.vol_floor.min(self.atm_vol),
            params.vol_cap.max(self.atm_vol),
        );
        let (k_low, k_high) = self.k_range;
        let vol_at = |log_return: f64, log_vix: f64| {
            let atm = (moment.atm_base * exp_fast(moment.iv_beta * log_vix)).clamp(floor, cap);
            let z = (k_at_spot - log_return) / (atm * sqrt_left);
            let w = self
                .svi
                .total_variance((z * stdev_today).clamp(k_low, k_high));
            let relative = w / theta_today;
            (atm, z, relative)
        };
        let settle = |vol: f64| (vol + moment.residual_vol).clamp(params.vol_floor, params.vol_cap);
        let points = path.log_returns.iter().zip(&path.log_vix);
        match moment.shapes {
            None => points
                .map(|(ln, vix)| {
                    let (atm, _, relative) = vol_at(*ln, *vix);
                    settle(atm * relative.sqrt())
                })
                .collect(),
            Some((now, then)) => points
                .map(|(ln, vix)| {
                    let (atm, z, relative) = vol_at(*ln, *vix);
                    let reshaped = relative * then.relative_variance(z) / now.relative_variance(z);
                    settle(atm * reshaped.sqrt())
                })
                .collect(),
        }
    }
}
