//! Take half of a First layer that has paid, and put the money into Second and Third: no new cash.

use super::candidate::{Candidate, CandidateKind};
use super::inputs::DecisionInputs;
use super::orders::{affordable, after, held, list, offers};
use super::words::number;
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
    let calms = calms(inputs);
    for (kind, share) in [
        (LayerKind::Second, rules.second),
        (LayerKind::Third, rules.third),
    ] {
        let part = of(kind)
            .filter(|_| calms)
            .map(|offer| (offer, affordable(offer, share * proceeds_usd)));
        lots.extend(part.filter(|(_, contracts)| *contracts > 0));
    }
    let positions = after(inputs, &lots)?;
    let name = if lots.len() > 1 {
        format!("Sell {}, buy {}", list(&lots[..1]), list(&lots[1..]))
    } else {
        format!("Sell {}", list(&lots))
    };
    let candidate = Candidate::new(inputs, CandidateKind::Monetise, name, positions);
    Some(if calms {
        candidate
    } else {
        candidate.with_note(format!(
            "The proceeds wait until VIX is below its average of {} closes and {} % below its high",
            number(inputs.pack.monetise.average.value, 0),
            number(100.0 * inputs.pack.monetise.below_high.value, 0)
        ))
    })
}

/// Whether VIX has calmed enough to put the proceeds to work; not while that is unknown.
fn calms(inputs: &DecisionInputs<'_>) -> bool {
    let known = |id| inputs.facts.number(id);
    let below_high = 100.0 * inputs.pack.monetise.below_high.value;
    known(FactId::VixClose)
        .zip(known(FactId::VixSma5))
        .zip(known(FactId::VixBelowHigh))
        .is_some_and(|((close, average), fallen)| close < average && fallen >= below_high)
}
