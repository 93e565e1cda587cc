//! A slider: a value on a track, with a tick where it stands now and the way from there in violet.
//!
//! Drag or press the track, or use the keyboard: arrows step, Shift coarse, Alt fine, Page up and down
//! coarse, Home and End to the ends. Esc in a drag goes back to where it began; a double click goes back
//! to the tick. A slider over places that are all as real as now has no violet.

use std::ops::RangeInclusive;

use egui::{
    CursorIcon, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::ui::icons;
use crate::ui::theme::{RADIUS_BAR, tokens};

/// Height of the whole slider, in points.
const HEIGHT: f32 = 20.0;
/// Thickness of the track.
const TRACK: f32 = 3.0;
/// Radius of the knob.
const KNOB: f32 = 6.0;

/// Builder of a slider; see the file's head.
#[must_use = "call `show`"]
pub struct Slider<'a> {
    value: f64,
    label: &'a str,
    words: &'a str,
    hint: &'a str,
    range: RangeInclusive<f64>,
    steps: [f64; 3],
    now: f64,
    places: Option<&'a [f64]>,
}

/// What happened to a slider in this frame.
#[derive(Debug)]
pub struct SliderResponse {
    /// The whole slider.
    pub response: Response,
    /// The value asked for, when it is another one.
    pub changed: Option<f64>,
}

impl<'a> Slider<'a> {
    /// A slider over a range with an accessible name; `now` is where the tick stands.
    pub const fn new(value: f64, now: f64, range: RangeInclusive<f64>, label: &'a str) -> Self {
        Self {
            value,
            label,
            words: "",
            hint: "",
            range,
            steps: [1.0, 10.0, 0.1],
            now,
            places: None,
        }
    }

    /// Steps of the arrow keys: plain, with Shift, with Alt. A drag lands on the plain step, with Alt on
    /// the fine one.
    pub const fn steps(mut self, steps: [f64; 3]) -> Self {
        self.steps = steps;
        self
    }

    /// A place among others rather than an assumption: no way from now in violet, and ticks at these values.
    pub const fn place_among(mut self, ticks: &'a [f64]) -> Self {
        self.places = Some(ticks);
        self
    }

    /// The value in words, for assistive tools.
    pub const fn words(mut self, words: &'a str) -> Self {
        self.words = words;
        self
    }

    /// What the value means, on hover.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Shows the slider over the available width.
    pub fn show(self, ui: &mut Ui) -> SliderResponse {
        let id = ui.make_persistent_id(("slider", self.label));
        let (rect, _space) =
            ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let track = rect.shrink2(vec2(KNOB, 0.0));
        let dragged = self.drag(ui, (id, track), &response);
        let keyed = if response.has_focus() {
            self.keyed(ui, &response)
        } else {
            None
        };
        let asked = dragged.or(keyed).or_else(|| self.requested(ui, id));
        let changed = asked
            .map(|value| value.clamp(*self.range.start(), *self.range.end()))
            .filter(|value| value.to_bits() != self.value.to_bits());
        self.paint(ui, track, &response);
        self.describe(ui, &response);
        let response = response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
        let response = if response.dragged() || self.hint.is_empty() {
            response
        } else {
            response.on_hover_text(format!("{}\n{}", self.label, self.hint))
        };
        SliderResponse { response, changed }
    }

    fn drag(&self, ui: &Ui, (id, track): (Id, Rect), response: &Response) -> Option<f64> {
        if response.double_clicked() {
            return Some(self.now);
        }
        if response.drag_started() {
            response.request_focus();
            ui.data_mut(|data| data.insert_temp(id, self.value));
        }
        // egui ends a drag on Esc by itself
        let is_given_up = ui.input(|input| input.key_pressed(Key::Escape));
        if is_given_up && (response.dragged() || response.drag_stopped()) {
            ui.ctx().stop_dragging();
            return ui.data(|data| data.get_temp(id));
        }
        if !(response.dragged() || response.clicked()) {
            return None;
        }
        response.request_focus();
        let at = response.interact_pointer_pos()?;
        let share = f64::from((at.x - track.left()) / track.width().max(1.0)).clamp(0.0, 1.0);
        let value = self.range.start() + share * (self.range.end() - self.range.start());
        let is_fine = ui.input(|input| input.modifiers.alt);
        Some(on_grid(value, self.steps[if is_fine { 2 } else { 0 }]))
    }

