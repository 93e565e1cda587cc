//! Moving the keyboard from panel to panel: the next one, the one before, or one by name.
//!
//! A panel that is reached holds the keyboard itself, with a ring around it; Tab then goes to its first
//! control. It is no stop of the Tab key otherwise.

use egui::{Context, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use crate::ui::panels::PanelKind;
use crate::ui::theme::{RADIUS_PANEL, tokens};

/// The panels in view, and where the keyboard is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reach {
    in_view: Vec<PanelKind>,
    at: Option<PanelKind>,
    wanted: Option<PanelKind>,
    /// The panel that was pressed in this frame.
    pressed: Option<PanelKind>,
    /// The panel whose own window has the keyboard.
    in_window: Option<PanelKind>,
}

impl Reach {
    /// Begins a frame.
    pub(super) fn begin(&mut self) {
        self.in_view.clear();
        self.at = None;
        self.pressed = None;
    }

    /// Ends a frame: a panel that did not come into view is wanted no longer.
    pub(super) fn end(&mut self) {
        self.wanted = None;
    }

    /// Wants the keyboard in a panel when it is drawn next.
    pub(super) fn want(&mut self, kind: PanelKind) {
        self.wanted = Some(kind);
    }

    /// Wants the keyboard in the panel after, or before, the one that has it.
    pub(super) fn step(&mut self, is_forward: bool) {
        self.wanted = neighbour(&self.in_view, self.at, is_forward);
    }

    /// Notes that a panel is worked in, since its tab was pressed.
    pub(super) fn press(&mut self, kind: PanelKind) {
        self.pressed = Some(kind);
    }

    /// The panel whose window has the keyboard; the windows are drawn after the desk.
    pub(super) fn note_window(&mut self, kind: Option<PanelKind>) {
        self.in_window = kind;
    }

    /// The panel that was worked in last in this frame, if one was: with the keyboard, or by a press.
    pub(super) fn current(&self) -> Option<PanelKind> {
        self.in_window.or(self.pressed).or(self.at)
    }

    /// Before a panel is drawn: it takes the keyboard if it is wanted there.
    pub(super) fn enter(&mut self, ui: &Ui, kind: PanelKind, rect: Rect) {
        self.in_view.push(kind);
        let is_pressed = ui.input(|input| input.pointer.any_pressed());
        if is_pressed && ui.rect_contains_pointer(rect) {
            self.pressed = Some(kind);
        }
        let id = id(kind);
        let is_wanted = self.wanted == Some(kind);
        if !is_wanted && !ui.memory(|memory| memory.has_focus(id)) {
            return;
        }
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        let name = format!("{} panel", kind.label());
        response.widget_info(|| WidgetInfo::labeled(Role::Pane, true, &name));
        if is_wanted {
            response.request_focus();
        }
    }

    /// After a panel was drawn: its ring, and whether the keyboard is anywhere in it or in the part of its
    /// head that stands on the row of the tabs.
    pub(super) fn leave(&mut self, ui: &Ui, kind: PanelKind, (rect, head): (Rect, Option<Rect>)) {
        let Some(focused) = ui.memory(|memory| memory.focused()) else {
            return;
        };
        if focused == id(kind) {
            let stroke = Stroke::new(1.5, tokens(ui).accent);
            ui.painter()
                .rect_stroke(rect, RADIUS_PANEL, stroke, StrokeKind::Inside);
        }
        let mut grounds = std::iter::once(rect).chain(head);
        if focused == id(kind) || grounds.any(|ground| is_within(ui.ctx(), focused, ground)) {
            self.at = Some(kind);
        }
    }
}

fn id(kind: PanelKind) -> Id {
    Id::unique(("panel region", kind))
}

fn is_within(ctx: &Context, focused: Id, rect: Rect) -> bool {
    ctx.read_response(focused)
        .is_some_and(|response| rect.contains(response.rect.center()))
}

/// The panel after (or before) `at` in a circle; from nowhere the first (or the last).
fn neighbour(in_view: &[PanelKind], at: Option<PanelKind>, is_forward: bool) -> Option<PanelKind> {
    let count = in_view.len();
    let here = at.and_then(|at| in_view.iter().position(|kind| *kind == at));
    let next = match (here, is_forward) {
        (None, true) => 0,
        (None, false) => count.checked_sub(1)?,
        (Some(here), true) => (here + 1) % count,
        (Some(here), false) => (here + count - 1) % count,
    };
    in_view.get(next).copied()
}

#[cfg(test)]
mod tests {
    use super::neighbour;
    use crate::ui::panels::PanelKind::{Hedge, Payoff, Position};

    #[test]
    fn panels_follow_each_other_in_a_circle() {
        let all = [Position, Payoff, Hedge];
        assert_eq!(neighbour(&all, None, true), Some(Position));
        assert_eq!(neighbour(&all, None, false), Some(Hedge));
        assert_eq!(neighbour(&all, Some(Payoff), true), Some(Hedge));
        assert_eq!(neighbour(&all, Some(Hedge), true), Some(Position));
        assert_eq!(neighbour(&all, Some(Position), false), Some(Hedge));
        assert_eq!(neighbour(&[], None, true), None);
        assert_eq!(neighbour(&[], None, false), None);
    }
}
