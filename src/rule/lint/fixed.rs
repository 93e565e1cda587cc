//! What can be said of a pack's numbers without any market.

use super::super::words::{capital, fixed, signed, trimmed};
use super::{Lint, LintKind};
use crate::indicator::TRADING_DAYS_PER_YEAR;
use crate::policy::{Clause, RuleKind, RulePack, Unit};

/// What is odd about the numbers alone.
pub fn lint_pack(pack: &RulePack) -> Vec<Lint> {
    let mut found = signs(pack);
    found.extend(scales(pack));
    found.extend(orders(pack));
    found.extend(targets(pack));
    found.push(forward_trigger(pack));
    found.retain(|lint| {
        lint.rules.is_empty() || lint.rules.iter().any(|rule| pack.evaluates.contains(rule))
    });
    found.extend(unused(pack));
    found
}

/// Signs that turn a number into its opposite.
fn signs(pack: &RulePack) -> Vec<Lint> {
    let band = &pack.vega_band;
    let flattening = pack.signals.concentration.flattening_bp.value;
    let stress = pack.decision.stress.spx_pct.value;
    let rows = [
        (
            band.low.value > 0.0,
            "vega_band.low",
            Some(RuleKind::NetVegaBand),
            format!(
                "The band begins at {}: a book without any vega would have to buy some",
                signed(band.low.value, 2)
            ),
        ),
        (
            band.high.value < 0.0,
            "vega_band.high",
            Some(RuleKind::NetVegaBand),
            format!(
                "The band ends at {}: a book without any vega would have to sell some",
                signed(band.high.value, 2)
            ),
        ),
        (
            flattening > 0.0,
            "signals.concentration.flattening_bp",
            Some(RuleKind::Concentration),
            format!(
                "A change of {} bp is steepening, not flattening",
                signed(flattening, 0)
            ),
        ),
        (
            stress > 0.0,
            "decision.stress.spx_pct",
            None,
            format!("The stress is a rise of {} %", signed(stress, 1)),
        ),
    ];
    rows.into_iter()
        .filter(|(is_wrong, ..)| *is_wrong)
        .map(|(_, path, rule, words)| {
            let lint = Lint::number(LintKind::ImpossibleSign, path, format!("{words}."));
            match rule {
                Some(rule) => lint.of_rule(rule),
                None => lint,
            }
        })
        .collect()
}

/// Largest share that is not meant as a percentage.
const LARGEST_SHARE: f64 = 1.5;

/// Shares written in percent.
fn scales(pack: &RulePack) -> Vec<Lint> {
    let is_share = |unit: Unit| {
        [
            Unit::Share,
            Unit::ShareOfAccount,
            Unit::ShareOfAccountPerYear,
            Unit::ShareOfCondorTheta,
            Unit::ShareOfCredit,
            Unit::ShareOfMarginPerDay,
            Unit::ShareOfContracts,
            Unit::ShareOfTargetDays,
        ]
        .contains(&unit)
    };
    pack.slots()
        .into_iter()
        .filter(|slot| is_share(slot.unit) && slot.threshold.value > LARGEST_SHARE)
        .map(|slot| {
            let value = slot.threshold.value;
            let words = format!(
                "{} is a share, so {} means {} %; was {} % meant?",
                slot.path,
                trimmed(value, 3),
                trimmed(100.0 * value, 1),
                trimmed(value, 3)
            );
            Lint::number(LintKind::MixedUnit, &slot.path, words)
        })
        .collect()
}

/// A number that only works in one order with another: path, whether it stands so, its rule, and what happens
/// otherwise.
type Ordered = (&'static str, bool, RuleKind, &'static str);

/// Numbers of modifiers and sizes that lose their meaning in the wrong order.
fn milder_and_sizes(pack: &RulePack) -> [Ordered; 5] {
    let (rules, signals) = (&pack.rules, &pack.signals);
    let scaling = &rules.entry_scaling;
    [
        (
            "signals.cash_flow.alert_expected_moves",
            signals.cash_flow.alert_expected_moves.value > pack.break_evens.pass.value,
            RuleKind::CashFlow,
            "High price over cash flow should alert break-evens earlier, but its level is not beyond break_evens.pass: it changes nothing",
        ),
        (
            "signals.cash_flow.short_strike_delta",
            signals.cash_flow.short_strike_delta.value < rules.threat.short_delta.value,
            RuleKind::CashFlow,
            "High price over cash flow should threaten strikes earlier, but its delta is not below rules.threat.short_delta: it changes nothing",
        ),
        (
            "signals.reer.expected_move_factor",
            signals.reer.expected_move_factor.value > 1.0,
            RuleKind::ExchangeRate,
            "The factor on the expected move is not above 1: a shift of the exchange rate changes nothing, or makes it milder",
        ),
        (
            "rules.position_cap.steward_warn",
            rules.position_cap.steward_warn.value < rules.position_cap.most.value,
            RuleKind::PositionCap,
            "Steward warns only beyond the cap itself: the warning never comes first",
        ),
        (
            "rules.entry_scaling.tiers_middle",
            scaling.tiers_low.value > scaling.tiers_middle.value
                && scaling.tiers_middle.value > scaling.tiers_high.value,
            RuleKind::EntryScaling,
            "The tiers do not fall as VIX rises: a level between them changes nothing",
        ),
    ]
}

