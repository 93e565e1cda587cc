//! Why the other numbers that rules read cannot be refined.

use super::super::refine::LARGEST_STEP;
use super::table::REFINED;
use crate::policy::{RuleKind, RulePack, Threshold};

/// Why a number, or a rule, cannot be refined by what was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The rule reads no number.
    NoNumber,
    /// A span of closes, sessions or days.
    Window,
    /// How much is done.
    Size,
    /// What other numbers are measured by.
    Yardstick,
    /// One of several conditions that are counted.
    Point,
    /// Compared with what a choice would do.
    Choice,
    /// Compared with something that is not recorded.
    NoFact,
    /// It asks for no trade.
    NoTrade,
    /// Counted, and too small for a step of a tenth.
    Whole,
}

impl Why {
    /// The reason in a line.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoNumber => "It compares facts with each other, not with a number of the pack",
            Self::Window => "A span of time: its fact is recorded for this span alone",
            Self::Size => "It says how much is done, not when",
            Self::Yardstick => "A scale for other numbers, not a limit",
            Self::Point => "One point of several: none of them speaks alone",
            Self::Choice => "It judges each choice by its own figures, which are no recorded facts",
            Self::NoFact => "What it is compared with is not recorded as a fact",
            Self::NoTrade => "It asks for no trade, so there is no acting to compare",
            Self::Whole => "It counts whole things, and a tenth of it is less than one",
        }
    }
}

/// Numbers of a rule that cannot be refined for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrefined {
    /// The rule.
    pub rule: RuleKind,
    /// Their paths in the pack; empty for a rule without numbers.
    pub paths: Vec<String>,
    /// Why.
    pub why: Why,
}

/// The other numbers, by their paths or the ends of them.
const REASONS: &[(&str, Why)] = &[
    ("rules.structure.gamma_rise", Why::Choice),
    ("signals.reer.expected_move_factor", Why::Size),
    ("signals.reer.change_months", Why::Window),
    ("signals.reer.window_months", Why::Window),
    ("vega_band.reference_width", Why::Yardstick),
    ("rules.vega_cut.least", Why::Size),
    ("rules.vega_cut.usual", Why::Size),
    ("rules.vega_cut.most", Why::Size),
    ("rules.vega_cut.slow_days", Why::Window),
    ("signals.expansion.rsi_period", Why::Window),
    ("signals.expansion.window_closes", Why::Window),
    ("signals.expansion.rise_bars", Why::Window),
    ("signals.expansion.year_bars", Why::Window),
    ("signals.breadth.bars", Why::Window),
    ("signals.breadth.near_extreme", Why::NoFact),
    ("signals.breadth.fast", Why::Window),
    ("signals.breadth.slow", Why::Window),
    ("signals.compression.bars", Why::Window),
    ("signals.compression.back", Why::Window),
    ("signals.compression.vix_average", Why::Window),
    ("signals.compression.rsi_period", Why::Window),
    ("signals.compression.rsi_limit", Why::NoFact),
    ("signals.growth.widen", Why::Size),
    ("signals.growth.sessions", Why::Window),
    ("signals.concentration.tighten", Why::Size),
    ("signals.concentration.weight_sessions", Why::Window),
    ("signals.concentration.curve_sessions", Why::Window),
    (".target_dte", Why::Size),
    (".target_delta", Why::Size),
    (".per_ten_condors", Why::Size),
    ("entry.refresh_share", Why::NoFact),
    ("monetise.share_sold", Why::Size),
    ("monetise.below_high", Why::NoTrade),
    ("monetise.average", Why::Window),
    ("monetise.high_closes", Why::Window),
    ("monetise.reinvest_second", Why::Size),
    ("monetise.reinvest_third", Why::Size),
    ("signals.front_vol.bars", Why::Window),
    ("signals.front_vol.average", Why::Window),
    ("signals.front_vol.hold_closes", Why::Window),
    ("rules.entry_scaling.tiers_low", Why::Size),
    ("rules.entry_scaling.tiers_middle", Why::Size),
    ("rules.entry_scaling.tiers_high", Why::Size),
    ("rules.entry_scaling.steward_size", Why::Size),
    ("signals.events.after", Why::NoFact),
    ("signals.events.closed_before", Why::NoTrade),
    ("signals.events.size_factor", Why::Size),
    ("signals.regime.min_bars", Why::Window),
    ("signals.regime.better_bars", Why::Window),
    ("signals.regime.deviation_bars", Why::Window),
    ("signals.regime.deviation_share", Why::NoFact),
    ("signals.regime.closes", Why::Window),
    ("signals.big_top.high_bars", Why::Window),
    ("signals.big_top.near_high", Why::Point),
    ("signals.big_top.slope_pct", Why::Point),
    ("signals.big_top.vol_ratio", Why::Point),
    ("signals.big_top.rsi", Why::Point),
    ("signals.big_top.min_dte", Why::Point),
    ("signals.big_top.max_dte", Why::Point),
    ("signals.big_top.target_off", Why::Size),
    ("signals.big_top.target_press", Why::Size),
    ("signals.big_top.target_distribution", Why::Size),
    ("signals.cash_flow.quarters", Why::Window),
    ("rules.false_binary.loyal_sessions", Why::NoTrade),
    ("rules.false_binary.loyal_changes", Why::NoTrade),
    ("rules.false_binary.loyal_breaches", Why::NoTrade),
    ("rules.false_binary.churn_days", Why::Window),
    ("rules.false_binary.reversal_days", Why::Window),
    ("rules.tail_hedge.low_to", Why::Size),
    ("rules.tail_hedge.low_share", Why::Size),
    ("rules.tail_hedge.high_share", Why::Size),
];

/// Whether the largest step of a month moves a number by something.
pub(in crate::journal) fn can_step(threshold: &Threshold) -> bool {
    !threshold.unit.is_whole() || LARGEST_STEP * threshold.value.abs() >= 1.0
}

/// Why the number at a path cannot be refined; `None` where it can, or where no reason is known.
pub(super) fn why(path: &str, threshold: &Threshold) -> Option<Why> {
    if REFINED.iter().any(|refined| refined.path == path) {
        return (!can_step(threshold)).then_some(Why::Whole);
    }
    let found = REASONS
        .iter()
        .find(|(known, _)| path == *known || (known.starts_with('.') && path.ends_with(known)));
    found.map(|(_, why)| *why)
}

/// Every number of a pack that cannot be refined, by the rule that reads it first and by the reason; rules without
/// numbers too.
pub fn unrefined(pack: &RulePack) -> Vec<Unrefined> {
    let slots = pack.slots();
    let mut told: Vec<&str> = Vec::new();
    let mut all: Vec<Unrefined> = Vec::new();
    for rule in pack.evaluates.iter().copied() {
        let mut own: Vec<Unrefined> = Vec::new();
        if rule.spec().reads.is_empty() {
            own.push(Unrefined {
                rule,
                paths: Vec::new(),
                why: Why::NoNumber,
            });
        }
        for slot in slots.iter().filter(|slot| rule.reads(&slot.path)) {
            let Some(why) = why(&slot.path, slot.threshold) else {
                continue;
            };
            if told.contains(&slot.path.as_str()) {
                continue;
            }
            told.push(&slot.path);
            match own.iter_mut().find(|known| known.why == why) {
                Some(known) => known.paths.push(slot.path.clone()),
                None => own.push(Unrefined {
                    rule,
                    paths: vec![slot.path.clone()],
                    why,
                }),
            }
        }
        own.sort_by_key(|known| known.why);
        all.extend(own);
    }
    all
}
