//! The campaign: what the trader decided. Marks, book, model, settings, rules and journal; nothing derived.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::journal::Journal;
use super::scenarios::SavedScenario;
use super::settings::Settings;
use crate::calendar::new_york_date;
use crate::instrument::leg::MOST_CONTRACTS;
use crate::instrument::{
    Contract, Leg, LegError, ListingIssue, Note, Position, PositionId, Role, Trade, TradeId,
    Underlying,
};
use crate::market::{Marks, MarksError, ModelParams};
use crate::policy::{PackRef, RulePack};

/// The newest campaign schema this program reads, and the one it writes.
pub const CAMPAIGN_SCHEMA: u32 = 2;

/// Longest name in characters.
const MAX_NAME: usize = 120;

/// One campaign, as saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// Format of the file; [`CAMPAIGN_SCHEMA`].
    pub schema: u32,
    /// The trader's name for it.
    pub name: String,
    /// When it was begun.
    pub created: Timestamp,
    /// The market as entered or imported.
    pub marks: Marks,
    /// The book.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// Parameters of the joint model.
    #[serde(default)]
    pub model: ModelParams,
    /// How the numbers are read.
    #[serde(default)]
    pub settings: Settings,
    /// The rule pack of this campaign: a shipped one, or the name and version of its own.
    #[serde(default)]
    pub pack: PackRef,
    /// Its own pack, whole, so that the file reads alone; `None` while a shipped one rules.
    #[serde(default)]
    pub own_pack: Option<Arc<RulePack>>,
    /// What was traded and why.
    #[serde(default)]
    pub trades: Vec<Trade>,
    /// What was noted.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Why it was traded, under which marks, and what was corrected since.
    #[serde(default)]
    pub journal: Arc<Journal>,
    /// Scenarios kept by name, each as moves from the marks; names differ.
    #[serde(default)]
    pub scenarios: Vec<SavedScenario>,
    /// The number that the next position or trade gets; above all numbers in use.
    pub next_id: u64,
}

/// Something worth the trader's attention that does not stop anything.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// A leg has settled: it is worth its settlement value, which the desk does not know.
    #[error("{contract} has settled")]
    Expired {
        /// In which position.
        position: PositionId,
        /// Which of its legs.
        leg: usize,
        /// The contract.
        contract: Contract,
    },
    /// A leg has terms that the exchange usually does not list.
    #[error("{issue}")]
    Unusual {
        /// In which position.
        position: PositionId,
        /// Which of its legs.
        leg: usize,
        /// What is unusual.
        issue: ListingIssue,
    },
    /// The campaign asks for a rule pack that this program does not have.
    #[error("rule pack {} version {} is not part of this program", .0.id, .0.version)]
    UnknownPack(PackRef),
}

impl Campaign {
    /// A campaign with nothing in its book.
    pub fn new(name: impl Into<String>, created: Timestamp, marks: Marks) -> Self {
        Self {
            schema: CAMPAIGN_SCHEMA,
            name: name.into(),
            created,
            marks,
            positions: Vec::new(),
            model: ModelParams::default(),
            settings: Settings::default(),
            pack: PackRef::default(),
            own_pack: None,
            trades: Vec::new(),
            notes: Vec::new(),
            journal: Arc::default(),
            scenarios: Vec::new(),
            next_id: 1,
        }
    }

    /// The position of that number.
    pub fn position(&self, id: PositionId) -> Option<&Position> {
        self.positions.iter().find(|position| position.id == id)
    }

    /// The trade of that number.
    pub fn trade(&self, id: TradeId) -> Option<&Trade> {
        self.trades.iter().find(|trade| trade.id == id)
    }

    /// Whether something was traded and nothing is held any more.
    pub fn is_over(&self) -> bool {
        self.positions.is_empty() && !self.trades.is_empty()
    }

    /// The rule pack: the campaign's own, else the shipped one that it names, when this program has it.
    pub fn rules(&self) -> Option<&RulePack> {
        let shipped = || RulePack::find(&self.pack);
        self.own_pack.as_deref().or_else(shipped)
    }

    /// The rule pack in force: `alvh` where the named one is unknown.
    pub fn rule_pack(&self) -> &RulePack {
        match self.rules() {
            Some(pack) => pack,
            None => RulePack::alvh(),
        }
    }

