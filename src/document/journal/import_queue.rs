//! A broker's file under review: what was read of it, what it would do, and what the reader decided so far.

use std::collections::BTreeMap;

use super::EntrySource;
use super::holdings::{HoldingRow, compare_holdings, holding_commands};
use super::take_over::{TakeOverError, TakenOver, held_lots, take_over};
use crate::document::campaign::Campaign;
use crate::import::broker::{
    BrokerFile, CampaignProposal, Check, Fingerprint, HeldLot, ImportReview, KnownFill,
    ReviewOptions, reconcile,
};
use crate::instrument::{LayerKind, Role, TradeAction};

/// The name of the campaign in the window within a review.
const HERE: &str = "this campaign";

/// Another campaign of the user's folder, as far as a broker's file is about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OtherCampaign {
    /// Name of its file.
    pub file: String,
    /// Its name; that of its file where it was not read.
    pub name: String,
    /// The fills that it has.
    pub fills: Vec<KnownFill>,
    /// Keys of fills of which no more is known.
    pub keys: Vec<Fingerprint>,
    /// What it holds of the contracts of the broker's file, oldest first.
    pub held: Vec<HeldLot>,
}

impl OtherCampaign {
    /// A campaign that was read, under the name of its file.
    pub fn of(file: &str, campaign: &Campaign) -> Self {
        Self {
            file: file.to_owned(),
            name: campaign.name.clone(),
            fills: known_fills(campaign, file),
            keys: Vec::new(),
            held: held_lots(campaign, file),
        }
    }
}

/// The fills of a campaign: parts of one fill that went to several positions are put together again.
fn known_fills(campaign: &Campaign, name: &str) -> Vec<KnownFill> {
    let mut all: Vec<KnownFill> = Vec::with_capacity(campaign.trades.len());
    let mut of_key: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    for trade in &campaign.trades {
        let key = Fingerprint::parse(&trade.key);
        let known = key.and_then(|key| of_key.get(&key).copied());
        if let Some(part) = known.and_then(|place| all.get_mut(place)) {
            part.quantity = part.quantity.saturating_add(trade.quantity);
            continue;
        }
        of_key.extend(key.map(|key| (key, all.len())));
        all.push(KnownFill {
            contract: trade.contract,
            quantity: trade.quantity,
            price: trade.price,
            at: trade.at,
            key,
            campaign: name.to_owned(),
        });
    }
    all
}

/// Where a campaign of a review is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Destination<'a> {
    /// The campaign in the window.
    Here,
    /// The file of another campaign.
    File(&'a OtherCampaign),
    /// A file that does not exist yet.
    New,
}

/// A decision of the reader about a file under review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueEdit {
    /// Take a proposal over or leave it out.
    Include(u64, bool),
    /// Take all new proposals over, or none.
    IncludeAll(bool),
    /// Say what a proposal does.
    Action(u64, TradeAction),
    /// Say what its structure is for.
    Role(u64, Role),
    /// Name its structure.
    Structure(u64, String),
    /// Move it to the campaign of that place; the place after the last one makes a new campaign.
    Campaign(u64, usize),
    /// Join the fills of the second proposal to the first.
    Merge(u64, u64),
    /// Take some fills out of a proposal into one of their own.
    Split(u64, Vec<usize>),
    /// Whether the book follows the fills.
    Follow(bool),
    /// Add what a statement holds beyond the book, by its row.
    Holding(usize, bool),
}

/// A broker's file under review.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportQueue {
    /// What was read.
    pub file: BrokerFile,
    /// What it would do.
    pub review: ImportReview,
    /// The file's totals beside ours.
    pub checks: Vec<Check>,
    /// Open positions of the file beside those of the book and of the other campaigns.
    pub holdings: Vec<HoldingRow>,
    /// Whether the book follows the fills.
    pub follows: bool,
    /// Place of the campaign in the window among the review's campaigns.
    pub here: usize,
    /// Other campaigns that have something to do with it.
    pub others: Vec<OtherCampaign>,
}

