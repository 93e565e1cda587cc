//! Strokes of the chart: running sum, bars, axes, legend and cursor.

use egui::{Align2, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::usd;
use crate::journal::{WorthPoint, WorthSeries};
use crate::ui::plot::axis::ticks;
use crate::ui::theme::tokens;
use crate::ui::widgets::gauge::hatch;
use crate::ui::{fonts, format, icons};

/// Widest bar, in points.
const WIDEST: f32 = 24.0;
/// Widest room of a decision, in points.
const WIDEST_SLOT: f32 = 72.0;
/// A range from which the figures of an axis are in thousands, dollars.
const ROUNDED: f64 = 4000.0;
/// Least distance of two figures of an axis, in points; in a low frame the second.
const SPACING: [f32; 2] = [28.0, 16.0];
/// A frame lower than this is low.
const LOW: f32 = 96.0;
/// Width from which a bar has room for an outline, in points.
const OUTLINED: f32 = 4.0;
/// Dash and gap of what rests on the model, in points.
const DASH: [f32; 2] = [4.0, 3.0];

/// A picture's way from decisions and dollars to points.
pub(super) struct Frame {
    rect: Rect,
    slot: f32,
    usd: (f64, f64),
}

impl Frame {
    pub(super) fn of(rect: Rect, count: usize, cents: impl Iterator<Item = i64>) -> Self {
        let (low, high) = cents.fold((0.0_f64, 0.0_f64), |(low, high), cents| {
            (low.min(usd(cents)), high.max(usd(cents)))
        });
        let air = ((high - low) * 0.08).max(1.0);
        Self {
            rect,
            slot: (rect.width() / count.max(1) as f32).min(WIDEST_SLOT),
            usd: (low - air, high + air),
        }
    }

    /// The decision at a place from the left edge.
    pub(super) fn place(&self, x: f32) -> usize {
        ((x - self.rect.left()) / self.slot).floor().max(0.0) as usize
    }

    fn x(&self, place: usize) -> f32 {
        self.rect.left() + self.slot * (place as f32 + 0.5)
    }

    fn y(&self, usd: f64) -> f32 {
        let share = (usd - self.usd.0) / (self.usd.1 - self.usd.0);
        self.rect.bottom() - self.rect.height() * share as f32
    }

    /// Plot canvas, grid and figures.
    pub(super) fn ground(&self, ui: &Ui) {
        let t = tokens(ui);
        let painter = ui.painter();
        painter.rect_filled(self.rect, 0.0, t.plot);
        let spacing = SPACING[usize::from(self.rect.height() < LOW)];
        for value in ticks(self.usd, self.rect.height(), spacing) {
            let y = icons::snap(ui, pos2(0.0, self.y(value))).y;
            let ink = if value == 0.0 { t.edge } else { t.grid };
            painter.hline(self.rect.x_range(), y, Stroke::new(1.0, ink));
            let at = pos2(self.rect.left() - 6.0, y);
            let font = fonts::mono(fonts::SMALL);
            // in thousands only where no figure of the axis would be rounded
            let words = if self.usd.1 - self.usd.0 < ROUNDED {
                format::usd_signed(value).replace('$', "")
            } else {
                format::usd_k(value).replace('$', "")
            };
            fonts::write(painter, at, Align2::RIGHT_CENTER, &words, (font, t.tx3));
        }
    }
}

/// The running sum: it counts from each decision on, so it goes in steps.
pub(super) fn sums(ui: &Ui, frame: &Frame, series: &WorthSeries) {
    let t = tokens(ui);
    let painter = ui.painter();
    let stroke = Stroke::new(1.5, t.tx);
    let mut from = pos2(frame.rect.left(), frame.y(0.0));
    let mut solid: Vec<Pos2> = vec![from];
    let mut dots = Vec::new();
    for (place, point) in series.points.iter().enumerate() {
        let to = pos2(frame.x(place), frame.y(usd(point.running_cents)));
        let corner = pos2(to.x, from.y);
        if point.worth.is_marked {
            solid.extend([corner, to]);
        } else {
            painter.line(std::mem::replace(&mut solid, vec![to]), stroke);
            painter.extend(Shape::dashed_line(
                &[from, corner, to],
                stroke,
                DASH[0],
                DASH[1],
            ));
        }
        dots.push((to, point.worth.is_marked));
        from = to;
    }
    solid.push(pos2(
        frame.rect.right().min(from.x + frame.slot / 2.0),
        from.y,
    ));
    painter.line(solid, stroke);
    if frame.slot < 8.0 {
        return;
    }
    for (at, is_marked) in dots {
        painter.circle_filled(at, 3.0, t.tx);
        if !is_marked {
            painter.circle_filled(at, 1.75, t.plot);
        }
    }
}

/// A bar for each decision: green or red by its sign, losses hatched; hollow where the model stands in.
pub(super) fn bars(ui: &Ui, frame: &Frame, series: &WorthSeries, hovered: Option<usize>) {
    let width = (frame.slot - 2.0).clamp(1.0, WIDEST);
    for (place, point) in series.points.iter().enumerate() {
        let value = usd(point.worth.value_cents);
        let (x, zero, end) = (frame.x(place), frame.y(0.0), frame.y(value));
        let bar = Rect::from_two_pos(pos2(x - width / 2.0, zero), pos2(x + width / 2.0, end));
        // what came to next to nothing is still there
        let bar = if bar.height() < 2.0 {
            bar.expand2(vec2(0.0, 1.0))
        } else {
            bar
        };
        let is_pale = hovered.is_some_and(|at| at != place);
        paint_bar(ui, bar, (value, point.worth.is_marked), is_pale);
    }
}

fn paint_bar(ui: &Ui, bar: Rect, (value, is_marked): (f64, bool), is_pale: bool) {
    let t = tokens(ui);
    let painter = ui.painter();
    let ink = if value < 0.0 { t.dn } else { t.up };
    let ink = ink.gamma_multiply(if is_pale { 0.7 } else { 1.0 });
    if is_marked {
        painter.rect_filled(bar, 0.0, ink);
        if value < 0.0 && bar.width() >= OUTLINED {
            hatch(painter, bar, Stroke::new(1.0, t.plot));
        }
    } else if bar.width() >= OUTLINED {
        painter.rect_filled(bar, 0.0, ink.gamma_multiply(0.12));
        painter.rect_stroke(bar, 0.0, Stroke::new(1.25, ink), StrokeKind::Inside);
    } else {
        let ends = [bar.center_top(), bar.center_bottom()];
        painter.extend(Shape::dashed_line(&ends, Stroke::new(1.0, ink), 2.0, 2.0));
    }
}

/// The days of the decisions, as many as have room.
pub(super) fn days(ui: &Ui, frame: &Frame, series: &WorthSeries) {
    let t = tokens(ui);
    let painter = ui.painter();
    let font = fonts::mono(fonts::SMALL);
    let y = frame.rect.bottom() + 10.0;
    let mut free = f32::NEG_INFINITY;
    for (place, point) in series.points.iter().enumerate() {
        let words = format::date(point.on);
        let galley = fonts::galley(painter, &words, (font.clone(), t.tx3));
        let half = galley.size().x / 2.0;
        let x = frame.x(place).max(frame.rect.left() + half - 8.0);
        if x - half < free || x + half > frame.rect.right() + 4.0 {
            continue;
        }
        painter.galley(pos2(x - half, y - galley.size().y / 2.0), galley, t.tx3);
        free = x + half + 24.0;
    }
}

/// What the strokes mean, with how many decisions rest on what.
pub(super) fn legend(ui: &mut Ui, series: &WorthSeries, height: f32) {
    let t = tokens(ui);
    let modelled = series.value.modelled;
    let marked = series.points.len() - modelled;
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let mut left = rect.left();
    let mut entry = |words: &str, is_marked: bool| {
        let mark = Rect::from_min_size(pos2(left, rect.center().y - 4.0), vec2(8.0, 8.0));
        paint_bar(ui, mark, (1.0, is_marked), false);
        let line = mark.right() + 4.0;
        let ends = [
            pos2(line, mark.center().y),
            pos2(line + 16.0, mark.center().y),
        ];
        let stroke = Stroke::new(1.5, t.tx);
        if is_marked {
            ui.painter().line_segment(ends, stroke);
        } else {
            let dashes = Shape::dashed_line(&ends, stroke, DASH[0], DASH[1]);
            ui.painter().extend(dashes);
        }
        let font = fonts::inter(fonts::SMALL);
        let at = pos2(line + 22.0, rect.center().y);
        let drawn = fonts::write(ui.painter(), at, Align2::LEFT_CENTER, words, (font, t.tx2));
        left = drawn.right() + 16.0;
    };
    let of = |words: &str, count: usize| format!("{words} ({})", format::count(count));
    let both = [of("entered marks", marked), of("model", modelled)];
    entry(&both[0], true);
    entry(&both[1], false);
    let words = format!("Valued by {} and {}", both[0], both[1]);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    response.on_hover_text(
        "Line: sum so far; bar: the decision. Full and solid where every price rests on entered or imported marks, \
         hollow and dashed where the model stands in",
    );
}

/// The decision under the pointer or the keyboard.
pub(super) fn cursor(ui: &Ui, (sums, bars): (&Frame, &Frame), place: usize, point: &WorthPoint) {
    let t = tokens(ui);
    let x = icons::snap(ui, pos2(sums.x(place), 0.0)).x;
    let span = sums.rect.top()..=bars.rect.bottom();
    ui.painter().vline(x, span, Stroke::new(1.0, t.edge));
    let dot = pos2(x, sums.y(usd(point.running_cents)));
    ui.painter().circle_filled(dot, 3.5, t.accent);
}
