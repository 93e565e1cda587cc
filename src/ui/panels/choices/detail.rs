//! One choice in full: what is traded, what it carries, both tails, the parts of its score, the tests of a roll.

use egui::Ui;

use super::act;
use crate::decision::{Choice, Decision, Figures};
use crate::ui::advice::ChoicePlace;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::StanceLook as _;
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
                let stance = choice.stance();
                icons::show(ui, stance.icon(), t.text(stance.tone()));
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

/// Takes one figure.
type Take = fn(&Figures) -> f64;

/// Gains and losses: name, meaning, figure.
const GAINS: [(&str, &str, Take); 4] = [
    (
        "Realised and carried",
        "What SPX trades realised before and would realise now: the break-evens carry it",
        |figures| figures.carried_usd,
    ),
    (
        "Lower tail",
        "Mean P/L in the twentieth of the paths with the lowest SPX",
        |figures| figures.tails_usd[0],
    ),
    (
        "Upper tail",
        "Mean P/L in the twentieth of the paths with the highest SPX",
        |figures| figures.tails_usd[1],
    ),
    ("Worst path", "The worst of all paths", |figures| {
        figures.outcome.worst_usd
    }),
];

/// Amounts without direction.
const SIZES: [(&str, &str, Take); 2] = [
    ("Margin", "Margin after the trades", |figures| {
        figures.margin_usd
    }),
    (
        "Capital",
        "Margin and the value of VIX options held, which are paid in full",
        |figures| figures.capital_usd,
    ),
];

/// A gain or loss in dollars.
fn gain(usd: f64) -> Cell {
    Cell::num(format::usd_signed(usd))
        .tone(Tone::of_sign(usd))
        .sort(usd)
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
    let row = |cell: fn(f64) -> Cell, (name, hint, take): (&str, &str, Take)| {
        Row::new(vec![Cell::text(name), cell(take(own)), cell(take(hold))]).hint(hint)
    };
    let size = |usd: f64| Cell::num(format::usd(usd)).sort(usd);
    let mut rows: Vec<Row> = GAINS.into_iter().map(|figure| row(gain, figure)).collect();
    rows.extend(SIZES.into_iter().map(|figure| row(size, figure)));
    rows.extend(drift_rows(own, hold));
    for (preset, held) in own.presets.iter().zip(&hold.presets) {
        let name = Cell::text(preset.name).tone(Tone::Quiet);
        rows.push(Row::new(vec![name, gain(preset.pl_usd), gain(held.pl_usd)]));
    }
    rows.extend(score_rows(choice, decision));
    DataTable::new("Figures of the choice", &columns, &rows).show(ui);
}

/// How the expected P/L depends on the drift assumed.
fn drift_rows(own: &Figures, hold: &Figures) -> Vec<Row> {
    let hint =
        "The drift decides the sign of a condor's expected P/L: choices are judged beside holding";
    let pairs = own.drifts.iter().zip(&hold.drifts);
    pairs
        .map(|(point, held)| {
            let drift = format::fixed(100.0 * point.drift_per_year, 1);
            let name = Cell::text(format!("Expected, drift {drift} %"));
            let cells = vec![
                name,
                gain(point.expected_pl_usd),
                gain(held.expected_pl_usd),
            ];
            Row::new(cells).hint(hint)
        })
        .collect()
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
