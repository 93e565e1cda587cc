//! Which history the steps of a what-if went to: the draft's for the book, the scenario's for what is
//! assumed, the real one for the rest.

use crate::risk::what_if::WhatIfScenario;

/// One of the three histories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ledger {
    /// The draft book's.
    Draft,
    /// The scenario's.
    Scenario,
    /// The real campaign's.
    Real,
}

/// The steps since the what-if began, so that undo takes them back in the order in which they were done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepOrder {
    done: Vec<Ledger>,
    undone: Vec<Ledger>,
}

impl StepOrder {
    /// A step was done; what was undone before can no longer be done again.
    pub fn did(&mut self, ledger: Ledger) {
        self.done.push(ledger);
        self.undone.clear();
    }

    /// Where the step stands that undo would take back.
    pub fn next_undo(&self) -> Option<Ledger> {
        self.done.last().copied()
    }

    /// Where the step stands that redo would do again.
    pub fn next_redo(&self) -> Option<Ledger> {
        self.undone.last().copied()
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Option<Ledger> {
        let ledger = self.done.pop()?;
        self.undone.push(ledger);
        Some(ledger)
    }

    /// Does the step undone last again.
    pub fn redo(&mut self) -> Option<Ledger> {
        let ledger = self.undone.pop()?;
        self.done.push(ledger);
        Some(ledger)
    }

    /// The draft's history and the scenario's began anew.
    pub fn forget_drafts(&mut self) {
        let is_real = |ledger: &Ledger| *ledger == Ledger::Real;
        self.done.retain(is_real);
        self.undone.retain(is_real);
    }
}

/// One move of the scenario: what was assumed before it and after it.
#[derive(Clone, Debug, PartialEq)]
struct Move {
    before: WhatIfScenario,
    after: WhatIfScenario,
}

impl Move {
    /// What moved, for undo and redo.
    fn label(&self) -> &'static str {
        let (before, after) = (&self.before, &self.after);
        let moved = [
            (before.spx.to_bits() != after.spx.to_bits(), "assume SPX"),
            (before.vix != after.vix, "assume VIX"),
            (before.days != after.days, "assume another day"),
            (
                before.vol_points != after.vol_points || before.vol_shifts != after.vol_shifts,
                "shift vols",
            ),
            (before.rate != after.rate, "assume a rate"),
        ];
        let mut labels = moved.iter().filter(|(is_moved, _)| *is_moved);
        match (labels.next(), labels.next()) {
            (Some((_, only)), None) => only,
            (Some(_) | None, _) => "change scenario",
        }
    }
}

/// Moves of the scenario since the what-if began. All moves of one gesture are one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScenarioSteps {
    done: Vec<Move>,
    undone: Vec<Move>,
    /// What was assumed when the gesture under way began.
    begun: Option<WhatIfScenario>,
}

impl ScenarioSteps {
    /// A move is about to be made from here; within a gesture the first one counts.
    pub fn begin(&mut self, from: &WhatIfScenario) {
        self.begun.get_or_insert_with(|| from.clone());
    }

    /// The gesture ended here. Returns whether that makes a step.
    pub fn settle(&mut self, at: &WhatIfScenario) -> bool {
        let Some(before) = self.begun.take().filter(|before| before != at) else {
            return false;
        };
        self.undone.clear();
        self.done.push(Move {
            before,
            after: at.clone(),
        });
        true
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&'static str> {
        self.done.last().map(Move::label)
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&'static str> {
        self.undone.last().map(Move::label)
    }

    /// Takes the last move back; returns what is assumed then.
    pub fn undo(&mut self) -> Option<WhatIfScenario> {
        let last = self.done.pop()?;
        let before = last.before.clone();
        self.undone.push(last);
        Some(before)
    }

    /// Makes the move undone last again; returns what is assumed then.
    pub fn redo(&mut self) -> Option<WhatIfScenario> {
        let last = self.undone.pop()?;
        let after = last.after.clone();
        self.done.push(last);
        Some(after)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ledger, ScenarioSteps, StepOrder};
    use crate::risk::what_if::WhatIfScenario;

    #[test]
    fn steps_come_back_in_the_order_in_which_they_were_done() {
        let mut order = StepOrder::default();
        for ledger in [Ledger::Draft, Ledger::Real, Ledger::Draft] {
            order.did(ledger);
        }
        assert_eq!(order.undo(), Some(Ledger::Draft));
        assert_eq!(order.undo(), Some(Ledger::Real));
        assert_eq!(order.next_redo(), Some(Ledger::Real));
        assert_eq!(order.redo(), Some(Ledger::Real));
        order.did(Ledger::Real);
        assert_eq!(order.redo(), None, "a new step ends redo");
        order.forget_drafts();
        assert_eq!(
            (order.undo(), order.undo()),
            (Some(Ledger::Real), Some(Ledger::Real))
        );
        assert_eq!(order.next_undo(), None);
    }

    #[test]
    fn moves_of_one_gesture_are_one_step_and_a_way_there_and_back_is_none() {
        let at = WhatIfScenario::today;
        let mut steps = ScenarioSteps::default();
        steps.begin(&at(6000.0));
        steps.begin(&at(5990.0));
        assert!(steps.settle(&at(5900.0)));
        assert!(!steps.settle(&at(5900.0)), "nothing was begun since");
        steps.begin(&at(5900.0));
        assert!(!steps.settle(&at(5900.0)), "back where it began");
        assert_eq!(steps.undo_label(), Some("assume SPX"));
        assert_eq!(steps.undo(), Some(at(6000.0)));
        assert_eq!(steps.redo_label(), Some("assume SPX"));
        assert_eq!(steps.redo(), Some(at(5900.0)));
        steps.undo();
        let wide = WhatIfScenario {
            vix: Some(30.0),
            days: 7,
            ..at(6000.0)
        };
        steps.begin(&at(6000.0));
        assert!(steps.settle(&wide));
        assert_eq!(steps.undo_label(), Some("change scenario"));
        assert_eq!(steps.redo(), None, "a new move ends redo");
    }
}
