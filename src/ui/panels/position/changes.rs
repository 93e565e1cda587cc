//! What an edit makes of a position: plain functions from a position to a position.
//!
//! A leg that comes to another contract is entered anew: its entry price is the model's mark there.

use jiff::civil::Date;

use crate::instrument::{
    Contract, Leg, OptionSeries, Position, PositionId, Role, Structure, StructureError,
};
use crate::market::Market;
use crate::pricing::{Quote, implied_vol};

/// A position with one leg at another contract, entered at the model's mark.
pub(super) fn with_contract(
    position: &Position,
    leg: usize,
    contract: Contract,
    market: &Market,
) -> Position {
    let mut next = position.clone();
    if let Some(held) = next.legs.get_mut(leg)
        && held.contract != contract
    {
        held.contract = contract;
        held.entry_price = market.price(&contract);
    }
    next
}

/// A position with one leg at another strike; see [`with_contract`].
///
/// # Errors
/// Why the number is no strike, or none that a condor can have there.
pub(super) fn with_strike(
    position: &Position,
    leg: usize,
    strike: f64,
    market: &Market,
) -> Result<Position, String> {
    let held = position
        .legs
        .get(leg)
        .ok_or_else(|| "this leg is gone".to_owned())?;
    let contract = held
        .contract
        .with_strike(strike)
        .map_err(|error| error.to_string())?;
    let next = with_contract(position, leg, contract, market);
    if position.role == Role::Condor && next.condor().is_none() {
        return Err("strikes must rise: long put < short put ≤ short call < long call".to_owned());
    }
    Ok(next)
}

/// A position of so many units: every leg keeps its side and its ratio to the largest common unit.
pub(super) fn with_units(position: &Position, units: i32) -> Position {
    let held = units_of(position);
    let mut next = position.clone();
    for leg in &mut next.legs {
        leg.quantity = (leg.quantity / held).saturating_mul(units);
    }
    next
}

/// The largest number of units that a position divides into, at least 1.
pub(super) fn units_of(position: &Position) -> i32 {
    position
        .legs
        .iter()
        .map(|leg| leg.quantity.unsigned_abs())
        .fold(0, common_divisor)
        .clamp(1, i32::MAX as u32)
        .cast_signed()
}

fn common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// A position with one leg of another signed quantity.
pub(super) fn with_quantity(position: &Position, leg: usize, quantity: i32) -> Position {
    let mut next = position.clone();
    if let Some(held) = next.legs.get_mut(leg) {
        held.quantity = quantity;
    }
    next
}

/// A position with one leg entered at another price in points.
pub(super) fn with_entry(position: &Position, leg: usize, points: f64) -> Position {
    let mut next = position.clone();
    if let Some(held) = next.legs.get_mut(leg) {
        held.entry_price = points;
    }
    next
}

/// All option legs of a position on another series: strikes kept on its grid, entries at the model.
///
/// # Errors
/// Why a leg has no contract there.
pub(super) fn with_series(
    position: &Position,
    series: OptionSeries,
    market: &Market,
) -> Result<Position, String> {
    let mut next = position.clone();
    for (index, leg) in position.legs.iter().enumerate() {
        let contract = in_series(leg.contract, series, market)?;
        next = with_contract(&next, index, contract, market);
    }
    Ok(next)
}

/// A contract moved to another series, its strike on the grid there. A future takes the day alone.
///
/// # Errors
/// Why there is no such contract.
pub(super) fn in_series(
    contract: Contract,
    series: OptionSeries,
    market: &Market,
) -> Result<Contract, String> {
    let Contract::Option { strike, right, .. } = contract else {
        return Ok(contract.with_expiry(series.expiry));
    };
    let days = crate::calendar::days_to_expiry(market.as_of, series.expiry);
    let snapped = series.root.snap_strike(strike.points(), days);
    Contract::option(series.root, series.expiry, snapped, right).map_err(|error| error.to_string())
}

/// A position whose entry prices add up to another net price of one unit, spread over the model's marks.
///
/// # Errors
/// Why the legs have no such net price.
pub(super) fn with_net_price(
    position: &Position,
    net: f64,
    market: &Market,
) -> Result<Position, String> {
    let Some((structure, _, order)) = Structure::recognise(&position.legs) else {
        return Err("these legs have no common net price".to_owned());
    };
    let model: Vec<f64> = structure
        .parts()
        .iter()
        .map(|(contract, _)| market.price(contract))
        .collect();
    let prices = structure
        .split_net_price(net, &model)
        .map_err(|error| error.to_string())?;
    let mut next = position.clone();
    for (place, price) in order.into_iter().zip(prices) {
        next.legs[place].entry_price = price;
    }
    Ok(next)
}

