//! Two short spreads of one size, of one expiry or of two: what counts as a condor wherever figures per condor
//! are made.
//!
//! After a roll of one side the spreads expire on different days. [`CondorView`](super::CondorView) is the strict
//! reading, by which condors are drawn and edited; by this one the book keeps its condors, so that rules still
//! speak of them and a roll can go on from there.

use jiff::civil::Date;

use super::contract::Contract;
use super::leg::Leg;
use super::position::{Position, PositionId};
use super::right::Right;
use super::root::Underlying;
use crate::units::OPTION_MULTIPLIER;

/// One short spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// The option sold.
    pub short: Leg,
    /// The option bought, farther out.
    pub long: Leg,
}

impl Side {
    /// Points between its strikes.
    pub fn width_points(&self) -> f64 {
        (strike(&self.short) - strike(&self.long)).abs()
    }

    /// The day on which it expires.
    pub fn expiry(&self) -> Date {
        self.short.contract.expiry()
    }

    fn credit_usd(&self) -> f64 {
        self.short.entry_cash_usd() + self.long.entry_cash_usd()
    }
}

/// Two short spreads of one size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wings {
    /// The position.
    pub position: PositionId,
    /// Condors, above 0.
    pub contracts: i32,
    /// The put spread.
    pub put: Side,
    /// The call spread.
    pub call: Side,
    /// The wider width in points.
    pub width_points: f64,
    /// Dollars received at entry for the legs as they stand.
    pub credit_usd: f64,
}

impl Wings {
    /// Reads the two spreads off a position's four legs; `None` when they form none.
    pub fn of(position: &Position) -> Option<Self> {
        if position.legs.len() != 4 {
            return None;
        }
        let (put, call) = (
            side(&position.legs, Right::Put)?,
            side(&position.legs, Right::Call)?,
        );
        let contracts = -put.short.quantity;
        let alike = call.short.quantity == put.short.quantity
            && strike(&put.short) <= strike(&call.short)
            && put.short.contract.root().index_scale() == call.short.contract.root().index_scale();
        alike.then(|| Self {
            position: position.id,
            contracts,
            put,
            call,
            width_points: put.width_points().max(call.width_points()),
            credit_usd: put.credit_usd() + call.credit_usd(),
        })
    }

    /// The side of a right.
    pub fn side(&self, right: Right) -> &Side {
        match right {
            Right::Put => &self.put,
            Right::Call => &self.call,
        }
    }

    /// Both sides, the put spread first.
    pub fn sides(&self) -> [&Side; 2] {
        [&self.put, &self.call]
    }

    /// The earlier expiry.
    pub fn nearest_expiry(&self) -> Date {
        self.put.expiry().min(self.call.expiry())
    }

    /// Whether both sides settle at one instant, so that only one of them can lose.
    pub fn is_one_series(&self) -> bool {
        let series = |side: &Side| (side.short.contract.root(), side.expiry());
        series(&self.put) == series(&self.call)
    }

    /// Strikes in points: long put, short put, short call, long call.
    pub fn strikes(&self) -> [f64; 4] {
        [
            &self.put.long,
            &self.put.short,
            &self.call.short,
            &self.call.long,
        ]
        .map(strike)
    }

    /// Points received per condor at entry for the legs as they stand, before fees (negative if paid).
    pub fn credit_points(&self) -> f64 {
        self.put.short.entry_price + self.call.short.entry_price
            - self.put.long.entry_price
            - self.call.long.entry_price
    }

    /// Dollars of the whole position per index point of one condor.
    pub fn usd_per_point(&self) -> f64 {
        f64::from(self.contracts) * OPTION_MULTIPLIER
    }

    /// Points that can be lost per condor before the credit: the wider width, or both widths where the sides
    /// settle on two days, since the index may pass one on the first and the other on the second.
    pub fn points_at_risk(&self) -> f64 {
        if self.is_one_series() {
            self.width_points
        } else {
            self.put.width_points() + self.call.width_points()
        }
    }

    /// Largest loss at expiry as a positive number of dollars, credit at entry taken off.
    pub fn max_loss_usd(&self) -> f64 {
        self.points_at_risk() * self.usd_per_point() - self.credit_usd
    }
}

fn strike(leg: &Leg) -> f64 {
    leg.contract.strike().unwrap_or(0.0)
}

fn side(legs: &[Leg], right: Right) -> Option<Side> {
    let of_right: Vec<&Leg> = legs
        .iter()
        .filter(|leg| leg.contract.right() == Some(right))
        .collect();
    let [one, other] = of_right[..] else {
        return None;
    };
    let (short, long) = if one.quantity < 0 {
        (one, other)
    } else {
        (other, one)
    };
    let farther = match right {
        Right::Put => strike(long) < strike(short),
        Right::Call => strike(long) > strike(short),
    };
    let series = |contract: Contract| (contract.root(), contract.expiry());
    let is_side = short.quantity < 0
        && long.quantity == -short.quantity
        && short.contract.underlying() == Underlying::Spx
        && series(short.contract) == series(long.contract)
        && farther;
    is_side.then_some(Side {
        short: *short,
        long: *long,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Wings;
    use crate::instrument::{Contract, Leg, Position, PositionId, Right, Role, Root};

    fn leg(day: i8, strike: f64, right: Right, quantity: i32, price: f64) -> Leg {
        let contract = Contract::option(Root::Spxw, date(2027, 1, day), strike, right);
        Leg::new(contract.expect("valid"), quantity, price).expect("valid")
    }

    fn position(call_day: i8) -> Position {
        Position {
            id: PositionId(3),
            name: String::new(),
            role: Role::Condor,
            legs: vec![
                leg(8, 6245.0, Right::Put, 10, 37.0),
                leg(8, 6295.0, Right::Put, -10, 42.2),
                leg(call_day, 7060.0, Right::Call, -10, 25.0),
                leg(call_day, 7110.0, Right::Call, 10, 18.1),
            ],
            opened: None,
        }
    }

    #[test]
    fn a_condor_and_one_of_two_expiries_are_read_alike() {
        for day in [8, 15] {
            let wings = Wings::of(&position(day)).expect("two short spreads");
            assert_eq!((wings.contracts, wings.width_points), (10, 50.0));
            assert!((wings.credit_usd - 12_100.0).abs() < 1e-6);
            assert_eq!(wings.nearest_expiry(), date(2027, 1, 8));
            let loss = if day == 8 { 37_900.0 } else { 87_900.0 };
            assert!((wings.max_loss_usd() - loss).abs() < 1e-6);
            assert_eq!(wings.strikes(), [6245.0, 6295.0, 7060.0, 7110.0]);
            assert!((wings.credit_points() - 12.1).abs() < 1e-9);
        }
    }

    #[test]
    fn three_legs_or_a_bought_spread_are_none() {
        let mut short = position(8);
        short.legs.pop();
        assert_eq!(Wings::of(&short), None);
        let mut bought = position(8);
        bought.legs.iter_mut().for_each(|leg| leg.quantity *= -1);
        assert_eq!(Wings::of(&bought), None);
    }
}
