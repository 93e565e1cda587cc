//! Rules and verdict of a report: as JSON and as sections of text.

use super::Report;
use super::json::shape::{RulePart, TradePart, VerdictPart};
use super::layout::Block;
use crate::decision::VerdictTrade;
use crate::policy::Unit;
use crate::rule::{Effect, Finding};
use crate::ui::format::signed;

/// Every rule of the pack, in its order.
pub(super) fn rules(report: &Report<'_>) -> Vec<RulePart> {
    report.findings.iter().map(rule).collect()
}

fn rule(finding: &Finding) -> RulePart {
    RulePart {
        id: finding.rule.key(),
        title: finding.rule.title(),
        state: finding.state.label(),
        stance: finding.stance.map(|stance| stance.label()),
        why: finding.sentence.clone(),
        threshold: finding.threshold().map(|used| used.value),
        distance_to_flip: finding.distance.map(|room| room.value + 0.0), // no "-0.0"
        unit: finding.distance.map(|room| room.unit.label()),
        flips: (!finding.flips.is_empty()).then(|| finding.flips.clone()),
        missing: finding.missing.iter().map(|id| id.key()).collect(),
        provenance: finding.provenance().label(),
    }
}

/// The verdict.
pub(super) fn verdict(report: &Report<'_>) -> VerdictPart {
    let verdict = &report.verdict;
    VerdictPart {
        stance: verdict.stance.label(),
        sentence: verdict.sentence.clone(),
        because: verdict.because.iter().map(|rule| rule.key()).collect(),
        against: verdict.against.iter().map(|one| one.rule.key()).collect(),
        missing: verdict.missing.iter().map(|id| id.key()).collect(),
        not_judged: verdict.not_judged.iter().map(|rule| rule.key()).collect(),
        trades: verdict.trades.iter().map(trade).collect(),
    }
}

fn trade(trade: &VerdictTrade) -> TradePart {
    let contract = trade.contract;
    TradePart {
        root: contract.root(),
        kind: contract.right().map(|right| right.as_str()),
        strike: contract.strike(),
        expiry: contract.expiry(),
        quantity: trade.quantity,
        price: trade.price_points,
    }
}

/// The verdict first, then what speaks against it and what would turn it.
pub(super) fn verdict_section(report: &Report<'_>) -> Vec<Block> {
    let verdict = &report.verdict;
    let mut lines = vec![verdict.sentence.clone()];
    lines.extend(verdict.against.iter().map(|one| {
        let asks = one.stance.map_or("against it", |stance| stance.label());
        format!("{} ({asks}): {}", one.rule.title(), one.words)
    }));
    let flips = verdict.flips.iter().take(3);
    lines.extend(flips.map(|(rule, words)| format!("Flips, {}: {words}", rule.title())));
    vec![Block::Lines(lines)]
}

/// Every rule with its state, and what changes the pack's numbers today.
pub(super) fn rules_section(report: &Report<'_>) -> Vec<Block> {
    let states = report.findings.iter().map(|finding| {
        let asks = finding
            .stance
            .map_or_else(String::new, |stance| format!(" [{}]", stance.label()));
        let room = finding.distance.map_or_else(String::new, |room| {
            format!("; room {}", distance(room.value, room.unit))
        });
        let (title, state) = (finding.rule.title(), finding.state.label());
        format!("{title}: {state}{asks}, {}{room}", finding.headline)
    });
    let states: Vec<String> = states.collect();
    let modifiers = report.findings.modifiers().iter();
    let working: Vec<String> = modifiers
        .filter(|modifier| modifier.effect == Effect::On)
        .map(|modifier| format!("{}: {}", modifier.kind.label(), modifier.reason))
        .collect();
    vec![Block::Lines(states), Block::Lines(working)]
}

/// A distance to flip with its unit; shares in percent.
fn distance(value: f64, unit: Unit) -> String {
    let is_whole = matches!(
        unit,
        Unit::Count | Unit::CalendarDays | Unit::Closes | Unit::Sessions
    );
    let is_fine = matches!(
        unit,
        Unit::ShareOfMarginPerDay | Unit::PointsPerVolPointPerCondor
    );
    let decimals = match (is_whole, is_fine) {
        (true, _) => 0,
        (_, true) => 3,
        (false, false) if unit.is_share() => 1,
        (false, false) => 2,
    };
    let (value, label) = if unit.is_share() {
        (100.0 * value, format!("% {}", unit.label()))
    } else {
        (value, unit.label().to_owned())
    };
    format!("{} {label}", signed(value, decimals))
        .trim_end()
        .to_owned()
}
