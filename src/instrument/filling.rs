//! What legs become when something is traded.

use super::leg::Leg;

/// Carries a fill into legs; the fill is what holding it from here means. It adds to a leg of its contract at the
/// mean entry price, or takes from it, fees in proportion; beyond nothing it turns the leg over at its own price.
pub fn fill_legs(legs: &mut Vec<Leg>, fill: &Leg) {
    let mut left = fill.quantity;
    for leg in legs.iter_mut().filter(|leg| leg.contract == fill.contract) {
        if leg.quantity.signum() * left.signum() < 0 {
            let closed = left.abs().min(leg.quantity.abs());
            let share = f64::from(leg.quantity.abs() - closed) / f64::from(leg.quantity.abs());
            leg.quantity -= closed * leg.quantity.signum();
            leg.fees_usd *= share;
            left -= closed * left.signum();
        }
    }
    legs.retain(|leg| leg.quantity != 0);
    if left == 0 {
        return;
    }
    let fees_usd = fill.fees_usd * f64::from(left.abs()) / f64::from(fill.quantity.abs());
    match legs.iter_mut().find(|leg| leg.contract == fill.contract) {
        Some(leg) => {
            let [held, added] = [leg.quantity, left].map(f64::from);
            leg.entry_price = (leg.entry_price * held + fill.entry_price * added) / (held + added);
            leg.quantity += left;
            leg.fees_usd += fees_usd;
        }
        None => legs.push(Leg {
            quantity: left,
            fees_usd,
            ..*fill
        }),
    }
}

/// What a fill realises of the legs that it closes, dollars, fees aside: for each contract closed the price's way from
/// its entry. `None` when it closes nothing.
pub fn realised_usd(legs: &[Leg], fill: &Leg) -> Option<f64> {
    let mut left = fill.quantity;
    let mut sum_usd = None;
    for leg in legs.iter().filter(|leg| leg.contract == fill.contract) {
        if leg.quantity.signum() * left.signum() < 0 {
            let closed = left.abs().min(leg.quantity.abs()) * leg.quantity.signum();
            let points = fill.entry_price - leg.entry_price;
            let usd = f64::from(closed) * leg.contract.multiplier() * points;
            sum_usd = Some(sum_usd.unwrap_or(0.0) + usd);
            left += closed;
        }
    }
    sum_usd
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::instrument::{Contract, Right, Root};

    fn leg(quantity: i32, price: f64, fees_usd: f64) -> Leg {
        let day = date(2026, 12, 16);
        let contract = Contract::option(Root::Vix, day, 18.0, Right::Call).expect("valid");
        Leg {
            contract,
            quantity,
            entry_price: price,
            fees_usd,
        }
    }

    #[test]
    fn fills_add_take_close_and_turn() {
        let mut legs = vec![leg(4, 1.0, 8.0)];
        fill_legs(&mut legs, &leg(4, 2.0, 4.0));
        assert_eq!(legs, [leg(8, 1.5, 12.0)]);
        fill_legs(&mut legs, &leg(-2, 9.0, 4.0));
        assert_eq!(legs, [leg(6, 1.5, 9.0)]);
        fill_legs(&mut legs, &leg(-8, 3.0, 4.0));
        assert_eq!(legs, [leg(-2, 3.0, 1.0)]);
        fill_legs(&mut legs, &leg(2, 1.0, 4.0));
        assert!(legs.is_empty());
    }

    #[test]
    fn what_is_closed_is_realised_and_no_more() {
        let legs = [leg(10, 2.0, 0.0), leg(-4, 5.0, 0.0)];
        assert_eq!(realised_usd(&legs, &leg(-4, 3.0, 0.0)), Some(400.0));
        assert_eq!(realised_usd(&legs, &leg(-12, 3.0, 0.0)), Some(1000.0));
        assert_eq!(realised_usd(&legs, &leg(2, 4.0, 0.0)), Some(200.0));
        assert_eq!(realised_usd(&legs[..1], &leg(3, 9.0, 0.0)), None);
    }
}