impl ImportQueue {
    /// Puts a file under review for the campaign in the window; `others` are the campaigns of the folder, `layer_days`
    /// the days to expiry that each hedge layer aims for. What closes contracts goes to the campaign that holds them,
    /// the one in the window before all others.
    pub fn of(
        file: BrokerFile,
        campaign: &Campaign,
        others: &[OtherCampaign],
        layer_days: [(LayerKind, i32); 3],
    ) -> Self {
        let own = OtherCampaign::of(HERE, campaign);
        let known = others.iter().flat_map(|other| other.keys.iter().copied());
        let known: Vec<Fingerprint> = known.collect();
        let journals = others.iter().flat_map(|other| other.fills.iter().cloned());
        let journal: Vec<KnownFill> = own.fills.into_iter().chain(journals).collect();
        let lots = others.iter().flat_map(|other| other.held.clone());
        let lots = lots.map(|lot| HeldLot {
            is_elsewhere: true,
            ..lot
        });
        let options = ReviewOptions {
            held: own.held.into_iter().chain(lots).collect(),
            layer_days,
            journal,
            ..ReviewOptions::default()
        };
        let mut review = ImportReview::with_options(&file, &known, &options);
        let holdings = compare_holdings(campaign, others, &file);
        let others = known_others(&mut review, others);
        let here = here(&mut review, campaign, &others);
        let mut queue = Self {
            checks: reconcile(&file),
            holdings,
            follows: true,
            here,
            others,
            review,
            file,
        };
        queue.count_fills();
        queue
    }

    /// What the fills that are taken over add to every contract of the statement.
    fn count_fills(&mut self) {
        let included = self.review.included().flat_map(|proposal| &proposal.fills);
        let fills: Vec<_> = included
            .filter_map(|place| self.review.fills.get(*place))
            .filter(|_fill| self.follows)
            .collect();
        for row in &mut self.holdings {
            let same = fills.iter().filter(|fill| fill.contract == row.contract);
            row.filled = same.map(|fill| fill.quantity).sum();
        }
    }

    /// Carries out a decision; `false`, and nothing changes, when it does not fit.
    pub fn change(&mut self, edit: QueueEdit) -> bool {
        let is_done = self.carry_out(edit);
        self.count_fills();
        is_done
    }

    fn carry_out(&mut self, edit: QueueEdit) -> bool {
        match edit {
            QueueEdit::Include(id, include) => self.review.include(id, include),
            QueueEdit::IncludeAll(include) => {
                for proposal in &mut self.review.proposals {
                    proposal.include = include && !proposal.duplicate;
                }
                true
            }
            QueueEdit::Action(id, action) => self.review.set_action(id, action),
            QueueEdit::Role(id, role) => self.review.set_role(id, role),
            QueueEdit::Structure(id, name) => {
                let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
                !name.is_empty() && self.review.set_structure(id, &name)
            }
            QueueEdit::Campaign(id, place) => self.review.move_to_campaign(id, place),
            QueueEdit::Merge(id, other) => self.review.merge(id, other),
            QueueEdit::Split(id, fills) => self.review.split(id, &fills).is_some(),
            QueueEdit::Follow(follows) => {
                self.follows = follows;
                true
            }
            QueueEdit::Holding(index, is_added) => match self.holdings.get_mut(index) {
                Some(row) if row.can_be_added() => {
                    row.is_added = is_added;
                    true
                }
                Some(_) | None => false,
            },
        }
    }

    /// Fills that will be taken over, into whichever campaign.
    pub fn included_fills(&self) -> usize {
        let included = self.review.included();
        included.map(|proposal| proposal.fills.len()).sum()
    }

    /// Proposals whose fills were imported before.
    pub fn duplicates(&self) -> usize {
        let proposals = self.review.proposals.iter();
        proposals.filter(|proposal| proposal.duplicate).count()
    }

    /// Positions of a statement that will be added to the book.
    pub fn added_holdings(&self) -> usize {
        let rows = self.holdings.iter();
        rows.filter(|row| row.is_added && row.can_be_added())
            .count()
    }

