//! A hedge for a stress: the least cost a day such that the loss at an SPX move, VIX by the model, is at most
//! so large, in whole contracts; and the frontier of what every dollar a day buys.
//!
//! With one limit on the loss and one on the budget the cheapest mix needs at most two instruments, as any
//! linear programme with two constraints; whole contracts blur that by less than one contract, so mixes of
//! two are tried one by one and the best is kept.

use super::candidate::{Candidate, CandidateKind, HedgeGoal};
use super::inputs::DecisionInputs;
use super::orders::{affordable, budget_usd, choice, list, offers};
use super::words::{number, usd};
use crate::instrument::{Contract, LayerKind, Position, PositionId, Role, Wings};
use crate::risk::scenario::{Moment, Path};
use crate::valuation::HedgeOffer;

/// Most contracts of one instrument that are tried.
const MOST: i32 = 60;

/// A mix that no other beats: less loss always costs more a day.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontierPoint {
    /// Contracts bought, by instrument.
    pub lots: Vec<(Option<LayerKind>, Contract, i32)>,
    /// Loss in the stress as a positive number of dollars; negative is a gain.
    pub loss_usd: f64,
    /// Decay and roll-down of what is bought as a positive cost, dollars per calendar day.
    pub cost_per_day_usd: f64,
    /// Debit paid, dollars.
    pub debit_usd: f64,
}

/// The hedge of a stress and the frontier that it lies on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StressHedge {
    /// Simple SPX move in %.
    pub spx_pct: f64,
    /// Loss of the book as held, dollars, positive.
    pub held_loss_usd: f64,
    /// Loss allowed, dollars, positive.
    pub allowed_usd: f64,
    /// Mixes within the budget, by rising cost.
    pub frontier: Vec<FrontierPoint>,
    /// The cheapest that keeps to the loss allowed; the one with the least loss when none does. Its place.
    pub chosen: Option<usize>,
}

/// One mix of at most two instruments.
#[derive(Clone, Copy, Debug)]
struct Mix {
    lots: [(usize, i32); 2],
    loss_usd: f64,
    cost_per_day_usd: f64,
    debit_usd: f64,
}

/// Searches the mixes; without condors or offers the frontier is empty.
pub(super) fn search(inputs: &DecisionInputs<'_>) -> StressHedge {
    let stress = &inputs.params.stress;
    let largest: f64 = inputs.wings().iter().map(Wings::max_loss_usd).sum();
    let book = &inputs.valuation.book;
    let scenario = book.scenario(Moment::NOW);
    let path = Path::to_move(&book.params, book.origin(), scenario, stress.spx_pct);
    let (then, now) = (book.values(&path), book.values_now());
    let held_loss_usd = now.net_at(0) - then.net_at(0);
    let allowed_usd = stress.loss_share * largest;
    let mut found = StressHedge {
        spx_pct: stress.spx_pct,
        held_loss_usd,
        allowed_usd,
        ..StressHedge::default()
    };
    let offers = offers(inputs);
    if largest <= 0.0 || offers.is_empty() || held_loss_usd <= 0.0 {
        return found;
    }
    let gains: Vec<f64> = (offers.iter())
        .map(|offer| gain_usd(inputs, offer, &path))
        .collect();
    let mixes = pareto(mixes(inputs, &offers, &gains, held_loss_usd));
    let enough = mixes.iter().position(|mix| mix.loss_usd <= allowed_usd);
    found.chosen = enough.or_else(|| mixes.len().checked_sub(1));
    found.frontier = (mixes.iter()).map(|mix| point(&offers, mix)).collect();
    found
}

/// What one contract gains in the stress, dollars.
fn gain_usd(inputs: &DecisionInputs<'_>, offer: &HedgeOffer, path: &Path) -> f64 {
    let book = &inputs.valuation.book;
    let holder = Position {
        id: PositionId(0),
        name: String::new(),
        role: offer.layer.map_or(Role::Other, Role::Layer),
        legs: Vec::new(),
        opened: None,
    };
    let leg = book.draft_leg(offer.contract, 1, &holder);
    let then = book.pricer(path).prices(&leg).ok();
    let then = then.and_then(|prices| prices.first().copied());
    then.map_or(0.0, |price| {
        leg.usd_per_point() * (price - offer.unit.price_points)
    })
}

