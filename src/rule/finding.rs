//! What a rule found: state, stance, the sentence with its numbers, and what would change it.

use super::stance::Stance;
use crate::fact::FactId;
use crate::policy::{Provenance, RuleKind, Unit};

/// How a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleState {
    /// What it watches for is not there.
    Pass,
    /// It says something without asking for anything.
    Info,
    /// Near its limit, or a warning.
    Alert,
    /// Beyond its limit: it asks for its stance.
    Breach,
    /// An input is missing. Never the same as a pass.
    NoData,
}

impl RuleState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Pass,
        Self::Info,
        Self::Alert,
        Self::Breach,
        Self::NoData,
    ];

    /// The state of that name, as a record keeps it.
    pub fn of_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.label() == label)
    }

    /// Its name on the screen and in reports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Info => "info",
            Self::Alert => "alert",
            Self::Breach => "breach",
            Self::NoData => "no data",
        }
    }
}

/// A number of the pack as a rule used it.
#[derive(Clone, Debug, PartialEq)]
pub struct ThresholdUse {
    /// Path in the pack, such as `vega_band.low`.
    pub path: String,
    /// What it limits, in a few words: "low", "floor".
    pub label: String,
    /// The number used, modifiers included, in `unit`.
    pub value: f64,
    /// The pack's own number.
    pub base: f64,
    /// Its unit.
    pub unit: Unit,
    /// Who states it.
    pub provenance: Provenance,
    /// What changed it, such as "tightened 15 % by concentration"; `None` when nothing did.
    pub changed_by: Option<String>,
}

/// How far a rule is from turning over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// Positive: room left before it fires. Negative: so far beyond. In `unit`.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which rule.
    pub rule: RuleKind,
    /// How it stands.
    pub state: RuleState,
    /// What it asks for; `None` when it asks for nothing.
    pub stance: Option<Stance>,
    /// What it found in a few words without capital and full stop: "net vega −0.29 is short of −0.15".
    pub headline: String,
    /// Plain sentences with the numbers.
    pub sentence: String,
    /// The facts that it rests on: without any one of them it says that there is no data. Value, source and
    /// age are the facts' own.
    pub inputs: Vec<FactId>,
    /// The facts that it tells beside, known or not; they change nothing, or make it stricter at most.
    pub context: Vec<FactId>,
    /// The numbers of the pack that it used.
    pub thresholds: Vec<ThresholdUse>,
    /// How far it is from turning over; `None` for rules that are no single limit, and without data.
    pub distance: Option<Distance>,
    /// What would turn it over, in words; empty without data.
    pub flips: String,
    /// The facts that it needs and that are missing.
    pub missing: Vec<FactId>,
}

impl Finding {
    /// Whether it asks for something.
    pub fn fires(&self) -> bool {
        self.state == RuleState::Breach && self.stance.is_some()
    }

    /// The number that its distance is measured from: the first of the distance's unit, else the first.
    pub fn threshold(&self) -> Option<&ThresholdUse> {
        let unit = self.distance.map(|room| room.unit);
        let measured = self.thresholds.iter().find(|used| Some(used.unit) == unit);
        measured.or_else(|| self.thresholds.first())
    }

    /// The weakest provenance among its numbers: what the whole finding rests on. Ours when it has none.
    pub fn provenance(&self) -> Provenance {
        let rank = |provenance: Provenance| match provenance {
            Provenance::Method => 0,
            Provenance::MethodVariant => 1,
            Provenance::Palisade => 2,
            Provenance::Own => 3,
        };
        let sources = self.thresholds.iter().map(|used| used.provenance);
        sources
            .max_by_key(|provenance| rank(*provenance))
            .unwrap_or(Provenance::Palisade)
    }
}
