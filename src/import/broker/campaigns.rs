//! Which campaign an action belongs to: a condor, its rolls and the VIX legs held in its life.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::fill::BrokerFill;
use super::matching::{FillMatch, Origin};
use super::naming::{action, named};
use super::review::{CampaignProposal, HeldLot, Proposal, ReviewOptions};
use crate::instrument::{Role, Underlying};

/// The time from the first opening to the last closing of a campaign's SPX legs.
#[derive(Clone, Copy, Debug)]
struct Life {
    condor: bool,
    start: DateTime,
    end: DateTime,
}

/// Gives every proposal its campaign; proposals are sorted by time.
pub(super) fn assign(
    proposals: &mut [Proposal],
    fills: &[BrokerFill],
    matches: &[FillMatch],
    (held, homes): (&[HeldLot], &[Option<String>]),
) -> Vec<CampaignProposal> {
    let mut campaigns: Vec<CampaignProposal> = Vec::new();
    let mut of_fill: BTreeMap<usize, usize> = BTreeMap::new();
    let mut lives: BTreeMap<usize, Life> = BTreeMap::new();
    let mut later: Vec<usize> = Vec::new();
    let endings = endings(fills, matches);
    for place in 0..proposals.len() {
        let proposal = &proposals[place];
        let Some(first) = proposal.fills.first().map(|fill| &fills[*fill]) else {
            continue;
        };
        // what was imported before is where it went then
        let home = proposal.fills.first().and_then(|fill| homes.get(*fill));
        let home = home.and_then(Option::as_ref).filter(|_| proposal.duplicate);
        let origin = match home {
            Some(id) => Some(by_id(&mut campaigns, id, id)),
            None => origin_campaign(proposal, matches, held, &of_fill, &mut campaigns),
        };
        let named = first.trade_id.as_deref();
        let campaign = match (origin, named) {
            (Some(campaign), _) => campaign,
            (None, Some(id)) => by_id(
                &mut campaigns,
                id,
                first.trade_name.as_deref().unwrap_or(id),
            ),
            (None, None) if first.contract.underlying() == Underlying::Vix => {
                later.push(place);
                continue;
            }
            (None, None) => new_campaign(&mut campaigns, &proposal.structure),
        };
        let (fills_of, condor) = (proposal.fills.clone(), proposal.role == Role::Condor);
        settle_on(proposals, place, campaign, &mut of_fill);
        if first.contract.underlying() == Underlying::Spx {
            let end = end_of(&fills_of, &endings);
            let life = lives.entry(campaign).or_insert(Life {
                condor,
                start: first.at,
                end,
            });
            life.condor |= condor;
            life.end = life.end.max(end);
        }
    }
    for place in later {
        let proposal = &proposals[place];
        let Some(start) = proposal.fills.first().map(|fill| fills[*fill].at) else {
            continue;
        };
        // what closes VIX legs follows what opened them
        let origin = origin_campaign(proposal, matches, held, &of_fill, &mut campaigns);
        let end = end_of(&proposal.fills, &endings);
        let campaign = origin
            .or_else(|| in_life(&lives, start, end))
            .unwrap_or_else(|| new_campaign(&mut campaigns, &proposal.structure));
        settle_on(proposals, place, campaign, &mut of_fill);
    }
    campaigns
}

/// Proposals of one campaign each: what closes contracts of another campaign than the rest of its action goes there,
/// as an action of its own behind it. What was imported before stays where it went then.
pub(super) fn apart(
    proposals: &[Proposal],
    (fills, matches): (&[BrokerFill], &[FillMatch]),
    campaigns: &[CampaignProposal],
    options: &ReviewOptions,
) -> Vec<Proposal> {
    let mut owners: Vec<Option<&Proposal>> = vec![None; fills.len()];
    for proposal in proposals {
        for place in &proposal.fills {
            owners[*place] = Some(proposal);
        }
    }
    let owner = |place: usize| owners.get(place).copied().flatten();
    let whose = |origin: Origin| match origin {
        Origin::Fill(from) => owner(from).map(|proposal| proposal.campaign),
        Origin::Held(lot) => {
            let id = options.held.get(lot)?.campaign.as_deref()?;
            let mut known = campaigns.iter();
            known.position(|campaign| campaign.id.as_deref() == Some(id))
        }
        Origin::Unknown => None,
    };
    let mut found: Vec<Proposal> = Vec::with_capacity(proposals.len());
    let mut next_id = proposals.len() as u64;
    for proposal in proposals {
        let mut parts = BTreeMap::from([(proposal.campaign, Vec::new())]);
        for place in &proposal.fills {
            let mut closed = matches[*place].closed.iter();
            let of = closed.find_map(|(origin, _)| whose(*origin));
            let of = of.filter(|_| !proposal.duplicate);
            let part = parts.entry(of.unwrap_or(proposal.campaign));
            part.or_default().push(*place);
        }
        let Some(own) = parts
            .remove(&proposal.campaign)
            .filter(|_| !parts.is_empty())
        else {
            found.push(proposal.clone());
            continue;
        };
        let made = |id, campaign, unit: Vec<usize>| {
            let (structure, role) = named(fills, matches, &unit, &owner, options);
            Proposal {
                id,
                action: action(fills, matches, &unit),
                structure,
                role,
                campaign,
                fills: unit,
                ..proposal.clone()
            }
        };
        if !own.is_empty() {
            found.push(made(proposal.id, proposal.campaign, own));
        }
        for (campaign, unit) in parts {
            found.push(made(next_id, campaign, unit));
            next_id += 1;
        }
    }
    found
}

