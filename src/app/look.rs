//! How the desk looks: theme, colours and scale, and the layouts of its panels.

use egui::{Context, Theme};

use super::desk::{Desk, egui_theme};
use crate::ui::dialogs::{Dialog, LayoutsForm};
use crate::ui::layouts::{LayoutEdit, LayoutError};
use crate::ui::theme::{self, Tokens};
use crate::ui::widgets::ToastKind;
use crate::ui::{Workspace, WorkspaceEdit, scale};

/// Shows theme, colours and scale of a workspace; cheap where nothing changed.
pub(super) fn show_look(ctx: &Context, workspace: &Workspace) {
    ctx.set_theme(egui_theme(workspace.theme));
    let wanted = Tokens::of(Theme::Dark, workspace.colours);
    if theme::tokens_of(ctx, Theme::Dark) != wanted {
        theme::install_with(ctx, workspace.colours);
    }
    ctx.set_zoom_factor(scale::factor(workspace.scale_pct));
}

impl Desk {
    pub(super) fn change_workspace(&mut self, ctx: &Context, edit: WorkspaceEdit) {
        self.workspace.apply(edit);
        show_look(ctx, &self.workspace);
    }

    pub(super) fn change_scale(&mut self, ctx: &Context, next: impl Fn(u32) -> u32) {
        let scale_pct = next(self.workspace.scale_pct);
        self.change_workspace(ctx, WorkspaceEdit::Scale(scale_pct));
    }

    /// Carries out a request about layouts; a refusal shows in the dialog of layouts, else as a message.
    pub(super) fn change_layout(&mut self, edit: LayoutEdit) {
        let saved = match &edit {
            LayoutEdit::Save(name) => Some(format!("Saved layout “{}”", name.trim())),
            LayoutEdit::Preset(_)
            | LayoutEdit::Load(_)
            | LayoutEdit::Rename { .. }
            | LayoutEdit::Delete(_) => None,
        };
        let refused = self.try_layout(edit).err().map(|error| error.to_string());
        let was_refused = refused.is_some();
        if let Some(Dialog::Layouts(form)) = &mut self.dialog {
            let new_name = if saved.is_some() && !was_refused {
                String::new()
            } else {
                std::mem::take(&mut form.new_name)
            };
            *form = LayoutsForm {
                new_name,
                refused,
                ..LayoutsForm::new(self.workspace.layouts.names())
            };
        } else if let Some(words) = refused {
            self.say(ToastKind::Error, words);
        }
        if let Some(words) = saved.filter(|_| !was_refused) {
            self.say(ToastKind::Success, words);
        }
    }

    fn try_layout(&mut self, edit: LayoutEdit) -> Result<(), LayoutError> {
        let layouts = &mut self.workspace.layouts;
        match edit {
            LayoutEdit::Preset(preset) => self.dock = preset.dock(),
            LayoutEdit::Load(name) => self.dock = layouts.load(&name)?,
            LayoutEdit::Save(name) => layouts.save(&name, &self.dock)?,
            LayoutEdit::Rename { from, to } => layouts.rename(&from, &to)?,
            LayoutEdit::Delete(name) => {
                layouts.delete(&name);
            }
        }
        Ok(())
    }

    pub(super) fn show_layouts(&mut self) {
        let form = LayoutsForm::new(self.workspace.layouts.names());
        self.dialog = Some(Dialog::Layouts(form));
    }
}
