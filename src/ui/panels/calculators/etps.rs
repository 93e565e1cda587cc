//! The VIX-product calculator: weights, SPX-equivalent vega, carry and scenario return, and the layers beside them.

use std::sync::Arc;

use egui::{Align2, Layout, Sense, Ui, vec2};

use super::form;
use crate::market::{Market, ModelParams};
use crate::risk::etp::{
    Etp, EtpFacts, EtpHolding, LONGEST_HORIZON, VegaCost, VegaMeasure, etp_facts, etp_return,
};
use crate::ui::theme::{GAP, Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, NumberField, Row, divider};
use crate::ui::{PanelContext, fonts, format};

/// Widths of ticker, price, shares and fee, in points.
const WIDTHS: [f32; 4] = [46.0, 72.0, 68.0, 58.0];
/// Gap between two fields, in points.
const FIELD_GAP: f32 = 6.0;

/// What the reader typed.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Terms {
    prices_usd: [f64; 4],
    shares: [f64; 4],
    fees_per_year: [f64; 4],
    is_typed: [bool; 4],
    spx_pct: f64,
    trading_days: f64,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            prices_usd: [40.0, 20.0, 45.0, 15.0],
            shares: [100.0; 4],
            fees_per_year: Etp::ALL.map(Etp::fee_per_year),
            is_typed: [false; 4],
            spx_pct: -5.0,
            trading_days: 5.0,
        }
    }
}

impl Terms {
    fn holding(&self, index: usize) -> EtpHolding {
        EtpHolding {
            etp: Etp::ALL[index],
            price_usd: self.prices_usd[index],
            shares: self.shares[index],
            fee_per_year: self.fees_per_year[index],
        }
    }
}

/// What was computed, and from what.
struct Kept {
    market: Arc<Market>,
    params: ModelParams,
    measure: VegaMeasure,
    terms: Terms,
    facts: Vec<EtpFacts>,
    returns: Vec<f64>,
}

/// Shows the calculator over the width of the panel.
pub(super) fn etps(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let id = ui.make_persistent_id("etp terms");
    let mut terms: Terms = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    scenario_line(ui, &mut terms);
    ui.add_space(4.0);
    let kept = computed(ui, ctx, &terms);
    let (columns, rows) = result_table(&kept);
    form::section(
        ui,
        (
            "Products",
            "per position; vega in $ per vol point of the condor expiry",
        ),
        &columns,
        &rows,
    );
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 0.0);
        holdings(ui, &mut terms);
        let layout = Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(vec2(ui.available_width(), 0.0), layout, |ui| {
            DataTable::new("Products", &columns[1..], &without_first(&rows))
                .row_height(form::ROW)
                .gutter(8.0)
                .show(ui);
        });
    });
    divider(ui);
    let (columns, rows) = cost_table(ctx, &kept);
    form::section(
        ui,
        (
            "Cost of vega, against the layers",
            "a month, at today's curve",
        ),
        &columns,
        &rows,
    );
    DataTable::new("Cost of vega", &columns, &rows)
        .sortable()
        .show(ui);
    ui.add_space(GAP);
    form::note(ui, &remark(&terms, &kept));
    ui.data_mut(|data| data.insert_temp(id, terms));
}

/// The figures of this frame: from the last one when nothing changed.
fn computed(ui: &Ui, ctx: &PanelContext<'_>, terms: &Terms) -> Arc<Kept> {
    let book = &ctx.valuation.book;
    let measure = VegaMeasure {
        reference: ctx.valuation.frame.reference,
        convention: ctx.campaign.settings.convention,
    };
    let slot = ui.scope_id().with("etp figures");
    let last: Option<Arc<Kept>> = ui.data(|data| data.get_temp(slot));
    let is_same = |kept: &Arc<Kept>| {
        Arc::ptr_eq(&kept.market, &book.market)
            && kept.params == book.params
            && kept.measure == measure
            && kept.terms == *terms
    };
    if let Some(kept) = last.filter(is_same) {
        return kept;
    }
    let holdings = (0..Etp::ALL.len()).map(|index| terms.holding(index));
    let days = terms.trading_days.round().max(0.0) as u32;
    let made = Arc::new(Kept {
        market: Arc::clone(&book.market),
        params: book.params.clone(),
        measure,
        terms: *terms,
        facts: holdings
            .clone()
            .map(|holding| etp_facts(book, measure, holding))
            .collect(),
        returns: holdings
            .map(|holding| etp_return(book, &holding, terms.spx_pct, days))
            .collect(),
    });
    ui.data_mut(|data| data.insert_temp(slot, Arc::clone(&made)));
    made
}