    /// Checks everything, as at the door of a file.
    ///
    /// # Errors
    /// The first value that cannot be, with its path.
    pub fn validate(&self) -> Result<(), Fault> {
        if self.schema != CAMPAIGN_SCHEMA {
            let expected = format!("schema {CAMPAIGN_SCHEMA}");
            return Err(Fault::new("schema", self.schema.to_string(), expected));
        }
        self.check_name()?;
        self.check_marks()?;
        for (index, position) in self.positions.iter().enumerate() {
            check_position(position)
                .map_err(|fault| fault.within(&format!("positions[{index}]")))?;
        }
        self.check_model()?;
        self.check_settings()?;
        for (index, trade) in self.trades.iter().enumerate() {
            check_trade(trade).map_err(|fault| fault.within(&format!("trades[{index}]")))?;
        }
        for (index, note) in self.notes.iter().enumerate() {
            check_note(note).map_err(|fault| fault.within(&format!("notes[{index}]")))?;
        }
        self.check_journal()?;
        self.check_scenarios()?;
        self.check_pack()?;
        self.check_ids()
    }

    /// What deserves attention without being wrong.
    pub fn warnings(&self) -> Vec<Warning> {
        let as_of = self.marks.as_of;
        let today = new_york_date(as_of);
        let legs = self.positions.iter().flat_map(|position| {
            let numbered = position.legs.iter().enumerate();
            numbered.map(|(index, leg)| (position.id, index, leg))
        });
        let mut warnings = Vec::new();
        for (position, leg, held) in legs {
            let contract = held.contract;
            if contract.is_expired(as_of) {
                warnings.push(Warning::Expired {
                    position,
                    leg,
                    contract,
                });
            } else if let Some(issue) = held.warning(today) {
                warnings.push(Warning::Unusual {
                    position,
                    leg,
                    issue,
                });
            }
        }
        if self.rules().is_none() {
            warnings.push(Warning::UnknownPack(self.pack.clone()));
        }
        warnings
    }

    pub(super) fn check_name(&self) -> Result<(), Fault> {
        let odd = self.name.chars().any(char::is_control);
        if self.name.trim().is_empty() || odd || self.name.chars().count() > MAX_NAME {
            let expected = format!("a name of 1 to {MAX_NAME} characters in one line");
            return Err(Fault::new("name", format!("{:?}", self.name), expected));
        }
        Ok(())
    }

    pub(super) fn check_marks(&self) -> Result<(), Fault> {
        self.marks.validate().map_err(|error| {
            let path = self.mark_path(&error);
            // The path leads to the field; a row of a list still needs its name.
            let found = if path.ends_with(&error.field) {
                error.found
            } else {
                format!("{} ({})", error.found, error.field)
            };
            Fault::new(path, found, error.expected)
        })
    }

    /// The path of a mark that is at fault: the market room names the row, a file needs its place.
    fn mark_path(&self, error: &MarksError) -> String {
        let marks = &self.marks;
        let future = marks
            .vx
            .iter()
            .rposition(|mark| error.field == format!("vx {}", mark.expiry));
        let quote = marks
            .quotes
            .iter()
            .rposition(|mark| error.field == mark.contract.label());
        match (future, quote) {
            (Some(index), _) => format!("marks.vx[{index}]"),
            (None, Some(index)) => format!("marks.quotes[{index}]"),
            (None, None) if error.field.starts_with("chain") => "marks.chain".to_owned(),
            (None, None) => format!("marks.{}", error.field),
        }
    }

    pub(super) fn check_model(&self) -> Result<(), Fault> {
        self.model.validate().map_err(|error| {
            let spec = crate::market::ParamKey::ALL
                .iter()
                .map(|key| key.spec())
                .find(|spec| spec.label == error.label);
            let path = spec.map_or("vix_map", |spec| spec.name);
            let expected = format!("{} from {} to {}", error.label, error.min, error.max);
            Fault::new(format!("model.{path}"), error.found.to_string(), expected)
        })
    }

    pub(super) fn check_settings(&self) -> Result<(), Fault> {
        self.settings
            .validate()
            .map_err(|fault| fault.within("settings"))
    }

