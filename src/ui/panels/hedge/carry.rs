//! What the layers cost to hold per day, what they would be worth, and their own vega, kept apart.

use egui::Ui;

use crate::instrument::LayerKind;
use crate::risk::figures::{LayerFacts, PAY_LEVELS};
use crate::ui::theme::{ROW_DENSE, Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, NowThen, Row, section};
use crate::ui::{PanelContext, fonts, format};
use crate::valuation::Valuation;

/// Shows decay, roll-down and vol-of-vol of each layer.
pub(super) fn carry(ui: &mut Ui, ctx: &PanelContext<'_>) {
    section(ui, "Carry and vol-of-vol", "$ per day, $ per point");
    let columns = [
        Column::text("Layer").compact(),
        Column::num("Decay").hint("Theta at a fixed future, per calendar day"),
        Column::num("Roll-down").hint("The future sliding along today's curve, per calendar day"),
        Column::num("Both").hint("Decay plus roll-down"),
        Column::num("Vol-of-vol").hint("Own vega: dollars per point of VIX-option vol"),
    ];
    let mut rows: Vec<Row> = Vec::new();
    for (index, layer) in ctx.valuation.layers.iter().enumerate() {
        let now = ctx.compared().map(|now| &now.layers[index]);
        rows.push(layer_row(layer, now));
    }
    let total = ctx.valuation.hedge_carry_per_day_usd();
    let held = ctx.compared().map(Valuation::hedge_carry_per_day_usd);
    let total_text = |value: f64| format::signed(value, 1);
    let moved = NowThen::of(held, total, total_text, total_text);
    rows.push(
        Row::new(vec![
            Cell::text("Hedge").strong(),
            Cell::num(""),
            Cell::num(""),
            Cell::num(format::signed(total, 1))
                .tone(Tone::of_sign(total))
                .strong(),
            Cell::num(""),
        ])
        .line_above()
        .hint(moved.hint()),
    );
    DataTable::new("Carry of the layers", &columns, &rows)
        .row_height(ROW_DENSE)
        .gutter(6.0)
        .show(ui);
    ui.add_space(2.0);
    ui.label(
        fonts::caption(
            "Vol-of-vol is the VIX options' own vega. It is shown apart and never added to net vega.",
        )
        .color(tokens(ui).tx3),
    );
}

/// A layer as shown; in a what-if its figures are violet where they move, and the hover says from what.
fn layer_row(layer: &LayerFacts, now: Option<&LayerFacts>) -> Row {
    let name = match layer.kind {
        LayerKind::First => "First",
        LayerKind::Second => "Second",
        LayerKind::Third => "Third",
    };
    if layer.contracts == 0 && layer.cost_usd == 0.0 {
        let none = || Cell::num(format::NONE).tone(Tone::Faint);
        return Row::new(vec![Cell::text(name), none(), none(), none(), none()])
            .hint(format!("{}: nothing held", layer.kind));
    }
    let text = |value: f64| format::signed(value, 1);
    let mut hints = Vec::new();
    let mut cells = vec![Cell::text(name)];
    for (title, read) in FIGURES {
        let value = read(layer);
        let moved = NowThen::of(now.map(read), value, text, text);
        let tone = match (moved.is_moved(), title) {
            (true, _) => Tone::WhatIf,
            (false, "Both") => Tone::of_sign(value),
            (false, _) => Tone::Quiet,
        };
        if moved.is_moved() {
            hints.push(format!("{title}: {}", moved.hint()));
        }
        cells.push(Cell::num(moved.new).tone(tone));
    }
    hints.push(layer_words(layer));
    Row::new(cells).hint(hints.join("\n"))
}

/// One figure of a layer.
type Read = fn(&LayerFacts) -> f64;

/// The columns and what they read.
const FIGURES: [(&str, Read); 4] = [
    ("Decay", |layer| layer.greeks.theta_per_day_usd),
    ("Roll-down", |layer| layer.roll_down_per_day_usd),
    ("Both", LayerFacts::carry_per_day_usd),
    ("Vol-of-vol", |layer| layer.greeks.vega_per_vol_point_usd),
];

/// What the layer would be worth at the pay levels, and its vol-of-vol in the condor's terms.
fn layer_words(layer: &LayerFacts) -> String {
    let worth: Vec<String> = PAY_LEVELS
        .iter()
        .zip(layer.value_at_vix_usd)
        .map(|(vix, usd)| format!("{} at VIX {}", format::usd(usd), format::trimmed(*vix, 1)))
        .collect();
    format!(
        "{}: {} contracts, worth {}\nVol-of-vol: {} per vol point of the condor, not counted in net vega",
        layer.kind,
        layer.contracts,
        worth.join(", "),
        format::usd_signed(layer.vol_of_vol_usd)
    )
}
