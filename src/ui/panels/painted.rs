//! Tables that panels paint by themselves rather than as a [`DataTable`](crate::ui::widgets::DataTable), as text.
//!
//! What a panel paints stands in its fields, bars and cards; here it is put under headings, to be taken along.

mod journal;
mod numbers;

use egui::Ui;

use super::PanelKind;
use crate::market::Mark;
use crate::risk::figures::{CondorFacts, LegRow, SizingRow};
use crate::series::ManualEntry;
use crate::ui::PanelContext;
use crate::ui::format::{date, fixed, points, quantity, trimmed, vol};
use crate::ui::widgets::{Cell, Column, Row, offer_table};

/// Columns and rows.
type Table = (Vec<Column>, Vec<Row>);

/// Offers what a panel paints by itself; a panel that is not named here has nothing but tables of the widget and
/// figures behind its export button.
pub(super) fn offer(panel: PanelKind, ui: &Ui, ctx: &PanelContext<'_>) {
    let has_book = !ctx.valuation.rows.is_empty();
    match panel {
        PanelKind::Position if has_book => {
            offer_table(ui, "Legs", &|| legs(ctx));
            offer_table(ui, "Condors", &|| condors(ctx));
            offer_table(ui, "Hedge layers", &|| layers(ctx));
        }
        PanelKind::Hedge if has_book => {
            offer_table(ui, "Budgets", &|| budgets(ctx));
            offer_table(ui, "Size to band", &|| sizing(ctx));
        }
        PanelKind::Market => {
            offer_table(ui, "Marks", &|| marks(ctx));
            offer_table(ui, "Option marks", &|| quotes(ctx));
            if ctx.history.typed.is_some() {
                offer_table(ui, "Typed rows", &|| typed(ctx));
            }
        }
        PanelKind::Journal => {
            if let Some(queue) = ctx.journal.import.queue {
                offer_table(ui, "Fills under review", &|| journal::proposals(queue));
                offer_table(ui, "Positions of the file", &|| journal::holdings(queue));
            }
            journal::campaign(ui, ctx);
        }
        PanelKind::Model => offer_table(ui, "Parameters", &|| numbers::parameters(ctx)),
        PanelKind::Pack => offer_table(ui, "Numbers of the pack", &|| numbers::numbers(ctx)),
        PanelKind::Problems => offer_table(ui, "Problems", &|| numbers::problems(ctx)),
        PanelKind::Position
        | PanelKind::Hedge
        | PanelKind::Payoff
        | PanelKind::Greeks
        | PanelKind::JointMap
        | PanelKind::PlTable
        | PanelKind::Smile
        | PanelKind::Calculators
        | PanelKind::Rules
        | PanelKind::Choices
        | PanelKind::Signals => {}
    }
}

fn table<const N: usize>(
    heads: [&str; N],
    rows: impl Iterator<Item = [Cell; N]>,
) -> (Vec<Column>, Vec<Row>) {
    let columns = heads.map(Column::text).into_iter().collect();
    let rows = rows.map(|cells| Row::new(cells.into_iter().collect()));
    (columns, rows.collect())
}

fn words(text: impl Into<String>) -> Cell {
    Cell::text(text)
}

/// A figure to so many decimals; nothing for one that is not known.
fn figure(value: f64, decimals: usize) -> Cell {
    if value.is_finite() {
        Cell::num(fixed(value, decimals))
    } else {
        words("")
    }
}

fn count(contracts: i32) -> Cell {
    Cell::num(quantity(i64::from(contracts)))
}

fn legs(ctx: &PanelContext<'_>) -> Table {
    let heads = [
        "Position",
        "Purpose",
        "Contract",
        "Qty",
        "Entry, pt",
        "Mark, pt",
        "Vol, %",
        "Value, $",
        "P/L, $",
        "Delta",
        "Days",
    ];
    let row = |row: &LegRow| {
        let position = ctx.campaign.position(row.position);
        let (name, role) = position.map_or(("", ""), |of| (of.name.as_str(), of.role.label()));
        [
            words(name),
            words(role),
            words(row.contract.label()),
            count(row.quantity),
            Cell::num(points(row.entry_points)),
            Cell::num(points(row.mark_points.unwrap_or(row.price_points))),
            match row.vol_source {
                Some(_) => Cell::num(vol(row.vol)),
                None => words(""),
            },
            figure(row.value_usd, 2),
            figure(row.open_pl_usd, 2),
            figure(row.greeks.delta, 4),
            count(row.days),
        ]
    };
    table(heads, ctx.valuation.rows.iter().map(row))
}

