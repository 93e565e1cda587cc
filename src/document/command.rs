//! What can happen to a campaign: every change the desk can make, as data.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::campaign::Campaign;
use super::fault::Fault;
use super::scenarios::SavedScenario;
use super::settings::Settings;
use crate::instrument::{
    Contract, LayerKind, Leg, Note, Position, PositionId, Trade, TradeAction, TradeId,
};
use crate::market::{FutureMark, Mark, ModelParams, OptionMark, ParamKey, SharedChain};
use crate::policy::{Clause, HedgeInstrument, PackRef, RULES_PATH, RuleKind, RulePack};

/// One change of a campaign. Apply it with [`Campaign::apply`] or, with undo, [`super::History::apply`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Gives the campaign another name.
    Rename(String),
    /// Marks SPX, in points.
    SetSpx(f64),
    /// Moves the instant of all marks.
    SetAsOf(Timestamp),
    /// Sets the continuously compounded rate, as a decimal.
    SetRate(f64),
    /// Sets the continuously compounded dividend yield, as a decimal.
    SetDividend(f64),
    /// Marks the VIX, in points.
    SetVix(f64),
    /// Marks the VVIX, in points; `None` leaves it to the model.
    SetVvix(Option<f64>),
    /// Replaces all marks of VIX futures; their order does not matter.
    SetVxCurve(Vec<FutureMark>),
    /// Marks one VIX future; `None` removes its mark.
    SetFuture {
        /// Day of settlement.
        expiry: Date,
        /// VIX points.
        price: Option<f64>,
    },
    /// Marks one option by price or vol; `None` removes its mark.
    SetQuote {
        /// The option.
        contract: Contract,
        /// Its mark.
        mark: Option<Mark>,
    },
    /// Replaces all option marks.
    SetQuotes(Vec<OptionMark>),
    /// Takes over an option chain, with its index level and its instant.
    ImportChain(SharedChain),
    /// Drops the option chain; the other marks stay.
    ClearChain,
    /// Adds a position; its number is given by the campaign.
    AddPosition(Position),
    /// Replaces a position, which keeps its number.
    ReplacePosition {
        /// Which one.
        id: PositionId,
        /// What it becomes.
        position: Position,
    },
    /// Removes a position; its trades stay in the journal.
    RemovePosition {
        /// Which one.
        id: PositionId,
    },
    /// Sets one parameter of the model.
    SetParam {
        /// Which one.
        key: ParamKey,
        /// Its value, in its own unit.
        value: f64,
    },
    /// Puts one parameter of the model back to its default.
    ResetParam {
        /// Which one.
        key: ParamKey,
    },
    /// Puts the whole model back to its defaults.
    ResetModel,
    /// Replaces the whole model.
    SetModel(ModelParams),
    /// Replaces the settings.
    SetSettings(Settings),
    /// Writes a position into the journal, one trade for each leg.
    LogPosition {
        /// Which position.
        id: PositionId,
        /// What was done. Closing, trimming, monetising and settling trade the other way round than
        /// the legs are held.
        action: TradeAction,
        /// New York time of the fills.
        at: DateTime,
        /// Why, in the trader's words.
        reason: String,
        /// Price of each leg in points, in the order of the legs. Empty for the entry prices, which
        /// only an opening can mean.
        #[serde(default)]
        prices: Vec<f64>,
    },
    /// Adds a trade to the journal; its number is given by the campaign.
    AddTrade(Trade),
    /// Replaces a trade, which keeps its number.
    ReplaceTrade {
        /// Which one.
        id: TradeId,
        /// What it becomes.
        trade: Trade,
    },
    /// Removes a trade.
    RemoveTrade {
        /// Which one.
        id: TradeId,
    },
    /// Adds a note to the journal.
    AddNote(Note),
    /// Replaces a note.
    ReplaceNote {
        /// Its place in the list, from 0.
        index: usize,
        /// What it becomes.
        note: Note,
    },
    /// Removes a note.
    RemoveNote {
        /// Its place in the list, from 0.
        index: usize,
    },
    /// Keeps a scenario by name.
    AddScenario(SavedScenario),
    /// Replaces a kept scenario, its name included.
    ReplaceScenario {
        /// Its place in the list, from 0.
        index: usize,
        /// What it becomes.
        scenario: SavedScenario,
    },
    /// Removes a kept scenario.
    RemoveScenario {
        /// Its place in the list, from 0.
        index: usize,
    },
    /// Lets a shipped rule pack rule.
    ChoosePack(PackRef),
    /// Gives the campaign a whole pack of its own.
    UsePack(Arc<RulePack>),
    /// Sets a number of the rule pack; a shipped pack becomes an own copy.
    SetPackNumber {
        /// Its path, such as `vega_band.low`.
        path: String,
        /// Its value, in its own unit.
        value: f64,
    },
    /// Says why a number of the rule pack is what it is.
    SetPackReason {
        /// Its path.
        path: String,
        /// The reason, in one line.
        why: String,
    },
    /// Puts every number under some paths back to the shipped pack's, as one edit of the pack.
    ResetPackNumbers {
        /// Numbers or groups; the empty path means all of them.
        under: Vec<String>,
    },
    /// Makes a layer of the rule pack's templates of something else.
    SetLayerInstrument {
        /// Which layer.
        layer: LayerKind,
        /// What it is made of from now on.
        instrument: HedgeInstrument,
    },
    /// Lets a rule of the pack be evaluated, or not.
    EvaluateRule {
        /// Which rule.
        rule: RuleKind,
        /// Whether it is evaluated from now on.
        is_on: bool,
    },
    /// Sets which clauses of the pack decide, the first first.
    OrderClauses(Vec<Clause>),
    /// Gives the rule pack another name on the screen.
    RenamePack(String),
    /// Several changes as one: all of them, or none.
    Batch(Vec<Self>),
}

