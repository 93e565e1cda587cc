//! Theta lost by the hedge against theta earned by the condors.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::Finding;
use super::super::words::usd;
use super::budget::{Budget, finding};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::HedgeTheta, inputs);
    let limit = limit!(case, budgets.hedge_theta, "budget");
    let Some(used) = case.number(FactId::HedgeThetaPct) else {
        return case.unknown();
    };
    let figures = match (
        case.beside(FactId::ThetaHedge),
        case.beside(FactId::HedgeCarry),
    ) {
        (Some(theta), Some(carry)) => {
            format!(
                ", {} a day with roll-down, {} a year as it stands",
                usd(theta),
                usd(carry)
            )
        }
        (None | Some(_), None | Some(_)) => String::new(),
    };
    finding(
        case,
        Budget {
            used: used / 100.0,
            warn: None,
            limit,
            alarm: None,
            words: ["hedge theta", "of the condors' theta"],
            unit: Unit::ShareOfCondorTheta,
            figures,
        },
    )
}
