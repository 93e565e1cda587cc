//! A budget as a bar: how much is used, where it warns, where it ends.

use egui::{Align2, Painter, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::hint;
use crate::ui::fonts;
use crate::ui::theme::{RADIUS_BAR, Tokens, tokens};

/// Height of a gauge with its words, in points.
pub const GAUGE_HEIGHT: f32 = 28.0;

/// What a gauge shows. `used`, `warn` and `limit` are in one unit, whatever it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Gauge {
    /// Name of the budget.
    pub label: String,
    /// The used part as text: `16`.
    pub value: String,
    /// Unit and limit as text: `% of 28 %`.
    pub of: String,
    /// How much is used.
    pub used: f64,
    /// How much a what-if would use.
    pub what_if: Option<f64>,
    /// Where attention begins.
    pub warn: Option<f64>,
    /// Where the budget ends; above zero.
    pub limit: f64,
    /// Shown on hover.
    pub provenance: String,
}

impl Gauge {
    /// Position on the track of an amount: the limit stands at two thirds, so that an overrun shows.
    fn at(&self, amount: f64) -> f32 {
        let end = self.limit * 1.5;
        if end > 0.0 && amount.is_finite() {
            (amount / end).clamp(0.0, 1.0) as f32
        } else {
            0.0
        }
    }
}

/// Shows the gauge over the available width.
pub fn gauge(ui: &mut Ui, data: &Gauge) -> Response {
    let size = vec2(ui.available_width(), GAUGE_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let t = tokens(ui);
    paint_words(ui.painter(), &t, rect, data);
    let track = Rect::from_min_max(
        Pos2::new(rect.left(), rect.bottom() - 8.0),
        Pos2::new(rect.right(), rect.bottom() - 4.0),
    );
    paint_track(ui.painter(), &t, track, data);
    let name = format!("{} {} {}", data.label, data.value, data.of);
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, &name));
    hint(response, &data.label, &data.provenance)
}

fn paint_words(painter: &Painter, t: &Tokens, rect: Rect, data: &Gauge) {
    let y = rect.top() + 8.0;
    let small = fonts::inter(fonts::SMALL);
    let of = fonts::write(
        painter,
        Pos2::new(rect.right(), y),
        Align2::RIGHT_CENTER,
        &data.of,
        (small.clone(), t.tx3),
    );
    let ink = if data.used > data.limit {
        t.dn
    } else if data.what_if.is_some() {
        t.wi
    } else {
        t.tx
    };
    let value = fonts::write(
        painter,
        Pos2::new(of.left() - 2.0, y),
        Align2::RIGHT_CENTER,
        &data.value,
        (fonts::mono(fonts::BODY), ink),
    );
    let clip = rect
        .with_max_x(value.left() - 4.0)
        .intersect(painter.clip_rect());
    fonts::write(
        &painter.with_clip_rect(clip),
        Pos2::new(rect.left(), y),
        Align2::LEFT_CENTER,
        &data.label,
        (small, t.tx2),
    );
}

/// Draws the track alone: fill, overrun hatch, warn and limit ticks.
pub fn paint_track(painter: &Painter, t: &Tokens, track: Rect, data: &Gauge) {
    let x = |share: f32| track.left() + track.width() * share;
    painter.rect_filled(track, RADIUS_BAR, t.line);
    let over = track.with_min_x(x(data.at(data.limit)));
    hatch(painter, over, Stroke::new(1.0, t.edge));
    let used = x(data.at(data.used));
    let is_over = data.used > data.limit;
    let ink = if is_over { t.dn } else { t.tx2 };
    painter.rect_filled(track.with_max_x(used), RADIUS_BAR, ink);
    if let Some(then) = data.what_if {
        let then = x(data.at(then));
        let span = track.with_min_x(used.min(then)).with_max_x(used.max(then));
        painter.rect_filled(span, RADIUS_BAR, t.wi);
    }
    let tick = |at: f32, color| {
        let rect = Rect::from_center_size(Pos2::new(at, track.center().y), vec2(2.0, 8.0));
        painter.rect_filled(rect, 0.0, color);
    };
    if let Some(warn) = data.warn {
        tick(x(data.at(warn)), t.warn);
    }
    tick(x(data.at(data.limit)), if is_over { t.tx } else { t.dn });
}

/// Fills `rect` with 45° strokes that stand still on the screen.
pub fn hatch(painter: &Painter, rect: Rect, stroke: Stroke) {
    const EVERY: f32 = 7.0;
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let first = ((rect.left() + rect.top()) / EVERY).floor() as i64;
    let last = ((rect.right() + rect.bottom()) / EVERY).ceil() as i64;
    for index in first..=last {
        let sum = index as f32 * EVERY;
        let ends = [
            Pos2::new(sum - rect.top(), rect.top()),
            Pos2::new(sum - rect.bottom(), rect.bottom()),
        ];
        painter.line_segment(ends, stroke);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(used: f64, limit: f64) -> Gauge {
        Gauge {
            label: "Hedge cost".to_owned(),
            value: String::new(),
            of: String::new(),
            used,
            what_if: None,
            warn: None,
            limit,
            provenance: String::new(),
        }
    }

    #[test]
    fn the_limit_stands_at_two_thirds_and_overruns_end_at_the_edge() {
        let gauge = data(0.16, 0.28);
        assert!((gauge.at(0.28) - 2.0 / 3.0).abs() < 1e-6);
        assert_eq!(gauge.at(9.0), 1.0);
        assert_eq!(gauge.at(-1.0), 0.0);
        assert_eq!(gauge.at(f64::NAN), 0.0);
        assert_eq!(data(1.0, 0.0).at(1.0), 0.0);
    }
}
