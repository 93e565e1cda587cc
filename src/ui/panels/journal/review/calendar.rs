//! Profit and loss by day: a year as months and days.

use egui::{Align2, Rect, Sense, Stroke, Ui, pos2, vec2};
use jiff::civil::Date;

use crate::journal::{ProfitCalendar, Review};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{Tone, tokens};
use crate::ui::widgets::gauge::hatch;
use crate::ui::widgets::{Cell, Column, Row, offer_table};
use crate::ui::{fonts, format};

/// Height of a month, in points.
const ROW: f32 = 16.0;
/// Room for the month's name and for its sum, in points.
const SIDES: [f32; 2] = [36.0, 72.0];
/// Days of the longest month.
const DAYS: i8 = 31;

/// Shows one year, and steps to the others.
pub(super) fn calendar(ui: &mut Ui, review: &Review) {
    let calendar = &review.calendar;
    let (Some(first), Some(last)) = (calendar.years.first(), calendar.years.last()) else {
        return;
    };
    offer_table(ui, "Profit by day", &|| table(calendar));
    let id = ui.make_persistent_id("review year");
    let known: Option<i16> = ui.data(|data| data.get_temp(id));
    let mut year = known.unwrap_or(last.0).clamp(first.0, last.0);
    let sum = calendar.years.iter().find(|(known, _)| *known == year);
    let sum = sum.map_or(0, |(_, cents)| *cents);
    let note = format!("{year}: {}", format::usd_signed(usd(sum)));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.label(fonts::title("Profit by day"));
        ui.add_space(4.0);
        ui.add_enabled_ui(year > first.0, |ui| {
            if icon_button(ui, Icon::CaretLeft, "Year before").clicked() {
                year -= 1;
            }
        });
        ui.add_enabled_ui(year < last.0, |ui| {
            if icon_button(ui, Icon::CaretRight, "Year after").clicked() {
                year += 1;
            }
        });
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| {
            ui.label(fonts::caption(&note).color(tokens(ui).tx3));
        });
    });
    ui.data_mut(|data| data.insert_temp(id, year));
    months(ui, calendar, year);
}

/// Every day under headings, to be taken along.
fn table(calendar: &ProfitCalendar) -> (Vec<Column>, Vec<Row>) {
    let columns = ["Day", "P/L, $"].map(Column::text);
    let row = |(on, cents): &(Date, i64)| {
        let figure = Cell::num(format::signed(usd(*cents), 2));
        Row::new(vec![Cell::text(format::date(*on)), figure])
    };
    (columns.into(), calendar.days.iter().map(row).collect())
}

fn usd(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// The day that colours are scaled to: larger ones look alike, so that one does not pale all others.
fn full_cents(calendar: &ProfitCalendar, year: i16) -> i64 {
    let days = calendar.days.iter().filter(|(day, _)| day.year() == year);
    let mut sizes: Vec<i64> = days.map(|(_, cents)| cents.abs()).collect();
    sizes.sort_unstable();
    let place = sizes.len() * 19 / 20;
    sizes.get(place).copied().unwrap_or(1).max(1)
}

/// Numbers of days above the months.
fn day_numbers(ui: &Ui, (left, top): (f32, f32), cell: f32) {
    let ink = tokens(ui).tx3;
    for day in [1_i8, 5, 10, 15, 20, 25, 30] {
        let at = pos2(left + cell * (f32::from(day) - 0.5), top + ROW / 2.0);
        let font = fonts::mono(fonts::SMALL);
        ui.painter().text(at, Align2::CENTER_CENTER, day, font, ink);
    }
}

fn months(ui: &mut Ui, calendar: &ProfitCalendar, year: i16) {
    let t = tokens(ui);
    let width = ui.available_width();
    let full = full_cents(calendar, year);
    let cell = ((width - SIDES[0] - SIDES[1]) / f32::from(DAYS))
        .clamp(4.0, 20.0)
        .floor();
    let (whole, response) = ui.allocate_exact_size(vec2(width, ROW * 13.0), Sense::hover());
    let words = format!("Profit by day of {year}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &words));
    let left = whole.left() + SIDES[0];
    let small = fonts::mono(fonts::SMALL);
    day_numbers(ui, (left, whole.top()), cell);
    let mut hovered = None;
    for month in 1..=12_i8 {
        let top = whole.top() + ROW * f32::from(month);
        let Ok(first) = Date::new(year, month, 1) else {
            continue;
        };
        let at = pos2(whole.left(), top + ROW / 2.0);
        let name = first.strftime("%b").to_string();
        let font = fonts::inter(fonts::SMALL);
        ui.painter()
            .text(at, Align2::LEFT_CENTER, name, font, t.tx2);
        for day in 1..=first.days_in_month() {
            let Ok(on) = Date::new(year, month, day) else {
                continue;
            };
            let x = left + cell * f32::from(day - 1);
            let rect = Rect::from_min_size(pos2(x, top), vec2(cell - 1.0, ROW - 1.0));
            let cents = calendar.day(on);
            paint(ui, rect, cents, full);
            let is_here = response
                .hover_pos()
                .is_some_and(|at| rect.expand(0.5).contains(at));
            if let (true, Some(cents)) = (is_here, cents) {
                hovered = Some((on, cents));
            }
        }
        let sum = calendar.months.iter().find(|(known, _)| *known == first);
        if let Some((_, cents)) = sum {
            let at = pos2(
                left + cell * f32::from(DAYS) + SIDES[1] - 4.0,
                top + ROW / 2.0,
            );
            let ink = t.text(Tone::of_sign(*cents as f64));
            let words = format::usd_signed(usd(*cents));
            ui.painter()
                .text(at, Align2::RIGHT_CENTER, words, small.clone(), ink);
        }
    }
    if let Some((on, cents)) = hovered {
        let words = format!(
            "{}: {}",
            format::date_weekday(on),
            format::usd_signed(usd(cents))
        );
        response.on_hover_text_at_pointer(words);
    }
}

/// A day: deeper where more was gained or lost; losses are hatched, so that the side shows without colour.
fn paint(ui: &Ui, rect: Rect, cents: Option<i64>, full: i64) {
    let t = tokens(ui);
    let painter = ui.painter();
    let Some(cents) = cents else {
        painter.rect_filled(rect, 1.0, t.field);
        return;
    };
    let share = (cents.abs() as f64 / full as f64).min(1.0) as f32;
    let ink = if cents < 0 { t.dn } else { t.up };
    painter.rect_filled(rect, 1.0, t.field);
    painter.rect_filled(rect, 1.0, ink.gamma_multiply(0.16 + 0.64 * share));
    if cents < 0 {
        hatch(painter, rect, Stroke::new(1.0, t.plot));
    }
}
