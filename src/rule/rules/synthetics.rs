//! Synthetic positions and naked legs: mended before anything else.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{count, fixed, signed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Synthetics, inputs);
    let (synthetics, naked) = (
        case.number(FactId::Synthetics),
        case.number(FactId::NakedShorts),
    );
    let found = synthetics.unwrap_or(0.0) + naked.unwrap_or(0.0);
    let (Some(synthetics), Some(naked)) = (synthetics, naked) else {
        return case.unknown();
    };
    let boxes = case.beside(FactId::Boxes);
    let net = case.beside(FactId::SyntheticNet);
    let rest = match (boxes, net) {
        (Some(boxes), Some(net)) if synthetics > 0.0 => format!(
            " Boxes, which cancel out: {}; what is left is {} synthetic.",
            fixed(boxes, 0),
            signed(net, 0)
        ),
        (None | Some(_), None | Some(_)) => String::new(),
    };
    let sentence = format!(
        "{} where calls stand against puts of the other sign at one strike, {} that nothing covers.{rest} SPX options are European and settle in cash: no early assignment.",
        count(synthetics, "synthetic future"),
        count(naked, "short option")
    );
    if found > 0.0 {
        let headline = format!(
            "{} and {}",
            count(synthetics, "synthetic future"),
            count(naked, "uncovered short option")
        );
        case.found(RuleState::Breach, headline, sentence)
            .asking(Stance::Fix)
            .away(-found, Unit::Count)
            .flipped_by("Closing or covering the legs named")
    } else {
        let headline = "no synthetic position, no naked leg";
        case.found(RuleState::Pass, headline, sentence)
            .away(1.0, Unit::Count)
            .flipped_by("A single short option without cover, as a roll of one side alone leaves")
    }
}
