//! What an import would do, as proposals: nothing enters a book unseen, and all of it can be overridden.
//!
//! Fills of one order, or of one moment where a file names no orders, become one action. Two verticals
//! that make a condor are merged when traded within minutes; so are the orders that close one structure,
//! and an order that closes with one that opens the same side elsewhere, which together are a roll.

use std::collections::BTreeSet;

use super::campaigns;
use super::fill::{BrokerFile, BrokerFill, Fingerprint};
use super::grouping::{Grouping, legs_of};
use super::known::{Known, KnownFill};
use super::matching::{FillMatch, match_fills};
use super::naming::{action, named, structure_name};
use super::pieces::Pieces;
use crate::instrument::{Contract, LayerKind, Leg, PositionId, Role, Trade, TradeAction, TradeId};

/// What the caller holds already, one lot of one contract.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldLot {
    /// What is held.
    pub contract: Contract,
    /// Contracts, negative when short.
    pub quantity: i32,
    /// Price in points at which it was opened.
    pub price: f64,
    /// Its position, by the number that its campaign has for it.
    pub position: PositionId,
    /// Name of its position.
    pub name: String,
    /// What its position is for.
    pub role: Role,
    /// The campaign that it is in, by any stable name.
    pub campaign: Option<String>,
    /// Whether that is another campaign than the one that the file is read for: only what surely closes takes it.
    pub is_elsewhere: bool,
}

/// How fills are put together.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewOptions {
    /// Seconds within which fills without order numbers are one action.
    pub window_seconds: i64,
    /// Seconds within which orders are merged into a condor, a closing or a roll.
    pub merge_seconds: i64,
    /// Days to expiry that each layer aims for; the rule pack's numbers.
    pub layer_days: [(LayerKind, i32); 3],
    /// What is held already, oldest first.
    pub held: Vec<HeldLot>,
    /// What journals have already, in campaigns by the names of [`HeldLot::campaign`].
    pub journal: Vec<KnownFill>,
}

impl Default for ReviewOptions {
    fn default() -> Self {
        Self {
            window_seconds: 60,
            merge_seconds: 600,
            layer_days: [
                (LayerKind::First, 30),
                (LayerKind::Second, 110),
                (LayerKind::Third, 220),
            ],
            held: Vec::new(),
            journal: Vec::new(),
        }
    }
}

/// A campaign that is proposed or known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignProposal {
    /// The name by which the file or the caller knows it; `None` for a new one.
    pub id: Option<String>,
    /// Its name on the screen.
    pub name: String,
}

/// One action that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Its number; it keeps it through every override.
    pub id: u64,
    /// Places of its fills in [`ImportReview::fills`], ascending.
    pub fills: Vec<usize>,
    /// What it does.
    pub action: TradeAction,
    /// Name of the structure that it opens, changes or closes.
    pub structure: String,
    /// What that structure is for.
    pub role: Role,
    /// Place of its campaign in [`ImportReview::campaigns`].
    pub campaign: usize,
    /// Whether its fills were imported before.
    pub duplicate: bool,
    /// Whether it will be taken over.
    pub include: bool,
}

/// Everything that an import of one file would do.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportReview {
    /// The file's fills, by time; one that closes contracts of several campaigns in parts, a part for each.
    pub fills: Vec<BrokerFill>,
    /// For every fill, what it closes and opens.
    pub matches: Vec<FillMatch>,
    /// The actions, by time.
    pub proposals: Vec<Proposal>,
    /// The campaigns that they are in.
    pub campaigns: Vec<CampaignProposal>,
    /// What was held before, as the matches name it.
    pub held: Vec<HeldLot>,
    next_id: u64,
}

impl ImportReview {
    /// Proposals for a file; fills whose fingerprints are `known` are duplicates.
    pub fn new(file: &BrokerFile, known: &[Fingerprint]) -> Self {
        Self::with_options(file, known, &ReviewOptions::default())
    }

