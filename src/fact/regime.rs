//! Facts of the regime and of the slope that it is read from.

use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::value::Missing;
use crate::calendar::business_days_between;
use crate::signal::{RegimeFinding, RegimeTrack};

/// The word where nothing applies.
pub(super) const NONE: &str = "none";

pub(super) fn gather(facts: &mut Collector<'_>) {
    let found = finding(facts);
    let of = |take: &dyn Fn(&RegimeFinding) -> f64| -> Lookup<f64> {
        let found = found.as_ref().map_err(Clone::clone)?;
        Ok(found.with(take(&found.value)))
    };
    let state = |take: &dyn Fn(&RegimeFinding) -> &'static str| {
        let found = found.as_ref().map_err(Clone::clone)?;
        Ok(found.with(take(&found.value)))
    };
    let text = |take: &dyn Fn(&RegimeFinding) -> String| {
        let found = found.as_ref().map_err(Clone::clone)?;
        Ok(found.with(take(&found.value)))
    };
    facts.state(FactId::Regime, state(&|found| found.regime.label()));
    facts.state(FactId::RegimeBase, state(&|found| found.underlying.label()));
    let pending = |found: &RegimeFinding| {
        found
            .transition_to
            .map_or(NONE, |regime| regime.label())
            .to_owned()
    };
    facts.text(FactId::RegimePending, text(&pending));
    facts.text(FactId::RegimeForcedBy, text(&forced_by));
    let age = |found: &RegimeFinding| {
        let last = found.history.last().map_or(found.date, |last| last.date);
        f64::from(business_days_between(last, found.date))
    };
    facts.number(FactId::RegimeAge, of(&age));
    let sessions = facts.pack().rules.false_binary.loyal_sessions.value as i32;
    let changes = |found: &RegimeFinding| {
        let from = crate::calendar::add_trading_days(found.date, -sessions);
        found.changes_since(from) as f64
    };
    facts.number(FactId::RegimeChanges60, of(&changes));
    facts.number(FactId::MacdLine, of(&|found| found.macd));
    facts.number(FactId::MacdSignal, of(&|found| found.signal));
    facts.number(FactId::MacdHist, of(&|found| found.hist));
    facts.number(FactId::MacdNeeded, of(&|found| found.hist_needed));
    facts.number(FactId::MacdBars, of(&|found| found.bars as f64));
    let slope = slope(facts);
    facts.number(FactId::XContangoCm, slope);
}

fn forced_by(found: &RegimeFinding) -> String {
    let forces: Vec<&str> = found.forced_by.iter().map(|force| force.label()).collect();
    if forces.is_empty() {
        NONE.to_owned()
    } else {
        forces.join(", ")
    }
}

/// The regime after the last known close, with its slope as the source.
pub(super) fn finding(facts: &Collector<'_>) -> Lookup<RegimeFinding> {
    let known = facts.history("VX")?;
    let day = known.days.close;
    if let Some(found) = known.derived.regime_on(day) {
        let (source, date) = (found.source.label(), found.date);
        return Ok(Found::new(found, source, date));
    }
    let reason = |track: &RegimeTrack| track.finding_on(day).err();
    let why = known.derived.regimes().iter().find_map(reason).map_or_else(
        || "no slope: neither VIX futures nor VIX3M in the library".to_owned(),
        |error| error.to_string(),
    );
    Err(Missing {
        why,
        import_what: format!("VX, at least {} closes", facts.params.regime.min_bars),
    })
}

/// X: of the last known close, else of the futures that stand in the marks.
fn slope(facts: &Collector<'_>) -> Lookup<f64> {
    let closes = facts.history("VX").and_then(|known| {
        let (place, track) = (known.vx_place()?, &known.derived.vx);
        Ok(Found::new(track.slope_pct[place], "VX", track.dates[place]))
    });
    closes.or_else(|missing| {
        let curve = super::curve::entered(facts).ok_or(missing)?;
        Ok(facts.mark(curve.constant_maturity_slope_pct()))
    })
}
