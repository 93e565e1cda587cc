//! False Binary, second half: adjusted too often, or taken back at once.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::words::{count, trimmed};
use super::threatened::any;
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Churn, inputs);
    let most = limit!(case, rules.false_binary.churn_adjustments, "adjustments");
    let days = limit!(case, rules.false_binary.churn_days, "within days");
    let back = limit!(case, rules.false_binary.reversal_days, "taken back within");
    let adjustments = case.number(FactId::Adjustments10);
    let reversals = case.number(FactId::Reversals10);
    let churns = any(&[
        adjustments.map(|count| count > most),
        reversals.map(|count| count >= 1.0),
    ]);
    let (Some(is_churn), Some(adjustments)) = (churns, adjustments) else {
        return case.unknown();
    };
    let taken_back = reversals.map_or_else(
        || "whether one was taken back is not known".to_owned(),
        |reversals| {
            format!(
                "{} taken back within {} days",
                count(reversals, "adjustment"),
                trimmed(back, 0)
            )
        },
    );
    let sentence = format!(
        "{} with an adjustment in {} days (more than {} is churn), {taken_back}.",
        count(adjustments, "day"),
        trimmed(days, 0),
        trimmed(most, 0)
    );
    let (state, headline) = if is_churn {
        (RuleState::Alert, "the book is adjusted too often")
    } else {
        (RuleState::Pass, "the book is not adjusted too often")
    };
    case.found(state, headline, sentence)
        .away(most - adjustments, Unit::Count)
        .flipped_by(if is_churn {
            "Days without an adjustment".to_owned()
        } else {
            format!(
                "{} from now, or one taken back",
                count(most - adjustments + 1.0, "adjustment")
            )
        })
}
