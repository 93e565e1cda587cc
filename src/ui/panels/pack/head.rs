//! Which pack rules: chosen, named, duplicated, saved, imported, exported, deleted; damaged files told.

use egui::{Label, Ui};

use crate::document::{Command, PackEntry};
use crate::policy::RulePack;
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{CommitField, PickerRow, picker};
use crate::ui::{Action, Actions, PackEdit, PanelContext, UiCommand, fonts, format};

/// Least and largest width of the list of packs, and its share of the row, in points.
const PICKER: [f32; 2] = [144.0, 336.0];
const PICKER_SHARE: f32 = 0.28;
/// Points that a letter of the list takes, and what its arrow and detail do.
const LETTER: f32 = 7.0;
const LIST_REST: f32 = 104.0;
/// Width of the pack's name, in points.
const NAME: f32 = 336.0;

/// A pack that can be chosen.
struct Choice {
    row: PickerRow,
    /// What choosing it asks for; `None` for the one in force that no file holds.
    action: Option<Action>,
    is_in_force: bool,
}

/// The list of packs, as wide as the row has room for it.
pub(super) fn pack_list(ui: &mut Ui, ctx: &PanelContext<'_>, row: f32, actions: &mut Actions) {
    let width = (PICKER_SHARE * row).clamp(PICKER[0], PICKER[1]).floor();
    let letters = ((width - LIST_REST) / LETTER).max(6.0) as usize;
    let choices = choices(ctx.pack, ctx.packs.files, letters);
    let rows: Vec<PickerRow> = choices.iter().map(|choice| choice.row.clone()).collect();
    let selected = choices.iter().position(|choice| choice.is_in_force);
    let picked = picker(ui, "Rule pack in force", selected, &rows, width);
    let asked = picked.and_then(|at| choices.get(at));
    if let Some(action) = asked.and_then(|choice| choice.action.clone()) {
        actions.push(action);
    }
}

/// Name and description of the pack in force.
pub(super) fn about(ui: &mut Ui, pack: &RulePack, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let named = CommitField::new("Name of the rule pack", &pack.title)
            .tooltip("The pack's name on the screen; a shipped pack becomes your own")
            .width(NAME.min(ui.available_width()))
            .show(ui, |text| match text.trim() {
                "" => Err("a name".to_owned()),
                title => Ok(title.to_owned()),
            });
        if let Some(title) = named {
            actions.edit(Command::RenamePack(title));
        }
    });
    ui.add_space(4.0);
    let words = fonts::caption(&pack.about).color(tokens(ui).tx3);
    ui.add(Label::new(words).wrap());
}

/// The shipped packs, those of the folder, and the one in force where it is neither.
fn choices(pack: &RulePack, entries: &[PackEntry], letters: usize) -> Vec<Choice> {
    let mut all: Vec<Choice> = RulePack::shipped()
        .into_iter()
        .map(|shipped| {
            let version = format::count(shipped.version as usize);
            Choice {
                row: PickerRow::new(short(&shipped.title, letters)).detail(version, "shipped"),
                action: Some(Action::Edit(Command::ChoosePack(shipped.reference()))),
                is_in_force: shipped == pack,
            }
        })
        .collect();
    let own = entries.iter().filter_map(|entry| {
        let held = entry.pack.as_ref().ok()?;
        let version = format::count(held.version as usize);
        Some(Choice {
            row: PickerRow::new(short(&held.title, letters)).detail(version, "own file"),
            action: Some(Action::Pack(PackEdit::Use(entry.path.clone()))),
            is_in_force: held.as_ref() == pack,
        })
    });
    all.extend(own);
    if !all.iter().any(|choice| choice.is_in_force) {
        let version = format::count(pack.version as usize);
        all.push(Choice {
            row: PickerRow::new(short(&pack.title, letters)).detail(version, "this campaign"),
            action: None,
            is_in_force: true,
        });
    }
    if let Some(first_own) = all.get_mut(RulePack::shipped().len()) {
        first_own.row.starts_group = true;
    }
    all
}

/// A title as the list has room for it.
fn short(title: &str, letters: usize) -> String {
    if title.chars().count() <= letters {
        return title.to_owned();
    }
    let kept: String = title.chars().take(letters - 1).collect();
    format!("{}…", kept.trim_end())
}

/// What can be done with the pack as a file, in a row laid out from the right edge.
pub(super) fn files(ui: &mut Ui, pack: &RulePack, entries: &[PackEntry], actions: &mut Actions) {
    let held = entries.iter().find(|entry| {
        let held = entry.pack.as_ref();
        held.is_ok_and(|held| held.id == pack.id)
    });
    if let Some(held) = held {
        let hint = "Move the file of this pack into the bin; the campaign keeps its numbers";
        if icon_button_hinted(ui, Icon::Close, "Delete rule pack", hint).clicked() {
            actions.push(Action::Pack(PackEdit::Delete(held.path.clone())));
        }
    }
    let is_saved = held.is_some_and(|held| held.pack.as_deref() == Ok(pack));
    let can_save = !pack.is_shipped() && !is_saved;
    for (icon, command, is_on) in [
        (Icon::Export, UiCommand::ExportPack, true),
        (Icon::Open, UiCommand::ImportPack, true),
        (Icon::Save, UiCommand::KeepPack, can_save),
        (Icon::Plus, UiCommand::DuplicatePack, true),
    ] {
        ui.add_enabled_ui(is_on, |ui| {
            let (label, hint) = (command.label(), command.tooltip());
            if icon_button_hinted(ui, icon, label, hint).clicked() {
                actions.push(Action::Run(command));
            }
        });
    }
}

/// Which pack it is and how far from the shipped one; `counts` are all numbers and those that differ.
pub(super) fn status(pack: &RulePack, (all, changed): (usize, usize)) -> String {
    let (id, version) = (&pack.id, pack.version);
    if pack.is_shipped() {
        return format!("{id} version {version}: a change makes it your own");
    }
    let base = pack.base();
    let (base_id, base_version) = (&base.id, base.version);
    let rules = match pack.switched_rules().len() {
        0 => String::new(),
        1 => ", 1 rule".to_owned(),
        count => format!(", {count} rules"),
    };
    let precedence = if pack.has_own_precedence() {
        ", the precedence"
    } else {
        ""
    };
    format!(
        "{id} version {version}: {changed} of {all} numbers{rules}{precedence} differ from {base_id} version {base_version}"
    )
}

/// Files of the folder that cannot be read, each with its reason.
pub(super) fn damaged(ui: &mut Ui, entries: &[PackEntry]) {
    for entry in entries {
        if let Err(why) = &entry.pack {
            ui.add_space(4.0);
            let words = fonts::caption(why).color(tokens(ui).warn);
            ui.add(Label::new(words).wrap()).on_hover_text(
                "This file of the folder cannot be read as a rule pack; it is left as it is",
            );
        }
    }
}
