//! One choice in full: what is traded, what it carries, both tails, the parts of its score, the tests of a roll.

use egui::Ui;

use super::act;
use super::table::mark;
use crate::decision::{Choice, Decision};
use crate::ui::advice::ChoicePlace;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, card, panel_body, section};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Narrowest panel with two columns of tables, in points.
const TWO_COLUMNS: f32 = 720.0;

/// Shows the choice beneath the table.
pub(super) fn detail_ui(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (decision, place, choice): (&Decision, ChoicePlace, &Choice),
    actions: &mut Actions,
) {
    let t = tokens(ui);
    ui.add_space(8.0);
    panel_body(ui, |ui| {
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.horizontal(|ui| {
                let mark = mark(choice.stance());
                icons::show(ui, mark.icon(), t.text(mark.tone()));
                ui.label(fonts::title(&choice.candidate.name));
                let layout = egui::Layout::right_to_left(egui::Align::Center);
                ui.with_layout(layout, |ui| {
                    let may = ctx.what_if.is_none() && !choice.candidate.trades.is_empty();
                    ui.add_enabled_ui(may, |ui| act(ui, place, actions));
                });
            });
            for note in &choice.candidate.notes {
                ui.add(egui::Label::new(fonts::caption(note).color(t.warn)).wrap());
            }
            if ui.available_width() >= TWO_COLUMNS {
                ui.columns_const(|[left, right]| {
                    trades(left, choice);
                    tests(left, choice);
                    figures(right, decision, choice);
                });
            } else {
                trades(ui, choice);
                figures(ui, decision, choice);
                tests(ui, choice);
            }
        });
    });
    ui.add_space(8.0);
}

fn trades(ui: &mut Ui, choice: &Choice) {
    let trades = &choice.candidate.trades;
    section(
        ui,
        "Trades",
        if trades.is_empty() {
            "none"
        } else {
            "at the model's prices now"
        },
    );
    if trades.is_empty() {
        return;
    }
    let columns = [
        Column::text("Contract"),
        Column::num("Qty").hint("Contracts, negative when sold"),
        Column::num("Price").hint("Model's price now, points"),
        Column::num("Cash").hint("Premium received, $ (negative when paid)"),
        Column::num("Costs").hint("Fees and half-spread, $"),
        Column::num("Realises").hint("Gain since entry of the contracts closed, $"),
    ];
    let rows: Vec<Row> = trades
        .iter()
        .map(|trade| {
            let costs = trade.fees_usd + trade.slippage_usd;
            let quantity = f64::from(trade.quantity);
            Row::new(vec![
                Cell::text(trade.contract.label()),
                Cell::num(format::quantity(i64::from(trade.quantity)))
                    .tone(Tone::of_sign(quantity))
                    .sort(quantity),
                Cell::num(format::points(trade.price_points)).sort(trade.price_points),
                Cell::num(format::usd_signed(trade.cash_usd())).sort(trade.cash_usd()),
                Cell::num(format::fixed(costs, 2))
                    .tone(Tone::Quiet)
                    .sort(costs),
                Cell::num(format::usd_signed(trade.realised_usd))
                    .tone(Tone::of_sign(trade.realised_usd))
                    .sort(trade.realised_usd),
            ])
        })
        .collect();
    DataTable::new("Trades of the choice", &columns, &rows)
        .sortable()
        .show(ui);
}