fn settle_on(
    proposals: &mut [Proposal],
    place: usize,
    campaign: usize,
    of_fill: &mut BTreeMap<usize, usize>,
) {
    if let Some(proposal) = proposals.get_mut(place) {
        proposal.campaign = campaign;
        of_fill.extend(proposal.fills.iter().map(|fill| (*fill, campaign)));
    }
}

/// The campaign of what a proposal closes.
fn origin_campaign(
    proposal: &Proposal,
    matches: &[FillMatch],
    held: &[HeldLot],
    of_fill: &BTreeMap<usize, usize>,
    campaigns: &mut Vec<CampaignProposal>,
) -> Option<usize> {
    let closed = proposal
        .fills
        .iter()
        .flat_map(|fill| &matches[*fill].closed);
    for (origin, _) in closed {
        let found = match origin {
            Origin::Fill(place) => of_fill.get(place).copied(),
            Origin::Held(place) => held
                .get(*place)
                .and_then(|lot| lot.campaign.as_deref())
                .map(|id| by_id(campaigns, id, id)),
            Origin::Unknown => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn by_id(campaigns: &mut Vec<CampaignProposal>, id: &str, name: &str) -> usize {
    let known = campaigns
        .iter()
        .position(|campaign| campaign.id.as_deref() == Some(id));
    known.unwrap_or_else(|| {
        campaigns.push(CampaignProposal {
            id: Some(id.to_owned()),
            name: name.to_owned(),
        });
        campaigns.len() - 1
    })
}

fn new_campaign(campaigns: &mut Vec<CampaignProposal>, name: &str) -> usize {
    campaigns.push(CampaignProposal {
        id: None,
        name: name.to_owned(),
    });
    campaigns.len() - 1
}

/// When the last of every fill's contracts was closed: in the file, else at their expiry.
fn endings(fills: &[BrokerFill], matches: &[FillMatch]) -> Vec<DateTime> {
    let mut left: Vec<i32> = matches.iter().map(|found| found.opened).collect();
    let mut last: Vec<DateTime> = fills.iter().map(|fill| fill.at).collect();
    for (fill, found) in fills.iter().zip(matches) {
        for (origin, closed) in &found.closed {
            if let Origin::Fill(place) = origin {
                left[*place] = left[*place].saturating_add(*closed);
                last[*place] = last[*place].max(fill.at);
            }
        }
    }
    let expiry = |fill: &BrokerFill| fill.contract.expiry().at(23, 59, 59, 0);
    let ends = left.into_iter().zip(last).zip(fills);
    ends.map(|((left, last), fill)| if left == 0 { last } else { expiry(fill) })
        .collect()
}

/// The last moment at which something that these fills opened was held.
fn end_of(unit: &[usize], endings: &[DateTime]) -> DateTime {
    unit.iter()
        .filter_map(|place| endings.get(*place).copied())
        .max()
        .unwrap_or(DateTime::MIN)
}

/// The campaign in whose life a leg was opened, of several the latest condor's; else the first that began while
/// the leg was held.
fn in_life(lives: &BTreeMap<usize, Life>, start: DateTime, end: DateTime) -> Option<usize> {
    let open = lives
        .iter()
        .filter(|(_, life)| life.start <= start && start <= life.end);
    let began = lives
        .iter()
        .filter(|(_, life)| life.start > start && life.start <= end);
    open.max_by_key(|(_, life)| (life.condor, life.start))
        .or_else(|| began.min_by_key(|(_, life)| (!life.condor, life.start)))
        .map(|(campaign, _)| *campaign)
}
