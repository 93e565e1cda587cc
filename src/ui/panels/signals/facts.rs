//! Every fact that a rule may ask for: value, source and age; a click opens its formula and what it rests on.

use egui::{Id, Ui};

use crate::fact::{Fact, FactId, Facts};
use crate::ui::fact_words::written;
use crate::ui::icons::Icon;
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::{Cell, Column, DataTable, Row, card, panel_body, section};
use crate::ui::{Action, Actions, LibraryEdit, PanelContext, fonts, format};

/// Height of a row, in points.
const ROW: f32 = 22.0;
/// A daily fact older than this is stale, calendar days.
const STALE_DAYS: i32 = 5;

fn slot() -> Id {
    Id::unique("palisade_signals_fact")
}

/// Shows the table over the width of `ui`, and what the selected row rests on beneath it.
pub(super) fn facts_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let Some(facts) = ctx.history.facts else {
        return;
    };
    panel_body(ui, |ui| {
        ui.add_space(4.0);
        let note = format!(
            "{} of {}",
            format::count(facts.known()),
            format::count(facts.iter().count())
        );
        section(ui, "Facts", &note);
    });
    if ctx.what_if.is_some() {
        panel_body(ui, |ui| {
            let words =
                "Of the what-if: its book and marks; closes and releases are those known today";
            ui.add(egui::Label::new(fonts::caption(words).color(tokens(ui).wi)).wrap());
            ui.add_space(4.0);
        });
    }
    let selected = ui.data(|data| data.get_temp::<FactId>(slot()));
    if let Some(fact) = selected.map(|id| facts.get(id)) {
        panel_body(ui, |ui| detail(ui, fact, actions));
        ui.add_space(4.0);
    }
    panel_body(ui, |ui| table(ui, facts, selected));
}

fn table(ui: &mut Ui, facts: &Facts, selected: Option<FactId>) {
    let columns = [
        Column::text("Id")
            .width_of(132.0)
            .hint("Name of the fact in rules and reports"),
        Column::num("Value").hint("Value at the instant of the marks"),
        Column::text("Source").hint("Series or part of the campaign that it comes from"),
        Column::num("Age").hint("Calendar days since the newest observation behind it"),
    ];
    let rows: Vec<Row> = facts.iter().map(row).collect();
    let place = facts.iter().position(|fact| Some(fact.id) == selected);
    let shown = DataTable::new("Facts", &columns, &rows)
        .row_height(ROW)
        .with_filter()
        .sortable()
        .selectable(place)
        .gutter(8.0)
        .show(ui);
    if let Some(fact) = shown.clicked.and_then(|index| facts.iter().nth(index)) {
        let next = (Some(fact.id) != selected).then_some(fact.id);
        ui.data_mut(|data| match next {
            Some(id) => {
                data.insert_temp(slot(), id);
            }
            None => data.remove::<FactId>(slot()),
        });
        ui.ctx().request_repaint();
    }
}

fn row(fact: &Fact) -> Row {
    let id = Cell::num(fact.id.key());
    let age = fact.age_days.unwrap_or(0);
    let is_stale = age > STALE_DAYS;
    match &fact.value {
        Ok(value) => {
            let (text, unit) = written(fact.id.unit(), value);
            let tone = if is_stale { Tone::Faint } else { Tone::Plain };
            let value_cell = Cell::num(text).unit(unit).tone(tone);
            let value_cell = match value.number() {
                Some(number) => value_cell.sort(number),
                None => value_cell,
            };
            let age_text = fact
                .age_days
                .map_or_else(String::new, |days| format!("{days} d"));
            let tone = if is_stale { Tone::Warn } else { Tone::Faint };
            Row::new(vec![
                id,
                value_cell,
                Cell::text(&fact.source).tone(Tone::Quiet),
                Cell::num(age_text).tone(tone).sort(f64::from(age)),
            ])
            .hint(fact.id.meaning())
        }
        Err(missing) => Row::new(vec![
            id,
            Cell::text("missing").icon(Icon::Warning).tone(Tone::Warn),
            Cell::text(&missing.import_what).tone(Tone::Warn),
            Cell::num(""),
        ])
        .ground(Tone::Warn)
        .hint(format!("{}\n{}", fact.id.meaning(), missing.why)),
    }
}

/// Meaning, formula and sources of the selected fact.
fn detail(ui: &mut Ui, fact: &Fact, actions: &mut Actions) {
    let t = tokens(ui);
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal_wrapped(|ui| {
            ui.label(fonts::num_small_strong(fact.id.key()).color(t.tx));
            ui.label(fonts::caption(fact.id.meaning()).color(t.tx2));
        });
        ui.label(fonts::num_small(fact.id.formula()).color(t.tx2));
        match &fact.value {
            Ok(_) => {
                let day = fact
                    .as_of
                    .map_or_else(String::new, |day| format!(", {}", format::date(day)));
                ui.label(fonts::caption(format!("{}{day}", fact.source)).color(t.tx3));
            }
            Err(missing) => {
                ui.label(fonts::caption(&missing.why).color(t.warn));
                let link = ui
                    .link(fonts::caption(format!("{}…", missing.import_what)))
                    .on_hover_text("Copy a file with it into the folder of market history");
                if link.clicked() {
                    actions.push(Action::Library(LibraryEdit::ImportFile));
                }
            }
        }
    });
}
