//! The rule pack panel: every number of the method by the rule that reads it, with unit, range, sign, source
//! and reason; changed, compared with the shipped pack, and reset.

mod head;
mod number_row;
mod remarks;
mod sections;

use egui::{Align, Align2, Layout, Pos2, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::document::Command;
use crate::policy::{RulePack, Slot};
use crate::rule::{ContextRow, threshold_context};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, GAP, tokens};
use crate::ui::widgets::data_table::{filter_field, matches_filter};
use crate::ui::widgets::{divider, elided, panel_body, segmented};
use crate::ui::{Action, Actions, PackEdit, PanelContext, fonts};

use number_row::{column_heads, instrument_row, number_row};
use sections::{Section, sections};

/// Height of a section's title, in points.
const TITLE: f32 = 32.0;

/// What of the pack is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown {
    /// Words that a number must hold.
    asked: String,
    /// Whether only numbers that differ from the shipped pack's are shown.
    is_changed_only: bool,
}

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
    /// The facts that it is compared with, in the own book and in the reference.
    compared: Vec<ContextRow>,
    /// What the linter remarks about it.
    remark: Option<&'a str>,
}

/// Shows the rule pack panel over the whole of `ui`.
pub fn pack_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    if !ctx.packs.is_current {
        actions.push(Action::Pack(PackEdit::Judge));
    }
    ui.add_space(GAP);
    let slots = ctx.pack.slots();
    let changes = ctx.pack.changes();
    panel_body(ui, |ui| {
        head::head(ui, ctx, (slots.len(), changes.len()), actions);
    });
    let id = ui.make_persistent_id("rule pack shown");
    let mut shown: Shown = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let all: Vec<(Section, Vec<Number<'_>>)> = sections(ctx.pack, &slots)
        .into_iter()
        .map(|section| {
            let labels = section.labels(&slots);
            let numbers = section.numbers.iter().zip(labels).map(|(at, label)| {
                let slot = &slots[*at];
                let change = changes.iter().find(|change| change.path == slot.path);
                Number {
                    name: format!("{}: {}", section.title, label.to_lowercase()),
                    label,
                    shipped: change.and_then(|change| Some(change.shipped?.value)),
                    is_changed: change.is_some(),
                    compared: compared(ctx, &slot.path),
                    remark: remarks::about(ctx, &slot.path),
                    slot,
                }
            });
            let numbers = numbers.collect();
            (section, numbers)
        })
        .collect();
    panel_body(ui, |ui| {
        let found = all.iter().flat_map(|(section, numbers)| {
            numbers.iter().filter(|number| shown.takes(section, number))
        });
        let found = found.count();
        tools(ui, ctx.pack, &mut shown, (found, slots.len()), actions);
        column_heads(ui);
    });
    ui.data_mut(|data| data.insert_temp(id, shown.clone()));
    ScrollArea::vertical()
        .id_salt("rule pack body")
        .auto_shrink(false)
        .show(ui, |ui| {
            panel_body(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if shown == Shown::default() {
                    remarks::remarks(ui, ctx);
                }
                let mut is_any = false;
                for (section, numbers) in &all {
                    is_any |= section_ui(ui, section, numbers, &shown, actions);
                }
                if !is_any {
                    nothing(ui, &shown);
                }
                ui.add_space(GAP);
            });
        });
}

/// The facts that a number is compared with; none until the pack is judged.
fn compared(ctx: &PanelContext<'_>, path: &str) -> Vec<ContextRow> {
    let judged = ctx.packs.judged;
    let both = judged.and_then(|judged| Some((&judged.own, judged.reference.as_ref().ok()?)));
    both.map(|(own, reference)| threshold_context(path, own, reference))
        .unwrap_or_default()
}

