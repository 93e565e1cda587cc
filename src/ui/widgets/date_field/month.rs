//! One month as a grid of days, with arrows to its neighbours.

use egui::{
    Align, Align2, Id, Layout, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::DateLook;
use crate::calendar::{closure_name, is_business_day};
use crate::ui::icons::{self, Icon, icon_button_hinted};
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, TIGHT, tokens};
use crate::ui::{fonts, format};

/// Size of a day in points.
const CELL: egui::Vec2 = vec2(32.0, FIELD_HEIGHT);
const HEADS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// Shows a month and returns the day picked in this frame; `chosen` is the day in the field.
pub(super) fn month_ui(
    ui: &mut Ui,
    field: Id,
    chosen: Option<Date>,
    look: DateLook<'_>,
) -> Option<Date> {
    let id = field.with("month");
    let start = chosen.unwrap_or(look.today).first_of_month();
    if ui.is_sizing_pass() {
        // just opened: begin at what is chosen
        ui.data_mut(|data| data.insert_temp(id, start));
    }
    let mut month: Date = ui.data(|data| data.get_temp(id)).unwrap_or(start);
    ui.set_width(7.0 * CELL.x);
    ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
    head(ui, &mut month);
    ui.data_mut(|data| data.insert_temp(id, month));
    weekdays(ui);
    let picked = days(ui, month, chosen, look);
    foot(ui, month, look);
    if picked.is_some() {
        ui.close();
    }
    picked
}

fn head(ui: &mut Ui, month: &mut Date) {
    ui.horizontal(|ui| {
        let name = format!("{} {}", month.strftime("%B"), month.year());
        ui.add_space(8.0);
        ui.label(fonts::title(name));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let mut go = |ui: &mut Ui, icon, label: &str, months: i32| {
                if icon_button_hinted(ui, icon, label, label).clicked()
                    && let Ok(other) = month.checked_add(months.months())
                {
                    *month = other;
                }
            };
            go(ui, Icon::CaretRight, "Next month", 1);
            go(ui, Icon::CaretLeft, "Previous month", -1);
        });
    });
}

fn weekdays(ui: &mut Ui) {
    let (rect, _space) = ui.allocate_exact_size(vec2(7.0 * CELL.x, 16.0), Sense::hover());
    let ink = tokens(ui).tx3;
    for (column, head) in HEADS.into_iter().enumerate() {
        let at = pos2(
            rect.left() + CELL.x * (column as f32 + 0.5),
            rect.center().y,
        );
        let font = fonts::inter(fonts::SMALL);
        fonts::write(ui.painter(), at, Align2::CENTER_CENTER, head, (font, ink));
    }
}

fn days(ui: &mut Ui, month: Date, chosen: Option<Date>, look: DateLook<'_>) -> Option<Date> {
    // six weeks always, so that the arrows stand still
    let (rect, _space) = ui.allocate_exact_size(vec2(7.0 * CELL.x, 6.0 * CELL.y), Sense::hover());
    let first = i32::from(month.weekday().to_monday_zero_offset());
    let mut picked = None;
    for index in 0..i32::from(month.days_in_month()) {
        let Ok(day) = month.checked_add(index.days()) else {
            continue;
        };
        let place = first + index;
        let corner = vec2((place % 7) as f32 * CELL.x, (place / 7) as f32 * CELL.y);
        let cell = Rect::from_min_size(rect.min + corner, CELL);
        let mark = (look.marks)(day);
        let name = named(day, mark.as_deref());
        let response = ui.interact(cell, ui.scope_id().with(("day", day.day())), Sense::click());
        let is_chosen = chosen == Some(day);
        response.widget_info(|| {
            WidgetInfo::selected(egui::Role::Button, ui.is_enabled(), is_chosen, &name)
        });
        paint_day(
            ui,
            cell,
            day,
            (is_chosen, day == look.today, mark.is_some()),
            &response,
        );
        if response.on_hover_text(name).clicked() {
            picked = Some(day);
        }
    }
    picked
}

/// `Fri 20 Nov 26`, why it is closed, and what stands out on it.
fn named(day: Date, mark: Option<&str>) -> String {
    let closed = closure_name(day).map(|name| format!(", closed: {name}"));
    let mark = mark.map(|mark| format!(", {mark}"));
    [
        format::date_weekday(day),
        closed.unwrap_or_default(),
        mark.unwrap_or_default(),
    ]
    .concat()
}

fn paint_day(
    ui: &Ui,
    cell: Rect,
    day: Date,
    (is_chosen, is_today, is_marked): (bool, bool, bool),
    response: &Response,
) {
    let t = tokens(ui);
    let inner = cell.shrink2(vec2(2.0, 1.0));
    if is_chosen {
        ui.painter().rect_filled(inner, RADIUS_FIELD, t.accent_bg);
    } else if response.hovered() {
        ui.painter().rect_filled(inner, RADIUS_FIELD, t.hover);
    }
    if is_today {
        let ring = Stroke::new(1.0, t.tx3);
        ui.painter()
            .rect_stroke(inner, RADIUS_FIELD, ring, StrokeKind::Inside);
    }
    let ink = if is_chosen {
        t.accent
    } else if is_business_day(day) {
        t.tx
    } else {
        t.tx3
    };
    let words = day.day().to_string();
    let font = fonts::mono(fonts::SMALL);
    fonts::write(
        ui.painter(),
        cell.center(),
        Align2::CENTER_CENTER,
        &words,
        (font, ink),
    );
    if is_marked {
        let dot = pos2(cell.center().x, cell.bottom() - TIGHT);
        ui.painter().circle_filled(dot, 1.5, t.layer1);
    }
    icons::focus_ring(ui, inner, response);
}

/// What the dots of the month mean, day by day, as far as there is room.
fn foot(ui: &mut Ui, month: Date, look: DateLook<'_>) {
    let in_month = (0..month.days_in_month())
        .filter_map(|index| month.checked_add(i32::from(index).days()).ok());
    let marked: Vec<String> = in_month
        .filter_map(|day| {
            Some(format!(
                "{}: {}",
                format::date_short(day),
                (look.marks)(day)?
            ))
        })
        .collect();
    let t = tokens(ui);
    let words = match marked.as_slice() {
        [] => "Nothing of this book expires".to_owned(),
        [one] => one.clone(),
        [one, others @ ..] => format!("{one}, and {} more days", others.len()),
    };
    let (rect, _space) = ui.allocate_exact_size(vec2(7.0 * CELL.x, 16.0), Sense::hover());
    let at = rect.shrink2(vec2(8.0, 0.0));
    crate::ui::widgets::elided(ui.painter(), at, &words, fonts::inter(fonts::SMALL), t.tx3);
}
