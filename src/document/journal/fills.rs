//! From fills to the book: what is held after them, and what contracts that expire settle at.

use jiff::civil::DateTime;

use super::{JournalCommand, JournalEntry, StructureRecord};
use crate::calendar::new_york_instant;
use crate::document::campaign::Campaign;
use crate::document::command::Command;
use crate::instrument::{
    Contract, EntryId, Leg, Position, Role, Trade, TradeAction, TradeId, fill_legs,
};

/// Why fills do not fit the book.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// A fill names a position that is neither held nor opened with it.
    #[error(
        "{contract}: found position {position}, expected one that is held or opened by these fills"
    )]
    NoPosition {
        /// What was traded.
        contract: String,
        /// The number named.
        position: u64,
    },
    /// A fill names no position.
    #[error("{contract}: found no position, expected the position that the fill changes")]
    Unnamed {
        /// What was traded.
        contract: String,
    },
}

/// The book after some fills, in their order. A fill adds to a leg of its contract at the mean price, or takes
/// from it; beyond nothing it turns the leg over. Positions without legs go; a condor that is none any more has
/// the role `Other`.
///
/// # Errors
/// [`FillError`] when a fill names no position, or one that is neither in the book nor among those `opened`.
pub fn book_after(
    positions: &[Position],
    fills: &[Trade],
    opened: &[StructureRecord],
) -> Result<Vec<Position>, FillError> {
    let mut book = positions.to_vec();
    for fill in fills {
        let contract = || fill.contract.label();
        let id = fill.position.ok_or_else(|| FillError::Unnamed {
            contract: contract(),
        })?;
        if !book.iter().any(|position| position.id == id) {
            let new = opened.iter().find(|structure| structure.id == id);
            let new = new.ok_or_else(|| FillError::NoPosition {
                contract: contract(),
                position: id.0,
            })?;
            book.push(Position {
                id,
                name: new.name.clone(),
                role: new.role,
                legs: Vec::new(),
                opened: Some(fill.at.date()),
            });
        }
        for position in book.iter_mut().filter(|position| position.id == id) {
            fill_legs(&mut position.legs, &fill.leg());
        }
    }
    book.retain(|position| !position.legs.is_empty());
    for position in &mut book {
        if position.role == Role::Condor && position.condor().is_none() {
            position.role = Role::Other;
        }
    }
    Ok(book)
}

/// The commands that write an entry with its fills, and that let the book follow them where `follows`. Applied as
/// one batch they are one step of undo. Positions that the fills open are named by `opened`, whose numbers start
/// at the campaign's next one, in order.
///
/// # Errors
/// [`FillError`], when the book is to follow and cannot.
pub fn fill_commands(
    campaign: &Campaign,
    entry: JournalEntry,
    fills: Vec<Trade>,
    opened: &[StructureRecord],
    follows: bool,
) -> Result<Vec<Command>, FillError> {
    let mut commands = Vec::new();
    let mut next_id = campaign.next_id;
    let mut leaving = Vec::new();
    if follows {
        let after = book_after(&campaign.positions, &fills, opened)?;
        for held in &campaign.positions {
            match after.iter().find(|wanted| wanted.id == held.id) {
                None => leaving.push(Command::RemovePosition { id: held.id }),
                Some(wanted) if wanted != held => commands.push(Command::ReplacePosition {
                    id: held.id,
                    position: wanted.clone(),
                }),
                Some(_same) => {}
            }
        }
        let is_new = |position: &&Position| campaign.position(position.id).is_none();
        for position in after.iter().filter(is_new) {
            commands.push(Command::AddPosition(position.clone()));
            next_id += 1;
        }
    }
    let id = EntryId(next_id);
    commands.push(Command::Journal(JournalCommand::AddEntry(entry)));
    commands.extend(
        unwritten_openings(campaign, &fills)
            .into_iter()
            .map(Command::AddTrade),
    );
    commands.extend(fills.into_iter().map(|fill| {
        Command::AddTrade(Trade {
            id: TradeId(0),
            entry: Some(id),
            ..fill
        })
    }));
    // Last, so that the names of structures are kept because of their fills.
    commands.extend(leaving);
    Ok(commands)
}

/// The openings of legs that fills change and of which the journal has no fill: without them the journal would read a
/// closing as an opening and know nothing of what was held before an addition.
pub fn unwritten_openings(campaign: &Campaign, fills: &[Trade]) -> Vec<Trade> {
    let mut openings: Vec<Trade> = Vec::new();
    for fill in fills {
        let Some(position) = fill.position.and_then(|id| campaign.position(id)) else {
            continue;
        };
        let same = |trade: &Trade| {
            trade.contract == fill.contract && trade.position.is_none_or(|id| id == position.id)
        };
        let is_written = campaign.trades.iter().chain(&openings).any(same);
        let legs = position.legs.iter();
        for leg in legs.filter(|leg| leg.contract == fill.contract && !is_written) {
            let opened = position.opened.map(|day| day.at(9, 30, 0, 0));
            openings.push(Trade {
                id: TradeId(0),
                at: opened.map_or(fill.at, |opened| opened.min(fill.at)),
                action: TradeAction::Open,
                contract: leg.contract,
                quantity: leg.quantity,
                price: leg.entry_price,
                fees_usd: leg.fees_usd,
                reason: "Entry of the position, which the journal did not have".to_owned(),
                position: Some(position.id),
                layer: position.role.layer(),
                entry: None,
                key: String::new(),
            });
        }
    }
    openings
}

/// The fills that settle a position's contracts that are expired by `at`: options at their intrinsic value, futures at
/// the settlement itself. `settles` gives the settlement value of a contract's underlying in its own points (the
/// opening quotation for a contract settled in the morning, else the close); contracts without one are left.
pub fn settlement_fills(
    position: &Position,
    at: DateTime,
    settles: impl Fn(&Contract) -> Option<f64>,
) -> Vec<Trade> {
    let expired = |leg: &&Leg| leg.contract.settlement_instant() <= new_york_instant(at);
    let fill = |leg: &Leg| {
        let settlement = settles(&leg.contract)?;
        let price = leg.contract.settled_at(settlement);
        Some(Trade {
            id: TradeId(0),
            at,
            action: TradeAction::Settle,
            contract: leg.contract,
            quantity: -leg.quantity,
            price,
            fees_usd: 0.0,
            reason: String::new(),
            position: Some(position.id),
            layer: position.role.layer(),
            entry: None,
            key: String::new(),
        })
    };
    position
        .legs
        .iter()
        .filter(expired)
        .filter_map(fill)
        .collect()
}
