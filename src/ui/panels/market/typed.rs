//! One day's marks or prints, typed by hand for those who have no files.

use egui::{Id, Ui};
use jiff::civil::Date;

use crate::calendar::parse_date;
use crate::calendar::{ExpirySeries, new_york_date, next_expiries};
use crate::series::vx::PRICE_RANGE;
use crate::series::{EventKind, ManualEntry, ManualRow, SeriesId, plausible_range};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::tokens;
use crate::ui::widgets::picker::PickerRow;
use crate::ui::widgets::{CommitField, DATE_HINT, DateDays, DateLook, picker, secondary, section};
use crate::ui::{Action, Actions, LibraryEdit, PanelContext, fonts, format};

/// VIX futures offered.
const FUTURES: usize = 9;
/// Typed rows shown, the latest first.
const MOST: usize = 8;
/// Width of the fields, in points.
const WIDTH: f32 = 136.0;

/// What is being typed.
#[derive(Clone)]
struct Draft {
    date: Date,
    subject: usize,
    value: Option<f64>,
}

/// What a row can be about.
#[derive(Clone, Copy)]
enum Subject {
    Series(SeriesId),
    Future(Date),
    Event(EventKind),
}

impl Subject {
    fn label(self) -> String {
        match self {
            Self::Series(id) => id.label().to_owned(),
            Self::Future(expiry) => format!("VX {}", format::date(expiry)),
            Self::Event(kind) => format!("Event {}", kind.label()),
        }
    }

    fn entry(self, value: Option<f64>) -> Option<ManualEntry> {
        match self {
            Self::Series(id) => value.map(|value| ManualEntry::Value { id, value }),
            Self::Future(expiry) => value.map(|settle| ManualEntry::Future { expiry, settle }),
            Self::Event(kind) => Some(ManualEntry::Event(kind)),
        }
    }

    fn range(self, date: Date) -> [f64; 2] {
        match self {
            Self::Series(id) => plausible_range(id, date),
            Self::Future(_) | Self::Event(_) => PRICE_RANGE,
        }
    }
}

fn subjects(date: Date) -> Vec<Subject> {
    let futures = next_expiries(ExpirySeries::VixMonthly, date, FUTURES);
    let series = SeriesId::all().map(Subject::Series);
    series
        .chain(futures.into_iter().map(Subject::Future))
        .chain(EventKind::ALL.map(Subject::Event))
        .collect()
}

/// Shows the form and the rows typed so far.
pub(super) fn typed_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let count = ctx.history.typed.map_or(0, |typed| typed.rows().len());
    let note = if count == 0 {
        String::new()
    } else {
        format!("{} rows", format::count(count))
    };
    section(ui, "Typed rows", &note);
    let today = new_york_date(ctx.real_valuation().market.as_of);
    let slot = Id::unique("palisade_typed_row");
    let kept = ui.data(|data| data.get_temp::<Draft>(slot));
    let mut draft = kept.unwrap_or(Draft {
        date: today,
        subject: 0,
        value: None,
    });
    form(ui, &mut draft, actions);
    ui.data_mut(|data| data.insert_temp(slot, draft));
    rows(ui, ctx, actions);
}

fn form(ui: &mut Ui, draft: &mut Draft, actions: &mut Actions) {
    let all = subjects(draft.date);
    let names: Vec<PickerRow> = all
        .iter()
        .map(|subject| PickerRow::new(subject.label()))
        .collect();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let look = DateLook {
            has_time: false,
            today: draft.date,
            marks: &|_day| None,
            days: DateDays::Every,
        };
        let shown = format::date(draft.date);
        let tooltip = format!("The day; of a month or quarter its first. {DATE_HINT}");
        let date = CommitField::new("Day of the row", &shown)
            .date(look)
            .width(WIDTH)
            .tooltip(&tooltip)
            .show(ui, |text| parse_date(text).map_err(|refused| refused.to_string()));
        draft.date = date.unwrap_or(draft.date);
        if let Some(index) = picker(ui, "Series of the row", Some(draft.subject), &names, 200.0) {
            (draft.subject, draft.value) = (index, None);
        }
        let Some(subject) = all.get(draft.subject).copied() else {
            return;
        };
        if !matches!(subject, Subject::Event(_)) {
            let [low, high] = subject.range(draft.date);
            let shown = draft.value.map_or_else(String::new, |value| format::trimmed(value, 4));
            let value = CommitField::new("Value of the row", &shown)
                .hint("Value")
                .figure()
                .width(96.0)
                .tooltip("The value in the series' unit")
                .show(ui, |text| {
                    let value = format::parse_number(text).map_err(|error| error.to_string())?;
                    if (low..=high).contains(&value) {
                        Ok(value)
                    } else {
                        Err(format!(
                            "from {} to {}",
                            format::trimmed(low, 2),
                            format::trimmed(high, 2)
                        ))
                    }
                });
            draft.value = value.or(draft.value);
        }
        let entry = subject.entry(draft.value);
        let add = ui
            .add_enabled_ui(entry.is_some(), |ui| secondary(ui, "Add row"))
            .inner
            .on_hover_text("Keep the row in manual.csv and read the library again; an imported value of the day stays in use");
        if let Some(entry) = entry.filter(|_entry| add.clicked()) {
            let date = draft.date;
            actions.push(Action::Library(LibraryEdit::Put(ManualRow { date, entry })));
            draft.value = None;
        }
    });
}

fn rows(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let typed = ctx.history.typed.map_or(&[][..], |typed| typed.rows());
    for row in typed.iter().rev().take(MOST) {
        let (subject, value) = match row.entry {
            ManualEntry::Value { id, value } => (Subject::Series(id), Some(value)),
            ManualEntry::Future { expiry, settle } => (Subject::Future(expiry), Some(settle)),
            ManualEntry::Event(kind) => (Subject::Event(kind), None),
        };
        let words = format!("{} {}", format::date(row.date), subject.label());
        ui.horizontal(|ui| {
            let t = tokens(ui);
            ui.label(fonts::caption(&words).color(t.tx2));
            if let Some(value) = value {
                ui.label(fonts::num_small(format::trimmed(value, 4)).color(t.tx));
            }
            if icon_button(ui, Icon::Close, &format!("Remove {words}")).clicked() {
                actions.push(Action::Library(LibraryEdit::Remove(*row)));
            }
        });
    }
}
