//! What changes the pack's numbers today, and what would if it were known.

use std::sync::Arc;

use egui::{Id, Ui};

use crate::rule::{Effect, Findings, Modifier};
use crate::ui::icons::Icon;
use crate::ui::made_once::{Same, made_once};
use crate::ui::theme::{PAD, Tone};
use crate::ui::widgets::{Cell, Column, DataTable, Row, panel_body, section};

/// The modifiers as a table, with how many are on.
struct Table {
    on: String,
    columns: [Column; 3],
    rows: Vec<Row>,
}

/// Shows the modifiers beneath the rules.
pub(super) fn modifiers_ui(ui: &mut Ui, findings: &Arc<Findings>) {
    let key = Same(Arc::clone(findings));
    let id = Id::unique("palisade_rules_modifiers");
    let table = made_once(ui, id, key, || table(findings));
    ui.add_space(8.0);
    panel_body(ui, |ui| {
        section(ui, "Modifiers", &table.on);
    });
    DataTable::new("Modifiers", &table.columns, &table.rows)
        .inset(PAD)
        .show(ui);
    ui.add_space(8.0);
}

fn table(findings: &Findings) -> Table {
    let all: Vec<_> = findings.modifiers().iter().collect();
    let on = all
        .iter()
        .filter(|modifier| modifier.effect == Effect::On)
        .count();
    Table {
        on: format!("{on} of {} on", all.len()),
        columns: [
            Column::text("Modifier").compact().hint("What it changes"),
            Column::text("State").compact(),
            Column::text("Why").hint("The numbers behind it"),
        ],
        rows: all.into_iter().map(row).collect(),
    }
}

fn row(modifier: &Modifier) -> Row {
    let (words, icon, tone) = match modifier.effect {
        Effect::On => ("On", Icon::Tick, Tone::Accent),
        Effect::Off => ("Off", Icon::Minus, Tone::Faint),
        Effect::Unknown => ("No data", Icon::Info, Tone::Faint),
    };
    Row::new(vec![
        Cell::text(modifier.kind.label()),
        Cell::text(words).icon(icon).strong().tone(tone),
        Cell::text(&modifier.reason).tone(Tone::Quiet),
    ])
    .hint(modifier.path)
}