/// All mixes within the budget, nothing bought included.
fn mixes(
    inputs: &DecisionInputs<'_>,
    offers: &[HedgeOffer],
    gains: &[f64],
    held_loss_usd: f64,
) -> Vec<Mix> {
    let budget = budget_usd(inputs).max(0.0);
    // Nobody hedges a stress to a gain: one contract beyond no loss is the most that is tried.
    let most = |at: usize, left_usd: f64| {
        let to_no_loss = if gains[at] > 0.0 {
            (held_loss_usd / gains[at]).ceil().min(f64::from(MOST)) as i32
        } else {
            0
        };
        to_no_loss.min(affordable(&offers[at], left_usd))
    };
    let mut mixes = Vec::new();
    for first in 0..offers.len() {
        for one in 0..=most(first, budget) {
            let spent = f64::from(one) * offers[first].unit.debit_usd;
            let loss = held_loss_usd - f64::from(one) * gains[first];
            let cost = -f64::from(one) * offers[first].carry_per_day_usd;
            for second in first + 1..offers.len().max(first + 2) {
                let others = if second < offers.len() {
                    most(second, budget - spent)
                } else {
                    0
                };
                for other in 0..=others {
                    let mut mix = Mix {
                        lots: [(first, one), (second, other)],
                        loss_usd: loss,
                        cost_per_day_usd: cost,
                        debit_usd: spent,
                    };
                    if other > 0 {
                        let count = f64::from(other);
                        mix.loss_usd -= count * gains[second];
                        mix.cost_per_day_usd -= count * offers[second].carry_per_day_usd;
                        mix.debit_usd += count * offers[second].unit.debit_usd;
                    }
                    mixes.push(mix);
                    if mix.loss_usd <= 0.0 {
                        break;
                    }
                }
            }
        }
    }
    mixes
}

/// Those that no other beats in loss and cost together, by rising cost.
fn pareto(mut mixes: Vec<Mix>) -> Vec<Mix> {
    mixes.sort_by(|a, b| {
        (a.cost_per_day_usd.total_cmp(&b.cost_per_day_usd)).then(a.loss_usd.total_cmp(&b.loss_usd))
    });
    let mut best = f64::INFINITY;
    mixes.retain(|mix| {
        let is_better = mix.loss_usd < best - 1e-9;
        if is_better {
            best = mix.loss_usd;
        }
        is_better
    });
    mixes
}

fn point(offers: &[HedgeOffer], mix: &Mix) -> FrontierPoint {
    let lots = (mix.lots.iter()).filter(|(_, contracts)| *contracts > 0);
    FrontierPoint {
        lots: lots
            .map(|(at, contracts)| (offers[*at].layer, offers[*at].contract, *contracts))
            .collect(),
        loss_usd: mix.loss_usd,
        cost_per_day_usd: mix.cost_per_day_usd,
        debit_usd: mix.debit_usd,
    }
}

/// The hedge chosen as a choice; `None` when the loss is allowed as it is or nothing helps.
pub(super) fn candidate(inputs: &DecisionInputs<'_>, found: &StressHedge) -> Option<Candidate> {
    let point = &found.frontier[found.chosen?];
    let offers = offers(inputs);
    let lots: Vec<(&HedgeOffer, i32)> = (point.lots.iter())
        .filter_map(|(_, contract, contracts)| {
            let offer = offers.iter().find(|offer| offer.contract == *contract)?;
            Some((offer, *contracts))
        })
        .collect();
    let is_short = point.loss_usd > found.allowed_usd;
    let move_pct = number(found.spx_pct, 0);
    let what = if is_short {
        let loss = usd(point.loss_usd);
        format!("Lessen the loss at SPX {move_pct} %, budget stops at {loss}")
    } else {
        format!("Limit the loss at SPX {move_pct} %")
    };
    let kind = CandidateKind::Hedge(HedgeGoal::Stress);
    let candidate = choice(inputs, kind, &what, &lots)?;
    let note = if is_short {
        format!(
            "The budget stops at {}: a loss of {} there, not {}",
            list(&lots),
            usd(point.loss_usd),
            usd(found.allowed_usd)
        )
    } else {
        format!(
            "The loss there falls from {} to {} for {} a day",
            usd(found.held_loss_usd),
            usd(point.loss_usd),
            usd(point.cost_per_day_usd)
        )
    };
    Some(candidate.with_note(note))
}
