//! Every default of the joint SPX × VIX model as a named parameter: value, unit, source and why.
//!
//! Estimates marked [`Source::Estimated`] come from daily closes and VX settlements, 2016-02 to 2026-02
//! (2,513 days); `docs/model.md` gives the regressions. All parameters can be changed and reset; a value
//! outside its range is refused by [`ModelParams::set`].

use serde::{Deserialize, Serialize};

/// Where a parameter's default comes from, shown beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Stated by a primary source (exchange, regulator, paper).
    Verified,
    /// Estimated by us from real closes and settlements.
    Estimated,
    /// An assumption: no public data behind it.
    Assumption,
}

impl Source {
    /// One word for the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Estimated => "estimated",
            Self::Assumption => "assumption",
        }
    }
}

/// How SPX implied vol follows a move of the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SmileMode {
    /// ATM vol follows VIX by the tenor beta; the smile keeps its shape in standardised moneyness.
    #[default]
    VixDriven,
    /// ATM vol moves by a multiple of the skew times the log move of SPX (the skew-stickiness ratio); the
    /// smile keeps its shape in standardised moneyness.
    Ssr,
    /// Every strike keeps the vol it has today; only time passes.
    StickyStrike,
    /// ATM vol does not answer the move; the smile travels with the forward in standardised moneyness.
    StickyMoneyness,
}

impl SmileMode {
    /// All modes, in the order shown.
    pub const ALL: [Self; 4] = [
        Self::VixDriven,
        Self::Ssr,
        Self::StickyStrike,
        Self::StickyMoneyness,
    ];

    /// Name in the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::VixDriven => "VIX-driven",
            Self::Ssr => "SSR",
            Self::StickyStrike => "Sticky strike",
            Self::StickyMoneyness => "Sticky moneyness",
        }
    }
}

/// One row of the spot-VIX response: how VIX answers an SPX move over `trading_days`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct VixMapRow {
    /// Horizon in trading days; 0 is an instant move.
    pub trading_days: f64,
    /// VIX points per −1 % SPX at small moves.
    pub slope_pts_per_pct: f64,
    /// Convexity scale in % of log move: the response grows as exp(−R/k).
    pub convexity_pct: f64,
    /// Share of the gap to the mean closed over the horizon.
    pub reversion: f64,
    /// Mean that VIX reverts to, in points.
    pub mean_pts: f64,
    /// Residual standard deviation of ln VIX, for the band.
    pub residual_ln_sd: f64,
}

/// The spot-VIX response by horizon (estimated; R² 0.67–0.78).
#[rustfmt::skip]
pub const VIX_MAP: [VixMapRow; 6] = [
    VixMapRow { trading_days: 0.0,  slope_pts_per_pct: 1.26, convexity_pct: 10.5, reversion: 0.0,   mean_pts: 18.1, residual_ln_sd: 0.047 },
    VixMapRow { trading_days: 1.0,  slope_pts_per_pct: 1.26, convexity_pct: 10.5, reversion: 0.05,  mean_pts: 18.1, residual_ln_sd: 0.047 },
    VixMapRow { trading_days: 5.0,  slope_pts_per_pct: 1.10, convexity_pct: 14.9, reversion: 0.146, mean_pts: 18.8, residual_ln_sd: 0.094 },
    VixMapRow { trading_days: 10.0, slope_pts_per_pct: 1.06, convexity_pct: 25.8, reversion: 0.211, mean_pts: 19.8, residual_ln_sd: 0.119 },
    VixMapRow { trading_days: 21.0, slope_pts_per_pct: 0.91, convexity_pct: 33.9, reversion: 0.309, mean_pts: 20.5, residual_ln_sd: 0.150 },
    VixMapRow { trading_days: 42.0, slope_pts_per_pct: 0.71, convexity_pct: 22.7, reversion: 0.455, mean_pts: 20.2, residual_ln_sd: 0.177 },
];

