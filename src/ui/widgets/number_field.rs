//! A number that is typed, stepped or nudged, and changes only when the edit is committed.
//!
//! Enter, Tab and leaving the field commit; Esc reverts; arrow keys and the two zones inside the
//! field step. What cannot be read stays in the field with a red border and a sentence saying why,
//! and the value keeps its last good number.

use std::ops::RangeInclusive;

use egui::text::CCursorRange;
use egui::{
    Align, Align2, EventFilter, Frame, Id, Key, Layout, Margin, Modifiers, Rect, Response, Role,
    Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, Tone, tokens};
use crate::ui::{fonts, format, icons, icons::Icon};

/// Width of a step zone inside the field, in points.
const STEPPER: f32 = 16.0;
/// Space between the field's edge and its text, in points.
const INSET: f32 = 8.0;

/// Builder of a number field; see the file's head.
#[must_use = "call `show`"]
pub struct NumberField<'a> {
    value: &'a mut f64,
    label: &'a str,
    salt: Option<Id>,
    unit: &'a str,
    hint: &'a str,
    look: Look,
    range: RangeInclusive<f64>,
    steps: [f64; 3],
    width: f32,
    tone: Tone,
}

/// How the value is written.
#[derive(Clone, Copy)]
struct Look {
    decimals: usize,
    is_trimmed: bool,
    is_signed: bool,
    is_percent: bool,
    has_steppers: bool,
}

/// What happened to a number field in this frame.
#[derive(Debug)]
pub struct NumberFieldResponse {
    /// The response of the text part; hover text may be added to it.
    pub response: Response,
    /// The new value, when one was committed in this frame (already written to the `&mut`).
    pub committed: Option<f64>,
    /// Whether the field has the keyboard.
    pub editing: bool,
    /// Why the text in the field was refused.
    pub error: Option<String>,
}

/// What the field remembers between frames.
#[derive(Clone, Default)]
struct Memory {
    text: String,
    error: Option<String>,
    seen: Option<u64>,
    selects_all: bool,
    was_editing: bool,
}

impl<'a> NumberField<'a> {
    /// A field for `value` with an accessible name.
    pub fn new(value: &'a mut f64, label: &'a str) -> Self {
        Self {
            value,
            label,
            salt: None,
            unit: "",
            hint: "",
            look: Look {
                decimals: 2,
                is_trimmed: false,
                is_signed: false,
                is_percent: false,
                has_steppers: false,
            },
            range: f64::MIN..=f64::MAX,
            steps: [1.0, 10.0, 0.1],
            width: 72.0,
            tone: Tone::Plain,
        }
    }

    /// Accessible name and tooltip.
    pub const fn label(mut self, label: &'a str) -> Self {
        self.label = label;
        self
    }

    /// Tells fields with the same label in the same `Ui` apart.
    pub fn id_salt(mut self, salt: impl std::hash::Hash + std::fmt::Debug) -> Self {
        self.salt = Some(Id::unique(salt));
        self
    }

    /// Unit shown inside the field, such as `pt`.
    pub const fn unit(mut self, unit: &'a str) -> Self {
        self.unit = unit;
        self
    }

    /// What the figure means, shown on hover.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Decimals shown, 2 when not set.
    pub const fn decimals(mut self, decimals: usize) -> Self {
        self.look.decimals = decimals;
        self
    }

    /// Leaves out trailing zeros, as strikes do.
    pub const fn trimmed(mut self, is_trimmed: bool) -> Self {
        self.look.is_trimmed = is_trimmed;
        self
    }

    /// Always shows the sign, as quantities do.
    pub const fn signed(mut self, is_signed: bool) -> Self {
        self.look.is_signed = is_signed;
        self
    }

    /// The value is a ratio shown and typed as per cent: 0.1948 is `19.48`.
    pub const fn percent(mut self, is_percent: bool) -> Self {
        self.look.is_percent = is_percent;
        self
    }

    /// Values that are accepted, in the value's own unit.
    pub const fn range(mut self, range: RangeInclusive<f64>) -> Self {
        self.range = range;
        self
    }

    /// Step of the arrow keys and zones, in the value's own unit; lands on its multiples.
    pub const fn step(mut self, step: f64) -> Self {
        self.steps[0] = step;
        self
    }

    /// Step while Shift is held.
    pub const fn shift_step(mut self, step: f64) -> Self {
        self.steps[1] = step;
        self
    }

