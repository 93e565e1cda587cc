//! Loose legs sorted into condors, hedge layers and the rest.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::instrument::{
    LayerKind, Leg, Position, PositionId, Right, Role, Root, Underlying, group_condors,
};
use crate::policy::RulePack;

/// Positions made of loose legs.
#[derive(Clone, Debug, Default)]
pub struct Grouped {
    /// The positions: condors, layers, the rest.
    pub positions: Vec<Position>,
    /// For every leg given, in order, where it went.
    pub order: Vec<(PositionId, usize)>,
    /// Legs that look like a condor and are none, as `subject: message`.
    pub notes: Vec<String>,
}

/// Sorts legs, seen on the New York day `today`: SPX legs into short iron condors by root, expiry and
/// matching quantity; VIX legs to the layer whose target days to expiry are nearest; the rest apart.
pub fn group_legs(legs: &[Leg], today: Date) -> Grouped {
    let groups = group_condors(legs);
    let mut builder = Builder {
        legs,
        grouped: Grouped::default(),
    };
    builder.grouped.order = vec![(PositionId(0), 0); legs.len()];
    let several = groups.condors.len() > 1;
    for (number, members) in groups.condors.iter().enumerate() {
        let name = if several {
            format!("Iron condor {}", number + 1)
        } else {
            "Iron condor".to_owned()
        };
        builder.add(name, Role::Condor, members);
    }
    let is_vix = |index: &usize| legs[*index].contract.underlying() == Underlying::Vix;
    let (vix, other): (Vec<usize>, Vec<usize>) = groups.other.into_iter().partition(is_vix);
    for kind in LayerKind::ALL {
        let members: Vec<usize> = vix
            .iter()
            .copied()
            .filter(|index| nearest_layer(legs[*index].contract.expiry(), today) == kind)
            .collect();
        builder.add(kind.label().to_owned(), Role::Layer(kind), &members);
    }
    builder.grouped.notes = crossed(legs, &other);
    builder.add("Other legs".to_owned(), Role::Other, &other);
    builder.grouped
}

struct Builder<'a> {
    legs: &'a [Leg],
    grouped: Grouped,
}

impl Builder<'_> {
    /// Adds a position of the legs at these places, unless there are none.
    fn add(&mut self, name: String, role: Role, members: &[usize]) {
        if members.is_empty() {
            return;
        }
        let id = PositionId(1 + self.grouped.positions.len() as u64);
        for (place, index) in members.iter().enumerate() {
            self.grouped.order[*index] = (id, place);
        }
        self.grouped.positions.push(Position {
            id,
            name,
            role,
            legs: members.iter().map(|index| self.legs[*index]).collect(),
            opened: None,
        });
    }
}

/// The layer whose target days to expiry are nearest; of two equally near, the earlier.
fn nearest_layer(expiry: Date, today: Date) -> LayerKind {
    let days = f64::from((expiry - today).get_days());
    RulePack::alvh()
        .layers
        .iter()
        .min_by(|a, b| {
            let distance = |target: f64| (target - days).abs();
            distance(a.target_dte.value).total_cmp(&distance(b.target_dte.value))
        })
        .map_or(LayerKind::First, |layer| layer.kind)
}

/// Four ungrouped legs of one root, expiry and size, two puts and two calls, half of them long: meant as
/// a condor, but with strikes that make none.
fn crossed(legs: &[Leg], other: &[usize]) -> Vec<String> {
    let mut series: BTreeMap<(Root, Date, u32), Vec<usize>> = BTreeMap::new();
    for index in other {
        let leg = &legs[*index];
        let key = (
            leg.contract.root(),
            leg.contract.expiry(),
            leg.quantity.unsigned_abs(),
        );
        series.entry(key).or_default().push(*index);
    }
    series
        .into_iter()
        .filter(|(_, members)| {
            let count = |keep: &dyn Fn(&Leg) -> bool| members.iter().filter(|index| keep(&legs[**index])).count();
            let side = |right, long| count(&|leg| leg.contract.right() == Some(right) && (leg.quantity > 0) == long);
            members.len() == 4
                && [Right::Put, Right::Call].iter().all(|right| side(*right, true) == 1 && side(*right, false) == 1)
        })
        .map(|((root, expiry, _), members)| {
            let strikes: Vec<String> = members
                .iter()
                .map(|index| format!("{:+} {}", legs[*index].quantity, legs[*index].contract.short_label()))
                .collect();
            format!(
                "{root} {expiry}: found {}: expected long put < short put ≤ short call < long call; not a short iron condor, counted as other legs",
                strikes.join(", ")
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::instrument::Contract;

    fn option(root: Root, expiry: Date, strike: f64, right: Right, quantity: i32) -> Leg {
        let contract = Contract::option(root, expiry, strike, right).expect("valid");
        Leg::new(contract, quantity, 1.0).expect("valid")
    }

    #[test]
    fn condors_layers_and_the_rest_keep_their_places() {
        let today = date(2026, 6, 24);
        let day = date(2026, 8, 7);
        let legs = [
            option(Root::Vix, date(2027, 1, 20), 25.0, Right::Call, 2),
            option(Root::Spxw, day, 5590.0, Right::Put, 1),
            option(Root::Vix, date(2026, 7, 22), 22.0, Right::Call, 4),
            option(Root::Spxw, day, 5640.0, Right::Put, -1),
            option(Root::Spxw, day, 6305.0, Right::Call, -1),
            option(Root::Spxw, day, 5000.0, Right::Put, 3),
            option(Root::Spxw, day, 6355.0, Right::Call, 1),
        ];
        let grouped = group_legs(&legs, today);
        let roles: Vec<_> = grouped
            .positions
            .iter()
            .map(|position| position.role)
            .collect();
        let layer = Role::Layer;
        assert_eq!(
            roles,
            [
                Role::Condor,
                layer(LayerKind::First),
                layer(LayerKind::Third),
                Role::Other
            ]
        );
        for (leg, (id, place)) in legs.iter().zip(&grouped.order) {
            let position = grouped.positions.iter().find(|position| position.id == *id);
            assert_eq!(position.expect("there").legs[*place], *leg);
        }
        assert!(grouped.notes.is_empty());
    }

    #[test]
    fn layers_are_split_half_way_between_their_targets() {
        let today = date(2026, 6, 24);
        let after =
            |days: i32| nearest_layer(today.saturating_add(jiff::Span::new().days(days)), today);
        assert_eq!(
            (after(0), after(70), after(71)),
            (LayerKind::First, LayerKind::First, LayerKind::Second)
        );
        assert_eq!(
            (after(165), after(166), after(900)),
            (LayerKind::Second, LayerKind::Third, LayerKind::Third)
        );
    }

    #[test]
    fn crossed_strikes_are_told() {
        let day = date(2026, 8, 7);
        let legs = [
            option(Root::Spxw, day, 5640.0, Right::Put, 1),
            option(Root::Spxw, day, 5590.0, Right::Put, -1),
            option(Root::Spxw, day, 6305.0, Right::Call, -1),
            option(Root::Spxw, day, 6355.0, Right::Call, 1),
        ];
        let grouped = group_legs(&legs, date(2026, 6, 24));
        assert_eq!(grouped.positions.len(), 1);
        assert_eq!(grouped.notes.len(), 1);
        assert!(
            grouped.notes[0].contains("found +1 5,640P, -1 5,590P"),
            "{:?}",
            grouped.notes
        );
    }
}
