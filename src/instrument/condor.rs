//! The iron condor seen in four legs, and loose legs grouped into condors.
//!
//! A *condor* here is the one the desk sells: short the inner put and call, long the outer ones, all
//! of one root, one expiry and one quantity. A bought (reverse) condor has another risk and counts
//! as other legs.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::contract::Contract;
use super::leg::Leg;
use super::right::Right;
use super::root::{Root, Underlying};

/// One of a condor's four legs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CondorLeg {
    /// Place of the leg in the slice that was looked at.
    pub index: usize,
    /// Strike in points.
    pub strike: f64,
    /// Price in points at entry.
    pub entry_price: f64,
}

/// A short iron condor read off four legs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CondorView {
    /// Product family of all four legs.
    pub root: Root,
    /// Expiry of all four legs.
    pub expiry: Date,
    /// Outer put, bought: the lowest strike.
    pub long_put: CondorLeg,
    /// Inner put, sold.
    pub short_put: CondorLeg,
    /// Inner call, sold; not below the inner put.
    pub short_call: CondorLeg,
    /// Outer call, bought: the highest strike.
    pub long_call: CondorLeg,
    /// Number of condors, above 0.
    pub contracts: u32,
    /// Points between the put strikes, above 0.
    pub put_width: f64,
    /// Points between the call strikes, above 0.
    pub call_width: f64,
    /// The larger of the two widths.
    pub wider: f64,
}

impl CondorView {
    /// Reads a short iron condor off exactly four legs, in any order; `None` when they form none.
    pub fn of(legs: &[Leg]) -> Option<Self> {
        let (order, quantity) = condor_shape(legs)?;
        if quantity > 0 {
            return None;
        }
        let wing = |place: usize| -> Option<CondorLeg> {
            let index = *order.get(place)?;
            let leg = legs.get(index)?;
            let strike = leg.contract.strike()?;
            Some(CondorLeg {
                index,
                strike,
                entry_price: leg.entry_price,
            })
        };
        let (long_put, short_put) = (wing(0)?, wing(1)?);
        let (short_call, long_call) = (wing(2)?, wing(3)?);
        let contract = legs.first()?.contract;
        let put_width = short_put.strike - long_put.strike;
        let call_width = long_call.strike - short_call.strike;
        Some(Self {
            root: contract.root(),
            expiry: contract.expiry(),
            long_put,
            short_put,
            short_call,
            long_call,
            contracts: quantity.unsigned_abs(),
            put_width,
            call_width,
            wider: put_width.max(call_width),
        })
    }

    /// The four legs from the lowest strike to the highest.
    pub fn legs(&self) -> [CondorLeg; 4] {
        [
            self.long_put,
            self.short_put,
            self.short_call,
            self.long_call,
        ]
    }

    /// The four strikes in points, ascending.
    pub fn strikes(&self) -> [f64; 4] {
        self.legs().map(|leg| leg.strike)
    }

    /// Points received per condor at entry: the inner legs less the outer ones (negative if paid).
    pub fn credit_points(&self) -> f64 {
        self.short_put.entry_price + self.short_call.entry_price
            - self.long_put.entry_price
            - self.long_call.entry_price
    }

    /// Dollars received at entry for all condors, before fees.
    pub fn credit_usd(&self) -> f64 {
        self.credit_points() * self.root.multiplier() * f64::from(self.contracts)
    }
}

/// Places of a condor's legs by ascending strike (put, put, call, call) and its quantity: negative
/// when the inner legs are sold, positive when they are bought. `None` for anything else.
pub(super) fn condor_shape(legs: &[Leg]) -> Option<([usize; 4], i32)> {
    let first = legs.first()?.contract;
    if legs.len() != 4 || !first.root().is_option() {
        return None;
    }
    let mut order = [0, 1, 2, 3];
    let key = |index: &usize| {
        let contract = legs[*index].contract;
        let side = contract.right().map(|right| right == Right::Call);
        (side, strike_key(contract))
    };
    order.sort_by_key(key);
    let [outer_put, inner_put, inner_call, outer_call] = order.map(|index| legs[index]);
    let one_series = legs
        .iter()
        .all(|leg| leg.contract.root() == first.root() && leg.contract.expiry() == first.expiry());
    let rights = [outer_put, inner_put, inner_call, outer_call].map(|leg| leg.contract.right());
    let strikes =
        [outer_put, inner_put, inner_call, outer_call].map(|leg| strike_key(leg.contract));
    let quantity = inner_put.quantity;
    let opposite = quantity.checked_neg()?;
    let matched = quantity != 0
        && inner_call.quantity == quantity
        && outer_put.quantity == opposite
        && outer_call.quantity == opposite;
    let ordered = strikes[0] < strikes[1] && strikes[1] <= strikes[2] && strikes[2] < strikes[3];
    let sided = rights == [Right::Put, Right::Put, Right::Call, Right::Call].map(Some);
    (one_series && matched && ordered && sided).then_some((order, quantity))
}

