//! A broker's file under review: what was read of it, what it would do, and what the reader decided so far.

use super::EntrySource;
use super::holdings::{HoldingRow, compare_holdings, holding_commands};
use super::take_over::{TakeOverError, TakenOver, held_lots, take_over};
use crate::document::campaign::Campaign;
use crate::import::broker::{
    BrokerFile, Check, Fingerprint, ImportReview, ReviewOptions, reconcile,
};
use crate::instrument::{LayerKind, Role, TradeAction};

/// The name of the campaign in the window within a review.
const HERE: &str = "this campaign";

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
    /// Open positions of the file beside the book's.
    pub holdings: Vec<HoldingRow>,
    /// Whether the book follows the fills.
    pub follows: bool,
    /// Place of the campaign in the window among the review's campaigns.
    pub here: usize,
}

impl ImportQueue {
    /// Puts a file under review for the campaign in the window; `known` are the keys of fills that other campaigns
    /// have, `layer_days` the days to expiry that each hedge layer aims for.
    pub fn of(
        file: BrokerFile,
        campaign: &Campaign,
        known: &[Fingerprint],
        layer_days: [(LayerKind, i32); 3],
    ) -> Self {
        let own = campaign.trades.iter();
        let own = own.filter_map(|trade| Fingerprint::parse(&trade.key));
        let known: Vec<Fingerprint> = known.iter().copied().chain(own).collect();
        let options = ReviewOptions {
            held: held_lots(campaign, HERE),
            layer_days,
            ..ReviewOptions::default()
        };
        let mut review = ImportReview::with_options(&file, &known, &options);
        let here = here(&mut review, campaign);
        Self {
            checks: reconcile(&file),
            holdings: compare_holdings(campaign, &file),
            follows: true,
            here,
            review,
            file,
        }
    }

    /// Carries out a decision; `false`, and nothing changes, when it does not fit.
    pub fn change(&mut self, edit: QueueEdit) -> bool {
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

/// The place of the campaign in the window: that of what it holds, else the first one for a campaign that has
/// nothing yet, else a place of its own.
fn here(review: &mut ImportReview, campaign: &Campaign) -> usize {
    let known = review
        .campaigns
        .iter()
        .position(|known| known.id.as_deref() == Some(HERE));
    let is_empty = campaign.positions.is_empty() && campaign.trades.is_empty();
    let first = (is_empty && !review.campaigns.is_empty()).then_some(0);
    let place = known.or(first).unwrap_or_else(|| {
        review
            .campaigns
            .push(crate::import::broker::CampaignProposal {
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
