//! The menu of a panel, at the secondary button on its tab or title: its tables, and a window of its own.

use egui::{Response, Ui};

use crate::ui::action::{Action, Actions};
use crate::ui::export::taking_row;
use crate::ui::panels::PanelKind;
use crate::ui::tables::{self, TableRequest};
use crate::ui::widgets::{bare, divider};

/// What the button and the entry that give a panel a window of its own say of it.
pub(super) const POP_OUT_HINT: &str =
    "Open in its own window; closing that window puts the panel back here";

/// Width of the menu, in points.
const WIDTH: f32 = 248.0;

/// Shows the menu while it is open; `true` when the panel shall get a window of its own.
pub(super) fn panel_menu(response: &Response, kind: PanelKind, actions: &mut Actions) -> bool {
    let mut leaves = false;
    response.context_menu(|ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 0.0;
        if bare(ui, "Open in its own window")
            .on_hover_text(POP_OUT_HINT)
            .clicked()
        {
            leaves = true;
            ui.close();
        }
        entries(ui, kind, actions);
    });
    leaves
}

fn entries(ui: &mut Ui, kind: PanelKind, actions: &mut Actions) {
    let mut all = tables::offered(ui.ctx());
    all.retain(|table| table.panel == kind);
    if !all.is_empty() {
        divider(ui);
    }
    for table in all {
        if let Some(taking) = taking_row(ui, &table.name) {
            actions.push(Action::Table(TableRequest {
                panel: kind,
                name: table.name,
                taking,
            }));
        }
    }
}
