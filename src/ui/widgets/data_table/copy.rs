//! A table taken along: offered by its name, by the menu of the secondary button, and by a button.

use egui::{Popup, PopupKind, SetOpenCommand, Ui};

use super::{Column, DataTable, Row, TableResponse, to_csv, to_tsv};
use crate::ui::icons::{self, Icon};
use crate::ui::tables::{self, Form, Taking};
use crate::ui::widgets::bare;

/// Width of the menu of the secondary button, in points.
const MENU_WIDTH: f32 = 168.0;

impl DataTable<'_> {
    /// Offers the table, and shows the menu of the secondary button, anywhere on it.
    pub(super) fn take_along(&self, ui: &Ui, shown: &TableResponse) {
        let response = &shown.response;
        let rows = || shown.shown.iter().filter_map(|index| self.rows.get(*index));
        let text = |form| written(self.columns, rows(), form);
        tables::offer(ui.ctx(), self.id, Some(response.rect), &text);
        let is_asked = ui.rect_contains_pointer(response.rect)
            && ui.input(|input| input.pointer.secondary_clicked());
        Popup::from_response(response)
            .kind(PopupKind::Menu)
            .open_memory(is_asked.then_some(SetOpenCommand::Bool(true)))
            .at_pointer_fixed()
            .show(|ui| {
                ui.set_width(MENU_WIDTH);
                ui.spacing_mut().item_spacing.y = 0.0;
                for taking in Taking::ALL {
                    let entry = bare(ui, taking.label()).on_hover_text(taking.meaning());
                    if entry.clicked() {
                        tables::take(ui.ctx(), self.id, taking, &text);
                        ui.close();
                    }
                }
            });
    }
}

fn written<'a>(columns: &[Column], rows: impl IntoIterator<Item = &'a Row>, form: Form) -> String {
    match form {
        Form::Tabs => to_tsv(columns, rows),
        Form::Csv => to_csv(columns, rows),
    }
}

/// Offers a table that a panel paints by itself; `table` makes its columns and rows when it is asked for.
pub fn offer_table(ui: &Ui, name: &str, table: &dyn Fn() -> (Vec<Column>, Vec<Row>)) {
    tables::offer(ui.ctx(), name, None, &|form| {
        let (columns, rows) = table();
        written(&columns, &rows, form)
    });
}

/// The copy button of a table: a click copies it as tab-separated text, Shift-click as CSV.
pub fn copy_button(ui: &mut Ui, name: &str, columns: &[Column], rows: &[Row]) -> bool {
    let label = format!("Copy {name} (Shift: as CSV)");
    let is_pressed = icons::icon_button(ui, Icon::Copy, &label).clicked();
    if is_pressed {
        let taking = if ui.input(|i| i.modifiers.shift) {
            Taking::CopyCsv
        } else {
            Taking::Copy
        };
        let text = |form| written(columns, rows, form);
        tables::take(ui.ctx(), name, taking, &text);
    }
    is_pressed
}
