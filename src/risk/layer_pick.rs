//! What a layer's template asks for today: the structure and how many of it.

use super::pick::{PickError, pick_vix_call};
use crate::calendar::{nearest_vix_monthly, new_york_date};
use crate::instrument::Structure;
use crate::market::Market;
use crate::policy::{HedgeInstrument, LayerTemplate};

/// One unit of a layer: the call nearest to days and delta, the spread from that call's strike upward, or
/// the future nearest to the days.
///
/// # Errors
/// [`PickError`] when no listed contract suits.
pub fn pick_layer(market: &Market, template: &LayerTemplate) -> Result<Structure, PickError> {
    let days = template.target_dte.value as i32;
    let call = || pick_vix_call(market, days, template.target_delta.value);
    Ok(match (template.instrument, template.instrument.future()) {
        (_, Some(root)) => {
            let expiry = nearest_vix_monthly(new_york_date(market.as_of), days);
            Structure::vix_future(root, expiry)?
        }
        (HedgeInstrument::VixCallSpread, None) => {
            let call = call()?;
            let strike = call.strike().ok_or(PickError::Expiry(days))?;
            let width = template
                .spread_width
                .as_ref()
                .map_or(0.0, |width| width.value);
            Structure::vix_call_spread(call.expiry(), [strike, strike + width])?
        }
        (
            HedgeInstrument::VixCall | HedgeInstrument::VxFuture | HedgeInstrument::VxmFuture,
            None,
        ) => Structure::single(call()?),
    })
}

/// Units of a layer for so many condors: `round(n / 10 · ratio · k)`, k by the chosen scale; negative for
/// futures held short.
pub fn layer_units(condors: f64, template: &LayerTemplate, scale: f64) -> i32 {
    (condors / 10.0 * template.per_ten_condors.value * scale).round() as i32
}

/// The same for a layer that is opened: at least one, the way that the template holds it.
pub fn opened_units(condors: f64, template: &LayerTemplate, scale: f64) -> i32 {
    match layer_units(condors, template, scale) {
        0 if template.per_ten_condors.value < 0.0 => -1,
        0 => 1,
        units => units,
    }
}

/// What a unit costs to buy in dollars, by its contracts' prices in points: options are paid for, futures
/// are not.
pub fn unit_cost_usd(market: &Market, unit: &Structure) -> f64 {
    let legs = unit.parts().into_iter();
    legs.filter(|(contract, _)| contract.strike().is_some())
        .map(|(contract, quantity)| {
            f64::from(quantity) * market.price(&contract) * contract.multiplier()
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::{layer_units, opened_units};
    use crate::policy::{LayerTemplate, RulePack};

    fn template(per_ten_condors: f64) -> LayerTemplate {
        let mut template = RulePack::alvh().layers[0].clone();
        template.per_ten_condors.value = per_ten_condors;
        template
    }

    #[test]
    fn a_unit_is_four_four_two_per_ten_condors() {
        let units = |condors, ratio, scale| layer_units(condors, &template(ratio), scale);
        assert_eq!(units(10.0, 4.0, 1.0), 4);
        assert_eq!(units(25.0, 2.0, 1.0), 5);
        assert_eq!(units(10.0, 4.0, 5.0), 20);
        assert_eq!(units(1.0, 2.0, 1.0), 0);
        assert_eq!(units(10.0, -2.0, 1.0), -2);
        assert_eq!(opened_units(1.0, &template(2.0), 1.0), 1);
        assert_eq!(opened_units(1.0, &template(-2.0), 1.0), -1);
    }
}
