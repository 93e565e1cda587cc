//! The liquidity-pool calculator: what its volatility costs, what its fees earn, and the condors beside it.

use egui::{Layout, Ui, vec2};

use super::form;
use crate::risk::defi::{Pool, impermanent_loss, yield_per_year};
use crate::ui::theme::{GAP, Tone};
use crate::ui::widgets::{Cell, Column, DataTable, Metric, NumberField, Row, divider, metric_row};
use crate::ui::{PanelContext, format};

/// Gap between the two columns, in points.
const COLUMN_GAP: f32 = 28.0;
/// Share of the width for the pool's own column.
const LEFT: f32 = 0.40;
/// Narrowest panel with two columns, in points.
const TWO_COLUMNS: f32 = 520.0;
/// Price factors of the table.
const FACTORS: [f64; 6] = [0.5, 0.75, 1.25, 1.5, 2.0, 4.0];

/// What the reader typed.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Terms {
    fee_apr: f64,
    vol: f64,
    factor: f64,
    deposit_usd: f64,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            fee_apr: 0.12,
            vol: 0.8,
            factor: 1.5,
            deposit_usd: 50_000.0,
        }
    }
}

/// Shows the calculator over the width of the panel.
pub(super) fn pool(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let id = ui.make_persistent_id("pool terms");
    let mut terms: Terms = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let width = ui.available_width();
    if width < TWO_COLUMNS {
        own(ui, &mut terms);
        divider(ui);
        beside(ui, ctx, &terms);
    } else {
        let left = ((width - COLUMN_GAP) * LEFT).floor();
        let right = width - COLUMN_GAP - left;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = COLUMN_GAP;
            column(ui, left, |ui| own(ui, &mut terms));
            column(ui, right, |ui| beside(ui, ctx, &terms));
        });
    }
    ui.add_space(GAP);
    form::note(
        ui,
        "Not SPX: a pool is short the volatility of its own pair. Nothing here enters net vega, the band or the \
         margin.",
    );
    ui.data_mut(|data| data.insert_temp(id, terms));
}

fn column(ui: &mut Ui, width: f32, show: impl FnOnce(&mut Ui)) {
    let layout = Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
        ui.set_width(width);
        show(ui);
    });
}

/// The pool's terms and what follows from them.
fn own(ui: &mut Ui, terms: &mut Terms) {
    form::row(
        ui,
        ("Fee APR", "Fees of a year over the pool's value"),
        |ui| {
            percent(ui, &mut terms.fee_apr, "Fee APR", 10.0);
        },
    );
    form::row(
        ui,
        (
            "Vol of the pair",
            "Annualised vol of the ratio of the two prices",
        ),
        |ui| {
            percent(ui, &mut terms.vol, "Vol of the pair", 10.0);
        },
    );
    form::row(
        ui,
        (
            "Price factor k",
            "The price ratio at the end over that at the start",
        ),
        |ui| {
            NumberField::new(&mut terms.factor, "Price factor k")
                .unit("×")
                .range(0.001..=1000.0)
                .step(0.25)
                .shift_step(1.0)
                .alt_step(0.05)
                .width(96.0)
                .show(ui);
        },
    );
    form::row(ui, ("Deposit", "What is in the pool, dollars"), |ui| {
        NumberField::new(&mut terms.deposit_usd, "Deposit")
            .unit("$")
            .decimals(0)
            .range(1.0..=1e9)
            .step(1000.0)
            .shift_step(10_000.0)
            .alt_step(100.0)
            .width(96.0)
            .show(ui);
    });
    divider(ui);
    results(ui, terms);
}

fn percent(ui: &mut Ui, value: &mut f64, label: &str, most: f64) {
    NumberField::new(value, label)
        .unit("%")
        .percent(true)
        .decimals(1)
        .range(0.0..=most)
        .step(0.01)
        .shift_step(0.10)
        .alt_step(0.001)
        .width(96.0)
        .show(ui);
}

