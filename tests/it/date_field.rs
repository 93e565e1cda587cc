//! The date field as a user meets it: typed in several ways, stepped by keys, picked from its calendar.

use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::civil::{Date, date};
use palisade::ui::widgets::{CommitField, DateDays, DateField, DateLook};

use crate::support::{harness_state, save_png};

/// A form's text and what a committed field reported.
struct Dates {
    text: String,
    shown: String,
    committed: Vec<String>,
}

fn expires(day: Date) -> Option<String> {
    (day == date(2026, 11, 20)).then(|| "January condor expires".to_owned())
}

fn fields(theme: Theme) -> Harness<'static, Dates> {
    let start = Dates {
        text: "18 Nov 26 16:00".to_owned(),
        shown: "18 Nov 26".to_owned(),
        committed: Vec::new(),
    };
    let show = |ui: &mut egui::Ui, dates: &mut Dates| {
        let look = DateLook {
            has_time: true,
            today: date(2026, 11, 16),
            marks: &expires,
            days: DateDays::Every,
        };
        DateField::new(&mut dates.text, "Time", look).show(ui);
        let look = DateLook {
            has_time: false,
            ..look
        };
        let committed = CommitField::new("Day", &dates.shown)
            .date(look)
            .show(ui, |text| Ok::<_, String>(text.to_owned()));
        if let Some(text) = committed {
            dates.shown.clone_from(&text);
            dates.committed.push(text);
        }
    };
    let mut h = harness_state([320.0, 320.0], theme, show, start);
    h.run();
    h
}

fn type_into(h: &mut Harness<'_, Dates>, label: &str, text: &str) {
    h.get_by_label(label).click();
    h.run();
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run();
    h.get_by_label(label).type_text(text);
    h.run();
    h.key_press(Key::Tab);
    h.run();
}

#[test]
fn what_is_typed_is_written_in_the_desks_own_way() {
    let mut h = fields(Theme::Dark);
    for text in ["2026-11-20 09:31", "20NOV26 9:31am", "20 Nov 26 09:31"] {
        type_into(&mut h, "Time", text);
        assert_eq!(h.state().text, "20 Nov 26 09:31", "{text}");
    }
}

#[test]
fn what_is_no_date_stays_with_the_reason_beneath() {
    let mut h = fields(Theme::Dark);
    type_into(&mut h, "Time", "soon");
    assert_eq!(h.state().text, "soon");
    h.get_by_label_contains("“soon” is not a time such as");
    save_png(&mut h, "date_field_error");
    type_into(&mut h, "Time", "20NOV26");
    assert_eq!(
        h.state().text,
        "20 Nov 26 16:00",
        "a day alone is its close"
    );
    assert!(h.query_by_label_contains("is not a time").is_none());
}

#[test]
fn arrow_keys_step_a_day_and_with_shift_a_week() {
    let mut h = fields(Theme::Dark);
    h.get_by_label("Time").click();
    h.run();
    h.key_press(Key::ArrowUp);
    h.run();
    assert_eq!(h.state().text, "19 Nov 26 16:00");
    h.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    h.run();
    assert_eq!(h.state().text, "12 Nov 26 16:00");
}

#[test]
fn a_day_is_picked_from_the_calendar_and_keeps_the_time() {
    for theme in [Theme::Dark, Theme::Light] {
        let mut h = fields(theme);
        h.get_by_label("Calendar of Time").click();
        h.run();
        save_png(
            &mut h,
            &format!("date_field_calendar_{theme:?}").to_lowercase(),
        );
        h.get_by_label("Thu 26 Nov 26, closed: Thanksgiving Day");
        h.get_by_label("Fri 20 Nov 26, January condor expires")
            .click();
        h.run();
        assert_eq!(h.state().text, "20 Nov 26 16:00");
        assert!(h.query_by_label("Next month").is_none(), "it closes");
    }
}

#[test]
fn months_turn_and_a_pick_commits() {
    let mut h = fields(Theme::Dark);
    h.get_by_label("Calendar of Day").click();
    h.run();
    h.get_by_label("Next month").click();
    h.run();
    h.get_by_label("Mon 14 Dec 26").click();
    h.run();
    assert_eq!(h.state().committed, ["14 Dec 26"]);
}