    fn keyed(&self, ui: &Ui, response: &Response) -> Option<f64> {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let count = |key: Key, held: Modifiers| {
            ui.input_mut(|input| input.count_and_consume_key(held, key)) as f64
        };
        let [plain, coarse, fine] = self.steps;
        let ways = [
            (Modifiers::SHIFT, coarse),
            (Modifiers::ALT, fine),
            (Modifiers::NONE, plain),
        ];
        for (held, step) in ways {
            let up = count(Key::ArrowRight, held) + count(Key::ArrowUp, held);
            let down = count(Key::ArrowLeft, held) + count(Key::ArrowDown, held);
            if up != down {
                return Some(on_grid(self.value + (up - down) * step, step));
            }
        }
        let pages = count(Key::PageUp, Modifiers::NONE) - count(Key::PageDown, Modifiers::NONE);
        if pages != 0.0 {
            return Some(on_grid(self.value + pages * coarse, coarse));
        }
        if count(Key::Home, Modifiers::NONE) > 0.0 {
            return Some(*self.range.start());
        }
        (count(Key::End, Modifiers::NONE) > 0.0).then_some(*self.range.end())
    }

    /// What an assistive tool asks for.
    fn requested(&self, ui: &Ui, id: Id) -> Option<f64> {
        use egui::accesskit::Action;
        let (up, down) = ui.input(|input| {
            let count = |action| input.num_accesskit_action_requests(id, action) as f64;
            (count(Action::Increment), count(Action::Decrement))
        });
        (up != down).then(|| on_grid(self.value + (up - down) * self.steps[0], self.steps[0]))
    }

    fn at(&self, track: Rect, value: f64) -> Pos2 {
        let length = (self.range.end() - self.range.start()).max(f64::MIN_POSITIVE);
        let share = ((value - self.range.start()) / length).clamp(0.0, 1.0);
        pos2(
            track.left() + share as f32 * track.width(),
            track.center().y,
        )
    }

    fn paint(&self, ui: &Ui, track: Rect, response: &Response) {
        let t = tokens(ui);
        let painter = ui.painter();
        let bar = |from: f32, to: f32| {
            Rect::from_center_size(track.center(), vec2(0.0, TRACK))
                .with_min_x(from.min(to))
                .with_max_x(from.max(to))
        };
        let rail = bar(track.left(), track.right());
        painter.rect_filled(rail, RADIUS_BAR, t.edge);
        let (here, now) = (self.at(track, self.value), self.at(track, self.now));
        let is_moved = (here.x - now.x).abs() > 0.5 || self.value.to_bits() != self.now.to_bits();
        let ink = match self.places {
            Some(_) => t.tx,
            None if is_moved => t.wi,
            None => t.tx2,
        };
        for place in self.places.unwrap_or_default() {
            let x = icons::snap(ui, self.at(track, *place)).x;
            let tick = now.y - 5.0..=now.y + 5.0;
            painter.vline(x, tick, Stroke::new(1.0, t.tx3));
        }
        if is_moved && self.places.is_none() {
            painter.rect_filled(bar(now.x, here.x), RADIUS_BAR, t.wi);
            let x = icons::snap(ui, now).x;
            let tick = now.y - 5.0..=now.y + 5.0;
            painter.vline(x, tick, Stroke::new(1.0, t.wi));
        }
        if response.hovered() || response.dragged() {
            painter.circle_filled(here, KNOB + 4.0, ink.gamma_multiply(0.22));
        }
        painter.circle(here, KNOB, ink, Stroke::new(1.5, t.card));
        if response.has_focus() {
            painter.circle_stroke(here, KNOB + 2.5, Stroke::new(1.5, t.accent));
        }
    }

    fn describe(&self, ui: &Ui, response: &Response) {
        response.widget_info(|| {
            let mut info = WidgetInfo::slider(ui.is_enabled(), self.value, self.label);
            if !self.words.is_empty() {
                info.current_text_value = Some(self.words.to_owned());
            }
            info
        });
        ui.accesskit_node_builder(response.id, |node| {
            node.set_min_numeric_value(*self.range.start());
            node.set_max_numeric_value(*self.range.end());
            node.set_numeric_value_step(self.steps[0]);
            node.add_action(egui::accesskit::Action::Increment);
            node.add_action(egui::accesskit::Action::Decrement);
        });
    }
}

/// The nearest multiple of a step, without the digits that the division leaves behind.
fn on_grid(value: f64, step: f64) -> f64 {
    if step <= 0.0 {
        return value;
    }
    let snapped = (value / step).round() * step;
    (1e9 * snapped).round() / 1e9 + 0.0
}

#[cfg(test)]
mod tests {
    use super::on_grid;

    #[test]
    fn values_land_on_the_grid_without_dust() {
        assert_eq!(on_grid(6718.2, 5.0), 6720.0);
        assert_eq!(on_grid(0.30000000000000004, 0.1), 0.3);
        assert_eq!(on_grid(-0.04, 0.1).to_bits(), 0.0_f64.to_bits());
        assert_eq!(on_grid(1.23, 0.0), 1.23);
    }
}
