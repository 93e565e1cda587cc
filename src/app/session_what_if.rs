//! The session's part of the what-if: where an edit goes, undo over all histories, in, out and back again.

use std::sync::Arc;

use super::session::Session;
use super::step_order::Ledger;
use super::what_if::WhatIf;
use crate::document::{Campaign, Command, CommandError};
use crate::ui::WhatIfEdit;
use crate::valuation::Valuation;

impl Session {
    /// Whether a what-if is on.
    pub fn is_what_if(&self) -> bool {
        self.what_if.is_some()
    }

    /// The book of the what-if as it is shown, valued; `None` without one.
    pub(super) fn what_if_book(&self) -> Option<(&Campaign, &Valuation)> {
        let derived = self.what_if.as_ref()?.derived.as_ref()?;
        Some((&derived.campaign, &derived.valuation))
    }

    /// Which state of the what-if is shown: another one with every change of it.
    pub(super) fn what_if_stamp(&self) -> Option<&Arc<()>> {
        let what_if = self.what_if.as_ref()?;
        what_if.derived.as_ref().map(|_| &what_if.stamp)
    }

    /// Whether a what-if was discarded that can be brought back.
    pub fn can_restore_what_if(&self) -> bool {
        self.discarded.is_some()
    }

    /// Carries a command out in the draft when it changes the book in a what-if, else in the campaign.
    pub(super) fn carry_out(&mut self, command: Command) -> Result<(), CommandError> {
        let command = command.stamped(super::clock());
        match &mut self.what_if {
            Some(what_if) if WhatIf::takes(&command) => {
                let real = self.history.current();
                what_if.apply(command, real, &self.derived.valuation.market)
            }
            Some(_) | None => self.history.apply(command),
        }
    }

    /// Seals all histories, and remembers which of them a step went to.
    pub(super) fn seal(&mut self) {
        let is_real = self.history.seal();
        let Some(what_if) = &mut self.what_if else {
            return;
        };
        if what_if.moves.settle(&what_if.scenario) {
            what_if.order.did(Ledger::Scenario);
        }
        if what_if.history.seal() {
            what_if.order.did(Ledger::Draft);
        }
        if is_real {
            what_if.order.did(Ledger::Real);
        }
    }

    /// No hand moves anything: the moves of the scenario so far are one step.
    pub fn settle_scenario(&mut self) {
        if let Some(what_if) = &mut self.what_if
            && what_if.moves.settle(&what_if.scenario)
        {
            what_if.order.did(Ledger::Scenario);
        }
    }

    /// Gives the gesture under way up.
    pub fn cancel_gesture(&mut self) {
        self.before = None;
        self.history.cancel_gesture();
        if let Some(what_if) = &mut self.what_if {
            what_if.history.cancel_gesture();
        }
    }

    /// What undo would take back. In a what-if that is what was done since it began, on the drafts and on
    /// the rest.
    pub fn undo_label(&self) -> Option<&str> {
        match &self.what_if {
            None => self.history.undo_label(),
            Some(what_if) => match what_if.order.next_undo() {
                Some(Ledger::Real) => self.history.undo_label(),
                Some(Ledger::Scenario) => what_if.moves.undo_label(),
                Some(Ledger::Draft) | None => what_if.history.undo_label(),
            },
        }
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        match &self.what_if {
            None => self.history.redo_label(),
            Some(what_if) => match what_if.order.next_redo()? {
                Ledger::Real => self.history.redo_label(),
                Ledger::Scenario => what_if.moves.redo_label(),
                Ledger::Draft => what_if.history.redo_label(),
            },
        }
    }

    /// Undoes one step. Returns what was undone.
    pub fn undo(&mut self) -> Option<String> {
        self.end_gesture();
        let label = self.undo_label().map(str::to_owned)?;
        let history = match &mut self.what_if {
            None => &mut self.history,
            Some(what_if) => match what_if.order.undo()? {
                Ledger::Real => &mut self.history,
                Ledger::Scenario => {
                    what_if.scenario = what_if.moves.undo()?;
                    return Some(label);
                }
                Ledger::Draft => &mut what_if.history,
            },
        };
        history.undo().then_some(label)
    }

