//! The verdict: the first clause of the pack's precedence that asks for something decides.
//!
//! What is missing never passes silently. A clause that comes before the deciding one and misses a figure of
//! the marks or the book itself silences the verdict; one that misses history is passed over, named as not
//! judged. Conflicts are shown, never averaged.

use std::collections::BTreeSet;

use super::choices::{Choice, Choices, VerdictTrade};
use crate::fact::{FactGroup, FactId, Facts};
use crate::policy::{Clause, RuleKind, RulePack};
use crate::rule::{Finding, Findings, RuleState, Stance};

/// What a verdict is made from.
#[derive(Clone, Copy, Debug)]
pub struct VerdictInputs<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// What the rules found.
    pub findings: &'a Findings,
    /// The pack that they belong to.
    pub pack: &'a RulePack,
    /// The choices, once they are compared.
    pub choices: Option<&'a Choices>,
}

/// A finding that asks for something else than the verdict, or stands in its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The rule.
    pub rule: RuleKind,
    /// What it asks for; `None` for what forbids without asking, as a budget does.
    pub stance: Option<Stance>,
    /// What it found, a few words.
    pub words: String,
}

/// Which way a near tie leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// To the hedge.
    Hedge,
    /// To the roll.
    Roll,
}

/// What leans the comparison of roll and hedge.
#[derive(Clone, Debug, PartialEq)]
pub struct Tilt {
    /// Added to the hedge's score and taken off the roll's; negative leans to the roll. In parts of a score.
    pub to_hedge: f64,
    /// What a tie goes to; `None` while nothing is known that decides it.
    pub tie: Option<Lean>,
    /// Why, a few words each.
    pub reasons: Vec<String>,
}

/// What to do, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What to do.
    pub stance: Stance,
    /// One plain sentence.
    pub sentence: String,
    /// The clause that decided; `None` when none did.
    pub clause: Option<Clause>,
    /// The rules that ask for it, the deciding ones first.
    pub because: Vec<RuleKind>,
    /// What asks for something else.
    pub against: Vec<Conflict>,
    /// The facts without which there is no advice; empty when there is.
    pub missing: Vec<FactId>,
    /// The rules of clauses that were passed over because history is missing.
    pub not_judged: Vec<RuleKind>,
    /// What leans roll against hedge.
    pub tilt: Tilt,
    /// Which of the compared choices comes first, where the verdict leaves it to them, in words.
    pub compared: Option<String>,
    /// How far the deciding rule is from turning over, and what would turn it: one line a rule.
    pub flips: Vec<(RuleKind, String)>,
    /// The trades of the choice that the verdict takes.
    pub trades: Vec<VerdictTrade>,
}

impl Verdict {
    /// Decides.
    pub fn of(inputs: &VerdictInputs<'_>) -> Self {
        let VerdictInputs { facts, pack, .. } = *inputs;
        let mut not_judged = Vec::new();
        for clause in &pack.precedence {
            let rules = rules_of(inputs, *clause);
            if *clause != Clause::FixStructure && facts.number(FactId::Condors) == Some(0.0) {
                return nothing(inputs, "Nothing to advise: the book holds no condor");
            }
            if rules.iter().any(|finding| finding.fires()) {
                return decided(inputs, *clause, &rules, not_judged);
            }
            let unknown = rules
                .iter()
                .filter(|finding| finding.state == RuleState::NoData);
            for finding in unknown {
                let blocking: Vec<FactId> = finding
                    .missing
                    .iter()
                    .copied()
                    .filter(|id| is_of_the_book(*id))
                    .collect();
                if !blocking.is_empty() {
                    return silenced(inputs, &blocking);
                }
                not_judged.push(finding.rule);
            }
        }
        held(inputs, not_judged)
    }
}

/// The findings behind a clause, in its order.
fn rules_of<'a>(inputs: &VerdictInputs<'a>, clause: Clause) -> Vec<&'a Finding> {
    let rules = clause.rules().iter();
    rules.filter_map(|rule| inputs.findings.by(*rule)).collect()
}

