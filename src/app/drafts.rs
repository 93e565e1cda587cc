//! The differences between the book as held and its draft: what is traded, merged, realised.

use std::collections::BTreeSet;

use crate::document::Campaign;
use crate::instrument::{Contract, Leg, Position, PositionId, Role};
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
    if merged.role == Role::Condor && merged.condor().is_none() {
        merged.role = Role::Other;
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
            let price_points = now.market.price(&contract);
            found.push(Draft {
                position: id,
                name: name.clone(),
                contract,
                quantity,
                price_points,
                is_on: !off.contains(&(id, contract)),
                closes: had.signum() * quantity.signum() < 0,
                fees_usd: 0.0,
                realised_usd: realised_usd(held_position, (&contract, quantity), price_points),
            });
        }
    }
    set_fees(real, &mut found);
    found
}

/// The fee of each draft; those of one position that are on go as one order.
fn set_fees(real: &Campaign, drafts: &mut [Draft]) {
    let on: Vec<PositionId> = drafts
        .iter()
        .filter(|draft| draft.is_on)
        .map(|draft| draft.position)
        .collect();
    for draft in drafts {
        let together = on.iter().filter(|id| **id == draft.position).count() > 1;
        draft.fees_usd = real.settings.fees.fees_usd(
            &draft.contract,
            draft.price_points,
            draft.quantity,
            together,
        );
    }
}

/// Gain since entry of the contracts of a position that a trade closes.
fn realised_usd(
    held_position: Option<&Position>,
    (contract, quantity): (&Contract, i32),
    price_points: f64,
) -> f64 {
    let legs = held_position.map_or(&[][..], |position| &position.legs);
    let mut left = quantity;
    let mut gained = 0.0;
    for leg in legs.iter().filter(|leg| leg.contract == *contract) {
        if leg.quantity.signum() * left.signum() >= 0 {
            continue;
        }
        let closed = left.abs().min(leg.quantity.abs()) * leg.quantity.signum();
        gained += f64::from(closed) * contract.multiplier() * (price_points - leg.entry_price);
        left += closed;
    }
    gained
}

/// What the drafts that are on realise, by group: the gain since entry of the contracts they close.
pub(super) fn realised(real: &Campaign, drafts: &[Draft]) -> Vec<(Group, f64)> {
    drafts
        .iter()
        .filter(|draft| draft.is_on && draft.closes)
        .filter_map(|draft| {
            let position = real.position(draft.position)?;
            Some((group_of(position.role, &draft.contract), draft.realised_usd))
        })
        .collect()
}

/// A draft book on another real book: what the drafts left alone follows the real book.
pub(super) fn rebased(base: &[Position], draft: &[Position], real: &[Position]) -> Vec<Position> {
    let of = |list: &[Position], id| -> Option<Position> {
        list.iter().find(|position| position.id == id).cloned()
    };
    let mut ids: Vec<PositionId> = real.iter().map(|position| position.id).collect();
    let more = draft.iter().map(|position| position.id);
    ids.extend(more.filter(|id| of(real, *id).is_none()));
    ids.into_iter()
        .filter_map(|id| {
            let (was, drafted) = (of(base, id), of(draft, id));
            if was == drafted {
                of(real, id)
            } else {
                drafted
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::rebased;
    use crate::app::sample_campaign;
    use crate::instrument::PositionId;

    #[test]
    fn drafts_stay_and_the_rest_follows_the_book() {
        let base = sample_campaign().positions;
        let mut draft = base.clone();
        draft[0].name = "drafted".to_owned();
        draft.retain(|position| position.id != PositionId(4));
        let mut real = base.clone();
        real[0].name = "renamed".to_owned();
        real[1].name = "renamed".to_owned();
        real.retain(|position| position.id != PositionId(3));
        let found = rebased(&base, &draft, &real);
        let names: Vec<(u64, &str)> = found
            .iter()
            .map(|position| (position.id.0, position.name.as_str()))
            .collect();
        assert_eq!(names, [(1, "drafted"), (2, "renamed")]);
    }
}
