//! The First layer's immediate volatility signal.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::words::{told, told_signed, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::FirstSignal, inputs);
    let stdevs = limit!(case, signals.front_vol.stdevs, "deviations");
    let over = limit!(case, signals.front_vol.over_average, "over its average");
    let closes = limit!(
        case,
        signals.front_vol.hold_closes,
        "closes on which ties turn"
    );
    let Some(is_on) = case.flag(FactId::FrontSignal) else {
        return case.unknown();
    };
    let change = case.beside(FactId::FrontChangeSd);
    let (first, second) = (case.beside(FactId::Vx1), case.beside(FactId::Vx2));
    let above = case.beside(FactId::FrontOverSma5);
    let ties = case.beside_flag(FactId::FrontTies) == Some(true);
    let sentence = format!(
        "The nearest VIX future changed {} in a day (signal from {}), stands at {} against {} for the second (signal above it) and {} over its average (signal from {} %). {} It tightens nothing by itself{}.",
        told_signed(change, 1, "deviations"),
        trimmed(stdevs, 1),
        told(first, 2, ""),
        told(second, 2, ""),
        told_signed(above, 1, "%"),
        trimmed(100.0 * over, 1),
        if is_on {
            "Volatility signal."
        } else {
            "No signal."
        },
        if ties {
            format!("; ties turn to hedge for {} closes", trimmed(closes, 0))
        } else {
            String::new()
        }
    );
    let (state, headline, flips) = if is_on {
        (
            RuleState::Alert,
            "the nearest future warns of volatility",
            "A close without any of the three".to_owned(),
        )
    } else {
        (
            RuleState::Pass,
            "no volatility signal",
            format!(
                "A rise of {} deviations in a day, backwardation, or {} % over the average",
                trimmed(stdevs, 1),
                trimmed(100.0 * over, 1)
            ),
        )
    };
    let finding = case.found(state, headline, sentence).flipped_by(flips);
    match change {
        Some(change) => finding.away(stdevs - change, Unit::Deviations),
        None => finding,
    }
}
