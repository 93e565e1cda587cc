//! What fills do together, and what to call it.

use std::collections::BTreeSet;

use super::fill::BrokerFill;
use super::grouping::legs_of;
use super::matching::{FillMatch, Origin};
use super::review::{Proposal, ReviewOptions};
use crate::instrument::{CondorView, Leg, Role, Structure, TradeAction, Underlying};

/// What fills do together; the file's own word, where it has one for all of them.
pub(super) fn action(fills: &[BrokerFill], matches: &[FillMatch], unit: &[usize]) -> TradeAction {
    let of = |place: &usize| &fills[*place];
    let said: BTreeSet<Option<TradeAction>> = unit.iter().map(|place| of(place).action).collect();
    if let (Some(Some(action)), 1) = (said.first(), said.len()) {
        return *action;
    }
    if unit.iter().all(|place| of(place).kind.is_settlement()) {
        return TradeAction::Settle;
    }
    let opening: BTreeSet<_> = unit
        .iter()
        .filter(|place| matches[**place].opened != 0)
        .map(|place| of(place).contract.right())
        .collect();
    let closing: BTreeSet<_> = unit
        .iter()
        .filter(|place| matches[**place].closes())
        .map(|place| of(place).contract.right())
        .collect();
    let vix = unit
        .iter()
        .all(|place| of(place).contract.underlying() == Underlying::Vix);
    match (opening.is_empty(), closing.is_empty()) {
        (false, true) if vix => TradeAction::Hedge,
        (_, true) => TradeAction::Open,
        (true, false) if unit.iter().any(|place| matches[*place].leaves_some) => TradeAction::Trim,
        (true, false) => TradeAction::Close,
        (false, false) if opening.is_disjoint(&closing) => TradeAction::Adjust,
        (false, false) => TradeAction::Roll,
    }
}

/// Name and role of the structure: of what is closed where there is one, else of what is opened.
pub(super) fn named<'a>(
    fills: &[BrokerFill],
    matches: &[FillMatch],
    unit: &[usize],
    before: &dyn Fn(usize) -> Option<&'a Proposal>,
    options: &ReviewOptions,
) -> (String, Role) {
    let opened: Vec<usize> = unit
        .iter()
        .copied()
        .filter(|place| matches[*place].opened != 0)
        .collect();
    let mut origins = unit
        .iter()
        .flat_map(|place| &matches[*place].closed)
        .map(|(origin, _)| origin);
    let origin = origins.find_map(|origin| match *origin {
        Origin::Fill(place) => {
            before(place).map(|proposal| (proposal.structure.clone(), proposal.role))
        }
        Origin::Held(place) => options
            .held
            .get(place)
            .map(|lot| (lot.name.clone(), lot.role)),
        Origin::Unknown => None,
    });
    let shown = if opened.is_empty() {
        unit
    } else {
        opened.as_slice()
    };
    let mut legs = legs_of(fills, shown);
    if opened.is_empty() {
        // what is closed was held the other way round
        for leg in &mut legs {
            leg.quantity = leg.quantity.saturating_neg();
        }
    }
    let own_name = structure_name(&legs);
    match origin {
        Some((name, role)) if opened.is_empty() => (name, role),
        Some((_, role)) if role != Role::Other => (own_name, role),
        Some(_) | None => (own_name, role_of(&legs, fills, shown, options)),
    }
}

fn role_of(legs: &[Leg], fills: &[BrokerFill], unit: &[usize], options: &ReviewOptions) -> Role {
    if CondorView::of(legs).is_some() {
        return Role::Condor;
    }
    let Some(first) = unit.first().map(|place| &fills[*place]) else {
        return Role::Other;
    };
    if first.contract.underlying() != Underlying::Vix {
        return Role::Other;
    }
    let days = (first.contract.expiry() - first.at.date()).get_days();
    let nearest = options
        .layer_days
        .iter()
        .min_by_key(|(_, target)| (target - days).abs());
    nearest.map_or(Role::Other, |(layer, _)| Role::Layer(*layer))
}

/// `Iron condor SPXW 6 Aug 26 5,590/5,640/6,305/6,355`, `Put vertical …`, a contract's own label, or the
/// number of legs.
pub(super) fn structure_name(legs: &[Leg]) -> String {
    let Some(first) = legs.first() else {
        return "Nothing".to_owned();
    };
    let mut strikes: Vec<_> = legs
        .iter()
        .filter_map(|leg| leg.contract.strike())
        .collect();
    strikes.sort_by(f64::total_cmp);
    let strikes: Vec<String> = strikes.iter().map(ToString::to_string).collect();
    let series = format!(
        "{} {}",
        first.contract.root(),
        first.contract.expiry().strftime("%-d %b %y")
    );
    let kind = match Structure::recognise(legs).map(|(structure, ..)| structure.code()) {
        Some("IC") if CondorView::of(legs).is_some() => "Iron condor",
        Some("IC") => "Reverse iron condor",
        Some("PV") => "Put vertical",
        Some("CV") => "Call vertical",
        Some(_) => return first.contract.label(),
        None => return format!("{} legs of {series}", legs.len()),
    };
    format!("{kind} {series} {}", strikes.join("/"))
}
