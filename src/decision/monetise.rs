//! Take half of a First layer that has paid, and put the money into Second and Third: no new cash.

use super::candidate::{Candidate, CandidateKind};
use super::inputs::DecisionInputs;
use super::orders::{affordable, after, held, list, offers};
use crate::fact::FactId;
use crate::instrument::LayerKind;
use crate::valuation::HedgeOffer;

/// The sale with its reinvestment; `None` unless VIX and the layer's mark stand where the method asks.
pub(super) fn candidate(inputs: &DecisionInputs<'_>) -> Option<Candidate> {
    let rules = &inputs.params.monetise;
    let of_cost = inputs.facts.number(FactId::FirstOfCost)?;
    if inputs.valuation.market.vix < rules.vix_from || of_cost < rules.marked_at {
        return None;
    }
    let offers = offers(inputs);
    let of = |kind| offers.iter().find(|offer| offer.layer == Some(kind));
    let first = of(LayerKind::First)?;
    let sold = (f64::from(held(inputs, first)) * rules.share_sold).floor() as i32;
    if sold < 1 {
        return None;
    }
    let proceeds_usd = f64::from(sold) * first.unit.debit_usd;
    let mut lots: Vec<(&HedgeOffer, i32)> = vec![(first, -sold)];
    for (kind, share) in [
        (LayerKind::Second, rules.second),
        (LayerKind::Third, rules.third),
    ] {
        let part = of(kind).map(|offer| (offer, affordable(offer, share * proceeds_usd)));
        lots.extend(part.filter(|(_, contracts)| *contracts > 0));
    }
    let positions = after(inputs, &lots)?;
    let name = if lots.len() > 1 {
        format!("Sell {}, buy {}", list(&lots[..1]), list(&lots[1..]))
    } else {
        format!("Sell {}", list(&lots))
    };
    Some(Candidate::new(
        inputs,
        CandidateKind::Monetise,
        name,
        positions,
    ))
}
