//! What can happen to a campaign: every change the desk can make, as data.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::journal::{JournalCommand, MomentId};
use super::scenarios::SavedScenario;
use super::settings::Settings;
use crate::instrument::{
    Contract, EntryId, LayerKind, Note, Position, PositionId, Trade, TradeAction, TradeId,
};
use crate::market::{FutureMark, Mark, ModelParams, OptionMark, ParamKey, SharedChain};
use crate::policy::{Clause, HedgeInstrument, PackRef, RuleKind, RulePack};

/// One change of a campaign. Apply it with [`super::Campaign::apply`] or, with undo, [`super::History::apply`].
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
        /// When it was corrected, for the journal.
        #[serde(default)]
        at: Option<Timestamp>,
    },
    /// Removes a trade.
    RemoveTrade {
        /// Which one.
        id: TradeId,
        /// When it was removed, for the journal.
        #[serde(default)]
        at: Option<Timestamp>,
    },
    /// Changes the journal beside fills and notes.
    Journal(JournalCommand),
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
    /// There is no such entry of the journal.
    #[error("entry {} is not in this journal", .0.0)]
    NoEntry(EntryId),
    /// There are no such marks in the journal.
    #[error("marks {} are not in this journal", .0.0)]
    NoMoment(MomentId),
    /// Marks that a decision rests on stay as they are.
    #[error("something was decided on marks {}: they stay as they are", .0.0)]
    DecidedOn(MomentId),
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
