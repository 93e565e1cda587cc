//! The fields of every VIX product: price, shares and fee, beside its ticker.

use egui::{Align2, Layout, Sense, Ui, vec2};

use super::super::form;
use super::Terms;
use crate::risk::etp::Etp;
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::NumberField;
use crate::ui::{fonts, format};

/// Widths of ticker, price, shares and fee, in points.
const WIDTHS: [f32; 4] = [46.0, 72.0, 68.0, 58.0];
/// Gap between two fields, in points.
const FIELD_GAP: f32 = 6.0;

/// Ticker, price, shares and fee of every product.
pub(super) fn holdings(ui: &mut Ui, terms: &mut Terms) {
    let width = WIDTHS.iter().sum::<f32>() + FIELD_GAP * 3.0;
    let layout = Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
        ui.spacing_mut().item_spacing = vec2(FIELD_GAP, 0.0);
        heads(ui);
        for (index, etp) in Etp::ALL.into_iter().enumerate() {
            let row = Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(vec2(width, form::ROW), row, |ui| {
                holding_row(ui, terms, (index, etp));
            });
        }
    });
}

fn heads(ui: &mut Ui) {
    let t = tokens(ui);
    let titles = ["Product", "Price", "Shares", "Fee / yr"];
    let (rect, _space) =
        ui.allocate_exact_size(vec2(ui.available_width(), form::ROW), Sense::hover());
    let mut left = rect.left();
    for (index, (title, width)) in titles.iter().zip(WIDTHS).enumerate() {
        let (x, anchor) = if index == 0 {
            (left, Align2::LEFT_CENTER)
        } else {
            (left + width - 6.0, Align2::RIGHT_CENTER)
        };
        let at = egui::pos2(x, rect.center().y);
        let font = fonts::inter(fonts::SMALL);
        fonts::write(ui.painter(), at, anchor, title, (font, t.tx3));
        left += width + FIELD_GAP;
    }
}

fn holding_row(ui: &mut Ui, terms: &mut Terms, (index, etp): (usize, Etp)) {
    let name = etp.label();
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTHS[0], 24.0), Sense::hover());
    let font = fonts::inter_strong(fonts::BODY);
    let at = rect.left_center();
    fonts::write(
        ui.painter(),
        at,
        Align2::LEFT_CENTER,
        name,
        (font, tokens(ui).tx),
    );
    let (source, why) = etp.source();
    response.on_hover_text(format!(
        "{name}: {} × the daily return of its index\n{why} ({})",
        format::signed(etp.leverage(), 1),
        source.label()
    ));
    let label = format!("{name} price");
    let tone = if terms.is_typed[index] {
        Tone::Plain
    } else {
        Tone::Faint
    };
    let price = NumberField::new(&mut terms.prices_usd[index], &label)
        .unit("$")
        .tone(tone)
        .range(0.01..=100_000.0)
        .step(0.5)
        .shift_step(5.0)
        .alt_step(0.01)
        .width(WIDTHS[1])
        .hint("Price of a share; an example until you type it")
        .show(ui);
    terms.is_typed[index] |= price.committed.is_some();
    let label = format!("{name} shares");
    NumberField::new(&mut terms.shares[index], &label)
        .decimals(0)
        .range(-1e7..=1e7)
        .step(100.0)
        .shift_step(1000.0)
        .alt_step(10.0)
        .width(WIDTHS[2])
        .hint("Shares held; negative when sold short")
        .show(ui);
    let label = format!("{name} fee a year");
    NumberField::new(&mut terms.fees_per_year[index], &label)
        .unit("%")
        .percent(true)
        .range(0.0..=0.2)
        .step(0.0005)
        .shift_step(0.005)
        .alt_step(0.0001)
        .width(WIDTHS[3])
        .hint("Yearly fee as a share of the value")
        .show(ui);
}
