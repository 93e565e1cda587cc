//! Purchases and sales of the hedge as a book, and what may be bought.

use super::candidate::{Candidate, CandidateKind};
use super::inputs::{Basis, DecisionInputs};
use super::words::bought;
use crate::document::Campaign;
use crate::instrument::{Position, PositionId, Role, Root};
use crate::risk::band::VegaBasis;
use crate::valuation::{HedgeOffer, HedgeOrder, hedge_offers};

/// So many contracts of an offer, negative when sold.
pub(super) type Lots<'a> = [(&'a HedgeOffer, i32)];

/// The calls of the layers and the small future. The large future is ten small ones and is left out.
pub(super) fn offers(inputs: &DecisionInputs<'_>) -> Vec<HedgeOffer> {
    let mut offers = hedge_offers(inputs.valuation, inputs.campaign, inputs.pack);
    offers.retain(|offer| offer.contract.root() != Root::Vx && offer.unit.unit_vega_points > 0.0);
    offers
}

/// Dollars of debit that the budget still allows.
pub(super) fn budget_usd(inputs: &DecisionInputs<'_>) -> f64 {
    let allowed = inputs.pack.budgets.hedge_debit.value * inputs.credit_usd().max(0.0);
    allowed - inputs.valuation.facts.hedge_debit_usd
}

/// Contracts that so many dollars pay for; as many as wanted of what costs no debit.
pub(super) fn affordable(offer: &HedgeOffer, usd: f64) -> i32 {
    if offer.unit.debit_usd > 0.0 {
        (usd / offer.unit.debit_usd + 1e-9).floor().max(0.0) as i32
    } else {
        i32::MAX
    }
}

/// A net vega of the judged basis as literal points per condor.
pub(super) fn literal(inputs: &DecisionInputs<'_>, basis: &Basis, judged: f64) -> f64 {
    match basis.vega_basis {
        VegaBasis::WidthNormalised => judged / scale(inputs),
        VegaBasis::Literal => judged,
    }
}

/// A literal net vega as the band judges it.
pub(super) fn judged(inputs: &DecisionInputs<'_>, basis: &Basis, literal: f64) -> f64 {
    match basis.vega_basis {
        VegaBasis::WidthNormalised => literal * scale(inputs),
        VegaBasis::Literal => literal,
    }
}

/// Normalised over literal net vega.
fn scale(inputs: &DecisionInputs<'_>) -> f64 {
    inputs.valuation.frame.reference_width_points / inputs.width_points()
}

/// The book after trades in the hedge; `None` when nothing is traded or an order is refused.
pub(super) fn after(inputs: &DecisionInputs<'_>, lots: &Lots<'_>) -> Option<Vec<Position>> {
    let mut campaign: Campaign = inputs.campaign.clone();
    let mut traded = false;
    for (offer, contracts) in lots {
        let order = HedgeOrder {
            layer: offer.layer,
            contract: offer.contract,
            contracts: *contracts,
            price_points: offer.unit.price_points,
        };
        if let Some(command) = order.command(&campaign) {
            campaign.apply(command).ok()?;
            traded = true;
        }
    }
    let known = |id: PositionId| inputs.campaign.position(id).is_some();
    for position in &mut campaign.positions {
        if !known(position.id) {
            position.id = PositionId(0);
        }
    }
    traded.then_some(campaign.positions)
}

/// The choice of trades in the hedge; `None` when nothing is traded.
pub(super) fn choice(
    inputs: &DecisionInputs<'_>,
    kind: CandidateKind,
    what: &str,
    lots: &Lots<'_>,
) -> Option<Candidate> {
    let positions = after(inputs, lots)?;
    Some(Candidate::new(
        inputs,
        kind,
        format!("{what}: {}", list(lots)),
        positions,
    ))
}

/// `6 Second calls, 2 VXM`.
pub(super) fn list(lots: &Lots<'_>) -> String {
    let parts: Vec<String> = (lots.iter())
        .filter(|(_, contracts)| *contracts != 0)
        .map(|(offer, contracts)| bought(contracts.abs(), offer.layer, &offer.contract))
        .collect();
    parts.join(", ")
}

/// Contracts of an offer that the book holds, net.
pub(super) fn held(inputs: &DecisionInputs<'_>, offer: &HedgeOffer) -> i32 {
    let role = offer.layer.map_or(Role::Other, Role::Layer);
    (inputs.campaign.positions.iter())
        .filter(|position| position.role == role)
        .flat_map(|position| &position.legs)
        .filter(|leg| leg.contract == offer.contract)
        .map(|leg| leg.quantity)
        .sum()
}
