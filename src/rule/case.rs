//! One rule's look at the facts: what it asked for, what is missing, which numbers it used.

use super::finding::{Distance, Finding, RuleState, ThresholdUse};
use super::modifiers::Modifiers;
use super::reading::Reading;
use super::stance::Stance;
use crate::fact::{FactId, Facts};
use crate::policy::{RuleKind, RulePack, Threshold, Unit};

/// All that a rule may see.
#[derive(Clone, Copy, Debug)]
pub struct RuleInputs<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// The pack.
    pub pack: &'a RulePack,
    /// How its numbers are read.
    pub reading: Reading,
    /// What changes its numbers today.
    pub modifiers: &'a Modifiers,
}

/// A number of the pack as it stands, by its path: `limit!(case, vega_band.low, "low")`.
macro_rules! limit {
    ($case:ident, $head:ident $(. $rest:ident)*, $label:literal) => {{
        let pack = $case.pack;
        let path = concat!(stringify!($head) $(, ".", stringify!($rest))*);
        $case.limit(path, &pack.$head$(.$rest)*, $label)
    }};
}

pub(super) use limit;

/// A finding in the making.
pub(super) struct Case<'a> {
    pub facts: &'a Facts,
    pub pack: &'a RulePack,
    pub reading: Reading,
    pub modifiers: &'a Modifiers,
    rule: RuleKind,
    needed: Vec<FactId>,
    context: Vec<FactId>,
    missing: Vec<FactId>,
    thresholds: Vec<ThresholdUse>,
}

impl<'a> Case<'a> {
    pub(super) fn of(rule: RuleKind, inputs: &RuleInputs<'a>) -> Self {
        let RuleInputs {
            facts,
            pack,
            reading,
            modifiers,
        } = *inputs;
        Self {
            facts,
            pack,
            reading,
            modifiers,
            rule,
            needed: Vec::new(),
            context: Vec::new(),
            missing: Vec::new(),
            thresholds: Vec::new(),
        }
    }

    fn need(&mut self, id: FactId, is_known: bool) {
        if !self.needed.contains(&id) {
            self.needed.push(id);
        }
        if !is_known && !self.missing.contains(&id) {
            self.missing.push(id);
        }
    }

    /// A number that the rule cannot do without.
    pub(super) fn number(&mut self, id: FactId) -> Option<f64> {
        let found = self.facts.number(id);
        self.need(id, found.is_some());
        found
    }

    /// A yes or no that the rule cannot do without.
    pub(super) fn flag(&mut self, id: FactId) -> Option<bool> {
        let found = self.facts.flag(id);
        self.need(id, found.is_some());
        found
    }

    /// Words that the rule cannot do without.
    pub(super) fn words(&mut self, id: FactId) -> Option<&'a str> {
        let found = self.facts.words(id);
        self.need(id, found.is_some());
        found
    }

    fn mention(&mut self, id: FactId) {
        if !self.context.contains(&id) {
            self.context.push(id);
        }
    }

    /// A number that is told beside and changes nothing.
    pub(super) fn beside(&mut self, id: FactId) -> Option<f64> {
        self.mention(id);
        self.facts.number(id)
    }

    /// A yes or no that is told beside.
    pub(super) fn beside_flag(&mut self, id: FactId) -> Option<bool> {
        self.mention(id);
        self.facts.flag(id)
    }

    /// Words that are told beside.
    pub(super) fn beside_words(&mut self, id: FactId) -> Option<&'a str> {
        self.mention(id);
        self.facts.words(id)
    }

    /// A number of the pack as it stands.
    pub(super) fn limit(&mut self, path: &str, threshold: &Threshold, label: &str) -> f64 {
        self.changed((path, label), threshold, threshold.value, None)
    }

    /// A number of the pack, named by path and label, as something changed it.
    pub(super) fn changed(
        &mut self,
        (path, label): (&str, &str),
        threshold: &Threshold,
        value: f64,
        changed_by: Option<String>,
    ) -> f64 {
        self.thresholds.push(ThresholdUse {
            path: path.to_owned(),
            label: label.to_owned(),
            value,
            base: threshold.value,
            unit: threshold.unit,
            provenance: threshold.source,
            changed_by,
        });
        value
    }

    /// The finding that something is missing; says what to import.
    pub(super) fn unknown(self) -> Finding {
        let keys: Vec<&str> = self.missing.iter().map(|id| id.key()).collect();
        // one reason often stands behind several facts, each needing something of its own
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        let missing = self.missing.iter();
        for missing in missing.filter_map(|id| self.facts.get(*id).missing()) {
            let at = reasons.iter().position(|one| one.0 == missing.why);
            let at = at.unwrap_or_else(|| {
                reasons.push((&missing.why, Vec::new()));
                reasons.len() - 1
            });
            let needs = missing.import_what.split(", ");
            for need in needs.filter(|need| !need.is_empty()) {
                if !reasons[at].1.contains(&need) {
                    reasons[at].1.push(need);
                }
            }
        }
        let reasons: Vec<String> = reasons
            .into_iter()
            .map(|(why, needs)| {
                if needs.is_empty() {
                    why.to_owned()
                } else {
                    format!("{why} (needs {})", needs.join(", "))
                }
            })
            .collect();
        let reasons = reasons.join("; ");
        let sentence = format!("Not judged without {}: {reasons}.", keys.join(", "));
        self.found(
            RuleState::NoData,
            format!("not judged: {reasons}"),
            sentence,
        )
    }

    /// Puts the second number used before the first: the one that a distance is measured from comes first.
    pub(super) fn second_first(&mut self) {
        if self.thresholds.len() > 1 {
            self.thresholds.swap(0, 1);
        }
    }

    /// The finding.
    pub(super) fn found(
        self,
        state: RuleState,
        headline: impl Into<String>,
        sentence: impl Into<String>,
    ) -> Finding {
        let is_known = state != RuleState::NoData;
        Finding {
            rule: self.rule,
            state,
            stance: None,
            headline: headline.into(),
            sentence: sentence.into(),
            inputs: self.needed,
            context: self.context,
            thresholds: self.thresholds,
            distance: None,
            flips: String::new(),
            missing: if is_known { Vec::new() } else { self.missing },
        }
    }
}

impl Finding {
    /// The same asking for a stance.
    pub(super) fn asking(mut self, stance: Stance) -> Self {
        self.stance = Some(stance);
        self
    }

    /// The same with a stance where there is one.
    pub(super) fn asking_if(mut self, stance: Option<Stance>) -> Self {
        self.stance = stance;
        self
    }

    /// The same with its distance: positive before it fires.
    pub(super) fn away(mut self, value: f64, unit: Unit) -> Self {
        self.distance = Some(Distance { value, unit });
        self
    }

    /// The same with what would turn it over.
    pub(super) fn flipped_by(mut self, words: impl Into<String>) -> Self {
        self.flips = words.into();
        self
    }
}
