//! Which history the steps of a what-if went to: the draft's for the book, the real one for the rest.

/// One of the two histories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ledger {
    /// The draft book's.
    Draft,
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

    /// The draft's history began anew.
    pub fn forget_drafts(&mut self) {
        let is_real = |ledger: &Ledger| *ledger == Ledger::Real;
        self.done.retain(is_real);
        self.undone.retain(is_real);
    }
}

#[cfg(test)]
mod tests {
    use super::{Ledger, StepOrder};

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
}
