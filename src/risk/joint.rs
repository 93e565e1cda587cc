//! The joint SPX × VIX response: spot VIX given an SPX move, the tenor beta of VIX futures and of SPX vol.
//!
//! One forward-vol beta drives both products: a VIX future of remaining tenor `T` moves by
//! `ln F = beta(T) · ln VIX`, and the ATM vol of an SPX expiry by `bIV(T)`. Both were fitted to closes and
//! settlements of 2016-02 to 2026-02; `docs/model.md` shows the fit and where it fails (short squeezes).
//!
//! Units: moves are log returns in % (`100 ln(S1/S0)`); VIX in points; tenors in calendar days;
//! horizons in trading days.

use crate::market::params::{ModelParams, VixMapRow};

/// Log return in % of a simple move in %: −5 % simple is −5.129 % log.
pub fn log_return_pct(simple_pct: f64) -> f64 {
    100.0 * (simple_pct / 100.0).ln_1p()
}

/// The response of spot VIX at one horizon, ready to be applied to many moves.
///
/// `V1 = clamp(V0 + m·a·k·(exp(−R/k) − 1) + mr·(mean − V0), floor, cap)`; absolute points, because the
/// response in points per 1 % of SPX is flat in the level of VIX while the response in logs is not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VixResponse {
    /// Today's VIX.
    pub vix: f64,
    /// The response's row, interpolated to the horizon.
    pub row: VixMapRow,
    /// Stress multiple m.
    pub stress: f64,
    /// Lowest VIX of a scenario; never above today's.
    pub floor: f64,
    /// Highest VIX of a scenario; never below today's.
    pub cap: f64,
}

impl VixResponse {
    /// The response after `trading_days` (0 = instant) under stress multiple `stress`.
    pub fn at(params: &ModelParams, vix: f64, trading_days: f64, stress: f64) -> Self {
        let row = interpolate_row(&params.vix_map, trading_days);
        Self {
            vix,
            row,
            stress,
            floor: params.vix_floor.min(vix),
            cap: params.vix_cap.max(vix),
        }
    }

    /// VIX before the clamps; strictly decreasing in the move.
    pub fn unclamped(&self, log_return_pct: f64) -> f64 {
        let convexity = self.row.convexity_pct;
        let shock = self.stress
            * self.row.slope_pts_per_pct
            * convexity
            * (-log_return_pct / convexity).exp_m1();
        self.vix + shock + self.row.reversion * (self.row.mean_pts - self.vix)
    }

    /// VIX after the move.
    pub fn vix_after(&self, log_return_pct: f64) -> f64 {
        self.unclamped(log_return_pct).clamp(self.floor, self.cap)
    }

    /// The band of one residual standard deviation around [`Self::vix_after`].
    pub fn band(&self, log_return_pct: f64) -> (f64, f64) {
        let centre = self.vix_after(log_return_pct);
        let spread = self.row.residual_ln_sd.exp();
        (
            (centre / spread).clamp(self.floor, self.cap),
            (centre * spread).clamp(self.floor, self.cap),
        )
    }
}

/// Linear in ln(h) between rows from one day on; below one day the reversion of the one-day row is scaled by h.
fn interpolate_row(rows: &[VixMapRow], trading_days: f64) -> VixMapRow {
    let first = rows[0];
    let last = rows[rows.len() - 1];
    if trading_days <= first.trading_days {
        return first;
    }
    if trading_days >= last.trading_days {
        return VixMapRow {
            trading_days,
            ..last
        };
    }
    let upper = rows
        .iter()
        .position(|row| row.trading_days >= trading_days)
        .unwrap_or(rows.len() - 1);
    let (from, to) = (rows[upper - 1], rows[upper]);
    let weight = if from.trading_days < 1.0 {
        (trading_days - from.trading_days) / (to.trading_days - from.trading_days)
    } else {
        (trading_days / from.trading_days).ln() / (to.trading_days / from.trading_days).ln()
    };
    let mix = |a: f64, b: f64| a + weight * (b - a);
    VixMapRow {
        trading_days,
        slope_pts_per_pct: mix(from.slope_pts_per_pct, to.slope_pts_per_pct),
        convexity_pct: mix(from.convexity_pct, to.convexity_pct),
        reversion: mix(from.reversion, to.reversion),
        mean_pts: mix(from.mean_pts, to.mean_pts),
        residual_ln_sd: mix(from.residual_ln_sd, to.residual_ln_sd),
    }
}

/// Tenor beta of VIX futures, `(1 + T/tau)^-alpha`: 1 at settlement, falling with tenor.
pub fn curve_beta(params: &ModelParams, days: f64) -> f64 {
    (1.0 + days.max(0.0) / params.curve_tau_days).powf(-params.curve_alpha)
}

/// Tenor beta of SPX ATM vol, `min((30 / max(T, 5))^0.47, 1.55)`: 1 at 30 days.
pub fn iv_beta(params: &ModelParams, days: f64) -> f64 {
    (params.iv_beta_ref_days / days.max(params.iv_beta_min_days))
        .powf(params.iv_beta_exponent)
        .min(params.iv_beta_cap)
}

/// Exponent of VIX-option vol on VIX, `0.50 · min(1, sqrt(30/T))`.
pub fn vix_vol_exponent(params: &ModelParams, days: f64) -> f64 {
    params.vix_vol_elasticity * (30.0 / days.max(1.0 / 1440.0)).sqrt().min(1.0)
}