/// What the interface and the documentation say of one parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParamSpec {
    /// Which parameter.
    pub key: ParamKey,
    /// Its name in files.
    pub name: &'static str,
    /// Its name on the screen.
    pub label: &'static str,
    /// Its unit; empty for a pure number.
    pub unit: &'static str,
    /// Where the default comes from.
    pub source: Source,
    /// One line: what it does and why it has this value.
    pub why: &'static str,
    /// The shipped value.
    pub default: f64,
    /// Lowest value accepted.
    pub min: f64,
    /// Highest value accepted.
    pub max: f64,
}

/// A value outside a parameter's range, or not a number.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{label}: found {found}, expected a number from {min} to {max}")]
pub struct ParamError {
    /// The parameter's label.
    pub label: &'static str,
    /// The value refused.
    pub found: f64,
    /// Lowest value accepted.
    pub min: f64,
    /// Highest value accepted.
    pub max: f64,
}

macro_rules! params {
    ($($name:ident $key:ident = $default:literal in $min:literal .. $max:literal, $unit:literal, $source:ident, $label:literal, $why:literal;)*) => {
        /// The parameters of the joint model. Missing fields of a file take their defaults.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct ModelParams {
            /// How SPX vol follows the index.
            pub smile_mode: SmileMode,
            /// The spot-VIX response by horizon, ascending in trading days.
            pub vix_map: Vec<VixMapRow>,
            $(#[doc = $label] #[doc = concat!(" (", $unit, "): ", $why)] pub $name: f64,)*
        }

        impl Default for ModelParams {
            fn default() -> Self {
                Self { smile_mode: SmileMode::default(), vix_map: VIX_MAP.to_vec(), $($name: $default,)* }
            }
        }

        /// Names one scalar parameter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum ParamKey { $(#[doc = $label] $key,)* }

        impl ParamKey {
            /// Every scalar parameter, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$key,)*];

            /// Label, unit, source, default and range.
            pub fn spec(self) -> ParamSpec {
                match self {
                    $(Self::$key => ParamSpec {
                        key: self, name: stringify!($name), label: $label, unit: $unit, source: Source::$source,
                        why: $why, default: $default, min: $min, max: $max,
                    },)*
                }
            }
        }

        impl ModelParams {
            /// The value of a parameter.
            pub fn value(&self, key: ParamKey) -> f64 {
                match key { $(ParamKey::$key => self.$name,)* }
            }

            fn slot(&mut self, key: ParamKey) -> &mut f64 {
                match key { $(ParamKey::$key => &mut self.$name,)* }
            }
        }
    };
}

