//! Hedges: to the band, or to the target inside it that the cash press sets, by one instrument; and the 30 to 40 %
//! cut by Second calls with First for the shortfall.
//!
//! A hedge stops at the budget and says how far it got and what the rest would take.

use super::candidate::{Candidate, CandidateKind, HedgeGoal};
use super::inputs::{Basis, DecisionInputs};
use super::orders::{Lots, affordable, budget_usd, choice, judged, list, literal, offers};
use super::words::number;
use crate::instrument::LayerKind;
use crate::risk::band::contracts_to_target;
use crate::rule::{ModifierKind, Modifiers};
use crate::valuation::HedgeOffer;

/// The hedges that make net vega shorter; none when it is not short.
pub(super) fn candidates(inputs: &DecisionInputs<'_>, basis: &Basis) -> Vec<Candidate> {
    let Some(net) = inputs.net_vega() else {
        return Vec::new();
    };
    let offers = offers(inputs);
    let sizer = Sizer {
        future: offers.iter().find(|offer| offer.layer.is_none()),
        inputs,
        basis,
        net,
        budget_usd: budget_usd(inputs),
    };
    let mut choices = Vec::new();
    let low = literal(inputs, basis, basis.band.low);
    if net < low {
        let band = CandidateKind::Hedge(HedgeGoal::Band);
        let names = Names {
            reached: "Hedge to the band".to_owned(),
            stopped: "Hedge toward the band".to_owned(),
            goal: "in the band",
        };
        choices
            .extend((offers.iter()).filter_map(|offer| sizer.choice(band, &names, low, &[offer])));
    }
    if let Some(target) = press_target(inputs, basis).filter(|target| net < *target) {
        let kind = CandidateKind::Hedge(HedgeGoal::Target);
        let aim = number(judged(inputs, basis, target), 2);
        let names = Names {
            reached: format!("Hedge to the Big Top target {aim}"),
            stopped: format!("Hedge toward the Big Top target {aim}"),
            goal: "at the target",
        };
        choices.extend(
            (offers.iter()).filter_map(|offer| sizer.choice(kind, &names, target, &[offer])),
        );
    }
    if net < 0.0 {
        let of = |kind| offers.iter().find(|offer| offer.layer == Some(kind));
        let chain: Vec<&HedgeOffer> = [LayerKind::Second, LayerKind::First]
            .into_iter()
            .filter_map(of)
            .collect();
        choices.extend(inputs.params.cuts.into_iter().filter_map(|share| {
            let kind = CandidateKind::Hedge(HedgeGoal::Cut { share });
            let percent = number(100.0 * share, 0);
            let names = Names {
                reached: format!("Cut short vega {percent} %"),
                stopped: format!("Cut short vega toward {percent} %"),
                goal: "for the whole cut",
            };
            sizer.choice(kind, &names, net * (1.0 - share), &chain)
        }));
    }
    choices
}

/// Where the cash press puts the vega target while its phase is on, literal points per condor; it stays inside the
/// band.
fn press_target(inputs: &DecisionInputs<'_>, basis: &Basis) -> Option<f64> {
    let modifiers = Modifiers::of(inputs.facts, inputs.pack);
    let band = basis.band;
    let target = modifiers.get(ModifierKind::VegaTarget).amount;
    let target = target.max(band.low).min(band.high);
    (modifiers.is_on(ModifierKind::VegaTarget)).then(|| literal(inputs, basis, target))
}

/// Sizes purchases to a target of net vega.
struct Sizer<'a> {
    /// The future, whose size the budget of premium does not limit.
    future: Option<&'a HedgeOffer>,
    inputs: &'a DecisionInputs<'a>,
    basis: &'a Basis,
    /// Literal net vega per condor.
    net: f64,
    budget_usd: f64,
}

impl Sizer<'_> {
    fn condors(&self) -> f64 {
        self.inputs.condors()
    }

    /// Contracts of each offer, one after the other: what the target still asks for and the budget allows.
    fn lots<'o>(&self, target: f64, chain: &[&'o HedgeOffer]) -> Vec<(&'o HedgeOffer, i32)> {
        let (mut net, mut left_usd) = (self.net, self.budget_usd);
        let mut lots = Vec::with_capacity(chain.len());
        for offer in chain {
            let unit = offer.unit.unit_vega_points;
            let wanted = contracts_to_target(net, target, self.condors(), unit);
            let contracts = wanted.min(affordable(offer, left_usd));
            net += f64::from(contracts) * unit / self.condors();
            left_usd -= f64::from(contracts) * offer.unit.debit_usd;
            lots.push((*offer, contracts));
        }
        lots
    }

    fn reached(&self, lots: &Lots<'_>) -> f64 {
        let added: f64 = (lots.iter())
            .map(|(offer, contracts)| f64::from(*contracts) * offer.unit.unit_vega_points)
            .sum();
        self.net + added / self.condors()
    }

    fn choice(
        &self,
        kind: CandidateKind,
        names: &Names,
        target: f64,
        chain: &[&HedgeOffer],
    ) -> Option<Candidate> {
        let lots = self.lots(target, chain);
        let reached = self.reached(&lots);
        if reached >= target - 1e-9 {
            return choice(self.inputs, kind, &names.reached, &lots);
        }
        let show = |value: f64| number(judged(self.inputs, self.basis, value), 2);
        let stopped = format!("{}, budget stops at {}", names.stopped, show(reached));
        let candidate = choice(self.inputs, kind, &stopped, &lots)?;
        let alone = |offer: &HedgeOffer| {
            let unit = offer.unit.unit_vega_points;
            contracts_to_target(self.net, target, self.condors(), unit)
        };
        let ways: Vec<String> = (chain.first().copied().into_iter().chain(self.future))
            .map(|offer| list(&[(offer, alone(offer))]))
            .collect();
        let whole = format!("{}: {}", names.goal, ways.join(" or "));
        Some(candidate.stopping_short(
            &format!(
                "The budget stops at {}, net vega {}",
                list(&lots),
                show(reached)
            ),
            whole,
        ))
    }
}

/// What a hedge is called.
struct Names {
    /// When it gets where it aims.
    reached: String,
    /// When the budget stops it before.
    stopped: String,
    /// Where it aims, before the contracts that would get there.
    goal: &'static str,
}
