//! What was read of a broker's file besides its fills, each line with its number.

use egui::Ui;

use super::ask;
use crate::document::journal::{HoldingRow, ImportQueue, QueueEdit};
use crate::ui::theme::{GAP, Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, switch};
use crate::ui::{Actions, fonts, format};

/// Dollars and cents with their sign.
fn cents(usd: f64) -> String {
    let sign = if usd < 0.0 { "\u{2212}" } else { "" };
    format!("{sign}{}", format::usd_cents(usd.abs()))
}

fn line(number: Option<u64>) -> Cell {
    let words = number.map_or_else(|| "–".to_owned(), |number| number.to_string());
    let cell = Cell::num(words).tone(Tone::Quiet);
    match number {
        Some(number) => cell.sort(number as f64),
        None => cell,
    }
}

fn line_column() -> Column {
    Column::num("Line").hint("Line of the file")
}

/// The file's totals beside ours.
pub(super) fn totals(ui: &mut Ui, queue: &ImportQueue) {
    let columns = [
        line_column(),
        Column::text("Figure of the file"),
        Column::num("File, $").hint("What the file states, dollars"),
        Column::num("Ours, $").hint("The sum of what was read and left out, dollars"),
        Column::num("Difference, $").hint("The file's figure less ours, dollars"),
    ];
    let row = |check: &crate::import::broker::Check| {
        let differs = !check.agrees();
        let tone = if differs { Tone::Bad } else { Tone::Quiet };
        Row::new(vec![
            line(check.line),
            Cell::text(check.what.clone()),
            Cell::num(cents(check.file_usd)).sort(check.file_usd),
            Cell::num(cents(check.ours_usd)).sort(check.ours_usd),
            Cell::num(if differs {
                cents(check.difference_usd)
            } else {
                "0".to_owned()
            })
            .tone(tone)
            .sort(check.difference_usd),
        ])
    };
    let rows: Vec<Row> = queue.checks.iter().map(row).collect();
    DataTable::new("Totals", &columns, &rows)
        .sortable()
        .show(ui);
}

/// What could not be read.
pub(super) fn problems(ui: &mut Ui, queue: &ImportQueue) {
    let columns = [
        line_column(),
        Column::text("Column").compact(),
        Column::text("Found").compact(),
        Column::text("Expected"),
    ];
    let row = |problem: &crate::import::ImportProblem| {
        Row::new(vec![
            line(Some(problem.line)),
            Cell::text(problem.column.clone()).tone(Tone::Quiet),
            Cell::text(problem.found.clone()).tone(Tone::Warn),
            Cell::text(problem.expected.clone()),
        ])
        .hint(problem.to_string())
    };
    let rows: Vec<Row> = queue.file.problems.iter().map(row).collect();
    DataTable::new("Problems", &columns, &rows)
        .filterable()
        .show(ui);
}

/// Rows that were understood and are not taken over.
pub(super) fn left_out(ui: &mut Ui, queue: &ImportQueue) {
    let columns = [
        line_column(),
        Column::text("Why").compact(),
        Column::num("Amount, $").hint("Dollars received that the row states"),
        Column::text("Row"),
    ];
    let row = |skipped: &crate::import::broker::Skipped| {
        Row::new(vec![
            line(Some(skipped.line)),
            Cell::text(skipped.why.clone()),
            Cell::num(cents(skipped.amount_usd)).sort(skipped.amount_usd),
            Cell::text(skipped.text.clone()).tone(Tone::Quiet),
        ])
        .hint(format!("{}\n{}", skipped.why, skipped.text))
    };
    let rows: Vec<Row> = queue.file.skipped.iter().map(row).collect();
    DataTable::new("Left out", &columns, &rows)
        .filterable()
        .show(ui);
}

/// What the file does not say and was taken to be so.
pub(super) fn assumed(ui: &mut Ui, queue: &ImportQueue) {
    let columns = [line_column(), Column::text("Assumed")];
    let row = |assumption: &crate::import::broker::Assumption| {
        let number = Some(assumption.line).filter(|number| *number > 0);
        Row::new(vec![line(number), Cell::text(assumption.text.clone())])
            .hint(assumption.text.clone())
    };
    let rows: Vec<Row> = queue.file.assumptions.iter().map(row).collect();
    DataTable::new("Assumed", &columns, &rows).show(ui);
}

/// Positions of a statement beside the book's, with a switch where the book lacks some.
pub(super) fn holdings(ui: &mut Ui, queue: &ImportQueue, actions: &mut Actions) {
    let t = tokens(ui);
    let words = "Switch on what no campaign has: it is added to this book as a position at the file's price. \
                 What the book holds beyond the file stays.";
    ui.label(fonts::caption(words).color(t.tx2));
    ui.add_space(4.0);
    egui::Grid::new("holdings")
        .num_columns(8)
        .spacing([24.0, 0.0])
        .min_row_height(24.0)
        .show(ui, |ui| {
            for head in [
                "Add",
                "Contract",
                "File",
                "Book",
                "Elsewhere",
                "Fills",
                "Difference",
                "Price",
            ] {
                ui.label(fonts::caption(head).color(t.tx3));
            }
            ui.end_row();
            for (index, row) in queue.holdings.iter().enumerate() {
                holding(ui, (index, row), actions);
                ui.end_row();
            }
        });
    ui.add_space(GAP);
}

fn holding(ui: &mut Ui, (index, row): (usize, &HoldingRow), actions: &mut Actions) {
    let t = tokens(ui);
    let label = row.contract.label();
    if row.can_be_added() {
        let mut is_added = row.is_added;
        let name = format!("Add {label}");
        if switch(ui, &mut is_added, Tone::Accent, &name)
            .on_hover_text("Adds what no campaign has as a position")
            .changed()
        {
            ask(actions, QueueEdit::Holding(index, is_added));
        }
    } else {
        ui.label(fonts::caption("–").color(t.tx3));
    }
    ui.label(fonts::body(label));
    let count = |number: i32| fonts::num(format::quantity(i64::from(number)));
    ui.label(count(row.stated));
    ui.label(count(row.held))
        .on_hover_text("Contracts that this campaign holds");
    ui.label(count(row.elsewhere).color(t.tx2))
        .on_hover_text("Contracts that your other campaigns hold");
    ui.label(count(row.filled).color(t.tx2))
        .on_hover_text("What the fills that are switched on add");
    let differs = row.difference() != 0;
    let ink = if differs { t.warn } else { t.tx3 };
    ui.label(count(row.difference()).color(ink));
    let price = row.price.map_or_else(|| "–".to_owned(), format::points);
    ui.label(fonts::num(price).color(t.tx2));
}
