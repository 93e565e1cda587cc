//! Gamma: one day's move against the credit that is still to earn.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::words::{fixed, trimmed, usd};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::GammaCheck, inputs);
    let limit = limit!(case, rules.structure.gamma_of_credit, "of the credit left");
    let rise = limit!(case, rules.structure.gamma_rise, "rise by an adjustment");
    let Some(used_pct) = case.number(FactId::GammaOfCredit) else {
        return case.unknown();
    };
    let loss = case
        .beside(FactId::GammaLoss1d)
        .map_or_else(|| "not known".to_owned(), usd);
    let used = used_pct / 100.0;
    let sentence = format!(
        "A move of one standard deviation in a day costs {loss} by gamma, {} % of the credit still to earn; flagged above {} %. A choice that adds more than {} % to it is flagged.",
        fixed(used_pct, 0),
        trimmed(100.0 * limit, 1),
        trimmed(100.0 * rise, 1)
    );
    let headline = format!(
        "one day's gamma is {} % of the credit left",
        fixed(used_pct, 0)
    );
    let is_flagged = used > limit;
    let state = if is_flagged {
        RuleState::Alert
    } else {
        RuleState::Pass
    };
    let flips = if is_flagged {
        format!(
            "Gamma of {} % of today's, or a larger credit left",
            fixed(100.0 * limit / used, 0)
        )
    } else {
        "SPX nearer to a short strike, fewer days, or less credit left".to_owned()
    };
    case.found(state, headline, sentence)
        .away(limit - used, Unit::Share)
        .flipped_by(flips)
}
