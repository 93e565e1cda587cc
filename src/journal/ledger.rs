//! Every fill of a campaign in time, and the book of any instant.
//!
//! A leg that the book holds and that has no fill at all was entered without a log: its opening is implied, at its
//! entry price, on the day on which its position was opened. Where fills and book say different numbers, the fills
//! count and the difference is told.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::calendar::new_york_instant;
use crate::document::Campaign;
use crate::instrument::{
    Contract, EntryId, LayerKind, Leg, Position, PositionId, Role, Trade, TradeAction, TradeId,
    fill_legs,
};

/// A leg: a contract within its structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegKey {
    /// The structure; `None` for fills of none.
    pub position: Option<PositionId>,
    /// The contract.
    pub contract: Contract,
}

/// One fill.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerFill {
    /// When.
    pub at: Timestamp,
    /// The leg that it changes.
    pub key: LegKey,
    /// The hedge layer of the leg, if any.
    pub layer: Option<LayerKind>,
    /// What it was meant to do.
    pub action: TradeAction,
    /// Contracts, positive when bought.
    pub quantity: i32,
    /// Price per unit in points.
    pub price: f64,
    /// Commission and fees, dollars.
    pub fees_usd: f64,
    /// Its trade; `None` when the opening is implied.
    pub trade: Option<TradeId>,
    /// The journal's entry that it belongs to.
    pub entry: Option<EntryId>,
}

impl LedgerFill {
    /// Dollars per point of price, signed by what was traded.
    pub fn usd_per_point(&self) -> f64 {
        f64::from(self.quantity) * self.key.contract.multiplier()
    }

    /// Premium received (negative when paid), before fees. A future moves none.
    pub fn premium_usd(&self) -> f64 {
        if self.key.contract.strike().is_some() {
            -self.usd_per_point() * self.price
        } else {
            0.0
        }
    }
}

/// A leg of which the fills say another number than the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discrepancy {
    /// The leg.
    pub key: LegKey,
    /// Contracts by the fills.
    pub by_fills: i32,
    /// Contracts that the book holds.
    pub held: i32,
}

/// All fills of a campaign.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// The fills, oldest first.
    pub fills: Vec<LedgerFill>,
    /// Where fills and book differ.
    pub discrepancies: Vec<Discrepancy>,
    names: Vec<(PositionId, String, Role)>,
}

impl Ledger {
    /// The fills of a campaign up to the instant of its marks; later ones are of a future that the marks do not know.
    pub fn of(campaign: &Campaign) -> Self {
        let now = campaign.marks.as_of;
        let mut fills: Vec<LedgerFill> = (campaign.trades.iter())
            .map(|trade| logged(campaign, trade))
            .collect();
        let implied: Vec<LedgerFill> = (campaign.positions.iter())
            .flat_map(|position| implied_fills(campaign, position, &fills))
            .collect();
        fills.extend(implied);
        fills.sort_by_key(|fill| (fill.at, fill.trade));
        let discrepancies = discrepancies(campaign, &fills);
        fills.retain(|fill| fill.at <= now);
        let held = campaign.positions.iter();
        let gone = campaign.journal.structures.iter();
        let names = held
            .map(|position| (position.id, position.name.clone(), position.role))
            .chain(gone.map(|gone| (gone.id, gone.name.clone(), gone.role)));
        Self {
            fills,
            discrepancies,
            names: names.collect(),
        }
    }

    /// The fills after one instant and not after another.
    pub fn between(&self, after: Timestamp, until: Timestamp) -> &[LedgerFill] {
        let from = self.fills.partition_point(|fill| fill.at <= after);
        let to = self.fills.partition_point(|fill| fill.at <= until);
        &self.fills[from..to.max(from)]
    }

    /// Every leg that was ever held, in the order in which it was first traded.
    pub fn legs(&self) -> Vec<(LegKey, Option<LayerKind>)> {
        let mut legs: Vec<(LegKey, Option<LayerKind>)> = Vec::new();
        for fill in &self.fills {
            if !legs.iter().any(|(known, _)| *known == fill.key) {
                legs.push((fill.key, fill.layer));
            }
        }
        legs
    }

    /// Contracts of every leg held after the fills of an instant; legs of which nothing is left are not there.
    pub fn held_at(&self, instant: Timestamp) -> Vec<(LegKey, i32)> {
        let mut held: Vec<(LegKey, i32)> = Vec::new();
        for fill in self.fills.iter().take_while(|fill| fill.at <= instant) {
            match held.iter_mut().find(|(key, _)| *key == fill.key) {
                Some((_, quantity)) => *quantity += fill.quantity,
                None => held.push((fill.key, fill.quantity)),
            }
        }
        held.retain(|(_, quantity)| *quantity != 0);
        held
    }

