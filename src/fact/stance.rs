//! Facts of the cash press, which are made of others.

use super::collector::{Collector, Lookup};
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
    let inputs = [
        FactId::SpxOfHigh252,
        FactId::XContangoCm,
        FactId::IvRv,
        FactId::SpxRsi14,
        FactId::CondorDte,
    ];
    let origin = inputs
        .iter()
        .filter_map(|id| facts.found(*id).ok())
        .map(|found| found.with(()))
        .reduce(|left, right| {
            let as_of = left.as_of.min(right.as_of);
            super::collector::Found { as_of, ..left }
        });
    let origin = origin.map(|found| super::collector::Found {
        source: "five facts".to_owned(),
        ..found
    });
    let missing = || {
        let names: Vec<&str> = inputs
            .iter()
            .filter(|id| facts.found(**id).is_err())
            .map(|id| id.key())
            .collect();
        Missing {
            why: format!(
                "points that could change the phase are not known: {}",
                names.join(", ")
            ),
            import_what: "SPX, VIX, VX".to_owned(),
        }
    };
    let decided = decided(&read, &facts.params.big_top);
    let of = |is_known: bool, value: f64| -> Lookup<f64> {
        let origin = origin.as_ref().filter(|_| is_known).ok_or_else(missing)?;
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

/// Whether the points that are not known leave the phase as it is.
fn decided(read: &BigTop, params: &crate::signal::BigTopParams) -> bool {
    let best = read.score + read.unknown;
    match read.phase {
        Phase::Press => true,
        Phase::Build => best < params.press_points,
        Phase::Off => best < params.build_points,
    }
}
