//! The export menu of the journal: its tables with every digit, and the report.

use egui::{Popup, Ui};

use crate::ui::export::csv::journal::JournalTable;
use crate::ui::export::{Export, taking_row};
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::widgets::{bare, divider};
use crate::ui::{Action, Actions, UiCommand};

/// Width of the menu, in points.
const WIDTH: f32 = 280.0;

/// The button with its menu.
pub(super) fn export(ui: &mut Ui, actions: &mut Actions) {
    let hint = "The journal as tables with every digit, or the whole campaign as a report";
    let button = icon_button_hinted(ui, Icon::Export, "Export journal", hint);
    Popup::menu(&button).gap(2.0).show(|ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 0.0;
        let report = UiCommand::ExportReport;
        if bare(ui, report.label())
            .on_hover_text(report.tooltip())
            .clicked()
        {
            actions.push(Action::Run(report));
            ui.close();
        }
        divider(ui);
        for table in JournalTable::ALL {
            if let Some(taking) = taking_row(ui, &table.title()) {
                actions.push(Action::Export(Export::Journal(table, taking)));
            }
        }
        divider(ui);
        if let Some(taking) = taking_row(ui, "Journal campaigns") {
            actions.push(Action::Export(Export::Campaigns(taking)));
        }
    });
}
