//! The choices as a past decision keeps them: what was offered, what was refused and why, and what was taken.

use egui::{Id, ScrollArea, Ui};

use super::table::{GUTTER, ROW};
use crate::document::journal::{ChoiceRecord, DecisionRecord, JournalEntry};
use crate::rule::Stance;
use crate::ui::icons::Icon;
use crate::ui::journal_view::{JournalEdit, PastFace};
use crate::ui::recorded_words::recorded;
use crate::ui::theme::{PAD, Tone, tokens};
use crate::ui::widgets::StanceLook as _;
use crate::ui::widgets::{
    Cell, Column, DataTable, Row, card, copy_button, empty_state, panel_body, panel_head_with,
    section, segmented,
};
use crate::ui::{Action, Actions, fonts, format};

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    is_refused: bool,
    selected: Option<usize>,
}

/// Shows the record over the whole of `ui`.
pub(super) fn recorded_ui(
    ui: &mut Ui,
    (entry, record): (&JournalEntry, &DecisionRecord),
    actions: &mut Actions,
) {
    let id = Id::unique("palisade_choices_recorded").with(entry.id);
    let taken = record.taken_choice();
    let first = State {
        is_refused: taken.is_some_and(|choice| choice.refused.is_some()),
        selected: None,
    };
    let mut state: State = ui.data(|data| data.get_temp(id)).unwrap_or(first);
    head(ui, record, &mut state);
    if record.choices.is_empty() {
        let sentence = "The record keeps what was found and done. Judged now, the choices of that book are compared";
        let judge = empty_state(
            ui,
            "The choices were not compared then",
            sentence,
            Some("Judge now"),
        );
        if judge.is_some_and(|response| response.clicked()) {
            actions.push(Action::Journal(JournalEdit::Face(PastFace::JudgedNow)));
        }
        return;
    }
    ScrollArea::vertical()
        .id_salt("choices recorded")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            panel_body(ui, |ui| {
                let whence = format!("{}; the tick is what was done", recorded(entry, record));
                let ink = tokens(ui).tx2;
                ui.add(egui::Label::new(fonts::caption(whence).color(ink)).wrap());
                ui.add_space(4.0);
            });
            let mut shown: Vec<(usize, &ChoiceRecord)> = listed(record, state.is_refused).collect();
            let score = |choice: &ChoiceRecord| choice.score.unwrap_or(f64::NEG_INFINITY);
            shown.sort_by(|a, b| score(b.1).total_cmp(&score(a.1)));
            // what was done stands first
            shown.sort_by_key(|(place, _)| record.taken != Some(*place));
            table(ui, record, &shown, &mut state);
            let chosen = state.selected.and_then(|place| record.choices.get(place));
            if let Some(choice) = chosen.filter(|it| it.refused.is_some() == state.is_refused) {
                detail(ui, choice);
            }
        });
    ui.data_mut(|data| data.insert_temp(id, state));
}

/// The choices that could be taken, or those that failed a test, by their place.
fn listed(
    record: &DecisionRecord,
    is_refused: bool,
) -> impl Iterator<Item = (usize, &ChoiceRecord)> {
    let all = record.choices.iter().enumerate();
    all.filter(move |(_, choice)| choice.refused.is_some() == is_refused)
}

fn head(ui: &mut Ui, record: &DecisionRecord, state: &mut State) {
    panel_head_with(
        ui,
        "Roll or hedge",
        |ui| {
            let views = [(false, "Offered"), (true, "Rejected")];
            segmented(ui, "Choices as recorded", &mut state.is_refused, &views)
                .on_hover_text("What could be taken, or what failed a test");
        },
        |ui| {
            if !record.choices.is_empty() {
                let rows: Vec<Row> = (listed(record, false).chain(listed(record, true)))
                    .map(|numbered| row(record, numbered))
                    .collect();
                copy_button(ui, "choices", &columns(), &rows);
            }
        },
    );
}

fn table(
    ui: &mut Ui,
    record: &DecisionRecord,
    shown: &[(usize, &ChoiceRecord)],
    state: &mut State,
) {
    if shown.is_empty() {
        let sentence = "Every roll that was offered passed its tests, or there was none";
        panel_body(ui, |ui| {
            empty_state(ui, "No roll was rejected", sentence, None)
        });
        return;
    }
    let rows: Vec<Row> = (shown.iter())
        .map(|numbered| row(record, *numbered))
        .collect();
    let at = (shown.iter()).position(|(place, _)| Some(*place) == state.selected);
    let columns = columns();
    let clicked = DataTable::new("Recorded choices", &columns, &rows)
        .row_height(ROW)
        .gutter(GUTTER)
        .sortable()
        .selectable(at)
        .inset(PAD)
        .show(ui)
        .clicked;
    if let Some((place, _)) = clicked.and_then(|index| shown.get(index)) {
        let is_open = state.selected == Some(*place);
        state.selected = (!is_open).then_some(*place);
    }
}