    /// The book after the fills of an instant: legs at their mean entry price, in their structures.
    pub fn book_at(&self, instant: Timestamp) -> Vec<Position> {
        let until = self.fills.partition_point(|fill| fill.at <= instant);
        self.book_of(&self.fills[..until])
    }

    /// The book after some of the fills, as [`Ledger::book_at`] gives it.
    pub fn book_of(&self, fills: &[LedgerFill]) -> Vec<Position> {
        let mut book: BTreeMap<Option<PositionId>, Position> = BTreeMap::new();
        for fill in fills {
            let position = book
                .entry(fill.key.position)
                .or_insert_with(|| self.empty(fill));
            let leg = Leg {
                contract: fill.key.contract,
                quantity: fill.quantity,
                entry_price: fill.price,
                fees_usd: fill.fees_usd,
            };
            fill_legs(&mut position.legs, &leg);
        }
        let mut book: Vec<Position> = book.into_values().collect();
        book.retain(|position| !position.legs.is_empty());
        for position in &mut book {
            // What was a condor and is one no more counts as what it is.
            if position.role == Role::Condor && position.condor().is_none() {
                position.role = Role::Other;
            } else if position.role == Role::Other && position.condor().is_some() {
                position.role = Role::Condor;
            }
        }
        book
    }

    /// The name of a structure, also of one that has left the book.
    pub fn name(&self, id: Option<PositionId>) -> &str {
        let named = id.and_then(|id| self.names.iter().find(|(known, ..)| *known == id));
        named.map_or("No structure", |(_, name, _)| name)
    }

    fn empty(&self, first: &LedgerFill) -> Position {
        let id = first.key.position;
        let known = id.and_then(|id| self.names.iter().find(|(known, ..)| *known == id));
        let of_layer = first.layer.map_or(Role::Other, Role::Layer);
        Position {
            id: id.unwrap_or(PositionId(0)),
            name: self.name(id).to_owned(),
            role: known.map_or(of_layer, |(_, _, role)| *role),
            legs: Vec::new(),
            opened: Some(crate::calendar::new_york_date(first.at)),
        }
    }
}

fn logged(campaign: &Campaign, trade: &Trade) -> LedgerFill {
    let role = trade
        .position
        .and_then(|id| campaign.position(id))
        .and_then(|held| held.role.layer());
    LedgerFill {
        at: new_york_instant(trade.at),
        key: LegKey {
            position: trade.position,
            contract: trade.contract,
        },
        layer: trade.layer.or(role),
        action: trade.action,
        quantity: trade.quantity,
        price: trade.price,
        fees_usd: trade.fees_usd,
        trade: Some(trade.id),
        entry: trade.entry,
    }
}

/// Openings of a position's legs of which there is no fill.
fn implied_fills(
    campaign: &Campaign,
    position: &Position,
    logged: &[LedgerFill],
) -> Vec<LedgerFill> {
    let now = campaign.marks.as_of;
    let first = logged
        .iter()
        .filter(|fill| fill.key.position == Some(position.id))
        .map(|fill| fill.at)
        .min();
    // The opening of the day: nothing of that day can have come before it.
    let opened = position
        .opened
        .map(|day| new_york_instant(day.at(9, 30, 0, 0)));
    let at = opened.or(first).unwrap_or(campaign.created).min(now);
    let is_logged = |contract: &Contract| {
        let same = |fill: &&LedgerFill| {
            fill.key.contract == *contract && fill.key.position.is_none_or(|id| id == position.id)
        };
        logged.iter().any(|fill| same(&fill))
    };
    let legs = position.legs.iter().filter(|leg| !is_logged(&leg.contract));
    legs.map(|leg| LedgerFill {
        at,
        key: LegKey {
            position: Some(position.id),
            contract: leg.contract,
        },
        layer: position.role.layer(),
        action: TradeAction::Open,
        quantity: leg.quantity,
        price: leg.entry_price,
        fees_usd: leg.fees_usd,
        trade: None,
        entry: None,
    })
    .collect()
}

fn discrepancies(campaign: &Campaign, fills: &[LedgerFill]) -> Vec<Discrepancy> {
    let mut sums: Vec<(Contract, i32, LegKey)> = Vec::new();
    for fill in fills {
        match sums
            .iter_mut()
            .find(|(contract, ..)| *contract == fill.key.contract)
        {
            Some((_, sum, _)) => *sum += fill.quantity,
            None => sums.push((fill.key.contract, fill.quantity, fill.key)),
        }
    }
    let held = |contract: &Contract| -> i32 {
        let legs = campaign
            .positions
            .iter()
            .flat_map(|position| &position.legs);
        legs.filter(|leg| leg.contract == *contract)
            .map(|leg| leg.quantity)
            .sum()
    };
    let rows = sums.into_iter().map(|(contract, by_fills, key)| {
        let held = held(&contract);
        Discrepancy {
            key,
            by_fills,
            held,
        }
    });
    rows.filter(|row| row.by_fills != row.held).collect()
}