/// Why a command was refused. The campaign is then as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// A value that cannot be.
    #[error(transparent)]
    Value(#[from] Fault),
    /// There is no such position.
    #[error("position {} is not in this campaign", .0.0)]
    NoPosition(PositionId),
    /// There is no such trade.
    #[error("trade {} is not in this campaign", .0.0)]
    NoTrade(TradeId),
    /// There is no such note.
    #[error("note {0} is not in this campaign, which has {1}")]
    NoNote(usize, usize),
    /// There is no such kept scenario.
    #[error("scenario {0} is not in this campaign, which has {1}")]
    NoScenario(usize, usize),
    /// There is no such mark to remove.
    #[error("{0} has no mark of its own")]
    NoMark(String),
    /// A position was to be logged with another number of prices than it has legs.
    #[error("{action} needs one price for each leg: found {found}, expected {expected}")]
    PriceCount {
        /// What was to be done.
        action: TradeAction,
        /// Prices given.
        found: usize,
        /// Legs of the position.
        expected: usize,
    },
    /// No more numbers for positions and trades.
    #[error("this campaign has used up its numbers")]
    NoMoreNumbers,
}

impl Command {
    /// What the command does to `before`, for the undo menu: “Undo {label}”.
    pub fn label(&self, before: &Campaign) -> String {
        match self {
            Self::ReplacePosition { id, position } => before
                .position(*id)
                .map_or("edit position", |old| edit_label(old, position))
                .to_owned(),
            Self::SetParam { key, .. } | Self::ResetParam { key } => {
                format!("{} {}", self.verb(), key.spec().label.to_lowercase())
            }
            Self::SetPackNumber { path, .. } | Self::SetPackReason { path, .. } => {
                format!("{} {}", self.verb(), number_name(path))
            }
            Self::ResetPackNumbers { under } => format!("{} {}", self.verb(), names(under)),
            Self::SetQuote { contract, .. } => {
                format!("{} {}", self.verb(), contract.label())
            }
            Self::LogPosition { action, .. } => {
                format!("{} {}", self.verb(), action.label().to_lowercase())
            }
            Self::Batch(commands) => match commands.as_slice() {
                [only] => only.label(before),
                [] => self.verb().to_owned(),
                [first, ..] => {
                    let same = commands.iter().all(|other| other.verb() == first.verb());
                    if same { first.verb() } else { self.verb() }.to_owned()
                }
            },
            Self::Rename(_)
            | Self::SetSpx(_)
            | Self::SetAsOf(_)
            | Self::SetRate(_)
            | Self::SetDividend(_)
            | Self::SetVix(_)
            | Self::SetVvix(_)
            | Self::SetVxCurve(_)
            | Self::SetFuture { .. }
            | Self::SetQuotes(_)
            | Self::ImportChain(_)
            | Self::ClearChain
            | Self::AddPosition(_)
            | Self::RemovePosition { .. }
            | Self::ResetModel
            | Self::SetModel(_)
            | Self::SetSettings(_)
            | Self::AddTrade(_)
            | Self::ReplaceTrade { .. }
            | Self::RemoveTrade { .. }
            | Self::AddNote(_)
            | Self::ReplaceNote { .. }
            | Self::RemoveNote { .. }
            | Self::AddScenario(_)
            | Self::ReplaceScenario { .. }
            | Self::RemoveScenario { .. }
            | Self::ChoosePack(_)
            | Self::UsePack(_)
            | Self::SetLayerInstrument { .. }
            | Self::EvaluateRule { .. }
            | Self::OrderClauses(_)
            | Self::RenamePack(_) => self.verb().to_owned(),
        }
    }