/// The scenario that returns are computed for.
fn scenario_line(ui: &mut Ui, terms: &mut Terms) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let t = tokens(ui);
        ui.label(fonts::caption("Scenario: SPX").color(t.tx2));
        NumberField::new(&mut terms.spx_pct, "SPX move of the scenario")
            .unit("%")
            .decimals(1)
            .signed()
            .range(-60.0..=60.0)
            .step(1.0)
            .shift_step(5.0)
            .alt_step(0.5)
            .hint("Simple move of SPX, in equal log steps day by day")
            .show(ui);
        ui.label(fonts::caption("over").color(t.tx2));
        NumberField::new(&mut terms.trading_days, "Trading days of the scenario")
            .unit("d")
            .decimals(0)
            .range(0.0..=f64::from(LONGEST_HORIZON))
            .step(1.0)
            .shift_step(5.0)
            .alt_step(1.0)
            .width(60.0)
            .hint("Trading days; 0 is at once. Leveraged products compound daily returns, so the days matter")
            .show(ui);
        ui.label(fonts::caption("trading days").color(t.tx2));
    });
}

/// Ticker, price, shares and fee of every product.
fn holdings(ui: &mut Ui, terms: &mut Terms) {
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

fn result_table(kept: &Kept) -> (Vec<Column>, Vec<Row>) {
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
fn without_first(rows: &[Row]) -> Vec<Row> {
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

fn cost_table(ctx: &PanelContext<'_>, kept: &Kept) -> (Vec<Column>, Vec<Row>) {
    let columns = vec![
        Column::text("Instrument"),
        Column::num("Vega $ / pt").hint("SPX-equivalent vega of the position, dollars per vol point"),
        Column::num("Carry $ / month").hint(
            "Products: the month's roll and fee. Layers: decay and roll-down of a day × 365 / 12",
        ),
        Column::num("Per $1 of vega").hint(
            "Dollars a month for each dollar per vol point: paid for long vega, earned with short vega",
        ),
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
    let name = if is_layer {
        format!("{} layer, VIX options", cost.name)
    } else {
        cost.name.to_owned()
    };
    let per_vega = cost.per_vega_month().map_or_else(
        || Cell::num(format::NONE).tone(Tone::Faint),
        |per_vega| {
            let word = match (cost.vega_usd < 0.0, per_vega >= 0.0) {
                (false, true) => "paid",
                (true, true) | (false, false) => "earned",
                (true, false) => "paid",
            };
            Cell::num(format::fixed(per_vega.abs(), 2))
                .unit(word)
                .sort(per_vega)
        },
    );
    Row::new(vec![
        Cell::text(name),
        Cell::num(format::signed(cost.vega_usd, 1)).sort(cost.vega_usd),
        Cell::num(format::signed(cost.carry_per_month_usd, 0))
            .tone(Tone::of_sign(cost.carry_per_month_usd))
            .sort(cost.carry_per_month_usd),
        per_vega,
    ])
}

fn remark(terms: &Terms, kept: &Kept) -> String {
    let examples = if terms.is_typed.iter().all(|typed| *typed) {
        ""
    } else {
        "Faint prices are examples until you type yours; percentages and costs per vega do not depend on them. "
    };
    let measure = if kept.measure.reference.is_some() {
        ""
    } else {
        "Vega needs a condor to be measured by. "
    };
    format!(
        "{examples}{measure}A short-volatility product (SVXY) adds to the condors' short vega. The index's \
         weights are those of tonight's close."
    )
}
