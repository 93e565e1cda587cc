//! The command that buys a hedge: into the position that holds the instrument, or into a new one.

use jiff::civil::Date;

use crate::calendar::new_york_date;
use crate::document::{Campaign, Command};
use crate::instrument::{Contract, LayerKind, Leg, Position, PositionId, Role};

/// A purchase of one hedge instrument.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HedgeOrder {
    /// The layer that grows; `None` for an instrument of no layer, such as a future.
    pub layer: Option<LayerKind>,
    /// What is bought.
    pub contract: Contract,
    /// Contracts, positive when bought, never 0.
    pub contracts: i32,
    /// Price per unit in points.
    pub price_points: f64,
}

impl HedgeOrder {
    /// The change of the campaign: more contracts in the position of the same role that holds the
    /// instrument, a new leg in the layer's first position, or a new position. The entry price of
    /// contracts added to others of the same sign is their quantity-weighted mean. A position that is
    /// left with nothing is removed. `None` when nothing is bought.
    pub fn command(&self, campaign: &Campaign) -> Option<Command> {
        if self.contracts == 0 {
            return None;
        }
        let role = self.layer.map_or(Role::Other, Role::Layer);
        let holds = |position: &&Position| {
            position
                .legs
                .iter()
                .any(|leg| leg.contract == self.contract)
        };
        let of_role = || {
            campaign
                .positions
                .iter()
                .filter(move |position| position.role == role)
        };
        let home = of_role()
            .find(holds)
            .or_else(|| of_role().next().filter(|_position| self.layer.is_some()));
        let today = new_york_date(campaign.marks.as_of);
        Some(match home {
            Some(position) => {
                let (id, position) = (position.id, self.added_to(position));
                if position.legs.is_empty() {
                    Command::RemovePosition { id }
                } else {
                    Command::ReplacePosition { id, position }
                }
            }
            None => Command::AddPosition(self.new_position(role, today)),
        })
    }

    fn leg(&self) -> Leg {
        Leg {
            contract: self.contract,
            quantity: self.contracts,
            entry_price: self.price_points,
            fees_usd: 0.0,
        }
    }

    fn added_to(&self, position: &Position) -> Position {
        let mut grown = position.clone();
        let held = grown
            .legs
            .iter()
            .position(|leg| leg.contract == self.contract);
        match held {
            Some(index) => {
                grown.legs[index] = merged(grown.legs[index], self.contracts, self.price_points);
                grown.legs.retain(|leg| leg.quantity != 0);
            }
            None => grown.legs.push(self.leg()),
        }
        grown
    }

    fn new_position(&self, role: Role, today: Date) -> Position {
        Position {
            id: PositionId(0),
            name: self.layer.map_or_else(
                || self.contract.short_label(),
                |layer| layer.label().to_owned(),
            ),
            role,
            legs: vec![self.leg()],
            opened: Some(today),
        }
    }
}

/// A leg after trading `contracts` more at `price`: the mean entry price when it grows, the old one
/// when it shrinks, the new one when it turns over.
fn merged(leg: Leg, contracts: i32, price: f64) -> Leg {
    let quantity = leg.quantity + contracts;
    let entry_price = if leg.quantity.signum() == contracts.signum() {
        let cost = leg.entry_price * f64::from(leg.quantity) + price * f64::from(contracts);
        cost / f64::from(quantity)
    } else if quantity.signum() == leg.quantity.signum() {
        leg.entry_price
    } else {
        price
    };
    Leg {
        quantity,
        entry_price,
        ..leg
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::new_york_instant;
    use crate::instrument::{Right, Root};
    use crate::market::Marks;

    fn second_call() -> Contract {
        Contract::option(Root::Vix, date(2027, 3, 17), 21.0, Right::Call).expect("valid")
    }

    fn campaign(legs: Vec<Leg>) -> Campaign {
        let as_of = new_york_instant(date(2026, 11, 23).at(15, 0, 0, 0));
        let mut campaign = Campaign::new("test", as_of, Marks::new(as_of, 6720.0, 17.0));
        let second = Position {
            id: PositionId(1),
            name: "Second layer".to_owned(),
            role: Role::Layer(LayerKind::Second),
            legs,
            opened: None,
        };
        campaign
            .apply(Command::AddPosition(second))
            .expect("a valid position");
        campaign
    }

    fn order(contracts: i32) -> HedgeOrder {
        HedgeOrder {
            layer: Some(LayerKind::Second),
            contract: second_call(),
            contracts,
            price_points: 3.0,
        }
    }

    fn after(mut campaign: Campaign, order: HedgeOrder) -> Campaign {
        let command = order.command(&campaign).expect("something is bought");
        campaign.apply(command).expect("it can be applied");
        campaign
    }

    #[test]
    fn more_of_the_same_takes_the_weighted_mean_price() {
        let held = Leg::new(second_call(), 4, 2.0).expect("valid");
        let campaign = after(campaign(vec![held]), order(6));
        let leg = campaign.positions[0].legs[0];
        assert_eq!(leg.quantity, 10);
        assert!((leg.entry_price - 2.6).abs() < 1e-12);
        assert_eq!(campaign.positions.len(), 1);
    }

    #[test]
    fn another_contract_becomes_a_leg_of_the_layer() {
        let contract =
            Contract::option(Root::Vix, date(2027, 3, 17), 25.0, Right::Call).expect("valid");
        let held = Leg::new(contract, 4, 2.0).expect("valid");
        let campaign = after(campaign(vec![held]), order(6));
        assert_eq!(campaign.positions[0].legs.len(), 2);
        assert_eq!(campaign.positions[0].legs[1].contract, second_call());
    }

    #[test]
    fn a_future_opens_a_position_and_then_grows_it() {
        let future = HedgeOrder {
            layer: None,
            contract: Contract::future(Root::Vxm, date(2026, 12, 16)).expect("valid"),
            contracts: 7,
            price_points: 18.0,
        };
        let held = Leg::new(second_call(), 4, 2.0).expect("valid");
        let once = after(campaign(vec![held]), future);
        assert_eq!(once.positions.len(), 2);
        assert_eq!(once.positions[1].role, Role::Other);
        let twice = after(once, future);
        assert_eq!(twice.positions.len(), 2);
        assert_eq!(twice.positions[1].legs[0].quantity, 14);
    }

    #[test]
    fn a_short_leg_shrinks_at_its_old_price_and_turns_at_the_new() {
        let short = Leg::new(second_call(), -4, 2.0).expect("valid");
        let shrunk = merged(short, 3, 5.0);
        assert_eq!((shrunk.quantity, shrunk.entry_price), (-1, 2.0));
        let turned = merged(short, 6, 5.0);
        assert_eq!((turned.quantity, turned.entry_price), (2, 5.0));
        let flat = after(campaign(vec![short]), order(4));
        assert!(flat.positions.is_empty());
    }

    #[test]
    fn nothing_bought_is_no_command() {
        let held = Leg::new(second_call(), 4, 2.0).expect("valid");
        assert!(order(0).command(&campaign(vec![held])).is_none());
    }
}
