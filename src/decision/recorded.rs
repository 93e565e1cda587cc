//! A decision as recorded beside the same book and marks judged again.

use super::verdict::Verdict;
use crate::document::journal::DecisionRecord;
use crate::policy::RuleKind;
use crate::rule::{Findings, RuleState, Stance};

/// Where judging again comes to something else than what was recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JudgedAnew {
    /// The stance of now, where it is another one.
    pub stance: Option<Stance>,
    /// The rules whose state is another one, with the state of now; `None` for a rule that is judged no more.
    pub rules: Vec<(RuleKind, Option<RuleState>)>,
}

impl JudgedAnew {
    /// What differs between a record and what is found now of the same book and marks.
    pub fn of(record: &DecisionRecord, findings: &Findings, verdict: &Verdict) -> Self {
        let is_same = record.verdict.stance == verdict.stance.label();
        let rules = record.findings.iter().filter_map(|was| {
            let now = findings.by(was.rule).map(|finding| finding.state);
            let is_same = now.is_some_and(|state| state.label() == was.state);
            (!is_same).then_some((was.rule, now))
        });
        Self {
            stance: (!is_same).then_some(verdict.stance),
            rules: rules.collect(),
        }
    }

    /// Whether it comes to the same.
    pub fn is_same(&self) -> bool {
        self.stance.is_none() && self.rules.is_empty()
    }
}
