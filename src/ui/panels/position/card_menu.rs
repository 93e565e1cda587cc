//! The menu of a card, and the two small forms that it opens in place: a new name, and a log entry.

use egui::{Popup, PopupCloseBehavior, Response, Ui};

use super::editing::Editing;
use super::parts::{menu_item, menu_line, recall, remember};
use crate::calendar::new_york;
use crate::document::Command;
use crate::instrument::{LayerKind, Position, PositionId, Role, TradeAction, Underlying};
use crate::ui::widgets::{TextField, bare, secondary};

/// Width of the menu in points.
const WIDTH: f32 = 220.0;

/// The form that stands open in a card.
#[derive(Clone, Default, PartialEq, Eq)]
enum Form {
    /// None.
    #[default]
    Closed,
    /// A new name, as typed so far.
    Rename(String),
    /// The reason of a log entry, as typed so far.
    Log(String),
}

/// The menu of a card, on a button.
pub(super) fn card_menu(button: &Response, editing: &mut Editing<'_>, position: &Position) {
    Popup::menu(button)
        .gap(2.0)
        .width(WIDTH)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .accessible_name(format!("{} menu", position.name))
        .show(|ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            items(ui, editing, position);
        });
}

fn items(ui: &mut Ui, editing: &mut Editing<'_>, position: &Position) {
    let id = position.id;
    if menu_item(ui, "Rename…", "").clicked() {
        open(ui, id, Form::Rename(position.name.clone()));
    }
    if menu_item(ui, "Duplicate", "").clicked() {
        let mut copy = position.clone();
        copy.name = format!("{} copy", position.name);
        editing.push(Command::AddPosition(copy));
    }
    if menu_item(ui, "Log as executed…", "to the journal").clicked() {
        open(ui, id, Form::Log(String::new()));
    }
    let own_marks = own_marks(editing, position);
    if !own_marks.is_empty() && menu_item(ui, "Clear marks", "back to the fit").clicked() {
        editing.push(Command::Batch(own_marks));
    }
    roles(ui, editing, position);
    menu_line(ui);
    if menu_item(ui, "Remove", "trades stay").clicked() {
        editing.push(Command::RemovePosition { id });
    }
}

/// What VIX legs count as, and whether four legs are seen as a condor or one by one.
fn roles(ui: &mut Ui, editing: &mut Editing<'_>, position: &Position) {
    let is_vix = |leg: &crate::instrument::Leg| leg.contract.underlying() == Underlying::Vix;
    if position.legs.iter().all(is_vix) {
        menu_line(ui);
        let layers = LayerKind::ALL.into_iter().map(Role::Layer);
        for role in layers.chain([Role::Other]) {
            if role != position.role {
                let words = format!("Count as {}", role.label().to_lowercase());
                if menu_item(ui, &words, "").clicked() {
                    editing.replace(Position {
                        role,
                        ..position.clone()
                    });
                }
            }
        }
        return;
    }
    let (words, role) = match position.role {
        Role::Condor => ("Edit leg by leg", Role::Other),
        Role::Other | Role::Layer(_) if position.condor().is_some() => {
            ("Count as condor", Role::Condor)
        }
        Role::Other | Role::Layer(_) => return,
    };
    menu_line(ui);
    if menu_item(ui, words, "").clicked() {
        editing.replace(Position {
            role,
            ..position.clone()
        });
    }
}

/// Commands that take the legs' own marks away.
fn own_marks(editing: &Editing<'_>, position: &Position) -> Vec<Command> {
    // In a what-if the marks shown are the scenario's; those to take away are the real ones.
    let real = editing.ctx.what_if.map(|view| view.campaign);
    let quotes = &real.unwrap_or_else(|| editing.campaign()).marks.quotes;
    let held = |contract| position.legs.iter().any(|leg| leg.contract == contract);
    quotes
        .iter()
        .filter(|quote| held(quote.contract))
        .map(|quote| Command::SetQuote {
            contract: quote.contract,
            mark: None,
        })
        .collect()
}

fn open(ui: &Ui, id: PositionId, form: Form) {
    remember(ui, ("form", id), form);
    remember(ui, ("form focus", id), true);
}

/// Shows the form that stands open in a card, if one does. Enter takes it, Esc closes it.
pub(super) fn card_form(ui: &mut Ui, editing: &mut Editing<'_>, position: &Position) {
    let id = position.id;
    match recall::<Form>(ui, ("form", id)) {
        Form::Closed => {}
        Form::Rename(text) => {
            let (text, outcome) = form_line(ui, id, text, ("New name", "Rename"));
            let next = match outcome {
                Outcome::Open => Form::Rename(text),
                Outcome::Taken if text.trim().is_empty() => Form::Rename(text),
                Outcome::Taken => {
                    let name = text.trim().to_owned();
                    editing.replace(Position {
                        name,
                        ..position.clone()
                    });
                    Form::Closed
                }
                Outcome::Left => Form::Closed,
            };
            remember(ui, ("form", id), next);
        }
        Form::Log(text) => {
            let (text, outcome) = form_line(ui, id, text, ("Reason for the journal", "Log"));
            let next = match outcome {
                Outcome::Open => Form::Log(text),
                Outcome::Taken => {
                    log(editing, position, text.trim());
                    Form::Closed
                }
                Outcome::Left => Form::Closed,
            };
            remember(ui, ("form", id), next);
        }
    }
}

enum Outcome {
    Open,
    Taken,
    Left,
}

/// A text with its two buttons.
fn form_line(
    ui: &mut Ui,
    id: PositionId,
    mut text: String,
    (name, verb): (&str, &str),
) -> (String, Outcome) {
    let outcome = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = ui.available_width() - 124.0;
        let field = TextField::new(&mut text, name)
            .hint(name)
            .width(width)
            .show(ui);
        // until it has the keyboard: the menu that opened the form gives it back once more on closing
        if recall(ui, ("form focus", id)) {
            remember(ui, ("form focus", id), !field.response.has_focus());
            field.response.request_focus();
        }
        let is_taken = secondary(ui, verb).clicked() || field.submitted;
        let is_left = bare(ui, "Cancel").clicked() || field.cancelled;
        match (is_taken, is_left) {
            (true, _) => Outcome::Taken,
            (false, true) => Outcome::Left,
            (false, false) => Outcome::Open,
        }
    });
    (text, outcome.inner)
}

/// Logs the legs at their entry prices: an opening, or a hedge for the layers.
fn log(editing: &mut Editing<'_>, position: &Position, reason: &str) {
    let action = match position.role {
        Role::Layer(_) => TradeAction::Hedge,
        Role::Condor | Role::Other => TradeAction::Open,
    };
    let at = editing.market().as_of.to_zoned(new_york()).datetime();
    editing.push(Command::LogPosition {
        id: position.id,
        action,
        at,
        reason: reason.to_owned(),
        prices: Vec::new(),
    });
    editing.say(format!("{} is in the journal", position.name));
}
