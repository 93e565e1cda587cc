//! The layers as the method sizes them, literal beside width-scaled, in the list behind “Size to band”.

use egui::Ui;

use crate::document::LayerScale;
use crate::ui::theme::Tone;
use crate::ui::widgets::{Cell, Column, DataTable, Row, section};
use crate::ui::{PanelContext, format};
use crate::valuation::layer_sizes::{ScaledSize, layer_sizes};

/// Shows the table; nothing without condors.
pub(super) fn method_sizes(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let sizes = layer_sizes(ctx.valuation, ctx.pack);
    if sizes.is_empty() {
        return;
    }
    let chosen = ctx.campaign.settings.layer_scale;
    ui.add_space(8.0);
    let note = format!("new layers: {}", chosen.label().to_lowercase());
    section(ui, "Layers by the method", &note).on_hover_text(
        "The pack's contracts for every ten condors, and that times wing width over the reference width. \
         Hedge settings choose which one a new layer takes; “to band” above follows the net vega instead.",
    );
    let columns = [
        Column::text("Layer"),
        Column::num("Price").hint("Of the call nearest to the layer's days and delta, of the spread from it, or of the future, points"),
        Column::num("Literal").hint("Contracts by the pack's own number"),
        Column::num("Cost").hint("Literal contracts at the model's mark, dollars; a future costs nothing to enter"),
        Column::num("% of credit"),
        Column::num("By width").hint("Contracts times wing width over the reference width"),
        Column::num("Cost").hint("Width-scaled contracts at the model's mark, dollars"),
        Column::num("% of credit"),
    ];
    let rows: Vec<Row> = sizes
        .iter()
        .map(|size| {
            let legs = size.unit.parts();
            let names: Vec<String> = legs.iter().map(|(leg, _)| leg.label()).collect();
            let name = format!("{} {}", size.layer.short_label(), names.join(" / "));
            let first = [
                Cell::text(name),
                Cell::num(format::points(size.price_points)).tone(Tone::Quiet),
            ];
            let scaled = LayerScale::ALL.iter();
            let rest = scaled.flat_map(|scale| cells(size.by(*scale), *scale == chosen));
            Row::new(first.into_iter().chain(rest).collect())
        })
        .collect();
    DataTable::new("Method sizes", &columns, &rows).show(ui);
}

fn cells(size: ScaledSize, is_chosen: bool) -> [Cell; 3] {
    let percent = size
        .cost_pct_of_credit
        .map_or_else(|| format::NONE.to_owned(), |pct| format::fixed(pct, 1));
    [
        format::quantity(i64::from(size.contracts)),
        format::usd(size.cost_usd),
        percent,
    ]
    .map(|text| {
        let cell = Cell::num(text);
        if is_chosen {
            cell.strong()
        } else {
            cell.tone(Tone::Quiet)
        }
    })
}