    /// Step while Alt is held.
    pub const fn alt_step(mut self, step: f64) -> Self {
        self.steps[2] = step;
        self
    }

    /// Shows the minus and plus zones inside the field.
    pub const fn steppers(mut self, has_steppers: bool) -> Self {
        self.look.has_steppers = has_steppers;
        self
    }

    /// Width of the whole field in points, 72 when not set.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Colour of the figure, plain when not set.
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Shows the field.
    pub fn show(mut self, ui: &mut Ui) -> NumberFieldResponse {
        let id = ui.make_persistent_id(("number_field", self.salt, self.label));
        let mut memory: Memory = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let had_focus = ui.memory(|m| m.has_focus(id));
        let is_editing = had_focus || memory.was_editing;
        self.take_in_value(&mut memory, is_editing);

        let (rect, _space) = ui.allocate_exact_size(vec2(self.width, FIELD_HEIGHT), Sense::hover());
        let frame = ui.painter().add(egui::Shape::Noop);
        let mut committed = None;
        let keyed = if had_focus { keyed_steps(ui) } else { None };
        let pressed = self.step_zones(ui, id, rect);
        if let Some((direction, modifiers)) = keyed.or(pressed) {
            committed = self.step_by(&mut memory, direction, modifiers);
        }
        let response = self.edit(ui, id, rect, &mut memory);
        // not `lost_focus()`: egui forgets it when a later widget takes the keyboard in the same frame
        let has_left = memory.was_editing && !response.has_focus();
        if has_left && ui.input(|i| i.key_pressed(Key::Escape)) {
            memory.text = self.written();
            memory.error = None;
        } else if has_left || (response.changed() && !response.has_focus()) {
            committed = self.commit(&mut memory).or(committed);
        } else if response.changed() {
            memory.error = None;
        }
        memory.was_editing = response.has_focus();
        memory.seen = Some(self.value.to_bits());
        self.paint_frame(ui, rect, frame, &response, &memory);
        self.describe(ui, &response);
        let editing = response.has_focus();
        let error = memory.error.clone();
        ui.data_mut(|data| data.insert_temp(id, memory));
        let response = self.tooltip(response, error.as_deref());
        NumberFieldResponse {
            response,
            committed,
            editing,
            error,
        }
    }

    /// The value as the field writes it.
    fn written(&self) -> String {
        let Look {
            decimals,
            is_trimmed,
            is_signed,
            is_percent,
            has_steppers: _,
        } = self.look;
        let shown = if is_percent {
            *self.value * 100.0
        } else {
            *self.value
        };
        match (is_signed, is_trimmed) {
            (true, _) => format::signed(shown, decimals),
            (false, true) => format::trimmed(shown, decimals),
            (false, false) => format::fixed(shown, decimals),
        }
    }

    /// Writes the value anew when it changed outside, for example by undo.
    fn take_in_value(&self, memory: &mut Memory, is_editing: bool) {
        let is_new = memory.seen != Some(self.value.to_bits());
        if is_new || (!is_editing && memory.error.is_none()) {
            memory.text = self.written();
            memory.error = None;
        }
    }

    /// Reads the text; on success the value takes it.
    fn commit(&mut self, memory: &mut Memory) -> Option<f64> {
        if memory.text == self.written() {
            memory.error = None;
            return None;
        }
        match self.read(&memory.text) {
            Ok(value) => {
                memory.error = None;
                let is_change = value.to_bits() != self.value.to_bits();
                *self.value = value;
                memory.text = self.written();
                is_change.then_some(value)
            }
            Err(error) => {
                memory.error = Some(error);
                None
            }
        }
    }

    fn read(&self, text: &str) -> Result<f64, String> {
        let parsed = if self.look.is_percent {
            format::parse_percent(text)
        } else {
            format::parse_number(text)
        };
        let value = parsed.map_err(|error| error.to_string())?;
        if self.range.contains(&value) {
            return Ok(value);
        }
        let scale = if self.look.is_percent { 100.0 } else { 1.0 };
        let (low, high) = (*self.range.start(), *self.range.end());
        let shown = |bound: f64| format::trimmed(bound * scale, self.look.decimals.max(2));
        Err(match (low > f64::MIN, high < f64::MAX) {
            (true, false) => format!("must be {} or more", shown(low)),
            (false, true) => format!("must be {} or less", shown(high)),
            (true, true) | (false, false) => {
                format!("must be between {} and {}", shown(low), shown(high))
            }
        })
    }

