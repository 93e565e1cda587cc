//! Price over cash flow, high and rising: levels of intervention come earlier.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::words::{told, told_signed, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::CashFlow, inputs);
    let high = limit!(case, signals.cash_flow.over_median, "of its median");
    let rise = limit!(case, signals.cash_flow.rise, "rise");
    let level = limit!(
        case,
        signals.cash_flow.alert_expected_moves,
        "break-evens alerted at"
    );
    let delta = limit!(
        case,
        signals.cash_flow.short_strike_delta,
        "strikes threatened at"
    );
    let Some(is_on) = case.flag(FactId::PcfHigh) else {
        return case.unknown();
    };
    let of_median = case.beside(FactId::PcfOfMedian);
    let change = case.beside(FactId::PcfChange);
    let what = if is_on {
        format!(
            "break-evens are alerted from {} expected moves and strikes threatened from {} delta; a flag, never a block",
            trimmed(level, 2),
            trimmed(delta, 2)
        )
    } else {
        "levels stay as they are".to_owned()
    };
    let sentence = format!(
        "Price over cash flow is {} its five-year median (high above {}) and {} on the quarter (from +{} %): {what}.",
        told(of_median, 2, "times"),
        trimmed(high, 2),
        told_signed(change, 1, "%"),
        trimmed(100.0 * rise, 1)
    );
    let (state, headline) = if is_on {
        (RuleState::Alert, "price over cash flow is high and rising")
    } else {
        (
            RuleState::Pass,
            "price over cash flow is not both high and rising",
        )
    };
    let finding = case.found(state, headline, sentence).flipped_by(if is_on {
        "A lower ratio, or a quarter without a rise"
    } else {
        "A ratio that is both high and rising"
    });
    match of_median {
        Some(of_median) => finding.away(high - of_median, Unit::Ratio),
        None => finding,
    }
}