/// Whether a fact is one of marks and book: without it nothing can be said of the position itself. What is
/// read from history or from a journal that is not there yet silences its own rule alone.
pub fn is_of_the_book(id: FactId) -> bool {
    let of_history = [
        FactId::ThetaCapture,
        FactId::VegaRegression,
        FactId::VegaRegressionSe,
        FactId::VegaRegressionNormalised,
        FactId::WaccExcess,
        FactId::MaxLossOfAccount,
        FactId::HedgeSpend,
        FactId::HedgeSpendPct,
        FactId::Equity,
        FactId::ThresholdsAge,
        FactId::IgnoredBreaches,
    ];
    match id.group() {
        FactGroup::Book
        | FactGroup::Vega
        | FactGroup::Theta
        | FactGroup::BreakEvens
        | FactGroup::Budget => !of_history.contains(&id),
        FactGroup::Curve => [FactId::Vix, FactId::Edr].contains(&id),
        FactGroup::Regime
        | FactGroup::Layers
        | FactGroup::Spx
        | FactGroup::Breadth
        | FactGroup::Events
        | FactGroup::Economy
        | FactGroup::Value => false,
    }
}

/// What leans roll against hedge today.
fn tilt(inputs: &VerdictInputs<'_>) -> Tilt {
    let facts = inputs.facts;
    let step = inputs.pack.decision.tilt.tilt.value;
    let regime = facts.words(FactId::Regime);
    let richness = facts.words(FactId::CapmVerdict);
    let in_window = facts.flag(FactId::EventWindow) == Some(true);
    let mut reasons = Vec::new();
    let (mut to_hedge, mut to_roll) = (false, false);
    let mut lean = |holds: bool, hedge: bool, why: &str| {
        if holds {
            reasons.push(why.to_owned());
            to_hedge |= hedge;
            to_roll |= !hedge;
        }
    };
    lean(
        regime.is_some_and(|regime| regime != PROMOTER),
        true,
        "Steward leans to the hedge",
    );
    lean(in_window, true, "an event window leans to the hedge");
    lean(
        richness == Some("cheap"),
        true,
        "a cheap Second layer leans to the hedge",
    );
    lean(
        regime == Some(PROMOTER),
        false,
        "Promoter leans to the roll",
    );
    lean(
        richness == Some("rich"),
        false,
        "a rich Second layer leans to the roll",
    );
    // each side once: what leans both ways cancels out
    let sides = f64::from(i8::from(to_hedge)) - f64::from(i8::from(to_roll));
    let signal = facts.flag(FactId::FrontTies) == Some(true);
    let tie = if signal {
        reasons.push("a volatility signal turns ties to the hedge".to_owned());
        Some(Lean::Hedge)
    } else if in_window {
        Some(Lean::Hedge)
    } else {
        regime.map(|regime| {
            if regime == PROMOTER {
                Lean::Roll
            } else {
                Lean::Hedge
            }
        })
    };
    Tilt {
        to_hedge: step * sides,
        tie,
        reasons,
    }
}

/// The regime that leans to the roll, as facts name it.
const PROMOTER: &str = "Promoter";

/// The better of two choices: by score with the tilt, a tie by regime.
fn better<'a>(
    inputs: &VerdictInputs<'_>,
    tilt: &Tilt,
    roll: &'a Choice,
    hedge: &'a Choice,
) -> (Option<&'a Choice>, String) {
    let least = inputs.pack.decision.tilt.tie.value;
    let (Some(for_roll), Some(for_hedge)) = (roll.score, hedge.score) else {
        return (None, "the choices are not scored".to_owned());
    };
    let gap = for_hedge - for_roll + tilt.to_hedge;
    let scores = format!(
        "{} scores {for_roll:.2}, {} {for_hedge:.2}",
        roll.name, hedge.name
    );
    let lean = if tilt.to_hedge == 0.0 {
        String::new()
    } else {
        format!(
            ", {:.2} added to the {}",
            tilt.to_hedge.abs(),
            if tilt.to_hedge > 0.0 { "hedge" } else { "roll" }
        )
    };
    let words = format!("{scores}{lean}").replace('-', "−");
    if gap.abs() >= least {
        let first = if gap > 0.0 { hedge } else { roll };
        return (Some(first), format!("{words}: {} comes first", first.name));
    }
    match tilt.tie {
        Some(Lean::Hedge) => (
            Some(hedge),
            format!("{words}: a tie, which goes to the hedge"),
        ),
        Some(Lean::Roll) => (
            Some(roll),
            format!("{words}: a tie, which goes to the roll"),
        ),
        None => (
            None,
            format!("{words}: a tie, and the regime that would decide it is not known"),
        ),
    }
}

