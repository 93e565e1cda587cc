//! The dated notes, newest first; a click on one opens it for correction.

use egui::Ui;

use super::draft::{Draft, NoteDraft, age_days};
use crate::instrument::Note;
use crate::ui::icons::Icon;
use crate::ui::theme::Tone;
use crate::ui::widgets::{ButtonKind, Cell, Column, DataTable, Row, button, empty_state};
use crate::ui::{PanelContext, format};

/// The buttons of the head.
pub(super) fn buttons(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut Option<Draft>) {
    let add = button(ui, ButtonKind::Secondary, Some(Icon::Plus), "Add note…");
    if add.clicked() {
        *draft = Some(Draft::Note(NoteDraft::new(ctx)));
    }
}

/// Shows the notes; a click puts one into `draft`.
pub(super) fn notes(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut Option<Draft>) {
    let mut ordered: Vec<(usize, &Note)> = ctx.campaign.notes.iter().enumerate().collect();
    if ordered.is_empty() {
        let sentence = "Write down what you saw and decided, with tags to find it by.";
        empty_state(ui, "No notes yet", sentence, None);
        return;
    }
    ordered.sort_by_key(|(_index, note)| std::cmp::Reverse(note.at));
    let rows: Vec<Row> = ordered
        .iter()
        .map(|(_index, note)| row(ctx, note))
        .collect();
    let selected = match draft {
        Some(Draft::Note(open)) => ordered
            .iter()
            .position(|(index, _note)| Some(*index) == open.index),
        Some(Draft::Trade(_) | Draft::Record(_) | Draft::Details(_)) | None => None,
    };
    let columns = [
        Column::text("Date").compact().hint("New York time"),
        Column::text("Note"),
        Column::text("Tags").compact(),
    ];
    let shown = DataTable::new("Notes", &columns, &rows)
        .filterable()
        .selectable(selected)
        .show(ui);
    if let Some((index, note)) = shown.clicked.and_then(|row| ordered.get(row)) {
        *draft = Some(Draft::Note(NoteDraft::of(*index, note)));
    }
}

fn row(ctx: &PanelContext<'_>, note: &Note) -> Row {
    let date = format!(
        "{} {}",
        format::date(note.at.date()),
        note.at.strftime("%H:%M")
    );
    Row::new(vec![
        Cell::text(date).tone(Tone::Quiet),
        Cell::text(note.text.clone()),
        Cell::text(note.tags.join(", ")).tone(Tone::Faint),
    ])
    .hint(format!(
        "{}\n{} days before the marks. Click to correct or remove",
        note.text,
        age_days(ctx, note.at)
    ))
}
