//! Fills that belong together: of one order, of one moment, or of orders that make one action.

use std::collections::BTreeSet;

use super::fill::BrokerFill;
use super::matching::{FillMatch, Origin};
use super::review::{HeldLot, ReviewOptions};
use crate::instrument::{CondorView, Leg, Right, Underlying};

/// How many groups back a fill looks for its own: orders that are filled over days are found, and long
/// files stay quick.
const REACH: usize = 200;

/// Places of fills that are one action.
pub(super) type Unit = Vec<usize>;

/// What grouping looks at.
pub(super) struct Grouping<'a> {
    pub fills: &'a [BrokerFill],
    pub matches: &'a [FillMatch],
    /// For every fill whether it is known already: known and new ones are never in one action.
    pub known: &'a [bool],
    pub options: &'a ReviewOptions,
}

impl Grouping<'_> {
    /// All fills in groups, by time of their first.
    pub(super) fn units(&self) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for place in 0..self.fills.len() {
            let home = units
                .iter_mut()
                .rev()
                .take(REACH)
                .find(|unit| self.same_order(unit, place));
            match home {
                Some(unit) => unit.push(place),
                None => units.push(vec![place]),
            }
        }
        let units: Vec<Unit> = units
            .into_iter()
            .flat_map(|unit| self.apart_by_expiry(unit))
            .collect();
        let units = self.merge(units, |a, b| self.completes_condor(a, b));
        let units = self.gather_condors(units);
        let units = self.merge(units, |a, b| self.closes_same(a, b));
        let units = self.merge(units, |a, b| self.is_roll(a, b));
        let units = self.settlements_apart(units);
        let mut units: Vec<Unit> = units
            .into_iter()
            .flat_map(|unit| self.apart_by_campaign(unit))
            .collect();
        for unit in &mut units {
            unit.sort_unstable();
        }
        units.sort();
        units
    }

    /// Settlements of one day, by the structure that ends: what was rolled counts as what it was.
    fn settlements_apart(&self, mut units: Vec<Unit>) -> Vec<Unit> {
        for unit in &mut units {
            unit.sort_unstable();
        }
        units.sort();
        let mut roots: Vec<Option<usize>> = vec![None; self.fills.len()];
        let mut found = Vec::new();
        for (number, unit) in units.into_iter().enumerate() {
            let origin = |place: &usize| {
                self.matches[*place]
                    .closed
                    .first()
                    .map(|(origin, _)| *origin)
            };
            let root = |place: &usize| match origin(place) {
                Some(Origin::Fill(from)) => roots.get(from).copied().flatten(),
                // what is held counts behind everything that the file opens
                Some(Origin::Held(lot)) => self.position_of(lot).map(|of| self.fills.len() + of),
                Some(Origin::Unknown) | None => None,
            };
            if self.settles(&unit) {
                let of: Vec<Option<usize>> = unit.iter().map(root).collect();
                let kinds: BTreeSet<Option<usize>> = of.iter().copied().collect();
                let pairs = || unit.iter().zip(&of);
                found.extend(kinds.into_iter().map(|kind| {
                    pairs()
                        .filter(|(_, of)| **of == kind)
                        .map(|(place, _)| *place)
                        .collect::<Unit>()
                }));
            } else {
                let own = unit.iter().find_map(root).unwrap_or(number);
                for place in &unit {
                    roots[*place] = Some(own);
                }
                found.push(unit);
            }
        }
        found
    }

    /// The first lot of the same position and campaign as a lot that is held.
    fn position_of(&self, lot: usize) -> Option<usize> {
        let held = &self.options.held;
        let own = held.get(lot)?;
        let is_same = |lot: &HeldLot| lot.campaign == own.campaign && lot.position == own.position;
        held.iter().position(is_same)
    }

    /// What closes contracts of several campaigns, by campaign; what closes none of them stays with the first.
    fn apart_by_campaign(&self, unit: Unit) -> Vec<Unit> {
        let of = |place: &usize| {
            let mut closed = self.matches[*place].closed.iter();
            closed.find_map(|(origin, _)| match origin {
                Origin::Held(lot) => self.options.held.get(*lot)?.campaign.as_deref(),
                Origin::Fill(_) | Origin::Unknown => None,
            })
        };
        let mut parts: Vec<(Option<&str>, Unit)> = Vec::new();
        let first = unit.iter().find_map(of);
        for place in unit {
            let whose = of(&place).or(first);
            match parts.iter_mut().find(|(known, _)| *known == whose) {
                Some((_, part)) => part.push(place),
                None => parts.push((whose, vec![place])),
            }
        }
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// Whether a fill belongs to the order or the moment of a unit.
    fn same_order(&self, unit: &Unit, place: usize) -> bool {
        let Some(first) = unit.first().copied() else {
            return false;
        };
        let (a, b) = (&self.fills[first], &self.fills[place]);
        if !self.may_join(first, place) || a.kind.is_settlement() != b.kind.is_settlement() {
            return false;
        }
        if a.kind.is_settlement() {
            return a.at.date() == b.at.date() && a.contract.expiry() == b.contract.expiry();
        }
        match (&a.order, &b.order, a.group, b.group) {
            (Some(a), Some(b), _, _) => a == b,
            (None, None, Some(a), Some(b)) => a == b,
            (None, None, None, None) => {
                self.seconds_apart(unit, place) <= self.options.window_seconds
            }
            _ => false,
        }
    }

    /// Whether two fills may be in one action at all.
    fn may_join(&self, a: usize, b: usize) -> bool {
        let (first, second) = (&self.fills[a], &self.fills[b]);
        self.known[a] == self.known[b]
            && first.contract.underlying() == second.contract.underlying()
            && first.trade_id == second.trade_id
            && first.action == second.action
    }

    fn seconds_apart(&self, unit: &Unit, place: usize) -> i64 {
        let at = self.fills[place].at;
        let apart = |other: &usize| self.fills[*other].at.duration_until(at).as_secs().abs();
        unit.iter().map(apart).min().unwrap_or(i64::MAX)
    }

    /// VIX legs of several expiries that are opened together are several layers.
    fn apart_by_expiry(&self, unit: Unit) -> Vec<Unit> {
        let vix = |place: &usize| self.fills[*place].contract.underlying() == Underlying::Vix;
        if !self.opens_only(&unit) || !unit.iter().all(vix) {
            return vec![unit];
        }
        let expiry = |place: &usize| self.fills[*place].contract.expiry();
        let expiries: BTreeSet<_> = unit.iter().map(expiry).collect();
        let of = |day| {
            unit.iter()
                .copied()
                .filter(|place| expiry(place) == day)
                .collect()
        };
        expiries.into_iter().map(of).collect()
    }

    /// Joins pairs of units, each with the first later one that fits.
    fn merge(&self, units: Vec<Unit>, fits: impl Fn(&Unit, &Unit) -> bool) -> Vec<Unit> {
        let mut merged: Vec<Unit> = Vec::new();
        for unit in units {
            let from = merged.len().saturating_sub(REACH);
            let home = merged[from..]
                .iter_mut()
                .find(|earlier| self.near(earlier, &unit) && fits(earlier, &unit));
            match home {
                Some(earlier) => earlier.extend(unit),
                None => merged.push(unit),
            }
        }
        merged
    }

    /// Whether two units are of the same kind of thing, and within the window of merging.
    fn near(&self, a: &Unit, b: &Unit) -> bool {
        let (Some(first), Some(second)) = (a.first(), b.first()) else {
            return false;
        };
        let apart = b.iter().map(|place| self.seconds_apart(a, *place)).min();
        self.may_join(*first, *second)
            && !self.settles(a)
            && !self.settles(b)
            && apart.is_some_and(|seconds| seconds <= self.options.merge_seconds)
    }

    fn settles(&self, unit: &Unit) -> bool {
        unit.iter()
            .any(|place| self.fills[*place].kind.is_settlement())
    }

    fn opens_only(&self, unit: &Unit) -> bool {
        unit.iter().all(|place| !self.matches[*place].closes())
    }

    fn closes_only(&self, unit: &Unit) -> bool {
        unit.iter().all(|place| self.matches[*place].opened == 0)
    }

    fn is_condor(&self, unit: &Unit) -> bool {
        CondorView::of(&legs_of(self.fills, unit)).is_some()
    }

    fn completes_condor(&self, a: &Unit, b: &Unit) -> bool {
        let both: Unit = a.iter().chain(b).copied().collect();
        self.opens_only(a)
            && self.opens_only(b)
            && !self.is_condor(a)
            && !self.is_condor(b)
            && self.is_condor(&both)
    }

    /// Condors that were opened in more than two orders.
    fn gather_condors(&self, mut units: Vec<Unit>) -> Vec<Unit> {
        let mut start = 0;
        while start < units.len() {
            let first = &units[start];
            let near: Vec<usize> = (start..units.len().min(start + REACH))
                .filter(|other| {
                    let unit = &units[*other];
                    self.opens_only(unit)
                        && !self.is_condor(unit)
                        && (*other == start || self.near(first, unit))
                })
                .take(4)
                .collect();
            let all: Unit = near
                .iter()
                .flat_map(|other| units[*other].clone())
                .collect();
            if near.len() > 2 && near.first() == Some(&start) && self.is_condor(&all) {
                for other in near.iter().rev() {
                    units.remove(*other);
                }
                units.insert(start, all);
            }
            start += 1;
        }
        units
    }

    fn origins(&self, unit: &Unit) -> BTreeSet<Origin> {
        let closed = unit.iter().flat_map(|place| &self.matches[*place].closed);
        closed.map(|(origin, _)| *origin).collect()
    }

    /// Two orders that close what was opened together.
    fn closes_same(&self, a: &Unit, b: &Unit) -> bool {
        if !self.closes_only(a) || !self.closes_only(b) {
            return false;
        }
        let moment = |origin: &Origin| match *origin {
            Origin::Fill(place) => {
                let fill = &self.fills[place];
                Some((0, fill.at.to_string(), fill.contract.expiry()))
            }
            Origin::Held(place) => {
                let lot = self.options.held.get(place)?;
                let whose = lot.campaign.as_deref().unwrap_or_default();
                Some((1, format!("{whose} {}", lot.name), lot.contract.expiry()))
            }
            Origin::Unknown => None,
        };
        let (a, b) = (self.origins(a), self.origins(b));
        let opened_near = |x: &Origin, y: &Origin| match (x, y) {
            (Origin::Fill(x), Origin::Fill(y)) => {
                let (x, y) = (&self.fills[*x], &self.fills[*y]);
                x.contract.expiry() == y.contract.expiry()
                    && x.at.duration_until(y.at).as_secs().abs() <= self.options.merge_seconds
            }
            _ => moment(x).is_some() && moment(x) == moment(y),
        };
        a.iter().any(|x| b.iter().any(|y| opened_near(x, y)))
    }

    /// One order that closes and another that opens the same side elsewhere.
    fn is_roll(&self, a: &Unit, b: &Unit) -> bool {
        let moves = |closing: &Unit, opening: &Unit| {
            self.closes_only(closing)
                && self.opens_only(opening)
                && self.sides(closing) == self.sides(opening)
                && self.lots(closing) == self.lots(opening)
        };
        moves(a, b) || moves(b, a)
    }

    /// Which sides a unit trades: puts, calls, futures.
    fn sides(&self, unit: &Unit) -> BTreeSet<Option<Right>> {
        unit.iter()
            .map(|place| self.fills[*place].contract.right())
            .collect()
    }

    /// Contracts of a unit, bought and sold alike.
    fn lots(&self, unit: &Unit) -> u64 {
        unit.iter()
            .map(|place| u64::from(self.fills[*place].quantity.unsigned_abs()))
            .sum()
    }
}

/// The legs that fills make together: one per contract at the average price.
pub(super) fn legs_of(fills: &[BrokerFill], unit: &[usize]) -> Vec<Leg> {
    let mut legs: Vec<Leg> = Vec::new();
    for fill in unit.iter().filter_map(|place| fills.get(*place)) {
        match legs.iter_mut().find(|leg| leg.contract == fill.contract) {
            Some(leg) => {
                let (had, more) = (f64::from(leg.quantity), f64::from(fill.quantity));
                if had + more != 0.0 {
                    leg.entry_price =
                        ((had * leg.entry_price + more * fill.price) / (had + more)).abs();
                }
                leg.quantity = leg.quantity.saturating_add(fill.quantity);
            }
            None => legs.push(Leg {
                contract: fill.contract,
                quantity: fill.quantity,
                entry_price: fill.price,
                fees_usd: 0.0,
            }),
        }
    }
    legs.retain(|leg| leg.quantity != 0);
    legs
}
