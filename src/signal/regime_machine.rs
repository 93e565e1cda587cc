//! The state behind the regime, bar by bar: MACD of the slope, confirmation, forces, changes.

use jiff::civil::Date;

use super::regime::{Force, Regime, RegimeBar, RegimeChange, RegimeParams};
use crate::indicator::{Incremental as _, Macd, MacdValue, Stdev};

/// The state after a bar.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Now {
    pub date: Date,
    pub slope_pct: f64,
    pub bar: MacdValue,
    pub hist_needed: f64,
    pub underlying: Regime,
    pub pending: Option<Regime>,
    pub forced_by: Vec<Force>,
}

impl Now {
    /// The state that counts.
    pub(super) fn regime(&self) -> Regime {
        if self.forced_by.is_empty() {
            self.underlying
        } else {
            Regime::Steward
        }
    }
}

/// Takes bars in order.
pub(super) struct Machine<'a> {
    params: &'a RegimeParams,
    macd: Macd,
    spread: Stdev,
    /// Closes in a row that point away from the underlying state.
    closes: usize,
    pub now: Option<Now>,
    pub history: Vec<RegimeChange>,
}

impl<'a> Machine<'a> {
    pub(super) fn new(params: &'a RegimeParams) -> Self {
        Self {
            params,
            macd: Macd::default(),
            spread: Stdev::new(params.deviation_bars),
            closes: 0,
            now: None,
            history: Vec::new(),
        }
    }

    /// Takes a bar; one without a slope is passed over.
    pub(super) fn push(&mut self, bar: &RegimeBar) {
        let Some(slope_pct) = bar.slope_pct else {
            return;
        };
        let Some(value) = self.macd.push(slope_pct) else {
            return;
        };
        let Some(spread) = self.spread.push(value.hist) else {
            return;
        };
        let hist_needed = self.params.deviation_share * spread;
        let before = self.now.as_ref().map(|now| now.underlying);
        let pointed = pointed(value.hist, slope_pct);
        // the first bar has no state to keep
        let first = pointed.unwrap_or(Regime::Steward);
        let (underlying, pending) = match before {
            None => (first, None),
            Some(state) => self.step(state, pointed, value.hist.abs() > hist_needed),
        };
        let now = Now {
            date: bar.date,
            slope_pct,
            bar: value,
            hist_needed,
            underlying,
            pending,
            forced_by: self.forces(bar, slope_pct),
        };
        self.record(&now);
        self.now = Some(now);
    }

    /// The underlying state after a close, and the one it points to without confirming it.
    fn step(
        &mut self,
        state: Regime,
        pointed: Option<Regime>,
        stands_out: bool,
    ) -> (Regime, Option<Regime>) {
        let Some(other) = pointed.filter(|pointed| *pointed != state) else {
            self.closes = 0;
            return (state, None);
        };
        self.closes += 1;
        if self.closes >= self.params.closes && stands_out {
            self.closes = 0;
            return (other, None);
        }
        (state, Some(other))
    }

    fn forces(&self, bar: &RegimeBar, slope_pct: f64) -> Vec<Force> {
        let is_high = bar.vix.is_some_and(|vix| vix > self.params.vix_limit);
        [
            (is_high, Force::HighVix),
            (bar.in_event_window, Force::EventWindow),
            (slope_pct <= 0.0, Force::Backwardation),
        ]
        .into_iter()
        .filter_map(|(holds, force)| holds.then_some(force))
        .collect()
    }

    fn record(&mut self, now: &Now) {
        if self.history.last().map(|change| change.to) != Some(now.regime()) {
            self.history.push(RegimeChange {
                date: now.date,
                to: now.regime(),
                forced_by: now.forced_by.clone(),
            });
        }
    }
}

/// What one close says; nothing when the histogram is exactly 0 in contango.
fn pointed(hist: f64, slope_pct: f64) -> Option<Regime> {
    if hist < 0.0 || slope_pct <= 0.0 {
        Some(Regime::Steward)
    } else if hist > 0.0 {
        Some(Regime::Promoter)
    } else {
        None
    }
}
