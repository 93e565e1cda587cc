//! One modifier of the method after the other: whether it works today, by how much, and why.

use super::super::words::{fixed, list, signed, trimmed};
use super::{Effect, Modifier, ModifierKind};
use crate::fact::{FactId, Facts};
use crate::policy::RulePack;

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

pub(super) fn tighten(facts: &Facts, pack: &RulePack) -> Modifier {
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

pub(super) fn widen(facts: &Facts, pack: &RulePack) -> Modifier {
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

pub(super) fn expected_move(facts: &Facts, pack: &RulePack) -> Modifier {
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

pub(super) fn earlier(facts: &Facts, pack: &RulePack) -> Modifier {
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

pub(super) fn steward(facts: &Facts, pack: &RulePack) -> Modifier {
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

pub(super) fn event(facts: &Facts, pack: &RulePack) -> Modifier {
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

pub(super) fn target(facts: &Facts, pack: &RulePack) -> Modifier {
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