/// Figures against those of holding.
fn figures(ui: &mut Ui, decision: &Decision, choice: &Choice) {
    section(ui, "Figures", "beside holding");
    let (own, hold) = (&choice.figures, &decision.hold().figures);
    let columns = [
        Column::text("Figure"),
        Column::num("Choice"),
        Column::num("Hold"),
    ];
    let usd = |name: &str, hint: &str, take: fn(&crate::decision::Figures) -> f64| {
        let cell = |figures| {
            let value = take(figures);
            Cell::num(format::usd_signed(value))
                .tone(Tone::of_sign(value))
                .sort(value)
        };
        Row::new(vec![Cell::text(name), cell(own), cell(hold)]).hint(hint)
    };
    let size = |name: &str, hint: &str, take: fn(&crate::decision::Figures) -> f64| {
        let cell = |figures| {
            let value = take(figures);
            Cell::num(format::usd(value)).sort(value)
        };
        Row::new(vec![Cell::text(name), cell(own), cell(hold)]).hint(hint)
    };
    let mut rows = vec![
        usd(
            "Realised and carried",
            "What SPX trades realised before and would realise now: the break-evens carry it",
            |f| f.carried_usd,
        ),
        usd(
            "Lower tail",
            "Mean P/L in the twentieth of the paths with the lowest SPX",
            |f| f.tails_usd[0],
        ),
        usd(
            "Upper tail",
            "Mean P/L in the twentieth of the paths with the highest SPX",
            |f| f.tails_usd[1],
        ),
        usd("Worst path", "The worst of all paths", |f| {
            f.outcome.worst_usd
        }),
        size("Margin", "Margin after the trades", |f| f.margin_usd),
        size(
            "Capital",
            "Margin and the value of VIX options held, which are paid in full",
            |f| f.capital_usd,
        ),
    ];
    for index in 0..own.drifts.len() {
        let point = own.drifts[index];
        let name = match index {
            0 => "Expected, no drift".to_owned(),
            1 => format!(
                "Expected, drift {} %",
                format::fixed(100.0 * point.drift_per_year, 1)
            ),
            _ => format!(
                "Expected, drift {} %",
                format::fixed(100.0 * point.drift_per_year, 1)
            ),
        };
        let cell = |value: f64| {
            Cell::num(format::usd_signed(value))
                .tone(Tone::of_sign(value))
                .sort(value)
        };
        let held = hold.drifts[index].expected_pl_usd;
        rows.push(
            Row::new(vec![Cell::text(name), cell(point.expected_pl_usd), cell(held)])
                .hint("The drift decides the sign of a condor's expected P/L: choices are judged beside holding"),
        );
    }
    for (preset, held) in own.presets.iter().zip(&hold.presets) {
        let cell = |value: f64| {
            Cell::num(format::usd_signed(value))
                .tone(Tone::of_sign(value))
                .sort(value)
        };
        rows.push(Row::new(vec![
            Cell::text(preset.name).tone(Tone::Quiet),
            cell(preset.pl_usd),
            cell(held.pl_usd),
        ]));
    }
    rows.extend(score_rows(choice, decision));
    DataTable::new("Figures of the choice", &columns, &rows).show(ui);
}

fn score_rows(choice: &Choice, decision: &Decision) -> Vec<Row> {
    let names = [
        "Score: return / WACC",
        "Score: cost",
        "Score: vega outside",
        "Score: 5th pct / margin",
    ];
    let (own, hold) = (&choice.score, &decision.hold().score);
    let cell = |value: f64| Cell::num(format::signed(value, 3)).sort(value);
    let mut rows: Vec<Row> = (names.iter().zip(own.weighted).zip(hold.weighted))
        .map(|((name, own), hold)| Row::new(vec![Cell::text(*name), cell(own), cell(hold)]))
        .collect();
    let why = if own.tilt_why.is_empty() {
        "Nothing leans it"
    } else {
        &own.tilt_why
    };
    rows.push(
        Row::new(vec![
            Cell::text("Score: tilt"),
            cell(own.tilt),
            cell(hold.tilt),
        ])
        .hint(why),
    );
    rows.push(
        Row::new(vec![
            Cell::text("Score").strong(),
            cell(own.total).strong(),
            cell(hold.total),
        ])
        .line_above(),
    );
    rows
}

fn tests(ui: &mut Ui, choice: &Choice) {
    let Some(acceptance) = &choice.acceptance else {
        return;
    };
    let t = tokens(ui);
    let passed = acceptance.tests.iter().filter(|test| test.passes).count();
    section(
        ui,
        "Tests of a roll",
        &format!("{passed} of {} pass", acceptance.tests.len()),
    );
    for test in &acceptance.tests {
        let (icon, tone) = if test.passes {
            (Icon::Pass, Tone::Good)
        } else {
            (Icon::Breach, Tone::Bad)
        };
        ui.horizontal_top(|ui| {
            icons::show(ui, icon, t.text(tone));
            let words = format!("{}: {}", test.kind.label(), test.sentence);
            ui.add(egui::Label::new(fonts::caption(words).color(t.tx2)).wrap());
        });
    }
}
