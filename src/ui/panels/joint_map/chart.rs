//! The frame of the map: where a move and a VIX level stand on the screen, and the axes around it.

use egui::epaint::TextShape;
use egui::{
    Align2, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
};

use super::state::Scene;
use crate::ui::plot::axis::ticks;
use crate::ui::theme::{Tokens, tokens};
use crate::ui::{fonts, format, icons};

/// Room at the left for the VIX axis and its title.
const LEFT: f32 = 64.0;
/// Room above the frame.
const ABOVE: f32 = 16.0;
/// Room below for the figures of the SPX axis.
const BELOW: f32 = 24.0;
/// Room below for the title of the SPX axis, where the panel is tall enough; else it stands in the corner.
const TITLE: f32 = 16.0;
/// Height from which the title of the SPX axis has a line of its own.
const TALL: f32 = 400.0;

/// A shown frame.
pub struct Chart {
    /// The frame inside the axes.
    pub frame: Rect,
    /// Paints inside the frame.
    pub painter: Painter,
    /// Paints around it too.
    pub outer: Painter,
    /// The colours.
    pub t: Tokens,
    x: (f64, f64),
    y: (f64, f64),
    has_title: bool,
}

/// Closest distance of two ticks ten points of VIX apart, in points.
const VIX_TICKS: f32 = 18.0;

/// Every ten points of VIX; in a frame too low for that every round step that fits.
fn vix_ticks((low, high): (f64, f64), height: f32) -> Vec<f64> {
    let step = 10.0;
    let apart = height * (step / (high - low)) as f32;
    if apart < VIX_TICKS {
        return ticks((low, high), height, VIX_TICKS + 8.0);
    }
    let (first, last) = ((low / step).ceil() as i32, (high / step).floor() as i32);
    (first..=last).map(|tick| f64::from(tick) * step).collect()
}

fn share(value: f64, (low, high): (f64, f64)) -> f32 {
    ((value - low) / (high - low)) as f32
}

impl Chart {
    /// The frame inside an area.
    pub fn new(ui: &Ui, scene: &Scene<'_>, area: Rect) -> Self {
        let has_title = area.height() >= TALL;
        let below = BELOW + if has_title { TITLE } else { 0.0 };
        let min = icons::snap(ui, area.min + egui::vec2(LEFT, ABOVE));
        let max = icons::snap(ui, area.max - egui::vec2(16.0, below));
        let frame = Rect::from_min_max(min, max);
        Self {
            frame,
            painter: ui.painter().with_clip_rect(frame.intersect(ui.clip_rect())),
            outer: ui.painter().clone(),
            t: tokens(ui),
            x: scene.x(),
            y: scene.y(),
            has_title,
        }
    }

    /// Screen x of an SPX move in %.
    pub fn x(&self, spx_pct: f64) -> f32 {
        self.frame.left() + self.frame.width() * share(spx_pct, self.x)
    }

    /// Screen y of a VIX level.
    pub fn y(&self, vix: f64) -> f32 {
        self.frame.bottom() - self.frame.height() * share(vix, self.y)
    }

    /// Screen position of an SPX move in % and a VIX level.
    pub fn at(&self, spx_pct: f64, vix: f64) -> Pos2 {
        pos2(self.x(spx_pct), self.y(vix))
    }

    /// SPX move in % and VIX under a screen position, kept inside the frame.
    pub fn value(&self, at: Pos2) -> (f64, f64) {
        let at = self.frame.clamp(at);
        let across = f64::from((at.x - self.frame.left()) / self.frame.width());
        let up = f64::from((self.frame.bottom() - at.y) / self.frame.height());
        (
            self.x.0 + across * (self.x.1 - self.x.0),
            self.y.0 + up * (self.y.1 - self.y.0),
        )
    }

    /// A point moved into the ranges of the axes.
    pub fn clamp(&self, (spx_pct, vix): (f64, f64)) -> (f64, f64) {
        (
            spx_pct.clamp(self.x.0, self.x.1),
            vix.clamp(self.y.0, self.y.1),
        )
    }

