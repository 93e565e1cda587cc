//! The P/L table panel: profit since entry over SPX levels and dates, with soft heat and signs.

mod cache;
mod grid;
mod head;
mod paint;

use egui::Ui;

use crate::ui::export::{is_picture, say_subject};
use crate::ui::theme::{GAP, HEAD_HEIGHT, PAD, ROW_HEIGHT};
use crate::ui::widgets::{empty_state, scroll_body};
use crate::ui::{Actions, PanelContext};
use grid::{Grid, Room};

/// Fewest rows, whatever the height.
const LEAST_ROWS: usize = 5;
/// Narrowest cell, in points.
const CELL_WIDTH: f32 = 66.0;

/// Which book a table shows while a what-if is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    /// The book as held, from today's levels.
    Now,
    /// The what-if.
    #[default]
    WhatIf,
    /// What-if less now.
    Change,
}

/// The reader's choices, kept while the desk runs.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Choices {
    /// SPX points between two rows.
    step_points: f64,
    /// Calendar days between two columns; `None` spreads them evenly to expiry.
    every_days: Option<u32>,
    /// Which book.
    shown: Shown,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            step_points: 100.0,
            every_days: None,
            shown: Shown::WhatIf,
        }
    }
}

/// Shows the P/L table over the whole of `ui`.
pub fn pl_table_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let id = egui::Id::unique("palisade_pl_table_choices");
    let mut choices: Choices = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if ctx.valuation.book.legs.is_empty() {
        head::title_only(ui);
        empty_state(
            ui,
            "No P/L table yet",
            "Add a condor in the position editor. Its profit or loss at every SPX level and date until \
             expiry then stands here.",
            None,
        );
        return;
    }
    let grid = Grid::of(ui, ctx, &choices, room(ui));
    let before = choices;
    head::head(ui, ctx, (&mut choices, &grid), actions);
    say_subject(ui.ctx(), || {
        format!("{}, $ since entry", grid.component.label())
    });
    if choices != before {
        ui.ctx().request_repaint();
    }
    ui.data_mut(|data| data.insert_temp(id, choices));
    paint::heads(ui, &grid);
    scroll_body(ui, "pl table rows", |ui| {
        paint::rows(ui, &grid);
        ui.add_space(GAP);
    });
}

/// How many rows and columns fit.
fn room(ui: &Ui) -> Room {
    let size = ui.available_size();
    let head = if is_picture(ui.ctx()) {
        0.0
    } else {
        HEAD_HEIGHT
    };
    let rows = (size.y - head - ROW_HEIGHT - GAP) / ROW_HEIGHT;
    let columns = (size.x - 2.0 * PAD - paint::LABEL_WIDTH) / CELL_WIDTH;
    Room {
        rows: (rows.max(0.0) as usize).clamp(LEAST_ROWS, 61),
        columns: (columns.max(0.0) as usize).clamp(3, 16),
    }
}
