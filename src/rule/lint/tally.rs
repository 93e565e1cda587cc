//! How the rules of a pack answer over the grid, counted.

use std::collections::BTreeMap;

use super::super::finding::{Finding, RuleState};
use super::super::findings::Findings;
use super::super::reading::Reading;
use super::super::stance::Stance;
use super::super::words::{signed, trimmed};
use super::grid::LintGrid;
use super::{Lint, LintKind};
use crate::fact::FactId;
use crate::policy::{RuleKind, RulePack};
use crate::risk::band::VegaBasis;

/// Cases in which a pair has to fire together before it counts as a contradiction.
const LEAST_TOGETHER: usize = 20;
/// A limit that is reached in a smaller share of the cases seldom binds.
const SELDOM: f64 = 0.05;

/// How one rule answered.
#[derive(Clone, Copy, Default)]
struct Answers {
    /// Cases in which it could be judged.
    judged: usize,
    /// Cases in which it was more than a pass.
    spoke: usize,
    /// The same without any hedge.
    judged_bare: usize,
    spoke_bare: usize,
    /// Cases in which it asked for something.
    fired: usize,
}

/// How two rules fired together: how often, and how often for opposite things.
#[derive(Clone, Copy, Default)]
struct Together {
    both: usize,
    opposed: usize,
}

/// Whether two stances undo each other: one buys volatility or time, the other takes it off.
fn oppose(one: Stance, other: Stance) -> bool {
    let opposes = |one, other| {
        matches!(
            (one, other),
            (Stance::Hedge, Stance::Trim) | (Stance::Roll, Stance::Close)
        )
    };
    opposes(one, other) || opposes(other, one)
}

/// Counts every rule over the grid.
pub(super) fn lint_grid(pack: &RulePack, reading: Reading, grid: &LintGrid) -> Vec<Lint> {
    let mut answers: BTreeMap<RuleKind, Answers> = BTreeMap::new();
    let mut pairs: BTreeMap<(RuleKind, RuleKind), Together> = BTreeMap::new();
    for case in grid {
        let findings = Findings::evaluate(&case.facts, pack, reading);
        let is_bare = case.hedge == 0.0;
        for finding in &findings {
            let counted = answers.entry(finding.rule).or_default();
            let is_judged = finding.state != RuleState::NoData;
            let speaks = is_judged && finding.state != RuleState::Pass;
            counted.judged += usize::from(is_judged);
            counted.spoke += usize::from(speaks);
            counted.judged_bare += usize::from(is_judged && is_bare);
            counted.spoke_bare += usize::from(speaks && is_bare);
            counted.fired += usize::from(finding.fires());
        }
        let firing: Vec<&Finding> = findings.firing().collect();
        for (place, one) in firing.iter().enumerate() {
            for other in &firing[place + 1..] {
                let (Some(left), Some(right)) = (one.stance, other.stance) else {
                    continue;
                };
                let together = pairs.entry((one.rule, other.rule)).or_default();
                together.both += 1;
                together.opposed += usize::from(oppose(left, right));
            }
        }
    }
    let mut found = extremes(&answers);
    found.extend(contradictions(&answers, &pairs));
    found.extend(limits(pack, reading, grid));
    found
}

/// Rules that never or always speak, over all cases or over the bare ones.
fn extremes(answers: &BTreeMap<RuleKind, Answers>) -> Vec<Lint> {
    let mut found = Vec::new();
    for (rule, counted) in answers {
        let Answers {
            judged,
            spoke,
            judged_bare,
            spoke_bare,
            ..
        } = *counted;
        let title = rule.title();
        let row = if judged == 0 {
            Some((
                LintKind::NeverFires,
                format!("“{title}” could be judged in none of the cases."),
            ))
        } else if spoke == 0 {
            Some((
                LintKind::NeverFires,
                format!("“{title}” passes in all of {judged} cases."),
            ))
        } else if spoke == judged {
            Some((
                LintKind::AlwaysFires,
                format!("“{title}” speaks in all of {judged} cases."),
            ))
        } else if spoke_bare == judged_bare && judged_bare > 0 {
            Some((
                LintKind::AlwaysFires,
                format!(
                    "“{title}” speaks in all of {judged_bare} cases without a hedge: a bare condor never passes it."
                ),
            ))
        } else {
            None
        };
        if let Some((kind, words)) = row {
            found.push(Lint {
                kind,
                rules: vec![*rule],
                path: None,
                words,
            });
        }
    }
    found
}