    /// Totals that do not agree with the file.
    pub fn disagreeing(&self) -> usize {
        self.checks.iter().filter(|check| !check.agrees()).count()
    }

    /// Places of the other campaigns that something is taken over into.
    pub fn elsewhere(&self) -> Vec<usize> {
        let mut places: Vec<usize> = self
            .review
            .included()
            .map(|proposal| proposal.campaign)
            .filter(|place| *place != self.here)
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Where the campaign of a place is written.
    pub fn destination(&self, place: usize) -> Destination<'_> {
        let id = self.review.campaigns.get(place);
        let id = id.and_then(|known| known.id.as_deref());
        let other = self.others.iter().find(|other| id == Some(&other.file));
        match other {
            _ if place == self.here => Destination::Here,
            Some(other) => Destination::File(other),
            None => Destination::New,
        }
    }

    /// What the campaign in the window takes over: fills, and positions of a statement.
    ///
    /// # Errors
    /// [`TakeOverError`] when it cannot.
    pub fn for_here(&self, campaign: &Campaign) -> Result<TakenOver, TakeOverError> {
        let mut taken = self.for_place(campaign, self.here)?;
        taken.commands.extend(holding_commands(&self.holdings));
        Ok(taken)
    }

    /// What another campaign takes over: a new one, for each place of [`Self::elsewhere`].
    ///
    /// # Errors
    /// [`TakeOverError`] when it cannot.
    pub fn for_place(&self, campaign: &Campaign, place: usize) -> Result<TakenOver, TakeOverError> {
        let source = EntrySource::Import {
            file: self.file.name.clone(),
            account: self.file.account.clone(),
        };
        take_over(campaign, &self.review, place, &source, self.follows)
    }
}

/// The other campaigns that the review is about, and those that hold contracts of it: each has its place, so that
/// fills can be moved there.
fn known_others(review: &mut ImportReview, others: &[OtherCampaign]) -> Vec<OtherCampaign> {
    let mut known = Vec::new();
    for other in others {
        let id = Some(other.file.as_str());
        let place = review.campaigns.iter();
        let mut place = place.filter(|proposed| proposed.id.as_deref() == id);
        let trades = |contract| review.fills.iter().any(|fill| fill.contract == contract);
        let is_held = || other.held.iter().any(|lot| trades(lot.contract));
        if place.next().is_none() && !is_held() {
            continue;
        }
        known.push(other.clone());
    }
    for other in &known {
        let id = Some(other.file.as_str());
        let mut proposed = review.campaigns.iter_mut();
        match proposed.find(|proposed| proposed.id.as_deref() == id) {
            Some(proposed) => proposed.name.clone_from(&other.name),
            None => review.campaigns.push(CampaignProposal {
                id: Some(other.file.clone()),
                name: other.name.clone(),
            }),
        }
    }
    known
}

/// The place of the campaign in the window: that of what it holds, else the first new one for a campaign that has
/// nothing yet, else a place of its own.
fn here(review: &mut ImportReview, campaign: &Campaign, others: &[OtherCampaign]) -> usize {
    let known = review
        .campaigns
        .iter()
        .position(|known| known.id.as_deref() == Some(HERE));
    let is_other = |known: &CampaignProposal| {
        let mut files = others.iter().map(|other| other.file.as_str());
        files.any(|file| known.id.as_deref() == Some(file))
    };
    let is_empty = campaign.positions.is_empty() && campaign.trades.is_empty();
    let new = || review.campaigns.iter().position(|known| !is_other(known));
    let first = is_empty.then(new).flatten();
    let place = known.or(first).unwrap_or_else(|| {
        review.campaigns.push(CampaignProposal {
            id: None,
            name: String::new(),
        });
        review.campaigns.len() - 1
    });
    if let Some(proposal) = review.campaigns.get_mut(place) {
        proposal.id = Some(HERE.to_owned());
        proposal.name.clone_from(&campaign.name);
    }
    place
}