fn results(ui: &mut Ui, terms: &Terms) {
    let Ok(pool) = Pool::new(terms.fee_apr, terms.vol) else {
        return;
    };
    let net = pool.net_per_year();
    let loss = impermanent_loss(terms.factor).unwrap_or(f64::NAN);
    let per_year = |share: f64| format::usd_signed(share * terms.deposit_usd);
    let metrics = [
        Metric::new("Drain by volatility", format::pct_signed(-pool.drain_per_year(), 2))
            .unit("% / yr")
            .provenance(format!(
                "σ² / 8, loss-versus-rebalancing (Milionis et al., arXiv 2208.06046): {} a year",
                per_year(-pool.drain_per_year())
            )),
        Metric::new("Net yield", format::pct_signed(net, 2))
            .unit("% / yr")
            .tone(Tone::of_sign(net))
            .provenance(format!("Fee APR − σ² / 8: {} a year", per_year(net))),
        Metric::new("Break-even vol", format::pct(pool.break_even_vol(), 1))
            .unit("%")
            .tone(if terms.vol > pool.break_even_vol() {
                Tone::Bad
            } else {
                Tone::Plain
            })
            .provenance("√(8 × fee APR): above it the fees do not pay for the volatility"),
        Metric::new("Impermanent loss at k", format::pct_signed(loss, 2))
            .unit("%")
            .provenance(format!(
                "2 √k / (1 + k) − 1 against holding both assets (Angeris et al., arXiv 1911.03380): {}",
                per_year(loss)
            )),
    ];
    for metric in &metrics {
        metric_row(ui, metric);
    }
}

/// The condors' theta yield beside the pool's, and impermanent loss over the price factor.
fn beside(ui: &mut Ui, ctx: &PanelContext<'_>, terms: &Terms) {
    let (columns, rows) = yields(ctx, terms);
    form::section(ui, ("Yield a year", "on capital"), &columns, &rows);
    DataTable::new("Yield a year", &columns, &rows).show(ui);
    divider(ui);
    let (columns, rows) = losses(terms);
    form::section(
        ui,
        ("Impermanent loss", "by price factor k"),
        &columns,
        &rows,
    );
    DataTable::new("Impermanent loss", &columns, &rows)
        .gutter(8.0)
        .show(ui);
}

fn yields(ctx: &PanelContext<'_>, terms: &Terms) -> ([Column; 4], Vec<Row>) {
    let columns = [
        Column::text("Source"),
        Column::num("Capital").hint("The deposit, or the margin that the rules use"),
        Column::num("$ / day").hint("Per calendar day"),
        Column::num("% / yr").hint("Dollars a day × 365 over the capital, not compounded"),
    ];
    let facts = &ctx.valuation.facts;
    let pool = Pool::new(terms.fee_apr, terms.vol).ok();
    let daily = |share: f64| share * terms.deposit_usd / crate::units::DAYS_PER_YEAR;
    let pool_rows = pool.into_iter().flat_map(|pool| {
        [
            (
                "Pool, fees",
                terms.deposit_usd,
                daily(pool.fee_apr),
                "Gross: before the volatility's drain",
            ),
            (
                "Pool, net of drain",
                terms.deposit_usd,
                daily(pool.net_per_year()),
                "Fees less σ² / 8",
            ),
        ]
    });
    let book = [
        (
            "SPX legs, theta",
            facts.margin_usd,
            facts.spx.theta_per_day_usd,
            "Gross: before gamma losses, as the pool's fees are before its drain",
        ),
        (
            "Book, net theta",
            facts.margin_usd,
            facts.net_theta_per_day_usd,
            "After decay and roll-down of the hedge; gamma losses are still to come",
        ),
    ];
    let rows = pool_rows
        .chain(book)
        .enumerate()
        .map(|(index, (name, capital, per_day, meaning))| {
            let share = yield_per_year(per_day, capital);
            let row = Row::new(vec![
                Cell::text(name),
                Cell::num(format::usd(capital)).tone(Tone::Quiet),
                Cell::num(format::signed(per_day, 2)).tone(Tone::Quiet),
                share.map_or_else(
                    || Cell::num(format::NONE).tone(Tone::Faint),
                    |share| Cell::num(format::pct_signed(share, 1)).tone(Tone::of_sign(share)),
                ),
            ])
            .hint(meaning);
            if index == 2 { row.line_above() } else { row }
        })
        .collect();
    (columns, rows)
}

fn losses(terms: &Terms) -> (Vec<Column>, Vec<Row>) {
    let factors = FACTORS.iter();
    let columns = std::iter::once(Column::text("k").compact())
        .chain(
            factors
                .clone()
                .map(|factor| Column::num(format::trimmed(*factor, 2))),
        )
        .collect();
    let figures = factors
        .clone()
        .map(|factor| impermanent_loss(*factor).unwrap_or(f64::NAN));
    let shares = figures
        .clone()
        .map(|loss| Cell::num(format::pct_signed(loss, 1)));
    let dollars = figures
        .map(|loss| Cell::num(format::signed(loss * terms.deposit_usd, 0)).tone(Tone::Quiet));
    let rows = vec![
        Row::new(std::iter::once(Cell::text("%")).chain(shares).collect()),
        Row::new(std::iter::once(Cell::text("$")).chain(dollars).collect()),
    ];
    (columns, rows)
}
