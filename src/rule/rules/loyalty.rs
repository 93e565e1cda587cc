//! False Binary, first half: thresholds that stayed while the market changed.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::words::{count, told, trimmed};
use super::threatened::any;
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Loyalty, inputs);
    let sessions = limit!(
        case,
        rules.false_binary.loyal_sessions,
        "unchanged for more than"
    );
    let changes_limit = limit!(case, rules.false_binary.loyal_changes, "changes of regime");
    let ignored_limit = limit!(case, rules.false_binary.loyal_breaches, "ignored breaches");
    let age = case.number(FactId::ThresholdsAge);
    let changes = case.number(FactId::RegimeChanges60);
    let ignored = case.number(FactId::IgnoredBreaches);
    let changed = any(&[
        changes.map(|changes| changes >= changes_limit),
        ignored.map(|ignored| ignored >= ignored_limit),
    ]);
    let is_old = age.map(|age| age > sessions);
    let figures = format!(
        "Sessions with thresholds unchanged: {} (more than {}); changes of regime: {} (from {}); breaches without an answer: {} (from {})",
        told(age, 0, ""),
        trimmed(sessions, 0),
        told(changes, 0, ""),
        trimmed(changes_limit, 0),
        told(ignored, 0, ""),
        trimmed(ignored_limit, 0)
    );
    match (is_old, changed) {
        (Some(true), Some(true)) => case
            .found(
                RuleState::Alert,
                "thresholds stayed while the market changed",
                format!("{figures}: loyal to rules that no longer fit, or not followed. Look at them anew."),
            )
            .away(sessions - age.unwrap_or(sessions), Unit::Sessions)
            .flipped_by("A second look at the thresholds"),
        (Some(false), _) | (_, Some(false)) => {
            let left = sessions - age.unwrap_or(0.0);
            case.found(
                RuleState::Pass,
                "thresholds fit the market they were set in",
                format!("{figures}: not loyal beyond reason."),
            )
            .away(left, Unit::Sessions)
            .flipped_by(if left > 0.0 {
                format!("{} without a second look, and a changed market", count(left, "session"))
            } else {
                "A market that changes".to_owned()
            })
        }
        (None, Some(true) | None) | (Some(true), None) => case.unknown(),
    }
}
