//! What changes the pack's numbers today: each modifier with its reason, its numbers and whether it could be
//! judged.
//!
//! A modifier that cannot be judged changes nothing; the rules whose numbers it would change say so.

mod each;

use each::{earlier, event, expected_move, steward, target, tighten, widen};

use crate::fact::{FactId, Facts};
use crate::policy::RulePack;

/// A modifier of the method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ModifierKind {
    /// Concentration with flattening raises the theta floor.
    TightenTheta,
    /// Healthy growth with a stable differential widens the vega band.
    WidenBand,
    /// A shift of the exchange rate makes the expected move larger.
    ExpectedMove,
    /// A high price over cash flow moves the levels of intervention earlier.
    EarlierLevels,
    /// Steward makes sizes smaller.
    StewardSize,
    /// An event window makes sizes smaller.
    EventSize,
    /// The cash press moves the vega target inside the band.
    VegaTarget,
}

impl ModifierKind {
    /// Every modifier, in the order of the screen.
    pub const ALL: [Self; 7] = [
        Self::TightenTheta,
        Self::WidenBand,
        Self::ExpectedMove,
        Self::EarlierLevels,
        Self::StewardSize,
        Self::EventSize,
        Self::VegaTarget,
    ];

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::TightenTheta => "Tighten the theta floor",
            Self::WidenBand => "Widen the vega band",
            Self::ExpectedMove => "Larger expected move",
            Self::EarlierLevels => "Earlier levels",
            Self::StewardSize => "Size in Steward",
            Self::EventSize => "Size in an event window",
            Self::VegaTarget => "Vega target",
        }
    }
}

/// Whether a modifier works today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It changes its numbers.
    On,
    /// It leaves them.
    Off,
    /// A fact that it needs is missing: it leaves them, unjudged.
    Unknown,
}

/// A modifier as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Modifier {
    /// Which.
    pub kind: ModifierKind,
    /// Whether it works.
    pub effect: Effect,
    /// What it does to its numbers while on: a share, a factor, a level or a target; what it would do when
    /// off or unknown.
    pub amount: f64,
    /// Why, with its numbers, a few words without capital and full stop.
    pub reason: String,
    /// The facts behind it.
    pub facts: Vec<FactId>,
    /// The pack's number behind it.
    pub path: &'static str,
}

/// All modifiers.
#[derive(Clone, Debug, PartialEq)]
pub struct Modifiers {
    all: [Modifier; 7],
}

impl Modifiers {
    /// Reads every modifier.
    pub fn of(facts: &Facts, pack: &RulePack) -> Self {
        Self {
            all: ModifierKind::ALL.map(|kind| match kind {
                ModifierKind::TightenTheta => tighten(facts, pack),
                ModifierKind::WidenBand => widen(facts, pack),
                ModifierKind::ExpectedMove => expected_move(facts, pack),
                ModifierKind::EarlierLevels => earlier(facts, pack),
                ModifierKind::StewardSize => steward(facts, pack),
                ModifierKind::EventSize => event(facts, pack),
                ModifierKind::VegaTarget => target(facts, pack),
            }),
        }
    }

    /// All of them in the order of the screen.
    pub fn iter(&self) -> std::slice::Iter<'_, Modifier> {
        self.all.iter()
    }

    /// One of them.
    pub fn get(&self, kind: ModifierKind) -> &Modifier {
        &self.all[kind as usize]
    }

    /// Whether one of them works.
    pub fn is_on(&self, kind: ModifierKind) -> bool {
        self.get(kind).effect == Effect::On
    }

    /// Whether one of them could not be judged.
    pub fn is_unknown(&self, kind: ModifierKind) -> bool {
        self.get(kind).effect == Effect::Unknown
    }

    /// By how much the vega band widens, a share of each edge; 0 when it does not.
    pub fn widen(&self) -> f64 {
        self.when_on(ModifierKind::WidenBand, 0.0)
    }

    /// By how much the theta floor rises, a share of it; 0 when it does not.
    pub fn tighten(&self) -> f64 {
        self.when_on(ModifierKind::TightenTheta, 0.0)
    }

    /// Factor on every expected move, 1 or more.
    pub fn move_factor(&self) -> f64 {
        self.when_on(ModifierKind::ExpectedMove, 1.0)
    }

    /// Factor on the size of what is opened, 1 or less: Steward times event window.
    pub fn size(&self) -> f64 {
        self.when_on(ModifierKind::StewardSize, 1.0) * self.when_on(ModifierKind::EventSize, 1.0)
    }

    /// Where net vega should aim inside the band; `None` while the phase is not known.
    pub fn vega_target(&self) -> Option<f64> {
        let target = self.get(ModifierKind::VegaTarget);
        (target.effect != Effect::Unknown).then_some(target.amount)
    }

    /// What changed a number, for its [`ThresholdUse`](super::ThresholdUse); `None` unless the modifier works.
    pub fn changed_by(&self, kind: ModifierKind) -> Option<String> {
        let modifier = self.get(kind);
        (modifier.effect == Effect::On).then(|| modifier.reason.clone())
    }

    fn when_on(&self, kind: ModifierKind, otherwise: f64) -> f64 {
        let modifier = self.get(kind);
        match modifier.effect {
            Effect::On => modifier.amount,
            Effect::Off | Effect::Unknown => otherwise,
        }
    }
}

impl<'a> IntoIterator for &'a Modifiers {
    type Item = &'a Modifier;
    type IntoIter = std::slice::Iter<'a, Modifier>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
