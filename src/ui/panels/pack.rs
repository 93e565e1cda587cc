//! The rule pack panel: every number of the method by the rule that reads it, with unit, range, sign, source
//! and reason; which rules are evaluated and which clause decides first; changed, compared with the shipped
//! pack, and reset.

mod folds;
mod head;
mod number_row;
mod remarks;
mod rules;
mod sections;

use egui::{Align, Layout, ScrollArea, Ui};

use crate::document::Command;
use crate::policy::{NumberChange, PRECEDENCE_PATH, RULES_PATH, RuleKind, RulePack, Slot};
use crate::rule::{ContextRow, threshold_context};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::data_table::{filter_field, matches_filter};
use crate::ui::widgets::{panel_body, segmented};
use crate::ui::{Action, Actions, PackEdit, PanelContext, fonts};

use folds::{Folds, LOW, PACK, PRECEDENCE, RULES, Shown, title};
use number_row::{column_heads, instrument_row, number_row};
use sections::{Section, sections};

/// Narrowest panel with its head in one row, in points.
const ONE_ROW: f32 = 600.0;

/// A number with what the screen says of it.
struct Number<'a> {
    slot: &'a Slot<'a>,
    /// Name of its own in the panel: `Net vega band: low`.
    name: String,
    /// Name within its section.
    label: String,
    /// As it is shipped, when this pack has it otherwise.
    shipped: Option<f64>,
    is_changed: bool,
    /// The facts that it is compared with, in the own book and in the reference; none until it is drawn.
    compared: Vec<ContextRow>,
    /// What the linter remarks about it.
    remark: Option<&'a str>,
}

/// Shows the rule pack panel over the whole of `ui`.
pub fn pack_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    if !ctx.packs.is_current {
        actions.push(Action::Pack(PackEdit::Judge));
    }
    let is_low = ui.available_height() < LOW;
    ui.add_space(4.0);
    let slots = ctx.pack.slots();
    let changes = ctx.pack.changes();
    let id = ui.make_persistent_id("rule pack shown");
    let mut shown: Shown = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let all = numbers(ctx, &slots, &changes);
    let mut folds = Folds {
        shown: &mut shown,
        is_low,
    };
    panel_body(ui, |ui| {
        let found = all.iter().flat_map(|(section, numbers)| {
            numbers
                .iter()
                .filter(|number| folds.shown.takes(section, number))
        });
        let found = found.count();
        head_rows(ui, ctx, &mut folds, (found, slots.len()), actions);
        head::damaged(ui, ctx.packs.files);
        if folds.has_open() {
            column_heads(ui);
        } else {
            ui.add_space(4.0);
        }
    });
    ScrollArea::vertical()
        .id_salt("rule pack body")
        .auto_shrink(false)
        .show(ui, |ui| {
            panel_body(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let counts = (slots.len(), changes.len());
                let mut is_any = whole_ui(ui, ctx, &mut folds, counts, actions);
                for (section, numbers) in all {
                    is_any |= section_ui(ui, ctx, (&section, numbers), &mut folds, actions);
                }
                if !is_any {
                    nothing(ui, folds.shown);
                }
                ui.add_space(GAP);
            });
        });
    ui.data_mut(|data| data.insert_temp(id, shown));
}

/// The numbers of a pack in their sections.
fn numbers<'a>(
    ctx: &PanelContext<'a>,
    slots: &'a [Slot<'a>],
    changes: &[NumberChange<'_>],
) -> Vec<(Section, Vec<Number<'a>>)> {
    sections(ctx.pack, slots)
        .into_iter()
        .map(|section| {
            let labels = section.labels(slots);
            let numbers = section.numbers.iter().zip(labels).map(|(at, label)| {
                let slot = &slots[*at];
                let change = changes.iter().find(|change| change.path == slot.path);
                Number {
                    name: format!("{}: {}", section.title, label.to_lowercase()),
                    label,
                    shipped: change.and_then(|change| Some(change.shipped?.value)),
                    is_changed: change.is_some(),
                    compared: Vec::new(),
                    remark: remarks::about(ctx, &slot.path),
                    slot,
                }
            });
            let numbers = numbers.collect();
            (section, numbers)
        })
        .collect()
}

/// The facts that a number is compared with; none until the pack is judged.
fn compared(ctx: &PanelContext<'_>, path: &str) -> Vec<ContextRow> {
    let judged = ctx.packs.judged;
    let both = judged.and_then(|judged| Some((&judged.own, judged.reference.as_ref().ok()?)));
    both.map(|(own, reference)| threshold_context(path, own, reference))
        .unwrap_or_default()
}

/// The pack, what is shown of it, and what can be done with it: in one row where there is room.
fn head_rows(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    folds: &mut Folds<'_>,
    counts: (usize, usize),
    actions: &mut Actions,
) {
    let width = ui.available_width();
    let is_wide = width >= ONE_ROW;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        head::pack_list(ui, ctx, if is_wide { width } else { 2.0 * width }, actions);
        if is_wide {
            kinds(ui, folds.shown);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            head::files(ui, ctx.pack, ctx.packs.files, actions);
            if is_wide {
                ui.add_space(4.0);
                whole(ui, ctx.pack, folds, actions);
                rest(ui, |ui| {
                    filter_field(ui, "Numbers", &mut folds.shown.asked, counts);
                });
            }
        });
    });
    if !is_wide {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            kinds(ui, folds.shown);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                whole(ui, ctx.pack, folds, actions);
                rest(ui, |ui| {
                    filter_field(ui, "Numbers", &mut folds.shown.asked, counts);
                });
            });
        });
    }
}