/// Levels and counts that leave a range empty in the wrong order.
fn ranges(pack: &RulePack) -> [Ordered; 5] {
    let (rules, signals) = (&pack.rules, &pack.signals);
    [
        (
            "rules.vega_cut.usual",
            rules.vega_cut.least.value <= rules.vega_cut.usual.value
                && rules.vega_cut.usual.value <= rules.vega_cut.most.value,
            RuleKind::VegaCut,
            "The usual cut does not lie between the least and the largest",
        ),
        (
            "rules.tail_hedge.low_to",
            rules.tail_hedge.none_to.value < rules.tail_hedge.low_to.value
                && rules.tail_hedge.low_to.value < rules.tail_hedge.high_to.value,
            RuleKind::TailHedge,
            "The levels of the forward VIX do not ascend: a range of them is empty",
        ),
        (
            "signals.big_top.press_points",
            signals.big_top.build_points.value < signals.big_top.press_points.value
                && signals.big_top.press_points.value <= 5.0,
            RuleKind::BigTop,
            "Press needs more than the five points there are, or no more than Build: a phase can never be",
        ),
        (
            "signals.expansion.hot_closes",
            signals.expansion.hot_closes.value <= signals.expansion.window_closes.value,
            RuleKind::VegaCut,
            "More hot closes are asked for than the window has: RSI never counts as high",
        ),
        (
            "rules.roll.step",
            rules.roll.step.value <= rules.roll.longest_step.value,
            RuleKind::RollLimit,
            "The least step of a roll is beyond the longest: no longer condor can roll",
        ),
    ]
}

/// Numbers of which one loses its meaning in the wrong order.
fn orders(pack: &RulePack) -> Vec<Lint> {
    let mut found: Vec<Lint> = milder_and_sizes(pack)
        .into_iter()
        .chain(ranges(pack))
        .filter(|(_, is_fine, ..)| !is_fine)
        .map(|(path, _, rule, words)| {
            Lint::number(LintKind::NeverFires, path, format!("{words}.")).of_rule(rule)
        })
        .collect();
    for (index, layer) in pack.layers.iter().enumerate() {
        let (roll, target) = (layer.roll_dte.value, layer.target_dte.value);
        if roll >= target {
            let path = format!("layers[{index}].roll_dte");
            let words = format!(
                "{} is rolled at {} days, but aims for {}: it is to be rolled as soon as it is bought.",
                layer.title,
                trimmed(roll, 0),
                trimmed(target, 0)
            );
            found.push(
                Lint::number(LintKind::AlwaysFires, &path, words).of_rule(RuleKind::LayerRoll),
            );
        }
    }
    found
}

/// A vega target that the band itself forbids.
fn targets(pack: &RulePack) -> Vec<Lint> {
    let band = &pack.vega_band;
    let numbers = &pack.signals.big_top;
    let rows = [
        ("signals.big_top.target_off", &numbers.target_off),
        ("signals.big_top.target_press", &numbers.target_press),
        (
            "signals.big_top.target_distribution",
            &numbers.target_distribution,
        ),
    ];
    rows.into_iter()
        .filter(|(_, target)| target.value < band.low.value || target.value > band.high.value)
        .map(|(path, target)| {
            let words = format!(
                "The target {} lies outside of the band {} to {}: the band would undo what the target asks for.",
                signed(target.value, 2),
                signed(band.low.value, 2),
                signed(band.high.value, 2)
            );
            Lint::number(LintKind::Contradiction, path, words)
                .of_rule(RuleKind::BigTop)
                .of_rule(RuleKind::NetVegaBand)
        })
        .collect()
}

/// The forward trigger: expected daily range or VIX, which are one and the same. For rolling back both must
/// hold, so there the other one decides.
fn forward_trigger(pack: &RulePack) -> Lint {
    let line = pack.signals.daily_range.line_pct.value;
    let as_vix = line * TRADING_DAYS_PER_YEAR.sqrt();
    let vix = pack.rules.threat.forward_vix.value;
    let by_range = format!(
        "the expected daily range above {} % (VIX above {})",
        trimmed(line, 2),
        fixed(as_vix, 1)
    );
    let by_vix = format!("VIX above {}", trimmed(vix, 2));
    let (path, implied, first) = if vix >= as_vix {
        ("rules.threat.forward_vix", by_vix, by_range)
    } else {
        ("signals.daily_range.line_pct", by_range, by_vix)
    };
    let words = format!(
        "{} never decides the forward trigger: {first} comes first.",
        capital(&implied)
    );
    Lint::number(LintKind::Redundant, path, words).of_rule(RuleKind::Threatened)
}

/// Clauses whose rules the pack evaluates but never lets decide.
fn unused(pack: &RulePack) -> Vec<Lint> {
    let clauses = [
        Clause::FixStructure,
        Clause::BreakEvenBreach,
        Clause::InflationBreach,
        Clause::VegaCut,
        Clause::Evaluate,
        Clause::VegaBand,
        Clause::ThetaFloor,
        Clause::TailHedge,
    ];
    clauses
        .into_iter()
        .filter(|clause| {
            let rule = clause.rules()[0];
            pack.evaluates.contains(&rule) && !pack.precedence.contains(clause)
        })
        .map(|clause| Lint {
            kind: LintKind::NeverFires,
            rules: clause.rules().to_vec(),
            path: None,
            words: format!(
                "“{}” is evaluated, but no clause of the precedence lets it decide: it is shown and never asks for anything.",
                clause.label()
            ),
        })
        .collect()
}