    /// Whether a point lies inside the frame.
    pub fn holds(&self, spx_pct: f64, vix: f64) -> bool {
        (self.x.0..=self.x.1).contains(&spx_pct) && (self.y.0..=self.y.1).contains(&vix)
    }

    /// The ground of the frame: hovering reads it, a double click puts the point there.
    pub fn background(&self, ui: &Ui) -> Response {
        let id = egui::Id::unique("palisade_joint_map_frame");
        let response = ui.interact(self.frame, id, Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Map of SPX moves and VIX"));
        response
    }

    /// The frame's edge, ticks and figures; those that a pill would cover are left out.
    pub fn axes(&self, ui: &Ui, pills: &[Rect]) {
        let stroke = Stroke::new(1.0, self.t.edge);
        self.outer
            .rect_stroke(self.frame, 0, stroke, StrokeKind::Outside);
        let font = fonts::mono(fonts::SMALL);
        let label = |words: String, at: Pos2, anchor: Align2| {
            let galley = self.outer.layout_no_wrap(words, font.clone(), self.t.tx3);
            let rect = anchor.anchor_size(at, galley.size());
            if pills.iter().all(|pill| !pill.expand(3.0).intersects(rect)) {
                self.outer.galley(rect.min, galley, self.t.tx3);
            }
        };
        for vix in vix_ticks(self.y, self.frame.height()) {
            let y = icons::snap(ui, pos2(0.0, self.y(vix))).y;
            self.outer
                .hline(self.frame.left() - 4.0..=self.frame.left(), y, stroke);
            let at = pos2(self.frame.left() - 8.0, y);
            label(format::trimmed(vix, 1), at, Align2::RIGHT_CENTER);
        }
        for pct in ticks(self.x, self.frame.width(), 76.0) {
            let x = icons::snap(ui, pos2(self.x(pct), 0.0)).x;
            self.outer
                .vline(x, self.frame.bottom()..=self.frame.bottom() + 4.0, stroke);
            let words = if pct == 0.0 {
                "0".to_owned()
            } else {
                format!("{}%", format::signed(pct, 0))
            };
            label(words, pos2(x, self.axis_y()), Align2::CENTER_CENTER);
        }
        self.titles();
    }

    /// Screen y of the figures below the frame.
    pub fn axis_y(&self) -> f32 {
        self.frame.bottom() + 13.0
    }

    fn titles(&self) {
        let font = fonts::inter(fonts::SMALL);
        let words = "VIX after the shock, curve follows".to_owned();
        let galley = self.outer.layout_no_wrap(words, font.clone(), self.t.tx3);
        let at = pos2(
            self.frame.left() - LEFT + 4.0,
            self.frame.center().y + galley.size().x / 2.0,
        );
        let turned =
            TextShape::new(at, galley, self.t.tx3).with_angle(-std::f32::consts::FRAC_PI_2);
        self.outer.add(turned);
        // in a low panel the corner below the VIX axis is free
        let (at, anchor) = if self.has_title {
            let below = pos2(self.frame.center().x, self.axis_y() + 17.0);
            (below, Align2::CENTER_CENTER)
        } else {
            let corner = pos2(self.frame.left() - 8.0, self.axis_y());
            (corner, Align2::RIGHT_CENTER)
        };
        self.outer.text(at, anchor, "SPX move", font, self.t.tx3);
    }
}

#[cfg(test)]
mod tests {
    use super::vix_ticks;

    #[test]
    fn vix_is_ticked_by_ten_where_that_fits() {
        assert_eq!(
            vix_ticks((9.0, 52.0), 200.0),
            [10.0, 20.0, 30.0, 40.0, 50.0]
        );
        assert_eq!(vix_ticks((9.0, 52.0), 52.0), [25.0, 50.0]);
    }
}