/// What is left of a row that was laid out from the right.
fn rest(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.add_space(4.0);
    ui.with_layout(Layout::left_to_right(Align::Center), add);
}

fn kinds(ui: &mut Ui, shown: &mut Shown) {
    let choices = [(false, "All"), (true, "Changed")];
    segmented(ui, "Numbers shown", &mut shown.is_changed_only, &choices)
        .on_hover_text("All numbers, or those that differ from the shipped pack alone");
}

/// What can be done to all numbers, from the right.
fn whole(ui: &mut Ui, pack: &RulePack, folds: &mut Folds<'_>, actions: &mut Actions) {
    let is_own = !pack.is_shipped();
    ui.add_enabled_ui(is_own, |ui| {
        if icon_button(ui, Icon::Undo, "Reset all numbers").clicked() {
            let under = vec![String::new()];
            actions.edit(Command::ResetPackNumbers { under });
        }
        if icon_button(ui, Icon::Copy, "Copy the difference to the shipped pack").clicked() {
            ui.ctx().copy_text(pack.diff_text());
        }
    });
    let are_open = folds.are_open();
    let (icon, label) = if are_open {
        (Icon::Caret, "Fold all sections")
    } else {
        (Icon::CaretRight, "Open all sections")
    };
    if icon_button(ui, icon, label).clicked() {
        folds.set_all(!are_open);
    }
}

/// What is about the pack as a whole: its name, the precedence, the rules, the linter. Tells whether anything
/// of it is shown.
fn whole_ui(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    folds: &mut Folds<'_>,
    counts: (usize, usize),
    actions: &mut Actions,
) -> bool {
    let pack = ctx.pack;
    let is_plain = !folds.shown.is_filtered();
    if is_plain {
        let note = head::status(pack, counts);
        if title(ui, folds, (PACK, &note), None, actions) {
            head::about(ui, pack, actions);
            ui.add_space(4.0);
        }
    }
    let mut is_any = is_plain;
    let (moved, note) = (pack.has_own_precedence(), rules::precedence_note(pack));
    if folds
        .shown
        .takes_words(moved, &format!("precedence {note}"))
    {
        is_any = true;
        let reset = moved.then(|| vec![PRECEDENCE_PATH.to_owned()]);
        if title(ui, folds, (PRECEDENCE, &note), reset, actions) {
            rules::precedence(ui, pack, actions);
            ui.add_space(4.0);
        }
    }
    let (switched, note) = (!pack.switched_rules().is_empty(), rules::rules_note(pack));
    let words = || RuleKind::ALL.iter().map(|rule| rule.title());
    let words: String = words().collect::<Vec<_>>().join(" ");
    let is_asked =
        folds.shown.asked.trim().is_empty() || matches_filter(&folds.shown.asked, "rules");
    if is_asked && folds.shown.takes_words(switched, &format!("rules {words}")) {
        is_any = true;
        let reset = switched.then(|| vec![RULES_PATH.to_owned()]);
        if title(ui, folds, (RULES, &note), reset, actions) {
            rules::rules(ui, pack, actions);
            ui.add_space(4.0);
        }
    }
    if is_plain
        && let Some(note) = remarks::note(ctx)
        && title(ui, folds, ("Linter", &note), None, actions)
    {
        remarks::remarks(ui, ctx);
    }
    is_any
}

/// A section with the numbers that are asked for; tells whether there was any.
fn section_ui(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (section, numbers): (&Section, Vec<Number<'_>>),
    folds: &mut Folds<'_>,
    actions: &mut Actions,
) -> bool {
    let is_plain = !folds.shown.is_filtered();
    let is_taken = |number: &Number<'_>| folds.shown.takes(section, number);
    let is_shown = numbers.iter().any(is_taken) || (is_plain && numbers.is_empty());
    if !is_shown {
        return false;
    }
    let changed: Vec<String> = numbers
        .iter()
        .filter(|number| number.is_changed)
        .map(|number| number.slot.path.clone())
        .collect();
    let words = (section.title.as_str(), section.note.as_str());
    if !title(ui, folds, words, Some(changed), actions) {
        return true;
    }
    if is_plain && !section.elsewhere.is_empty() {
        let words = format!("Also reads {}", section.elsewhere.join(", "));
        ui.label(fonts::caption(words).color(tokens(ui).tx3));
        ui.add_space(4.0);
    }
    if let Some((layer, held)) = section.layer.filter(|_layer| is_plain) {
        let shipped = ctx.pack.base().layer(layer).map(|layer| layer.instrument);
        instrument_row(ui, section, (layer, held, shipped), actions);
    }
    for mut number in numbers {
        if !folds.shown.takes(section, &number) {
            continue;
        }
        number.compared = compared(ctx, &number.slot.path);
        let path = &number.slot.path;
        let was_open = folds.shown.reason.as_ref() == Some(path);
        let is_open = number_row(ui, &number, was_open, actions);
        if is_open != was_open {
            folds.shown.reason = is_open.then(|| path.clone());
        }
    }
    ui.add_space(4.0);
    true
}

fn nothing(ui: &mut Ui, shown: &Shown) {
    let words = if shown.is_changed_only && shown.asked.trim().is_empty() {
        "No number differs from the shipped pack"
    } else {
        "No number holds these words"
    };
    ui.add_space(GAP);
    ui.label(fonts::body(words).color(tokens(ui).tx3));
}
