//! What both calculators are laid out with: named fields, section heads with a copy button, notes.

use egui::{Align, Align2, Layout, Sense, Ui, vec2};

use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::widgets::{Column, Row, copy_button, hint};
use crate::ui::{fonts, icons, icons::Icon};

/// Height of a row that holds a field, in points.
pub(super) const ROW: f32 = 28.0;

/// A section's title with what it is measured in, and a copy button for its table at the right edge.
pub(super) fn section(ui: &mut Ui, (title, note): (&str, &str), columns: &[Column], rows: &[Row]) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let t = tokens(ui);
        ui.label(fonts::title(title).color(t.tx2));
        ui.label(fonts::caption(note).color(t.tx3));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            copy_button(ui, title, columns, rows);
        });
    });
}

/// A row with a name at the left and a field at the right edge.
pub(super) fn row(ui: &mut Ui, (name, meaning): (&str, &str), field: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), ROW);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        field(ui);
        let room = vec2(ui.available_width(), FIELD_HEIGHT);
        let (rect, response) = ui.allocate_exact_size(room, Sense::hover());
        let font = fonts::inter(fonts::SMALL);
        let at = rect.left_center();
        fonts::write(
            ui.painter(),
            at,
            Align2::LEFT_CENTER,
            name,
            (font, tokens(ui).tx2),
        );
        hint(response, name, meaning);
    });
}

/// A remark with an icon before it, over as many lines as it needs.
pub(super) fn note(ui: &mut Ui, words: &str) {
    let t = tokens(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        icons::show(ui, Icon::Info, t.tx3);
        ui.add(egui::Label::new(fonts::caption(words).color(t.tx3)).wrap());
    });
}
