//! Net theta, less what gamma is expected to cost, against the cost of capital.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::words::{fixed, signed, usd};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::WaccBalance, inputs);
    let (balance, wacc) = (case.number(FactId::WaccBalance), case.number(FactId::Wacc));
    let (Some(balance), Some(wacc)) = (balance, wacc) else {
        return case.unknown();
    };
    let excess = balance - wacc;
    let loss = case.beside(FactId::GammaLoss);
    let theta = case.beside(FactId::ThetaNet);
    let told = |value: Option<f64>| value.map_or_else(|| "not known".to_owned(), usd);
    let is_short = excess < 0.0;
    let sentence = format!(
        "Net theta of {} a day less {} that gamma is expected to cost is {} % of margin a year; capital costs {} %. A balance below that asks for nothing by itself: the floor is the method's test, this one is ours.",
        told(theta),
        told(loss),
        signed(balance, 1),
        fixed(wacc, 1)
    );
    let headline = format!(
        "theta after gamma {} % a year, capital {} %",
        signed(balance, 1),
        fixed(wacc, 1)
    );
    let state = if is_short {
        RuleState::Alert
    } else {
        RuleState::Pass
    };
    let flips = format!(
        "{} % of margin a year {} net theta after gamma",
        fixed(excess.abs(), 1),
        if is_short { "more" } else { "less" }
    );
    case.found(state, headline, sentence)
        .away(excess, Unit::SignedPct)
        .flipped_by(flips)
}
