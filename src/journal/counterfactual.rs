//! Choices not taken, marked later: what they would have made by each day since, beside leaving everything as it was.
//!
//! A choice differs from holding by its trades alone, so its value over holding is what those trades have made since,
//! fees and half-spread taken off, whatever was done later with the rest of the book. Prices come from the marks kept,
//! and from the model where a contract has none of its own; each value says which. What has settled keeps its value.

use jiff::Timestamp;

use super::ledger::{Ledger, LedgerFill};
use super::parts::Cents;
use super::station::Station;
use crate::calendar::new_york_instant;
use crate::document::Campaign;
use crate::document::journal::{ChoiceTrade, DecisionRecord, JournalEntry};
use crate::instrument::{Contract, EntryId};

/// What trades have made by an instant, over holding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValuePoint {
    /// When.
    pub at: Timestamp,
    /// What they have made, fees and half-spread taken off.
    pub value: Cents,
    /// Whether every price rests on entered or imported marks; otherwise the model stands in.
    pub is_marked: bool,
}

/// A choice of a decision, marked later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOutcome {
    /// Its place in the record.
    pub place: usize,
    /// What was done, in a few words.
    pub name: String,
    /// What it asked for.
    pub stance: String,
    /// Whether it is the one that was taken.
    pub is_taken: bool,
    /// Its value over holding at each station since.
    pub values: Vec<ValuePoint>,
}

impl ChoiceOutcome {
    /// Its value at the last station.
    pub fn last(&self) -> Option<ValuePoint> {
        self.values.last().copied()
    }
}

/// A decision with what came of it and of what was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionOutcome {
    /// The entry of the journal.
    pub entry: EntryId,
    /// When it was decided.
    pub at: Timestamp,
    /// What was done, by its own fills, over holding, at each station since. Empty for a decision without fills.
    pub done: Vec<ValuePoint>,
    /// Every choice that could have been taken, in the order of the record.
    pub choices: Vec<ChoiceOutcome>,
}

impl DecisionOutcome {
    /// What was done, at the last station; nothing where nothing was traded.
    pub fn done_last(&self) -> Cents {
        self.done.last().map_or(Cents(0), |point| point.value)
    }

    /// What the best choice by the verdict would have made over what was done, at the last station.
    pub fn against_done(&self, choice: &ChoiceOutcome) -> Option<Cents> {
        choice.last().map(|point| point.value - self.done_last())
    }
}

/// Every contract that a journal's decisions spoke of: stations price them too, so that choices can be marked.
pub fn weighed_contracts(campaign: &Campaign) -> Vec<Contract> {
    let mut all: Vec<Contract> = Vec::new();
    for (_, record) in decisions(campaign) {
        for trade in record.choices.iter().flat_map(|choice| &choice.trades) {
            if !all.contains(&trade.contract) {
                all.push(trade.contract);
            }
        }
    }
    all
}

/// Every decision of a campaign that weighed choices, with what came of it, oldest first.
pub fn decision_outcomes(
    campaign: &Campaign,
    ledger: &Ledger,
    stations: &[Station],
) -> Vec<DecisionOutcome> {
    let mut all: Vec<DecisionOutcome> = decisions(campaign)
        .map(|(entry, record)| outcome_of(entry, record, ledger, stations))
        .collect();
    all.sort_by_key(|outcome| (outcome.at, outcome.entry));
    all
}

fn decisions(campaign: &Campaign) -> impl Iterator<Item = (&JournalEntry, &DecisionRecord)> {
    let entries = campaign.journal.entries.iter();
    entries.filter_map(|entry| Some((entry, entry.decision.as_deref()?)))
}

fn outcome_of(
    entry: &JournalEntry,
    record: &DecisionRecord,
    ledger: &Ledger,
    stations: &[Station],
) -> DecisionOutcome {
    let at = new_york_instant(entry.at);
    let fills: Vec<Traded> = (ledger.fills.iter())
        .filter(|fill| fill.entry == Some(entry.id))
        .map(Traded::from)
        .collect();
    let later: Vec<&Station> = stations.iter().filter(|station| station.at >= at).collect();
    let choices = record
        .choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| choice.refused.is_none());
    DecisionOutcome {
        entry: entry.id,
        at,
        done: if fills.is_empty() {
            Vec::new()
        } else {
            values(&fills, &later)
        },
        choices: choices
            .map(|(place, choice)| {
                let trades: Vec<Traded> = choice.trades.iter().map(Traded::from).collect();
                ChoiceOutcome {
                    place,
                    name: choice.name.clone(),
                    stance: choice.stance.clone(),
                    is_taken: record.taken == Some(place),
                    values: values(&trades, &later),
                }
            })
            .collect(),
    }
}

/// What was or would have been traded.
#[derive(Clone, Copy, Debug)]
struct Traded {
    contract: Contract,
    quantity: i32,
    price: f64,
    fees_usd: f64,
}

impl From<&LedgerFill> for Traded {
    fn from(fill: &LedgerFill) -> Self {
        Self {
            contract: fill.key.contract,
            quantity: fill.quantity,
            price: fill.price,
            fees_usd: fill.fees_usd,
        }
    }
}

impl From<&ChoiceTrade> for Traded {
    fn from(trade: &ChoiceTrade) -> Self {
        Self {
            contract: trade.contract,
            quantity: trade.quantity,
            price: trade.price,
            fees_usd: trade.fees_usd,
        }
    }
}

/// What trades have made at each station. A contract that has settled keeps the value of the first station after it;
/// one that cannot be priced keeps its last value.
fn values(trades: &[Traded], stations: &[&Station]) -> Vec<ValuePoint> {
    let mut prices: Vec<(f64, bool)> = trades.iter().map(|trade| (trade.price, false)).collect();
    let fees: f64 = trades.iter().map(|trade| trade.fees_usd).sum();
    let at_station = |station: &&Station| {
        let mut is_marked = true;
        let mut made = -fees;
        for (trade, (price, is_settled)) in trades.iter().zip(&mut prices) {
            if let Some(unit) = station.unit(&trade.contract).filter(|_| !*is_settled) {
                *price = unit.price;
                *is_settled = unit.is_expired;
                is_marked &= unit.is_marked || unit.is_expired;
            }
            let usd_per_point = f64::from(trade.quantity) * trade.contract.multiplier();
            made += usd_per_point * (*price - trade.price);
        }
        ValuePoint {
            at: station.at,
            value: Cents::from_usd(made),
            is_marked,
        }
    };
    stations.iter().map(at_station).collect()
}