    /// One step from what is in the field, or from the value when that cannot be read.
    fn step_by(&mut self, memory: &mut Memory, direction: f64, held: Modifiers) -> Option<f64> {
        let step = match (held.shift, held.alt) {
            (true, _) => self.steps[1],
            (false, true) => self.steps[2],
            (false, false) => self.steps[0],
        };
        let from = if memory.text == self.written() {
            *self.value
        } else {
            self.read(&memory.text).unwrap_or(*self.value)
        };
        let to = stepped(from, direction, step).clamp(*self.range.start(), *self.range.end());
        let is_change = to.to_bits() != self.value.to_bits();
        *self.value = to;
        memory.text = self.written();
        memory.error = None;
        memory.selects_all = true;
        is_change.then_some(to)
    }

    /// The two zones; they take clicks but not the keyboard.
    fn step_zones(&self, ui: &Ui, id: Id, rect: Rect) -> Option<(f64, Modifiers)> {
        if !self.look.has_steppers {
            return None;
        }
        let t = tokens(ui);
        let mut pressed = None;
        let left = rect.with_max_x(rect.left() + STEPPER);
        let right = rect.with_min_x(rect.right() - STEPPER);
        for (zone, icon, direction, verb) in [
            (left, Icon::Minus, -1.0, "lower"),
            (right, Icon::Plus, 1.0, "raise"),
        ] {
            let response = ui.interact(zone, id.with(verb), Sense::CLICK);
            let name = format!("{}: {verb}", self.label);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
            let ink = if response.hovered() { t.tx } else { t.tx3 };
            let mark = Rect::from_center_size(zone.center(), vec2(12.0, 12.0));
            icons::paint(ui.painter(), mark, icon, ink);
            if response.clicked() {
                pressed = Some((direction, ui.input(|i| i.modifiers)));
            }
        }
        pressed
    }

    /// The text part; selects everything when the keyboard arrives.
    fn edit(&self, ui: &mut Ui, id: Id, rect: Rect, memory: &mut Memory) -> Response {
        let t = tokens(ui);
        let zone = if self.look.has_steppers { STEPPER } else { 0.0 };
        let inner = rect.shrink2(vec2(zone, 0.0));
        let inset = if self.look.has_steppers { 2.0 } else { INSET };
        let unit_width = self.paint_unit(ui, inner, inset);
        let align = if self.look.has_steppers {
            Align2::CENTER_CENTER
        } else {
            Align2::RIGHT_CENTER
        };
        let margin = Margin {
            left: inset as i8,
            right: (inset + unit_width) as i8,
            top: 4,
            bottom: 4,
        };
        let builder = UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::left_to_right(Align::Center));
        let mut child = ui.new_child(builder);
        let ink = if memory.error.is_some() {
            t.dn
        } else if ui.is_enabled() {
            t.text(self.tone)
        } else {
            t.tx3
        };
        let output = TextEdit::singleline(&mut memory.text)
            .id(id)
            .font(fonts::mono(fonts::BODY))
            .text_color(ink)
            .frame(Frame::NONE.inner_margin(margin))
            .align(align)
            .desired_width(inner.width())
            .min_size(inner.size())
            .event_filter(EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            })
            .show(&mut child);
        let response = output.response.response;
        memory.selects_all |= response.gained_focus();
        if memory.selects_all && response.has_focus() {
            let mut state = output.state;
            let all = CCursorRange::select_all_str(&memory.text);
            state.cursor.set_char_range(Some(all));
            state.store(ui.ctx(), id);
        }
        // a press selects on its way down and may move the cursor until it is released
        memory.selects_all &= ui.input(|i| i.pointer.any_down());
        response
    }

    /// Writes the unit at the right end and returns the room that it takes.
    fn paint_unit(&self, ui: &Ui, inner: Rect, inset: f32) -> f32 {
        if self.unit.is_empty() {
            return 0.0;
        }
        let at = inner.right_center() - vec2(inset, 0.0);
        let font = fonts::inter(fonts::SMALL);
        let drawn = ui
            .painter()
            .text(at, Align2::RIGHT_CENTER, self.unit, font, tokens(ui).tx3);
        drawn.width().ceil() + 2.0
    }

    fn paint_frame(
        &self,
        ui: &Ui,
        rect: Rect,
        slot: egui::layers::ShapeIdx,
        response: &Response,
        memory: &Memory,
    ) {
        let t = tokens(ui);
        let stroke = if memory.error.is_some() {
            Stroke::new(1.0, t.dn)
        } else if response.has_focus() {
            Stroke::new(1.5, t.accent)
        } else if response.hovered() && ui.is_enabled() {
            Stroke::new(1.0, t.tx3)
        } else {
            Stroke::new(1.0, t.edge)
        };
        let fill = if ui.is_enabled() { t.field } else { t.panel };
        let shape =
            egui::epaint::RectShape::new(rect, RADIUS_FIELD, fill, stroke, StrokeKind::Inside);
        ui.painter().set(slot, shape);
    }

    fn describe(&self, ui: &Ui, response: &Response) {
        ui.accesskit_node_builder(response.id, |node| {
            node.set_role(Role::SpinButton);
            node.set_label(self.label.to_owned());
            node.set_numeric_value(*self.value);
            if *self.range.start() > f64::MIN {
                node.set_min_numeric_value(*self.range.start());
            }
            if *self.range.end() < f64::MAX {
                node.set_max_numeric_value(*self.range.end());
            }
            node.set_numeric_value_step(self.steps[0]);
        });
    }

    fn tooltip(&self, response: Response, error: Option<&str>) -> Response {
        if let Some(error) = error {
            let kept = self.written();
            let text = format!("{}: {error}. Still {kept}; Esc brings it back.", self.label);
            if response.has_focus() {
                response.show_tooltip_text(text);
                return response;
            }
            return response.on_hover_text(text);
        }
        let mut text = self.label.to_owned();
        if !self.unit.is_empty() {
            text = format!("{text}, {}", self.unit);
        }
        if !self.hint.is_empty() {
            text = format!("{text}\n{}", self.hint);
        }
        response.on_hover_text(text)
    }
}

