//! The form of a note: when, what, and words to find it by.

use egui::Ui;

use super::at_field::at_field;
use super::draft::{Field, NoteDraft, error_of};
use crate::document::Command;
use crate::ui::theme::GAP;
use crate::ui::widgets::{ButtonKind, TextField, bare, button, primary};
use crate::ui::{Actions, PanelContext};

/// Shows the form; `true` when it is done.
pub(super) fn note_form(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    draft: &mut NoteDraft,
    actions: &mut Actions,
) -> bool {
    let mut wants_save = false;
    let mut is_done = false;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        wants_save |= at_field(ui, ctx, &mut draft.at, draft.refusal.as_ref());
        let text = TextField::new(&mut draft.text, "Note")
            .hint("What you saw or decided")
            .error(error_of(draft.refusal.as_ref(), Field::Text))
            .show(ui);
        wants_save |= text.submitted;
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let buttons = if draft.index.is_some() { 220.0 } else { 140.0 };
        let room = (ui.available_width() - buttons).max(120.0);
        let tags = TextField::new(&mut draft.tags, "Tags")
            .hint("Tags, separated by commas")
            .width(room)
            .show(ui);
        wants_save |= tags.submitted;
        wants_save |= primary(ui, "Save note").clicked();
        if let Some(index) = draft.index
            && button(ui, ButtonKind::Danger, None, "Remove").clicked()
        {
            actions.edit(Command::RemoveNote { index });
            is_done = true;
        }
        is_done |= bare(ui, "Cancel").clicked();
    });
    if wants_save && !is_done {
        match draft.read() {
            Ok(command) => {
                actions.edit(command);
                is_done = true;
            }
            Err(refusal) => draft.refusal = Some(refusal),
        }
    }
    is_done
}
