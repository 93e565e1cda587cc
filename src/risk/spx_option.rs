//! One SPX-family option along a scenario path: forward, transported vol, price and Greeks.
//!
//! Four modes say how vol answers a move. VIX-driven: the ATM vol of the remaining tenor follows VIX by
//! the tenor beta. SSR: it moves by the skew-stickiness ratio times its skew times the log move. Sticky
//! moneyness: it does not answer the move. In these three the smile keeps its shape in standardised
//! moneyness `z = k / (sigma_ATM · sqrt(T))`; as an expiry comes nearer its shape takes on that of the
//! shorter tenor, by the ratio of the prior shapes. The residual of a quoted strike stays with the strike
//! and fades linearly to zero at expiry, so entered legs reprice exactly today. Sticky strike, the fourth,
//! keeps each strike's own vol.
//!
//! Standardised moneyness: Gatheral & Jacquier, arXiv 1204.0646. SSR: Bergomi, "Smile dynamics IV", 2009.

use std::rc::Rc;

use super::joint::iv_beta;
use super::scenario::Path;
use super::ssr::ssr_at;
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

    /// Slope of [`Self::relative_variance`] at z = 0.
    fn slope_at_money(self) -> f64 {
        self.rho * self.psi
    }

    #[inline]
    fn relative_variance(self, z: f64) -> f64 {
        let tilt = self.psi * z;
        let bend = tilt + self.rho;
        0.5 * (1.0 + self.rho * tilt + (bend * bend + 1.0 - self.rho * self.rho).sqrt())
    }
}

/// An expiry along one path: what all its options share.
#[derive(Clone, Debug)]
struct ExpiryPath {
    /// Years and ATM vol today, which tell expiries apart.
    key: (u64, u64),
    years_left: f64,
    /// Log carry from spot to the forward of the time left.
    carry_log: f64,
    residual_share: f64,
    dividend: f64,
    shapes: Option<(Shape, Shape)>,
    /// ATM vol at each point; empty where every strike keeps its own vol.
    atm: Vec<f64>,
    /// 1 / (ATM vol · sqrt(years left)) at each point.
    inverse_stdev: Vec<f64>,
}

