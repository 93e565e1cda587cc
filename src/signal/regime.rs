//! Regime: Steward (mitigate risk) or Promoter (enhance yield), read from MACD on the slope of the VIX futures.
//!
//! The slope X is that of the constant-maturity 60-day over the 30-day future; VX2/VX1 and VIX3M/VIX stand in
//! where it is not long enough, and the finding names which one was used. Promoter needs a rising slope
//! (histogram above 0) and contango; Steward follows from either failing. A change needs two closes and a
//! histogram that stands out; until then the last state is kept and the regime is in transition. High VIX, an
//! event window and backwardation force Steward at once; when they pass, the state read from MACD is back.

use jiff::civil::Date;
use thiserror::Error;

use super::params::signal_params;
use super::regime_machine::Machine;

signal_params! {
    /// Parameters of the regime.
    RegimeParams of regime: RegimeNumbers {
        min_bars: usize,
        better_bars: usize,
        deviation_bars: usize,
        deviation_share: f64,
        closes: usize,
        vix_limit: f64,
    }
}

/// The two regimes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regime {
    /// Mitigate risk: hedge on ties, smaller size.
    Steward,
    /// Enhance yield: roll on ties, the band may widen.
    Promoter,
}

impl Regime {
    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Steward => "Steward",
            Self::Promoter => "Promoter",
        }
    }
}

/// What forces Steward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Force {
    /// VIX above its limit.
    HighVix,
    /// A window around a macro release.
    EventWindow,
    /// The slope is 0 or below.
    Backwardation,
}

impl Force {
    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::HighVix => "VIX above its limit",
            Self::EventWindow => "event window",
            Self::Backwardation => "backwardation",
        }
    }
}

/// Which series the slope came from, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlopeSource {
    /// Constant-maturity 60-day over 30-day future.
    ConstantMaturity,
    /// Second over first listed future; jumps at rolls.
    ListedFutures,
    /// VIX3M over VIX.
    Vix3mOverVix,
}

impl SlopeSource {
    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::ConstantMaturity => "60-day over 30-day VX",
            Self::ListedFutures => "VX2 over VX1 (fallback)",
            Self::Vix3mOverVix => "VIX3M over VIX (fallback)",
        }
    }

    /// Whether it only stands in.
    pub fn is_fallback(self) -> bool {
        self != Self::ConstantMaturity
    }
}

/// One day of inputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegimeBar {
    /// The day.
    pub date: Date,
    /// X in %; `None` where it is not known: the day is then passed over.
    pub slope_pct: Option<f64>,
    /// Close of VIX; `None` forces nothing.
    pub vix: Option<f64>,
    /// Whether the day lies in an event window.
    pub in_event_window: bool,
}

/// A slope series to choose from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlopeSeries<'a> {
    /// Where it comes from.
    pub source: SlopeSource,
    /// Its days.
    pub bars: &'a [RegimeBar],
}

/// A change of regime, for the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegimeChange {
    /// First day of the new state.
    pub date: Date,
    /// The new state.
    pub to: Regime,
    /// What forced it; empty when MACD did.
    pub forced_by: Vec<Force>,
}

/// The regime at the last bar, with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct RegimeFinding {
    /// The day.
    pub date: Date,
    /// The state that counts, forces included.
    pub regime: Regime,
    /// The state that MACD gives, forces aside.
    pub underlying: Regime,
    /// The state that the last closes point to, when it is not confirmed yet: transition.
    pub transition_to: Option<Regime>,
    /// What forces Steward today.
    pub forced_by: Vec<Force>,
    /// Which slope was used.
    pub source: SlopeSource,
    /// X, %.
    pub slope_pct: f64,
    /// MACD of X, in percentage points.
    pub macd: f64,
    /// Its signal line.
    pub signal: f64,
    /// MACD less signal.
    pub hist: f64,
    /// What the histogram has to exceed for a change, percentage points.
    pub hist_needed: f64,
    /// Bars used.
    pub bars: usize,
    /// Whether there are enough bars for the seeding to be forgotten.
    pub is_well_seeded: bool,
    /// Every change, oldest first; the first entry is the state that the history began with.
    pub history: Vec<RegimeChange>,
}

impl RegimeFinding {
    /// Whether a change is under way: the state shown as "Transition".
    pub fn is_transition(&self) -> bool {
        self.transition_to.is_some() && self.forced_by.is_empty()
    }

    /// The state's name on the screen.
    pub fn label(&self) -> &'static str {
        if self.is_transition() {
            "Transition"
        } else {
            self.regime.label()
        }
    }

    /// Changes after a day, for rules that ask how often the regime turned.
    pub fn changes_since(&self, day: Date) -> usize {
        self.history
            .iter()
            .skip(1)
            .filter(|change| change.date > day)
            .count()
    }
}

/// Why there is no regime.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum RegimeError {
    /// Too little history.
    #[error("insufficient data: {found} bars of the slope, {needed} are needed")]
    Insufficient {
        /// Bars with a slope.
        found: usize,
        /// Bars needed.
        needed: usize,
    },
}

/// The regime of a slope series at its last bar.
///
/// # Errors
/// [`RegimeError::Insufficient`] with fewer bars than the deviation of the histogram needs.
pub fn regime(
    series: SlopeSeries<'_>,
    params: &RegimeParams,
) -> Result<RegimeFinding, RegimeError> {
    let usable = series
        .bars
        .iter()
        .filter(|bar| bar.slope_pct.is_some_and(f64::is_finite));
    let found = usable.clone().count();
    let insufficient = RegimeError::Insufficient {
        found,
        needed: params.min_bars,
    };
    if found < params.min_bars {
        return Err(insufficient);
    }
    let mut machine = Machine::new(params);
    for bar in usable {
        machine.push(bar);
    }
    let now = machine.now.ok_or(insufficient)?;
    Ok(RegimeFinding {
        date: now.date,
        regime: now.regime(),
        underlying: now.underlying,
        transition_to: now.pending,
        forced_by: now.forced_by,
        source: series.source,
        slope_pct: now.slope_pct,
        macd: now.bar.macd,
        signal: now.bar.signal,
        hist: now.bar.hist,
        hist_needed: now.hist_needed,
        bars: found,
        is_well_seeded: found >= params.better_bars,
        history: machine.history,
    })
}

#[cfg(test)]
mod tests;
