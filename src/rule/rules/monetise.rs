//! Taking half of the First layer's gain, and when the money goes back to work.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{fixed, told, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Monetise, inputs);
    let from = limit!(case, monetise.vix_from, "from VIX");
    let multiple = limit!(case, monetise.marked_at, "times cost");
    let share = limit!(case, monetise.share_sold, "sold");
    let held = case.number(FactId::FirstContracts);
    if held == Some(0.0) {
        return case
            .found(
                RuleState::Pass,
                "no First layer",
                "No First layer is held, so there is no gain to take.",
            )
            .flipped_by("A First layer that has paid");
    }
    let (vix, of_cost) = (case.number(FactId::Vix), case.number(FactId::FirstOfCost));
    let tests = [
        vix.map(|vix| vix >= from),
        of_cost.map(|of_cost| of_cost >= multiple),
    ];
    if held.is_none() || (!tests.contains(&Some(false)) && tests.contains(&None)) {
        return case.unknown();
    }
    let figures = format!(
        "The First layer is marked at {} times its cost (from {}), VIX is {} (from {})",
        told(of_cost, 2, ""),
        trimmed(multiple, 1),
        told(vix, 2, ""),
        trimmed(from, 1)
    );
    let reinvest = reinvest(&mut case);
    let room = multiple - of_cost.unwrap_or(multiple);
    if tests.contains(&Some(false)) {
        let headline = format!("First layer at {} times its cost", told(of_cost, 2, ""));
        let sentence = format!("{figures}: nothing to take. {reinvest}");
        let flips = format!(
            "The First layer at {} times its cost with VIX at {} or above",
            trimmed(multiple, 1),
            trimmed(from, 1)
        );
        return case
            .found(RuleState::Pass, headline, sentence)
            .away(room, Unit::MultipleOfCost)
            .flipped_by(flips);
    }
    let sell = format!("sell {} %", trimmed(100.0 * share, 0));
    let headline = format!(
        "First layer at {} times its cost: {sell}",
        told(of_cost, 2, "")
    );
    let sentence = format!("{figures}: {sell} of it. {reinvest}");
    case.found(RuleState::Alert, headline, sentence)
        .asking(Stance::Trim)
        .away(room, Unit::MultipleOfCost)
        .flipped_by("The gain taken, or VIX lower")
}

/// When the proceeds go back to work.
fn reinvest(case: &mut Case<'_>) -> String {
    let below = limit!(case, monetise.below_high, "below its high");
    let second = limit!(case, monetise.reinvest_second, "into Second");
    let third = limit!(case, monetise.reinvest_third, "into Third");
    let where_to = format!(
        "{} % into the Second layer, {} % into the Third, no new cash",
        fixed(100.0 * second, 0),
        fixed(100.0 * third, 0)
    );
    let (close, average, fallen) = (
        case.beside(FactId::VixClose),
        case.beside(FactId::VixSma5),
        case.beside(FactId::VixBelowHigh),
    );
    let (Some(close), Some(average), Some(fallen)) = (close, average, fallen) else {
        return format!(
            "Proceeds go {where_to}, once VIX is below its average and {} % below its high; neither is known.",
            trimmed(100.0 * below, 0)
        );
    };
    let is_time = close < average && fallen >= 100.0 * below;
    format!(
        "Proceeds go {where_to}, once VIX is below its average ({} against {}) and {} % below its high (now {} %): {}.",
        fixed(close, 2),
        fixed(average, 2),
        trimmed(100.0 * below, 0),
        fixed(fallen, 0),
        if is_time { "now" } else { "not yet" }
    )
}