/// Pairs of which one never fires without the other asking for the opposite.
fn contradictions(
    answers: &BTreeMap<RuleKind, Answers>,
    pairs: &BTreeMap<(RuleKind, RuleKind), Together>,
) -> Vec<Lint> {
    let fired = |rule: RuleKind| answers.get(&rule).map_or(0, |counted| counted.fired);
    let mut found = Vec::new();
    for ((one, other), together) in pairs {
        let Together { both, opposed } = *together;
        let seldom = fired(*one).min(fired(*other));
        if both >= LEAST_TOGETHER && opposed == both && both == seldom {
            found.push(Lint {
                kind: LintKind::Contradiction,
                rules: vec![*one, *other],
                path: None,
                words: format!(
                    "“{}” and “{}” ask for opposite things in all of the {both} cases in which the rarer of them fires.",
                    one.title(),
                    other.title()
                ),
            });
        }
    }
    found
}

/// Limits that the reference book seldom reaches.
fn limits(pack: &RulePack, reading: Reading, grid: &LintGrid) -> Vec<Lint> {
    let mut found = Vec::new();
    if pack.evaluates.contains(&RuleKind::Inflation) {
        let limit = pack.vega_band.limit.value;
        let id = match reading.basis {
            VegaBasis::WidthNormalised => FactId::NetVegaNormalised,
            VegaBasis::Literal => FactId::NetVegaLiteral,
        };
        let bare = bare_range(grid, id);
        if let Some(Range {
            count,
            least,
            most,
            beyond,
        }) = bare.map(|values| Range::of(&values, |value: f64| value.abs() > limit))
            && (beyond as f64) < SELDOM * count as f64
        {
            found.push(
                Lint::number(
                    LintKind::SeldomBinds,
                    "vega_band.limit",
                    format!(
                        "A bare reference condor has a net vega of {} to {}, beyond ±{} in {beyond} of {count} cases: the inflation limit seldom binds on the short side.",
                        signed(least, 2),
                        signed(most, 2),
                        trimmed(limit, 2)
                    ),
                )
                .of_rule(RuleKind::Inflation),
            );
        }
    }
    if pack.evaluates.contains(&RuleKind::ThetaFloor) {
        let floor = 100.0 * pack.theta.floor.value;
        if let Some(Range {
            count,
            most,
            beyond,
            ..
        }) = bare_range(grid, FactId::ThetaRatio)
            .map(|values| Range::of(&values, |value: f64| value < floor))
            && (beyond as f64) < SELDOM * count as f64
        {
            found.push(
                Lint::number(
                    LintKind::SeldomBinds,
                    "theta.floor",
                    format!(
                        "A bare reference condor earns up to {} % of margin a day and is below {} % in {beyond} of {count} cases: the floor bites on net theta after the hedge.",
                        trimmed(most, 2),
                        trimmed(floor, 3)
                    ),
                )
                .of_rule(RuleKind::ThetaFloor),
            );
        }
    }
    found
}

/// A fact over the cases without a hedge.
fn bare_range(grid: &LintGrid, id: FactId) -> Option<Vec<f64>> {
    let bare = grid.iter().filter(|case| case.hedge == 0.0);
    let values: Vec<f64> = bare.filter_map(|case| case.facts.number(id)).collect();
    (!values.is_empty()).then_some(values)
}

/// What a fact does over cases.
struct Range {
    count: usize,
    least: f64,
    most: f64,
    beyond: usize,
}

impl Range {
    fn of(values: &[f64], is_beyond: impl Fn(f64) -> bool) -> Self {
        Self {
            count: values.len(),
            least: values.iter().copied().fold(f64::INFINITY, f64::min),
            most: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            beyond: values.iter().filter(|value| is_beyond(**value)).count(),
        }
    }
}