    /// The same with the caller's windows, layers and open positions.
    pub fn with_options(file: &BrokerFile, known: &[Fingerprint], options: &ReviewOptions) -> Self {
        let known = Known::of(&file.fills, known, &options.journal);
        let matches = match_fills(&file.fills, &options.held, &known.is_known);
        let pieces = Pieces::cut(&file.fills, &matches, &known, &options.held);
        let (fills, matches) = (&pieces.fills, &pieces.matches);
        let grouping = Grouping {
            fills,
            matches,
            known: &pieces.known,
            options,
        };
        let mut proposals: Vec<Proposal> = Vec::new();
        let mut home: Vec<Option<usize>> = vec![None; fills.len()];
        for (id, unit) in (0..).zip(grouping.units()) {
            let duplicate = unit.first().is_some_and(|place| pieces.known[*place]);
            let (structure, role) = named(
                fills,
                matches,
                &unit,
                &|place| proposals.get((*home.get(place)?)?),
                options,
            );
            for place in &unit {
                home[*place] = Some(proposals.len());
            }
            proposals.push(Proposal {
                id,
                action: action(fills, matches, &unit),
                structure,
                role,
                campaign: 0,
                duplicate,
                include: !duplicate,
                fills: unit,
            });
        }
        let places = (options.held.as_slice(), pieces.homes.as_slice());
        let campaigns = campaigns::assign(&mut proposals, fills, matches, places);
        let mut proposals = campaigns::apart(&proposals, (fills, matches), &campaigns, options);
        let next_id = proposals
            .iter()
            .map(|known| known.id + 1)
            .max()
            .unwrap_or(0);
        let (fills, matches) = pieces.joined(&mut proposals);
        Self {
            fills,
            matches,
            proposals,
            campaigns,
            held: options.held.clone(),
            next_id,
        }
    }

