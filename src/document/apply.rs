//! Carries out commands: each on a copy, checked, and kept only when all is well.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::campaign::{Campaign, check_note, check_position, check_trade};
use super::command::{Command, CommandError};
use super::fault::Fault;
use super::journal::{AuditLine, JournalCommand, JournalEntry};
use super::settings::Settings;
use crate::instrument::{
    Contract, EntryId, Leg, Note, Position, PositionId, Trade, TradeAction, TradeId,
};
use crate::market::{FutureMark, Mark, Marks, ModelParams, OptionMark, ParamKey, SharedChain};

impl Campaign {
    /// Carries out a command.
    ///
    /// # Errors
    /// [`CommandError`]; nothing has changed then, not even by the first commands of a batch.
    pub fn apply(&mut self, command: Command) -> Result<(), CommandError> {
        *self = self.applied(command)?;
        Ok(())
    }

    /// The campaign as it is after a command; `self` stays as it is.
    ///
    /// # Errors
    /// [`CommandError`], as in [`Self::apply`].
    pub fn applied(&self, command: Command) -> Result<Self, CommandError> {
        let mut next = self.clone();
        next.carry_out(command)?;
        Ok(next)
    }

    /// One arm a command; a failure leaves `self` half-changed, so callers work on a copy.
    fn carry_out(&mut self, command: Command) -> Result<(), CommandError> {
        match command {
            Command::Rename(name) => self.rename(name),
            Command::SetSpx(spx) => self.mark(|marks| marks.spx = spx),
            Command::SetAsOf(as_of) => self.mark(|marks| marks.as_of = as_of),
            Command::SetRate(rate) => self.mark(|marks| marks.rate = rate),
            Command::SetDividend(dividend) => self.mark(|marks| marks.dividend = dividend),
            Command::SetVix(vix) => self.mark(|marks| marks.vix = vix),
            Command::SetVvix(vvix) => self.mark(|marks| marks.vvix = vvix),
            Command::SetVxCurve(curve) => self.mark(|marks| marks.vx = ascending(curve)),
            Command::SetFuture { expiry, price } => self.set_future(expiry, price),
            Command::SetQuote { contract, mark } => self.set_quote(contract, mark),
            Command::SetQuotes(quotes) => self.mark(|marks| marks.quotes = quotes),
            Command::ImportChain(chain) => self.mark(|marks| import_chain(marks, chain)),
            Command::ClearChain => self.mark(|marks| marks.chain = None),
            Command::AddPosition(position) => self.add_position(position),
            Command::ReplacePosition { id, position } => self.replace_position(id, position),
            Command::RemovePosition { id } => self.remove_position(id),
            Command::SetParam { key, value } => self.set_param(key, value),
            Command::ResetParam { key } => self.set_param(key, key.spec().default),
            Command::ResetModel => self.set_model(ModelParams::default()),
            Command::SetModel(model) => self.set_model(model),
            Command::SetSettings(settings) => self.set_settings(settings),
            Command::LogPosition {
                id,
                action,
                at,
                reason,
                prices,
            } => self.log_position(id, &Log { action, at, reason }, &prices),
            Command::AddTrade(trade) => self.add_trade(trade),
            Command::ReplaceTrade { id, trade, at } => self.replace_trade(id, trade, at),
            Command::RemoveTrade { id, at } => self.remove_trade(id, at),
            Command::Journal(command) => self.change_journal(command),
            Command::AddNote(note) => self.add_note(note),
            Command::ReplaceNote { index, note } => self.replace_note(index, note),
            Command::RemoveNote { index } => self.remove_note(index),
            Command::AddScenario(scenario) => self.add_scenario(scenario),
            Command::ReplaceScenario { index, scenario } => self.replace_scenario(index, scenario),
            Command::RemoveScenario { index } => self.remove_scenario(index),
            Command::ChoosePack(pack) => self.choose_pack(pack),
            Command::UsePack(pack) => self.use_pack(pack),
            Command::SetPackNumber { path, value } => {
                self.change_pack(|pack| pack.with_number(&path, value))
            }
            Command::SetPackReason { path, why } => {
                self.change_pack(|pack| pack.with_reason(&path, &why))
            }
            Command::ResetPackNumbers { under } => self.change_pack(|pack| pack.with_reset(&under)),
            Command::SetLayerInstrument { layer, instrument } => {
                self.change_pack(|pack| pack.with_instrument(layer, instrument))
            }
            Command::EvaluateRule { rule, is_on } => self.evaluate_rule(rule, is_on),
            Command::OrderClauses(clauses) => self.order_clauses(&clauses),
            Command::RenamePack(title) => self.change_pack(|pack| pack.with_title(&title)),
            Command::Batch(commands) => commands
                .into_iter()
                .try_for_each(|command| self.carry_out(command)),
        }
    }

