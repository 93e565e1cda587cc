//! The heat of the map: colours on the nodes, hatch over losses, and the legend that reads them.

use std::sync::Arc;

use egui::{Align2, Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::chart::Chart;
use super::state::Scene;
use crate::risk::curves::Component;
use crate::risk::joint_map::contour::{Grid, round_levels};
use crate::ui::theme::{Tokens, tokens};
use crate::ui::{fonts, format};

/// How much of the full hue stands at no, a third, two thirds and all of the range.
const STEPS: [f32; 4] = [0.0, 0.30, 0.53, 0.74];
/// Distance of two hatch lines along x, in points.
const HATCH: f32 = 7.0;
/// Length of a hatch line's piece, in points.
const PIECE: f32 = 5.0;
/// Contours that are aimed at besides zero.
const LEVELS: usize = 5;

/// A drawing's identity: it is made anew when any of these changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawingKey {
    revision: u64,
    component: Component,
    frame: Rect,
    t: Tokens,
}

/// What is drawn of the grid, in screen positions.
pub struct Drawing {
    key: DrawingKey,
    mesh: Arc<Mesh>,
    hatch: Vec<[Pos2; 2]>,
    /// Pieces of the zero contour.
    pub zero: Vec<Vec<Pos2>>,
    /// Pieces of the other contours, by level in dollars.
    pub levels: Vec<(f64, Vec<Vec<Pos2>>)>,
}

/// The drawing of this frame, from the last one if nothing changed.
pub fn drawing(scene: &Scene<'_>, chart: &Chart) -> Arc<Drawing> {
    let key = DrawingKey {
        revision: scene.held.revision,
        component: scene.choices.component,
        frame: chart.frame,
        t: chart.t,
    };
    let mut known = scene.held.drawing.lock();
    if let Some(known) = known.as_ref().filter(|known| known.key == key) {
        return Arc::clone(known);
    }
    let grid = scene.map.grid(scene.choices.component);
    let range = grid.range().unwrap_or((0.0, 0.0));
    let lines = |level: f64| -> Vec<Vec<Pos2>> {
        let lines = grid.contour(level).into_iter();
        lines
            .map(|line| line.into_iter().map(|[x, y]| chart.at(x, y)).collect())
            .collect()
    };
    let levels = round_levels(range, LEVELS);
    let made = Arc::new(Drawing {
        key,
        mesh: Arc::new(mesh(chart, grid, range)),
        hatch: hatch(chart, grid),
        zero: lines(0.0),
        levels: levels
            .into_iter()
            .map(|level| (level, lines(level)))
            .collect(),
    });
    *known = Some(Arc::clone(&made));
    made
}

/// Paints colours and hatch.
pub fn paint(scene: &Scene<'_>, chart: &Chart) {
    let drawing = drawing(scene, chart);
    chart.painter.add(Shape::Mesh(Arc::clone(&drawing.mesh)));
    let stroke = hatch_stroke(&chart.t);
    let pieces = drawing.hatch.iter();
    chart
        .painter
        .extend(pieces.map(|piece| Shape::line_segment(*piece, stroke)));
}

/// The colour of a value in a range that holds zero: neutral there, up and down in three steps.
fn ink(t: &Tokens, value: f64, (low, high): (f64, f64)) -> Color32 {
    let (hue, end) = if value < 0.0 {
        (t.dn, low)
    } else {
        (t.up, high)
    };
    let share = if end == 0.0 {
        0.0
    } else {
        (value / end).clamp(0.0, 1.0)
    } as f32;
    let place = 3.0 * share;
    let step = (place.floor() as usize).min(2);
    let mix = STEPS[step] + (place - step as f32) * (STEPS[step + 1] - STEPS[step]);
    t.panel.lerp_to_gamma(hue, mix)
}

fn mesh(chart: &Chart, grid: Grid<'_>, range: (f64, f64)) -> Mesh {
    let mut mesh = Mesh::default();
    let columns = grid.xs.len();
    for (row, vix) in grid.ys.iter().enumerate() {
        for (column, pct) in grid.xs.iter().enumerate() {
            let value = grid.values[row * columns + column];
            mesh.colored_vertex(chart.at(*pct, *vix), ink(&chart.t, value, range));
        }
    }
    for row in 1..grid.ys.len() {
        for column in 1..columns {
            let corner = (row * columns + column) as u32;
            let (left, below) = (corner - 1, corner - columns as u32);
            mesh.add_triangle(below - 1, below, corner);
            mesh.add_triangle(below - 1, corner, left);
        }
    }
    mesh
}

