//! Rolls of the campaign.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::words::{count, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::RollLimit, inputs);
    let most = limit!(case, rules.roll.most_rolls, "most");
    let Some(rolls) = case.number(FactId::Rolls) else {
        return case.unknown();
    };
    let cash = case.beside(FactId::Realised);
    let state = if rolls > most {
        RuleState::Breach
    } else if rolls == most {
        RuleState::Alert
    } else {
        RuleState::Pass
    };
    let left = if rolls < most {
        format!("{} left", count(most - rolls, "roll"))
    } else {
        "no further roll is accepted".to_owned()
    };
    let carried = cash.map_or_else(String::new, |cash| {
        format!(
            " All fills so far brought {}: a roll never hides a loss.",
            super::super::words::usd(cash)
        )
    });
    let sentence = format!(
        "The campaign rolled on {} of at most {}: {left}.{carried}",
        count(rolls, "day"),
        trimmed(most, 0)
    );
    let headline = format!("rolled on {}, {left}", count(rolls, "day"));
    case.found(state, headline, sentence)
        .away(most - rolls, Unit::Count)
        .flipped_by(if rolls < most {
            format!("{} from now", count(most - rolls, "roll"))
        } else {
            "A new campaign".to_owned()
        })
}