    fn rename(&mut self, name: String) -> Result<(), CommandError> {
        self.name = name;
        self.check_name().map_err(CommandError::from)
    }

    /// Changes the marks, then checks them all.
    fn mark(&mut self, change: impl FnOnce(&mut Marks)) -> Result<(), CommandError> {
        change(&mut self.marks);
        self.check_marks().map_err(CommandError::from)
    }

    fn set_future(&mut self, expiry: Date, price: Option<f64>) -> Result<(), CommandError> {
        let known = self.marks.vx.iter().position(|mark| mark.expiry == expiry);
        if price.is_none() && known.is_none() {
            return Err(CommandError::NoMark(format!("the VIX future of {expiry}")));
        }
        self.mark(|marks| {
            marks.vx.retain(|mark| mark.expiry != expiry);
            marks
                .vx
                .extend(price.map(|price| FutureMark::entered(expiry, price)));
            marks.vx.sort_by_key(|mark| mark.expiry);
        })
    }

    fn set_quote(&mut self, contract: Contract, mark: Option<Mark>) -> Result<(), CommandError> {
        let quotes = &self.marks.quotes;
        let known = quotes.iter().position(|quote| quote.contract == contract);
        match (known, mark) {
            (Some(index), Some(mark)) => self.mark(|marks| marks.quotes[index].mark = mark),
            (Some(index), None) => self.mark(|marks| {
                marks.quotes.remove(index);
            }),
            (None, Some(mark)) => self.mark(|marks| {
                marks.quotes.push(OptionMark { contract, mark });
            }),
            (None, None) => Err(CommandError::NoMark(contract.label())),
        }
    }

    fn set_model(&mut self, model: ModelParams) -> Result<(), CommandError> {
        self.model = model;
        self.check_model().map_err(CommandError::from)
    }

    fn set_settings(&mut self, settings: Settings) -> Result<(), CommandError> {
        self.settings = settings;
        self.check_settings().map_err(CommandError::from)
    }

    pub(super) fn take_number(&mut self) -> Result<u64, CommandError> {
        let number = self.next_id;
        self.next_id = number.checked_add(1).ok_or(CommandError::NoMoreNumbers)?;
        Ok(number)
    }

    fn add_position(&mut self, position: Position) -> Result<(), CommandError> {
        check_position(&position)?;
        let id = PositionId(self.take_number()?);
        self.positions.push(Position { id, ..position });
        Ok(())
    }

    fn replace_position(&mut self, id: PositionId, new: Position) -> Result<(), CommandError> {
        check_position(&new)?;
        let slot = self.positions.iter_mut().find(|position| position.id == id);
        *slot.ok_or(CommandError::NoPosition(id))? = Position { id, ..new };
        Ok(())
    }

    fn remove_position(&mut self, id: PositionId) -> Result<(), CommandError> {
        self.position(id).ok_or(CommandError::NoPosition(id))?;
        self.remember_structure(id);
        self.positions.retain(|position| position.id != id);
        Ok(())
    }

    fn set_param(&mut self, key: ParamKey, value: f64) -> Result<(), CommandError> {
        self.model.set(key, value).map_err(|error| {
            let expected = format!("{} from {} to {}", error.label, error.min, error.max);
            let path = format!("model.{}", key.spec().name);
            CommandError::Value(Fault::new(path, error.found.to_string(), expected))
        })
    }

