//! Healthy growth with a stable differential: the vega band may widen.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::modifiers::{Effect, ModifierKind};
use super::super::words::{capital, told_signed, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Growth, inputs);
    let healthy = limit!(case, signals.growth.healthy_saar_pct, "healthy from");
    let stable = limit!(case, signals.growth.stable_bp, "stable to");
    limit!(case, signals.growth.widen, "widening");
    let Some(holds) = case.flag(FactId::GrowthWidens) else {
        return case.unknown();
    };
    let growth = case.beside(FactId::GdpSaar);
    let change = case.beside(FactId::Differential63);
    let widening = case.modifiers.get(ModifierKind::WidenBand);
    let sentence = format!(
        "Real growth {} annualised (healthy from {} %), differential {} in a quarter (stable within {} bp). {}.",
        told_signed(growth, 1, "%"),
        trimmed(healthy, 1),
        told_signed(change, 0, "bp"),
        trimmed(stable, 0),
        capital(&widening.reason)
    );
    let (state, headline) = match (holds, widening.effect) {
        (true, Effect::On) => (RuleState::Info, "the vega band widens"),
        (true, Effect::Off) => (RuleState::Info, "the band could widen, but is kept"),
        (true, Effect::Unknown) => (
            RuleState::Info,
            "the band could widen, but not all is known",
        ),
        (false, _) => (RuleState::Pass, "the vega band stays as it is"),
    };
    let finding = case.found(state, headline, sentence).flipped_by(if holds {
        "Weaker growth, an unstable differential, Steward or an event window"
    } else {
        "Healthy growth and a stable differential in Promoter, outside of event windows"
    });
    match growth {
        Some(growth) => finding.away(healthy - growth, Unit::Pct),
        None => finding,
    }
}
