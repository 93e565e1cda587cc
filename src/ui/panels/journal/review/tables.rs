//! Results side by side: by group, by whether rules were followed, and what hedges cost and brought.

use egui::Ui;

use super::figures::{Said, days, percent, plain_percent};
use crate::instrument::LayerKind;
use crate::journal::{DecisionValue, Discipline, Group, GroupBy, Measured, Results, Review};
use crate::ui::theme::Tone;
use crate::ui::widgets::{Cell, Column, DataTable, Row, segmented};
use crate::ui::{fonts, format};

/// Width from which every figure of a group has its interval beside it, in points.
const WIDE: f32 = 1120.0;

/// A cell of a figure with its interval.
fn cell(measured: Option<&Measured>, write: impl Fn(f64) -> String, tells: bool) -> Cell {
    let said = Said::of(measured, write, tells);
    let tone = if said.note == "too few to say" {
        Tone::Faint
    } else {
        said.tone
    };
    // in a table the figure says enough: a row of “too few to say” says nothing more
    let words = if tone == Tone::Faint {
        said.figure
    } else {
        said.line()
    };
    let cell = Cell::num(words).tone(tone);
    match measured {
        Some(measured) => cell.sort(measured.seen()),
        None => cell,
    }
}

fn count(n: usize) -> Cell {
    Cell::num(format::count(n)).sort(n as f64)
}

/// Results by what campaigns have in common.
pub(super) fn groups(ui: &mut Ui, review: &Review) {
    let id = ui.make_persistent_id("review groups");
    let mut by: GroupBy = ui
        .data(|data| data.get_temp(id))
        .unwrap_or(GroupBy::LayersAndErp);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.label(fonts::title("Results by"));
        let choices = GroupBy::ALL.map(|by| (by, by.label()));
        segmented(ui, "Results by", &mut by, &choices);
    });
    ui.data_mut(|data| data.insert_temp(id, by));
    let columns = [
        Column::text(by.label()),
        Column::num("n").hint("Closed campaigns"),
        Column::num("P/L, $").hint("Sum of profits, dollars"),
        Column::num("Expectancy, $").hint("Mean profit of a campaign, with its 95 % interval"),
        Column::num("Win rate").hint("Share with a profit, with Wilson's 95 % interval"),
        Column::num("IRR").hint("Median return on margin a year"),
        Column::num("Days").hint("Mean calendar days held"),
        Column::num("Hedge cost").hint("Premium of VIX options over the credit"),
    ];
    let is_wide = ui.available_width() >= WIDE;
    let row = |group: &Group| results(&group.name, &group.results, is_wide);
    let mut rows: Vec<Row> = review.group(by).iter().map(row).collect();
    rows.push(results("All", &review.all, is_wide).line_above());
    DataTable::new("Groups", &columns, &rows)
        .sortable()
        .filterable()
        .show(ui);
}

/// A group's row; where room is short, the intervals of the last three figures stand in its hint.
fn results(name: &str, of: &Results, is_wide: bool) -> Row {
    let profit = of.profit_cents as f64 / 100.0;
    let (irr, held) = (of.median_irr.as_ref(), of.days_held.as_ref());
    let cost = of.hedge_cost_pooled_pct.as_ref();
    let mut cells = vec![
        Cell::text(name),
        count(of.n),
        Cell::num(format::usd_signed(profit))
            .tone(Tone::of_sign(profit))
            .sort(profit),
        cell(of.expectancy_usd.as_ref(), format::usd_signed, true),
        cell(of.win_rate.as_ref(), percent, false),
        cell(irr, percent, true),
        cell(held, days, false),
        cell(cost, plain_percent, false),
    ];
    let last = [
        ("IRR", Said::of(irr, percent, true)),
        ("days", Said::of(held, days, false)),
        ("hedge cost", Said::of(cost, plain_percent, false)),
    ];
    let told: Vec<String> = (last.iter())
        .map(|(what, said)| format!("{what} {}", said.line()))
        .collect();
    if !is_wide {
        let short = cells.iter_mut().rev().zip(last.into_iter().rev());
        for (cell, (_, said)) in short {
            cell.text = said.figure;
        }
    }
    Row::new(cells).hint(format!("{name}: {}", told.join(", ")))
}

