//! From the review of a broker's file to commands: what one campaign takes over of it.

use std::collections::BTreeMap;

use super::{EntrySource, FillError, JournalEntry, StructureRecord, fill_commands};
use crate::document::campaign::Campaign;
use crate::document::command::{Command, CommandError};
use crate::import::broker::{HeldLot, ImportReview, Origin, Proposal};
use crate::instrument::{Contract, PositionId, Role, Trade, TradeId};

/// Longest title of an entry in characters.
const MAX_TITLE: usize = 120;

/// Why fills cannot be taken over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TakeOverError {
    /// They do not fit the book.
    #[error(transparent)]
    Fill(#[from] FillError),
    /// The campaign refuses them.
    #[error(transparent)]
    Command(#[from] CommandError),
}

/// What one campaign takes over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TakenOver {
    /// The commands; as one batch they are one step of undo.
    pub commands: Vec<Command>,
    /// Fills of the file that they write.
    pub fills: usize,
    /// Contracts' fills that close what neither file nor book has opened: they stand without a position.
    pub unplaced: usize,
}

/// What a campaign holds, as the review of an import asks for it; `name` is the campaign's there.
pub fn held_lots(campaign: &Campaign, name: &str) -> Vec<HeldLot> {
    let mut positions: Vec<_> = campaign.positions.iter().collect();
    positions.sort_by_key(|position| position.opened);
    let lots = positions.into_iter().flat_map(|position| {
        position.legs.iter().map(|leg| HeldLot {
            contract: leg.contract,
            quantity: leg.quantity,
            price: leg.entry_price,
            name: position.name.clone(),
            role: position.role,
            campaign: Some(name.to_owned()),
            is_elsewhere: false,
        })
    });
    lots.collect()
}

/// The commands that take over the included proposals of one campaign of the review, each as one entry with its
/// fills. The book follows them where `follows`; what they open becomes positions of its own, except where it adds
/// to legs that are held or replaces what the same proposal closes.
///
/// # Errors
/// [`TakeOverError`]; `campaign` itself is never changed.
pub fn take_over(
    campaign: &Campaign,
    review: &ImportReview,
    place: usize,
    source: &EntrySource,
    follows: bool,
) -> Result<TakenOver, TakeOverError> {
    let mut taking = Taking {
        book: campaign.clone(),
        homes: known_homes(campaign, review),
        review,
        follows,
        taken: TakenOver::default(),
    };
    for proposal in review.included().filter(|known| known.campaign == place) {
        taking.take(proposal, source)?;
    }
    Ok(taking.taken)
}

/// The positions of fills that the journal has already.
fn known_homes(campaign: &Campaign, review: &ImportReview) -> BTreeMap<usize, PositionId> {
    let known: BTreeMap<&str, PositionId> = campaign
        .trades
        .iter()
        .filter(|trade| !trade.key.is_empty())
        .filter_map(|trade| Some((trade.key.as_str(), trade.position?)))
        .collect();
    if known.is_empty() {
        return BTreeMap::new();
    }
    let fills = review.fills.iter().enumerate();
    fills
        .filter_map(|(place, fill)| Some((place, *known.get(fill.key.to_string().as_str())?)))
        .collect()
}

/// Work under way: the campaign as it becomes, and where the fills of the file went.
struct Taking<'a> {
    book: Campaign,
    homes: BTreeMap<usize, PositionId>,
    review: &'a ImportReview,
    follows: bool,
    taken: TakenOver,
}