    /// Numbers must be unique and below the next one, or a later edit would hit the wrong thing.
    fn check_ids(&self) -> Result<(), Fault> {
        let positions = self.positions.iter().map(|position| position.id.0);
        let trades = self.trades.iter().map(|trade| trade.id.0);
        let entries = self.journal.entries.iter().map(|entry| entry.id.0);
        let moments = self.journal.moments.iter().map(|moment| moment.id.0);
        let of_journal =
            numbered("journal.entries", entries).chain(numbered("journal.moments", moments));
        let of_book = numbered("positions", positions).chain(numbered("trades", trades));
        let mut seen = HashSet::new();
        for (path, id) in of_book.chain(of_journal) {
            if seen.contains(&id) {
                return Err(Fault::new(
                    path,
                    format!("{id} a second time"),
                    "a number of its own",
                ));
            }
            if id >= self.next_id {
                let expected = format!("a number below next_id, which is {}", self.next_id);
                return Err(Fault::new(path, id.to_string(), expected));
            }
            seen.insert(id);
        }
        Ok(())
    }
}

fn numbered<'a>(
    list: &'a str,
    ids: impl Iterator<Item = u64> + 'a,
) -> impl Iterator<Item = (String, u64)> + 'a {
    ids.enumerate()
        .map(move |(index, id)| (format!("{list}[{index}].id"), id))
}

/// Checks a position's legs and that they suit its role.
pub(super) fn check_position(position: &Position) -> Result<(), Fault> {
    if position.legs.is_empty() {
        return Err(Fault::new("legs", "no leg", "at least one leg"));
    }
    position.check().map_err(|(index, error)| {
        leg_fault(&position.legs[index], &error).within(&format!("legs[{index}]"))
    })?;
    match position.role {
        Role::Condor if position.condor().is_none() => Err(Fault::new(
            "legs",
            legs_in_short(&position.legs),
            "four legs of one root, expiry and quantity with rising strikes: long put < short put ≤ short call < long call (give anything else the role Other)",
        )),
        Role::Layer(_) => match position
            .legs
            .iter()
            .position(|leg| leg.contract.underlying() != Underlying::Vix)
        {
            Some(index) => Err(Fault::new(
                format!("legs[{index}].contract"),
                position.legs[index].contract.label(),
                "a VIX option or future in a hedge layer",
            )),
            None => Ok(()),
        },
        Role::Condor | Role::Other => Ok(()),
    }
}

fn legs_in_short(legs: &[Leg]) -> String {
    let short = legs
        .iter()
        .map(|leg| format!("{:+} {}", leg.quantity, leg.contract.short_label()))
        .collect::<Vec<_>>();
    short.join(", ")
}

/// A leg's own error with the field it is about.
fn leg_fault(leg: &Leg, error: &LegError) -> Fault {
    match error {
        LegError::ZeroQuantity => Fault::new("quantity", "0", "contracts, negative when short"),
        LegError::TooMany(quantity) => Fault::new(
            "quantity",
            quantity.to_string(),
            format!("at most {MOST_CONTRACTS} contracts either way"),
        ),
        LegError::Price(price) => Fault::new(
            "entry_price",
            price.to_string(),
            "points, 0 or more (above 0 for a future)",
        ),
        LegError::Fees(fees) => Fault::new("fees_usd", fees.to_string(), "dollars, 0 or more"),
        LegError::Contract(error) => {
            Fault::new("contract", leg.contract.label(), error.to_string())
        }
    }
}

/// Checks a trade's numbers.
pub(super) fn check_trade(trade: &Trade) -> Result<(), Fault> {
    trade.check().map_err(|error| {
        let fault = leg_fault(&trade.leg(), &error);
        let path = match error {
            LegError::Price(_) => "price".to_owned(),
            LegError::ZeroQuantity
            | LegError::TooMany(_)
            | LegError::Fees(_)
            | LegError::Contract(_) => fault.path,
        };
        Fault { path, ..fault }
    })
}

/// Checks that a note says something.
pub(super) fn check_note(note: &Note) -> Result<(), Fault> {
    if note.text.trim().is_empty() {
        return Err(Fault::new("text", "nothing", "what was noted"));
    }
    Ok(())
}
