//! Take the condors off, with the hedge or without it.

use super::candidate::{Candidate, CandidateKind};
use super::inputs::DecisionInputs;
use crate::instrument::{Position, Underlying};

/// Everything closed; and the condors alone, when there is a hedge to keep.
pub(super) fn candidates(inputs: &DecisionInputs<'_>) -> Vec<Candidate> {
    let positions = &inputs.campaign.positions;
    let now = inputs.valuation.market.as_of;
    let is_hedge = |position: &Position| {
        let mut legs = position.legs.iter();
        legs.all(|leg| leg.contract.underlying() == Underlying::Vix)
    };
    let left = |keeps_hedge: bool| -> Vec<Position> {
        let stays =
            |position: &&Position| position.is_expired(now) || (keeps_hedge && is_hedge(position));
        positions.iter().filter(stays).cloned().collect()
    };
    let close = |keeps_hedge, name: &str| {
        let kind = CandidateKind::Close { keeps_hedge };
        Candidate::new(inputs, kind, name, left(keeps_hedge))
    };
    let all = close(false, "Close everything");
    let condors = close(true, "Close the condors, keep the hedge");
    let mut choices = vec![all];
    if !condors.trades.is_empty() && condors.positions != choices[0].positions {
        choices.push(condors);
    }
    choices.retain(|choice| !choice.trades.is_empty());
    choices
}
