//! What speaks against a verdict: shown, never averaged.

use crate::policy::RuleKind;
use crate::rule::{Finding, Findings, RuleState, Stance};

/// A finding that asks for something else than the verdict, or stands in its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The rule.
    pub rule: RuleKind,
    /// What it asks for; `None` for what forbids without asking, as a budget does.
    pub stance: Option<Stance>,
    /// What it found, a few words.
    pub words: String,
}

/// Findings that ask for something else, and those that forbid what the verdict asks for.
pub(super) fn conflicts(
    findings: &Findings,
    stance: Stance,
    because: &[RuleKind],
) -> Vec<Conflict> {
    findings
        .iter()
        .filter(|finding| !because.contains(&finding.rule))
        .filter(|finding| {
            let asks_otherwise = finding.fires() && finding.stance != Some(stance);
            asks_otherwise || forbids(finding, stance)
        })
        .map(|finding| Conflict {
            rule: finding.rule,
            stance: finding.stance.filter(|_| finding.fires()),
            words: finding.headline.clone(),
        })
        .collect()
}

/// Whether a finding stands in the way of a stance: a budget of the hedge, the last roll of the roll.
fn forbids(finding: &Finding, stance: Stance) -> bool {
    let is_budget = [
        RuleKind::HedgeDebit,
        RuleKind::HedgeTheta,
        RuleKind::HedgeSpend,
    ]
    .contains(&finding.rule);
    match stance {
        Stance::Hedge => is_budget && finding.state == RuleState::Breach,
        Stance::Roll => {
            let is_last = matches!(finding.state, RuleState::Breach | RuleState::Alert);
            finding.rule == RuleKind::RollLimit && is_last
        }
        Stance::Evaluate => {
            (is_budget || finding.rule == RuleKind::RollLimit) && finding.state == RuleState::Breach
        }
        Stance::NoAdvice | Stance::Fix | Stance::Hold | Stance::Trim | Stance::Close => false,
    }
}