fn columns() -> [Column; 9] {
    [
        Column::text("Choice").hint("What is done; the tick is what was taken"),
        Column::num("Cash now")
            .hint("Cash that came in, premium less fees and half-spread, $; negative is paid"),
        Column::num("Expected").hint("Mean P/L to the horizon after costs, $"),
        Column::num("5th pct").hint("P/L that one path in twenty falls below, $"),
        Column::num("Worst").hint("The worst of it, $"),
        Column::num("Vega").hint("Net vega per condor, points per vol point"),
        Column::num("Θ / day").hint("Theta, $ per calendar day"),
        Column::num("IRR").hint("Expected P/L on margin, simple, % a year"),
        Column::num("Score").hint("Weighted parts on fixed scales, −1 to 1"),
    ]
}

fn row(record: &DecisionRecord, (place, choice): (usize, &ChoiceRecord)) -> Row {
    let is_taken = record.taken == Some(place);
    let stance = Stance::of_label(&choice.stance);
    let icon = if is_taken {
        Icon::Tick
    } else {
        stance.map_or(Icon::Info, |stance| stance.icon())
    };
    let name = Cell::text(&choice.name).icon(icon);
    let money = |usd: f64| {
        Cell::num(format::usd_signed(usd))
            .tone(Tone::of_sign(usd))
            .sort(usd)
    };
    let plain = |usd: f64| Cell::num(format::usd_signed(usd)).sort(usd);
    let none = || Cell::num(format::NONE).tone(Tone::Faint);
    let of = |value: Option<f64>, cell: &dyn Fn(f64) -> Cell| value.map_or_else(none, cell);
    let row = Row::new(vec![
        if is_taken { name.strong() } else { name },
        plain(-choice.cost_usd),
        money(choice.expected_pl_usd),
        money(choice.p05_usd),
        money(choice.worst_usd),
        of(choice.net_vega_points, &|vega| {
            Cell::num(format::signed(vega, 2)).sort(vega)
        }),
        plain(choice.theta_per_day_usd),
        of(choice.irr, &|irr| {
            Cell::num(format::fixed(100.0 * irr, 1)).unit("%").sort(irr)
        }),
        of(choice.score, &|score| {
            Cell::num(format::signed(score, 2)).strong().sort(score)
        }),
    ]);
    let asked = if record.verdict.choice == Some(place) {
        "\nWhat the verdict took"
    } else {
        ""
    };
    let refused = choice.refused.as_deref().unwrap_or_default();
    let row = row.hint(format!(
        "{}: {}{asked}\n{refused}",
        choice.stance, choice.name
    ));
    if is_taken {
        row.ground(Tone::Accent)
    } else {
        row
    }
}

/// One choice in full: why it was refused, and its trades.
fn detail(ui: &mut Ui, choice: &ChoiceRecord) {
    let t = tokens(ui);
    ui.add_space(8.0);
    panel_body(ui, |ui| {
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.label(fonts::title(&choice.name));
            if let Some(why) = &choice.refused {
                ui.add(egui::Label::new(fonts::body(why).color(t.dn)).wrap());
            }
            let break_evens = choice.break_evens.map_or_else(String::new, |[low, high]| {
                let level = |points: f64| format::fixed(points, 0);
                format!("; break-evens {} and {}", level(low), level(high))
            });
            let words = format!(
                "Fees and half-spread {}, margin {}{break_evens}",
                format::usd_cents(choice.friction_usd),
                format::usd(choice.margin_usd)
            );
            ui.add(egui::Label::new(fonts::caption(words).color(t.tx2)).wrap());
            if choice.trades.is_empty() {
                ui.label(fonts::caption("Nothing is traded").color(t.tx3));
                return;
            }
            section(ui, "Trades", "at the prices of the time");
            let columns = [
                Column::num("Qty").hint("Contracts, negative when sold"),
                Column::text("Contract"),
                Column::num("Price").hint("Points, as the model marked it then"),
                Column::num("Fees").hint("Fees and half-spread, dollars"),
            ];
            let rows: Vec<Row> = (choice.trades.iter())
                .map(|trade| {
                    Row::new(vec![
                        Cell::num(format::quantity(i64::from(trade.quantity))),
                        Cell::text(trade.contract.label()),
                        Cell::num(format::points(trade.price)),
                        Cell::num(format::fixed(trade.fees_usd, 2)).tone(Tone::Quiet),
                    ])
                })
                .collect();
            DataTable::new("Trades as recorded", &columns, &rows).show(ui);
        });
    });
    ui.add_space(8.0);
}
