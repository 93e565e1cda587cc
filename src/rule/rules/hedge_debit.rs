//! Hedge debit against the condors' credit.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::Finding;
use super::super::words::usd;
use super::budget::{Budget, finding};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::HedgeDebit, inputs);
    let warn = limit!(case, budgets.hedge_debit_warn, "attention");
    let limit = limit!(case, budgets.hedge_debit, "budget");
    let alarm = limit!(case, budgets.hedge_debit_alarm, "alarm");
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
