//! All rules of a pack, evaluated on the same facts.

use std::collections::BTreeSet;

use super::case::RuleInputs;
use super::finding::{Finding, RuleState};
use super::modifiers::Modifiers;
use super::reading::Reading;
use super::rules;
use crate::fact::{FactId, Facts};
use crate::policy::{RuleKind, RulePack};

/// What the rules of a pack found, in the pack's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    modifiers: Modifiers,
    findings: Vec<Finding>,
}

impl Findings {
    /// Evaluates every rule that the pack names.
    pub fn evaluate(facts: &Facts, pack: &RulePack, reading: Reading) -> Self {
        let modifiers = Modifiers::of(facts, pack);
        let findings = pack
            .evaluates
            .iter()
            .map(|rule| one_of(*rule, facts, pack, reading, &modifiers))
            .collect();
        Self {
            modifiers,
            findings,
        }
    }

    /// What changes the pack's numbers today.
    pub fn modifiers(&self) -> &Modifiers {
        &self.modifiers
    }

    /// What a rule found; `None` when the pack does not evaluate it.
    pub fn by(&self, rule: RuleKind) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.rule == rule)
    }

    /// All findings in the pack's order.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.findings.iter()
    }

    /// The findings that ask for something.
    pub fn firing(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.fires())
    }

    /// The findings in a state.
    pub fn in_state(&self, state: RuleState) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.state == state)
    }

    /// The facts that rules miss, each once, in the order of the registry.
    pub fn missing(&self) -> Vec<FactId> {
        let ids = self.findings.iter().flat_map(|finding| &finding.missing);
        ids.copied().collect::<BTreeSet<_>>().into_iter().collect()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One rule of a pack.
pub(super) fn one_of(
    rule: RuleKind,
    facts: &Facts,
    pack: &RulePack,
    reading: Reading,
    modifiers: &Modifiers,
) -> Finding {
    let inputs = RuleInputs {
        facts,
        pack,
        reading,
        modifiers,
    };
    rules::evaluate(rule, &inputs)
}
