//! A number that is typed, stepped or nudged, and changes only when the edit is committed.
//!
//! Enter, Tab and leaving the field commit; Esc reverts; arrow keys and the two zones inside the
//! field step. What cannot be read stays in the field with a red border and a sentence saying why,
//! and the value keeps its last good number.

mod options;
mod parts;

use std::ops::RangeInclusive;

use egui::{Id, Key, Modifiers, Response, Sense, Ui, vec2};

use super::field;
use crate::ui::format;
use crate::ui::theme::{FIELD_HEIGHT, Tone};

pub use options::Check;

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
    check: Option<Check<'a>>,
}

/// How the value is written.
#[derive(Clone, Copy)]
struct Look {
    decimals: usize,
    digits: Digits,
    is_percent: bool,
    has_steppers: bool,
    is_quiet: bool,
}

/// Which digits and signs are shown.
#[derive(Clone, Copy)]
enum Digits {
    /// All decimals, a sign only below zero.
    Fixed,
    /// Trailing zeros left out.
    Trimmed,
    /// All decimals, the sign always.
    Signed,
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
    tells_until_s: f64,
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
                digits: Digits::Fixed,
                is_percent: false,
                has_steppers: false,
                is_quiet: false,
            },
            range: f64::MIN..=f64::MAX,
            steps: [1.0, 10.0, 0.1],
            width: 72.0,
            tone: Tone::Plain,
            check: None,
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
    pub const fn trimmed(mut self) -> Self {
        self.look.digits = Digits::Trimmed;
        self
    }

    /// Always shows the sign, as quantities do.
    pub const fn signed(mut self) -> Self {
        self.look.digits = Digits::Signed;
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
        self.take_in_value(&mut memory, is_editing, ui.input(|i| i.time));

        let (rect, _space) = ui.allocate_exact_size(vec2(self.width, FIELD_HEIGHT), Sense::hover());
        let frame = ui.painter().add(egui::Shape::Noop);
        let mut committed = None;
        let keyed = if had_focus { keyed_steps(ui) } else { None };
        let pressed = self.step_zones(ui, id, rect);
        let stepped = keyed.or(pressed);
        if let Some((direction, modifiers)) = stepped {
            committed = self.step_by(&mut memory, direction, modifiers);
        }
        let response = self.edit(ui, id, rect, &mut memory);
        if stepped.is_some() {
            Self::after_refusal(ui, &response, &mut memory);
        }
        // not `lost_focus()`: egui forgets it when a later widget takes the keyboard in the same frame
        let has_left = memory.was_editing && !response.has_focus();
        if has_left && ui.input(|i| i.key_pressed(Key::Escape)) {
            memory.text = self.written();
            memory.error = None;
        } else if has_left || (response.changed() && !response.has_focus()) {
            committed = self.commit(&mut memory).or(committed);
            Self::after_refusal(ui, &response, &mut memory);
        } else if response.changed() {
            memory.error = None;
        }
        memory.was_editing = response.has_focus();
        memory.seen = Some(self.value.to_bits());
        let has_error = memory.error.is_some();
        if !self.look.is_quiet || has_error || response.hovered() || response.has_focus() {
            field::set_frame(ui, (frame, rect), &response, has_error);
        }
        self.describe(ui, &response);
        let editing = response.has_focus();
        let error = memory.error.clone();
        let is_fresh = memory.tells_until_s > ui.input(|i| i.time);
        ui.data_mut(|data| data.insert_temp(id, memory));
        let response = self.tooltip(response, error.as_deref(), is_fresh);
        NumberFieldResponse {
            response,
            committed,
            editing,
            error,
        }
    }

    /// The value as the field writes it.
    fn written(&self) -> String {
        let scale = if self.look.is_percent { 100.0 } else { 1.0 };
        let (shown, decimals) = (*self.value * scale, self.look.decimals);
        match self.look.digits {
            Digits::Fixed => format::fixed(shown, decimals),
            Digits::Trimmed => format::trimmed(shown, decimals),
            Digits::Signed => format::signed(shown, decimals),
        }
    }

    /// Writes the value anew when it changed outside, for example by undo.
    fn take_in_value(&self, memory: &mut Memory, is_editing: bool, now_s: f64) {
        let is_new = memory.seen != Some(self.value.to_bits());
        let is_told = !is_editing && memory.tells_until_s < now_s && memory.text == self.written();
        if is_new || is_told || (!is_editing && memory.error.is_none()) {
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
        match self
            .read(&memory.text)
            .and_then(|value| self.checked(value))
        {
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

    /// After a refusal Enter keeps the keyboard here; otherwise the reason shows for a while.
    fn after_refusal(ui: &Ui, response: &Response, memory: &mut Memory) {
        const TELLS_S: f64 = 8.0;
        if memory.error.is_none() {
            return;
        }
        if ui.input(|i| i.key_pressed(Key::Enter)) {
            response.request_focus();
        }
        memory.tells_until_s = ui.input(|i| i.time) + TELLS_S;
        let wait = std::time::Duration::from_secs_f64(TELLS_S);
        ui.ctx().request_repaint_after(wait);
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
        memory.error = self.checked(to).err();
        if memory.error.is_none() {
            *self.value = to;
        }
        memory.text = self.written();
        memory.selects_all = true;
        (is_change && memory.error.is_none()).then_some(to)
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
            .trimmed()
            .range(0.0..=f64::MAX);
        assert_eq!(field.written(), "5,590");
        assert_eq!(field.read("-5"), Err("must be 0 or more".to_owned()));
    }
}