    fn log_position(
        &mut self,
        id: PositionId,
        log: &Log,
        prices: &[f64],
    ) -> Result<(), CommandError> {
        let position = self
            .position(id)
            .ok_or(CommandError::NoPosition(id))?
            .clone();
        let entry_prices = prices.is_empty() && !log.reverses();
        if !entry_prices && prices.len() != position.legs.len() {
            return Err(CommandError::PriceCount {
                action: log.action,
                found: prices.len(),
                expected: position.legs.len(),
            });
        }
        let entry = EntryId(self.next_id);
        let title = format!("{} {}", log.action.label(), position.name);
        self.change_journal(JournalCommand::AddEntry(JournalEntry {
            reason: log.reason.clone(),
            ..JournalEntry::new(log.at, Some(log.action), title)
        }))?;
        for (index, leg) in position.legs.iter().enumerate() {
            let price = prices.get(index).copied().unwrap_or(leg.entry_price);
            let trade = self.trade_of(&position, leg, price, log);
            self.add_trade(Trade {
                entry: Some(entry),
                ..trade
            })?;
        }
        Ok(())
    }

    /// The fill of one leg; the number is given later.
    fn trade_of(&self, position: &Position, leg: &Leg, price: f64, log: &Log) -> Trade {
        let scheduled = || {
            let package = position.legs.len() > 1;
            let fees = &self.settings.fees;
            fees.fees_usd(&leg.contract, price, leg.quantity, package)
        };
        let paid = (!log.reverses() && leg.fees_usd > 0.0).then_some(leg.fees_usd);
        Trade {
            id: TradeId(0),
            at: log.at,
            action: log.action,
            contract: leg.contract,
            quantity: if log.reverses() {
                leg.quantity.saturating_neg()
            } else {
                leg.quantity
            },
            price,
            fees_usd: paid.unwrap_or_else(scheduled),
            reason: log.reason.clone(),
            position: Some(position.id),
            layer: position.role.layer(),
            entry: None,
            key: String::new(),
        }
    }

    fn add_trade(&mut self, trade: Trade) -> Result<(), CommandError> {
        check_trade(&trade)?;
        let id = TradeId(self.take_number()?);
        self.trades.push(Trade { id, ..trade });
        Ok(())
    }

    fn replace_trade(
        &mut self,
        id: TradeId,
        new: Trade,
        at: Option<Timestamp>,
    ) -> Result<(), CommandError> {
        check_trade(&new)?;
        let slot = self.trades.iter_mut().find(|trade| trade.id == id);
        let slot = slot.ok_or(CommandError::NoTrade(id))?;
        let after = Trade { id, ..new };
        let before = std::mem::replace(slot, after.clone());
        if before != after {
            let after = Some(after);
            self.journal_mut()
                .audit
                .push(AuditLine { at, before, after });
        }
        Ok(())
    }

    fn remove_trade(&mut self, id: TradeId, at: Option<Timestamp>) -> Result<(), CommandError> {
        let before = self.trade(id).ok_or(CommandError::NoTrade(id))?.clone();
        self.trades.retain(|trade| trade.id != id);
        let after = None;
        self.journal_mut()
            .audit
            .push(AuditLine { at, before, after });
        Ok(())
    }

    fn add_note(&mut self, note: Note) -> Result<(), CommandError> {
        check_note(&note)?;
        self.notes.push(note);
        Ok(())
    }

    fn replace_note(&mut self, index: usize, note: Note) -> Result<(), CommandError> {
        check_note(&note)?;
        let count = self.notes.len();
        let slot = self.notes.get_mut(index);
        *slot.ok_or(CommandError::NoNote(index, count))? = note;
        Ok(())
    }

    fn remove_note(&mut self, index: usize) -> Result<(), CommandError> {
        if index >= self.notes.len() {
            return Err(CommandError::NoNote(index, self.notes.len()));
        }
        self.notes.remove(index);
        Ok(())
    }
}

/// What is written into the journal with each leg.
struct Log {
    action: TradeAction,
    at: DateTime,
    reason: String,
}

impl Log {
    /// Whether the action trades the other way round than the legs are held.
    fn reverses(&self) -> bool {
        match self.action {
            TradeAction::Close
            | TradeAction::Trim
            | TradeAction::Monetise
            | TradeAction::Settle => true,
            TradeAction::Open | TradeAction::Roll | TradeAction::Hedge | TradeAction::Adjust => {
                false
            }
        }
    }
}

fn ascending(mut curve: Vec<FutureMark>) -> Vec<FutureMark> {
    curve.sort_by_key(|future| future.expiry);
    curve
}

fn import_chain(marks: &mut Marks, chain: SharedChain) {
    marks.spx = chain.spot;
    marks.as_of = chain.as_of;
    marks.chain = Some(chain);
}
