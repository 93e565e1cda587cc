//! The Second layer by CAPM, beside the mean-reverting fair curve.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::words::{fixed, signed, told_signed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::SecondRichness, inputs);
    let verdict = case.words(FactId::CapmVerdict);
    let (carry, required) = (
        case.number(FactId::CapmCarry),
        case.number(FactId::CapmRequired),
    );
    let (Some(verdict), Some(carry), Some(required)) = (verdict, carry, required) else {
        return case.unknown();
    };
    let beta = case.beside(FactId::CapmBeta);
    let error = case.beside(FactId::CapmBetaSe);
    let premium = case.beside(FactId::Erp);
    let rich = case.beside(FactId::RichSecond);
    let score = case.beside(FactId::RichSecondZ);
    let sentence = format!(
        "Holding the 110-day future carries {} % a year; its beta of {} to SPX asks for {} %, which is the fair price of insurance when negative: {verdict}. Against the mean-reverting fair curve it stands at {}, {} from its year. Cheap leans ties to the hedge, rich to the roll.",
        signed(carry, 1),
        told_signed(beta, 2, ""),
        signed(required, 1),
        told_signed(rich, 1, "%"),
        told_signed(score, 1, "deviations")
    );
    let headline = format!("the Second layer is {verdict} for its beta");
    let state = if verdict == "fair" {
        RuleState::Pass
    } else {
        RuleState::Info
    };
    let gap = carry - required;
    let finding = case.found(state, headline, sentence).flipped_by(format!(
        "Carry {} % a year away from what the beta asks for",
        fixed(gap.abs(), 1)
    ));
    match (error, premium) {
        // one standard error of the required return around it is fair
        (Some(error), Some(premium)) => {
            finding.away((error * premium).abs() - gap.abs(), Unit::SignedPct)
        }
        (None | Some(_), None | Some(_)) => finding,
    }
}
