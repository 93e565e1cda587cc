//! What was known and weighed when something was decided, kept so that it reopens exactly.
//!
//! Market history is no part of a campaign, and a later program may judge otherwise: so the record holds the
//! facts, findings, verdict and choices themselves, beside the book, the marks and the numbers that they follow from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::MomentId;
use crate::document::settings::Settings;
use crate::instrument::{Contract, LayerKind, Position, PositionId};
use crate::market::ModelParams;
use crate::policy::{Clause, PackRef, RuleKind};

/// Everything that a decision rested on, and what was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecord {
    /// Version of the program that judged.
    pub program: String,
    /// The marks.
    pub moment: MomentId,
    /// The book before.
    pub positions: Vec<Position>,
    /// The model.
    pub model: ModelParams,
    /// The settings.
    pub settings: Settings,
    /// The rule pack; an own one is kept whole in the journal.
    pub pack: PackRef,
    /// Every fact.
    pub facts: Vec<FactRecord>,
    /// Every finding.
    pub findings: Vec<FindingRecord>,
    /// The verdict.
    pub verdict: VerdictRecord,
    /// The choices compared, those that were refused last; empty when they were not compared.
    #[serde(default)]
    pub choices: Vec<ChoiceRecord>,
    /// Which of them was taken, from 0; `None` for something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<usize>,
}

impl DecisionRecord {
    /// The choice taken.
    pub fn taken_choice(&self) -> Option<&ChoiceRecord> {
        self.choices.get(self.taken?)
    }

    /// A fact by its key.
    pub fn fact(&self, key: &str) -> Option<&FactRecord> {
        self.facts.iter().find(|fact| fact.id == key)
    }

    /// The number of a fact by its key; `None` when it was missing or is no number.
    pub fn number(&self, key: &str) -> Option<f64> {
        match self.fact(key)?.value {
            RecordedValue::Number(number) => Some(number),
            RecordedValue::Flag(_) | RecordedValue::Words(_) | RecordedValue::Missing { .. } => {
                None
            }
        }
    }

    /// The words of a fact by its key; `None` when it was missing or is none.
    pub fn words(&self, key: &str) -> Option<&str> {
        match &self.fact(key)?.value {
            RecordedValue::Words(words) => Some(words),
            RecordedValue::Number(_) | RecordedValue::Flag(_) | RecordedValue::Missing { .. } => {
                None
            }
        }
    }

    /// What a rule found.
    pub fn finding(&self, rule: RuleKind) -> Option<&FindingRecord> {
        self.findings.iter().find(|finding| finding.rule == rule)
    }
}

/// A fact as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactRecord {
    /// Its key in reports, such as `vega.net`.
    pub id: String,
    /// Its value.
    pub value: RecordedValue,
    /// Where it came from; empty when missing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// New York day of its newest observation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
}

/// The value of a fact as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RecordedValue {
    /// A number in the fact's unit.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A state or text.
    Words(String),
    /// Why there was none, and what would have mended it.
    Missing {
        /// What was wrong.
        why: String,
        /// What to import.
        import_what: String,
    },
}

/// A finding as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingRecord {
    /// Which rule.
    pub rule: RuleKind,
    /// Its state: `pass`, `info`, `alert`, `breach`, `no data`.
    pub state: String,
    /// What it asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<String>,
    /// What it found in a few words.
    pub headline: String,
    /// Plain sentences with the numbers.
    pub sentence: String,
    /// The numbers of the pack that it used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitRecord>,
    /// Room left before it fires, negative beyond, in its own unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<f64>,
    /// What would have turned it over.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub flips: String,
}

impl FindingRecord {
    /// Whether it asked for something.
    pub fn fires(&self) -> bool {
        self.state == "breach" && self.stance.is_some()
    }
}

/// A number of the pack as a rule used it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitRecord {
    /// Path in the pack.
    pub path: String,
    /// The number used, modifiers included.
    pub value: f64,
    /// The pack's own number.
    pub base: f64,
}

/// The verdict as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictRecord {
    /// What to do.
    pub stance: String,
    /// One plain sentence.
    pub sentence: String,
    /// The clause that decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// The rules that asked for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<RuleKind>,
    /// What asked for something else, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
    /// The choice that it took, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<usize>,
}

/// A choice as it was compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceRecord {
    /// What is done, in a few words.
    pub name: String,
    /// What it asks for.
    pub stance: String,
    /// The test that it failed; `None` when it may be taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// The trades that lead there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trades: Vec<ChoiceTrade>,
    /// Cash that leaves now, fees and half-spread included, dollars (negative when it comes in).
    pub cost_usd: f64,
    /// Fees and half-spread, dollars.
    pub friction_usd: f64,
    /// Mean profit to the horizon, dollars.
    pub expected_pl_usd: f64,
    /// The 5th percentile of it, dollars.
    pub p05_usd: f64,
    /// The worst path, dollars.
    pub worst_usd: f64,
    /// Net vega per condor, points per vol point; `None` without condors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub net_vega_points: Option<f64>,
    /// Theta, dollars per calendar day.
    pub theta_per_day_usd: f64,
    /// Margin, dollars.
    pub margin_usd: f64,
    /// Break-evens, index points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_evens: Option<[f64; 2]>,
    /// Expected profit on margin a year, decimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub irr: Option<f64>,
    /// Score, −1 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// A trade of a choice, at the price that it was compared at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceTrade {
    /// The position that it changes; `None` for one that is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<PositionId>,
    /// The hedge layer that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<LayerKind>,
    /// What is traded.
    pub contract: Contract,
    /// Contracts, positive when bought.
    pub quantity: i32,
    /// Price per unit in points.
    pub price: f64,
    /// Commission and fees, dollars.
    #[serde(default)]
    pub fees_usd: f64,
}
