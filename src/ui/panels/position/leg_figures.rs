//! Mark and vol of one leg, each to be typed: the other is solved; and where they come from.

use egui::{Align2, Ui};

use super::changes::check_mark_price;
use super::editing::Editing;
use super::parts::{explain, instant, place};
use crate::document::Command;
use crate::instrument::Contract;
use crate::market::{Mark, VolSource};
use crate::risk::figures::LegRow;
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::NumberField;
use crate::ui::{fonts, format};

/// A field in a row: where it stands and what it is called.
#[derive(Clone, Copy)]
pub(super) struct Slot<'a> {
    /// Where it stands.
    pub rect: egui::Rect,
    /// Its accessible name.
    pub name: &'a str,
    /// Whether it has no frame until it is used.
    pub is_quiet: bool,
}

/// The mark of a leg in points; typing one asks for a quote by price.
/// In a what-if the price at the scenario stands there, which is nobody's mark and cannot be typed.
pub(super) fn mark_field(ui: &mut Ui, editing: &mut Editing<'_>, row: &LegRow, slot: Slot<'_>) {
    let contract = row.contract;
    let shown = row.mark_points.unwrap_or(row.price_points);
    if let Some(view) = editing.ctx.what_if {
        let now = view.now.market.price(&contract);
        let words = format::fixed(shown, if shown >= 100.0 { 1 } else { 2 });
        let was = format!("{} pt now", format::points(now));
        let is_moved = format::fixed(now, 2) != format::fixed(shown, 2);
        return at_scenario(ui, (slot, &words), is_moved, &was);
    }
    let mut price = shown;
    let hint = provenance(editing, row);
    let command = |price| set_price(contract, price);
    let market = editing.market();
    let check = |price| {
        check_mark_price(market, &contract, price)?;
        editing.check(command(price))
    };
    let committed = place(ui, slot.rect, slot.name, |ui| {
        let field = NumberField::new(&mut price, slot.name)
            .hint(&hint)
            .decimals(if shown >= 100.0 { 1 } else { 2 })
            .range(0.0..=f64::MAX)
            .step(contract.root().tick_points(shown))
            .shift_step(10.0 * contract.root().tick_points(shown))
            .alt_step(0.01)
            .width(slot.rect.width())
            .check(&check);
        let field = if slot.is_quiet { field.quiet() } else { field };
        field.show(ui).committed
    });
    if let Some(price) = committed {
        editing.push(command(price));
    }
}

/// The vol of a leg in per cent; typing one asks for a quote by vol. Nothing for a future.
pub(super) fn vol_field(ui: &mut Ui, editing: &mut Editing<'_>, row: &LegRow, slot: Slot<'_>) {
    if row.vol_source.is_none() || row.is_expired {
        return;
    }
    let contract = row.contract;
    if let Some(view) = editing.ctx.what_if {
        let now = view.now.market.price_vol(&contract).map(|now| now.vol);
        let words = format::fixed(100.0 * row.vol, if vol_is_wide(row.vol) { 1 } else { 2 });
        let was = now.map_or_else(String::new, |now| format!("{} % now", format::vol(now)));
        let is_moved = now.is_some_and(|now| (now - row.vol).abs() > 5e-5);
        return at_scenario(ui, (slot, &words), is_moved, &was);
    }
    let mut vol = row.vol;
    let hint = provenance(editing, row);
    let command = |vol| Command::SetQuote {
        contract,
        mark: Some(Mark::Vol(vol)),
    };
    let check = |vol| editing.check(command(vol));
    let committed = place(ui, slot.rect, slot.name, |ui| {
        let field = NumberField::new(&mut vol, slot.name)
            .hint(&hint)
            .percent(true)
            .decimals(if vol_is_wide(row.vol) { 1 } else { 2 })
            .range(0.0001..=10.0)
            .step(0.001)
            .shift_step(0.01)
            .alt_step(0.0001)
            .tone(match row.vol_source {
                Some(VolSource::Assumed) => Tone::Quiet,
                Some(VolSource::Mark | VolSource::Fit) | None => Tone::Plain,
            })
            .width(slot.rect.width())
            .check(&check);
        let field = if slot.is_quiet { field.quiet() } else { field };
        field.show(ui).committed
    });
    if row.vol_source == Some(VolSource::Assumed) {
        assumed_mark(ui, slot.rect.right_center() + egui::vec2(1.5, -5.0));
    }
    if let Some(vol) = committed {
        editing.push(command(vol));
    }
}

/// A figure at the scenario in the place of the field that would change the real mark.
fn at_scenario(ui: &Ui, (slot, words): (Slot<'_>, &str), is_moved: bool, was: &str) {
    let hint = format!(
        "At the what-if's scenario; {was}. Marks stay real while the what-if is on: change them in Market data"
    );
    let tone = if is_moved { Tone::WhatIf } else { Tone::Plain };
    let ink = tokens(ui).text(tone);
    let at = slot.rect.right_center() - egui::vec2(2.0, 0.0);
    let font = fonts::mono(fonts::BODY);
    fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, words, (font, ink));
    explain(ui, slot.rect, (slot.name, words), &hint);
}

/// Whether a vol needs three digits before the point, in per cent.
fn vol_is_wide(vol: f64) -> bool {
    vol >= 1.0
}

/// The command that marks a contract by price: an option among the quotes, a future on the curve.
fn set_price(contract: Contract, price: f64) -> Command {
    match contract {
        Contract::Option { .. } => Command::SetQuote {
            contract,
            mark: Some(Mark::Price(price)),
        },
        Contract::Future { expiry, .. } => Command::SetFuture {
            expiry,
            price: Some(price),
        },
    }
}

/// The small ring that says: this vol is assumed.
pub(super) fn assumed_mark(ui: &Ui, at: egui::Pos2) {
    let stroke = egui::Stroke::new(1.0, tokens(ui).warn);
    ui.painter().circle_stroke(at, 2.0, stroke);
}

/// Where a leg's mark and vol come from, in lines.
pub(super) fn provenance(editing: &Editing<'_>, row: &LegRow) -> String {
    let as_of = instant(editing.market().as_of);
    let mut lines = vec![row.contract.label()];
    match row.mark_points {
        Some(mark) => lines.push(format!(
            "Marked {} pt as of {as_of}; model {} pt",
            format::points(mark),
            format::points(row.price_points),
        )),
        None => lines.push(format!(
            "Model {} pt as of {as_of}",
            format::points(row.price_points)
        )),
    }
    if let Some(source) = row.vol_source {
        lines.push(format!(
            "Vol {} %: {}",
            format::vol(row.vol),
            source_words(source)
        ));
        lines.push(format!(
            "Black-76 on forward {}",
            format::points(row.forward)
        ));
        lines.push("Type a price or a vol: the other is solved".to_owned());
    } else {
        lines.push("The future's price on the VIX curve; typing one marks that month".to_owned());
    }
    lines.push(format!(
        "Entered at {} pt",
        format::points(row.entry_points)
    ));
    lines.join("\n")
}

fn source_words(source: VolSource) -> &'static str {
    match source {
        VolSource::Mark => "mark at this strike",
        VolSource::Fit => "fit through the quotes of this expiry",
        VolSource::Assumed => "assumed, since this expiry has no quote",
    }
}
