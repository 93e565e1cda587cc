//! The regime at every close of a slope series, so that any day can be asked without running it again.

use jiff::civil::Date;

use super::regime::{
    Force, Regime, RegimeBar, RegimeChange, RegimeError, RegimeFinding, RegimeParams, SlopeSource,
};
use super::regime_machine::{Machine, Now};
use crate::indicator::MacdValue;

/// The regime at one close.
#[derive(Clone, Debug, PartialEq)]
pub struct RegimePoint {
    /// The day.
    pub date: Date,
    /// The state that counts, forces included.
    pub regime: Regime,
    /// The state that MACD gives, forces aside.
    pub underlying: Regime,
    /// The state that the last closes point to without confirming it.
    pub transition_to: Option<Regime>,
    /// What forces Steward.
    pub forced_by: Vec<Force>,
    /// X, %.
    pub slope_pct: f64,
    /// MACD of X, percentage points.
    pub bar: MacdValue,
    /// What the histogram has to exceed for a change, percentage points.
    pub hist_needed: f64,
}

impl From<Now> for RegimePoint {
    fn from(now: Now) -> Self {
        Self {
            date: now.date,
            regime: now.regime(),
            underlying: now.underlying,
            transition_to: now.pending,
            forced_by: now.forced_by,
            slope_pct: now.slope_pct,
            bar: now.bar,
            hist_needed: now.hist_needed,
        }
    }
}

/// A day of a slope series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SlopeDay {
    /// The day.
    pub date: Date,
    /// X, %.
    pub slope_pct: f64,
    /// MACD of X, percentage points; `None` until there are enough days.
    pub macd: Option<MacdValue>,
}

/// The regime along a slope series. Each point depends on the bars up to its own alone.
#[derive(Clone, Debug, PartialEq)]
pub struct RegimeTrack {
    source: SlopeSource,
    params: RegimeParams,
    /// Days with a slope.
    days: Vec<SlopeDay>,
    points: Vec<RegimePoint>,
    changes: Vec<RegimeChange>,
}

impl RegimeTrack {
    /// Runs along the bars, oldest first; those without a slope are passed over.
    pub fn of(source: SlopeSource, bars: &[RegimeBar], params: &RegimeParams) -> Self {
        let mut machine = Machine::new(params);
        let (mut days, mut points) = (Vec::new(), Vec::new());
        for bar in bars {
            let Some(slope_pct) = bar.slope_pct.filter(|slope| slope.is_finite()) else {
                continue;
            };
            machine.push(bar);
            let now = machine.now.as_ref().filter(|now| now.date == bar.date);
            days.push(SlopeDay {
                date: bar.date,
                slope_pct,
                macd: now.map(|now| now.bar),
            });
            if let Some(now) = now
                && days.len() >= params.min_bars
            {
                points.push(now.clone().into());
            }
        }
        Self {
            source,
            params: *params,
            days,
            points,
            changes: machine.history,
        }
    }

    /// Which slope it was made of.
    pub fn source(&self) -> SlopeSource {
        self.source
    }

    /// Every day with a slope, oldest first.
    pub fn days(&self) -> &[SlopeDay] {
        &self.days
    }

    /// The closes at which there is a regime, oldest first.
    pub fn points(&self) -> &[RegimePoint] {
        &self.points
    }

    /// Every change, oldest first; the first entry is the state that the history began with.
    pub fn changes(&self) -> &[RegimeChange] {
        &self.changes
    }

    /// The last close of `day` or before with a regime.
    pub fn point_on_or_before(&self, day: Date) -> Option<&RegimePoint> {
        let after = self.points.partition_point(|point| point.date <= day);
        self.points.get(after.checked_sub(1)?)
    }

    /// The regime as it was known after the close of a day.
    ///
    /// # Errors
    /// [`RegimeError::Insufficient`] with fewer closes by then than the deviation of the histogram needs.
    pub fn finding_on(&self, day: Date) -> Result<RegimeFinding, RegimeError> {
        let bars = self.days.partition_point(|known| known.date <= day);
        let point = self
            .point_on_or_before(day)
            .ok_or(RegimeError::Insufficient {
                found: bars,
                needed: self.params.min_bars,
            })?;
        let changes = self.changes.partition_point(|change| change.date <= day);
        Ok(RegimeFinding {
            date: point.date,
            regime: point.regime,
            underlying: point.underlying,
            transition_to: point.transition_to,
            forced_by: point.forced_by.clone(),
            source: self.source,
            slope_pct: point.slope_pct,
            macd: point.bar.macd,
            signal: point.bar.signal,
            hist: point.bar.hist,
            hist_needed: point.hist_needed,
            bars,
            is_well_seeded: bars >= self.params.better_bars,
            history: self.changes[..changes].to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::*;
    use crate::signal::{SlopeSeries, regime};

    fn bars() -> Vec<RegimeBar> {
        (0..260_i32)
            .map(|day| RegimeBar {
                date: date(2024, 1, 1).saturating_add(day.days()),
                slope_pct: (day % 17 != 3).then(|| 4.0 + 3.0 * (f64::from(day) / 9.0).sin()),
                vix: Some(if day % 50 > 45 { 24.0 } else { 16.0 }),
                in_event_window: day % 31 < 3,
            })
            .collect()
    }

    #[test]
    fn every_day_is_what_the_regime_of_the_bars_until_then_is() {
        let (bars, params) = (bars(), RegimeParams::default());
        let source = SlopeSource::ConstantMaturity;
        let track = RegimeTrack::of(source, &bars, &params);
        for end in [40, 98, 99, 120, 203, 260] {
            let known = &bars[..end];
            let alone = regime(
                SlopeSeries {
                    source,
                    bars: known,
                },
                &params,
            );
            let day = known[end - 1].date;
            assert_eq!(track.finding_on(day), alone, "{end} bars");
        }
        assert!(track.changes().len() > 3);
    }
}
