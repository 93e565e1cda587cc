//! A shift of the dollar's real effective rate.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::words::{fixed, signed, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::ExchangeRate, inputs);
    let limit = limit!(case, signals.reer.limit, "shift from");
    let factor = limit!(
        case,
        signals.reer.expected_move_factor,
        "factor on the expected move"
    );
    let (on, z) = (case.flag(FactId::ReerShift), case.number(FactId::ReerZ));
    let (Some(is_on), Some(z)) = (on, z) else {
        return case.unknown();
    };
    let what = if is_on {
        format!(
            "a shift: no widening, expected move × {}; a flag, never a block",
            trimmed(factor, 2)
        )
    } else {
        "no shift".to_owned()
    };
    let sentence = format!(
        "The three-month change of the dollar's real effective rate stands {} deviations from its five years (shift from {} either way): {what}.",
        signed(z, 2),
        trimmed(limit, 1)
    );
    let headline = format!(
        "exchange rate {} deviations from its five years",
        signed(z, 1)
    );
    let state = if is_on {
        RuleState::Alert
    } else {
        RuleState::Pass
    };
    let room = limit - z.abs();
    case.found(state, headline, sentence)
        .away(room, Unit::Deviations)
        .flipped_by(format!(
            "{} deviations {}",
            fixed(room.abs(), 2),
            if is_on { "less" } else { "more" }
        ))
}
