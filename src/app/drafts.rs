//! The differences between the book as held and its draft: what is traded, merged, realised.

use std::collections::BTreeSet;

use crate::document::Campaign;
use crate::instrument::{Contract, Leg, Position, PositionId};
use crate::risk::book::{Group, group_of};
use crate::risk::what_if::WhatIfScenario;
use crate::ui::format;
use crate::ui::what_if::Draft;
use crate::valuation::Valuation;

/// A few words on what a what-if holds.
pub(super) fn snapshot_name(scenario: &WhatIfScenario, drafts: &[Draft]) -> String {
    let on: Vec<&Draft> = drafts.iter().filter(|draft| draft.is_on).collect();
    let trades = match on.as_slice() {
        [] => "as held".to_owned(),
        [only] => format!("{:+} {}", only.quantity, only.contract.short_label()),
        several => format!("{} trades", several.len()),
    };
    format!("{trades} at {}", format::fixed(scenario.spx, 0))
}

pub(super) fn position_ids(real: &Campaign, draft: &Campaign) -> Vec<PositionId> {
    let mut ids: Vec<PositionId> = real.positions.iter().map(|position| position.id).collect();
    ids.extend(
        draft
            .positions
            .iter()
            .map(|position| position.id)
            .filter(|id| real.position(*id).is_none()),
    );
    ids
}

pub(super) fn held(position: Option<&Position>, contract: &Contract) -> i32 {
    let legs = position.map_or(&[][..], |position| &position.legs);
    legs.iter()
        .filter(|leg| leg.contract == *contract)
        .map(|leg| leg.quantity)
        .sum()
}

pub(super) fn contracts(real: Option<&Position>, draft: Option<&Position>) -> Vec<Contract> {
    let mut found: Vec<Contract> = Vec::new();
    for leg in [real, draft]
        .into_iter()
        .flatten()
        .flat_map(|position| &position.legs)
    {
        if !found.contains(&leg.contract) {
            found.push(leg.contract);
        }
    }
    found
}

/// A position with the draft trades that are on; `None` when nothing is left of it.
pub(super) fn merged_position(
    real: &Campaign,
    draft: &Campaign,
    id: PositionId,
    off: &BTreeSet<(PositionId, Contract)>,
) -> Option<Position> {
    let (held_position, drafted) = (real.position(id), draft.position(id));
    if !off.iter().any(|(position, _)| *position == id) {
        return drafted.cloned();
    }
    let template = drafted.or(held_position)?;
    let legs: Vec<Leg> = contracts(held_position, drafted)
        .into_iter()
        .filter_map(|contract| {
            let is_off = off.contains(&(id, contract));
            let source = if is_off { held_position } else { drafted };
            let leg = source?.legs.iter().find(|leg| leg.contract == contract)?;
            Some(Leg {
                quantity: held(source, &contract),
                ..*leg
            })
        })
        .filter(|leg| leg.quantity != 0)
        .collect();
    if legs.is_empty() {
        return None;
    }
    let mut merged = Position {
        legs,
        ..template.clone()
    };
    if merged.role == crate::instrument::Role::Condor && merged.condor().is_none() {
        merged.role = crate::instrument::Role::Other;
    }
    Some(merged)
}

/// The differences between the book and the draft, priced now.
pub(super) fn drafts(
    real: &Campaign,
    draft: &Campaign,
    now: &Valuation,
    off: &BTreeSet<(PositionId, Contract)>,
) -> Vec<Draft> {
    let mut found = Vec::new();
    for id in position_ids(real, draft) {
        let (held_position, drafted) = (real.position(id), draft.position(id));
        let name = drafted
            .or(held_position)
            .map_or_else(String::new, |position| position.name.clone());
        for contract in contracts(held_position, drafted) {
            let had = held(held_position, &contract);
            let quantity = held(drafted, &contract) - had;
            if quantity == 0 {
                continue;
            }
            found.push(Draft {
                position: id,
                name: name.clone(),
                contract,
                quantity,
                price_points: now.market.price(&contract),
                is_on: !off.contains(&(id, contract)),
                closes: had.signum() * quantity.signum() < 0,
            });
        }
    }
    found
}

/// What the drafts that are on realise, by group: the gain since entry of the contracts they close.
pub(super) fn realised(real: &Campaign, drafts: &[Draft]) -> Vec<(Group, f64)> {
    drafts
        .iter()
        .filter(|draft| draft.is_on && draft.closes)
        .filter_map(|draft| {
            let position = real.position(draft.position)?;
            let leg = position
                .legs
                .iter()
                .find(|leg| leg.contract == draft.contract)?;
            let closed = draft.quantity.abs().min(leg.quantity.abs()) * leg.quantity.signum();
            let gain = f64::from(closed)
                * draft.contract.multiplier()
                * (draft.price_points - leg.entry_price);
            Some((group_of(position.role, &draft.contract), gain))
        })
        .collect()
}
