//! The frame that all input fields share, and what its edge says.

use egui::epaint::RectShape;
use egui::layers::ShapeIdx;
use egui::{Rect, Response, Stroke, StrokeKind, Ui};

use crate::ui::icons::scroll_to_focus;
use crate::ui::theme::{RADIUS_FIELD, tokens};

/// Fills the reserved shape with the field's frame: red on error, accent with the keyboard.
pub(super) fn set_frame(
    ui: &Ui,
    (slot, rect): (ShapeIdx, Rect),
    response: &Response,
    has_error: bool,
) {
    scroll_to_focus(ui, response);
    let t = tokens(ui);
    let stroke = if has_error {
        Stroke::new(1.0, t.dn)
    } else if response.has_focus() {
        Stroke::new(1.5, t.accent)
    } else if response.hovered() && ui.is_enabled() {
        Stroke::new(1.0, t.tx3)
    } else {
        Stroke::new(1.0, t.edge)
    };
    let fill = if ui.is_enabled() { t.field } else { t.panel };
    let shape = RectShape::new(rect, RADIUS_FIELD, fill, stroke, StrokeKind::Inside);
    ui.painter().set(slot, shape);
}
