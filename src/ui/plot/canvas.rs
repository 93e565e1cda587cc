//! The canvas: a frame with a view of SPX against a value, and what the user asked of the view.

use egui::{Painter, Pos2, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_plot::{AxisHints, Plot, PlotTransform};

use crate::ui::theme::{RADIUS_PANEL, tokens};

/// Room for the value axis at the left, in points.
pub const LEFT: f32 = 52.0;
/// Room for the labels of the line ends at the right, in points.
pub const RIGHT: f32 = 80.0;
/// Room for the SPX axis below, in points.
pub const BELOW: f32 = 24.0;
/// Narrowest range of SPX that can be zoomed to, in points of the index.
const NARROWEST: f64 = 20.0;
/// Widest range of SPX, as a multiple of its middle.
const WIDEST: f64 = 1.9;
/// Points of scrolling that zoom by a factor of e.
const SCROLL_PER_E: f64 = 320.0;

/// The visible ranges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// SPX from left to right.
    pub x: (f64, f64),
    /// Value from the bottom to the top.
    pub y: (f64, f64),
}

/// How a canvas is shown.
#[derive(Clone, Copy, Debug)]
pub struct CanvasSpec<'a> {
    /// Name of the plot: its identity and its accessible name.
    pub name: &'a str,
    /// Everything including axes and line ends.
    pub area: Rect,
    /// What is visible.
    pub view: View,
    /// Whether the hand pans up and down too, as it should once the user chose the value range.
    pub pans_value: bool,
    /// Whether the view stands still, as during a drag.
    pub is_frozen: bool,
}

/// What the user asked of the view in this frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// Another SPX range.
    pub x: Option<(f64, f64)>,
    /// The same for an axis that does not run along SPX: as asked, with no limit but that it is a range.
    pub x_unlimited: Option<(f64, f64)>,
    /// Another value range.
    pub y: Option<(f64, f64)>,
    /// Everything in view again: a double click.
    pub fit: bool,
}

/// A shown canvas: maps between data and screen, and paints into the frame or around it.
pub struct Canvas {
    /// The frame inside the axes.
    pub frame: Rect,
    /// The frame's response.
    pub response: Response,
    /// What the user asked of the view.
    pub asked: Asked,
    /// Paints inside the frame only.
    pub painter: Painter,
    /// Paints on the axes and over the frame's edges too.
    pub outer: Painter,
    transform: PlotTransform,
}

impl Canvas {
    /// Screen x of an SPX level.
    pub fn x(&self, spx: f64) -> f32 {
        self.transform.position_from_point_x(spx)
    }

    /// Screen y of a value.
    pub fn y(&self, value: f64) -> f32 {
        self.transform.position_from_point_y(value)
    }

    /// Screen position of a value at an SPX level.
    pub fn at(&self, spx: f64, value: f64) -> Pos2 {
        pos2(self.x(spx), self.y(value))
    }

    /// SPX level under a screen x.
    pub fn spx(&self, x: f32) -> f64 {
        self.transform
            .value_from_position(pos2(x, self.frame.center().y))
            .x
    }

    /// Value under a screen y.
    pub fn value(&self, y: f32) -> f64 {
        self.transform
            .value_from_position(pos2(self.frame.center().x, y))
            .y
    }

    /// The visible ranges after this frame's zoom and pan.
    pub fn view(&self) -> View {
        let bounds = self.transform.bounds();
        View {
            x: (bounds.min()[0], bounds.max()[0]),
            y: (bounds.min()[1], bounds.max()[1]),
        }
    }

    /// Screen width of one SPX point.
    pub fn points_per_spx(&self) -> f32 {
        self.transform.dpos_dvalue_x().abs() as f32
    }

    /// The pointer over the frame, unless something floats above it.
    pub fn pointer(&self, ui: &Ui) -> Option<Pos2> {
        let over = ui.input(|i| i.pointer.hover_pos())?;
        (self.frame.contains(over) && self.response.contains_pointer()).then_some(over)
    }
}

/// Paints the ground of a plot panel's body, rounded like the pane at its foot.
pub fn ground(ui: &Ui, body: Rect) {
    let corners = egui::CornerRadius {
        sw: RADIUS_PANEL,
        se: RADIUS_PANEL,
        ..egui::CornerRadius::ZERO
    };
    ui.painter().rect_filled(body, corners, tokens(ui).plot);
}

