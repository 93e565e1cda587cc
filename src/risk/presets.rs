//! The named joint scenarios: what each assumes of SPX, time, stress and persistence.

/// What a preset does with VIX.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum VixRule {
    /// VIX answers the SPX move by the model.
    ByModel,
    /// VIX changes by this many per cent, whatever SPX does.
    Moved {
        /// Change of VIX in %, −20 for a fifth less.
        pct: f64,
    },
}

/// One named scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// Its name on the screen and in reports.
    pub name: &'static str,
    /// Simple SPX move in %.
    pub spx_pct: f64,
    /// Horizon in trading days.
    pub trading_days: u32,
    /// Stress multiple m of the VIX response.
    pub stress: f64,
    /// Persistence tau of the VIX curve, in calendar days.
    pub curve_tau_days: f64,
    /// What VIX does.
    pub vix: VixRule,
}

impl Preset {
    /// Whether the move lies beyond the sample that the response was fitted to (−12 % over its horizons).
    pub fn is_extrapolated(&self) -> bool {
        is_extrapolated(self.spx_pct)
    }
}

/// Whether a simple SPX move lies beyond the sample's largest (−12 %; +12 % on the other side).
pub fn is_extrapolated(spx_pct: f64) -> bool {
    spx_pct.abs() > 12.0
}

const fn preset(
    name: &'static str,
    spx_pct: f64,
    trading_days: u32,
    stress: f64,
    curve_tau_days: f64,
) -> Preset {
    Preset {
        name,
        spx_pct,
        trading_days,
        stress,
        curve_tau_days,
        vix: VixRule::ByModel,
    }
}

/// All presets, mild to severe, then the upside and the fall of vol alone.
pub const PRESETS: [Preset; 8] = [
    preset("Calm", 1.0, 5, 1.0, 21.0),
    preset("Grind", -3.0, 10, 1.0, 21.0),
    preset("Sell-off", -5.0, 1, 1.35, 32.0),
    preset("Squeeze", -4.0, 1, 3.0, 32.0),
    preset("Crisis", -12.0, 5, 1.35, 32.0),
    preset("Meltdown", -30.0, 19, 1.0, 55.0),
    preset("Melt-up", 5.0, 21, 1.0, 21.0),
    Preset {
        vix: VixRule::Moved { pct: -20.0 },
        ..preset("Vol crush", 0.0, 5, 1.0, 21.0)
    },
];

/// The instant SPX moves of the crash table, in simple %, worst first.
pub const CRASH_MOVES_PCT: [f64; 6] = [-20.0, -10.0, -5.0, -3.0, 3.0, 5.0];

#[cfg(test)]
mod tests {
    use super::PRESETS;

    #[test]
    fn only_the_meltdown_lies_beyond_the_sample() {
        let beyond: Vec<&str> = PRESETS
            .iter()
            .filter(|p| p.is_extrapolated())
            .map(|p| p.name)
            .collect();
        assert_eq!(beyond, ["Meltdown"]);
    }
}
