//! What changes the pack's numbers today, and what would if it were known.

use egui::Ui;

use crate::rule::{Effect, Findings};
use crate::ui::icons::Icon;
use crate::ui::theme::{PAD, Tone};
use crate::ui::widgets::{Cell, Column, DataTable, Row, panel_body, section};

/// Shows the modifiers beneath the rules.
pub(super) fn modifiers_ui(ui: &mut Ui, findings: &Findings) {
    let all: Vec<_> = findings.modifiers().iter().collect();
    let on = all
        .iter()
        .filter(|modifier| modifier.effect == Effect::On)
        .count();
    ui.add_space(8.0);
    panel_body(ui, |ui| {
        section(ui, "Modifiers", &format!("{on} of {} on", all.len()));
    });
    let columns = [
        Column::text("Modifier").compact().hint("What it changes"),
        Column::text("State").compact(),
        Column::text("Why").hint("The numbers behind it"),
    ];
    let rows: Vec<Row> = all
        .iter()
        .map(|modifier| {
            let (words, icon, tone) = match modifier.effect {
                Effect::On => ("on", Icon::Tick, Tone::Accent),
                Effect::Off => ("off", Icon::Minus, Tone::Faint),
                Effect::Unknown => ("no data", Icon::Info, Tone::Faint),
            };
            Row::new(vec![
                Cell::text(modifier.kind.label()),
                Cell::text(words).icon(icon).strong().tone(tone),
                Cell::text(&modifier.reason).tone(Tone::Quiet),
            ])
            .hint(modifier.path)
        })
        .collect();
    DataTable::new("Modifiers", &columns, &rows)
        .inset(PAD)
        .show(ui);
    ui.add_space(8.0);
}
