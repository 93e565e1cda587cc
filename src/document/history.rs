//! Undo and redo by snapshots; the edits of one gesture are one step.
//!
//! A gesture begins with the first edit after [`History::seal`] and ends with the next `seal`. The desk
//! seals whenever nothing is being dragged, so a drag of a hundred frames is one step, and Esc calls
//! [`History::cancel_gesture`] to be back where it began.

use std::sync::Arc;

use super::campaign::Campaign;
use super::command::{Command, CommandError};

/// Steps kept; older ones are forgotten.
const MAX_STEPS: usize = 1000;

/// A state to go back (or forward) to, and the name of what lies between it and its neighbour.
#[derive(Clone, Debug)]
struct Step {
    campaign: Arc<Campaign>,
    label: String,
}

/// The gesture under way: where it began, and the redo steps that its first edit took away.
#[derive(Clone, Debug)]
struct Gesture {
    began_at: Step,
    redo: Vec<Step>,
}

/// A campaign with its past and its undone future.
#[derive(Clone, Debug)]
pub struct History {
    current: Arc<Campaign>,
    undo: Vec<Step>,
    redo: Vec<Step>,
    gesture: Option<Gesture>,
    revision: u64,
    saved: Option<Arc<Campaign>>,
}

impl History {
    /// Begins with a campaign that is nowhere saved.
    pub fn new(campaign: Campaign) -> Self {
        Self {
            current: Arc::new(campaign),
            undo: Vec::new(),
            redo: Vec::new(),
            gesture: None,
            revision: 0,
            saved: None,
        }
    }

    /// Begins with a campaign as its file has it.
    pub fn opened(campaign: Campaign) -> Self {
        let mut history = Self::new(campaign);
        history.saved = Some(Arc::clone(&history.current));
        history
    }

    /// The campaign as it is now.
    pub fn current(&self) -> &Arc<Campaign> {
        &self.current
    }

    /// Grows with every change of the current state, undo and redo included: what is derived from an
    /// older revision must be derived again.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Carries out a command as part of the gesture under way, or as the first of a new one. A command
    /// that changes nothing leaves no step.
    ///
    /// # Errors
    /// [`CommandError`]; nothing has changed then.
    pub fn apply(&mut self, command: Command) -> Result<(), CommandError> {
        let label = command.label(&self.current);
        let next = self.current.applied(command)?;
        if next == *self.current {
            return Ok(());
        }
        if self.gesture.is_none() {
            self.gesture = Some(Gesture {
                began_at: Step {
                    campaign: Arc::clone(&self.current),
                    label,
                },
                redo: std::mem::take(&mut self.redo),
            });
        }
        self.show(Arc::new(next));
        Ok(())
    }

    /// Ends the gesture under way: what it did becomes one step. A gesture that came back to where it
    /// began leaves none. Returns whether a step was left.
    pub fn seal(&mut self) -> bool {
        let Some(gesture) = self.gesture.take() else {
            return false;
        };
        if *gesture.began_at.campaign == *self.current {
            self.current = gesture.began_at.campaign;
            self.redo = gesture.redo;
            return false;
        }
        if self.undo.len() == MAX_STEPS {
            self.undo.remove(0);
        }
        self.undo.push(gesture.began_at);
        true
    }

    /// Drops the gesture under way and goes back to where it began. Returns whether there was one.
    pub fn cancel_gesture(&mut self) -> bool {
        match self.gesture.take() {
            Some(gesture) => {
                self.redo = gesture.redo;
                self.show(gesture.began_at.campaign);
                true
            }
            None => false,
        }
    }

    /// Goes back one step, sealing first. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        self.seal();
        let Some(Step { campaign, label }) = self.undo.pop() else {
            return false;
        };
        let undone = Arc::clone(&self.current);
        self.redo.push(Step {
            campaign: undone,
            label,
        });
        self.show(campaign);
        true
    }

    /// Goes forward one step, sealing first. Returns whether there was one.
    pub fn redo(&mut self) -> bool {
        self.seal();
        let Some(Step { campaign, label }) = self.redo.pop() else {
            return false;
        };
        let left = Arc::clone(&self.current);
        self.undo.push(Step {
            campaign: left,
            label,
        });
        self.show(campaign);
        true
    }

    /// What undo would take back, as “move strike”; `None` when there is nothing.
    pub fn undo_label(&self) -> Option<&str> {
        let under_way = self.gesture.as_ref().map(|gesture| &gesture.began_at);
        under_way
            .or_else(|| self.undo.last())
            .map(|step| step.label.as_str())
    }

    /// What redo would do again; `None` when there is nothing.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }

    /// Whether the current state is another than the one last saved.
    pub fn is_dirty(&self) -> bool {
        self.saved
            .as_ref()
            .is_none_or(|saved| !Arc::ptr_eq(saved, &self.current))
    }

    /// Tells which state the campaign's file now holds.
    pub fn mark_saved(&mut self, campaign: &Arc<Campaign>) {
        self.saved = Some(Arc::clone(campaign));
    }

    fn show(&mut self, campaign: Arc<Campaign>) {
        self.current = campaign;
        self.revision += 1;
    }
}
