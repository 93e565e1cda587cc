//! How a tab looks.

use egui::{
    Align2, FontSelection, Id, Rect, Response, Role, Sense, Ui, WidgetInfo, WidgetText, vec2,
};

use crate::ui::theme::{GAP, PAD, tokens};
use crate::ui::{fonts, icons};

/// More tabs than these on a row stand closer, so that fewer hide behind the arrows.
const MANY: usize = 7;

/// Air at both sides of a tab's words on a row of `count` tabs, in points.
pub(super) const fn pad(count: usize) -> f32 {
    if count > MANY { GAP } else { PAD }
}

/// One tab: its title, a note beside it, and the accent line under the one in front.
pub(super) fn tab(
    ui: &mut Ui,
    id: Id,
    (title, note): (&str, Option<String>),
    (is_active, pad): (bool, f32),
) -> Response {
    let t = tokens(ui);
    let ink = if is_active { t.tx } else { t.tx2 };
    let title_text: WidgetText = if is_active {
        fonts::title(title).color(ink).into()
    } else {
        fonts::body(title).color(ink).into()
    };
    let galley = title_text.into_galley(
        ui,
        Some(egui::TextWrapMode::Extend),
        f32::INFINITY,
        FontSelection::Default,
    );
    let note_galley = note.map(|note| {
        let text: WidgetText = fonts::num_small(note).color(t.warn).into();
        text.into_galley(
            ui,
            Some(egui::TextWrapMode::Extend),
            f32::INFINITY,
            FontSelection::Default,
        )
    });
    let note_width = note_galley.as_ref().map_or(0.0, |note| note.size().x + 6.0);
    let (_, rect) = ui.allocate_space(vec2(
        galley.size().x + note_width + 2.0 * pad,
        ui.available_height(),
    ));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_active, title));
    let at =
        Align2::LEFT_CENTER.align_size_within_rect(galley.size(), rect.shrink2(vec2(pad, 0.0)));
    let title_end = at.right();
    ui.painter().galley(at.min, galley, ink);
    if let Some(note) = note_galley {
        let at = egui::pos2(title_end + 6.0, rect.center().y - note.size().y / 2.0);
        ui.painter().galley(at, note, t.warn);
    }
    if is_active {
        let line = Rect::from_min_max(
            egui::pos2(rect.left() + pad, rect.bottom() - 2.0),
            egui::pos2(rect.right() - pad, rect.bottom()),
        );
        ui.painter().rect_filled(line, 1.0, t.accent);
    }
    icons::focus_ring(ui, rect.shrink(2.0), &response);
    response
}
