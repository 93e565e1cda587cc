//! What changes the pack's numbers today: each modifier with its reason, its numbers and whether it could be
//! judged.
//!
//! A modifier that cannot be judged changes nothing; the rules whose numbers it would change say so.

use super::words::{fixed, list, signed, trimmed};
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

/// What is missing of some facts, in words.
fn missing(facts: &Facts, ids: &[FactId]) -> String {
    let unknown = ids.iter().filter(|id| facts.get(**id).missing().is_some());
    let keys: Vec<String> = unknown.map(|id| id.key().to_owned()).collect();
    format!("{} not known", list(&keys))
}

/// A number of a fact with its unit, `?` when it is missing.
fn told(facts: &Facts, id: FactId) -> String {
    let unit = id.unit();
    facts.number(id).map_or_else(
        || "not known".to_owned(),
        |value| {
            let number = if unit.is_signed() {
                signed(value, unit.decimals())
            } else {
                fixed(value, unit.decimals())
            };
            format!("{number} {}", unit.label()).trim_end().to_owned()
        },
    )
}

fn percent(share: f64) -> String {
    format!("{} %", trimmed(100.0 * share, 1))
}

fn tighten(facts: &Facts, pack: &RulePack) -> Modifier {
    let amount = pack.signals.concentration.tighten.value;
    let ids = vec![FactId::ConcentrationOn, FactId::EventWindow];
    let on = facts.flag(FactId::ConcentrationOn);
    let window = facts.flag(FactId::EventWindow);
    let why = format!(
        "top-10 weight {} ({} in 63 sessions), 2s10s {}",
        told(facts, FactId::Top10Weight),
        told(facts, FactId::Top10Change63),
        told(facts, FactId::Curve2s10s)
    );
    let (effect, reason) = match (on, window) {
        (Some(true), Some(true)) => (
            Effect::Off,
            format!("an event window keeps the floor as it is ({why})"),
        ),
        (Some(true), Some(false)) => (
            Effect::On,
            format!("tightened {} by concentration: {why}", percent(amount)),
        ),
        // without a list of releases the stricter floor counts
        (Some(true), None) => (
            Effect::On,
            format!(
                "tightened {} by concentration, event window not known: {why}",
                percent(amount)
            ),
        ),
        (Some(false), _) => (Effect::Off, format!("not tightened: {why}")),
        (None, Some(true)) => (
            Effect::Off,
            "an event window keeps the floor as it is".to_owned(),
        ),
        (None, _) => (
            Effect::Unknown,
            format!(
                "tightening not judged: {}",
                missing(facts, &[FactId::ConcentrationOn])
            ),
        ),
    };
    Modifier {
        kind: ModifierKind::TightenTheta,
        effect,
        amount,
        reason,
        facts: ids,
        path: "signals.concentration.tighten",
    }
}

fn widen(facts: &Facts, pack: &RulePack) -> Modifier {
    let amount = pack.signals.growth.widen.value;
    let ids = vec![
        FactId::GrowthWidens,
        FactId::Regime,
        FactId::EventWindow,
        FactId::ReerShift,
    ];
    let why = format!(
        "growth {}, differential {} in 63 sessions",
        told(facts, FactId::GdpSaar),
        told(facts, FactId::Differential63)
    );
    let blocks = [
        (
            facts.words(FactId::Regime).map(|regime| regime != PROMOTER),
            "Steward",
        ),
        (facts.flag(FactId::EventWindow), "an event window"),
        (facts.flag(FactId::ReerShift), "a shifted exchange rate"),
    ];
    let blocked = blocks.iter().find(|(is_on, _)| *is_on == Some(true));
    let (effect, reason) = match (facts.flag(FactId::GrowthWidens), blocked) {
        (Some(false), None) => (Effect::Off, format!("not widened: {why}")),
        (_, Some((_, by))) => (Effect::Off, format!("{by} forbids widening ({why})")),
        (Some(true), None) if blocks.iter().all(|(is_on, _)| is_on.is_some()) => (
            Effect::On,
            format!("widened {} each side: {why}", percent(amount)),
        ),
        (None | Some(true), None) => (
            Effect::Unknown,
            format!("widening not judged: {}", missing(facts, &ids)),
        ),
    };
    Modifier {
        kind: ModifierKind::WidenBand,
        effect,
        amount,
        reason,
        facts: ids,
        path: "signals.growth.widen",
    }
}

/// The regime that may widen, as facts name it.
const PROMOTER: &str = "Promoter";

