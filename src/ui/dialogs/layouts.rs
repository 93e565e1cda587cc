//! The dialog of layouts: save the one that is showing, show, rename and delete saved ones.

use egui::{Context, ScrollArea, Ui};

use super::Answer;
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::layouts::LayoutEdit;
use crate::ui::theme::GAP;
use crate::ui::widgets::{
    CommitField, TextError, TextField, divider, modal, primary, secondary, section,
};

/// What the dialog shows and what is typed into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayoutsForm {
    /// Names of the saved layouts.
    pub names: Vec<String>,
    /// The name to save the layout under that is showing.
    pub new_name: String,
    /// Why the last request was refused.
    pub refused: Option<String>,
}

impl LayoutsForm {
    /// A form for the saved layouts of these names.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self {
            names: names.map(str::to_owned).collect(),
            ..Self::default()
        }
    }
}

pub(super) fn layouts(ctx: &Context, form: &mut LayoutsForm) -> Answer {
    let shown = modal(ctx, "layouts", "Layouts", 420.0, |ui| {
        let mut answer = save_row(ui, form);
        if !form.names.is_empty() {
            divider(ui);
            section(ui, "Saved layouts", "");
            let room = ui.ctx().content_rect().height() - 280.0;
            ScrollArea::vertical()
                .max_height(room.max(72.0))
                .show(ui, |ui| {
                    for (index, name) in form.names.iter().enumerate() {
                        ui.push_id(index, |ui| {
                            if let Some(edit) = saved_row(ui, name) {
                                answer = Answer::Layout(edit);
                            }
                        });
                    }
                });
        }
        ui.add_space(12.0);
        if secondary(ui, "Close").clicked() {
            Answer::Dismiss
        } else {
            answer
        }
    });
    super::outcome(shown.inner, shown.should_close)
}

fn save_row(ui: &mut Ui, form: &mut LayoutsForm) -> Answer {
    let is_known = form.names.iter().any(|name| name == form.new_name.trim());
    let verb = if is_known { "Replace" } else { "Save" };
    let error = form.refused.clone().map(|message| TextError {
        range: 0..0,
        message,
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let field = TextField::new(&mut form.new_name, "Name of this layout")
            .hint("Name of the layout that is showing")
            .error(error.as_ref())
            .width(320.0)
            .show(ui);
        if field.response.changed() {
            form.refused = None;
        }
        let hint = "Panels, their sizes and windows, as they are now";
        let save = primary(ui, verb).on_hover_text(hint);
        if save.clicked() || field.submitted {
            Answer::Layout(LayoutEdit::Save(form.new_name.clone()))
        } else {
            Answer::Pending
        }
    })
    .inner
}

fn saved_row(ui: &mut Ui, name: &str) -> Option<LayoutEdit> {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let field = CommitField::new("Name of a saved layout", name)
            .tooltip("Type another name to rename the layout")
            .width(320.0);
        let renamed = field.show(ui, |to| Ok(to.to_owned()));
        let mut edit = renamed.map(|to| LayoutEdit::Rename {
            from: name.to_owned(),
            to,
        });
        if secondary(ui, "Show")
            .on_hover_text(format!("Show “{name}”"))
            .clicked()
        {
            edit = Some(LayoutEdit::Load(name.to_owned()));
        }
        let label = format!("Delete {name}");
        if icon_button_hinted(ui, Icon::Close, &label, "Delete this layout").clicked() {
            edit = Some(LayoutEdit::Delete(name.to_owned()));
        }
        edit
    })
    .inner
}
