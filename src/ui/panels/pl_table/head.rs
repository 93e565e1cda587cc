//! The head of the P/L table: which book, how far apart rows and columns stand, and copying.

use egui::{Align, Layout, Ui, vec2};

use super::grid::Grid;
use super::{Choices, Shown};
use crate::ui::export::{DataSet, csv, export_button};
use crate::ui::panels::PanelKind;
use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::widgets::{
    CommitField, NumberField, copy_button, head_room, offer_table, panel_head, panel_head_with,
    segmented,
};
use crate::ui::{Actions, PanelContext, fonts};

/// Steps offered beside the field, SPX points.
const STEPS: [(f64, &str); 3] = [(25.0, "25"), (50.0, "50"), (100.0, "100")];
/// Width of the field for days, in points.
const DAYS_WIDTH: f32 = 48.0;
/// A head narrower than this leaves the remark out; while a what-if is on, the second.
const ROOM_FOR_REMARK: [f32; 2] = [560.0, 760.0];

/// The head without controls, for an empty book.
pub(super) fn title_only(ui: &mut Ui) {
    panel_head(ui, "P/L table", |_right| {});
}

/// The head with its controls.
pub(super) fn head(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (choices, grid): (&mut Choices, &Grid),
    actions: &mut Actions,
) {
    let room = head_room(ui);
    let width = if room > 0.0 {
        room
    } else {
        ui.available_width()
    };
    let is_what_if = ctx.what_if.is_some();
    let has_remark = width >= ROOM_FOR_REMARK[usize::from(is_what_if)];
    let mut shown = choices.shown;
    panel_head_with(
        ui,
        "P/L table",
        |ui| {
            if is_what_if {
                which_book(ui, &mut shown);
            }
            if has_remark {
                remark(ui, grid);
            }
        },
        |ui| {
            let data = || csv::pl_table(&grid.table, grid.spot);
            export_button(
                ui,
                Some(PanelKind::PlTable),
                &[DataSet::new("pl-table", &data).titled("P/L table")],
                actions,
            );
            offer_table(ui, "P/L table", &|| (grid.text_columns(), grid.text_rows()));
            copy_button(ui, "P/L table", &grid.text_columns(), &grid.text_rows());
            steps(ui, choices);
            ui.add_space(8.0);
            days(ui, choices);
        },
    );
    choices.shown = shown;
}

fn which_book(ui: &mut Ui, shown: &mut Shown) {
    let books = [
        (Shown::Now, "Now"),
        (Shown::WhatIf, "What-if"),
        (Shown::Change, "Change"),
    ];
    segmented(ui, "Book", shown, &books).on_hover_text(
        "Now: the book as held, from today's levels. What-if: the drafts, from the scenario's levels and \
         date. Change: what-if less now.",
    );
}

fn remark(ui: &mut Ui, grid: &Grid) {
    let model = if grid.component.has_vix() {
        ", VIX by model"
    } else {
        ""
    };
    let words = format!("{}, $ since entry{model}", grid.component.label());
    ui.label(fonts::caption(words).color(tokens(ui).tx3))
        .on_hover_text(
            "The part of the book chosen in the payoff plot. Along every column VIX, its futures and SPX vol \
             follow the level by the joint model.",
        );
}

/// From the right edge: field, quick steps, word.
fn steps(ui: &mut Ui, choices: &mut Choices) {
    NumberField::new(&mut choices.step_points, "Step in SPX points")
        .hint("SPX points between two rows, 1 to 1,000")
        .range(1.0..=1000.0)
        .trimmed()
        .step(25.0)
        .shift_step(100.0)
        .alt_step(5.0)
        .width(56.0)
        .show(ui);
    segmented(ui, "Step", &mut choices.step_points, &STEPS);
    ui.label(fonts::caption("Step").color(tokens(ui).tx2));
}

fn days(ui: &mut Ui, choices: &mut Choices) {
    ui.label(fonts::caption("d").color(tokens(ui).tx3));
    let text = choices
        .every_days
        .map_or_else(String::new, |days| days.to_string());
    let field = |ui: &mut Ui| {
        CommitField::new("Days between columns", &text)
            .hint("even")
            .tooltip("Calendar days between two columns, 1 to 365; empty: evenly to expiry")
            .figure()
            .width(DAYS_WIDTH)
            .show_optional(ui, 1.0..=365.0)
    };
    // the field shows its refusal beneath, so it needs a column of its own
    let size = vec2(DAYS_WIDTH, FIELD_HEIGHT);
    let asked = ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), field);
    if let Some(days) = asked.inner {
        choices.every_days = days.map(|days| days.round() as u32);
    }
    ui.label(fonts::caption("Every").color(tokens(ui).tx2));
}
