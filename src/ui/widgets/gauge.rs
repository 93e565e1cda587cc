//! A budget as a bar: how much is used, where it warns, where it ends.

use egui::{Align2, Painter, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::elided::elided;
use super::hint;
use super::now_then::NowThen;
use crate::ui::fonts;
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{RADIUS_BAR, Tokens, tokens};

/// Height of a gauge with its words, in points.
pub const GAUGE_HEIGHT: f32 = 28.0;

/// What a gauge shows. `used`, `warn` and `limit` are in one unit, whatever it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Gauge {
    /// Name of the budget.
    pub label: String,
    /// The used part as text: `16`; in a what-if both parts.
    pub value: NowThen,
    /// Unit and limit as text: `% of 28 %`.
    pub of: String,
    /// How much is used as the book is held.
    pub used: f64,
    /// How much a what-if uses; `None` outside one.
    pub what_if: Option<f64>,
    /// Where attention begins.
    pub warn: Option<f64>,
    /// Where the budget ends; above zero.
    pub limit: f64,
    /// Shown on hover.
    pub provenance: String,
}

impl Gauge {
    /// Whether what is shown exceeds the budget.
    fn is_over(&self) -> bool {
        self.what_if.unwrap_or(self.used) > self.limit
    }

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
    let name = format!("{} {} {}", data.label, data.value.words(), data.of);
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, &name));
    hint(
        response,
        &data.label,
        &data.value.hint_with(&data.provenance),
    )
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
    let ink = if data.is_over() { t.dn } else { t.tx };
    let font = fonts::mono(fonts::BODY);
    let place = (Pos2::new(of.left() - 2.0, y), Align2::RIGHT_CENTER);
    let value = data
        .value
        .paint(painter, t, place, (font.clone(), font, ink));
    let value = if data.is_over() && data.value.is_moved() {
        // the violet figure says nothing of the breach
        let at = Pos2::new(value.left() - 10.0, y);
        let icon = Rect::from_center_size(at, vec2(12.0, 12.0));
        icons::paint(painter, icon, Icon::Breach, t.dn);
        value.union(icon)
    } else {
        value
    };
    let room = Rect::from_min_max(
        Pos2::new(rect.left(), rect.top()),
        Pos2::new((value.left() - 4.0).max(rect.left()), rect.top() + 16.0),
    );
    elided(painter, room, &data.label, small, t.tx2);
}

/// Draws the track alone: fill, overrun hatch, warn and limit ticks.
pub fn paint_track(painter: &Painter, t: &Tokens, track: Rect, data: &Gauge) {
    let x = |share: f32| track.left() + track.width() * share;
    painter.rect_filled(track, RADIUS_BAR, t.line);
    let over = track.with_min_x(x(data.at(data.limit)));
    hatch(painter, over, Stroke::new(1.0, t.edge));
    let used = x(data.at(data.used));
    let is_over = data.is_over();
    let ink = if is_over { t.dn } else { t.tx2 };
    let tick = |at: f32, color| {
        let rect = Rect::from_center_size(Pos2::new(at, track.center().y), vec2(2.0, 8.0));
        painter.rect_filled(rect, 0.0, color);
    };
    match data.what_if.map(|then| x(data.at(then))) {
        None => {
            painter.rect_filled(track.with_max_x(used), RADIUS_BAR, ink);
        }
        Some(then) => {
            painter.rect_filled(track.with_max_x(used.min(then)), RADIUS_BAR, t.tx2);
            let span = track.with_min_x(used.min(then)).with_max_x(used.max(then));
            let share = if then >= used { 1.0 } else { 0.45 };
            painter.rect_filled(span, RADIUS_BAR, t.wi.gamma_multiply(share));
            // where the book as held stands
            tick(used, t.tx);
        }
    }
    if let Some(warn) = data.warn {
        tick(x(data.at(warn)), t.warn);
    }
    let is_lost_in_red = is_over && data.what_if.is_none();
    let limit = if is_lost_in_red { t.tx } else { t.dn };
    tick(x(data.at(data.limit)), limit);
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
            value: NowThen::default(),
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
