//! Hedge debit against the condors' credit.

use super::super::case::{Case, RuleInputs};
use super::super::finding::Finding;
use super::super::words::usd;
use super::budget::{Budget, finding};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::HedgeDebit, inputs);
    let numbers = &case.pack.budgets;
    let warn = case.limit(
        "budgets.hedge_debit_warn",
        &numbers.hedge_debit_warn,
        "attention",
    );
    let limit = case.limit("budgets.hedge_debit", &numbers.hedge_debit, "budget");
    let alarm = case.limit(
        "budgets.hedge_debit_alarm",
        &numbers.hedge_debit_alarm,
        "alarm",
    );
    let Some(used) = case.number(FactId::HedgeDebitPct) else {
        return case.unknown();
    };
    let figures = match (case.beside(FactId::HedgeDebit), case.beside(FactId::Credit)) {
        (Some(debit), Some(credit)) => format!(", {} of {}", usd(debit), usd(credit)),
        (None | Some(_), None | Some(_)) => String::new(),
    };
    finding(
        case,
        Budget {
            used: used / 100.0,
            warn: Some(warn),
            limit,
            alarm: Some(alarm),
            words: ["hedge debit", "of the condors' credit"],
            unit: Unit::ShareOfCredit,
            figures,
        },
    )
}
