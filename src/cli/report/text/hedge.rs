//! The hedge as text: layers, net vega against its band, sizes and budgets.

use super::super::Report;
use super::super::layout::{Block, Table};
use crate::risk::band::VegaBasis;
use crate::risk::figures::{BandStatus, Gauge, LayerFacts, NetVega, PAY_LEVELS};
use crate::ui::format::{NONE, fixed, points, quantity, signed, trimmed};

/// What each layer holds and does.
pub(super) fn layers(report: &Report<'_>) -> Vec<Block> {
    let held: Vec<&LayerFacts> = report
        .valuation
        .layers
        .iter()
        .filter(|layer| layer.contracts != 0 || layer.greeks.value_usd != 0.0)
        .collect();
    if held.is_empty() {
        return vec![Block::line("no VIX legs")];
    }
    let at_vix = PAY_LEVELS.map(|level| format!("$ at VIX {level}"));
    let mut header = vec![
        "layer",
        "contracts",
        "cost $",
        "value $",
        "delta $",
        "decay $/d",
        "roll-down $/d",
        "SPX vega $",
        "own vega $",
    ];
    header.extend(at_vix.iter().map(String::as_str));
    let mut table = Table::new(&header);
    for layer in held {
        let fixed_cells = [
            layer.kind.label().to_owned(),
            quantity(layer.contracts.into()),
            fixed(layer.cost_usd, 0),
            fixed(layer.greeks.value_usd, 0),
            signed(layer.greeks.delta_usd, 1),
            signed(layer.greeks.theta_per_day_usd, 1),
            signed(layer.roll_down_per_day_usd, 1),
            signed(layer.equivalent_vega_usd, 1),
            signed(layer.greeks.vega_per_vol_point_usd, 1),
        ];
        table.row(
            fixed_cells
                .into_iter()
                .chain(layer.value_at_vix_usd.map(|value| fixed(value, 0))),
        );
    }
    let remark = "Own delta and vega are per point of the layer's VIX future and of its own vol; SPX vega is the hedge's equivalent.";
    vec![Block::Table(table), Block::line(remark)]
}

/// Net vega per condor against the band.
pub(super) fn net_vega(report: &Report<'_>) -> Vec<Block> {
    let valuation = &report.valuation;
    let Some(net) = &valuation.net_vega else {
        return vec![Block::line("needs an SPX option that lives")];
    };
    let wide = trimmed(valuation.frame.reference_width_points, 1);
    let judged = |basis| {
        if valuation.basis() == basis {
            "  (judged)"
        } else {
            ""
        }
    };
    let band = &valuation.band;
    let standings = Block::pairs(&[
        (
            "Band",
            format!(
                "{} to {} points per vol point",
                signed(band.low, 2),
                signed(band.high, 2)
            ),
        ),
        (
            "At this width",
            format!(
                "{}: {}{}",
                signed(net.literal, 3),
                standing(net.literal_status),
                judged(VegaBasis::Literal)
            ),
        ),
        (
            "Scaled to reference",
            format!(
                "{} at {wide} points wide: {}{}",
                signed(net.normalised, 3),
                standing(net.normalised_status),
                judged(VegaBasis::WidthNormalised)
            ),
        ),
    ]);
    let mut blocks = vec![standings];
    blocks.extend(contributions(net));
    blocks.push(sizes(report));
    blocks
}

/// What net vega is made of, and the same under each convention.
fn contributions(net: &NetVega) -> Vec<Block> {
    let mut parts = Table::new(&["part", "points", "scaled"]);
    for part in &net.contributions {
        parts.row([
            part.name.clone(),
            signed(part.points, 3),
            signed(part.normalised, 3),
        ]);
    }
    let mut conventions = Table::new(&["convention", "points", "scaled"]);
    for row in &net.by_convention {
        let with_error = |value: f64, error: Option<f64>| {
            let error = error.map_or_else(String::new, |error| format!(" ± {error:.3}"));
            format!("{}{error}", signed(value, 3))
        };
        conventions.row([
            row.convention.label().to_owned(),
            with_error(row.literal, row.literal_se),
            with_error(row.normalised, row.normalised_se),
        ]);
    }
    vec![Block::Table(parts), Block::Table(conventions)]
}

/// What would lift net vega to the band's lower edge, instrument by instrument.
fn sizes(report: &Report<'_>) -> Block {
    let sizing = &report.valuation.sizing;
    if sizing.iter().all(|row| row.contracts == 0) {
        return Block::Lines(Vec::new());
    }
    let mut table = Table::new(&[
        "to the lower edge with",
        "price",
        "contracts",
        "cost $",
        "% of credit",
        "within budget",
        "reaches",
    ]);
    for row in sizing {
        table.row([
            row.contract.label(),
            points(row.price_points),
            row.contracts.to_string(),
            fixed(row.cost_usd, 0),
            fixed(row.cost_pct_of_credit, 1),
            row.within_budget.to_string(),
            signed(row.reached_literal, 3),
        ]);
    }
    Block::Table(table)
}

fn standing(status: BandStatus) -> String {
    match status {
        BandStatus::Inside { left } => format!("inside, {} to the nearer edge", fixed(left, 3)),
        BandStatus::Short { by } => format!("short vega by {}", fixed(by, 3)),
        BandStatus::Long { by } => format!("over-hedged by {}", fixed(by, 3)),
    }
}

/// How much of each budget is used.
pub(super) fn budgets(report: &Report<'_>) -> Block {
    let mut table = Table::new(&["budget", "used %", "allowed %", ""]);
    for gauge in &report.valuation.gauges {
        let used = gauge
            .used_pct
            .map_or_else(|| NONE.to_owned(), |used| fixed(used, 1));
        table.row([
            gauge.label.to_owned(),
            used,
            trimmed(gauge.limit_pct, 2),
            gauge_word(gauge),
        ]);
    }
    Block::Table(table)
}

fn gauge_word(gauge: &Gauge) -> String {
    let beyond = |limit: Option<f64>| {
        gauge
            .used_pct
            .zip(limit)
            .is_some_and(|(used, limit)| used > limit)
    };
    let word = if let Some(reason) = gauge.missing {
        reason
    } else if beyond(gauge.alarm_pct) {
        "far beyond"
    } else if beyond(Some(gauge.limit_pct)) {
        "beyond"
    } else if beyond(gauge.warn_pct) {
        "near the limit"
    } else {
        "within"
    };
    word.to_owned()
}
