//! What the book costs and brings: the hedge in sum, net cash, fees, and the button that adds more.

use egui::{Align2, Popup, PopupCloseBehavior, Pos2, Rect, Sense, Stroke, Ui, vec2};

use super::editing::Editing;
use super::fees_popup::fees_popup;
use super::parts::{caption, explain, figure, place, row, span, usd_tenths};
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::bare;
use crate::ui::{fonts, format};

/// Shows the sums; in low panels as one line.
pub(super) fn totals(ui: &mut Ui, editing: &mut Editing<'_>, is_compact: bool) {
    ui.spacing_mut().item_spacing.y = 0.0;
    if !is_compact {
        hedge(ui, editing);
    }
    line_above(ui);
    net_cash(ui, editing, is_compact);
    fees(ui, editing);
    ui.spacing_mut().item_spacing.y = 4.0;
}

fn line_above(ui: &mut Ui) {
    let (rect, _space) = ui.allocate_exact_size(vec2(ui.available_width(), 7.0), Sense::hover());
    let stroke = Stroke::new(1.0, tokens(ui).line);
    let y = crate::ui::icons::snap(ui, rect.center()).y;
    ui.painter().hline(rect.x_range(), y, stroke);
}

/// The row of a sum, inset like the cards.
fn sum_row(ui: &mut Ui) -> Rect {
    row(ui, 24.0).shrink2(vec2(8.0, 0.0))
}

fn hedge(ui: &mut Ui, editing: &Editing<'_>) {
    let rule = editing.campaign().settings.convention;
    let total = editing.ctx.valuation.hedge_total(rule);
    let line = sum_row(ui);
    caption(
        ui,
        line.left_center(),
        Align2::LEFT_CENTER,
        "Hedge total",
        Tone::Quiet,
    );
    value(
        ui,
        line.right_center(),
        &format::usd(total.cost_usd),
        Tone::Plain,
        (
            "Hedge total cost",
            "Premium paid for VIX options at entry, before fees",
        ),
    );
    let at = |x: f32| Pos2::new(line.right() - x, line.center().y);
    let vega = format::signed(total.contribution_points, 3);
    figure(
        ui,
        (at(64.0), Align2::RIGHT_CENTER),
        &vega,
        Tone::Quiet,
        (
            "Hedge total vega",
            "Index points per vol point per condor that the hedge adds to net vega, under the convention chosen",
        ),
    );
    let unit = caption(ui, at(120.0), Align2::RIGHT_CENTER, "/ day", Tone::Faint);
    let hint = format!(
        "Carry in dollars per calendar day: decay {} and roll-down {}",
        usd_tenths(total.decay_per_day_usd),
        usd_tenths(total.roll_down_per_day_usd),
    );
    let carry = usd_tenths(total.carry_per_day_usd());
    let at = unit.left_center() - vec2(3.0, 0.0);
    figure(
        ui,
        (at, Align2::RIGHT_CENTER),
        &carry,
        Tone::Quiet,
        ("Hedge total carry", &hint),
    );
}

fn net_cash(ui: &mut Ui, editing: &Editing<'_>, is_compact: bool) {
    let facts = &editing.ctx.valuation.facts;
    let line = sum_row(ui);
    let label = caption(
        ui,
        line.left_center(),
        Align2::LEFT_CENTER,
        "Net cash in",
        Tone::Quiet,
    );
    if is_compact {
        let words = format!("hedges {}", format::usd(facts.hedge_debit_usd));
        let at = label.right_center() + vec2(8.0, 0.0);
        caption(ui, at, Align2::LEFT_CENTER, &words, Tone::Faint);
    }
    let hint = format!(
        "Premium received less premium paid at entry, before fees: condors {}, hedge {}",
        format::usd_signed(facts.credit_usd),
        format::usd_signed(-facts.hedge_debit_usd),
    );
    let cash = format::usd_signed(facts.net_cash_in_usd);
    let font = (fonts::mono_strong(fonts::BODY), tokens(ui).tx);
    let rect = fonts::write(
        ui.painter(),
        line.right_center(),
        Align2::RIGHT_CENTER,
        &cash,
        font,
    );
    explain(ui, rect, ("Net cash in", &cash), &hint);
}

fn fees(ui: &mut Ui, editing: &mut Editing<'_>) {
    let valuation = editing.ctx.valuation;
    let line = sum_row(ui);
    let contracts: u32 = valuation
        .rows
        .iter()
        .map(|row| row.quantity.unsigned_abs())
        .sum();
    let opening = valuation.facts.fees_usd;
    let closing = valuation.closing_fees_usd(editing.ctx.campaign);
    let words = format!(
        "Fees in and out, {} contracts",
        format::count(contracts as usize)
    );
    let label = caption(
        ui,
        line.left_center(),
        Align2::LEFT_CENTER,
        &words,
        Tone::Faint,
    );
    let button = Rect::from_min_size(label.right_top() + vec2(4.0, -4.0), vec2(52.0, 24.0));
    place(ui, button, "fees", |ui| {
        let response = bare(ui, "Fees…").on_hover_text("Edit the fee schedule of this campaign");
        Popup::menu(&response)
            .gap(2.0)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .accessible_name("Fee schedule")
            .show(|ui| ui.vertical(|ui| fees_popup(ui, editing)));
    });
    let both = format::usd(-(opening + closing));
    let hint = format!(
        "Commission, exchange and clearing: {} to open (as entered, else by the schedule), {} to close at the model's marks\n\
        Slippage estimate to close: {} of half-spread",
        format::usd(opening),
        format::usd(closing),
        format::usd(valuation.facts.slippage_usd),
    );
    value(
        ui,
        line.right_center(),
        &both,
        Tone::Quiet,
        ("Fees in and out", &hint),
    );
}

/// A figure at the right edge in mono 12.
fn value(ui: &Ui, at: Pos2, words: &str, tone: Tone, (name, hint): (&str, &str)) {
    let font = (fonts::mono(fonts::BODY), tokens(ui).text(tone));
    let rect = fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, words, font);
    explain(ui, span(rect, 0.0, rect.width()), (name, words), hint);
}
