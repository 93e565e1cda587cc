//! A line of text with its error in place: the part in question underlined, the reason beneath.

use std::ops::Range;

use egui::text::{LayoutJob, LayoutSection, TextFormat};
use egui::{
    Align, Align2, Frame, Id, Key, Layout, Margin, Rect, Response, Sense, Stroke, TextBuffer,
    TextEdit, Ui, UiBuilder, vec2,
};

use super::field;
use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::{fonts, icons, icons::Icon};

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// Bytes of the text that the reason is about; empty for the whole.
    pub range: Range<usize>,
    /// One sentence without a full stop.
    pub message: String,
}

/// Builder of a text field.
#[must_use = "call `show`"]
pub struct TextField<'a> {
    text: &'a mut String,
    label: &'a str,
    hint: &'a str,
    error: Option<&'a TextError>,
    is_valid: bool,
    is_mono: bool,
    is_right: bool,
    icon: Option<Icon>,
    width: Option<f32>,
    height: f32,
    salt: Option<Id>,
    room: f32,
}

/// What happened to a text field in this frame.
#[derive(Debug)]
pub struct TextFieldResponse {
    /// The response of the text part.
    pub response: Response,
    /// Enter was pressed.
    pub submitted: bool,
    /// Esc was pressed.
    pub cancelled: bool,
}

impl<'a> TextField<'a> {
    /// A field for `text` with an accessible name.
    pub const fn new(text: &'a mut String, label: &'a str) -> Self {
        Self {
            text,
            label,
            hint: "",
            error: None,
            is_valid: false,
            is_mono: false,
            is_right: false,
            icon: None,
            width: None,
            height: FIELD_HEIGHT,
            salt: None,
            room: 0.0,
        }
    }

    /// Leaves room at the right end for a button over the field, in points.
    pub const fn room(mut self, room: f32) -> Self {
        self.room = room;
        self
    }

    /// Shown while the field is empty.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Underlines the range, reddens the border and writes the message beneath.
    pub const fn error(mut self, error: Option<&'a TextError>) -> Self {
        self.error = error;
        self
    }

    /// Shows the tick that says: this can be taken as it is.
    pub const fn valid(mut self, is_valid: bool) -> Self {
        self.is_valid = is_valid;
        self
    }

    /// Writes in the mono family, for quick entry.
    pub const fn mono(mut self, is_mono: bool) -> Self {
        self.is_mono = is_mono;
        self
    }

    /// Aligns the text to the right, as figures are.
    pub const fn right(mut self, is_right: bool) -> Self {
        self.is_right = is_right;
        self
    }

    /// Icon at the left, such as the lens of a filter.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Width in points; the available width when not set.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Height in points, 24 when not set (28 for quick entry).
    pub const fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    /// Tells fields with the same label in the same `Ui` apart.
    pub fn id_salt(mut self, salt: impl std::hash::Hash + std::fmt::Debug) -> Self {
        self.salt = Some(Id::unique(salt));
        self
    }