/// What a new position is, besides its legs.
pub(super) struct Draft<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is for.
    pub role: Role,
    /// The day of its opening.
    pub opened: Date,
}

impl Draft<'_> {
    /// The position of so many units at one price for each leg; the campaign gives it its number.
    ///
    /// # Errors
    /// Why the legs cannot be held.
    pub fn position(
        &self,
        structure: Structure,
        quantity: i32,
        prices: &[f64],
    ) -> Result<Position, StructureError> {
        Ok(self.of_legs(structure.legs(quantity, prices)?))
    }

    /// The position of these legs.
    pub fn of_legs(&self, legs: Vec<Leg>) -> Position {
        Position {
            id: PositionId(0),
            name: self.name.to_owned(),
            role: self.role,
            legs,
            opened: Some(self.opened),
        }
    }
}

/// Whether a price has a vol, so that it can be a mark.
///
/// # Errors
/// Why no vol gives this price.
pub(super) fn check_mark_price(
    market: &Market,
    contract: &Contract,
    price: f64,
) -> Result<(), String> {
    let (Some(quoted), Some(strike), Some(right)) = (
        market.price_vol(contract),
        contract.strike(),
        contract.right(),
    ) else {
        return Ok(());
    };
    let quote = Quote {
        right,
        forward: quoted.forward,
        strike,
        years: quoted.years,
        discount: quoted.discount,
        price,
    };
    implied_vol(&quote)
        .map(drop)
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::document::campaign_from_ron;
    use crate::instrument::{Right, Root};

    fn sample() -> (Position, Market) {
        let text = include_str!("../../../../assets/samples/condor.ron");
        let campaign = campaign_from_ron(text).expect("the sample reads");
        let (market, problems) = Market::of(&campaign.marks, &campaign.model, &[]);
        assert!(problems.is_empty());
        (campaign.positions[0].clone(), market)
    }

    #[test]
    fn a_moved_leg_is_entered_at_the_model_and_the_others_stay() {
        let (condor, market) = sample();
        let moved = with_strike(&condor, 1, 6300.0, &market).expect("a strike");
        let contract = moved.legs[1].contract;
        assert_eq!(contract.strike(), Some(6300.0));
        assert_eq!(moved.legs[1].entry_price, market.price(&contract));
        assert_eq!(moved.legs[0], condor.legs[0]);
        assert!(with_strike(&condor, 1, -5.0, &market).is_err());
        let crossed = with_strike(&condor, 1, 6245.0, &market).expect_err("crossed");
        assert!(crossed.starts_with("strikes must rise"));
    }

    #[test]
    fn units_keep_sides_and_ratios() {
        let (mut condor, _) = sample();
        assert_eq!(units_of(&condor), 10);
        condor.legs[0].quantity = 20;
        let three = with_units(&condor, 3);
        let quantities: Vec<i32> = three.legs.iter().map(|leg| leg.quantity).collect();
        assert_eq!(quantities, [6, -3, -3, 3]);
    }

    #[test]
    fn another_series_keeps_strikes_on_its_grid() {
        let (condor, market) = sample();
        let series = OptionSeries {
            root: Root::Spx,
            expiry: date(2027, 12, 17),
        };
        let later = with_series(&condor, series, &market).expect("listed");
        let strikes: Vec<_> = later.legs.iter().map(|leg| leg.contract.strike()).collect();
        assert_eq!(strikes[0], Some(6250.0));
        assert!(later.condor().is_some());
        assert_eq!(
            later.legs[2].entry_price,
            market.price(&later.legs[2].contract)
        );
    }

    #[test]
    fn a_net_price_is_spread_over_the_legs() {
        let (condor, market) = sample();
        let next = with_net_price(&condor, 13.0, &market).expect("a net price");
        let view = next.condor().expect("still a condor");
        assert!((view.credit_points() - 13.0).abs() < 1e-9);
        assert!(with_net_price(&condor, -1.0, &market).is_err());
    }

    #[test]
    fn a_price_below_intrinsic_is_no_mark() {
        let (_, market) = sample();
        let call = Contract::option(Root::Spxw, date(2027, 1, 8), 6000.0, Right::Call);
        let call = call.expect("a contract");
        assert!(check_mark_price(&market, &call, 10.0).is_err());
        assert!(check_mark_price(&market, &call, market.price(&call)).is_ok());
    }
}
