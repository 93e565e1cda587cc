//! The campaigns of the folder.

use egui::Ui;

use crate::ui::widgets::empty_state;
use crate::ui::{Actions, PanelContext};

/// The buttons of the head.
pub(super) fn buttons(_ui: &mut Ui, _ctx: &PanelContext<'_>, _actions: &mut Actions) {}

/// Shows the list.
pub(super) fn list(ui: &mut Ui, _ctx: &PanelContext<'_>, _actions: &mut Actions) {
    empty_state(
        ui,
        "No campaigns yet",
        "Saved campaigns are listed here.",
        None,
    );
}
