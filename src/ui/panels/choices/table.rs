//! The choices as rows, and the rolls that failed with the test that failed them.

use std::sync::Arc;

use egui::{Id, Ui};

use crate::decision::{BreakEvenFigures, Choice, Decision, VegaFigures};
use crate::ui::advice::ChoicePlace;
use crate::ui::format;
use crate::ui::icons::Icon;
use crate::ui::made_once::{Same, made_once};
use crate::ui::theme::Tone;
use crate::ui::widgets::StanceLook as _;
use crate::ui::widgets::{Cell, Column, DataTable, Row, empty_state, panel_body};

/// Height of a row and gap between columns, in points: figures of ten columns stand in the width of the centre.
pub(super) const ROW: f32 = 22.0;
pub(super) const GUTTER: f32 = 10.0;

/// The widest panel that leaves out the first two of these columns, then the next, then the last: what they say
/// stands in the choice's detail too, and the names need the room.
const NARROW: [(f32, &[usize]); 3] = [
    (920.0, &[WORST, EM]),
    (760.0, &[WORST, EM, VEGA]),
    (700.0, &[WORST, EM, VEGA, THETA, IRR]),
];
const WORST: usize = 4;
const VEGA: usize = 5;
const THETA: usize = 6;
const EM: usize = 7;
const IRR: usize = 8;

/// Columns and rows.
#[derive(Debug)]
pub(super) struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

