//! What the budgets of the hedge share: a share used of a share allowed.

use super::super::case::Case;
use super::super::finding::{Finding, RuleState};
use super::super::words::{fixed, trimmed};
use crate::policy::Unit;

/// A budget as it stands; shares, 0.28 = 28 %.
pub(super) struct Budget<'a> {
    pub used: f64,
    pub warn: Option<f64>,
    pub limit: f64,
    pub alarm: Option<f64>,
    /// "hedge debit", "of the condors' credit".
    pub words: [&'a str; 2],
    pub unit: Unit,
    /// Dollars behind it, in words; empty without.
    pub figures: String,
}

/// A budget that is exceeded is a breach, but asks for nothing: what was spent is spent. It stands against
/// buying more.
pub(super) fn finding(case: Case<'_>, budget: Budget<'_>) -> Finding {
    let Budget {
        used,
        warn,
        limit,
        alarm,
        words: [what, of],
        unit,
        figures,
    } = budget;
    let percent = |share: f64| format!("{} %", trimmed(100.0 * share, 1));
    let (state, level) = if alarm.is_some_and(|alarm| used > alarm) {
        (RuleState::Breach, "far beyond the budget")
    } else if used > limit {
        (RuleState::Breach, "beyond the budget")
    } else if warn.is_some_and(|warn| used > warn) {
        (RuleState::Alert, "within the budget, worth a look")
    } else {
        (RuleState::Pass, "within the budget")
    };
    let headline = format!("{what} is {} % {of}", fixed(100.0 * used, 1));
    let levels: Vec<String> = [
        warn.map(|warn| format!("attention from {}", percent(warn))),
        Some(format!("budget {}", percent(limit))),
        alarm.map(|alarm| format!("alarm from {}", percent(alarm))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let sentence = format!(
        "The {what} is {} % {of}{figures}: {level} ({}). A budget asks for no sale; it stands against buying more.",
        fixed(100.0 * used, 1),
        levels.join(", ")
    );
    let gap = fixed(100.0 * (limit - used).abs(), 1);
    let flips = if used > limit {
        format!("Less by {gap} % {of}")
    } else {
        format!("More by {gap} % {of}")
    };
    case.found(state, headline, sentence)
        .away(limit - used, unit)
        .flipped_by(flips)
}