/// The ink over the heat: light on dark, dark on light.
pub fn over_ink(t: &Tokens) -> Color32 {
    if t.is_dark { t.contour } else { t.contour_halo }
}

/// The hatch of losses: the same everywhere, so that it makes no edges of its own.
fn hatch_stroke(t: &Tokens) -> Stroke {
    let share = if t.is_dark { 0.07 } else { 0.11 };
    Stroke::new(1.0, over_ink(t).gamma_multiply(share))
}

/// Hatch at 45° over every loss, standing still in screen space.
fn hatch(chart: &Chart, grid: Grid<'_>) -> Vec<[Pos2; 2]> {
    let frame = chart.frame;
    let is_loss = |at: Pos2| {
        let (pct, vix) = chart.value(at);
        frame.contains(at) && grid.at(pct, vix).is_some_and(|value| value < 0.0)
    };
    let mut pieces: Vec<[Pos2; 2]> = Vec::new();
    let first = ((frame.left() - frame.height()) / HATCH).floor() as i32;
    let last = (frame.right() / HATCH).ceil() as i32;
    let steps = (frame.height() / PIECE).ceil() as usize;
    let along = vec2(PIECE, -PIECE);
    for index in first..=last {
        let foot = pos2(index as f32 * HATCH, frame.bottom());
        let mut run: Option<[Pos2; 2]> = None;
        for step in 0..steps {
            let from = foot + along * step as f32;
            if is_loss(from + along * 0.5) {
                run.get_or_insert([from, from])[1] = from + along;
            } else {
                pieces.extend(run.take());
            }
        }
        pieces.extend(run);
    }
    pieces
}

/// The gradient from the worst to the best, with its ends and zero below.
pub fn legend_bar(painter: &Painter, t: &Tokens, rect: Rect, range: (f64, f64)) {
    let (low, high) = (range.0.min(0.0), range.1.max(0.0));
    if high <= low {
        return;
    }
    let mut mesh = Mesh::default();
    let count = 60;
    for index in 0..=count {
        let share = f64::from(index) / f64::from(count);
        let colour = ink(t, low + share * (high - low), (low, high));
        let x = rect.left() + rect.width() * share as f32;
        mesh.colored_vertex(pos2(x, rect.top()), colour);
        mesh.colored_vertex(pos2(x, rect.bottom()), colour);
        if index > 0 {
            let base = 2 * index as u32;
            mesh.add_triangle(base - 2, base - 1, base);
            mesh.add_triangle(base - 1, base + 1, base);
        }
    }
    painter.add(Shape::mesh(mesh));
    let zero = rect.left() + rect.width() * (-low / (high - low)) as f32;
    crate::ui::widgets::gauge::hatch(painter, rect.with_max_x(zero), hatch_stroke(t));
    painter.rect_stroke(rect, 0, Stroke::new(1.0, t.line), egui::StrokeKind::Outside);
    painter.vline(zero, rect.y_range(), Stroke::new(1.5, t.tx));
    let font = fonts::mono(fonts::SMALL);
    let y = rect.bottom() + 10.0;
    let label = |x: f32, anchor: Align2, value: f64| {
        let words = format::usd_k(value);
        painter.text(pos2(x, y), anchor, words, font.clone(), t.tx2);
    };
    label(rect.left(), Align2::LEFT_CENTER, low);
    label(rect.right(), Align2::RIGHT_CENTER, high);
    if zero > rect.left() + 48.0 && zero < rect.right() - 48.0 {
        label(zero, Align2::CENTER_CENTER, 0.0);
    }
}

/// The range of the component mapped, in dollars.
pub fn range(scene: &Scene<'_>) -> (f64, f64) {
    let grid = scene.map.grid(scene.choices.component);
    grid.range().unwrap_or((0.0, 0.0))
}

/// The legend in one line, where there is no side card.
pub fn legend_line(ui: &Ui, scene: &Scene<'_>, room: Rect) {
    let t = tokens(ui);
    let words = format!(
        "{} P/L from now, hatched = loss",
        scene.choices.component.label()
    );
    let font = fonts::inter(fonts::SMALL);
    let said = ui.painter().text(
        pos2(room.left(), room.top() + 4.0),
        Align2::LEFT_CENTER,
        words,
        font,
        t.tx3,
    );
    let bar = Rect::from_min_max(
        pos2(said.right() + 12.0, room.top() - 1.0),
        pos2(room.right(), room.top() + 8.0),
    );
    legend_bar(ui.painter(), &t, bar, range(scene));
}
