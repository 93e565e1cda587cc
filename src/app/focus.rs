//! Gives the keyboard back: when a dialog, the palette or a menu closes, to the control that had it before.

use egui::{Context, Id, Popup};

/// Remembers which control had the keyboard before something opened over the desk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FocusKeeper {
    before: Option<Id>,
    was_open: bool,
}

impl FocusKeeper {
    /// Call at the end of a frame; `has_dialog` is whether a dialog or the palette is open.
    pub(super) fn keep(&mut self, ctx: &Context, has_dialog: bool) {
        let is_open = has_dialog || Popup::is_any_open(ctx);
        let focused = ctx.memory(|memory| memory.focused());
        if !is_open {
            match self.before.filter(|_| self.was_open && focused.is_none()) {
                Some(before) => ctx.memory_mut(|memory| memory.request_focus(before)),
                None => self.before = focused,
            }
        }
        self.was_open = is_open;
    }

    /// Nothing gets the keyboard back: it was sent somewhere on purpose.
    pub(super) fn forget(&mut self) {
        self.before = None;
    }
}
