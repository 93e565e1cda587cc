//! Which numbers of a rule pack can be refined by what was decided, and how far each stood from its fact.
//!
//! A number can be refined where its rule compares a recorded fact with it and wants something done, or left, on one
//! side of it. One table says for each: rule, fact, side, and the choices that it asks for or stands against. Every
//! other number that a rule reads says in a line why it cannot be. A test asks that no number is in neither.

mod table;
mod unrefined;

use serde::{Deserialize, Serialize};

use self::table::REFINED;
pub(super) use self::unrefined::can_step;
pub use self::unrefined::{Unrefined, Why, unrefined};
use crate::document::journal::{ChoiceRecord, ChoiceTrade, DecisionRecord, RecordedValue};
use crate::instrument::Underlying;
use crate::policy::{RuleKind, RulePack};
use crate::risk::band::{VegaBasis, VegaSign};

/// Decimals of a room that are kept.
const KEPT: f64 = 1e4;
/// The factor on the expected move, which some rules put on distances.
const MOVE_FACTOR: &str = "signals.reer.expected_move_factor";

/// On which side of its number a fact makes a rule speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// At or above it.
    Above,
    /// Below it.
    Below,
}

/// What becomes smaller: choices of one stance do either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trim {
    /// Fewer condors.
    Condors,
    /// Fewer contracts of the hedge, the taking of its gain among them.
    Hedge,
}

impl Trim {
    /// Of a choice; `None` for one that trims nothing.
    pub(super) fn of(choice: &ChoiceRecord) -> Option<Self> {
        let is_of_hedge = |trade: &ChoiceTrade| {
            trade.layer.is_some() || trade.contract.underlying() == Underlying::Vix
        };
        let trims = if choice.trades.iter().any(is_of_hedge) {
            Self::Hedge
        } else {
            Self::Condors
        };
        (choice.stance == TRIM).then_some(trims)
    }
}

/// The stance of choices that trim something.
const TRIM: &str = "Trim";
/// What is done where the hedge is trimmed.
const TRIM_HEDGE: &str = "Trim hedge";
/// What is done where condors are trimmed.
const TRIM_CONDORS: &str = "Trim condors";

/// What is done: the stance, with trims told apart. A trim of which nothing is known is neither.
pub(super) fn act(stance: &str, trim: Option<Trim>) -> &str {
    match trim {
        Some(Trim::Hedge) => TRIM_HEDGE,
        Some(Trim::Condors) => TRIM_CONDORS,
        None => stance,
    }
}

/// What a rule wants where it speaks: what is done, by the stance of a choice, with trims of condors and of the hedge
/// told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// One of these.
    Asks(&'static [&'static str]),
    /// None of these.
    Forbids(&'static [&'static str]),
}

impl Wants {
    /// What it is about.
    pub fn acts(self) -> &'static [&'static str] {
        match self {
            Self::Asks(acts) | Self::Forbids(acts) => acts,
        }
    }

    /// In words: "asks for roll or trim", "stands against hedge".
    pub fn words(self) -> String {
        let (verb, all) = match self {
            Self::Asks(all) => ("asks for", all),
            Self::Forbids(all) => ("stands against", all),
        };
        let all: Vec<String> = all.iter().map(|stance| stance.to_lowercase()).collect();
        match all.split_last() {
            Some((last, [])) => format!("{verb} {last}"),
            Some((last, rest)) => format!("{verb} {} or {last}", rest.join(", ")),
            None => verb.to_owned(),
        }
    }
}

/// What a number is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    /// A fact by its key, times a factor into the number's unit.
    Fact(&'static str, f64),
    /// The larger of two facts; of one that is known alone, that one.
    Larger(&'static str, &'static str),
    /// The size of a fact, without its sign.
    Size(&'static str),
    /// A distance in expected moves, over the factor on them that was in force.
    Moves(&'static str),
    /// Net vega by the reading of the decision, under the economic sign; under the literal one the band's edges trade
    /// places, and nothing is said of them.
    NetVega,
    /// Its size, under either sign.
    NetVegaSize,
}

/// When a number decides something at all: beside others it may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// At every decision.
    Always,
    /// Where these facts said yes.
    Flags(&'static [&'static str]),
    /// Where its rule was in alert or breach: what comes before this number held.
    Speaking,
    /// Where the facts stood beyond these other numbers too, by their paths.
    WithAll(&'static [&'static str]),
    /// Where a fact stood beyond one of these other numbers.
    WithAny(&'static [&'static str]),
}

/// A number that can be refined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Refined {
    /// The rule that compares with it.
    pub rule: RuleKind,
    /// Its path in the pack.
    pub path: &'static str,
    /// What the rule wants where it speaks.
    pub wants: Wants,
    side: Side,
    source: Source,
    when: When,
}