/// An exact integer key of a contract's strike; 0 for a future.
fn strike_key(contract: Contract) -> u32 {
    match contract {
        Contract::Option { strike, .. } => strike.thousandths(),
        Contract::Future { .. } => 0,
    }
}

/// Loose legs sorted into condors and the rest; numbers are places in the slice given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CondorGroups {
    /// Each condor's legs by ascending strike: long put, short put, short call, long call.
    pub condors: Vec<[usize; 4]>,
    /// Legs that belong to no condor, in their order.
    pub other: Vec<usize>,
}

/// Groups loose legs into short iron condors by root, expiry and equal quantity.
///
/// Four neighbouring legs that form a condor are taken as one, as long as that costs no condor; legs
/// that remain are paired into verticals in order of strike (nearest strikes first when one side has
/// legs to spare), and the lowest put vertical goes with the highest call vertical. Only legs on the
/// S&P 500 are grouped, and a leg is never split.
pub fn group_condors(legs: &[Leg]) -> CondorGroups {
    let as_listed = grouped_after(legs, neighbouring_condors(legs));
    let by_strike = grouped_after(legs, Vec::new());
    if by_strike.condors.len() > as_listed.condors.len() {
        by_strike
    } else {
        as_listed
    }
}

/// Pairs the legs that are in none of the condors found so far.
fn grouped_after(legs: &[Leg], mut condors: Vec<[usize; 4]>) -> CondorGroups {
    let mut free = vec![true; legs.len()];
    mark_used(&mut free, &condors);
    let mut series: BTreeMap<(Root, Date, u32), Vec<usize>> = BTreeMap::new();
    for (index, leg) in legs.iter().enumerate() {
        if free[index] && groupable(leg) {
            let (root, expiry) = (leg.contract.root(), leg.contract.expiry());
            let key = (root, expiry, leg.quantity.unsigned_abs());
            series.entry(key).or_default().push(index);
        }
    }
    for members in series.values() {
        condors.extend(paired_condors(legs, members));
    }
    mark_used(&mut free, &condors);
    condors.sort_by_key(|condor| condor.iter().copied().min());
    let other = (0..legs.len()).filter(|index| free[*index]).collect();
    CondorGroups { condors, other }
}

/// Takes the legs of condors out of the free ones.
fn mark_used(free: &mut [bool], condors: &[[usize; 4]]) {
    for index in condors.iter().flatten() {
        free[*index] = false;
    }
}

/// Whether a leg may be part of a condor: an option on the S&P 500.
fn groupable(leg: &Leg) -> bool {
    leg.contract.root().is_option() && leg.contract.underlying() == Underlying::Spx
}

/// Runs of four legs that are a condor as they stand.
fn neighbouring_condors(legs: &[Leg]) -> Vec<[usize; 4]> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(window) = legs.get(start..start + 4) {
        match short_condor(window) {
            Some(order) if window.iter().all(groupable) => {
                found.push(order.map(|index| index + start));
                start += 4;
            }
            Some(_) | None => start += 1,
        }
    }
    found
}

/// The legs of a short condor by ascending strike.
fn short_condor(legs: &[Leg]) -> Option<[usize; 4]> {
    condor_shape(legs)
        .filter(|(_, quantity)| *quantity < 0)
        .map(|(order, _)| order)
}

/// Condors from the legs of one root, expiry and quantity.
fn paired_condors(legs: &[Leg], members: &[usize]) -> Vec<[usize; 4]> {
    let puts = verticals(legs, members, Right::Put);
    let mut calls = verticals(legs, members, Right::Call);
    calls.reverse();
    puts.into_iter()
        .zip(calls)
        .map(|(put, call)| [put.0, put.1, call.1, call.0])
        .filter(|condor| short_condor(&condor.map(|index| legs[index])).is_some())
        .collect()
}

