//! A figure with its name: label left, value and unit right, provenance on hover.

use egui::{Align2, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::hint;
use super::now_then::NowThen;
use crate::ui::fonts;
use crate::ui::theme::{RADIUS_BAR, Tone, tokens};

/// Height of a metric row, in points.
pub const METRIC_ROW: f32 = 20.0;

/// One figure of the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metric {
    /// Name, in sentence case.
    pub label: String,
    /// Figure as text; in a what-if as it is and as it would be.
    pub value: NowThen,
    /// Unit after the figure; empty when the figure carries it.
    pub unit: String,
    /// Colour of the figure.
    pub tone: Tone,
    /// Where the figure comes from: mark or model, source, as-of, formula. Shown on hover.
    pub provenance: String,
    /// The figure rests on stale or extrapolated data and is greyed.
    pub is_stale: bool,
}

impl Metric {
    /// A plain figure.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self::compared(label, NowThen::plain(value))
    }

    /// A figure that a what-if may move.
    pub fn compared(label: impl Into<String>, value: NowThen) -> Self {
        Self {
            label: label.into(),
            value,
            ..Self::default()
        }
    }

    /// With a unit.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// With a tone.
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// With what it says on hover.
    pub fn provenance(mut self, provenance: impl Into<String>) -> Self {
        self.provenance = provenance.into();
        self
    }

    /// Greyed because it rests on stale data.
    pub const fn stale(mut self, is_stale: bool) -> Self {
        self.is_stale = is_stale;
        self
    }
}

/// One metric over the available width.
pub fn metric_row(ui: &mut Ui, metric: &Metric) -> Response {
    let size = vec2(ui.available_width(), METRIC_ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    paint_metric(ui, rect, metric);
    finish(response, metric)
}

/// Metrics in two columns, filled row by row.
pub fn metric_grid(ui: &mut Ui, metrics: &[Metric]) {
    const GUTTER: f32 = 20.0;
    let rows = metrics.len().div_ceil(2);
    let width = ui.available_width();
    let (area, _space) =
        ui.allocate_exact_size(vec2(width, rows as f32 * METRIC_ROW), Sense::hover());
    let column = ((width - GUTTER) / 2.0).max(0.0);
    for (index, metric) in metrics.iter().enumerate() {
        let corner = vec2(
            (index % 2) as f32 * (column + GUTTER),
            (index / 2) as f32 * METRIC_ROW,
        );
        let rect = Rect::from_min_size(area.min + corner, vec2(column, METRIC_ROW));
        let id = ui.make_persistent_id(("metric", index, &metric.label));
        paint_metric(ui, rect, metric);
        finish(ui.interact(rect, id, Sense::hover()), metric);
    }
}

/// A share as a thin bar between its name and its figure: `Probability of profit ▬▬▬── 74.2 %`.
///
/// `share` is 0 to 1; what lies outside is drawn at the end.
pub fn meter(ui: &mut Ui, metric: &Metric, share: f32) -> Response {
    let size = vec2(ui.available_width(), METRIC_ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let (label, value) = paint_metric(ui, rect, metric);
    let t = tokens(ui);
    let track = Rect::from_min_max(
        Pos2::new(label.right() + 8.0, rect.center().y - 2.0),
        Pos2::new(value.left() - 8.0, rect.center().y + 2.0),
    );
    if track.width() > 8.0 {
        ui.painter().rect_filled(track, RADIUS_BAR, t.line);
        let share = if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        };
        let fill = track.with_max_x(track.left() + track.width() * share);
        ui.painter().rect_filled(fill, RADIUS_BAR, t.tx2);
    }
    finish(response, metric)
}

fn finish(response: Response, metric: &Metric) -> Response {
    let value = format!("{} {} {}", metric.label, metric.value.words(), metric.unit);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, value.trim_end()));
    hint(
        response,
        &metric.label,
        &metric.value.hint_with(&metric.provenance),
    )
}

/// Draws label and figure, and returns where they stand.
fn paint_metric(ui: &Ui, rect: Rect, metric: &Metric) -> (Rect, Rect) {
    let t = tokens(ui);
    let painter = ui.painter();
    let small = fonts::inter(fonts::SMALL);
    let mut right = rect.right();
    if !metric.unit.is_empty() {
        let at = Pos2::new(right, rect.center().y);
        let unit = fonts::write(
            painter,
            at,
            Align2::RIGHT_CENTER,
            &metric.unit,
            (small.clone(), t.tx3),
        );
        right = unit.left() - 2.0;
    }
    let ink = if metric.is_stale {
        t.tx3
    } else {
        t.text(metric.tone)
    };
    let place = (Pos2::new(right, rect.center().y), Align2::RIGHT_CENTER);
    let look = (fonts::mono(fonts::SMALL), fonts::mono(fonts::BODY), ink);
    let value = metric.value.paint(painter, &t, place, look);
    let room = rect.with_max_x((value.left() - 4.0).max(rect.left()));
    let clipped = painter.with_clip_rect(room.intersect(ui.clip_rect()));
    let at = rect.left_center();
    let label = fonts::write(
        &clipped,
        at,
        Align2::LEFT_CENTER,
        &metric.label,
        (small, t.tx2),
    );
    (label, value)
}
