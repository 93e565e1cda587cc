//! The cash press: where net vega should aim inside the band.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::modifiers::ModifierKind;
use super::super::words::{capital, fixed, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::BigTop, inputs);
    let press = limit!(case, signals.big_top.press_points, "Press");
    let build = limit!(case, signals.big_top.build_points, "Build");
    limit!(case, signals.big_top.target_off, "target");
    limit!(case, signals.big_top.target_press, "target in Press");
    limit!(
        case,
        signals.big_top.target_distribution,
        "target in Distribution"
    );
    let (phase, points) = (
        case.words(FactId::BigTopPhase),
        case.number(FactId::BigTopPoints),
    );
    let (Some(phase), Some(points)) = (phase, points) else {
        return case.unknown();
    };
    let rows = [
        (FactId::SpxOfHigh252, "SPX % of its high"),
        (FactId::XContangoCm, "slope % "),
        (FactId::IvRv, "implied over realised"),
        (FactId::SpxRsi14, "RSI"),
        (FactId::CondorDte, "condor days"),
    ];
    let figures: Vec<String> = rows
        .into_iter()
        .map(|(id, name)| {
            let value = case.beside(id);
            let decimals = id.unit().decimals().min(2);
            format!(
                "{} {}",
                name.trim_end(),
                value.map_or_else(|| "not known".to_owned(), |value| fixed(value, decimals))
            )
        })
        .collect();
    case.beside(FactId::BigTopUnknown);
    case.beside(FactId::BigTopTarget);
    let target = case.modifiers.get(ModifierKind::VegaTarget);
    let sentence = format!(
        "{} of five points ({}): {phase}; Press from {}, Build from {}. {}.",
        fixed(points, 0),
        figures.join(", "),
        trimmed(press, 0),
        trimmed(build, 0),
        capital(&target.reason)
    );
    let state = if phase.starts_with("Off") {
        RuleState::Pass
    } else {
        RuleState::Info
    };
    let headline = format!("{phase}, {} of five points", fixed(points, 0));
    case.found(state, headline, sentence)
        .away(press - points, Unit::Count)
        .flipped_by(if points >= press {
            "A point lost"
        } else {
            "Another point"
        })
}
