//! Concentration with a flattening curve: the fast-flow proxy that tightens the theta floor.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::modifiers::ModifierKind;
use super::super::words::{capital, signed, told, told_signed, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Concentration, inputs);
    let rise = limit!(case, signals.concentration.weight_rise_pp, "rise");
    let level = limit!(case, signals.concentration.weight_level_pct, "level");
    let flat = limit!(case, signals.concentration.flattening_bp, "flattening");
    limit!(case, signals.concentration.tighten, "tightening");
    let Some(is_on) = case.flag(FactId::ConcentrationOn) else {
        return case.unknown();
    };
    let weight = case.beside(FactId::Top10Weight);
    let change = case.beside(FactId::Top10Change63);
    let curve = case.beside(FactId::Curve2s10s);
    let curve_change = case.beside(FactId::Curve2s10s21);
    let proxy = case.beside(FactId::RspSpy63);
    let tightening = case.modifiers.get(ModifierKind::TightenTheta);
    let sentence = format!(
        "Ten largest {} of the index, {} in a quarter (from +{} pp or {} %); 2s10s {}, {} in a month (from {} bp or inverted); equal weight against the index {}. Both together are the flag for fast index flows; nothing else is claimed. {}.",
        told(weight, 1, "%"),
        told_signed(change, 1, "pp"),
        trimmed(rise, 1),
        trimmed(level, 1),
        told_signed(curve, 2, "pp"),
        told_signed(curve_change, 0, "bp"),
        signed(flat, 0),
        told_signed(proxy, 1, "%"),
        capital(&tightening.reason)
    );
    let (state, headline) = if is_on {
        (
            RuleState::Alert,
            "the largest gain weight while the curve flattens",
        )
    } else {
        (RuleState::Pass, "no concentration with flattening")
    };
    let finding = case.found(state, headline, sentence).flipped_by(if is_on {
        "A steeper curve, or less weight of the largest"
    } else {
        "The largest gaining weight and the curve flattening, together"
    });
    match change {
        Some(change) => finding.away(rise - change, Unit::PctPoints),
        None => finding,
    }
}
