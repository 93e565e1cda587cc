//! How many contracts the method's layers take: by its own number and by wing width, each with its cost.

use super::Valuation;
use crate::document::LayerScale;
use crate::instrument::{LayerKind, Structure};
use crate::policy::RulePack;
use crate::risk::layer_pick::{layer_units, pick_layer, unit_cost_usd};

/// Contracts of a layer by one scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaledSize {
    /// Contracts.
    pub contracts: i32,
    /// Their price in dollars at the model's mark, before fees.
    pub cost_usd: f64,
    /// That in percent of the condors' credit; `None` without a credit.
    pub cost_pct_of_credit: Option<f64>,
}

/// A layer as its template asks for it today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerSize {
    /// Which layer.
    pub layer: LayerKind,
    /// One unit: the call nearest to the template's days and delta, a spread, or a future.
    pub unit: Structure,
    /// Its price in points.
    pub price_points: f64,
    /// Contracts by each scale, in the order of [`LayerScale::ALL`].
    pub sizes: [ScaledSize; 2],
}

impl LayerSize {
    /// The size by a scale.
    pub fn by(&self, scale: LayerScale) -> ScaledSize {
        let [literal, width] = self.sizes;
        match scale {
            LayerScale::Literal => literal,
            LayerScale::Width => width,
        }
    }
}

/// The layers of the pack, each by both scales; a layer without a listed contract is left out. Empty without
/// condors, which the sizes are measured by.
pub fn layer_sizes(valuation: &Valuation, pack: &RulePack) -> Vec<LayerSize> {
    let frame = &valuation.frame;
    if valuation.facts.contracts == 0 {
        return Vec::new();
    }
    let credit_usd = valuation.facts.credit_usd;
    LayerKind::ALL
        .iter()
        .filter_map(|kind| {
            let template = pack.layer(*kind)?;
            let unit = pick_layer(&valuation.market, template).ok()?;
            let legs = unit.parts().into_iter();
            let price_points = legs
                .map(|(contract, quantity)| f64::from(quantity) * valuation.market.price(&contract))
                .sum();
            let unit_usd = unit_cost_usd(&valuation.market, &unit);
            let sizes = LayerScale::ALL.map(|scale| {
                let factor = scale.factor(frame.width_points, frame.reference_width_points);
                let contracts = layer_units(frame.condors, template, factor);
                let cost_usd = f64::from(contracts) * unit_usd;
                ScaledSize {
                    contracts,
                    cost_usd,
                    cost_pct_of_credit: (credit_usd > 0.0).then(|| 100.0 * cost_usd / credit_usd),
                }
            });
            Some(LayerSize {
                layer: *kind,
                unit,
                price_points,
                sizes,
            })
        })
        .collect()
}
