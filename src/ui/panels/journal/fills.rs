//! The fills as a table, newest first; a click on a row opens it for correction.

use std::cmp::Reverse;

use egui::Ui;

use super::draft::{Draft, TradeDraft};
use super::{corrections, record};
use crate::calendar::new_york_instant;
use crate::instrument::Trade;
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, empty_state};
use crate::ui::{Action, Actions, PanelContext, UiCommand, fonts, format};
use crate::valuation::JournalTotals;

/// The buttons of the head.
pub(super) fn buttons(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    draft: &mut Option<Draft>,
    actions: &mut Actions,
) {
    record::button(ui, ctx, draft);
    if bare_icon(ui, Icon::Open, UiCommand::ImportFills) {
        actions.push(Action::Run(UiCommand::ImportFills));
    }
}

/// An icon that runs a command.
fn bare_icon(ui: &mut Ui, icon: Icon, command: UiCommand) -> bool {
    let hint = command.hint(ui.ctx());
    icon_button_hinted(ui, icon, command.label(), &hint).clicked()
}

/// Cash and fees over all fills.
fn totals(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let totals = JournalTotals::of(&ctx.campaign.trades);
    let t = tokens(ui);
    let tone = t.text(Tone::of_sign(totals.cash_usd));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(fonts::caption("Cash").color(t.tx2))
            .on_hover_text("Premium received less paid over all trades, fees taken off");
        ui.label(fonts::num(format::usd_signed(totals.cash_usd)).color(tone));
        ui.add_space(4.0);
        ui.label(fonts::caption("Fees").color(t.tx2))
            .on_hover_text("Commission and fees over all trades");
        ui.label(fonts::num(format::usd_cents(totals.fees_usd)).color(t.tx));
    });
}

/// Shows the table; a click puts the trade into `draft`.
pub(super) fn fills(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut Option<Draft>) {
    record::settle_offer(ui, ctx, draft);
    let ordered = newest_first(ctx);
    if ordered.is_empty() {
        let sentence = "“Record…” writes down what you did, whatever it was. The journal keeps what was traded, at \
                        which price, and why.";
        empty_state(ui, "No trades yet", sentence, None);
        return;
    }
    totals(ui, ctx);
    let left_out = left_out(ui.available_width());
    let rows: Vec<Row> = ordered
        .iter()
        .map(|trade| row(ctx, trade).without(left_out))
        .collect();
    let selected = match draft {
        Some(Draft::Trade(open)) => ordered.iter().position(|trade| trade.id == open.id),
        Some(Draft::Note(_) | Draft::Record(_) | Draft::Details(_)) | None => None,
    };
    let columns = Column::without(&columns(), left_out);
    let shown = DataTable::new("Trades", &columns, &rows)
        .sortable()
        .filterable()
        .sticky()
        .selectable(selected)
        .show(ui);
    corrections::corrections(ui, ctx);
    if let Some(trade) = shown.clicked.and_then(|index| ordered.get(index)) {
        *draft = Some(Draft::Trade(TradeDraft::of(trade)));
    }
}

fn newest_first<'a>(ctx: &PanelContext<'a>) -> Vec<&'a Trade> {
    let mut ordered: Vec<&Trade> = ctx.campaign.trades.iter().collect();
    // of the same minute what was written down last, its fills in their order
    ordered.sort_by_key(|trade| (Reverse(trade.at), Reverse(trade.entry), trade.id));
    ordered
}

/// The columns that a narrow panel leaves out, by their place: fees first, then the cash, which follow from the rest,
/// then the reason. The row's tooltip says all.
const fn left_out(width: f32) -> &'static [usize] {
    const FEES: usize = 5;
    const CASH: usize = 6;
    const REASON: usize = 7;
    if width < 480.0 {
        &[FEES, CASH, REASON]
    } else if width < 640.0 {
        &[FEES, CASH]
    } else if width < 760.0 {
        &[FEES]
    } else {
        &[]
    }
}

fn columns() -> [Column; 8] {
    [
        Column::text("Date")
            .compact()
            .hint("New York time of the fill"),
        Column::text("Action").compact(),
        Column::text("Contract").compact(),
        Column::num("Qty").hint("Contracts, negative when sold"),
        Column::num("Price").hint("Price of the fill in points"),
        Column::num("Fees").hint("Commission and fees in dollars"),
        Column::num("Cash").hint("Premium less fees in dollars; a future moves fees only"),
        Column::text("Reason"),
    ]
}

fn row(ctx: &PanelContext<'_>, trade: &Trade) -> Row {
    let date = format!(
        "{} {}",
        format::date(trade.at.date()),
        trade.at.strftime("%H:%M")
    );
    let stamp = new_york_instant(trade.at).as_second() as f64;
    let position = trade.position.and_then(|id| ctx.campaign.position(id));
    let reason = match trade.reason.as_str() {
        "" => String::new(),
        reason => format!("\n{reason}"),
    };
    let whose = position.map_or("no position", |position| position.name.as_str());
    Row::new(vec![
        Cell::text(date).tone(Tone::Quiet).sort(stamp),
        Cell::text(trade.action.label()).strong(),
        Cell::text(trade.contract.label()),
        Cell::num(format::quantity(i64::from(trade.quantity)))
            .tone(Tone::of_sign(f64::from(trade.quantity)))
            .sort(f64::from(trade.quantity)),
        Cell::num(format::points(trade.price)).sort(trade.price),
        Cell::num(format::fixed(trade.fees_usd, 2))
            .tone(Tone::Quiet)
            .sort(trade.fees_usd),
        Cell::num(format::usd_signed(trade.cash_usd()))
            .tone(Tone::of_sign(trade.cash_usd()))
            .sort(trade.cash_usd()),
        Cell::text(trade.reason.clone()).tone(Tone::Quiet),
    ])
    .hint(format!(
        "{whose}: {} {} {} @ {}, fees {}, cash {}{reason}\nClick to correct or remove",
        trade.action.label(),
        format::quantity(i64::from(trade.quantity)),
        trade.contract.label(),
        format::points(trade.price),
        format::usd_cents(trade.fees_usd),
        format::usd_signed(trade.cash_usd()),
    ))
}
