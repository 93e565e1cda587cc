//! What the layers cost to hold per day, what they would be worth, and their own vega, kept apart.

use egui::Ui;

use crate::instrument::LayerKind;
use crate::risk::figures::{LayerFacts, PAY_LEVELS};
use crate::ui::theme::{ROW_DENSE, Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, section};
use crate::ui::{PanelContext, fonts, format};

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
    let mut rows: Vec<Row> = ctx.valuation.layers.iter().map(layer_row).collect();
    let total = ctx.valuation.hedge_carry_per_day_usd();
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
        .line_above(),
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

fn layer_row(layer: &LayerFacts) -> Row {
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
    let both = layer.carry_per_day_usd();
    let own_vega = layer.greeks.vega_per_vol_point_usd;
    Row::new(vec![
        Cell::text(name),
        Cell::num(format::signed(layer.greeks.theta_per_day_usd, 1)).tone(Tone::Quiet),
        Cell::num(format::signed(layer.roll_down_per_day_usd, 1)).tone(Tone::Quiet),
        Cell::num(format::signed(both, 1)).tone(Tone::of_sign(both)),
        Cell::num(format::signed(own_vega, 1)).tone(Tone::Quiet),
    ])
    .hint(layer_words(layer))
}

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
