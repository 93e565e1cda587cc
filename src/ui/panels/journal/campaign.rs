//! The campaign in the window: what was done in time, and its profit by cause.

use egui::Ui;

use crate::ui::widgets::empty_state;
use crate::ui::{Actions, PanelContext};

/// The buttons of the head.
pub(super) fn buttons(_ui: &mut Ui, _ctx: &PanelContext<'_>, _actions: &mut Actions) {}

/// Shows the campaign.
pub(super) fn campaign(ui: &mut Ui, _ctx: &PanelContext<'_>, _actions: &mut Actions) {
    empty_state(ui, "Nothing here yet", "Trades make the timeline.", None);
}