    /// A proposal by its number.
    pub fn proposal(&self, id: u64) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.id == id)
    }

    /// Proposals that are new and will be taken over.
    pub fn included(&self) -> impl Iterator<Item = &Proposal> {
        self.proposals.iter().filter(|proposal| proposal.include)
    }

    /// Fingerprints of the fills that will be taken over: what a later import has to know.
    pub fn included_keys(&self) -> Vec<Fingerprint> {
        let fills = self.included().flat_map(|proposal| &proposal.fills);
        fills.map(|place| self.fills[*place].key).collect()
    }

    /// Dollars that a proposal realises on what it closes, before fees; `None` when it closes nothing
    /// whose entry price is known.
    pub fn realised_usd(&self, id: u64) -> Option<f64> {
        let proposal = self.proposal(id)?;
        let known = proposal
            .fills
            .iter()
            .filter_map(|place| self.matches.get(*place)?.realised_usd);
        known.fold(None, |sum, usd| Some(sum.unwrap_or(0.0) + usd))
    }

    /// Dollars of premium that a proposal moves, positive when received, before fees.
    pub fn premium_usd(&self, id: u64) -> f64 {
        self.sum(id, BrokerFill::premium_usd)
    }

    /// Dollars of commission and fees of a proposal.
    pub fn fees_usd(&self, id: u64) -> f64 {
        self.sum(id, |fill| fill.fees_usd)
    }

    fn sum(&self, id: u64, part: impl Fn(&BrokerFill) -> f64) -> f64 {
        let fills = self
            .proposal(id)
            .into_iter()
            .flat_map(|proposal| &proposal.fills);
        fills
            .filter_map(|place| self.fills.get(*place))
            .map(part)
            .sum()
    }

    /// What a proposal trades: one leg per contract at the average price, with its fees.
    pub fn legs(&self, id: u64) -> Vec<Leg> {
        let Some(proposal) = self.proposal(id) else {
            return Vec::new();
        };
        let mut legs = legs_of(&self.fills, &proposal.fills);
        for leg in &mut legs {
            let same = proposal.fills.iter().map(|place| &self.fills[*place]);
            let fees: f64 = same
                .filter(|fill| fill.contract == leg.contract)
                .map(|fill| fill.fees_usd)
                .sum();
            leg.fees_usd = fees.max(0.0);
        }
        legs
    }

    /// A proposal as rows of the journal, numbered from `first`; fees that the broker gave back count
    /// as 0, since a trade has none below that.
    pub fn trades(&self, id: u64, first: TradeId) -> Vec<Trade> {
        let Some(proposal) = self.proposal(id) else {
            return Vec::new();
        };
        let fills = proposal
            .fills
            .iter()
            .filter_map(|place| self.fills.get(*place));
        let trade = |(number, fill): (u64, &BrokerFill)| Trade {
            id: TradeId(first.0.saturating_add(number)),
            at: fill.at,
            action: proposal.action,
            contract: fill.contract,
            quantity: fill.quantity,
            price: fill.price,
            fees_usd: fill.fees_usd.max(0.0),
            reason: String::new(),
            position: None,
            layer: proposal.role.layer(),
            entry: None,
            key: fill.key.to_string(),
        };
        (0..).zip(fills).map(trade).collect()
    }

    fn change(&mut self, id: u64, change: impl FnOnce(&mut Proposal)) -> bool {
        let found = self.proposals.iter_mut().find(|proposal| proposal.id == id);
        found.map(change).is_some()
    }

    /// Says what a proposal does. Like all overrides: false, and nothing changes, when there is no such
    /// proposal.
    pub fn set_action(&mut self, id: u64, action: TradeAction) -> bool {
        self.change(id, |proposal| proposal.action = action)
    }

    /// Says what its structure is for.
    pub fn set_role(&mut self, id: u64, role: Role) -> bool {
        self.change(id, |proposal| proposal.role = role)
    }

    /// Names its structure.
    pub fn set_structure(&mut self, id: u64, name: &str) -> bool {
        self.change(id, |proposal| name.clone_into(&mut proposal.structure))
    }

    /// Takes a proposal over or leaves it out; a duplicate can be taken over too.
    pub fn include(&mut self, id: u64, include: bool) -> bool {
        self.change(id, |proposal| proposal.include = include)
    }

    /// Moves a proposal to another campaign; the place after the last one makes a new campaign.
    pub fn move_to_campaign(&mut self, id: u64, campaign: usize) -> bool {
        let Some(proposal) = self.proposal(id) else {
            return false;
        };
        if campaign > self.campaigns.len() {
            return false;
        }
        if campaign == self.campaigns.len() {
            let name = proposal.structure.clone();
            self.campaigns.push(CampaignProposal { id: None, name });
        }
        self.change(id, |proposal| proposal.campaign = campaign)
    }

    /// Joins the fills of `other` to `id`, whose name, role, campaign and choice are kept; the action is
    /// worked out anew. A duplicate joins only a duplicate.
    pub fn merge(&mut self, id: u64, other: u64) -> bool {
        let (Some(a), Some(b)) = (self.proposal(id), self.proposal(other)) else {
            return false;
        };
        if id == other || a.duplicate != b.duplicate {
            return false;
        }
        let mut fills: Vec<usize> = a.fills.iter().chain(&b.fills).copied().collect();
        fills.sort_unstable();
        let action = action(&self.fills, &self.matches, &fills);
        self.proposals.retain(|proposal| proposal.id != other);
        self.change(id, |proposal| {
            proposal.fills = fills;
            proposal.action = action;
        })
    }

    /// Takes some fills out of a proposal into one of their own, whose number is given back; `None`, and
    /// nothing changes, when they are not all of it, or all that it has, or none.
    pub fn split(&mut self, id: u64, fills: &[usize]) -> Option<u64> {
        let whole = self.proposal(id)?.clone();
        let taken: BTreeSet<usize> = fills.iter().copied().collect();
        let inside = taken.iter().all(|place| whole.fills.contains(place));
        if taken.is_empty() || !inside || taken.len() == whole.fills.len() {
            return None;
        }
        let (out, left): (Vec<usize>, Vec<usize>) =
            whole.fills.iter().partition(|place| taken.contains(*place));
        let new = self.next_id;
        self.next_id += 1;
        let (kept, split) = (self.remade(&whole, left), self.remade(&whole, out));
        let place = self
            .proposals
            .iter()
            .position(|proposal| proposal.id == id)?;
        self.proposals[place] = kept;
        self.proposals
            .insert(place + 1, Proposal { id: new, ..split });
        Some(new)
    }

    /// A proposal with other fills: action and structure worked out anew, the rest kept.
    fn remade(&self, whole: &Proposal, fills: Vec<usize>) -> Proposal {
        let action = action(&self.fills, &self.matches, &fills);
        let structure = structure_name(&legs_of(&self.fills, &fills));
        Proposal {
            fills,
            action,
            structure,
            ..whole.clone()
        }
    }
}
