//! Leave everything as it is.

use super::candidate::{Candidate, CandidateKind};
use super::inputs::DecisionInputs;

/// The book as held.
pub(super) fn candidate(inputs: &DecisionInputs<'_>) -> Candidate {
    Candidate::new(
        inputs,
        CandidateKind::Hold,
        "Hold",
        inputs.campaign.positions.clone(),
    )
}