    /// The plain words of a command, without what it is done to.
    #[rustfmt::skip]
    fn verb(&self) -> &'static str {
        match self {
            Self::Rename(_) => "rename campaign",
            Self::SetSpx(_) => "mark SPX",
            Self::SetAsOf(_) => "change time of marks",
            Self::SetRate(_) => "change rate",
            Self::SetDividend(_) => "change dividend yield",
            Self::SetVix(_) => "mark VIX",
            Self::SetVvix(_) => "mark VVIX",
            Self::SetVxCurve(_) => "mark VIX futures",
            Self::SetFuture { .. } => "mark VIX future",
            Self::SetQuote { .. } => "mark",
            Self::SetQuotes(_) => "mark options",
            Self::ImportChain(_) => "import chain",
            Self::ClearChain => "clear chain",
            Self::AddPosition(_) => "add position",
            Self::ReplacePosition { .. } => "edit position",
            Self::RemovePosition { .. } => "remove position",
            Self::SetParam { .. } => "change",
            Self::ResetParam { .. } | Self::ResetPackNumbers { .. } => "reset",
            Self::ResetModel => "reset model",
            Self::SetModel(_) => "change model",
            Self::SetSettings(_) => "change settings",
            Self::LogPosition { .. } => "log",
            Self::AddTrade(_) => "add trade",
            Self::ReplaceTrade { .. } => "edit trade",
            Self::RemoveTrade { .. } => "remove trade",
            Self::AddNote(_) => "add note",
            Self::ReplaceNote { .. } => "edit note",
            Self::RemoveNote { .. } => "remove note",
            Self::AddScenario(_) => "save scenario",
            Self::ReplaceScenario { .. } => "change scenario",
            Self::RemoveScenario { .. } => "remove scenario",
            Self::ChoosePack(_) | Self::UsePack(_) => "choose rule pack",
            Self::SetPackNumber { .. } => "set",
            Self::SetPackReason { .. } => "give a reason for",
            Self::SetLayerInstrument { .. } => "change what a layer is made of",
            Self::EvaluateRule { is_on: true, .. } => "evaluate a rule",
            Self::EvaluateRule { is_on: false, .. } => "leave a rule out",
            Self::OrderClauses(_) => "change the precedence",
            Self::RenamePack(_) => "rename rule pack",
            Self::Batch(_) => "several changes",
        }
    }
}

/// Paths of the rule pack in words: the only one by its name.
fn names(paths: &[String]) -> String {
    match paths {
        [only] => number_name(only),
        [] | [_, _, ..] => "numbers of the rule pack".to_owned(),
    }
}

/// A path of the rule pack in words: `vega_band.low` is “vega band low”.
fn number_name(path: &str) -> String {
    match path {
        "" => return "rule pack".to_owned(),
        RULES_PATH => return "rules evaluated".to_owned(),
        _ => {}
    }
    let last_two: Vec<&str> = path.rsplit('.').take(2).collect();
    let words = last_two.into_iter().rev().collect::<Vec<_>>().join(" ");
    words.replace('_', " ")
}

/// The one thing that changed in a position, or “edit position” when it was more than one.
fn edit_label(old: &Position, new: &Position) -> &'static str {
    if old.legs.len() != new.legs.len() {
        return "change legs";
    }
    let legs_differ =
        |part: fn(&Leg, &Leg) -> bool| old.legs.iter().zip(&new.legs).any(|(a, b)| part(a, b));
    let strikes = legs_differ(|a, b| a.contract.strike() != b.contract.strike());
    let changes = [
        (old.name != new.name, "rename position"),
        (old.role != new.role, "change role"),
        (old.opened != new.opened, "change opening day"),
        (strikes, "move strike"),
        (
            legs_differ(|a, b| a.contract.expiry() != b.contract.expiry()),
            "change expiry",
        ),
        (
            legs_differ(|a, b| {
                (a.contract.root(), a.contract.right()) != (b.contract.root(), b.contract.right())
            }),
            "change contract",
        ),
        (
            legs_differ(|a, b| a.quantity != b.quantity),
            "change contracts",
        ),
        // Strikes bring their prices along: a price alone is a change of its own.
        (
            !strikes && legs_differ(|a, b| a.entry_price != b.entry_price),
            "change entry price",
        ),
        (legs_differ(|a, b| a.fees_usd != b.fees_usd), "change fees"),
    ];
    let mut changed = changes.iter().filter(|(differs, _)| *differs);
    match (changed.next(), changed.next()) {
        (Some((_, label)), None) => label,
        (_, _) => "edit position",
    }
}
