//! The skew-stickiness ratio that the model implies for every SPX expiry held, beside what each mode uses.

use egui::Ui;

use crate::market::SmileMode;
use crate::risk::ssr::{ImpliedSsr, implied_ssr};
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, copy_button};
use crate::ui::{PanelContext, fonts, format};

const MEANING: &str = "How far ATM vol moves with SPX, in units of the skew: SSR = (d ATM vol / d ln S) / skew. \
    A pure number. 0 is sticky moneyness, 1 sticky strike near the money, 2 the short-dated limit of local and \
    of stochastic vol models (Bergomi 2009; arXiv 2406.16131). Measured on SPX 2018-23: 1.6 at 30 d, 1.45 at \
    93 d, 1.35 at 184 d, 1.1 at 365 d.";

/// Shows the table with its head and copy button.
pub(super) fn ssr(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let mode = ctx.campaign.model.smile_mode;
    let columns = columns();
    let rows: Vec<Row> = implied_ssr(&ctx.valuation.book)
        .iter()
        .map(|ssr| row(ssr, mode))
        .collect();
    ui.horizontal(|ui| {
        let t = tokens(ui);
        ui.label(fonts::title("Implied skew-stickiness (SSR)").color(t.tx2))
            .on_hover_text(MEANING);
        ui.label(fonts::caption("no unit, computed from model and fitted skew").color(t.tx3))
            .on_hover_text(MEANING);
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| copy_button(ui, "SSR", &columns, &rows));
    });
    if rows.is_empty() {
        ui.label(fonts::caption("No SPX option is held.").color(tokens(ui).tx3));
        return;
    }
    DataTable::new("Implied SSR", &columns, &rows)
        .filterable()
        .show(ui);
}

fn columns() -> [Column; 7] {
    [
        Column::text("Expiry").compact(),
        Column::num("Days").hint("Calendar days to settlement"),
        Column::num("ATM %").hint("Fitted vol at the forward"),
        Column::num("Skew pt / 10 %")
            .hint("Change of vol in points per 10 % of log-moneyness, at the money"),
        Column::num("By VIX-driven").hint(
            "SSR that the VIX-driven mode implies: vol × tenor beta × VIX points per 1 % of SPX over VIX, \
             divided by the skew",
        ),
        Column::num("By SSR mode")
            .hint("Level × (reference tenor / days)^exponent, between floor and cap"),
        Column::num("In force").hint("What the smile mode chosen above gives"),
    ]
}

fn row(ssr: &ImpliedSsr, mode: SmileMode) -> Row {
    let figure = |value: Option<f64>| {
        value.map_or_else(|| format::NONE.to_owned(), |value| format::fixed(value, 2))
    };
    Row::new(vec![
        Cell::text(format!("{} {}", ssr.root, format::date(ssr.expiry))),
        Cell::num(format::fixed(ssr.days, 1)).tone(Tone::Quiet),
        Cell::num(format::vol(ssr.atm_vol)).tone(Tone::Quiet),
        Cell::num(format::signed(ssr.skew * 10.0, 2)).tone(Tone::Quiet),
        Cell::num(figure(ssr.by_vix)),
        Cell::num(figure(Some(ssr.by_rule))),
        Cell::num(figure(in_force(ssr, mode))).strong(),
    ])
}

/// The ratio that a mode gives: its own, or what its name says.
fn in_force(ssr: &ImpliedSsr, mode: SmileMode) -> Option<f64> {
    match mode {
        SmileMode::VixDriven => ssr.by_vix,
        SmileMode::Ssr => Some(ssr.by_rule),
        SmileMode::StickyStrike => Some(1.0),
        SmileMode::StickyMoneyness => Some(0.0),
    }
}
