//! What an edit of the book as shown makes of the draft: trades that are off stay, new legs are entered now.

use std::collections::BTreeSet;

use super::drafts::held;
use crate::document::{Campaign, Command};
use crate::instrument::{Contract, Leg, Position, PositionId, Role};
use crate::market::Market;

/// The books and markets that an edit in a what-if stands between.
pub(super) struct DraftEdit<'a> {
    /// The book as held.
    pub real: &'a Campaign,
    /// The draft book, the trades that are off included.
    pub draft: &'a Campaign,
    /// The market at the scenario, in which panels price; `None` before the first valuation.
    pub then: Option<&'a Market>,
    /// The market now.
    pub now: &'a Market,
}

impl DraftEdit<'_> {
    /// The command for the draft book; `off` loses the trades that the edit switches on or removes.
    pub fn of(&self, command: Command, off: &mut BTreeSet<(PositionId, Contract)>) -> Command {
        if let Command::AddPosition(position) = command {
            return Command::AddPosition(self.entered(position, None));
        }
        if let Command::ReplacePosition { id, position } = command {
            let books = (self.real.position(id), self.draft.position(id));
            let position = Position { id, ..position };
            let position = self.entered(position, books.1.or(books.0));
            return Command::ReplacePosition {
                id,
                position: with_trades_that_are_off(books, position, off),
            };
        }
        if let Command::Batch(commands) = command {
            let each = commands.into_iter().map(|command| self.of(command, off));
            return Command::Batch(each.collect());
        }
        if let Command::RemovePosition { id } = &command {
            off.retain(|(position, _)| position != id);
        }
        command
    }

    fn entered(&self, position: Position, known: Option<&Position>) -> Position {
        match self.then {
            Some(then) => entered_now(position, known, (then, self.now)),
            None => position,
        }
    }
}

/// An edit of the book as shown, with the draft trades that are off put back: they were out of sight, not
/// taken back. A contract that the edit itself trades is switched on again.
fn with_trades_that_are_off(
    (held_position, drafted): (Option<&Position>, Option<&Position>),
    mut edited: Position,
    off: &mut BTreeSet<(PositionId, Contract)>,
) -> Position {
    let id = edited.id;
    let hidden: Vec<Contract> = off
        .iter()
        .filter(|(position, _)| *position == id)
        .map(|(_, contract)| *contract)
        .collect();
    for contract in hidden {
        let had = held(held_position, &contract);
        if held(Some(&edited), &contract) != had {
            off.remove(&(id, contract));
            continue;
        }
        let wanted = held(drafted, &contract);
        if wanted == had {
            continue;
        }
        let source = if wanted == 0 { None } else { drafted };
        let put_back = source
            .and_then(|position| position.legs.iter().find(|leg| leg.contract == contract))
            .map(|leg| Leg {
                quantity: wanted,
                ..*leg
            });
        let place = edited.legs.iter().position(|leg| leg.contract == contract);
        edited.legs.retain(|leg| leg.contract != contract);
        if let Some(leg) = put_back {
            let place = place.unwrap_or(edited.legs.len()).min(edited.legs.len());
            edited.legs.insert(place, leg);
        }
    }
    let is_condor = edited.condor().is_some();
    if edited.role == Role::Condor && !is_condor {
        edited.role = Role::Other;
    } else if edited.role == Role::Other
        && is_condor
        && drafted.is_some_and(|position| position.role == Role::Condor)
    {
        edited.role = Role::Condor;
    }
    edited
}