params! {
    stress_multiple StressMultiple = 1.0 in 0.0 .. 6.0, "×", Estimated, "Stress multiple m", "scales the VIX response: 1 base, 1.35 stress, 3 vol squeeze";
    vix_floor VixFloor = 9.0 in 1.0 .. 20.0, "pt", Verified, "VIX floor", "lowest close 9.14 on 2017-11-03";
    vix_cap VixCap = 90.0 in 40.0 .. 200.0, "pt", Verified, "VIX cap", "highest close 82.69, intraday 89.53";
    curve_tau_days CurveTauDays = 21.0 in 1.0 .. 200.0, "d", Estimated, "Curve persistence tau", "tenor at which a VIX move starts to fade on the curve: 21 base, 32 stress, 55 protracted crisis";
    curve_alpha CurveAlpha = 0.73 in 0.1 .. 3.0, "", Estimated, "Curve decay alpha", "exponent of the tenor beta (1 + T/tau)^-alpha";
    curve_roll_down CurveRollDown = 1.0 in 0.0 .. 1.0, "", Estimated, "Curve roll-down", "1: a future rolls down today's curve as time passes; 0: it keeps its price";
    iv_beta_ref_days IvBetaRefDays = 30.0 in 5.0 .. 120.0, "d", Estimated, "Vol beta reference tenor", "tenor at which SPX ATM vol moves one for one with VIX in logs";
    iv_beta_exponent IvBetaExponent = 0.47 in 0.0 .. 2.0, "", Estimated, "Vol beta exponent", "how fast the response of ATM vol falls with tenor";
    iv_beta_cap IvBetaCap = 1.55 in 1.0 .. 4.0, "", Estimated, "Vol beta cap", "the shortest tenors move no more than this";
    iv_beta_min_days IvBetaMinDays = 5.0 in 0.5 .. 30.0, "d", Estimated, "Vol beta shortest tenor", "tenors below this count as this";
    iv_roll_down IvRollDown = 1.0 in 0.0 .. 1.0, "", Assumption, "Vol roll-down", "1: ATM vol rolls along today's term structure; 0: each expiry keeps its own vol";
    ssr_level SsrLevel = 1.6 in 0.0 .. 4.0, "", Estimated, "SSR level", "ATM vol moves by this times the skew times the log move of SPX, at the SSR reference tenor; used in SSR mode only. 0 would be sticky moneyness, 1 sticky strike near the money, 2 the short-dated local-vol limit; index points per 1 % of SPX, 2018-23, and measured skews give 1.6 at 30 d";
    ssr_exponent SsrExponent = 0.10 in -1.0 .. 1.0, "", Estimated, "SSR tenor exponent", "how fast the SSR falls with tenor: 1.45 at 93 d and 1.35 at 184 d were measured";
    ssr_ref_days SsrRefDays = 30.0 in 5.0 .. 120.0, "d", Estimated, "SSR reference tenor", "tenor at which the SSR is at its level";
    ssr_min SsrMin = 1.0 in 0.0 .. 4.0, "", Estimated, "SSR floor", "long tenors come no nearer to sticky moneyness than this: 1 is sticky strike near the money, the lower end of what is observed";
    ssr_max SsrMax = 2.0 in 0.0 .. 4.0, "", Verified, "SSR cap", "the short-dated limit of local and of stochastic volatility models (Bergomi 2009; arXiv 2406.16131)";
    vol_floor VolFloor = 0.03 in 0.001 .. 0.2, "vol", Assumption, "Vol floor", "no SPX vol below this in a scenario";
    vol_cap VolCap = 2.5 in 0.5 .. 5.0, "vol", Assumption, "Vol cap", "no SPX vol above this in a scenario";
    vvix_base VvixBase = 88.0 in 40.0 .. 150.0, "pt", Estimated, "VVIX at the reference VIX", "used when no VVIX is given";
    vvix_slope VvixSlope = 0.9 in 0.0 .. 5.0, "pt/pt", Estimated, "VVIX per VIX point", "used when no VVIX is given";
    vvix_ref_vix VvixRefVix = 13.0 in 5.0 .. 40.0, "pt", Estimated, "VVIX reference VIX", "used when no VVIX is given";
    vvix_default_min VvixDefaultMin = 75.0 in 30.0 .. 150.0, "pt", Estimated, "Default VVIX floor", "lowest VVIX that is assumed";
    vvix_default_max VvixDefaultMax = 150.0 in 80.0 .. 250.0, "pt", Estimated, "Default VVIX cap", "highest VVIX that is assumed";
    vvix_min VvixMin = 60.0 in 20.0 .. 120.0, "pt", Estimated, "VVIX floor in a scenario", "lowest VVIX a scenario reaches";
    vvix_max VvixMax = 210.0 in 100.0 .. 400.0, "pt", Estimated, "VVIX cap in a scenario", "highest VVIX a scenario reaches (207.6 on 2020-03-16)";
    vix_vol_level VixVolLevel = 0.92 in 0.2 .. 2.0, "", Assumption, "VIX-option vol over VVIX", "ATM vol of a 30-day VIX option over VVIX; misses single days by up to 12 vol points: enter marks where you can";
    vix_vol_tenor VixVolTenor = 0.17 in 0.0 .. 1.0, "", Assumption, "VIX-option vol tenor exponent", "how ATM vol of VIX options falls with tenor";
    vix_vol_min_days VixVolMinDays = 7.0 in 1.0 .. 30.0, "d", Assumption, "VIX-option shortest tenor", "tenors below this count as this";
    vix_skew_call VixSkewCall = 0.29 in -1.0 .. 2.0, "", Estimated, "VIX call skew", "relative vol per standard deviation above the future";
    vix_skew_put VixSkewPut = 0.5 in -1.0 .. 2.0, "", Estimated, "VIX put skew", "relative vol per standard deviation below the future";
    vix_skew_min VixSkewMin = 0.5 in 0.1 .. 1.0, "", Assumption, "VIX skew floor", "lowest ratio of a strike's vol to ATM";
    vix_skew_max VixSkewMax = 2.2 in 1.0 .. 5.0, "", Assumption, "VIX skew cap", "highest ratio of a strike's vol to ATM";
    vix_vol_elasticity VixVolElasticity = 0.5 in 0.0 .. 2.0, "", Estimated, "Vol-of-VIX elasticity", "log change of VIX-option vol per log change of VIX, 30 days and less";
}