/// Takes the up and down keys: direction (repeats add up) and what was held.
fn keyed_steps(ui: &Ui) -> Option<(f64, Modifiers)> {
    ui.input_mut(|input| {
        for held in [Modifiers::SHIFT, Modifiers::ALT, Modifiers::NONE] {
            let up = input.count_and_consume_key(held, Key::ArrowUp);
            let down = input.count_and_consume_key(held, Key::ArrowDown);
            if up + down > 0 {
                return Some((up as f64 - down as f64, held));
            }
        }
        None
    })
}

/// `direction` steps from `value`; the first lands on the next multiple of `step`.
fn stepped(value: f64, direction: f64, step: f64) -> f64 {
    if !value.is_finite() || step <= 0.0 || direction == 0.0 {
        return value;
    }
    let at = value / step;
    let near = 1e-6;
    let next = if direction > 0.0 {
        (at + near).floor() + direction
    } else {
        (at - near).ceil() + direction
    };
    // takes out the last bits that the division left, so that 12.15 stays 12.15
    (next * step * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_lands_on_multiples() {
        assert_eq!(stepped(5590.0, 1.0, 5.0), 5595.0);
        assert_eq!(stepped(5592.0, 1.0, 5.0), 5595.0);
        assert_eq!(stepped(5592.0, -1.0, 5.0), 5590.0);
        assert_eq!(stepped(5590.0, -1.0, 25.0), 5575.0);
        assert_eq!(stepped(12.1, 1.0, 0.05), 12.15);
        assert_eq!(stepped(0.0, -2.0, 1.0), -2.0);
        assert_eq!(stepped(3.0, 1.0, 0.0), 3.0);
        assert!(stepped(f64::NAN, 1.0, 1.0).is_nan());
    }

    #[test]
    fn reading_respects_unit_and_range() {
        let mut value = 0.2;
        let field = NumberField::new(&mut value, "IV")
            .percent(true)
            .range(0.0..=3.0);
        assert_eq!(field.read("19.48"), Ok(0.1948));
        assert_eq!(
            field.read("-1"),
            Err("must be between 0 and 300".to_owned())
        );
        assert_eq!(field.written(), "20.00");
        let mut strike = 5590.0;
        let field = NumberField::new(&mut strike, "Strike")
            .trimmed(true)
            .range(0.0..=f64::MAX);
        assert_eq!(field.written(), "5,590");
        assert_eq!(field.read("-5"), Err("must be 0 or more".to_owned()));
    }
}