    /// Redoes one step. Returns what was done again.
    pub fn redo(&mut self) -> Option<String> {
        self.end_gesture();
        let label = self.redo_label().map(str::to_owned)?;
        let history = match &mut self.what_if {
            None => &mut self.history,
            Some(what_if) => match what_if.order.redo()? {
                Ledger::Real => &mut self.history,
                Ledger::Scenario => {
                    what_if.scenario = what_if.moves.redo()?;
                    return Some(label);
                }
                Ledger::Draft => &mut what_if.history,
            },
        };
        history.redo().then_some(label)
    }

    /// Changes the what-if, beginning one where the request asks for it.
    ///
    /// # Errors
    /// [`CommandError`] when drafts cannot be applied or taken back; the what-if stays as it is.
    pub fn change_what_if(&mut self, edit: WhatIfEdit) -> Result<(), CommandError> {
        match edit {
            WhatIfEdit::Discard => {
                self.discard_what_if();
            }
            WhatIfEdit::Apply => self.apply_what_if()?,
            WhatIfEdit::Enter => {
                self.what_if_or_new();
            }
            WhatIfEdit::Scenario(scenario) => {
                let what_if = self.what_if_or_new();
                what_if.moves.begin(&what_if.scenario);
                what_if.scenario = scenario;
            }
            WhatIfEdit::Switch(position, contract, is_on) => {
                self.what_if_or_new().switch(position, contract, is_on);
            }
            WhatIfEdit::Drop(position, contract) => {
                self.end_gesture();
                let real = Arc::clone(self.history.current());
                self.what_if_or_new()
                    .drop_draft(&real, position, contract)?;
                self.seal();
            }
            WhatIfEdit::TakeSnapshot => self.what_if_or_new().take_snapshot(),
            WhatIfEdit::DropSnapshot(index) => {
                let snapshots = &mut self.what_if_or_new().snapshots;
                if index < snapshots.len() {
                    snapshots.remove(index);
                }
            }
            WhatIfEdit::Restore(index) => self.what_if_or_new().restore(index),
        }
        Ok(())
    }

    /// Ends the what-if without applying anything. It is kept once, so that a slip loses nothing; returns
    /// whether it held anything worth that.
    pub fn discard_what_if(&mut self) -> bool {
        self.end_gesture();
        let Some(what_if) = self.what_if.take() else {
            return false;
        };
        let is_kept = what_if.holds_anything(self.history.current());
        if is_kept {
            self.discarded = Some(what_if);
        }
        is_kept
    }

    /// Brings back the what-if that was discarded last; one that is on takes its place in store. Returns
    /// whether there was one.
    pub fn restore_what_if(&mut self) -> bool {
        let Some(mut restored) = self.discarded.take() else {
            return false;
        };
        self.discard_what_if();
        restored.resume(self.history.current());
        self.what_if = Some(restored);
        true
    }

    /// How many drafts are on.
    pub fn drafts_on(&self) -> usize {
        let derived = self
            .what_if
            .as_ref()
            .and_then(|what_if| what_if.derived.as_ref());
        derived.map_or(0, |derived| {
            derived.drafts.iter().filter(|draft| draft.is_on).count()
        })
    }

    fn what_if_or_new(&mut self) -> &mut WhatIf {
        if self.what_if.is_none() {
            self.end_gesture();
        }
        let real = Arc::clone(self.history.current());
        self.what_if.get_or_insert_with(|| WhatIf::new(&real))
    }

    /// Makes the drafts that are on real, as one undo step; the scenario is never applied.
    fn apply_what_if(&mut self) -> Result<(), CommandError> {
        self.end_gesture();
        let Some(what_if) = &self.what_if else {
            return Ok(());
        };
        let commands = what_if.commands(self.history.current());
        if !commands.is_empty() {
            self.history.apply(Command::Batch(commands))?;
            self.history.seal();
        }
        self.what_if = None;
        Ok(())
    }
}
