//! Gives the keyboard back: when a dialog, the palette or a menu closes, to the control that had it before.

use egui::{Context, Id, Popup};

/// Remembers which control had the keyboard before something opened over the desk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FocusKeeper {
    before: Option<Id>,
    returning: Option<Id>,
    was_open: bool,
    was_dialog: bool,
}

impl FocusKeeper {
    /// Call at the end of a frame; `has_dialog` is whether a dialog or the palette is open.
    pub(super) fn keep(&mut self, ctx: &Context, has_dialog: bool) {
        let is_open = has_dialog || Popup::is_any_open(ctx);
        let focused = ctx.memory(|memory| memory.focused());
        if !is_open {
            // what has the keyboard in the last frame of a dialog goes with the dialog; beside a menu it
            // may be what was clicked to close it
            let is_free = self.was_dialog || focused.is_none();
            if let Some(before) = self.returning.take() {
                ctx.memory_mut(|memory| memory.request_focus(before));
            } else if self.before.is_some() && self.was_open && is_free {
                // a dialog keeps the desk from the keyboard for one more frame
                self.returning = self.before;
                ctx.request_repaint();
            } else {
                self.before = focused;
            }
        }
        self.was_open = is_open;
        self.was_dialog = has_dialog;
    }

    /// Whether something lay over the desk in the frame before.
    pub(super) fn was_covered(&self) -> bool {
        self.was_dialog
    }

    /// What would get the keyboard back; nothing does, for it is sent somewhere on purpose.
    pub(super) fn take(&mut self) -> Option<Id> {
        self.returning = None;
        self.before.take()
    }
}