/// What a clause asks for, the choice that does it, and what the comparison says.
fn asked<'a>(
    inputs: &VerdictInputs<'a>,
    clause: Clause,
    wanted: Stance,
    tilt: &Tilt,
) -> (Stance, Option<&'a Choice>, Option<String>) {
    let Some(choices) = inputs.choices else {
        let words = (clause == Clause::BreakEvenBreach)
            .then(|| "a roll if one is accepted, else a hedge or the close".to_owned());
        return (wanted, None, words);
    };
    let best = |stance| choices.best(stance);
    match clause {
        Clause::BreakEvenBreach => {
            if let Some(roll) = best(Stance::Roll) {
                let words = format!("accepted: {}", roll.name);
                return (Stance::Roll, Some(roll), Some(words));
            }
            match (best(Stance::Close), best(Stance::Hedge)) {
                (Some(close), Some(hedge)) => {
                    let (first, words) = better(inputs, tilt, close, hedge);
                    let first = first.unwrap_or(hedge);
                    let words = format!("no roll is accepted; {words}");
                    (first.stance, Some(first), Some(words))
                }
                (Some(only), None) | (None, Some(only)) => {
                    let words = format!("no roll is accepted: {}", only.name);
                    (only.stance, Some(only), Some(words))
                }
                (None, None) => {
                    let words = "no roll is accepted, and no other choice is known".to_owned();
                    (Stance::Close, None, Some(words))
                }
            }
        }
        Clause::InflationBreach | Clause::Evaluate if wanted == Stance::Evaluate => {
            match (best(Stance::Roll), best(Stance::Hedge)) {
                (Some(roll), Some(hedge)) => {
                    let (_, words) = better(inputs, tilt, roll, hedge);
                    (wanted, None, Some(words))
                }
                (None, Some(hedge)) => {
                    let words = format!("no roll is accepted; {} stands alone", hedge.name);
                    (wanted, None, Some(words))
                }
                (Some(roll), None) => (wanted, None, Some(format!("{} stands alone", roll.name))),
                (None, None) => (wanted, None, None),
            }
        }
        Clause::ThetaFloor if wanted == Stance::Roll => match best(Stance::Roll) {
            Some(roll) => (wanted, Some(roll), Some(format!("accepted: {}", roll.name))),
            None => (
                wanted,
                None,
                Some("no roll is accepted yet that lifts it".to_owned()),
            ),
        },
        Clause::FixStructure
        | Clause::InflationBreach
        | Clause::VegaCut
        | Clause::Evaluate
        | Clause::VegaBand
        | Clause::ThetaFloor
        | Clause::TailHedge => {
            let choice = best(wanted);
            (wanted, choice, choice.map(|choice| choice.name.clone()))
        }
    }
}

/// A clause fired.
fn decided(
    inputs: &VerdictInputs<'_>,
    clause: Clause,
    rules: &[&Finding],
    not_judged: Vec<RuleKind>,
) -> Verdict {
    let firing: Vec<&Finding> = rules.iter().copied().filter(|one| one.fires()).collect();
    let wanted = firing
        .first()
        .and_then(|finding| finding.stance)
        .unwrap_or(Stance::Hold);
    let tilt = tilt(inputs);
    let (stance, choice, compared) = asked(inputs, clause, wanted, &tilt);
    let words: Vec<&str> = firing.iter().map(|one| one.headline.as_str()).collect();
    let mut sentence = format!("{}: {}", stance.label(), words.join("; "));
    if let Some(compared) = &compared {
        sentence += &format!(" ({compared})");
    }
    sentence += &cannot_judge(&not_judged);
    let mut because: Vec<RuleKind> = firing.iter().map(|one| one.rule).collect();
    let agreeing = inputs
        .findings
        .firing()
        .filter(|one| one.stance == Some(stance) && !because.contains(&one.rule))
        .map(|one| one.rule)
        .collect::<Vec<_>>();
    because.extend(agreeing);
    Verdict {
        against: conflicts(inputs.findings, stance, &because),
        flips: flips(&firing),
        trades: choice.map_or_else(Vec::new, |choice| choice.trades.clone()),
        stance,
        sentence: format!("{sentence}."),
        clause: Some(clause),
        because,
        missing: Vec::new(),
        not_judged,
        tilt,
        compared,
    }
}