impl Shown {
    fn takes(&self, section: &Section, number: &Number<'_>) -> bool {
        let threshold = number.slot.threshold;
        let words = || {
            format!(
                "{} {} {} {} {} {} {}",
                number.name,
                number.slot.path,
                section.note,
                threshold.value,
                number.slot.unit.label(),
                threshold.source.label(),
                threshold.why
            )
        };
        (!self.is_changed_only || number.is_changed)
            && (self.asked.trim().is_empty() || matches_filter(&self.asked, &words()))
    }
}

/// What is shown of the numbers, and what can be done to all of them.
fn tools(
    ui: &mut Ui,
    pack: &RulePack,
    shown: &mut Shown,
    counts: (usize, usize),
    actions: &mut Actions,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let choices = [(false, "All"), (true, "Changed")];
        segmented(ui, "Numbers shown", &mut shown.is_changed_only, &choices)
            .on_hover_text("All numbers, or those that differ from the shipped pack alone");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let is_own = !pack.is_shipped();
            ui.add_enabled_ui(is_own, |ui| {
                if icon_button(ui, Icon::Undo, "Reset all numbers").clicked() {
                    let under = vec![String::new()];
                    actions.edit(Command::ResetPackNumbers { under });
                }
                if icon_button(ui, Icon::Copy, "Copy the difference to the shipped pack").clicked()
                {
                    ui.ctx().copy_text(pack.diff_text());
                }
            });
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                filter_field(ui, "Numbers", &mut shown.asked, counts);
            });
        });
    });
}

/// A section with the numbers that are asked for; tells whether there was any.
fn section_ui(
    ui: &mut Ui,
    section: &Section,
    numbers: &[Number<'_>],
    shown: &Shown,
    actions: &mut Actions,
) -> bool {
    let taken: Vec<&Number<'_>> = numbers
        .iter()
        .filter(|number| shown.takes(section, number))
        .collect();
    let is_plain = shown.asked.trim().is_empty() && !shown.is_changed_only;
    if taken.is_empty() && !(is_plain && numbers.is_empty()) {
        return false;
    }
    divider(ui);
    title(ui, section, numbers, actions);
    if is_plain && !section.elsewhere.is_empty() {
        let words = format!("Also reads {}", section.elsewhere.join(", "));
        ui.label(fonts::caption(words).color(tokens(ui).tx3));
        ui.add_space(4.0);
    }
    if let Some(layer) = section.layer.filter(|_layer| is_plain) {
        instrument_row(ui, section, layer, actions);
    }
    for number in taken {
        number_row(ui, number, actions);
    }
    ui.add_space(4.0);
    true
}

fn title(ui: &mut Ui, section: &Section, numbers: &[Number<'_>], actions: &mut Actions) {
    let size = vec2(ui.available_width(), TITLE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Heading, true, section.title.as_str())
    });
    let t = tokens(ui);
    let painter = ui.painter();
    let font = fonts::inter_strong(fonts::BODY);
    let written = painter.text(
        rect.left_center(),
        Align2::LEFT_CENTER,
        &section.title,
        font,
        t.tx,
    );
    let room = rect
        .with_min_x(written.right() + 12.0)
        .with_max_x(rect.right() - FIELD_HEIGHT - 4.0);
    elided(
        painter,
        room,
        &section.note,
        fonts::inter(fonts::SMALL),
        t.tx3,
    );
    crate::ui::widgets::hint(response, &section.title, &section.note);
    let changed: Vec<String> = numbers
        .iter()
        .filter(|number| number.is_changed)
        .map(|number| number.slot.path.clone())
        .collect();
    if changed.len() > 1 {
        let corner = Pos2::new(
            rect.right() - FIELD_HEIGHT,
            rect.center().y - FIELD_HEIGHT / 2.0,
        );
        let place = egui::Rect::from_min_size(corner, vec2(FIELD_HEIGHT, FIELD_HEIGHT));
        let mut end = ui.new_child(UiBuilder::new().max_rect(place));
        let label = format!("Reset {}", section.title);
        if icon_button(&mut end, Icon::Undo, &label).clicked() {
            actions.edit(Command::ResetPackNumbers { under: changed });
        }
    }
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