fn condors(ctx: &PanelContext<'_>) -> Table {
    let heads = [
        "Condor",
        "Expiry",
        "Contracts",
        "Long put",
        "Short put",
        "Short call",
        "Long call",
        "Credit, pt",
        "Credit, $",
        "Largest loss, $",
        "Break-even low",
        "Break-even high",
        "Probability of profit, %",
        "Margin, $",
        "P/L, $",
        "Delta, $/pt",
        "Theta, $/day",
        "Vega, $/vol pt",
    ];
    let row = |facts: &CondorFacts| {
        let [long_put, short_put, short_call, long_call] = facts.strikes.map(|at| figure(at, 0));
        let [low, high] = facts.break_evens.map(|at| figure(at, 2));
        [
            words(facts.name.as_str()),
            words(date(facts.expiry)),
            count(facts.contracts),
            long_put,
            short_put,
            short_call,
            long_call,
            figure(facts.credit_points, 2),
            figure(facts.credit_usd, 0),
            figure(facts.max_loss_usd, 0),
            low,
            high,
            figure(100.0 * facts.probability_of_profit, 1),
            figure(facts.reg_t_margin_usd, 0),
            figure(facts.open_pl_usd, 0),
            figure(facts.greeks.delta_usd, 2),
            figure(facts.greeks.theta_per_day_usd, 2),
            figure(facts.greeks.vega_per_vol_point_usd, 2),
        ]
    };
    table(heads, ctx.valuation.condors.iter().map(row))
}

fn layers(ctx: &PanelContext<'_>) -> Table {
    let heads = [
        "Layer",
        "Contracts",
        "Cost, $",
        "Value, $",
        "P/L, $",
        "Vega per condor, pt",
        "Theta, $/day",
        "Roll-down, $/day",
        "At VIX 18, $",
        "At VIX 22, $",
        "At VIX 28, $",
    ];
    let rows = ctx.valuation.layers.iter().map(|layer| {
        let [low, middle, high] = layer.value_at_vix_usd.map(|value| figure(value, 0));
        [
            words(layer.kind.label()),
            count(layer.contracts),
            figure(layer.cost_usd, 0),
            figure(layer.greeks.value_usd, 0),
            figure(layer.open_pl_usd, 0),
            figure(layer.contribution_points, 4),
            figure(layer.greeks.theta_per_day_usd, 2),
            figure(layer.roll_down_per_day_usd, 2),
            low,
            middle,
            high,
        ]
    });
    table(heads, rows)
}

fn budgets(ctx: &PanelContext<'_>) -> Table {
    let heads = ["Budget", "Used, %", "Allowed, %", "Why not known"];
    let rows = ctx.valuation.gauges.iter().map(|gauge| {
        [
            words(gauge.label),
            figure(gauge.used_pct.unwrap_or(f64::NAN), 1),
            figure(gauge.limit_pct, 1),
            words(gauge.missing.unwrap_or_default()),
        ]
    });
    table(heads, rows)
}

fn sizing(ctx: &PanelContext<'_>) -> Table {
    let heads = [
        "Instrument",
        "Layer",
        "Price, pt",
        "Unit vega, pt",
        "To band",
        "Cost, $",
        "Cost, % of credit",
        "Carry, $/day",
        "In budget",
    ];
    let row = |row: &SizingRow| {
        [
            words(row.contract.label()),
            words(row.layer.map_or("", |layer| layer.label())),
            Cell::num(points(row.price_points)),
            figure(row.unit_vega_points, 4),
            count(row.contracts),
            figure(row.cost_usd, 0),
            figure(row.cost_pct_of_credit, 1),
            figure(row.carry_per_day_usd, 2),
            count(row.within_budget),
        ]
    };
    table(heads, ctx.valuation.sizing.iter().map(row))
}

fn marks(ctx: &PanelContext<'_>) -> Table {
    let marks = &ctx.campaign.marks;
    let stamp = marks.as_of.to_zoned(crate::calendar::new_york());
    let row = |name: &str, cell: Cell, unit: &str| [words(name), cell, words(unit)];
    let rows = [
        row("As of", words(stamp.datetime().to_string()), "New York"),
        row("SPX", figure(marks.spx, 2), "pt"),
        row("VIX", figure(marks.vix, 2), "pt"),
        row("Rate", figure(100.0 * marks.rate, 3), "%"),
        row("Dividend", figure(100.0 * marks.dividend, 3), "%"),
    ];
    table(["Mark", "Value", "Unit"], rows.into_iter())
}

fn quotes(ctx: &PanelContext<'_>) -> Table {
    let market = &ctx.valuation.market;
    let rows = ctx.campaign.marks.quotes.iter().map(|quote| {
        let (price, decimal, source) = match quote.mark {
            Mark::Price(price) => {
                let found = market.price_vol(&quote.contract);
                (price, found.map_or(f64::NAN, |found| found.vol), "price")
            }
            Mark::Vol(vol) => (market.price(&quote.contract), vol, "vol"),
        };
        [
            words(quote.contract.label()),
            figure(price, 2),
            figure(100.0 * decimal, 2),
            words(source),
        ]
    });
    table(["Contract", "Price, pt", "Vol, %", "Entered"], rows)
}

fn typed(ctx: &PanelContext<'_>) -> Table {
    let rows = ctx.history.typed.map_or(&[][..], |typed| typed.rows());
    let rows = rows.iter().map(|row| {
        let (subject, value) = match row.entry {
            ManualEntry::Value { id, value } => (id.label().to_owned(), value),
            ManualEntry::Future { expiry, settle } => (format!("VX {}", date(expiry)), settle),
            ManualEntry::Event(kind) => (kind.label().to_owned(), f64::NAN),
        };
        let value = if value.is_finite() {
            Cell::num(trimmed(value, 4))
        } else {
            words("")
        };
        [words(date(row.date)), words(subject), value]
    });
    table(["Day", "Series", "Value"], rows)
}