/// No clause fired.
fn held(inputs: &VerdictInputs<'_>, not_judged: Vec<RuleKind>) -> Verdict {
    let clauses = inputs.pack.precedence.iter();
    let rules: Vec<&Finding> = clauses
        .flat_map(|clause| rules_of(inputs, *clause))
        .filter(|finding| finding.state != RuleState::NoData)
        .collect();
    let nearest = nearest(&rules);
    let sentence = format!(
        "Hold: nothing asks for a change{}.",
        cannot_judge(&not_judged)
    );
    Verdict {
        stance: Stance::Hold,
        sentence,
        clause: None,
        because: Vec::new(),
        against: conflicts(inputs.findings, Stance::Hold, &[]),
        missing: Vec::new(),
        not_judged,
        tilt: tilt(inputs),
        compared: None,
        flips: flips(&nearest),
        trades: Vec::new(),
    }
}

/// All of them, those with the least room against their limit first.
fn nearest<'a>(rules: &[&'a Finding]) -> Vec<&'a Finding> {
    let share = |finding: &Finding| {
        let room = finding.distance.map_or(f64::INFINITY, |room| room.value);
        let limit = finding
            .thresholds
            .first()
            .map_or(1.0, |used| used.value.abs().max(1e-9));
        room / limit
    };
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| share(a).total_cmp(&share(b)));
    sorted
}

/// A figure of the book is missing.
fn silenced(inputs: &VerdictInputs<'_>, blocking: &[FactId]) -> Verdict {
    let missing: BTreeSet<FactId> = blocking.iter().copied().collect();
    let mut needs: Vec<&str> = Vec::new();
    for id in &missing {
        if let Some(missing) = inputs.facts.get(*id).missing()
            && !needs.contains(&missing.import_what.as_str())
        {
            needs.push(&missing.import_what);
        }
    }
    let keys: Vec<&str> = missing.iter().map(|id| id.key()).collect();
    let mut verdict = nothing(
        inputs,
        &format!(
            "No advice without {}: needs {}",
            keys.join(", "),
            needs.join(", ")
        ),
    );
    verdict.missing = missing.into_iter().collect();
    verdict
}

fn nothing(inputs: &VerdictInputs<'_>, words: &str) -> Verdict {
    Verdict {
        stance: Stance::NoAdvice,
        sentence: format!("{words}."),
        clause: None,
        because: Vec::new(),
        against: Vec::new(),
        missing: Vec::new(),
        not_judged: Vec::new(),
        tilt: tilt(inputs),
        compared: None,
        flips: Vec::new(),
        trades: Vec::new(),
    }
}

fn cannot_judge(rules: &[RuleKind]) -> String {
    if rules.is_empty() {
        return String::new();
    }
    let names: Vec<String> = rules
        .iter()
        .map(|rule| rule.title().to_lowercase())
        .collect();
    format!("; not judged for want of history: {}", names.join(", "))
}

fn flips(findings: &[&Finding]) -> Vec<(RuleKind, String)> {
    findings
        .iter()
        .filter(|finding| !finding.flips.is_empty())
        .map(|finding| (finding.rule, finding.flips.clone()))
        .collect()
}

/// Findings that ask for something else, and those that forbid what the verdict asks for.
fn conflicts(findings: &Findings, stance: Stance, because: &[RuleKind]) -> Vec<Conflict> {
    findings
        .iter()
        .filter(|finding| !because.contains(&finding.rule))
        .filter(|finding| {
            let asks_otherwise = finding.fires() && finding.stance != Some(stance);
            asks_otherwise || forbids(finding, stance)
        })
        .map(|finding| Conflict {
            rule: finding.rule,
            stance: finding.stance.filter(|_| finding.fires()),
            words: finding.headline.clone(),
        })
        .collect()
}

/// Whether a finding stands in the way of a stance: a budget of the hedge, the last roll of the roll.
fn forbids(finding: &Finding, stance: Stance) -> bool {
    let is_budget = [
        RuleKind::HedgeDebit,
        RuleKind::HedgeTheta,
        RuleKind::HedgeSpend,
    ]
    .contains(&finding.rule);
    match stance {
        Stance::Hedge => is_budget && finding.state == RuleState::Breach,
        Stance::Roll => {
            let is_last = matches!(finding.state, RuleState::Breach | RuleState::Alert);
            finding.rule == RuleKind::RollLimit && is_last
        }
        Stance::Evaluate => {
            (is_budget || finding.rule == RuleKind::RollLimit) && finding.state == RuleState::Breach
        }
        Stance::NoAdvice | Stance::Fix | Stance::Hold | Stance::Trim | Stance::Close => false,
    }
}
