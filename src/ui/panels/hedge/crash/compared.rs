//! The scenario rows in a what-if: the net as the book is held, as it would be, and what lies between.

use super::row_words;
use crate::risk::figures::ScenarioRow;
use crate::ui::format;
use crate::ui::theme::Tone;
use crate::ui::widgets::{Cell, Column, Row};

/// Columns and rows of the net; condors, layers and VIX futures of both are on hover.
pub fn table(now: &[ScenarioRow], then: &[ScenarioRow]) -> (Vec<Column>, Vec<Row>) {
    let is_named = then.iter().any(|row| !row.name.is_empty());
    let rows = now
        .iter()
        .zip(then)
        .map(|pair| row(pair, is_named))
        .collect();
    (columns(is_named), rows)
}

fn columns(is_named: bool) -> Vec<Column> {
    let number = |title: &str, hint: &str| Column::num(title).hint(hint);
    let first = if is_named {
        vec![Column::text("Preset").compact()]
    } else {
        vec![
            Column::text("SPX")
                .compact()
                .hint("Simple move of SPX at once"),
        ]
    };
    let figures = [
        number(
            "VIX",
            "VIX after the move from the what-if's levels, by the model",
        ),
        number(
            "Now",
            "Profit or loss of the book as held, from the levels as they are",
        ),
        number("What-if", "Profit or loss of the what-if, from its levels"),
        number("Change", "What-if less now"),
    ];
    first.into_iter().chain(figures).collect()
}

fn row((now, then): (&ScenarioRow, &ScenarioRow), is_named: bool) -> Row {
    let is_beyond = then.is_extrapolated;
    let tone = |tone: Tone| if is_beyond { Tone::Faint } else { tone };
    let change = then.net_usd - now.net_usd;
    // what does not differ by a printed digit has not changed
    let is_same = format::usd_thousands(then.net_usd) == format::usd_thousands(now.net_usd);
    let first = if is_named {
        Cell::text(then.name).tone(tone(Tone::Quiet))
    } else {
        let unit = if is_beyond { "% ext" } else { "%" };
        Cell::num(format::signed(then.spx_pct, 0))
            .unit(unit)
            .tone(tone(Tone::Quiet))
    };
    Row::new(vec![
        first,
        Cell::num(format::fixed(then.vix, 1)).tone(tone(Tone::Quiet)),
        Cell::num(format::usd_thousands(now.net_usd)).tone(Tone::Faint),
        Cell::num(format::usd_thousands(then.net_usd))
            .tone(tone(if is_same { Tone::Quiet } else { Tone::WhatIf }))
            .strong(),
        if is_same {
            Cell::num(format::NONE).tone(Tone::Faint)
        } else {
            Cell::num(format::usd_thousands(change)).tone(tone(Tone::of_sign(change)))
        },
    ])
    .hint(format!(
        "Now: {}\nWhat-if: {}",
        parts_words(now),
        parts_words(then)
    ))
}

/// The row in full with each layer by itself.
fn parts_words(row: &ScenarioRow) -> String {
    let layers: Vec<String> = row
        .layers_usd
        .iter()
        .zip(["First", "Second", "Third"])
        .map(|(usd, name)| format!("{name} {}", format::usd_signed(*usd)))
        .collect();
    format!("{}\n{}", row_words(row), layers.join(", "))
}