/// The expiries met so far along one path and one set of parameters: legs of one expiry share their work.
#[derive(Clone, Debug, Default)]
pub struct ExpiryPaths(Vec<Rc<ExpiryPath>>);

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
        (params, term): (&ModelParams, &dyn AtmTerm),
        path: &Path,
        expiries: &mut ExpiryPaths,
        out: &mut [f64],
    ) -> Result<(), PricingError> {
        let years = self.years_left(path);
        if years == 0.0 {
            for (price, spot) in out.iter_mut().zip(&path.spots) {
                *price = self.right.intrinsic(spot * self.index_scale, self.strike);
            }
            return Ok(());
        }
        let expiry = self.expiry_path((params, term), path, expiries);
        let carry = self.index_scale * expiry.carry_log.exp();
        let forwards: Vec<f64> = path.spots.iter().map(|spot| spot * carry).collect();
        let vols = self.vols(params, &expiry, path);
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
        (params, term): (&ModelParams, &dyn AtmTerm),
        path: &Path,
        expiries: &mut ExpiryPaths,
        out: &mut GreeksColumns,
    ) -> Result<(), PricingError> {
        let expiry = self.expiry_path((params, term), path, expiries);
        let spots: Vec<f64> = path
            .spots
            .iter()
            .map(|spot| spot * self.index_scale)
            .collect();
        let vols = self.vols(params, &expiry, path);
        SpotLine {
            right: self.right,
            strike: self.strike,
            years: expiry.years_left,
            rate: self.rate,
            dividend: expiry.dividend,
        }
        .greeks_slice(&spots, &vols, out)
    }

    /// Vol at each point of a path, decimal; today's own vol once settled.
    pub fn vols_along(
        &self,
        (params, term): (&ModelParams, &dyn AtmTerm),
        path: &Path,
    ) -> Vec<f64> {
        self.vols(params, &self.expiry_along(params, term, path), path)
    }

    /// Today's vol at the strike, decimal.
    pub fn vol_today(&self) -> f64 {
        self.fit_vol((self.strike / self.forward).ln()) + self.residual_vol
    }

    fn fit_vol(&self, k: f64) -> f64 {
        self.svi
            .vol(k.clamp(self.k_range.0, self.k_range.1), self.years)
    }

    /// The option's expiry along the path, from the ones met before or made now.
    fn expiry_path(
        &self,
        (params, term): (&ModelParams, &dyn AtmTerm),
        path: &Path,
        expiries: &mut ExpiryPaths,
    ) -> Rc<ExpiryPath> {
        let key = (self.years.to_bits(), self.atm_vol.to_bits());
        if let Some(known) = expiries.0.iter().find(|known| known.key == key) {
            return Rc::clone(known);
        }
        let made = Rc::new(self.expiry_along(params, term, path));
        expiries.0.push(Rc::clone(&made));
        made
    }

    fn expiry_along(&self, params: &ModelParams, term: &dyn AtmTerm, path: &Path) -> ExpiryPath {
        let years_left = self.years_left(path);
        let is_now = path.scenario.moment.elapsed_years == 0.0;
        let dividend = implied_dividend(self.spot, self.forward, self.rate, self.years);
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
        let atm = if years_left > 0.0 {
            self.atm_along(params, (atm_base, years_left), shapes, path)
        } else {
            Vec::new()
        };
        let sqrt_left = years_left.sqrt();
        ExpiryPath {
            key: (self.years.to_bits(), self.atm_vol.to_bits()),
            years_left,
            // Today's own forward, to the last bit, so that nothing moves without a move.
            carry_log: if is_now {
                (self.forward / self.spot).ln()
            } else {
                (self.rate - dividend) * years_left
            },
            residual_share: years_left / self.years,
            dividend,
            shapes,
            inverse_stdev: atm.iter().map(|vol| 1.0 / (vol * sqrt_left)).collect(),
            atm,
        }
    }

    /// ATM vol at each point by the smile mode, within its floor and cap; empty where strikes are sticky.
    fn atm_along(
        &self,
        params: &ModelParams,
        (atm_base, years_left): (f64, f64),
        shapes: Option<(Shape, Shape)>,
        path: &Path,
    ) -> Vec<f64> {
        let (floor, cap) = (
            params.vol_floor.min(self.atm_vol),
            params.vol_cap.max(self.atm_vol),
        );
        let days = years_left * DAYS_PER_YEAR;
        match params.smile_mode {
            SmileMode::VixDriven => {
                let beta = iv_beta(params, days);
                let by_vix = |ln: &f64| (atm_base * exp_fast(beta * ln)).max(floor).min(cap);
                path.log_vix.iter().map(by_vix).collect()
            }
            SmileMode::Ssr => {
                let slope = ssr_at(params, days) * self.atm_skew_at(years_left, shapes);
                let by_skew = |ln: &f64| (atm_base + slope * ln).max(floor).min(cap);
                path.log_returns.iter().map(by_skew).collect()
            }
            SmileMode::StickyMoneyness => vec![atm_base; path.len()],
            SmileMode::StickyStrike => Vec::new(),
        }
    }

    /// d vol / dk at the money when `years_left` remain and the shape has moved from the first to the second.
    ///
    /// In standardised moneyness the slope of the vol is half that of the relative variance, times
    /// `1 / sqrt(T)` for the step from z to k; the change of shape adds its own slope.
    fn atm_skew_at(&self, years_left: f64, shapes: Option<(Shape, Shape)>) -> f64 {
        let reshaped = shapes.map_or(0.0, |(now, then)| {
            0.5 * (then.slope_at_money() - now.slope_at_money())
        });
        (self.svi.atm_skew(self.years) * self.years.sqrt() + reshaped) / years_left.sqrt()
    }

    /// Vol at each point of the path, decimal; today's own vol once settled and where strikes are sticky.
    fn vols(&self, params: &ModelParams, expiry: &ExpiryPath, path: &Path) -> Vec<f64> {
        if expiry.atm.is_empty() {
            return vec![self.vol_today(); path.len()];
        }
        let mut vols = vec![0.0; path.len()];
        let slope = Transport::of(self, params, expiry);
        match expiry.shapes {
            None => slope.fill(expiry, path, &mut vols, |_| 1.0),
            Some((now, then)) => slope.fill(expiry, path, &mut vols, move |z| {
                then.relative_variance(z) / now.relative_variance(z)
            }),
        }
        vols
    }
}

/// The constants of one option's smile transport along a path.
#[derive(Clone, Copy, Debug)]
struct Transport {
    svi: SviSlice,
    /// Log-moneyness of the strike where the spot stands today.
    k_at_spot: f64,
    stdev_today: f64,
    inverse_theta: f64,
    residual_vol: f64,
    k_range: (f64, f64),
    limits: (f64, f64),
}

impl Transport {
    fn of(option: &SpxOption, params: &ModelParams, expiry: &ExpiryPath) -> Self {
        let stdev_today = option.atm_vol * option.years.sqrt();
        Self {
            svi: option.svi,
            k_at_spot: (option.strike / option.spot).ln() - expiry.carry_log,
            stdev_today,
            inverse_theta: 1.0 / (stdev_today * stdev_today),
            residual_vol: option.residual_vol * expiry.residual_share,
            k_range: option.k_range,
            // A vol marked beyond the limits keeps what it has, so that its leg reprices exactly.
            limits: (
                params.vol_floor.min(option.vol_today()),
                params.vol_cap.max(option.vol_today()),
            ),
        }
    }

    /// Writes the vol of every point: no branch in the loop, so that it vectorises.
    #[expect(
        clippy::inline_always,
        reason = "the loop vectorises only with the closure inside it"
    )]
    #[inline(always)]
    fn fill(
        self,
        expiry: &ExpiryPath,
        path: &Path,
        vols: &mut [f64],
        reshape: impl Fn(f64) -> f64,
    ) {
        let points = path
            .log_returns
            .iter()
            .zip(&expiry.atm)
            .zip(&expiry.inverse_stdev);
        for (vol, ((log_return, atm), inverse_stdev)) in vols.iter_mut().zip(points) {
            let z = (self.k_at_spot - log_return) * inverse_stdev;
            let k = (z * self.stdev_today)
                .max(self.k_range.0)
                .min(self.k_range.1);
            let relative = self.svi.total_variance(k) * self.inverse_theta * reshape(z);
            let raw = atm * relative.sqrt() + self.residual_vol;
            *vol = raw.max(self.limits.0).min(self.limits.1);
        }
    }
}
