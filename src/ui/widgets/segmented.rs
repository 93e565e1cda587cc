//! One choice out of a few, side by side in a track.

use egui::{
    Align2, EventFilter, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::hint;
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, tokens};
use crate::ui::{fonts, icons};

/// Space on each side of a word, in points; in a tight track the second.
const INSET: [f32; 2] = [10.0, 6.0];

/// Shows the choices and writes the chosen one to `value`; `label` names the group.
///
/// The arrow keys move the choice; Tab stops once per group. The response is marked as changed when
/// the choice changed.
pub fn segmented<T: PartialEq + Copy>(
    ui: &mut Ui,
    label: &str,
    value: &mut T,
    choices: &[(T, &str)],
) -> Response {
    let shown: Vec<&str> = choices.iter().map(|(_, word)| *word).collect();
    track(ui, (label, value), choices, (&shown, INSET[0]))
}

/// As [`segmented`], narrower, where there is little room; `shown` are shorter words for the choices, whose
/// own stay their names.
pub fn segmented_tight<T: PartialEq + Copy>(
    ui: &mut Ui,
    label: &str,
    value: &mut T,
    choices: &[(T, &str)],
    shown: &[&str],
) -> Response {
    track(ui, (label, value), choices, (shown, INSET[1]))
}

fn track<T: PartialEq + Copy>(
    ui: &mut Ui,
    (label, value): (&str, &mut T),
    choices: &[(T, &str)],
    (shown, inset): (&[&str], f32),
) -> Response {
    let t = tokens(ui);
    let widths: Vec<f32> = shown
        .iter()
        .map(|word| word_width(ui, word) + 2.0 * inset)
        .collect();
    let size = vec2(widths.iter().sum::<f32>().ceil(), FIELD_HEIGHT);
    let (track, mut group) = ui.allocate_exact_size(size, Sense::hover());
    let stroke = Stroke::new(1.0, t.line);
    ui.painter()
        .rect(track, RADIUS_FIELD, t.field, stroke, StrokeKind::Inside);
    let id = ui.make_persistent_id(("segmented", label));
    let chosen = choices.iter().position(|(choice, _)| choice == value);
    let mut next = None;
    let mut left = track.left();
    let parts = choices.iter().zip(shown).zip(&widths);
    for (index, (((_, word), shown), width)) in parts.enumerate() {
        let rect = Rect::from_min_size(egui::pos2(left, track.top()), vec2(*width, FIELD_HEIGHT));
        left += width;
        let is_chosen = chosen == Some(index);
        // one Tab stop: the chosen segment, or the first when nothing is chosen
        let sense = if is_chosen || (chosen.is_none() && index == 0) {
            Sense::click()
        } else {
            Sense::CLICK
        };
        let response = ui.interact(rect, id.with(index), sense);
        let name = format!("{label}: {word}");
        response.widget_info(|| {
            WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_chosen, &name)
        });
        paint_segment(ui, rect, shown, &response, is_chosen);
        hint::note(&response, word);
        if response.clicked() {
            next = Some(index);
        }
        if response.has_focus() {
            next = arrowed(ui, &response, index, choices.len()).or(next);
        }
    }
    if let Some(index) = next.filter(|index| Some(*index) != chosen)
        && let Some((choice, _)) = choices.get(index)
    {
        *value = *choice;
        ui.memory_mut(|memory| memory.request_focus(id.with(index)));
        group.mark_changed();
    }
    group
}

fn word_width(ui: &Ui, word: &str) -> f32 {
    let font = fonts::inter_strong(fonts::BODY);
    let ink = tokens(ui).tx;
    fonts::galley(ui.painter(), word, (font, ink))
        .size()
        .x
        .ceil()
}

/// The neighbour that an arrow key asks for.
fn arrowed(ui: &Ui, response: &Response, index: usize, count: usize) -> Option<usize> {
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    if ui.input(|i| i.key_pressed(Key::ArrowRight)) {
        Some((index + 1).min(count.saturating_sub(1)))
    } else if ui.input(|i| i.key_pressed(Key::ArrowLeft)) {
        Some(index.saturating_sub(1))
    } else {
        None
    }
}

fn paint_segment(ui: &Ui, rect: Rect, word: &str, response: &Response, is_chosen: bool) {
    let t = tokens(ui);
    let (font, ink) = if is_chosen {
        ui.painter()
            .rect_filled(rect.shrink(1.0), RADIUS_FIELD - 1, t.hover);
        (fonts::inter_strong(fonts::BODY), t.tx)
    } else if response.hovered() {
        (fonts::inter(fonts::BODY), t.tx)
    } else {
        (fonts::inter(fonts::BODY), t.tx2)
    };
    fonts::write(
        ui.painter(),
        rect.center(),
        Align2::CENTER_CENTER,
        word,
        (font, ink),
    );
    icons::focus_ring(ui, rect.shrink(1.0), response);
}