/// Where the verdict was followed beside where it was not.
pub(super) fn discipline(ui: &mut Ui, review: &Review) {
    let columns = [
        Column::text("Verdict"),
        Column::num("Campaigns")
            .hint("All of whose decisions followed the verdict; or with at least one that did not"),
        Column::num("Mean P/L, $").hint("Mean profit of those campaigns"),
        Column::num("Against holding, $")
            .hint("What was done, against leaving everything, a decision"),
        Column::num("Verdict over done, $")
            .hint("What the verdict's choice made over what was done, a decision"),
    ];
    let row = |name: &str, of: &Discipline| {
        Row::new(vec![
            Cell::text(name),
            count(of.campaigns),
            cell(of.campaign_usd.as_ref(), format::usd_signed, true),
            cell(of.done.mean_usd.as_ref(), format::usd_signed, true),
            cell(of.verdict_over_done_usd.as_ref(), format::usd_signed, true),
        ])
    };
    let rows = [
        row("Followed", &review.followed),
        row("Broken", &review.broken),
    ];
    DataTable::new("Rules", &columns, &rows).show(ui);
}

/// What hedging and rolling cost and brought.
pub(super) fn hedges(ui: &mut Ui, review: &Review) {
    let all = &review.all;
    let columns = [
        Column::text("What"),
        Column::num("Sum, $").hint("Over all closed campaigns"),
        Column::num("Mean, $").hint("With its 95 % interval"),
        Column::num("By the model").hint("Values that rest on the model, where marks are missing"),
    ];
    let row = |name: &str, cents: i64, mean: Option<&Measured>, modelled: String| {
        let sum = cents as f64 / 100.0;
        Row::new(vec![
            Cell::text(name),
            Cell::num(format::usd_signed(sum))
                .tone(Tone::of_sign(sum))
                .sort(sum),
            cell(mean, format::usd_signed, true),
            Cell::num(modelled).tone(Tone::Quiet),
        ])
    };
    let value = |name: &str, of: &DecisionValue| {
        let modelled = format::count(of.modelled);
        row(name, of.sum_cents, of.mean_usd.as_ref(), modelled)
    };
    let none = "–".to_owned();
    let rows = [
        row(
            "VIX contracts, a campaign",
            all.hedge_profit_cents,
            all.hedge_profit_usd.as_ref(),
            none,
        ),
        value("Hedging against holding, a decision", &all.hedging),
        value("Rolling against holding, a decision", &all.rolling),
    ];
    DataTable::new("Hedges", &columns, &rows).show(ui);
}

/// What the hedge was promised to make good when SPX fell, beside what it made good; each layer in dollars an event.
pub(super) fn offset(ui: &mut Ui, review: &Review) {
    let offset = &review.offset;
    let columns = [
        Column::text("What"),
        Column::num("Promised").hint("By the model at the marks before the fall, an event"),
        Column::num("Delivered").hint("By the marks after it, an event"),
    ];
    let row = |name: &str, of: [Option<&Measured>; 2], write: fn(f64) -> String, tells| {
        let [promised, delivered] = of;
        Row::new(vec![
            Cell::text(name),
            cell(promised, write, tells),
            cell(delivered, write, tells),
        ])
    };
    let whole = [offset.promised_pct.as_ref(), offset.delivered_pct.as_ref()];
    let mut rows = vec![row(
        "Share of the SPX loss made good",
        whole,
        plain_percent,
        false,
    )];
    for (kind, (promised, delivered)) in LayerKind::ALL.iter().zip(&offset.layers) {
        let name = format!("{kind}, $");
        let both = [promised.as_ref(), delivered.as_ref()];
        rows.push(row(&name, both, format::usd_signed, true));
    }
    DataTable::new("Promised and delivered", &columns, &rows).show(ui);
}
