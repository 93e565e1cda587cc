//! The desk's part of the what-if: on and off by command, and what is said about it.

use super::desk::Desk;
use crate::ui::panels::PanelKind;
use crate::ui::widgets::{Toast, ToastKind};
use crate::ui::{UiCommand, WhatIfEdit};

impl Desk {
    /// Carries a change of the what-if out; leaving it says so and offers the way back.
    pub(super) fn change_what_if(&mut self, edit: WhatIfEdit) {
        match edit {
            WhatIfEdit::Discard => {
                if self.session.discard_what_if() {
                    self.offer_restore("What-if discarded");
                }
            }
            WhatIfEdit::Apply => self.apply_drafts(),
            WhatIfEdit::Enter
            | WhatIfEdit::Scenario(_)
            | WhatIfEdit::Switch(..)
            | WhatIfEdit::Drop(..)
            | WhatIfEdit::TakeSnapshot
            | WhatIfEdit::DropSnapshot(_)
            | WhatIfEdit::Restore(_) => {
                if let Err(error) = self.session.change_what_if(edit) {
                    self.say(ToastKind::Error, error.to_string());
                }
            }
        }
    }

    fn apply_drafts(&mut self) {
        let on = self.session.drafts_on();
        match self.session.change_what_if(WhatIfEdit::Apply) {
            Ok(()) if on > 0 => {
                let trades = if on == 1 { "trade" } else { "trades" };
                let words = format!("Applied {on} draft {trades} to the book");
                let toast = Toast::new(ToastKind::Success, words);
                self.toasts.push(toast.action("Undo", UiCommand::Undo));
            }
            Ok(()) => {}
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
    }

    /// Begins a what-if, or discards the one that is on.
    pub(super) fn toggle_what_if(&mut self) {
        if self.session.is_what_if() {
            self.change_what_if(WhatIfEdit::Discard);
            return;
        }
        self.change_what_if(WhatIfEdit::Enter);
        self.dock.focus(PanelKind::Position);
        if self.session.can_restore_what_if() {
            self.offer_restore("A new what-if; the last one was discarded");
        }
    }

    /// Brings back what was discarded last.
    pub(super) fn restore_what_if(&mut self) {
        if !self.session.restore_what_if() {
            self.say(ToastKind::Info, "No what-if was discarded");
        }
    }

    fn offer_restore(&mut self, words: &str) {
        let toast = Toast::new(ToastKind::Info, words);
        self.toasts
            .push(toast.action("Restore", UiCommand::RestoreWhatIf));
    }
}
