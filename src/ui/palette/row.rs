//! One row of the palette: name with the matched letters lit, remark, and shortcut at the right.

use egui::text::LayoutJob;
use egui::{Align2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::Entry;
use crate::ui::fonts;
use crate::ui::theme::{RADIUS_FIELD, tokens};

/// Height of a row, in points.
pub(super) const HEIGHT: f32 = 28.0;
/// Space left and right of the words, in points.
const INSET: f32 = 8.0;

/// Draws the row; it takes clicks, the keyboard stays in the line above.
pub(super) fn row(ui: &mut Ui, entry: &Entry, places: &[usize], is_selected: bool) -> Response {
    let t = tokens(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
    let name = entry.name();
    let is_enabled = entry.disabled.is_none();
    response.widget_info(|| {
        let mut info = WidgetInfo::selected(Role::ListBoxOption, is_enabled, is_selected, &name);
        info.enabled = is_enabled;
        info
    });
    if is_selected {
        ui.painter().rect_filled(rect, RADIUS_FIELD, t.accent_bg);
        let edge = rect.with_max_x(rect.left() + 2.0);
        ui.painter().rect_filled(edge, 1, t.accent);
    }
    let inner = rect.shrink2(vec2(INSET, 0.0));
    let right = end(ui, inner, entry);
    let painter = ui.painter();
    let ink = if is_enabled { t.tx } else { t.tx3 };
    let job = lit(&entry.title, places, (ink, t.accent));
    let galley = painter.layout_job(job);
    let place = Align2::LEFT_CENTER.anchor_size(inner.left_center(), galley.size());
    painter.galley(place.min, galley, ink);
    let room = Rect::from_min_max(
        egui::pos2(place.right() + INSET, rect.top()),
        egui::pos2(right - INSET, rect.bottom()),
    );
    if room.width() > 40.0 {
        let small = fonts::inter(fonts::SMALL);
        crate::ui::widgets::elided(painter, room, entry.remark(), small, t.tx3);
    }
    response
}

/// The shortcut, or what the entry belongs to; returns where it begins.
fn end(ui: &Ui, inner: Rect, entry: &Entry) -> f32 {
    let t = tokens(ui);
    let (words, font, ink) = match &entry.shortcut {
        Some(shortcut) => (shortcut.as_str(), fonts::mono(fonts::SMALL), t.tx2),
        None => (entry.group, fonts::inter(fonts::SMALL), t.tx3),
    };
    let at = inner.right_center();
    fonts::write(ui.painter(), at, Align2::RIGHT_CENTER, words, (font, ink)).left()
}

/// The title in runs, the characters at `places` lit.
fn lit(title: &str, places: &[usize], (ink, accent): (egui::Color32, egui::Color32)) -> LayoutJob {
    let mut job = LayoutJob::default();
    let plain = fonts::format(fonts::inter(fonts::BODY), ink);
    let strong = fonts::format(fonts::inter_strong(fonts::BODY), accent);
    let mut run = String::new();
    let mut is_lit = false;
    for (at, letter) in title.chars().enumerate() {
        let next = places.binary_search(&at).is_ok();
        if next != is_lit && !run.is_empty() {
            let format = if is_lit { &strong } else { &plain };
            job.append(&run, 0.0, format.clone());
            run.clear();
        }
        is_lit = next;
        run.push(letter);
    }
    let format = if is_lit { strong } else { plain };
    job.append(&run, 0.0, format);
    job.break_on_newline = false;
    job
}

#[cfg(test)]
mod tests {
    use super::lit;
    use egui::Color32;

    #[test]
    fn matched_letters_stand_in_runs_of_their_own() {
        let runs = |places: &[usize]| {
            let job = lit("−Δ vega", places, (Color32::WHITE, Color32::BLACK));
            job.sections
                .iter()
                .map(|section| {
                    let range = section.byte_range.start.0..section.byte_range.end.0;
                    job.text[range].to_owned()
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(runs(&[]), ["−Δ vega"]);
        assert_eq!(runs(&[1, 3, 4]), ["−", "Δ", " ", "ve", "ga"]);
    }
}