/// A modifier that one yes or no switches.
fn switched(
    facts: &Facts,
    (kind, path): (ModifierKind, &'static str),
    amount: f64,
    flag: FactId,
    [on, off, unknown]: [String; 3],
) -> Modifier {
    let (effect, reason) = match facts.flag(flag) {
        Some(true) => (Effect::On, on),
        Some(false) => (Effect::Off, off),
        None => (
            Effect::Unknown,
            format!("{unknown}: {}", missing(facts, &[flag])),
        ),
    };
    Modifier {
        kind,
        effect,
        amount,
        reason,
        facts: vec![flag],
        path,
    }
}

fn expected_move(facts: &Facts, pack: &RulePack) -> Modifier {
    let amount = pack.signals.reer.expected_move_factor.value;
    let z = told(facts, FactId::ReerZ);
    switched(
        facts,
        (
            ModifierKind::ExpectedMove,
            "signals.reer.expected_move_factor",
        ),
        amount,
        FactId::ReerShift,
        [
            format!(
                "expected move × {} by an exchange rate that shifted {z}",
                trimmed(amount, 2)
            ),
            format!("expected move as it is: exchange rate {z}"),
            "shift of the exchange rate not judged".to_owned(),
        ],
    )
}

fn earlier(facts: &Facts, pack: &RulePack) -> Modifier {
    let numbers = &pack.signals.cash_flow;
    let amount = numbers.alert_expected_moves.value;
    let why = format!(
        "price over cash flow {} of its median, {} on the quarter",
        told(facts, FactId::PcfOfMedian),
        told(facts, FactId::PcfChange)
    );
    switched(
        facts,
        (
            ModifierKind::EarlierLevels,
            "signals.cash_flow.alert_expected_moves",
        ),
        amount,
        FactId::PcfHigh,
        [
            format!("earlier by {why}"),
            format!("levels as they are: {why}"),
            "earlier levels not judged".to_owned(),
        ],
    )
}

fn steward(facts: &Facts, pack: &RulePack) -> Modifier {
    let amount = pack.rules.entry_scaling.steward_size.value;
    let (effect, reason) = match facts.words(FactId::Regime) {
        Some(PROMOTER) => (Effect::Off, "full size in Promoter".to_owned()),
        Some(_steward) => (
            Effect::On,
            format!("size × {} in Steward", trimmed(amount, 2)),
        ),
        None => (
            Effect::Unknown,
            format!("size not judged: {}", missing(facts, &[FactId::Regime])),
        ),
    };
    Modifier {
        kind: ModifierKind::StewardSize,
        effect,
        amount,
        reason,
        facts: vec![FactId::Regime],
        path: "rules.entry_scaling.steward_size",
    }
}

fn event(facts: &Facts, pack: &RulePack) -> Modifier {
    let amount = pack.signals.events.size_factor.value;
    let which = facts.words(FactId::EventInWindow).unwrap_or("a release");
    switched(
        facts,
        (ModifierKind::EventSize, "signals.events.size_factor"),
        amount,
        FactId::EventWindow,
        [
            format!("size × {} around {which}", trimmed(amount, 2)),
            "no event window".to_owned(),
            "event window not judged".to_owned(),
        ],
    )
}

fn target(facts: &Facts, pack: &RulePack) -> Modifier {
    let numbers = &pack.signals.big_top;
    let (path, threshold, effect) = match facts.words(FactId::BigTopPhase) {
        Some("Press, distribution") => (
            "signals.big_top.target_distribution",
            &numbers.target_distribution,
            Effect::On,
        ),
        Some("Press") => (
            "signals.big_top.target_press",
            &numbers.target_press,
            Effect::On,
        ),
        Some(_) => (
            "signals.big_top.target_off",
            &numbers.target_off,
            Effect::Off,
        ),
        None => (
            "signals.big_top.target_off",
            &numbers.target_off,
            Effect::Unknown,
        ),
    };
    // Press without breadth could be Distribution, whose target lies on the other side
    let needs_breadth = facts.words(FactId::BigTopPhase) == Some("Press")
        && facts.flag(FactId::BreadthNegative).is_none();
    let effect = if needs_breadth {
        Effect::Unknown
    } else {
        effect
    };
    let reason = match (effect, facts.words(FactId::BigTopPhase)) {
        (Effect::On | Effect::Off, Some(phase)) => {
            format!("vega target {} in {phase}", signed(threshold.value, 2))
        }
        (Effect::Unknown, _) | (Effect::On | Effect::Off, None) => format!(
            "vega target not judged: {}",
            missing(facts, &[FactId::BigTopPhase, FactId::BreadthNegative])
        ),
    };
    Modifier {
        kind: ModifierKind::VegaTarget,
        effect,
        amount: threshold.value,
        reason,
        facts: vec![FactId::BigTopPhase, FactId::BreadthNegative],
        path,
    }
}
