//! A date, or a date with a time of day, that is typed, stepped by the arrow keys or picked from a calendar.
//!
//! The field edits a text, so that a form can hold what is not a date yet. Left with a text that reads,
//! it writes it in the desk's own way; left with another, it says why beneath.

mod month;

use egui::{Id, Key, Modifiers, Popup, PopupCloseBehavior, Rect, Sense, Ui, WidgetInfo, vec2};
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time, time};

use super::text_field::{TextError, TextField, TextFieldResponse};
use crate::calendar::{parse_date, parse_moment};
use crate::ui::format;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, tokens};

/// What the calendar of a field shows beside the days.
#[derive(Clone, Copy)]
pub struct DateLook<'a> {
    /// Whether a time of day belongs to it.
    pub has_time: bool,
    /// The day that counts as today, such as that of the marks.
    pub today: Date,
    /// Words on a day that stands out, such as what expires on it.
    pub marks: &'a dyn Fn(Date) -> Option<String>,
    /// Which days may be chosen.
    pub days: DateDays,
}

/// Which days a date field offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateDays {
    /// Every day: the arrow keys step a day, and a calendar stands behind a button.
    Every,
    /// The days that stand out: the arrow keys step to the next one; a list of them stands elsewhere.
    Marked,
}

/// Builder of a date field; see the file's head.
#[must_use = "call `show`"]
pub struct DateField<'a> {
    text: &'a mut String,
    label: &'a str,
    look: DateLook<'a>,
    error: Option<&'a TextError>,
    width: f32,
    is_right: bool,
}

/// What happened to a date field in this frame.
#[derive(Debug)]
pub struct DateFieldResponse {
    /// What happened to its text.
    pub field: TextFieldResponse,
    /// A day was picked or stepped to: the text is new and whole.
    pub picked: bool,
}

impl<'a> DateField<'a> {
    /// A field for a date in `text` with an accessible name.
    pub const fn new(text: &'a mut String, label: &'a str, look: DateLook<'a>) -> Self {
        Self {
            text,
            label,
            look,
            error: None,
            width: 136.0,
            is_right: false,
        }
    }

    /// Why the text was refused; the field finds out by itself when a text is no date.
    pub const fn error(mut self, error: Option<&'a TextError>) -> Self {
        self.error = error;
        self
    }

    /// Width in points, 136 when not set.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Aligns the text to the right, as figures are.
    pub const fn right(mut self, is_right: bool) -> Self {
        self.is_right = is_right;
        self
    }

    /// Shows the field, its calendar while that is open, and an error beneath.
    pub fn show(self, ui: &mut Ui) -> DateFieldResponse {
        let id = ui.make_persistent_id(("date_field", self.label));
        let had_focus = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
        let mut picked = had_focus && step(ui, self.text, self.look);
        // while it is written, a text may be anything
        let own_error = (!had_focus)
            .then(|| own_error(self.text, self.look.has_time))
            .flatten();
        let error = self.error.or(own_error.as_ref());
        let has_calendar = self.look.days == DateDays::Every;
        let field = TextField::new(self.text, self.label)
            .mono(true)
            .right(self.is_right)
            .room(if has_calendar { FIELD_HEIGHT } else { 0.0 })
            .error(error)
            .width(self.width)
            .show(ui);
        let has_focus = field.response.has_focus();
        ui.data_mut(|data| data.insert_temp(id, has_focus));
        if had_focus
            && !has_focus
            && let Some(moment) = read(self.text, self.look.has_time)
        {
            *self.text = written(moment, self.look.has_time);
        }
        if has_calendar && let Some(moment) = calendar(ui, id, &self, field.response.rect) {
            *self.text = written(moment, self.look.has_time);
            picked = true;
        }
        DateFieldResponse { field, picked }
    }
}

/// The button at the end of the line, and its calendar; returns the moment picked.
fn calendar(ui: &Ui, id: Id, field: &DateField<'_>, line: Rect) -> Option<DateTime> {
    let size = vec2(FIELD_HEIGHT, FIELD_HEIGHT);
    let at = Rect::from_min_size(line.right_top() - vec2(FIELD_HEIGHT, 0.0), size);
    let button = ui.interact(at, id.with("calendar"), Sense::click());
    let name = format!("Calendar of {}", field.label);
    button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), &name));
    paint_button(ui, at, &button);
    let shown = read(field.text, field.look.has_time);
    let day = Popup::menu(&button)
        .gap(2.0)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(&name)
        .show(|ui| month::month_ui(ui, id, shown.map(DateTime::date), field.look))
        .and_then(|popup| popup.inner);
    button.on_hover_text("Pick a day from a calendar");
    day.map(|day| day.to_datetime(shown.map_or(CLOSE, DateTime::time)))
}

