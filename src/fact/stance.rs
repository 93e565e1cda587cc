//! Facts of the cash press, which are made of others.

use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::value::Missing;
use crate::signal::{BigTop, BigTopInput, Phase, big_top};

pub(super) fn gather(facts: &mut Collector<'_>) {
    let number = |id: FactId| facts.found(id).ok().map(|found| found.value);
    let track = facts
        .known
        .and_then(|known| Some((&known.derived.spx, known.spx_place().ok()?)));
    let closes = track.map_or(&[][..], |(track, place)| {
        let from = (place + 1).saturating_sub(facts.params.big_top.high_bars);
        &track.closes[from..=place]
    });
    let input = BigTopInput {
        closes,
        slope_pct: number(FactId::XContangoCm),
        vol_ratio: number(FactId::IvRv),
        rsi: number(FactId::SpxRsi14),
        condor_dte: number(FactId::CondorDte),
        negative_divergence: facts.found_flag(FactId::BreadthNegative),
    };
    let read = big_top(&input, &facts.params.big_top);
    let origin = origin(facts);
    let decided = decided(&read, &facts.params.big_top);
    let of = |is_known: bool, value: f64| -> Lookup<f64> {
        let origin = origin.as_ref().filter(|_| is_known);
        let origin = origin.ok_or_else(|| unknown_points(facts))?;
        Ok(origin.with(value))
    };
    let points = of(true, read.score as f64);
    let unknown = of(true, read.unknown as f64);
    let needs_breadth = read.phase == Phase::Press && input.negative_divergence.is_none();
    let target = of(decided && !needs_breadth, read.vega_target);
    let phase = of(decided, 0.0).map(|found| {
        found.with(match (read.phase, read.is_distribution) {
            (Phase::Off, false) => "Off",
            (Phase::Build, false) => "Build",
            (Phase::Press, false) => "Press",
            (Phase::Off, true) => "Off, distribution",
            (Phase::Build, true) => "Build, distribution",
            (Phase::Press, true) => "Press, distribution",
        })
    });
    facts.state(FactId::BigTopPhase, phase);
    facts.number(FactId::BigTopPoints, points);
    facts.number(FactId::BigTopUnknown, unknown);
    facts.number(FactId::BigTopTarget, target);
}

/// The facts that earn points.
const INPUTS: [FactId; 5] = [
    FactId::SpxOfHigh252,
    FactId::XContangoCm,
    FactId::IvRv,
    FactId::SpxRsi14,
    FactId::CondorDte,
];

/// As fresh as the stalest of the facts that are known.
fn origin(facts: &Collector<'_>) -> Option<Found<()>> {
    let days = INPUTS.iter().filter_map(|id| facts.found(*id).ok());
    let stalest = days.map(|found| found.as_of).min()?;
    Some(Found::new((), "five facts", stalest))
}

fn unknown_points(facts: &Collector<'_>) -> Missing {
    let unknown = INPUTS.iter().filter(|id| facts.found(**id).is_err());
    let names: Vec<&str> = unknown.map(|id| id.key()).collect();
    Missing {
        why: format!(
            "points that could change the phase are not known: {}",
            names.join(", ")
        ),
        import_what: "SPX, VIX, VX".to_owned(),
    }
}

/// Whether the points that are not known leave the phase as it is.
fn decided(read: &BigTop, params: &crate::signal::BigTopParams) -> bool {
    let best = read.score + read.unknown;
    match read.phase {
        Phase::Press => true,
        Phase::Build => best < params.press_points,
        Phase::Off => best < params.build_points,
    }
}