/// How the hedge's factors move with the condor's own ATM vol: the denominators of the SPX-vega equivalents.
///
/// The reference factor x is the ATM vol, in vol points, of the condor expiry:
/// `dVIX/dx = V0 / (sigma_c · bIV(Tc))` and `dF/dx = F · beta(T) / (sigma_c · bIV(Tc))`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VegaReference {
    /// ATM vol of the reference expiry, decimal.
    pub atm_vol: f64,
    /// Calendar days to the reference expiry.
    pub days: f64,
}

impl VegaReference {
    fn vol_points_per_log_vix(&self, params: &ModelParams) -> f64 {
        self.atm_vol * 100.0 * iv_beta(params, self.days)
    }

    /// VIX points per vol point of the reference expiry.
    pub fn vix_per_vol_point(&self, params: &ModelParams, vix: f64) -> f64 {
        vix / self.vol_points_per_log_vix(params)
    }

    /// Points that a VIX future at `future` with `days` left moves per vol point of the reference expiry.
    pub fn future_per_vol_point(&self, params: &ModelParams, future: f64, days: f64) -> f64 {
        future * curve_beta(params, days) / self.vol_points_per_log_vix(params)
    }

    /// Vol points that another SPX expiry moves per vol point of the reference expiry.
    pub fn expiry_weight(&self, params: &ModelParams, atm_vol: f64, days: f64) -> f64 {
        atm_vol * 100.0 * iv_beta(params, days) / self.vol_points_per_log_vix(params)
    }
}

#[cfg(test)]
mod tests {
    use super::{VegaReference, VixResponse, curve_beta, iv_beta, log_return_pct};
    use crate::market::params::ModelParams;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!(
            (found - expected).abs() <= tolerance,
            "found {found}, expected {expected} ± {tolerance}"
        );
    }

    #[test]
    fn vix_map_meets_the_pinned_table() {
        let params = ModelParams::default();
        let table = [
            (0.0, -10.0, 38.060),
            (0.0, -5.0, 25.069),
            (0.0, -3.0, 21.375),
            (0.0, -1.0, 18.322),
            (0.0, 1.0, 15.798),
            (0.0, 3.0, 13.712),
            (5.0, -5.0, 23.798),
            (5.0, 0.0, 17.263),
            (21.0, -5.0, 22.984),
            (21.0, 0.0, 18.081),
            (0.0, -60.0, 90.0),
        ];
        for (horizon, log_move, expected) in table {
            near(
                VixResponse::at(&params, 17.0, horizon, 1.0).vix_after(log_move),
                expected,
                1e-3,
            );
        }
    }

    #[test]
    fn an_instant_zero_move_leaves_vix_exactly_where_it_is() {
        for vix in [5.0, 8.5, 9.0, 17.123_456, 95.0] {
            let response = VixResponse::at(&ModelParams::default(), vix, 0.0, 3.0);
            assert_eq!(response.vix_after(0.0), vix);
        }
    }

    #[test]
    fn vix_falls_as_spx_rises() {
        let response = VixResponse::at(&ModelParams::default(), 17.0, 3.0, 1.35);
        let path: Vec<f64> = (-30..=30)
            .map(|step| response.unclamped(f64::from(step)))
            .collect();
        assert!(path.windows(2).all(|pair| pair[0] > pair[1]));
    }

    #[test]
    fn tenor_betas_meet_the_pinned_values() {
        let mut params = ModelParams::default();
        for (days, expected) in [
            (0.0, 1.0),
            (30.0, 0.5232),
            (90.0, 0.2966),
            (110.0, 0.2628),
            (220.0, 0.1684),
        ] {
            near(curve_beta(&params, days), expected, 1e-4);
        }
        for (days, expected) in [
            (9.0, 1.55),
            (30.0, 1.0),
            (45.0, 0.8265),
            (93.0, 0.5876),
            (184.0, 0.4264),
        ] {
            near(iv_beta(&params, days), expected, 1e-4);
        }
        params.curve_tau_days = 32.0;
        near(curve_beta(&params, 30.0), 0.6170, 1e-4);
        near(curve_beta(&params, 110.0), 0.3370, 1e-4);
        params.curve_tau_days = 55.0;
        near(curve_beta(&params, 30.0), 0.7278, 1e-4);
    }

    #[test]
    fn the_condor_s_vol_moves_vix_and_its_futures_as_pinned() {
        let params = ModelParams::default();
        let reference = VegaReference {
            atm_vol: 0.1485,
            days: 45.0,
        };
        near(
            1.0 / reference.vix_per_vol_point(&params, 17.0),
            0.7220,
            1e-4,
        );
        for (future, days, expected) in [
            (18.36, 30.0, 0.7827),
            (19.84, 110.0, 0.4248),
            (20.80, 220.0, 0.2854),
        ] {
            near(
                reference.future_per_vol_point(&params, future, days),
                expected,
                1e-4,
            );
        }
        near(reference.expiry_weight(&params, 0.1485, 45.0), 1.0, 1e-12);
    }

    #[test]
    fn simple_moves_become_log_moves() {
        near(log_return_pct(-5.0), -5.129_329, 1e-6);
        near(log_return_pct(0.0), 0.0, 0.0);
    }
}
