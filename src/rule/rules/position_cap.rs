//! The most that a campaign may lose of the account.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{fixed, trimmed, usd};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::PositionCap, inputs);
    let most = limit!(case, rules.position_cap.most, "most");
    let warn = limit!(case, rules.position_cap.steward_warn, "warning in Steward");
    let Some(used_pct) = case.number(FactId::MaxLossOfAccount) else {
        return case.unknown();
    };
    let used = used_pct / 100.0;
    let regime = case.beside_words(FactId::Regime);
    let loss = case
        .beside(FactId::MaxLoss)
        .map_or_else(|| "not known".to_owned(), usd);
    let equity = case
        .beside(FactId::Equity)
        .map_or_else(|| "not known".to_owned(), usd);
    // an unknown regime warns as Steward does
    let warns = regime != Some("Promoter");
    let in_regime = match regime {
        Some("Promoter") => "in Promoter, which does not warn",
        Some(_steward) => "in Steward, which warns",
        None => "with the regime not known, which warns",
    };
    let (state, stance) = if used > most {
        (RuleState::Breach, Some(Stance::Trim))
    } else if warns && used > warn {
        (RuleState::Alert, None)
    } else {
        (RuleState::Pass, None)
    };
    let sentence = format!(
        "The condors can lose {loss}, {} % of {equity}; at most {} %, and from {} % a warning {in_regime}.",
        fixed(used_pct, 1),
        trimmed(100.0 * most, 1),
        trimmed(100.0 * warn, 1)
    );
    let headline = format!("can lose {} % of the account", fixed(used_pct, 1));
    let gap = fixed(100.0 * (most - used).abs(), 1);
    let flips = if used > most {
        format!("A largest loss smaller by {gap} % of the account")
    } else {
        format!("A largest loss larger by {gap} % of the account")
    };
    case.found(state, headline, sentence)
        .asking_if(stance)
        .away(most - used, Unit::ShareOfAccount)
        .flipped_by(flips)
}
