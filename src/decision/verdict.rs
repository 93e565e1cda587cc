//! The verdict: the first clause of the pack's precedence that asks for something decides.
//!
//! What is missing never passes silently. A clause that comes before the deciding one and misses a figure of
//! the marks or the book itself silences the verdict; one that misses history is passed over, named as not
//! judged. Conflicts are shown, never averaged.

mod conflict;
mod tilt;

use std::collections::BTreeSet;

use super::choices::{Choices, VerdictTrade};
use crate::fact::{FactGroup, FactId, Facts};
use crate::policy::{Clause, RuleKind, RulePack};
use crate::rule::{Finding, Findings, RuleState, Stance};
pub use conflict::Conflict;
use conflict::conflicts;
use tilt::asked;
pub(super) use tilt::tilt;
pub use tilt::{Lean, Tilt};

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
    /// The place of the choice taken among the decision's choices; `None` when none is, or none were compared.
    pub choice: Option<usize>,
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
    let tilt = tilt(inputs.facts, inputs.pack);
    let (stance, choice, compared) = asked(inputs, clause, wanted, &tilt);
    let words: Vec<&str> = firing.iter().map(|one| one.headline.as_str()).collect();
    let compared_words = compared
        .as_ref()
        .map_or_else(String::new, |compared| format!(" ({compared})"));
    let sentence = format!(
        "{}: {}{compared_words}{}.",
        stance.label(),
        words.join("; "),
        cannot_judge(&not_judged)
    );
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
        choice: choice.map(|choice| choice.place),
        stance,
        sentence,
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
        tilt: tilt(inputs.facts, inputs.pack),
        compared: None,
        flips: flips(&nearest),
        trades: Vec::new(),
        choice: None,
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
        tilt: tilt(inputs.facts, inputs.pack),
        compared: None,
        flips: Vec::new(),
        trades: Vec::new(),
        choice: None,
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
