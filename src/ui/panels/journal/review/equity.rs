//! The running profit by the marks of each day or by the day of closing, and below it how far it stood under its
//! height.

use egui::{Align, Align2, Layout, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};
use jiff::civil::Date;

use crate::journal::{EquityCurve, EquityPoint, Review};
use crate::ui::plot::axis::ticks;
use crate::ui::theme::{PAD, Tone, tokens};
use crate::ui::widgets::{Cell, Column, Row, offer_table, section, segmented};
use crate::ui::{fonts, format};

/// Heights of the running profit and of its falls, in points.
const HEIGHTS: [f32; 2] = [152.0, 44.0];
/// Room for the figures at the left and the days below, in points.
const AXIS: [f32; 2] = [52.0, 20.0];

/// A picture's way from days and dollars to points.
struct Frame {
    rect: Rect,
    days: (f64, f64),
    usd: (f64, f64),
}

impl Frame {
    fn x(&self, on: Date) -> f32 {
        let share = (number(on) - self.days.0) / (self.days.1 - self.days.0).max(1.0);
        self.rect.left() + self.rect.width() * share as f32
    }

    fn y(&self, usd: f64) -> f32 {
        let share = (usd - self.usd.0) / (self.usd.1 - self.usd.0).max(1.0);
        self.rect.bottom() - self.rect.height() * share as f32
    }
}

/// Days since a fixed one.
fn number(on: Date) -> f64 {
    f64::from(format::days_between(Date::constant(2000, 1, 1), on))
}

/// The curve under headings, to be taken along.
fn table(curve: &EquityCurve) -> (Vec<Column>, Vec<Row>) {
    let columns = ["Day", "Sum, $", "Under its height, $"].map(Column::text);
    let row = |point: &EquityPoint| {
        Row::new(vec![
            Cell::text(format::date(point.on)),
            Cell::num(format::signed(usd(point.total_cents), 2)),
            Cell::num(format::fixed(usd(point.fall_cents), 2)),
        ])
    };
    (columns.into(), curve.points.iter().map(row).collect())
}

fn usd(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// When a result counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Counted {
    /// On each day of marks: what was lost on the way shows.
    #[default]
    Daily,
    /// As a whole on the day that its campaign closed.
    AtClose,
}

impl Counted {
    const CHOICES: [(Self, &'static str); 2] =
        [(Self::Daily, "By day"), (Self::AtClose, "At close")];
}

/// Shows the running profit and its falls.
pub(super) fn equity(ui: &mut Ui, review: &Review) {
    let id = ui.make_persistent_id("running profit counted");
    let mut counted: Counted = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let curve = |counted: Counted| match counted {
        Counted::Daily => &review.by_day,
        Counted::AtClose => &review.by_close,
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = PAD;
        ui.label(fonts::title("Running profit"));
        segmented(ui, "Running profit", &mut counted, &Counted::CHOICES).on_hover_text(
            "By the marks of each day, with what was lost on the way; or each campaign as a whole on the day that \
             it closed",
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let t = tokens(ui);
            ui.label(fonts::caption(deepest(curve(counted))).color(t.tx3));
        });
    });
    ui.data_mut(|data| data.insert_temp(id, counted));
    plot(ui, curve(counted), HEIGHTS);
}

/// Shows a running profit over its falls, each so high, under a head.
pub(in crate::ui::panels::journal) fn running_profit(
    ui: &mut Ui,
    curve: &EquityCurve,
    heights: [f32; 2],
) {
    section(ui, "Running profit", &deepest(curve));
    plot(ui, curve, heights);
}

fn deepest(curve: &EquityCurve) -> String {
    format!("deepest fall {}", format::usd(usd(curve.drawdown_cents())))
}

fn plot(ui: &mut Ui, curve: &EquityCurve, heights: [f32; 2]) {
    let fall = usd(curve.drawdown_cents());
    let note = deepest(curve);
    offer_table(ui, "Running profit", &|| table(curve));
    let size = vec2(
        ui.available_width(),
        heights[0] + heights[1] + AXIS[1] + 8.0,
    );
    let (whole, response) = ui.allocate_exact_size(size, Sense::hover());
    let total = curve.points.last().map_or(0, |last| last.total_cents);
    let words = format!("Running profit: {}, {note}", format::usd_signed(usd(total)));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &words));
    let (Some(first), Some(last)) = (curve.points.first(), curve.points.last()) else {
        return;
    };
    let days = (number(first.on) - 1.0, number(last.on));
    let left = whole.left() + AXIS[0];
    let right = whole.right() - 4.0;
    let upper = Rect::from_min_max(
        pos2(left, whole.top()),
        pos2(right, whole.top() + heights[0]),
    );
    let top = upper.bottom() + 8.0;
    let lower = Rect::from_min_max(pos2(left, top), pos2(right, top + heights[1]));
    let profit = Frame {
        rect: upper,
        days,
        usd: range(curve),
    };
    let falls = Frame {
        rect: lower,
        days,
        usd: (-fall.max(1.0), 0.0),
    };
    draw_profit(ui, &profit, curve);
    draw_falls(ui, &falls, curve);
    draw_days(ui, &falls, (first.on, last.on));
    if let Some(at) = response.hover_pos() {
        cursor(ui, (&profit, &falls), curve, at, &response);
    }
}

