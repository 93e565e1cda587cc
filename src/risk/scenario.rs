//! A joint scenario and its path: for a time, a stress and many spots, the VIX that goes with each.
//!
//! The path is computed once per date and shared by every leg, so that no leg can disagree about VIX.

use super::joint::{VixResponse, log_return_pct};
use super::presets::{Preset, VixRule};
use crate::market::params::ModelParams;
use crate::units::DAYS_PER_YEAR;

/// How far ahead a scenario looks, in the two clocks that the model needs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// Calendar time from now in model years; 0 is an instant scenario.
    pub elapsed_years: f64,
    /// Trading days from now: the horizon of the VIX response.
    pub trading_days: f64,
}

impl Moment {
    /// An instant scenario.
    pub const NOW: Self = Self {
        elapsed_years: 0.0,
        trading_days: 0.0,
    };

    /// Calendar days from now.
    pub fn elapsed_days(self) -> f64 {
        self.elapsed_years * DAYS_PER_YEAR
    }
}

/// What is assumed of the world besides the spot: time, stress, and what VIX does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scenario {
    /// How far ahead.
    pub moment: Moment,
    /// Stress multiple m of the VIX response.
    pub stress: f64,
    /// Persistence tau of the VIX curve, in calendar days.
    pub curve_tau_days: f64,
    /// What VIX does.
    pub vix: VixRule,
}

impl Scenario {
    /// The model's own assumptions at a moment.
    pub fn at(params: &ModelParams, moment: Moment) -> Self {
        Self {
            moment,
            stress: params.stress_multiple,
            curve_tau_days: params.curve_tau_days,
            vix: VixRule::ByModel,
        }
    }

    /// A named preset at the moment its horizon reaches.
    pub fn of_preset(preset: &Preset, moment: Moment) -> Self {
        Self {
            moment,
            stress: preset.stress,
            curve_tau_days: preset.curve_tau_days,
            vix: preset.vix,
        }
    }

    /// The parameters with this scenario's persistence.
    pub fn params(&self, params: &ModelParams) -> ModelParams {
        ModelParams {
            curve_tau_days: self.curve_tau_days,
            ..params.clone()
        }
    }
}

/// Today's levels that a path starts from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin {
    /// SPX now.
    pub spx: f64,
    /// VIX now, in points.
    pub vix: f64,
}

/// Spots at one moment, each with its VIX.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Today's levels.
    pub origin: Origin,
    /// The scenario that the path follows.
    pub scenario: Scenario,
    /// The response of VIX at the scenario's horizon.
    pub response: VixResponse,
    /// SPX at each point.
    pub spots: Vec<f64>,
    /// ln(S / S0) at each point.
    pub log_returns: Vec<f64>,
    /// VIX at each point.
    pub vix: Vec<f64>,
    /// ln(VIX / VIX now) at each point.
    pub log_vix: Vec<f64>,
}

impl Path {
    /// The path through `spots` under a scenario. At the spot of today and no time, VIX is exactly today's.
    pub fn through(
        params: &ModelParams,
        origin: Origin,
        scenario: Scenario,
        spots: Vec<f64>,
    ) -> Self {
        let response = VixResponse::at(
            params,
            origin.vix,
            scenario.moment.trading_days,
            scenario.stress,
        );
        let log_returns: Vec<f64> = spots.iter().map(|spot| (spot / origin.spx).ln()).collect();
        let vix: Vec<f64> = match scenario.vix {
            VixRule::ByModel => log_returns
                .iter()
                .map(|ln| response.vix_after(100.0 * ln))
                .collect(),
            VixRule::Moved { pct } => {
                let moved = (origin.vix * (1.0 + pct / 100.0)).clamp(response.floor, response.cap);
                vec![moved; spots.len()]
            }
        };
        let log_vix = vix.iter().map(|level| (level / origin.vix).ln()).collect();
        Self {
            origin,
            scenario,
            response,
            spots,
            log_returns,
            vix,
            log_vix,
        }
    }

    /// A path of one point: a simple SPX move in %.
    pub fn to_move(params: &ModelParams, origin: Origin, scenario: Scenario, spx_pct: f64) -> Self {
        let spot = origin.spx * (log_return_pct(spx_pct) / 100.0).exp();
        let spot = if spx_pct == 0.0 { origin.spx } else { spot };
        Self::through(params, origin, scenario, vec![spot])
    }

    /// Number of points.
    pub fn len(&self) -> usize {
        self.spots.len()
    }

    /// Whether the path has no points.
    pub fn is_empty(&self) -> bool {
        self.spots.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, Origin, Path, Scenario};
    use crate::market::params::ModelParams;
    use crate::risk::presets::PRESETS;

    const ORIGIN: Origin = Origin {
        spx: 6000.0,
        vix: 17.0,
    };

    #[test]
    fn no_move_and_no_time_is_exactly_today() {
        let params = ModelParams::default();
        let path = Path::to_move(&params, ORIGIN, Scenario::at(&params, Moment::NOW), 0.0);
        assert_eq!((path.spots[0], path.vix[0]), (6000.0, 17.0));
        assert_eq!((path.log_returns[0], path.log_vix[0]), (0.0, 0.0));
    }

    #[test]
    fn vol_crush_moves_vix_alone() {
        let params = ModelParams::default();
        let crush = PRESETS[7];
        let path = Path::to_move(
            &params,
            ORIGIN,
            Scenario::of_preset(&crush, Moment::NOW),
            crush.spx_pct,
        );
        assert_eq!(path.spots[0], 6000.0);
        assert!((path.vix[0] - 13.6).abs() < 1e-12);
    }
}