impl Taking<'_> {
    fn take(&mut self, proposal: &Proposal, source: &EntrySource) -> Result<(), TakeOverError> {
        let trades = self.review.trades(proposal.id, TradeId(0));
        let Some(first) = trades.first() else {
            return Ok(());
        };
        let title: String = proposal.structure.chars().take(MAX_TITLE).collect();
        let entry = JournalEntry {
            source: source.clone(),
            ..JournalEntry::new(first.at, Some(proposal.action), title)
        };
        let new = PositionId(self.book.next_id);
        let (placed, unplaced) = self.placed(proposal, &trades, new);
        let is_opened = placed.iter().any(|trade| trade.position == Some(new));
        let opened: Vec<StructureRecord> = is_opened
            .then(|| StructureRecord {
                id: new,
                name: proposal.structure.clone(),
                role: proposal.role,
            })
            .into_iter()
            .collect();
        let commands = fill_commands(&self.book, entry, placed, &opened, self.follows)?;
        self.carry_out(commands)?;
        let entry = self.book.journal.entries.last().map(|entry| entry.id);
        self.taken.fills += trades.len();
        self.taken.unplaced += unplaced.len();
        let loose = unplaced
            .into_iter()
            .map(|trade| Command::AddTrade(Trade { entry, ..trade }));
        self.carry_out(loose.collect())
    }

    fn carry_out(&mut self, commands: Vec<Command>) -> Result<(), TakeOverError> {
        for command in commands {
            self.book.apply(command.clone())?;
            self.taken.commands.push(command);
        }
        Ok(())
    }

    /// The fills with the positions that they change, and those that have none.
    fn placed(
        &mut self,
        proposal: &Proposal,
        trades: &[Trade],
        new: PositionId,
    ) -> (Vec<Trade>, Vec<Trade>) {
        // what a proposal opens stays in the position that it closes from: a roll is one thing done
        let changed = proposal
            .fills
            .iter()
            .zip(trades)
            .find_map(|(place, trade)| {
                let found = self.review.matches.get(*place)?;
                let mut closed = found.closed.iter();
                closed.find_map(|(origin, count)| self.home(*origin, trade.contract, *count))
            });
        let (mut placed, mut unplaced) = (Vec::new(), Vec::new());
        for (place, trade) in proposal.fills.iter().zip(trades) {
            for (position, count) in self.parts(*place, trade, (proposal.role, changed, new)) {
                let share = f64::from(count) / f64::from(trade.quantity);
                let part = Trade {
                    quantity: count,
                    fees_usd: trade.fees_usd * share,
                    position,
                    ..trade.clone()
                };
                match position {
                    Some(_) => placed.push(part),
                    None => unplaced.push(part),
                }
            }
        }
        (placed, unplaced)
    }

    /// One fill by the positions that it changes, with their contracts.
    fn parts(
        &mut self,
        place: usize,
        trade: &Trade,
        (role, changed, new): (Role, Option<PositionId>, PositionId),
    ) -> Vec<(Option<PositionId>, i32)> {
        let found = self.review.matches.get(place);
        let closed = found.map_or(&[][..], |found| &found.closed);
        let mut parts: Vec<(Option<PositionId>, i32)> = Vec::new();
        let mut add = |position, count| match parts.iter_mut().find(|(known, _)| *known == position)
        {
            Some((_, sum)) => *sum += count,
            None => parts.push((position, count)),
        };
        let mut left = trade.quantity;
        for (origin, count) in closed {
            add(self.home(*origin, trade.contract, *count), *count);
            left -= count;
        }
        if left != 0 {
            let home = changed
                .or_else(|| self.added_to(&trade.contract, left, role))
                .unwrap_or(new);
            self.homes.insert(place, home);
            add(Some(home), left);
        }
        parts
    }

    /// The position that contracts are taken from.
    fn home(&self, origin: Origin, contract: Contract, count: i32) -> Option<PositionId> {
        let known = match origin {
            Origin::Fill(place) => self.homes.get(&place).copied(),
            Origin::Held(_) | Origin::Unknown => None,
        };
        let holds = |id: &PositionId| !self.follows || self.book.position(*id).is_some();
        known
            .filter(holds)
            .or_else(|| self.leg_home(&contract, -count, None))
    }

    /// The position of the same purpose that holds the same leg on the same side.
    fn added_to(&self, contract: &Contract, count: i32, role: Role) -> Option<PositionId> {
        self.leg_home(contract, count, Some(role))
    }

    fn leg_home(&self, contract: &Contract, side: i32, role: Option<Role>) -> Option<PositionId> {
        let mut positions = self.book.positions.iter();
        let found = positions.find(|position| {
            role.is_none_or(|role| role == position.role)
                && position
                    .legs
                    .iter()
                    .any(|leg| leg.contract == *contract && leg.quantity.signum() == side.signum())
        });
        found.map(|position| position.id)
    }
}
