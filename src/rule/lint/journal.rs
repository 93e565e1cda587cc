//! The linter over what was really decided: the facts of past decisions under a pack as it is now.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::super::finding::RuleState;
use super::super::findings::Findings;
use super::super::reading::Reading;
use super::{Lint, LintKind};
use crate::document::journal::{DecisionRecord, FactRecord, RecordedValue};
use crate::fact::{Fact, FactId, FactValue, Facts, Missing};
use crate::journal::interval::CLAIM_N;
use crate::policy::{RuleKind, RulePack};

/// The facts of a decision as they were recorded. Facts that this program does not know are left out; those that the
/// record does not have are missing.
pub fn recorded_facts(record: &DecisionRecord, as_of: Timestamp) -> Facts {
    let mut facts = Facts::unknown(as_of);
    for id in FactId::all() {
        facts.suppose_missing(id);
    }
    for known in &record.facts {
        if let Some(id) = FactId::named(&known.id) {
            facts.recall(recorded_fact(id, known));
        }
    }
    facts
}

fn recorded_fact(id: FactId, known: &FactRecord) -> Fact {
    let value = match &known.value {
        RecordedValue::Number(number) => Ok(FactValue::Number(*number)),
        RecordedValue::Flag(flag) => Ok(FactValue::Flag(*flag)),
        RecordedValue::Words(words) => Ok(FactValue::Text(words.clone())),
        RecordedValue::Missing { why, import_what } => Err(Missing {
            why: why.clone(),
            import_what: import_what.clone(),
        }),
    };
    Fact {
        id,
        value,
        source: known.source.clone(),
        as_of: known.as_of,
        age_days: None,
    }
}

/// Rules that never or always speak over the decisions of a journal. Silent under twenty decisions that can be judged:
/// so few say nothing of a pack.
pub fn lint_journal(pack: &RulePack, records: &[&DecisionRecord]) -> Vec<Lint> {
    let mut answers: BTreeMap<RuleKind, (usize, usize)> = BTreeMap::new();
    for record in records {
        let facts = recorded_facts(record, Timestamp::UNIX_EPOCH);
        let findings = Findings::evaluate(&facts, pack, Reading::from(&record.settings));
        for finding in findings.iter().filter(|it| it.state != RuleState::NoData) {
            let (judged, spoke) = answers.entry(finding.rule).or_default();
            *judged += 1;
            *spoke += usize::from(finding.state != RuleState::Pass);
        }
    }
    let enough = answers
        .into_iter()
        .filter(|(_, (judged, _))| *judged >= CLAIM_N);
    enough
        .filter_map(|(rule, counted)| odd(rule, counted))
        .collect()
}

fn odd(rule: RuleKind, (judged, spoke): (usize, usize)) -> Option<Lint> {
    let (kind, what) = if spoke == 0 {
        (LintKind::NeverFires, "passes")
    } else if spoke == judged {
        (LintKind::AlwaysFires, "speaks")
    } else {
        return None;
    };
    let title = rule.title();
    Some(Lint {
        kind,
        rules: vec![rule],
        path: None,
        words: format!("“{title}” {what} in all of {judged} decisions of the journal."),
    })
}