/// Shows an empty canvas; grid, axes and lines are the caller's.
pub fn canvas(ui: &mut Ui, spec: CanvasSpec<'_>) -> Canvas {
    let place = spec.area.with_max_x(spec.area.right() - RIGHT);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place));
    let View { x, y } = spec.view;
    let is_free = !spec.is_frozen;
    let blank = |_mark, _range: &std::ops::RangeInclusive<f64>| String::new();
    let shown = Plot::new(spec.name)
        .width(place.width())
        .height(place.height())
        .show_background(false)
        .show_grid(false)
        .show_crosshair(false)
        .show_x(false)
        .show_y(false)
        .label_formatter(|_hover| None)
        .custom_x_axes(vec![
            AxisHints::new_x().min_thickness(BELOW).formatter(blank),
        ])
        .custom_y_axes(vec![
            AxisHints::new_y().min_thickness(LEFT).formatter(blank),
        ])
        .allow_drag([is_free, is_free && spec.pans_value])
        .allow_zoom([is_free, false])
        .allow_axis_zoom_drag([is_free, is_free])
        .allow_boxed_zoom(is_free)
        .allow_scroll(false)
        .allow_double_click_reset(false)
        .sense(Sense::CLICK | Sense::DRAG)
        .show(&mut child, |plot| {
            plot.set_plot_bounds_x(x.0..=x.1);
            plot.set_plot_bounds_y(y.0..=y.1);
        });
    let name = spec.name;
    shown
        .response
        .widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
    let mut canvas = Canvas {
        frame: *shown.transform.frame(),
        asked: Asked::default(),
        painter: ui.painter().with_clip_rect(
            shown
                .transform
                .frame()
                .expand2(vec2(0.5, 0.5))
                .intersect(ui.clip_rect()),
        ),
        outer: ui
            .painter()
            .with_clip_rect(spec.area.intersect(ui.clip_rect())),
        response: shown.response,
        transform: shown.transform,
    };
    if is_free {
        canvas.asked = asked(ui, &canvas, spec.view);
    }
    canvas
}

/// What zoom, pan, axis drag, the wheel and a double click made of the view.
fn asked(ui: &Ui, canvas: &Canvas, from: View) -> Asked {
    let now = canvas.view();
    let moved = |(low, high): (f64, f64), (new_low, new_high): (f64, f64)| {
        let slack = 1e-9 * (high - low).abs();
        let is_moved = (low - new_low).abs() > slack || (high - new_high).abs() > slack;
        (is_moved && new_low.is_finite() && new_low < new_high).then_some((new_low, new_high))
    };
    let mut x = moved(from.x, now.x);
    if canvas.response.contains_pointer() {
        let scroll = ui.input(|i| i.smooth_scroll_delta());
        if let Some(pointer) = ui
            .input(|i| i.pointer.hover_pos())
            .filter(|_at| scroll != egui::Vec2::ZERO)
        {
            x = Some(scrolled(
                x.unwrap_or(now.x),
                scroll,
                canvas.spx(pointer.x),
                canvas.points_per_spx(),
            ));
        }
    }
    Asked {
        x: x.map(|range| sane_range(range, from.x)),
        x_unlimited: x.filter(|(low, high)| low.is_finite() && high.is_finite() && low < high),
        y: moved(from.y, now.y),
        fit: canvas.response.double_clicked(),
    }
}

/// The range after the wheel: up and down zoom about `spx`, sideways pans.
fn scrolled(
    (low, high): (f64, f64),
    scroll: egui::Vec2,
    spx: f64,
    points_per_spx: f32,
) -> (f64, f64) {
    let factor = (-f64::from(scroll.y) / SCROLL_PER_E).exp();
    let pan = -f64::from(scroll.x / points_per_spx.max(1e-6));
    (
        spx + (low - spx) * factor + pan,
        spx + (high - spx) * factor + pan,
    )
}

/// Keeps a range positive and neither too narrow nor too wide; `before` answers an impossible one.
fn sane_range((low, high): (f64, f64), before: (f64, f64)) -> (f64, f64) {
    let (width, middle) = (high - low, 0.5 * (low + high));
    let is_sane = low > 0.0 && width >= NARROWEST && width <= WIDEST * middle;
    if is_sane { (low, high) } else { before }
}

#[cfg(test)]
mod tests {
    use super::{sane_range, scrolled};
    use egui::vec2;

    #[test]
    fn the_wheel_zooms_about_the_pointer() {
        let (low, high) = scrolled((5000.0, 7000.0), vec2(0.0, 320.0), 6000.0, 1.0);
        let half = 1000.0 * (-1.0_f64).exp();
        assert!((low - (6000.0 - half)).abs() < 1e-9 && (high - (6000.0 + half)).abs() < 1e-9);
        assert_eq!(
            scrolled((5000.0, 7000.0), vec2(10.0, 0.0), 6000.0, 0.5),
            (4980.0, 6980.0)
        );
    }

    #[test]
    fn ranges_that_show_nothing_are_refused() {
        let before = (5000.0, 7000.0);
        assert_eq!(sane_range((6000.0, 6010.0), before), before);
        assert_eq!(sane_range((-10.0, 900.0), before), before);
        assert_eq!(sane_range((10.0, 90_000.0), before), before);
        assert_eq!(sane_range((5900.0, 6100.0), before), (5900.0, 6100.0));
    }
}
