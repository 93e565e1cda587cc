//! A table taken along: the menu of the secondary button, and a button.

use egui::{Popup, PopupKind, Response, SetOpenCommand, Ui};

use super::{Column, DataTable, Row, to_csv, to_tsv};
use crate::ui::icons::{self, Icon};
use crate::ui::widgets::bare;

/// Width of the menu of the secondary button, in points.
const MENU_WIDTH: f32 = 168.0;

impl DataTable<'_> {
    /// The menu of the secondary button, anywhere on the table.
    pub(super) fn copy_menu(&self, ui: &Ui, response: &Response) {
        let is_asked = ui.rect_contains_pointer(response.rect)
            && ui.input(|input| input.pointer.secondary_clicked());
        Popup::from_response(response)
            .kind(PopupKind::Menu)
            .open_memory(is_asked.then_some(SetOpenCommand::Bool(true)))
            .at_pointer_fixed()
            .show(|ui| {
                ui.set_width(MENU_WIDTH);
                ui.spacing_mut().item_spacing.y = 0.0;
                for (words, meaning, make) in [
                    (
                        "Copy as CSV",
                        "Comma-separated, as the table shows it",
                        to_csv as fn(&[Column], &[Row]) -> String,
                    ),
                    (
                        "Copy for a spreadsheet",
                        "Separated by tabs, to be pasted into cells",
                        to_tsv,
                    ),
                ] {
                    if bare(ui, words).on_hover_text(meaning).clicked() {
                        ui.ctx().copy_text(make(self.columns, self.rows));
                        ui.close();
                    }
                }
            });
    }
}

/// The copy button of a table: a click copies it as tab-separated text, Shift-click as CSV.
pub fn copy_button(ui: &mut Ui, name: &str, columns: &[Column], rows: &[Row]) -> bool {
    let label = format!("Copy {name} (Shift: as CSV)");
    let is_pressed = icons::icon_button(ui, Icon::Copy, &label).clicked();
    if is_pressed {
        let text = if ui.input(|i| i.modifiers.shift) {
            to_csv(columns, rows)
        } else {
            to_tsv(columns, rows)
        };
        ui.ctx().copy_text(text);
    }
    is_pressed
}