/// The close of a session, where no time of day is known.
pub const CLOSE: Time = time(16, 0, 0, 0);

/// A moment in the desk's own way of writing: `20 Nov 26`, or `20 Nov 26 16:00`.
pub fn written(moment: DateTime, has_time: bool) -> String {
    let day = format::date(moment.date());
    if has_time {
        format!("{day} {}", moment.strftime("%H:%M"))
    } else {
        day
    }
}

fn read(text: &str, has_time: bool) -> Option<DateTime> {
    if has_time {
        parse_moment(text, CLOSE).ok()
    } else {
        parse_date(text).ok().map(|day| day.to_datetime(CLOSE))
    }
}

/// Why the text is no date, once the field is left.
fn own_error(text: &str, has_time: bool) -> Option<TextError> {
    if text.trim().is_empty() {
        return None;
    }
    let refused = if has_time {
        parse_moment(text, CLOSE).err()?
    } else {
        parse_date(text).err()?
    };
    Some(TextError {
        range: 0..0,
        message: refused.to_string(),
    })
}

/// Steps the date by the arrow keys: a day, with Shift a week. Tells whether it did.
fn step(ui: &Ui, text: &mut String, look: DateLook<'_>) -> bool {
    let steps = ui.input_mut(|input| {
        let mut pressed =
            |held, key| i32::try_from(input.count_and_consume_key(held, key)).unwrap_or(0);
        let weeks =
            pressed(Modifiers::SHIFT, Key::ArrowUp) - pressed(Modifiers::SHIFT, Key::ArrowDown);
        let days =
            pressed(Modifiers::NONE, Key::ArrowUp) - pressed(Modifiers::NONE, Key::ArrowDown);
        7 * weeks + days
    });
    if steps == 0 {
        return false;
    }
    let stepped = read(text, look.has_time).and_then(|moment| match look.days {
        DateDays::Every => moment.checked_add(steps.days()).ok(),
        DateDays::Marked => {
            let day = next_marked(moment.date(), steps.signum(), look.marks)?;
            Some(day.to_datetime(moment.time()))
        }
    });
    if let Some(moment) = stepped {
        *text = written(moment, look.has_time);
    }
    stepped.is_some()
}

/// The nearest day after (or before) that stands out, within two years.
fn next_marked(from: Date, way: i32, marks: &dyn Fn(Date) -> Option<String>) -> Option<Date> {
    (1..=732)
        .map_while(|away| from.checked_add((way * away).days()).ok())
        .find(|day| marks(*day).is_some())
}

fn paint_button(ui: &Ui, rect: Rect, button: &egui::Response) {
    let t = tokens(ui);
    let is_lit = button.hovered() || button.has_focus();
    if button.hovered() && ui.is_enabled() {
        ui.painter()
            .rect_filled(rect.shrink(2.0), RADIUS_FIELD, t.hover);
    }
    let ink = if is_lit { t.tx } else { t.tx3 };
    let box_ = Rect::from_center_size(rect.center(), vec2(12.0, 12.0));
    icons::paint(ui.painter(), box_, Icon::Calendar, ink);
    icons::focus_ring(ui, rect.shrink(2.0), button);
}

/// Tooltip of every date field, after what the date means.
pub const DATE_HINT: &str =
    "Type 2026-11-20, 20 Nov 26 or 20NOV26; the arrow keys step a day, with Shift a week";

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let moment = date(2026, 11, 20).at(9, 31, 0, 0);
        assert_eq!(written(moment, true), "20 Nov 26 09:31");
        assert_eq!(read("20 Nov 26 09:31", true), Some(moment));
        assert_eq!(
            read(&written(moment, false), false),
            Some(date(2026, 11, 20).to_datetime(CLOSE))
        );
    }

    #[test]
    fn steps_among_marked_days_skip_the_others() {
        let fridays = |day: Date| {
            (day.weekday() == jiff::civil::Weekday::Friday).then(|| "a Friday".to_owned())
        };
        let from = date(2026, 11, 20);
        assert_eq!(next_marked(from, 1, &fridays), Some(date(2026, 11, 27)));
        assert_eq!(next_marked(from, -1, &fridays), Some(date(2026, 11, 13)));
        assert_eq!(next_marked(from, 1, &|_| None), None);
    }

    #[test]
    fn half_a_date_is_an_error_and_an_empty_text_is_none() {
        assert!(own_error("20 No", false).is_some());
        assert_eq!(own_error("20 Nov 26", false), None);
        assert_eq!(own_error("", true), None);
    }
}
