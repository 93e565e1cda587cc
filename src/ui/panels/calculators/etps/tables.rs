//! The tables of the VIX-product calculator, for the screen and the clipboard.

use super::Kept;
use crate::risk::etp::{EtpFacts, VegaCost};
use crate::ui::theme::Tone;
use crate::ui::widgets::{Cell, Column, Row};
use crate::ui::{PanelContext, format};

/// What every holding does: value, vega, carry and scenario return.
pub(super) fn result_table(kept: &Kept) -> (Vec<Column>, Vec<Row>) {
    let columns = vec![
        Column::text("Product").compact(),
        Column::num("Value $").hint("Price × shares"),
        Column::num("Vega $").hint(
            "SPX-equivalent vega: price × leverage × Σ wᵢ (dFᵢ/dx) / Fᵢ × shares, x the condor expiry's ATM vol \
             in points",
        ),
        Column::num("Carry %").hint("A month: −leverage × (F2 / F1 − 1) − fee / 12"),
        Column::num("Carry $").hint("A month, dollars"),
        Column::num("Scenario %").hint("Return over the scenario, compounded day by day, fee off, T-bill rate on"),
        Column::num("Scenario $").hint("The same in dollars"),
    ];
    let rows = kept
        .facts
        .iter()
        .zip(&kept.returns)
        .map(|(facts, gain)| {
            let vega = facts.equivalent_vega_usd;
            let scenario_usd = gain * facts.value_usd;
            Row::new(vec![
                Cell::text(facts.holding.etp.label()),
                Cell::num(format::fixed(facts.value_usd, 0)).tone(Tone::Quiet),
                Cell::num(
                    vega.map_or_else(|| format::NONE.to_owned(), |usd| format::signed(usd, 1)),
                ),
                Cell::num(format::pct_signed(facts.carry_per_month, 2)).tone(Tone::Quiet),
                Cell::num(format::signed(facts.carry_per_month_usd, 0))
                    .tone(Tone::of_sign(facts.carry_per_month_usd)),
                Cell::num(format::pct_signed(*gain, 1)).tone(Tone::Quiet),
                Cell::num(format::signed(scenario_usd, 0)).tone(Tone::of_sign(scenario_usd)),
            ])
            .hint(held_words(facts))
        })
        .collect();
    (columns, rows)
}

/// The results beside the fields, which name the products already.
pub(super) fn without_first(rows: &[Row]) -> Vec<Row> {
    let rows = rows.iter().cloned();
    rows.map(|mut row| {
        row.cells.remove(0);
        row
    })
    .collect()
}

/// What an index holds, in words.
fn held_words(facts: &EtpFacts) -> String {
    let parts: Vec<String> = facts
        .components
        .iter()
        .map(|part| {
            format!(
                "{} % in VX {} at {}, {} d",
                format::pct(part.weight, 1),
                format::date_short(part.expiry),
                format::points(part.price),
                format::fixed(part.days, 0)
            )
        })
        .collect();
    let per_share = facts
        .vega_points_per_share
        .map_or_else(String::new, |points| {
            format!(
                "\nVega of a share: {} points of a ×100 product",
                format::signed(points, 5)
            )
        });
    format!("The index holds tonight {}{per_share}", parts.join(", "))
}

/// What a unit of vega costs, product by product and layer by layer.
pub(super) fn cost_table(ctx: &PanelContext<'_>, kept: &Kept) -> (Vec<Column>, Vec<Row>) {
    let columns = vec![
        Column::text("Instrument").width_of(96.0),
        Column::text("Kind"),
        Column::num("Vega $ / pt").hint("SPX-equivalent vega of the position, dollars per vol point"),
        Column::num("Carry $ / month").hint(
            "Products: the month's roll and fee. Layers: decay and roll-down of a day × 365 / 12",
        ),
        Column::num("Per $1 of vega").hint(
            "Dollars a month for each dollar per vol point: paid for long vega, earned with short vega",
        ),
        Column::text("").width_of(44.0),
    ];
    let products = kept.facts.iter().filter_map(VegaCost::of_etp);
    let layers = ctx.valuation.layers.iter().filter_map(VegaCost::of_layer);
    let count = products.clone().count();
    let rows = products
        .chain(layers)
        .enumerate()
        .map(|(index, cost)| {
            let row = cost_row(&cost, index >= count);
            if index == count {
                row.line_above()
            } else {
                row
            }
        })
        .collect();
    (columns, rows)
}

fn cost_row(cost: &VegaCost, is_layer: bool) -> Row {
    let per_vega = cost.per_vega_month();
    let word = per_vega.map_or("", |per_vega| {
        let is_short = cost.vega_usd < 0.0;
        if is_short == (per_vega >= 0.0) {
            "earned"
        } else {
            "paid"
        }
    });
    let figure = per_vega.map_or_else(
        || Cell::num(format::NONE).tone(Tone::Faint),
        |per_vega| Cell::num(format::fixed(per_vega.abs(), 2)).sort(per_vega),
    );
    let kind = if is_layer {
        "VIX legs held"
    } else if cost.vega_usd < 0.0 {
        "short volatility"
    } else {
        "long volatility"
    };
    Row::new(vec![
        Cell::text(cost.name),
        Cell::text(kind).tone(Tone::Faint),
        Cell::num(format::signed(cost.vega_usd, 1)).sort(cost.vega_usd),
        Cell::num(format::signed(cost.carry_per_month_usd, 0))
            .tone(Tone::of_sign(cost.carry_per_month_usd))
            .sort(cost.carry_per_month_usd),
        figure,
        Cell::text(word).tone(Tone::Quiet),
    ])
}
