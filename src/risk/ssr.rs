//! The skew-stickiness ratio (SSR): how far ATM vol moves with SPX, in units of the skew.
//!
//! `SSR(T) = (d sigma_ATM / d ln S) / S_T`, with `S_T = d sigma / dk` at the money. 0 is sticky moneyness, 1
//! sticky strike near the money, and 2 the short-dated limit of local and of stochastic volatility models
//! (Bergomi, "Smile dynamics IV", Risk 2009; Friz & Gatheral, "Computing the SSR", arXiv 2406.16131).

use jiff::civil::Date;

use super::book::{Book, LegModel};
use super::joint::iv_beta;
use super::spx_option::SpxOption;
use crate::instrument::Root;
use crate::market::ModelParams;
use crate::units::DAYS_PER_YEAR;

/// Skews flatter than this give no ratio.
const LEAST_SKEW: f64 = 1e-6;

/// The SSR that the SSR mode uses at a tenor of `days` calendar days: level · (reference / T)^exponent
/// between its floor and its cap.
pub fn ssr_at(params: &ModelParams, days: f64) -> f64 {
    let tenor = params.ssr_ref_days / days.max(1.0 / 1440.0);
    (params.ssr_level * tenor.powf(params.ssr_exponent))
        .min(params.ssr_max)
        .max(params.ssr_min)
}

/// `d sigma_ATM / d ln S` today under the VIX-driven mode, decimal vol per unit of log return (negative).
///
/// `sigma · bIV(T) · dVIX / (V0 · d ln S)`, and an instant move raises VIX by `m · a` points per −1 %.
pub fn vix_driven_slope(params: &ModelParams, vix: f64, atm_vol: f64, days: f64) -> f64 {
    let points_per_pct = params
        .vix_map
        .first()
        .map_or(0.0, |row| row.slope_pts_per_pct);
    -100.0 * params.stress_multiple * points_per_pct / vix * iv_beta(params, days) * atm_vol
}

/// The SSR of one SPX expiry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImpliedSsr {
    /// Product family.
    pub root: Root,
    /// Day of settlement.
    pub expiry: Date,
    /// Calendar days to settlement.
    pub days: f64,
    /// ATM vol today, decimal.
    pub atm_vol: f64,
    /// Fitted ATM skew today, d vol / dk.
    pub skew: f64,
    /// What the VIX-driven mode implies; `None` where the smile has no skew.
    pub by_vix: Option<f64>,
    /// What the SSR mode uses.
    pub by_rule: f64,
}

impl ImpliedSsr {
    fn of(
        params: &ModelParams,
        vix: f64,
        (root, expiry): (Root, Date),
        option: &SpxOption,
    ) -> Self {
        let days = option.years * DAYS_PER_YEAR;
        let skew = option.svi.atm_skew(option.years);
        let slope = vix_driven_slope(params, vix, option.atm_vol, days);
        Self {
            root,
            expiry,
            days,
            atm_vol: option.atm_vol,
            skew,
            by_vix: (skew.abs() > LEAST_SKEW).then(|| slope / skew),
            by_rule: ssr_at(params, days),
        }
    }
}

/// The SSR of every SPX expiry held that has not settled, ascending by expiry.
pub fn implied_ssr(book: &Book) -> Vec<ImpliedSsr> {
    let mut found: Vec<ImpliedSsr> = Vec::new();
    for leg in &book.legs {
        let contract = &leg.leg.contract;
        let key = (contract.root(), contract.expiry());
        let is_known = found.iter().any(|known| (known.root, known.expiry) == key);
        if let LegModel::Spx(option) = &leg.model
            && option.years > 0.0
            && !is_known
        {
            found.push(ImpliedSsr::of(&book.params, book.market.vix, key, option));
        }
    }
    found.sort_by_key(|ssr| (ssr.expiry, ssr.root));
    found
}

#[cfg(test)]
mod tests {
    use super::{ssr_at, vix_driven_slope};
    use crate::market::ModelParams;
    use crate::market::smile_prior::SMILE_PRIOR;

    #[test]
    fn the_rule_falls_with_tenor_between_its_limits() {
        let params = ModelParams::default();
        let near = |days: f64, expected: f64| {
            let found = ssr_at(&params, days);
            assert!((found - expected).abs() < 1e-4, "{days} d: {found}");
        };
        near(30.0, 1.6);
        near(93.0, 1.4289);
        near(184.0, 1.3346);
        near(365.0, 1.2462);
        near(0.5, 2.0);
        near(10_000.0, 1.0);
        assert_eq!(ssr_at(&params, 0.0), 2.0);
    }

    #[test]
    fn the_vix_driven_mode_meets_the_measured_ssr_at_both_ends() {
        // Measured 1.6 at 30 d and 1.1 at 365 d. Between them the measurement took points of VIX3M and
        // VIX6M per 1 % of SPX, which stand higher over VIX than our median ATM vols do: the mode gives
        // about 1.2 and 1.1 where 1.45 and 1.35 were measured, so the tolerance there is a fifth.
        let params = ModelParams::default();
        let by_column = |days: f64, column: fn(&crate::market::smile_prior::PriorRow) -> f64| {
            let upper = SMILE_PRIOR
                .partition_point(|row| row.days < days)
                .min(SMILE_PRIOR.len() - 1);
            let (low, high) = (&SMILE_PRIOR[upper - 1], &SMILE_PRIOR[upper]);
            let share = (days / low.days).ln() / (high.days / low.days).ln();
            column(low) + share * (column(high) - column(low))
        };
        for (days, measured, tolerance) in [
            (30.0, 1.6, 0.03),
            (93.0, 1.45, 0.26),
            (184.0, 1.35, 0.24),
            (365.0, 1.1, 0.1),
        ] {
            let atm = by_column(days, |row| row.atm_over_vix) * 0.18;
            let skew = by_column(days, |row| row.skew);
            let ssr = vix_driven_slope(&params, 18.0, atm, days) / skew;
            assert!((ssr - measured).abs() < tolerance, "{days} d: {ssr}");
        }
    }
}
