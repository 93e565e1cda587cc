//! Trims: fewer condors, or fewer contracts of a hedge that has grown too long.

use super::candidate::{Candidate, CandidateKind};
use super::inputs::{Basis, DecisionInputs};
use super::orders::{choice, held, literal, offers};
use crate::instrument::{Position, Wings};
use crate::valuation::HedgeOffer;

/// Fewer condors: half of them, and as few as bring net vega to the band under the hedge as held; fewer
/// hedge contracts when net vega is above the band.
pub(super) fn candidates(inputs: &DecisionInputs<'_>, basis: &Basis) -> Vec<Candidate> {
    let condors: i32 = inputs.wings().iter().map(|wings| wings.contracts).sum();
    let half = condors / 2;
    let mut choices = Vec::new();
    choices.extend(fewer(inputs, condors, half, "Halve the condors".to_owned()));
    if let Some(left) = to_the_band(inputs, basis, condors).filter(|left| *left != half) {
        let name = format!("Keep {left} of {condors} condors: net vega in the band");
        choices.extend(fewer(inputs, condors, left, name));
    }
    choices.extend(less_hedge(inputs, basis));
    choices.extend(less_drag(inputs, basis));
    choices
}

/// Each position keeps its share of the condors left, rounded to the nearest.
fn fewer(inputs: &DecisionInputs<'_>, condors: i32, left: i32, name: String) -> Option<Candidate> {
    if left < 1 || left >= condors {
        return None;
    }
    let share = f64::from(left) / f64::from(condors);
    let wings = inputs.wings();
    let kept = |position: &Position| {
        let Some(own) = wings.iter().find(|wings| wings.position == position.id) else {
            return Some(position.clone());
        };
        let contracts = (f64::from(own.contracts) * share).round() as i32;
        (contracts > 0).then(|| scaled(position, contracts))
    };
    let positions = inputs.campaign.positions.iter().filter_map(kept).collect();
    Some(Candidate::new(
        inputs,
        CandidateKind::TrimCondors,
        name,
        positions,
    ))
}

/// A condor of so many contracts.
fn scaled(position: &Position, contracts: i32) -> Position {
    let mut smaller = position.clone();
    for leg in &mut smaller.legs {
        leg.fees_usd *= f64::from(contracts) / f64::from(leg.quantity.abs().max(1));
        leg.quantity = leg.quantity.signum() * contracts;
    }
    smaller
}

/// The largest number of condors at which the hedge as held keeps net vega at the band's lower edge or
/// above: `n ≤ H / (low − V_condor)` with H the vega points of the whole hedge. `None` when vega is not
/// short, or no condor can be kept.
fn to_the_band(inputs: &DecisionInputs<'_>, basis: &Basis, condors: i32) -> Option<i32> {
    let net = inputs.net_vega()?;
    let low = literal(inputs, basis, basis.band.low);
    if net >= low {
        return None;
    }
    let part = inputs.valuation.net_vega.as_ref()?.contributions.first()?;
    let of_condors = part.points * inputs.valuation.frame.condors / inputs.condors();
    let hedge = (net - of_condors) * f64::from(condors);
    let left = (hedge / (low - of_condors)).floor() as i32;
    (left >= 1).then_some(left)
}

/// Sells the calls that cost most a day per point of vega until net vega is at the band's upper edge.
fn less_hedge(inputs: &DecisionInputs<'_>, basis: &Basis) -> Option<Candidate> {
    let net = inputs.net_vega()?;
    let high = literal(inputs, basis, basis.band.high);
    if net <= high {
        return None;
    }
    let offers = offers(inputs);
    let dearest = dearest(inputs, &offers)?;
    let exact = inputs.condors() * (net - high) / dearest.unit.unit_vega_points;
    let wanted = (exact - 1e-9).ceil() as i32;
    let contracts = wanted.min(held(inputs, dearest));
    let candidate = choice(
        inputs,
        CandidateKind::TrimHedge,
        "Sell",
        &[(dearest, -contracts)],
    )?;
    Some(if contracts < wanted {
        candidate.with_note(format!(
            "All that is held of it: {} more would be needed for the band",
            wanted - contracts
        ))
    } else {
        candidate
    })
}

/// Less of the dearest hedge held, until net theta is back at its floor; only where the hedge's drag is what takes
/// it below.
fn less_drag(inputs: &DecisionInputs<'_>, basis: &Basis) -> Option<Candidate> {
    let facts = &inputs.valuation.facts;
    let floor_usd = basis.theta_floor * facts.margin_usd;
    let net_usd = facts.net_theta_per_day_usd;
    if floor_usd <= 0.0 || net_usd >= floor_usd || facts.spx.theta_per_day_usd < floor_usd {
        return None;
    }
    let offers = offers(inputs);
    let dearest = dearest(inputs, &offers).filter(|offer| offer.carry_per_day_usd < 0.0)?;
    let exact = (floor_usd - net_usd) / -dearest.carry_per_day_usd;
    let wanted = (exact - 1e-9).ceil() as i32;
    let contracts = wanted.min(held(inputs, dearest));
    let lots = [(dearest, -contracts)];
    let candidate = choice(inputs, CandidateKind::TrimHedge, "Sell", &lots)?;
    Some(if contracts < wanted {
        candidate.with_note(format!(
            "All that is held of it: {} more would be needed for the theta floor",
            wanted - contracts
        ))
    } else {
        candidate
    })
}

/// The offer held that costs most carry per unit of vega.
fn dearest<'o>(inputs: &DecisionInputs<'_>, offers: &'o [HedgeOffer]) -> Option<&'o HedgeOffer> {
    let per_vega = |offer: &HedgeOffer| offer.carry_per_day_usd / offer.unit.unit_vega_points;
    (offers.iter())
        .filter(|offer| held(inputs, offer) > 0)
        .min_by(|a, b| per_vega(a).total_cmp(&per_vega(b)))
}

/// Condors of all positions that form some.
pub(super) fn condors_of(positions: &[Position]) -> i32 {
    let wings = positions.iter().filter_map(Wings::of);
    wings.map(|wings| wings.contracts).sum()
}
