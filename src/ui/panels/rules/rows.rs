//! A finding as a row: plain text and numbers, no painting.

use crate::fact::Facts;
use crate::policy::{RulePack, Unit};
use crate::rule::{Distance, Finding, RuleState, ThresholdUse};
use crate::ui::fact_words::written;
use crate::ui::format;
use crate::ui::rule_words::{source_label, state_label};
use crate::ui::widgets::Status;

/// One rule as the table shows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RuleRow {
    /// Place of its clause in the precedence, from 1; `None` when it never decides.
    pub place: Option<usize>,
    /// Its state as drawn.
    pub status: Status,
    /// Its state in words.
    pub state: &'static str,
    /// What it asks for; empty when it asks for nothing.
    pub asks: &'static str,
    /// The fact that it turns on.
    pub value: String,
    /// Unit of the fact.
    pub unit: &'static str,
    /// The limits.
    pub threshold: String,
    /// The distance to flip in words.
    pub to_flip: String,
    /// The same as a share of the limit, −1 to 1; `None` without one.
    pub share: Option<f64>,
    /// Who states the numbers.
    pub source: &'static str,
}

impl RuleRow {
    /// The row of a finding.
    pub(super) fn of(finding: &Finding, facts: &Facts, pack: &RulePack) -> Self {
        let (value, unit) = value(finding, facts);
        Self {
            place: place(finding, pack),
            status: status(finding),
            state: state_label(finding.state),
            asks: finding.stance.map_or("", |stance| stance.label()),
            value,
            unit,
            threshold: threshold(finding),
            to_flip: finding.distance.map_or_else(String::new, to_flip),
            share: finding
                .distance
                .and_then(|distance| share(distance, &finding.thresholds)),
            source: if finding.thresholds.is_empty() {
                ""
            } else {
                source_label(finding.provenance())
            },
        }
    }
}

/// Where the rule stands in the pack's precedence.
pub(super) fn place(finding: &Finding, pack: &RulePack) -> Option<usize> {
    let decides = |clause: &crate::policy::Clause| clause.rules().contains(&finding.rule);
    pack.precedence
        .iter()
        .position(decides)
        .map(|place| place + 1)
}

fn status(finding: &Finding) -> Status {
    match finding.state {
        RuleState::Pass | RuleState::Info => Status::Pass,
        RuleState::Alert => Status::Near,
        RuleState::Breach => Status::Breach,
        RuleState::NoData => Status::Unknown,
    }
}

/// The first fact of the rule, written out.
fn value(finding: &Finding, facts: &Facts) -> (String, &'static str) {
    let Some(id) = finding.inputs.first() else {
        return (String::new(), "");
    };
    let unit = id.unit();
    facts.get(*id).value.as_ref().map_or_else(
        |_missing| ("–".to_owned(), ""),
        |value| written(unit, value),
    )
}

/// A number of the pack as written, with its unit; shares in percent.
pub(super) fn number(value: f64, unit: Unit) -> String {
    let (scaled, percent) = if unit.is_share() {
        (100.0 * value, "% ")
    } else {
        (value, "")
    };
    let text = format::trimmed(scaled, 2);
    format!("{text} {percent}{}", unit.label())
        .trim_end()
        .to_owned()
}

/// The limits in one breath: a band as a range, else the one that the distance is measured from.
fn threshold(finding: &Finding) -> String {
    let used = &finding.thresholds;
    if let [low, high, ..] = used.as_slice()
        && low.label == "low"
        && high.label == "high"
    {
        let first = format::signed(low.value, 2);
        return format!("{first} … {}", format::signed(high.value, 2));
    }
    let measured = finding.threshold().or_else(|| used.first());
    measured.map_or_else(String::new, |used| short(used.value, used.unit))
}

/// A number with a unit that fits a column: what the value beside it says already is left out.
fn short(value: f64, unit: Unit) -> String {
    let text = number(value, unit);
    let words = [
        " of margin per day",
        " of condor theta",
        " of account per year",
        " pt/vol pt per condor",
    ];
    let kept = words.iter().find_map(|word| text.strip_suffix(word));
    kept.map_or_else(|| text.clone(), str::to_owned)
}

fn to_flip(distance: Distance) -> String {
    let words = short(distance.value.abs(), distance.unit);
    if distance.value < 0.0 {
        format!("{words} out")
    } else {
        format!("{words} left")
    }
}

/// The distance as a share of the limit in the same unit.
fn share(distance: Distance, used: &[ThresholdUse]) -> Option<f64> {
    let same = used.iter().filter(|limit| limit.unit == distance.unit);
    let scale = same.map(|limit| limit.value.abs()).fold(0.0, f64::max);
    (scale > 0.0).then(|| (distance.value / scale).clamp(-1.0, 1.0))
}