impl Table {
    fn without(&self, left_out: &[usize]) -> Self {
        let row = |row: &Row| Row {
            cells: kept(&row.cells, left_out),
            ..row.clone()
        };
        Self {
            columns: kept(&self.columns, left_out),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

fn kept<T: Clone>(all: &[T], left_out: &[usize]) -> Vec<T> {
    let numbered = all.iter().enumerate();
    let kept = numbered.filter(|(place, _)| !left_out.contains(place));
    kept.map(|(_, item)| item.clone()).collect()
}

fn left_out(width: f32) -> &'static [usize] {
    let narrowest = NARROW.iter().rev().find(|(widest, _)| width < *widest);
    narrowest.map_or(&[], |(_, columns)| columns)
}

/// Shows the choices from the highest score down; tells which row the pointer is on.
pub(super) fn offered_ui(
    ui: &mut Ui,
    decision: &Arc<Decision>,
    selected: &mut Option<ChoicePlace>,
) -> Option<ChoicePlace> {
    let places = &decision.order;
    let left_out = left_out(ui.available_width());
    let key = (Same(Arc::clone(decision)), left_out);
    let ordered = made_once(ui, Id::unique("palisade_choices_ordered"), key, || {
        let row = |place: &usize| row(&decision.choices[*place], *place == decision.preferred);
        let all = Table {
            columns: columns().to_vec(),
            rows: places.iter().map(row).collect(),
        };
        all.without(left_out)
    });
    let chosen = places
        .iter()
        .position(|place| *selected == Some(ChoicePlace::Offered(*place)));
    let shown = DataTable::new("Choices", &ordered.columns, &ordered.rows)
        .row_height(ROW)
        .gutter(GUTTER)
        .sortable()
        .selectable(chosen)
        .inset(crate::ui::theme::PAD)
        .show(ui);
    let at = |index: usize| places.get(index).map(|place| ChoicePlace::Offered(*place));
    if let Some(place) = shown.clicked.and_then(at) {
        *selected = (*selected != Some(place)).then_some(place);
    }
    shown.hovered.and_then(at)
}

/// Shows the rolls that failed; tells which row the pointer is on.
pub(super) fn rejected_ui(
    ui: &mut Ui,
    decision: &Arc<Decision>,
    selected: &mut Option<ChoicePlace>,
) -> Option<ChoicePlace> {
    if decision.rejected.is_empty() {
        let sentence = "Every roll that the method offers for this book passes its tests, or there is none to offer";
        panel_body(ui, |ui| {
            empty_state(ui, "No roll was rejected", sentence, None)
        });
        return None;
    }
    let key = Same(Arc::clone(decision));
    let table = made_once(ui, Id::unique("palisade_choices_rejected"), key, || Table {
        columns: rejected_columns().to_vec(),
        rows: decision.rejected.iter().map(rejected_row).collect(),
    });
    let chosen = match selected {
        Some(ChoicePlace::Rejected(place)) => Some(*place),
        Some(ChoicePlace::Offered(_)) | None => None,
    };
    let shown = DataTable::new("Rejected rolls", &table.columns, &table.rows)
        .row_height(ROW)
        .gutter(GUTTER)
        .sortable()
        .selectable(chosen)
        .inset(crate::ui::theme::PAD)
        .show(ui);
    if let Some(place) = shown.clicked.map(ChoicePlace::Rejected) {
        *selected = (*selected != Some(place)).then_some(place);
    }
    shown.hovered.map(ChoicePlace::Rejected)
}

fn rejected_columns() -> [Column; 7] {
    [
        Column::text("Roll").compact(),
        Column::text("Failed").hint("The first test that it fails, with its numbers"),
        Column::num("Tests").hint("Tests passed of those made"),
        Column::num("Cost now").hint("Cash that leaves now: premium, fees and half-spread, $"),
        Column::num("Expected").hint("Mean P/L to the horizon after costs, $"),
        Column::num("5th pct").hint("P/L that one path in twenty falls below, $"),
        Column::num("IRR").hint("Expected P/L on margin, simple, % a year"),
    ]
}

/// The choices as a table, in their own order; for the clipboard.
pub(super) fn table(ui: &Ui, decision: &Arc<Decision>) -> Arc<Table> {
    let key = Same(Arc::clone(decision));
    made_once(ui, Id::unique("palisade_choices_table"), key, || {
        let all = decision.choices.iter().enumerate();
        Table {
            columns: columns().to_vec(),
            rows: all
                .map(|(place, choice)| row(choice, place == decision.preferred))
                .collect(),
        }
    })
}

fn columns() -> [Column; 10] {
    [
        Column::text("Choice").hint("What is done; the icon says what it asks for"),
        Column::num("Cash now")
            .hint("Cash that comes in now, premium less fees and half-spread, $; negative is paid"),
        Column::num("Expected")
            .hint("Mean P/L to the horizon after costs over the simulated paths, $"),
        Column::num("5th pct").hint("P/L that one path in twenty falls below, $"),
        Column::num("Worst").hint("Worst of the named scenarios, $"),
        Column::num("Vega").hint("Net vega per condor that the band judges, points per vol point"),
        Column::num("Θ / day").hint("Net theta with roll-down of the hedge, $ per calendar day"),
        Column::num("EM lo / hi")
            .hint("Break-evens with all losses carried, in expected moves below and above SPX"),
        Column::num("IRR").hint("Expected P/L on margin, simple, % a year"),
        Column::num("Score").hint("Weighted parts on fixed scales, −1 to 1, and the tilt"),
    ]
}

/// A gain or loss in dollars.
fn money(usd: f64) -> Cell {
    Cell::num(format::usd_signed(usd))
        .tone(Tone::of_sign(usd))
        .sort(usd)
}

/// What there is no figure for.
fn none() -> Cell {
    Cell::num("–").tone(Tone::Faint)
}

fn vega_cell(vega: VegaFigures) -> Cell {
    let tone = if vega.outside > 0.0 {
        Tone::Warn
    } else {
        Tone::Plain
    };
    Cell::num(format::signed(vega.judged, 2))
        .tone(tone)
        .sort(vega.judged)
}

fn break_even_cell(found: BreakEvenFigures) -> Cell {
    let [low, high] = found.margins_em.map(|em| format::fixed(em, 2));
    Cell::num(format!("{low} / {high}")).sort(found.nearest_em())
}

fn irr_cell(irr: Option<f64>) -> Cell {
    irr.map_or_else(none, |irr| {
        Cell::num(format::fixed(100.0 * irr, 1)).unit("%").sort(irr)
    })
}

fn row(choice: &Choice, is_preferred: bool) -> Row {
    let figures = &choice.figures;
    let outcome = &figures.outcome;
    let name = Cell::text(&choice.candidate.name).icon(choice.stance().icon());
    let name = if is_preferred { name.strong() } else { name };
    let plain = |usd: f64| Cell::num(format::usd_signed(usd)).sort(usd);
    let worst = figures.worst_preset();
    let total = choice.score.total;
    let row = Row::new(vec![
        name,
        plain(-figures.cost_usd()),
        money(outcome.expected_usd),
        money(outcome.p05_usd),
        worst.map_or_else(none, |preset| money(preset.pl_usd)),
        figures.vega.map_or_else(none, vega_cell),
        plain(figures.theta_per_day_usd),
        figures.break_evens.map_or_else(none, break_even_cell),
        irr_cell(figures.irr),
        Cell::num(format::signed(total, 2)).strong().sort(total),
    ]);
    let named = worst.map_or_else(String::new, |preset| {
        format!("\nWorst scenario: {}", preset.name)
    });
    let notes = choice.candidate.notes.join("\n");
    let row = row.hint(format!(
        "{}: {}\n{notes}{named}\nClick for trades, tests and parts of the score",
        choice.stance().label(),
        choice.candidate.name
    ));
    if is_preferred {
        row.ground(Tone::Accent)
    } else {
        row
    }
}

fn rejected_row(choice: &Choice) -> Row {
    let figures = &choice.figures;
    let (failed, passed, made) = choice
        .acceptance
        .as_ref()
        .map_or((None, 0, 0), |acceptance| {
            let passed = acceptance.tests.iter().filter(|test| test.passes).count();
            (acceptance.failed(), passed, acceptance.tests.len())
        });
    let words = failed.map_or_else(String::new, |test| {
        format!("{}: {}", test.kind.label(), test.sentence)
    });
    Row::new(vec![
        Cell::text(&choice.candidate.name),
        Cell::text(&words).icon(Icon::Breach).tone(Tone::Bad),
        Cell::num(format!("{passed} of {made}")).sort(passed as f64),
        Cell::num(format::usd_signed(-figures.cost_usd())).sort(-figures.cost_usd()),
        money(figures.outcome.expected_usd),
        money(figures.outcome.p05_usd),
        irr_cell(figures.irr),
    ])
    .hint(format!("{words}\nClick for every test"))
}
