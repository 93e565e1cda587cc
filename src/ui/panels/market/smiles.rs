//! The smile of every expiry that the book holds: level, skew, and how much it rests on quotes.

use egui::Ui;
use jiff::civil::Date;

use crate::instrument::{Contract, Root, Underlying};
use crate::market::{Smile, VixSmile};
use crate::ui::icons::Icon;
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, copy_button};
use crate::ui::{PanelContext, fonts, format};
use crate::units::DAYS_PER_YEAR;

/// Shows the table with its head and copy button.
pub(super) fn smiles(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let columns = columns();
    let rows: Vec<Row> = held(ctx)
        .into_iter()
        .filter_map(|(root, expiry)| row_of(ctx, root, expiry))
        .collect();
    ui.horizontal(|ui| {
        ui.label(fonts::title("Smiles of held expiries").color(tokens(ui).tx2));
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| copy_button(ui, "smiles", &columns, &rows));
    });
    if rows.is_empty() {
        ui.label(fonts::caption("No option is held.").color(tokens(ui).tx3));
        return;
    }
    DataTable::new("Smiles", &columns, &rows)
        .filterable()
        .show(ui);
}

fn columns() -> [Column; 9] {
    [
        Column::text("Expiry").compact(),
        Column::num("Days").hint("Calendar days to settlement"),
        Column::num("Forward").hint("Forward of the root's own index, or the VIX future, points"),
        Column::num("ATM").hint("Fitted vol at the forward, %"),
        Column::num("Skew").hint("Change of vol in points per 10 % of log-moneyness, at the money"),
        Column::num("Quotes").hint("Quotes fitted; those that gave no vol are left out"),
        Column::num("RMS")
            .hint("Vega-weighted root mean square of what the fit leaves, vol points"),
        Column::text("Rests on").hint("How much the smile rests on quotes"),
        Column::text("Arbitrage")
            .compact()
            .hint("Butterfly arbitrage of the fitted curve"),
    ]
}

/// Roots and expiries of the options held, in order, each once.
fn held(ctx: &PanelContext<'_>) -> Vec<(Root, Date)> {
    let mut held: Vec<(Root, Date)> = ctx
        .campaign
        .positions
        .iter()
        .flat_map(|position| &position.legs)
        .filter(|leg| leg.contract.strike().is_some())
        .map(|leg: &crate::instrument::Leg| terms(&leg.contract))
        .collect();
    held.sort_unstable();
    held.dedup();
    held
}

fn terms(contract: &Contract) -> (Root, Date) {
    (contract.root(), contract.expiry())
}

fn row_of(ctx: &PanelContext<'_>, root: Root, expiry: Date) -> Option<Row> {
    let market = &ctx.valuation.market;
    match root.underlying() {
        Underlying::Spx => market.smile(root, expiry).map(spx_row),
        Underlying::Vix => market.vix_smile(expiry).map(|smile| vix_row(root, smile)),
    }
}

fn spx_row(smile: &Smile) -> Row {
    let arbitrage = smile.arbitrage_at.map_or_else(
        || Cell::text("none").tone(Tone::Faint),
        |at| {
            Cell::text(format!("at {} %", format::signed(at * 100.0, 1)))
                .tone(Tone::Warn)
                .icon(Icon::Below)
        },
    );
    Row::new(vec![
        Cell::text(format!("{} {}", smile.root, format::date(smile.expiry))),
        Cell::num(format::fixed(smile.years * DAYS_PER_YEAR, 1)).tone(Tone::Quiet),
        Cell::num(format::points(smile.forward)),
        Cell::num(format::vol(smile.atm_vol)),
        Cell::num(format::signed(smile.atm_skew() * 10.0, 2)).tone(Tone::Quiet),
        quotes_cell(smile.quotes.len(), smile.rejected),
        Cell::num(format::vol(smile.rms_vol)).tone(Tone::Quiet),
        Cell::text(smile.source.label()).tone(Tone::Quiet),
        arbitrage,
    ])
}

fn vix_row(root: Root, smile: &VixSmile) -> Row {
    let rests = if smile.is_assumed() {
        Cell::text("template, assumed").tone(Tone::Warn)
    } else {
        Cell::text("template, level from quotes").tone(Tone::Quiet)
    };
    let none = || Cell::num(format::NONE).tone(Tone::Faint);
    Row::new(vec![
        Cell::text(format!("{root} {}", format::date(smile.expiry))),
        Cell::num(format::fixed(smile.years * DAYS_PER_YEAR, 1)).tone(Tone::Quiet),
        Cell::num(format::points(smile.future)),
        Cell::num(format::vol(smile.atm_vol)),
        none(),
        quotes_cell(smile.quotes.len(), smile.rejected),
        none(),
        rests,
        Cell::text(format::NONE).tone(Tone::Faint),
    ])
}

fn quotes_cell(used: usize, rejected: usize) -> Cell {
    let cell = Cell::num(format::count(used));
    if rejected > 0 {
        cell.unit(format!("of {}", format::count(used + rejected)))
    } else {
        cell
    }
}
