//! What stands where nothing is yet: what belongs here, why, and how to begin.

use egui::{Response, Ui};

use super::button;
use crate::ui::fonts;

/// Shows title, one sentence and at most one action, centred; returns the action's response.
pub fn empty_state(
    ui: &mut Ui,
    title: &str,
    sentence: &str,
    action: Option<&str>,
) -> Option<Response> {
    let room = (ui.available_height() - 80.0).clamp(0.0, 160.0);
    ui.add_space(16.0 + room / 3.0);
    ui.vertical_centered(|ui| {
        ui.set_max_width(ui.available_width().min(420.0));
        ui.label(fonts::title(title));
        ui.label(fonts::body(sentence));
        action.map(|words| {
            ui.add_space(8.0);
            button::secondary(ui, words)
        })
    })
    .inner
}
