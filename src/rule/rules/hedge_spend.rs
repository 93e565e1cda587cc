//! Twelve months of hedge spend against the account.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::Finding;
use super::super::words::usd;
use super::budget::{Budget, finding};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::HedgeSpend, inputs);
    let limit = limit!(case, budgets.trailing_spend, "budget");
    let Some(used) = case.number(FactId::HedgeSpendPct) else {
        return case.unknown();
    };
    let figures = match (case.beside(FactId::HedgeSpend), case.beside(FactId::Equity)) {
        (Some(spend), Some(equity)) => format!(", {} of {}", usd(spend), usd(equity)),
        (None | Some(_), None | Some(_)) => String::new(),
    };
    finding(
        case,
        Budget {
            used: used / 100.0,
            warn: None,
            limit,
            alarm: None,
            words: ["hedge spend of twelve months", "of the account"],
            unit: Unit::ShareOfAccountPerYear,
            figures,
        },
    )
}