/// Short verticals as (long, short) places, by ascending short strike.
fn verticals(legs: &[Leg], members: &[usize], right: Right) -> Vec<(usize, usize)> {
    let side = |long: bool| {
        let mut side: Vec<usize> = members
            .iter()
            .copied()
            .filter(|index| legs[*index].contract.right() == Some(right))
            .filter(|index| (legs[*index].quantity > 0) == long)
            .collect();
        side.sort_by_key(|index| strike_key(legs[*index].contract));
        side
    };
    let (mut longs, shorts) = (side(true), side(false));
    let key = |index: usize| strike_key(legs[index].contract);
    let protects = |long: usize, short: usize| match right {
        Right::Put => key(long) < key(short),
        Right::Call => key(long) > key(short),
    };
    if longs.len() == shorts.len() {
        return longs
            .into_iter()
            .zip(shorts)
            .filter(|(l, s)| protects(*l, *s))
            .collect();
    }
    let mut pairs = Vec::new();
    for short in shorts {
        let nearest = (0..longs.len())
            .filter(|place| protects(longs[*place], short))
            .min_by_key(|place| key(longs[*place]).abs_diff(key(short)));
        if let Some(place) = nearest {
            pairs.push((longs.remove(place), short));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn leg(strike: f64, right: Right, quantity: i32) -> Leg {
        let contract = Contract::option(Root::Spxw, date(2026, 8, 6), strike, right);
        Leg::new(contract.expect("valid"), quantity, 10.0).expect("valid")
    }

    fn condor(strikes: [f64; 4], contracts: i32) -> Vec<Leg> {
        vec![
            leg(strikes[0], Right::Put, contracts),
            leg(strikes[1], Right::Put, -contracts),
            leg(strikes[2], Right::Call, -contracts),
            leg(strikes[3], Right::Call, contracts),
        ]
    }

    #[test]
    fn reads_a_condor_in_any_order() {
        let mut legs = condor([5590.0, 5640.0, 6305.0, 6345.0], 10);
        legs.reverse();
        let view = CondorView::of(&legs).expect("a condor");
        assert_eq!(view.strikes(), [5590.0, 5640.0, 6305.0, 6345.0]);
        assert_eq!(view.legs().map(|leg| leg.index), [3, 2, 1, 0]);
        assert_eq!(
            (view.contracts, view.put_width, view.call_width, view.wider),
            (10, 50.0, 40.0, 50.0)
        );
    }

    #[test]
    fn credit_is_inner_less_outer() {
        let mut legs = condor([5590.0, 5640.0, 6305.0, 6355.0], 10);
        for (leg, price) in legs.iter_mut().zip([30.8, 35.7, 22.45, 15.25]) {
            leg.entry_price = price;
        }
        let view = CondorView::of(&legs).expect("a condor");
        assert!((view.credit_points() - 12.1).abs() < 1e-9);
        assert!((view.credit_usd() - 12_100.0).abs() < 1e-6);
    }

    #[test]
    fn refuses_what_is_no_short_condor() {
        let good = condor([5590.0, 5640.0, 6305.0, 6355.0], 10);
        assert!(
            CondorView::of(&condor([5590.0, 5640.0, 6305.0, 6355.0], -10)).is_none(),
            "bought"
        );
        assert!(
            CondorView::of(&condor([5590.0, 6400.0, 6305.0, 6500.0], 10)).is_none(),
            "crossed"
        );
        assert!(CondorView::of(&good[..3]).is_none());
        let mut uneven = good.clone();
        uneven[3].quantity = 9;
        assert!(CondorView::of(&uneven).is_none());
        let mut later = good.clone();
        later[0].contract = later[0].contract.with_expiry(date(2026, 8, 7));
        assert!(CondorView::of(&later).is_none());
        let butterfly = condor([5900.0, 6000.0, 6000.0, 6100.0], 1);
        assert!(
            CondorView::of(&butterfly).is_some(),
            "an iron butterfly is a condor"
        );
    }

    #[test]
    fn groups_two_condors_and_leaves_the_rest() {
        let mut legs = condor([5590.0, 5640.0, 6305.0, 6355.0], 10);
        legs.extend(condor([5500.0, 5550.0, 6400.0, 6450.0], 10));
        legs.push(leg(5000.0, Right::Put, 3));
        let groups = group_condors(&legs);
        assert_eq!(groups.condors, [[0, 1, 2, 3], [4, 5, 6, 7]]);
        assert_eq!(groups.other, [8]);
    }

    #[test]
    fn groups_shuffled_overlapping_condors() {
        let mut legs = condor([5590.0, 5640.0, 6305.0, 6355.0], 10);
        legs.extend(condor([5600.0, 5650.0, 6300.0, 6350.0], 10));
        let shuffled: Vec<Leg> = [0, 4, 7, 3, 1, 5, 2, 6].map(|index| legs[index]).to_vec();
        let groups = group_condors(&shuffled);
        assert_eq!(groups.condors.len(), 2);
        assert!(groups.other.is_empty());
        for condor in groups.condors {
            let view = CondorView::of(&condor.map(|index| shuffled[index])).expect("a condor");
            assert_eq!((view.put_width, view.call_width), (50.0, 50.0));
        }
    }

    #[test]
    fn a_spare_leg_does_not_break_the_condor() {
        let mut legs = vec![leg(5000.0, Right::Put, 10)];
        legs.extend(condor([5590.0, 5640.0, 6305.0, 6355.0], 10));
        let moved = legs.remove(2);
        legs.push(moved);
        let groups = group_condors(&legs);
        assert_eq!(groups.condors.len(), 1);
        assert_eq!(groups.other, [0], "the far put is the spare one");
    }

    #[test]
    fn vix_legs_are_never_grouped() {
        let legs: Vec<Leg> = condor([15.0, 16.0, 25.0, 30.0], 4)
            .into_iter()
            .map(|leg| {
                let (strike, right) = (leg.contract.strike(), leg.contract.right());
                let contract = Contract::option(
                    Root::Vix,
                    date(2026, 9, 16),
                    strike.expect("option"),
                    right.expect("option"),
                );
                Leg {
                    contract: contract.expect("valid"),
                    ..leg
                }
            })
            .collect();
        assert_eq!(group_condors(&legs).other, [0, 1, 2, 3]);
    }
}