fn range(curve: &EquityCurve) -> (f64, f64) {
    let totals = curve.points.iter().map(|point| usd(point.total_cents));
    let (low, high) = totals.fold((0.0_f64, 0.0_f64), |(low, high), usd| {
        (low.min(usd), high.max(usd))
    });
    let air = ((high - low) * 0.06).max(1.0);
    (low - air, high + air)
}

fn draw_profit(ui: &Ui, frame: &Frame, curve: &EquityCurve) {
    let t = tokens(ui);
    let painter = ui.painter();
    painter.rect_filled(frame.rect, 0.0, t.plot);
    for value in ticks(frame.usd, frame.rect.height(), 36.0) {
        let y = frame.y(value);
        let ink = if value == 0.0 { t.edge } else { t.grid };
        painter.hline(frame.rect.x_range(), y, Stroke::new(1.0, ink));
        let at = pos2(frame.rect.left() - 6.0, y);
        let words = format::usd_k(value);
        let font = fonts::mono(fonts::SMALL);
        painter.text(at, Align2::RIGHT_CENTER, words, font, t.tx3);
    }
    let mut line: Vec<Pos2> = vec![pos2(frame.rect.left(), frame.y(0.0))];
    for point in &curve.points {
        let x = frame.x(point.on);
        // a result counts from its day on: steps, not slopes
        let before = line
            .last()
            .map_or_else(|| frame.rect.bottom(), |last| last.y);
        line.push(pos2(x, before));
        line.push(pos2(x, frame.y(usd(point.total_cents))));
    }
    painter.add(Shape::line(line, Stroke::new(1.5, t.tx)));
}

fn draw_falls(ui: &Ui, frame: &Frame, curve: &EquityCurve) {
    let t = tokens(ui);
    let painter = ui.painter();
    painter.rect_filled(frame.rect, 0.0, t.plot);
    for (index, point) in curve.points.iter().enumerate() {
        let until = curve.points.get(index + 1);
        let right = until.map_or_else(|| frame.rect.right(), |next| frame.x(next.on));
        let depth = frame.y(-usd(point.fall_cents));
        let rect = Rect::from_min_max(
            pos2(frame.x(point.on), frame.rect.top()),
            pos2(right, depth),
        );
        painter.rect_filled(rect, 0.0, t.dn.gamma_multiply(0.4));
        painter.hline(rect.x_range(), depth, Stroke::new(1.0, t.dn));
    }
    let ends = [
        (frame.rect.top() + 6.0, 0.0),
        (frame.rect.bottom() - 6.0, frame.usd.0),
    ];
    for (y, value) in ends {
        let at = pos2(frame.rect.left() - 6.0, y);
        let font = fonts::mono(fonts::SMALL);
        let words = format::usd_k(value);
        painter.text(at, Align2::RIGHT_CENTER, words, font, t.tx3);
    }
}

/// The first and the last day, and the beginnings of years between where they have room.
fn draw_days(ui: &Ui, frame: &Frame, (first, last): (Date, Date)) {
    let t = tokens(ui);
    let y = frame.rect.bottom() + 10.0;
    let font = fonts::mono(fonts::SMALL);
    let write = |x: f32, anchor: Align2, words: String| {
        ui.painter()
            .text(pos2(x, y), anchor, words, font.clone(), t.tx3);
    };
    write(frame.rect.left(), Align2::LEFT_CENTER, format::date(first));
    write(frame.rect.right(), Align2::RIGHT_CENTER, format::date(last));
    for year in first.year().saturating_add(1)..=last.year() {
        let Ok(day) = Date::new(year, 1, 1) else {
            continue;
        };
        let x = frame.x(day);
        if x > frame.rect.left() + 100.0 && x < frame.rect.right() - 100.0 {
            write(x, Align2::CENTER_CENTER, year.to_string());
        }
    }
}

/// The result under the pointer.
fn cursor(
    ui: &Ui,
    (profit, falls): (&Frame, &Frame),
    curve: &EquityCurve,
    at: Pos2,
    response: &egui::Response,
) {
    let t = tokens(ui);
    let place = curve
        .points
        .partition_point(|point| profit.x(point.on) <= at.x);
    let Some(point) = place
        .checked_sub(1)
        .and_then(|place| curve.points.get(place))
    else {
        return;
    };
    let x = profit.x(point.on);
    let span = profit.rect.top()..=falls.rect.bottom();
    ui.painter().vline(x, span, Stroke::new(1.0, t.edge));
    let dot = pos2(x, profit.y(usd(point.total_cents)));
    ui.painter().circle_filled(dot, 3.0, t.accent);
    response
        .clone()
        .on_hover_ui_at_pointer(|ui| readout(ui, *point));
}

fn readout(ui: &mut Ui, point: EquityPoint) {
    let t = tokens(ui);
    ui.label(fonts::caption_strong(format::date(point.on)));
    let total = usd(point.total_cents);
    let ink = t.text(Tone::of_sign(total));
    ui.label(fonts::num(format::usd_signed(total)).color(ink));
    let fall = format!("{} under its height", format::usd(usd(point.fall_cents)));
    ui.label(fonts::caption(fall).color(t.tx2));
}
