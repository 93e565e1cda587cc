//! A text that is read only when the edit is committed: dates, optional figures, names.
//!
//! Enter, Tab and leaving the field commit; Esc reverts; what cannot be read stays in the field with
//! the reason beneath, and nothing changes.

use egui::{Key, Ui};

use super::date_field::{DateField, DateLook};
use super::hint;
use super::text_field::{TextError, TextField};

/// Builder of a committed text; see the file's head.
#[must_use = "call `show`"]
pub struct CommitField<'a> {
    label: &'a str,
    shown: &'a str,
    hint: &'a str,
    tooltip: &'a str,
    width: f32,
    is_figure: bool,
    date: Option<DateLook<'a>>,
}

/// What the field remembers between frames.
#[derive(Clone, Default)]
struct Memory {
    text: String,
    seen: Option<String>,
    error: Option<TextError>,
    was_editing: bool,
}

impl<'a> CommitField<'a> {
    /// A field with an accessible name that shows `shown` until it is edited.
    pub const fn new(label: &'a str, shown: &'a str) -> Self {
        Self {
            label,
            shown,
            hint: "",
            tooltip: "",
            width: 96.0,
            is_figure: false,
            date: None,
        }
    }

    /// The text is a date: the arrow keys step it, and a calendar stands behind a button.
    pub const fn date(mut self, look: DateLook<'a>) -> Self {
        self.date = Some(look);
        self
    }

    /// Shown while the field is empty, such as what an empty field means.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Shown on hover.
    pub const fn tooltip(mut self, tooltip: &'a str) -> Self {
        self.tooltip = tooltip;
        self
    }

    /// Width in points, 96 when not set.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Set in the mono family and aligned to the right.
    pub const fn figure(mut self) -> Self {
        self.is_figure = true;
        self
    }

    /// Shows the field and returns what `read` made of a text committed in this frame.
    pub fn show<T>(self, ui: &mut Ui, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let id = ui.make_persistent_id(("commit_field", self.label));
        let mut memory: Memory = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let is_new = memory.seen.as_deref() != Some(self.shown);
        if is_new || (!memory.was_editing && memory.error.is_none()) {
            self.shown.clone_into(&mut memory.text);
            memory.error = None;
            memory.seen = Some(self.shown.to_owned());
        }
        let error = memory.error.clone();
        let (field, picked) = if let Some(look) = self.date {
            let shown = DateField::new(&mut memory.text, self.label, look)
                .width(self.width)
                .right(self.is_figure)
                .error(error.as_ref())
                .show(ui);
            (shown.field, shown.picked)
        } else {
            let field = TextField::new(&mut memory.text, self.label)
                .hint(self.hint)
                .width(self.width)
                .mono(self.is_figure)
                .right(self.is_figure)
                .error(error.as_ref())
                .show(ui);
            (field, false)
        };
        let has_focus = field.response.has_focus();
        if field.response.changed() {
            memory.error = None;
        }
        let mut committed = None;
        if picked || (memory.was_editing && !has_focus) {
            if !picked && ui.input(|i| i.key_pressed(Key::Escape)) {
                self.shown.clone_into(&mut memory.text);
                memory.error = None;
            } else if memory.text != self.shown {
                match read(memory.text.trim()) {
                    Ok(value) => committed = Some(value),
                    Err(message) => {
                        memory.error = Some(TextError {
                            range: 0..0,
                            message,
                        });
                    }
                }
            }
        }
        memory.was_editing = has_focus;
        ui.data_mut(|data| data.insert_temp(id, memory));
        hint(field.response, self.label, self.tooltip);
        committed
    }

    /// As [`Self::show`] for a figure that may be left out: an empty field is `None`.
    pub fn show_optional(
        self,
        ui: &mut Ui,
        range: std::ops::RangeInclusive<f64>,
    ) -> Option<Option<f64>> {
        self.show(ui, |text| read_optional(text, &range))
    }
}

/// A figure within `range`, or nothing when the text is empty.
fn read_optional(text: &str, range: &std::ops::RangeInclusive<f64>) -> Result<Option<f64>, String> {
    use crate::ui::format;
    if text.is_empty() {
        return Ok(None);
    }
    let value = format::parse_number(text).map_err(|error| error.to_string())?;
    if range.contains(&value) {
        return Ok(Some(value));
    }
    let (low, high) = (range.start(), range.end());
    Err(format!(
        "must be between {} and {}",
        format::trimmed(*low, 2),
        format::trimmed(*high, 2)
    ))
}

#[cfg(test)]
mod tests {
    use super::read_optional;

    #[test]
    fn an_optional_figure_is_read_within_its_range() {
        let range = 1.0..=100.0;
        assert_eq!(read_optional("", &range), Ok(None));
        assert_eq!(read_optional("50", &range), Ok(Some(50.0)));
        assert!(read_optional("500", &range).is_err_and(|why| why.contains("100")));
        assert!(read_optional("x", &range).is_err());
    }
}
