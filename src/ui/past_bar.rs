//! The bar of a past moment: which one the desk shows, what of it, the way to others, and back to now.

use egui::{Align, Id, Key, Layout, Modifiers, Ui, UiBuilder, vec2};
use jiff::Timestamp;

use super::action::{Action, Actions};
use super::context::PanelContext;
use super::icons::{self, Icon, icon_button_hinted};
use super::journal_view::{JournalEdit, PastFace, PastView};
use super::theme::{GAP, PAD, tokens};
use super::widgets::{ButtonKind, Slider, button, segmented};
use super::{fonts, format};
use crate::calendar::new_york;

/// Height of the bar.
pub const HEIGHT: f32 = 40.0;
/// Width from which the bar says what the keys do and what was done, in points.
const WIDE: f32 = 1180.0;
/// Width of the slider over the moments, in points.
const SLIDER: f32 = 220.0;
/// The same in a narrow window.
const SHORT_SLIDER: f32 = 128.0;

/// What can be shown of a moment with a decision.
const FACES: [(PastFace, &str); 3] = [
    (PastFace::Recorded, "As recorded"),
    (PastFace::JudgedNow, "Judged now"),
    (PastFace::After, "After it"),
];

/// Shows the bar while the desk shows a past moment; nothing otherwise. Arrow keys step, Home and End go to the ends,
/// Esc goes back to now.
pub fn past_bar_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let Some(past) = ctx.journal.past else { return };
    let t = tokens(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, t.panel);
    ui.painter()
        .hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, t.tx2));
    let inner = rect.shrink2(vec2(PAD, 0.0));
    let is_wide = inner.width() >= WIDE;
    let in_layout = |layout| UiBuilder::new().max_rect(inner).layout(layout);
    let mut right = ui.new_child(in_layout(Layout::right_to_left(Align::Center)));
    let back = button(&mut right, ButtonKind::Primary, None, "Back to now")
        .on_hover_text("Shows the book and the marks of now again (Esc)");
    let is_escaped =
        !ui.ctx().text_edit_focused() && ui.input(|input| input.key_pressed(Key::Escape));
    if back.clicked() || is_escaped {
        actions.push(Action::Journal(JournalEdit::Past(None)));
    }
    if past.entry.is_some() {
        faces(&mut right, past, actions);
    }
    let mut left = ui.new_child(in_layout(Layout::left_to_right(Align::Center)));
    left.set_max_width((right.min_rect().left() - PAD - inner.left()).max(0.0));
    left.spacing_mut().item_spacing.x = GAP;
    icons::show(&mut left, Icon::Eye, t.tx2);
    if is_wide {
        left.label(fonts::title("The desk as it was"));
    }
    left.label(fonts::num(when(past.moment.at)).color(t.tx))
        .on_hover_text("New York time of the moment shown");
    if let Some((place, count)) = past.which() {
        left.label(fonts::caption(format!("decision {place} of {count}")).color(t.tx2))
            .on_hover_text(
                "Several decisions were taken on these marks: each is a moment of its own",
            );
    }
    steps(&mut left, past, is_wide, actions);
    let done = past.entry.map(|entry| entry.title.as_str());
    let words = done
        .filter(|title| !title.is_empty())
        .unwrap_or("Nothing can be changed here");
    let said = egui::Label::new(fonts::caption(words).color(t.tx3)).truncate();
    left.add(said).on_hover_text(format!(
        "{words}\nBook, marks, rules and choices of that moment: nothing can be changed here"
    ));
}

/// What of the moment is shown.
fn faces(ui: &mut Ui, past: PastView<'_>, actions: &mut Actions) {
    let mut face = past.face;
    let hint = match face {
        PastFace::Recorded => {
            "Verdict, findings and choices exactly as they were recorded with the decision"
        }
        PastFace::JudgedNow => "The same book and marks, judged again by this program",
        PastFace::After => "The book after what was then done, judged now",
    };
    let chosen = segmented(ui, "Shown of the moment", &mut face, &FACES).on_hover_text(hint);
    if chosen.changed() {
        actions.push(Action::Journal(JournalEdit::Face(face)));
    }
}

/// `Thu 15 Oct 26 15:00`.
fn when(at: Timestamp) -> String {
    let local = new_york().to_datetime(at);
    format!("{} {}", format::date(local.date()), local.strftime("%H:%M"))
}

/// The moment before, a slider over all of them, the one after.
fn steps(ui: &mut Ui, past: PastView<'_>, is_wide: bool, actions: &mut Actions) {
    let last = past.moments.len().saturating_sub(1);
    let place = past.moments.partition_point(|it| *it < past.moment);
    let place = place.min(last);
    let mut to = None;
    let before = icon_button_hinted(
        ui,
        Icon::CaretLeft,
        "Moment before",
        "The moment kept before this one (←)",
    );
    if before.clicked() {
        to = place.checked_sub(1);
    }
    let ticks: Vec<f64> = past.decided.iter().map(|place| *place as f64).collect();
    let words = format!("{}, {} of {}", when(past.moment.at), place + 1, last + 1);
    let is_new = is_new(ui);
    ui.scope(|ui| {
        ui.set_max_width(if is_wide { SLIDER } else { SHORT_SLIDER });
        let slid = Slider::new(place as f64, last as f64, 0.0..=last as f64, "Past moment")
            .steps([1.0, 5.0, 1.0])
            .place_among(&ticks)
            .words(&words)
            .hint(
                "Every moment kept; the ticks are decisions. ← → step, Home and End go to the ends",
            )
            .show(ui);
        if is_new {
            // the keys step from the start, without a click
            slid.response.request_focus();
        }
        to = slid.changed.map_or(to, |to| Some(to.round() as usize));
    });
    let after = icon_button_hinted(
        ui,
        Icon::CaretRight,
        "Moment after",
        "The moment kept after this one (→)",
    );
    if after.clicked() {
        to = Some(place + 1);
    }
    let to = to.or_else(|| keyed(ui, place, last));
    if let Some(moment) = to.and_then(|to| past.moments.get(to)) {
        actions.push(Action::Journal(JournalEdit::Past(Some(*moment))));
    }
}

/// Whether the bar has just come.
fn is_new(ui: &Ui) -> bool {
    let id = Id::unique("past bar");
    let pass = ui.ctx().cumulative_pass_nr();
    let seen: Option<u64> = ui.data(|data| data.get_temp(id));
    ui.data_mut(|data| data.insert_temp(id, pass));
    seen.is_none_or(|seen| pass > seen + 1)
}

/// Where the keys lead while nothing has the keyboard.
fn keyed(ui: &Ui, place: usize, last: usize) -> Option<usize> {
    if ui.memory(|memory| memory.focused().is_some()) {
        return None;
    }
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowLeft) {
        place.checked_sub(1)
    } else if pressed(Key::ArrowRight) {
        Some((place + 1).min(last))
    } else if pressed(Key::Home) {
        Some(0)
    } else {
        pressed(Key::End).then_some(last)
    }
}
