//! The name and the note of a scenario that is being saved or renamed, in place.

use egui::Ui;

use crate::document::{Command, SavedScenario};
use crate::risk::scenario_moves::ScenarioMoves;
use crate::ui::panels::position::editing::Editing;
use crate::ui::panels::position::parts::{reason, remember};
use crate::ui::widgets::{ButtonKind, TextField, bare, button};

/// What is being named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Named {
    /// Nothing: no form is open.
    #[default]
    Nothing,
    /// A new scenario.
    New,
    /// One of the list, by its place.
    At(usize),
}

/// The form as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Naming {
    /// What it names.
    pub named: Named,
    name: String,
    note: String,
    has_focus: bool,
}

impl Naming {
    /// A new scenario.
    pub fn new_one() -> Self {
        Self {
            named: Named::New,
            ..Self::default()
        }
    }

    /// One of the list.
    pub fn of(index: usize, saved: &SavedScenario) -> Self {
        Self {
            named: Named::At(index),
            name: saved.name.clone(),
            note: saved.note.clone(),
            has_focus: false,
        }
    }
}

/// Shows the form; Enter or the button takes it, Esc closes it. What the campaign refuses stays with its
/// reason.
pub(super) fn name_form(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    naming: &Naming,
    moves: ScenarioMoves,
) {
    let mut next = naming.clone();
    let name = TextField::new(&mut next.name, "Scenario name")
        .hint("Name, such as Fed day")
        .show(ui);
    if !naming.has_focus {
        name.response.request_focus();
        next.has_focus = true;
    }
    let note = TextField::new(&mut next.note, "Scenario note")
        .hint("Note, if you like")
        .show(ui);
    let scenario = SavedScenario {
        name: next.name.trim().to_owned(),
        moves,
        note: next.note.trim().to_owned(),
    };
    let command = match naming.named {
        Named::At(index) => Command::ReplaceScenario { index, scenario },
        Named::New | Named::Nothing => Command::AddScenario(scenario),
    };
    let fault = if next.name.trim().is_empty() {
        None
    } else {
        editing.check(command.clone()).err()
    };
    if let Some(fault) = &fault {
        reason(ui, fault);
    }
    let can_save = fault.is_none() && !next.name.trim().is_empty();
    let (saves, cancels) = ui
        .horizontal(|ui| {
            let save = ui
                .add_enabled_ui(can_save, |ui| {
                    button(ui, ButtonKind::Secondary, None, "Save name")
                })
                .inner;
            (save.clicked(), bare(ui, "Cancel").clicked())
        })
        .inner;
    let is_asked = saves || name.submitted || note.submitted;
    if is_asked && can_save {
        editing.push(command);
        next = Naming::default();
    } else if cancels || name.cancelled || note.cancelled {
        next = Naming::default();
    }
    if next != *naming {
        remember(ui, "scenario name", next);
    }
}
