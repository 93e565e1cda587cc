//! From the review of a broker's file to commands: what one campaign takes over of it.

use std::collections::BTreeMap;

use super::{EntrySource, FillError, JournalEntry, StructureRecord, fill_commands};
use crate::document::campaign::Campaign;
use crate::document::command::{Command, CommandError};
use crate::import::broker::{HeldLot, ImportReview, Origin, Proposal, shared_usd};
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
            position: position.id,
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
        name: review
            .campaigns
            .get(place)
            .and_then(|known| known.id.as_deref()),
        held: ledger(campaign, follows),
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

/// What every position holds of every contract; by the journal those that the book does not have, where it need not
/// follow.
fn ledger(campaign: &Campaign, follows: bool) -> BTreeMap<(Contract, PositionId), i32> {
    let mut held = BTreeMap::new();
    for position in &campaign.positions {
        for leg in &position.legs {
            *held.entry((leg.contract, position.id)).or_default() += leg.quantity;
        }
    }
    let loose = |trade: &&Trade| {
        !follows
            && trade
                .position
                .is_some_and(|id| campaign.position(id).is_none())
    };
    for trade in campaign.trades.iter().filter(loose) {
        let home = trade.position.map(|id| (trade.contract, id));
        if let Some(home) = home {
            *held.entry(home).or_default() += trade.quantity;
        }
    }
    held
}

/// Work under way: the campaign as it becomes, and where the fills of the file went.
struct Taking<'a> {
    book: Campaign,
    homes: BTreeMap<usize, PositionId>,
    review: &'a ImportReview,
    /// What the review calls the campaign; `None` for a new one.
    name: Option<&'a str>,
    /// What every position holds as the fills come in: none gives more than it has.
    held: BTreeMap<(Contract, PositionId), i32>,
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
                let sources = found
                    .closed
                    .iter()
                    .flat_map(|(origin, count)| self.sources(*origin, trade.contract, *count));
                sources.map(|(position, _)| position).next().flatten()
            });
        let (mut placed, mut unplaced) = (Vec::new(), Vec::new());
        for (place, trade) in proposal.fills.iter().zip(trades) {
            let mut done = 0;
            for (position, count) in self.parts(*place, trade, (proposal.role, changed, new)) {
                let share = (done, count, trade.quantity);
                done += count;
                let part = Trade {
                    quantity: count,
                    fees_usd: shared_usd(trade.fees_usd, share),
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
        let review = self.review;
        let found = review.matches.get(place);
        let closed = found.map_or(&[][..], |found| &found.closed);
        let mut parts: Vec<(Option<PositionId>, i32)> = Vec::new();
        let mut left = trade.quantity;
        for (origin, count) in closed {
            for (position, count) in self.sources(*origin, trade.contract, *count) {
                self.put(&mut parts, trade.contract, position, count);
            }
            left -= count;
        }
        if left != 0 {
            // what closed a leg does not turn it over: the rest is a position of its own
            let is_free = |id: &PositionId| {
                let is_opposite = |held: i32| held.signum() == -left.signum();
                let mut legs = self.book.position(*id).into_iter().flat_map(|of| &of.legs);
                !parts.iter().any(|(known, _)| *known == Some(*id))
                    && !is_opposite(self.holds(*id, trade.contract))
                    && !legs.any(|leg| leg.contract == trade.contract && is_opposite(leg.quantity))
            };
            let home = changed
                .filter(is_free)
                .or_else(|| self.added_to(trade.contract, left, role))
                .unwrap_or(new);
            self.homes.insert(place, home);
            self.put(&mut parts, trade.contract, Some(home), left);
        }
        parts
    }

    /// Adds contracts to the parts of a fill and to what their position holds.
    fn put(
        &mut self,
        parts: &mut Vec<(Option<PositionId>, i32)>,
        contract: Contract,
        position: Option<PositionId>,
        count: i32,
    ) {
        if let Some(id) = position {
            *self.held.entry((contract, id)).or_default() += count;
        }
        match parts.iter_mut().find(|(known, _)| *known == position) {
            Some((_, sum)) => *sum += count,
            None => parts.push((position, count)),
        }
    }

    fn holds(&self, id: PositionId, contract: Contract) -> i32 {
        self.held.get(&(contract, id)).copied().unwrap_or(0)
    }

    /// The positions that contracts are taken from, `count` signed as traded: first the one that they came from, then
    /// any other that holds them, each for no more than it has. The rest has none.
    fn sources(
        &self,
        origin: Origin,
        contract: Contract,
        count: i32,
    ) -> Vec<(Option<PositionId>, i32)> {
        let own = match origin {
            Origin::Fill(place) => self.homes.get(&place).copied(),
            Origin::Held(lot) => {
                let lot = self.review.held.get(lot);
                lot.filter(|lot| lot.campaign.as_deref() == self.name)
                    .map(|lot| lot.position)
            }
            Origin::Unknown => None,
        };
        let (mut found, mut left) = (Vec::new(), count);
        for id in own.into_iter().chain(self.holders(contract)) {
            let is_done = found.iter().any(|(known, _)| *known == Some(id));
            let held = self.holds(id, contract);
            if is_done || left == 0 || held.signum() != -left.signum() {
                continue;
            }
            let part = held.unsigned_abs().min(left.unsigned_abs());
            let part = part.cast_signed() * left.signum();
            found.push((Some(id), part));
            left -= part;
        }
        if left != 0 {
            found.push((None, left));
        }
        found
    }

    /// The positions that have had a contract, by number.
    fn holders(&self, contract: Contract) -> impl Iterator<Item = PositionId> + '_ {
        let all = (contract, PositionId(0))..=(contract, PositionId(u64::MAX));
        self.held.range(all).map(|((_, id), _)| *id)
    }

    /// The position of the same purpose that holds the same leg on the same side.
    fn added_to(&self, contract: Contract, count: i32, role: Role) -> Option<PositionId> {
        self.holders(contract).find(|id| {
            let position = self.book.position(*id);
            position.is_some_and(|position| position.role == role)
                && self.holds(*id, contract).signum() == count.signum()
        })
    }
}