impl ModelParams {
    /// Sets a parameter.
    ///
    /// # Errors
    /// [`ParamError`] when the value is not a number or outside the parameter's range; nothing changes.
    pub fn set(&mut self, key: ParamKey, value: f64) -> Result<(), ParamError> {
        let spec = key.spec();
        if !value.is_finite() || value < spec.min || value > spec.max {
            return Err(ParamError {
                label: spec.label,
                found: value,
                min: spec.min,
                max: spec.max,
            });
        }
        *self.slot(key) = value;
        Ok(())
    }

    /// Puts a parameter back to its shipped value.
    pub fn reset(&mut self, key: ParamKey) {
        *self.slot(key) = key.spec().default;
    }

    /// Whether a parameter differs from its shipped value.
    pub fn is_changed(&self, key: ParamKey) -> bool {
        self.value(key) != key.spec().default
    }

    /// Checks every scalar and the VIX response, as at the door of a file.
    ///
    /// # Errors
    /// The first value that is not a number or out of range.
    pub fn validate(&self) -> Result<(), ParamError> {
        for key in ParamKey::ALL {
            self.clone().set(*key, self.value(*key))?;
        }
        let ascending = self
            .vix_map
            .windows(2)
            .all(|pair| pair[0].trading_days < pair[1].trading_days);
        if self.vix_map.len() < 2 || !ascending {
            return Err(ParamError {
                label: "VIX response rows",
                found: self.vix_map.len() as f64,
                min: 2.0,
                max: 99.0,
            });
        }
        self.vix_map.iter().try_for_each(VixMapRow::validate)
    }
}

impl VixMapRow {
    fn validate(&self) -> Result<(), ParamError> {
        let within = |label, found: f64, min: f64, max: f64| {
            if found.is_finite() && found >= min && found <= max {
                Ok(())
            } else {
                Err(ParamError {
                    label,
                    found,
                    min,
                    max,
                })
            }
        };
        within("VIX response horizon", self.trading_days, 0.0, 504.0)?;
        within("VIX response slope", self.slope_pts_per_pct, 0.0, 10.0)?;
        within("VIX response convexity", self.convexity_pct, 1.0, 200.0)?;
        within("VIX response reversion", self.reversion, 0.0, 1.0)?;
        within("VIX response mean", self.mean_pts, 5.0, 80.0)?;
        within("VIX response residual", self.residual_ln_sd, 0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{ModelParams, ParamKey};

    #[test]
    fn every_default_lies_in_its_range_and_resets() {
        let mut params = ModelParams::default();
        params.validate().expect("defaults are valid");
        for key in ParamKey::ALL {
            let spec = key.spec();
            params.set(*key, spec.max).expect("the maximum is accepted");
            assert_eq!(
                params.is_changed(*key),
                spec.max != spec.default,
                "{}",
                spec.name
            );
            params.reset(*key);
            assert!(!params.is_changed(*key), "{}", spec.name);
        }
    }

    #[test]
    fn a_bad_value_is_refused_and_changes_nothing() {
        let mut params = ModelParams::default();
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            params
                .set(ParamKey::VixFloor, bad)
                .expect_err("out of range");
        }
        assert_eq!(params, ModelParams::default());
    }
}
