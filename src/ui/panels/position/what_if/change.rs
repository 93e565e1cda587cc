//! Every figure now, in the what-if, and the change.

use egui::Ui;

use super::fold_at;
use crate::ui::format;
use crate::ui::panels::position::editing::Editing;
use crate::ui::panels::position::parts::{place, span};
use crate::ui::theme::{FIELD_HEIGHT, Tone};
use crate::ui::what_if::{DraftTotals, WhatIfView};
use crate::ui::widgets::{Cell, Column, DataTable, Row, copy_button};
use crate::valuation::{ChangeRow, ChangeUnit, change_rows};

/// Height of a row, in points.
const ROW: f32 = 20.0;

/// The table under its head.
pub(super) fn section(ui: &mut Ui, editing: &Editing<'_>, view: &WhatIfView<'_>) {
    let (is_open, head) = fold_at(ui, ("Change", ""));
    if !is_open {
        return;
    }
    let realised_usd = DraftTotals::of(view.drafts).realised_usd;
    let changes = change_rows(view.now, editing.ctx.valuation, realised_usd);
    let columns = [
        Column::text("Figure"),
        Column::num("Now").hint("At the marks, for the book as held"),
        Column::num("What-if").hint("At the scenario, for the book with the drafts that are on"),
        Column::num("Change").hint("What-if less now; coloured where a change is good or bad"),
    ];
    let rows: Vec<Row> = changes.iter().map(shown).collect();
    let corner = span(head, head.width() - FIELD_HEIGHT, head.width());
    place(ui, corner, "copy change", |ui| {
        copy_button(ui, "what-if change", &columns, &rows);
    });
    DataTable::new("What-if change", &columns, &rows)
        .row_height(ROW)
        .gutter(8.0)
        .show(ui);
}

fn shown(row: &ChangeRow) -> Row {
    let write =
        |value: Option<f64>| value.map_or_else(|| format::NONE.to_owned(), |v| figure(v, row.unit));
    let (now, then) = (write(row.now), write(row.what_if));
    let is_moved = now != then;
    let change = match row.change() {
        Some(change) if is_moved => difference(change, row.unit),
        Some(_) | None => format::NONE.to_owned(),
    };
    let tone = if !is_moved {
        Tone::Faint
    } else if row.gain == 0.0 {
        Tone::Quiet
    } else {
        Tone::of_sign(row.gain)
    };
    let new = if is_moved { Tone::WhatIf } else { Tone::Quiet };
    Row::new(vec![
        Cell::text(row.label).unit(row.per).tone(Tone::Quiet),
        Cell::num(now).tone(Tone::Faint),
        Cell::num(then).tone(new),
        Cell::num(change).tone(tone),
    ])
    .hint(row.hint)
}

fn figure(value: f64, unit: ChangeUnit) -> String {
    match unit {
        ChangeUnit::UsdSigned => format::usd_signed(value),
        ChangeUnit::Usd => format::usd(value),
        ChangeUnit::UsdCents => format::signed(value, 2),
        ChangeUnit::Points => format::fixed(value, 1),
        ChangeUnit::VegaPoints => format::signed(value, 3),
        ChangeUnit::Ratio => format!("{}%", format::pct(value, 1)),
    }
}

fn difference(change: f64, unit: ChangeUnit) -> String {
    match unit {
        ChangeUnit::UsdSigned | ChangeUnit::Usd => format::signed(change, 0),
        ChangeUnit::UsdCents => format::signed(change, 2),
        ChangeUnit::Points => format::signed(change, 1),
        ChangeUnit::VegaPoints => format::signed(change, 3),
        ChangeUnit::Ratio => format::signed(100.0 * change, 1),
    }
}
