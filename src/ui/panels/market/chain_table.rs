//! The expiries of the imported chain: forward, quotes and vol at the money, one row each.

use egui::{Align, Layout, Ui};

use crate::calendar::new_york_date;
use crate::market::{Chain, ChainExpiry};
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, copy_button};
use crate::ui::{fonts, format};

/// Shows the table with its head and copy button.
pub(super) fn chain_table(ui: &mut Ui, chain: &Chain) {
    let columns = columns();
    let rows: Vec<Row> = chain
        .expiries
        .iter()
        .map(|expiry| row(chain, expiry))
        .collect();
    ui.horizontal(|ui| {
        ui.label(fonts::title("Chain by expiry").color(tokens(ui).tx2));
        let right = Layout::right_to_left(Align::Center);
        ui.with_layout(right, |ui| copy_button(ui, "chain", &columns, &rows));
    });
    DataTable::new("Chain expiries", &columns, &rows)
        .sortable()
        .filterable()
        .show(ui);
}

fn columns() -> [Column; 7] {
    [
        Column::text("Expiry"),
        Column::num("Days").hint("Calendar days from the instant of the chain"),
        Column::num("Forward").hint("Forward by put-call parity, points of the root's own index"),
        Column::num("Quotes").hint("Strikes that gave a vol"),
        Column::num("Without vol").hint("Strikes whose quotes gave no vol"),
        Column::num("From").hint("Lowest strike with a vol, points"),
        Column::num("To").hint("Highest strike with a vol, points"),
    ]
}

fn row(chain: &Chain, entry: &ChainExpiry) -> Row {
    let days = format::days_between(new_york_date(chain.as_of), entry.expiry);
    let strike = |quote: Option<&(f64, f64)>| match quote {
        Some((strike, _vol)) => Cell::num(format::strike(*strike)).sort(*strike),
        None => Cell::num(format::NONE).tone(Tone::Faint),
    };
    let count = |number: usize| Cell::num(format::count(number)).sort(number as f64);
    Row::new(vec![
        Cell::text(format!("{} {}", entry.root, format::date(entry.expiry))).sort(f64::from(days)),
        Cell::num(days.to_string())
            .sort(f64::from(days))
            .tone(Tone::Quiet),
        Cell::num(format::points(entry.forward)).sort(entry.forward),
        count(entry.quotes.len()),
        count(entry.rejected).tone(Tone::Quiet),
        strike(entry.quotes.first()),
        strike(entry.quotes.last()),
    ])
}
