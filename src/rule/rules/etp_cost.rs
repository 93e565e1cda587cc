//! Which hedge gives a unit of vega at the least cost a month: calls of a layer or an ETP.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::words::{fixed, list};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

/// The hedges compared: calls of the layers first.
const HEDGES: [(FactId, &str, bool); 7] = [
    (FactId::CostFirst, "First calls", true),
    (FactId::CostSecond, "Second calls", true),
    (FactId::CostThird, "Third calls", true),
    (FactId::CostVxx, "VXX", false),
    (FactId::CostUvxy, "UVXY", false),
    (FactId::CostSvxy, "SVXY sold", false),
    (FactId::CostVixm, "VIXM", false),
];

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::EtpCost, inputs);
    let costs = HEDGES.map(|(id, name, is_call)| (case.number(id), name, is_call));
    if costs.iter().any(|(cost, ..)| cost.is_none()) {
        return case.unknown();
    }
    let mut known: Vec<(f64, &str, bool)> = costs
        .into_iter()
        .filter_map(|(cost, name, is_call)| Some((cost?, name, is_call)))
        .collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    let told: Vec<String> = known
        .iter()
        .map(|(cost, name, _)| format!("{name} {}", fixed(*cost, 2)))
        .collect();
    let least = |calls: bool| known.iter().find(|one| one.2 == calls);
    let (Some(call), Some(etp)) = (least(true), least(false)) else {
        return case.unknown();
    };
    let sentence = format!(
        "Carry of a month for one dollar of SPX vega, which is the rise of the condor's vol that pays it back, in vol points: {}. An ETP's carry is leverage × (F2/F1 − 1) and its fee; a call's is decay and roll-down.",
        list(&told)
    );
    let is_etp_cheaper = etp.0 < call.0;
    let (cheap, dear) = if is_etp_cheaper {
        (etp, call)
    } else {
        (call, etp)
    };
    let headline = format!(
        "{} cost {} vol points a month, {} {}",
        cheap.1,
        fixed(cheap.0, 2),
        dear.1,
        fixed(dear.0, 2)
    );
    let state = if is_etp_cheaper {
        RuleState::Info
    } else {
        RuleState::Pass
    };
    case.found(state, headline, sentence)
        .away(etp.0 - call.0, Unit::VixPoints)
        .flipped_by(if is_etp_cheaper {
            "A steeper front of the curve, or cheaper calls"
        } else {
            "A flatter front of the curve, or dearer calls"
        })
}