impl Refined {
    /// Every number that can be refined, in the order of the rules.
    pub fn all() -> &'static [Self] {
        REFINED
    }

    /// Whether the rule speaks sooner when the number is raised.
    pub fn is_sooner_up(&self) -> bool {
        self.side == Side::Below
    }

    /// The keys of the facts that it is compared with.
    pub fn facts(&self) -> Vec<&'static str> {
        match self.source {
            Source::Fact(key, _) | Source::Size(key) | Source::Moves(key) => vec![key],
            Source::Larger(one, other) => vec![one, other],
            Source::NetVega | Source::NetVegaSize => vec!["vega.norm", "vega.literal"],
        }
    }

    /// The keys of the facts without a yes of which it decides nothing.
    pub fn flags(&self) -> &'static [&'static str] {
        match self.when {
            When::Flags(keys) => keys,
            When::Always | When::Speaking | When::WithAll(_) | When::WithAny(_) => &[],
        }
    }

    /// How far a decision stood from it, as a share of it: positive before the rule speaks, negative beyond. `None`
    /// where the fact was not known or the number decided nothing.
    fn room(&self, record: &DecisionRecord, pack: Option<&RulePack>) -> Option<f64> {
        if !self.counts(record, pack) {
            return None;
        }
        let share = self.share(record, pack)?;
        Some((share * KEPT).round() / KEPT + 0.0)
    }

    /// The same, whether the number decided anything or not.
    fn share(&self, record: &DecisionRecord, pack: Option<&RulePack>) -> Option<f64> {
        let used = |path: &str| {
            let finding = record.finding(self.rule);
            let limits = finding.map_or(&[][..], |finding| &finding.limits);
            limits
                .iter()
                .find(|limit| limit.path == path)
                .map(|limit| limit.value)
        };
        let limit = used(self.path).or_else(|| Some(pack?.number(self.path)?.value))?;
        let factor = used(MOVE_FACTOR).unwrap_or(1.0);
        let value = self.source.value(record, factor)?;
        let room = match self.side {
            Side::Above => limit - value,
            Side::Below => value - limit,
        };
        let share = room / limit.abs();
        share.is_finite().then_some(share)
    }

    /// Whether the fact stood beyond it.
    fn is_beyond(&self, record: &DecisionRecord, pack: Option<&RulePack>) -> bool {
        let share = self.share(record, pack);
        share.is_some_and(|share| match self.side {
            Side::Above => share <= 0.0,
            Side::Below => share < 0.0,
        })
    }

    fn counts(&self, record: &DecisionRecord, pack: Option<&RulePack>) -> bool {
        let is_yes = |key: &&str| {
            let value = record.fact(key).map(|fact| &fact.value);
            value == Some(&RecordedValue::Flag(true))
        };
        let is_beyond = |path: &&str| {
            let other = REFINED.iter().find(|it| it.path == *path);
            other.is_some_and(|other| other.is_beyond(record, pack))
        };
        match self.when {
            When::Always => true,
            When::WithAll(paths) => paths.iter().all(is_beyond),
            When::WithAny(paths) => paths.iter().any(is_beyond),
            When::Flags(keys) => keys.iter().all(is_yes),
            When::Speaking => record
                .finding(self.rule)
                .is_some_and(|finding| matches!(finding.state.as_str(), "alert" | "breach")),
        }
    }
}

impl Source {
    fn value(self, record: &DecisionRecord, factor: f64) -> Option<f64> {
        match self {
            Self::Fact(key, scale) => record.number(key).map(|value| value * scale),
            Self::Larger(one, other) => {
                let both = [record.number(one), record.number(other)];
                both.into_iter().flatten().reduce(f64::max)
            }
            Self::Size(key) => record.number(key).map(f64::abs),
            Self::Moves(key) => record.number(key).map(|value| value / factor),
            Self::NetVega => match record.settings.vega_sign {
                VegaSign::Economic => net_vega(record),
                VegaSign::Literal => None,
            },
            Self::NetVegaSize => net_vega(record).map(f64::abs),
        }
    }
}

fn net_vega(record: &DecisionRecord) -> Option<f64> {
    record.number(match record.settings.vega_basis {
        VegaBasis::WidthNormalised => "vega.norm",
        VegaBasis::Literal => "vega.literal",
    })
}

/// How far a decision stood from one of the numbers that can be refined: its place among them, and the share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Room(u16, f64);

impl Room {
    /// Of the number at a path; `None` where it cannot be refined.
    pub fn of(path: &str, share: f64) -> Option<Self> {
        let place = REFINED.iter().position(|it| it.path == path)?;
        Some(Self(u16::try_from(place).ok()?, share))
    }

    /// Its place among the numbers that can be refined.
    pub(super) fn place(self) -> usize {
        usize::from(self.0)
    }

    /// The share.
    pub(super) fn share(self) -> f64 {
        self.1
    }
}

/// How far a decision stood from every number that can be refined, where that is known.
pub(super) fn rooms_of(record: &DecisionRecord, pack: Option<&RulePack>) -> Vec<Room> {
    let all = REFINED.iter().enumerate();
    all.filter_map(|(place, refined)| {
        let share = refined.room(record, pack)?;
        Some(Room(u16::try_from(place).ok()?, share))
    })
    .collect()
}

/// A number that is another when the table is: places kept under another table mean something else.
pub(super) fn table_stamp() -> u32 {
    let paths = REFINED.iter().flat_map(|it| it.path.bytes().chain([b'\n']));
    // FNV-1a, which does not change from one build to the next.
    paths.fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests;
