//! Meetings and releases near the day.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::words::{count, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::EventWindow, inputs);
    let before = limit!(case, signals.events.before, "sessions before");
    let after = limit!(case, signals.events.after, "sessions after");
    limit!(case, signals.events.closed_before, "no new condor from");
    let size = limit!(case, signals.events.size_factor, "size");
    let Some(is_open) = case.flag(FactId::EventWindow) else {
        return case.unknown();
    };
    let holding = case
        .beside_words(FactId::EventInWindow)
        .unwrap_or("a release that is not known");
    let next = case.beside_words(FactId::EventNext).unwrap_or("not listed");
    let sessions = case.beside(FactId::EventSessions);
    let away = sessions.map_or_else(
        || "not known".to_owned(),
        |sessions| count(sessions, "session"),
    );
    let window = format!(
        "A window runs from {} before to {} after",
        count(before, "session"),
        count(after, "session")
    );
    if is_open {
        let headline = format!("in the window of {holding}");
        let sentence = format!(
            "{window}; the day lies in that of {holding}. Size × {}, no tightening and no widening, hedge before roll, Steward. Next: {next}, in {away}.",
            trimmed(size, 2)
        );
        return case
            .found(RuleState::Alert, headline, sentence)
            .flipped_by("The window's end");
    }
    let headline = format!("no release near, next {next}");
    let sentence = format!("{window}; no release is near. Next: {next}, in {away}.");
    let finding = case
        .found(RuleState::Pass, headline, sentence)
        .flipped_by(format!("{next} drawing near"));
    match sessions {
        Some(sessions) => finding.away(sessions - before, Unit::Sessions),
        None => finding,
    }
}
