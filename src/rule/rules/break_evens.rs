//! Break-even distance in expected moves.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::modifiers::ModifierKind;
use super::super::stance::Stance;
use super::super::words::{capital, fixed, signed, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

/// Levels of the break-evens as they count today.
pub(super) struct Levels {
    /// From here on: pass.
    pub pass: f64,
    /// Below: breach.
    pub breach: f64,
    /// Factor on the expected move.
    pub factor: f64,
}

/// Reads the levels, modifiers included.
pub(super) fn levels(case: &mut Case<'_>) -> Levels {
    let numbers = &case.pack.break_evens;
    let modifiers = case.modifiers;
    let earlier = modifiers.get(ModifierKind::EarlierLevels).amount;
    let is_earlier = modifiers.is_on(ModifierKind::EarlierLevels);
    let pass = if is_earlier {
        numbers.pass.value.max(earlier)
    } else {
        numbers.pass.value
    };
    let pass = case.changed(
        ("break_evens.pass", "pass"),
        &numbers.pass,
        pass,
        modifiers.changed_by(ModifierKind::EarlierLevels),
    );
    let breach = limit!(case, break_evens.alert, "breach below");
    let factor = modifiers.move_factor();
    if factor != 1.0 {
        let number = &case.pack.signals.reer.expected_move_factor;
        case.changed(
            (
                "signals.reer.expected_move_factor",
                "factor on the expected move",
            ),
            number,
            factor,
            modifiers.changed_by(ModifierKind::ExpectedMove),
        );
    }
    Levels {
        pass,
        breach,
        factor,
    }
}

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::BreakEvens, inputs);
    let levels = levels(&mut case);
    let Some(raw) = case.number(FactId::BreakEvenMargin) else {
        return case.unknown();
    };
    let margin = raw / levels.factor;
    let (low, high) = (
        case.beside(FactId::BreakEvenLow),
        case.beside(FactId::BreakEvenHigh),
    );
    let state = if margin < levels.breach {
        RuleState::Breach
    } else if margin < levels.pass {
        RuleState::Alert
    } else {
        RuleState::Pass
    };
    let (state, unjudged) = unjudged(&case, state, margin, levels.pass);
    let sides = match (low, high) {
        (Some(low), Some(high)) => format!(
            "The break-evens lie {} and {} expected moves away",
            fixed(low / levels.factor, 2),
            fixed(high / levels.factor, 2)
        ),
        (None | Some(_), None | Some(_)) => format!(
            "The nearer break-even lies {} expected moves away",
            fixed(margin, 2)
        ),
    };
    let mut sentences = vec![format!(
        "{sides}; pass from {}, breach below {}.",
        trimmed(levels.pass, 2),
        trimmed(levels.breach, 2)
    )];
    for kind in [ModifierKind::ExpectedMove, ModifierKind::EarlierLevels] {
        let modifier = case.modifiers.get(kind);
        if case.modifiers.is_on(kind) {
            sentences.push(format!("{}.", capital(&modifier.reason)));
        }
    }
    sentences.extend(unjudged);
    let headline = format!("nearer break-even {} EM away", fixed(margin, 2));
    let room = (margin - levels.breach) * levels.factor;
    let flips = flips(&mut case, room, low, high);
    let stance = (state == RuleState::Breach).then_some(Stance::Roll);
    case.found(state, headline, sentences.join(" "))
        .asking_if(stance)
        .away(margin - levels.breach, Unit::ExpectedMoves)
        .flipped_by(flips)
}

/// A pass that a modifier which is not known would undo is near its limit, and says so.
fn unjudged(
    case: &Case<'_>,
    state: RuleState,
    margin: f64,
    pass: f64,
) -> (RuleState, Option<String>) {
    let modifiers = case.modifiers;
    let mut reach = 1.0;
    let mut names = Vec::new();
    let by_move = modifiers.get(ModifierKind::ExpectedMove);
    if modifiers.is_unknown(ModifierKind::ExpectedMove) && margin / by_move.amount < pass {
        reach = by_move.amount;
        names.push(by_move.reason.clone());
    }
    let by_level = modifiers.get(ModifierKind::EarlierLevels);
    if modifiers.is_unknown(ModifierKind::EarlierLevels) && margin / reach < by_level.amount {
        names.push(by_level.reason.clone());
    }
    if state != RuleState::Pass || names.is_empty() {
        return (state, None);
    }
    let words = format!("Near its limit, and not known: {}.", names.join("; "));
    (RuleState::Alert, Some(words))
}

/// The move of SPX that takes the nearer break-even to its breach, or back.
fn flips(case: &mut Case<'_>, room: f64, low: Option<f64>, high: Option<f64>) -> String {
    let (Some(em), Some(spx), Some(low), Some(high)) = (
        case.beside(FactId::ExpectedMove),
        case.beside(FactId::Spx),
        low,
        high,
    ) else {
        return "SPX nearer to a break-even, or a larger expected move".to_owned();
    };
    // towards the nearer break-even while there is room, away from it when breached
    let towards = if low <= high { -1.0 } else { 1.0 };
    let points = towards * room * em;
    let share = 100.0 * points / spx;
    let what = if room >= 0.0 {
        "would breach"
    } else {
        "would end the breach"
    };
    let direction = if points >= 0.0 { "higher" } else { "lower" };
    format!(
        "SPX about {} points {direction} ({} %) {what}",
        fixed(points.abs(), 0),
        signed(share, 1)
    )
}