/// A position whose new legs are entered at today's prices: a draft is traded now, and the scenario comes
/// after it. Only what stands at the scenario's own model price is entered anew; a typed price stays.
fn entered_now(
    mut position: Position,
    known: Option<&Position>,
    (then, now): (&Market, &Market),
) -> Position {
    for leg in &mut position.legs {
        let is_known = known.is_some_and(|known| {
            known
                .legs
                .iter()
                .any(|other| (other.contract, other.entry_price) == (leg.contract, leg.entry_price))
        });
        if !is_known && (leg.entry_price - then.price(&leg.contract)).abs() < 1e-6 {
            leg.entry_price = now.price(&leg.contract);
        }
    }
    position
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::DraftEdit;
    use crate::app::sample_campaign;
    use crate::document::{Account, Campaign, Command};
    use crate::instrument::{Contract, Position, Role};
    use crate::policy::RulePack;
    use crate::risk::what_if::{WhatIfScenario, what_if_marks};
    use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

    fn valued(campaign: &Campaign) -> Valuation {
        let account = Account::default();
        let inputs = Inputs {
            pack: RulePack::alvh(),
            account: &account,
            slopes: Err(VegaSlopesError::NoHistory),
        };
        Valuation::of(campaign, inputs, &mut MarketCache::default())
    }

    fn at(position: &Position, leg: usize, strike: f64) -> (Position, Contract) {
        let mut next = position.clone();
        let contract = next.legs[leg].contract.with_strike(strike);
        next.legs[leg].contract = contract.expect("a strike");
        (next.clone(), next.legs[leg].contract)
    }

    fn replaced(command: Command) -> Position {
        let position = if let Command::ReplacePosition { position, .. } = command {
            Some(position)
        } else {
            None
        };
        position.expect("a replacement stays one")
    }

    #[test]
    fn a_leg_priced_at_the_scenario_is_entered_at_today_s_price() {
        let real = sample_campaign();
        let valuation = valued(&real);
        let scenario = WhatIfScenario::today(6400.0);
        let fallen = Campaign {
            marks: what_if_marks(&valuation.book, &real.marks, &scenario),
            ..real.clone()
        };
        let (then, now) = (valued(&fallen).market, valuation.market);
        let edit = DraftEdit {
            real: &real,
            draft: &real,
            then: Some(&then),
            now: &now,
        };
        let (mut moved, contract) = at(&real.positions[0], 2, 7100.0);
        moved.legs[2].entry_price = then.price(&contract);
        let replace = |position: &Position| Command::ReplacePosition {
            id: position.id,
            position: position.clone(),
        };
        let entered = replaced(edit.of(replace(&moved), &mut BTreeSet::new()));
        assert!((entered.legs[2].entry_price - now.price(&contract)).abs() < 1e-9);
        assert!((now.price(&contract) - then.price(&contract)).abs() > 1.0);
        assert_eq!(entered.legs[1], moved.legs[1], "held legs stay as entered");
        moved.legs[2].entry_price = 20.0;
        let typed = replaced(edit.of(replace(&moved), &mut BTreeSet::new()));
        assert_eq!(typed.legs[2].entry_price, 20.0, "a typed price stays");
    }

    #[test]
    fn trades_that_are_off_survive_an_edit_of_what_is_shown() {
        let real = sample_campaign();
        let now = valued(&real).market;
        let condor = &real.positions[0];
        let (drafted, new) = at(condor, 2, 7080.0);
        let old = condor.legs[2].contract;
        let mut draft = real.clone();
        draft.positions[0] = drafted;
        let edit = DraftEdit {
            real: &real,
            draft: &draft,
            then: None,
            now: &now,
        };
        let mut off: BTreeSet<_> = [(condor.id, old), (condor.id, new)].into();
        // both halves of the move are off: the book is shown as held, and its long put is moved
        let (shown, put) = at(condor, 0, 6200.0);
        let made = replaced(edit.of(
            Command::ReplacePosition {
                id: condor.id,
                position: shown,
            },
            &mut off,
        ));
        let contracts: Vec<Contract> = made.legs.iter().map(|leg| leg.contract).collect();
        assert!(contracts.contains(&put) && contracts.contains(&new));
        assert!(!contracts.contains(&old), "the close is still a draft");
        assert_eq!((made.role, off.len()), (Role::Condor, 2));
        // the edit itself trades the contract that was off: its switch goes
        let (shown, _) = at(condor, 2, 7080.0);
        edit.of(
            Command::ReplacePosition {
                id: condor.id,
                position: shown,
            },
            &mut off,
        );
        assert_eq!(off.len(), 0);
    }
}