    /// Shows the field, and the error beneath it.
    pub fn show(self, ui: &mut Ui) -> TextFieldResponse {
        let message = self.error.map(|error| error.message.clone());
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let result = ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let result = self.line(ui, width);
            if let Some(message) = &message {
                ui.set_max_width(width);
                ui.label(fonts::caption(message).color(tokens(ui).dn));
            }
            result
        });
        result.inner
    }

    fn line(self, ui: &mut Ui, width: f32) -> TextFieldResponse {
        let t = tokens(ui);
        let id = ui.make_persistent_id(("text_field", self.salt, self.label));
        let (rect, _space) = ui.allocate_exact_size(vec2(width, self.height), Sense::hover());
        let slot = ui.painter().add(egui::Shape::Noop);
        let (has_error, is_valid, label) = (self.error.is_some(), self.is_valid, self.label);
        let response = self.edit(ui, id, rect);
        if is_valid && !has_error {
            let centre = rect.right_center() - vec2(11.0, 0.0);
            let tick = Rect::from_center_size(centre, vec2(12.0, 12.0));
            icons::paint(ui.painter(), tick, Icon::Tick, t.up);
        }
        field::set_frame(ui, (slot, rect), &response, has_error);
        let lost = response.lost_focus();
        TextFieldResponse {
            submitted: lost && ui.input(|i| i.key_pressed(Key::Enter)),
            cancelled: lost && ui.input(|i| i.key_pressed(Key::Escape)),
            response: response.accessible_name(label),
        }
    }

    fn edit(self, ui: &mut Ui, id: Id, rect: Rect) -> Response {
        let t = tokens(ui);
        let font = if self.is_mono {
            fonts::mono(fonts::SMALL)
        } else {
            fonts::inter(fonts::BODY)
        };
        let mut left = 8;
        if let Some(icon) = self.icon {
            let centre = rect.left_center() + vec2(14.0, 0.0);
            let mark = Rect::from_center_size(centre, vec2(12.0, 12.0));
            icons::paint(ui.painter(), mark, icon, t.tx3);
            left = 24;
        }
        let align = if self.is_right {
            Align2::RIGHT_CENTER
        } else {
            Align2::LEFT_CENTER
        };
        let pad = ((self.height - fonts::ROW) / 2.0) as i8;
        let margin = Margin {
            left,
            right: if self.is_valid {
                20
            } else {
                8.0_f32.max(self.room) as i8
            },
            top: pad,
            bottom: pad,
        };
        let error = self.error.map(|error| error.range.clone());
        let normal = TextFormat {
            line_height: Some(fonts::ROW),
            ..TextFormat::simple(font.clone(), t.tx)
        };
        let marked = TextFormat {
            underline: Stroke::new(1.5, t.dn),
            ..normal.clone()
        };
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _wrap: f32| {
            let job = underlined(text.as_str(), error.clone(), &normal, &marked);
            ui.fonts_mut(|f| f.layout_job(job))
        };
        let hint = egui::RichText::new(self.hint).font(font).color(t.tx3);
        let builder = UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::left_to_right(Align::Center));
        let mut child = ui.new_child(builder);
        TextEdit::singleline(self.text)
            .id(id)
            .hint_text(hint)
            .frame(Frame::NONE.inner_margin(margin))
            .align(align)
            .desired_width(rect.width())
            .min_size(rect.size())
            .layouter(&mut layouter)
            .show(&mut child)
            .response
            .response
    }
}

/// The text in up to three sections, the middle one marked.
fn underlined(
    text: &str,
    error: Option<Range<usize>>,
    normal: &TextFormat,
    marked: &TextFormat,
) -> LayoutJob {
    let whole = 0..text.len();
    let range = match error {
        Some(range) if range.is_empty() => whole.clone(),
        Some(range) => boundary(text, range.start)..boundary(text, range.end),
        None => 0..0,
    };
    let mut job = LayoutJob {
        text: text.to_owned(),
        break_on_newline: false,
        keep_trailing_whitespace: true,
        ..LayoutJob::default()
    };
    job.wrap.max_width = f32::INFINITY;
    let parts = [
        (0..range.start, normal),
        (range.clone(), marked),
        (range.end..whole.end, normal),
    ];
    for (bytes, format) in parts {
        if !bytes.is_empty() {
            job.sections.push(LayoutSection {
                leading_space: 0.0,
                byte_range: bytes.start.into()..bytes.end.into(),
                format: format.clone(),
            });
        }
    }
    if job.sections.is_empty() {
        job.append("", 0.0, normal.clone());
    }
    job
}

/// The nearest character boundary at or below `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(text: &str, error: Option<Range<usize>>) -> Vec<String> {
        let (normal, marked) = (TextFormat::default(), TextFormat::default());
        underlined(text, error, &normal, &marked)
            .sections
            .iter()
            .map(|section| {
                let bytes = section.byte_range.start.0..section.byte_range.end.0;
                text[bytes].to_owned()
            })
            .collect()
    }

    #[test]
    fn the_marked_part_stands_between_the_others() {
        assert_eq!(ranges("-10 SPX 6x", Some(8..10)), ["-10 SPX ", "6x"]);
        assert_eq!(ranges("abc", Some(1..2)), ["a", "b", "c"]);
        assert_eq!(ranges("abc", Some(0..0)), ["abc"]);
        assert_eq!(ranges("abc", None), ["abc"]);
    }

    #[test]
    fn a_range_outside_or_inside_a_character_is_harmless() {
        assert_eq!(ranges("−5", Some(1..99)), ["−5"]);
        assert_eq!(ranges("", Some(0..3)), [""]);
    }
}
