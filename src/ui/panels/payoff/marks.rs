//! Marks on the zero line and on the SPX axis: break-evens, the spot, the dragged strike.

use egui::{Align2, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::lines::{ShownLine, break_evens, expiry_line};
use super::scene::Scene;
use super::spot;
use crate::risk::curves::{crossings, value_at};
use crate::ui::plot::axis::axis_centre;
use crate::ui::plot::{Ink, Label};
use crate::ui::{format, icons};

/// Half the diagonal of the diamond at a break-even of the expiry line.
const DIAMOND: f32 = 4.5;
/// How near the pointer brings back a label that was thinned out.
const HOVER: f32 = 9.0;

/// One break-even on the zero line.
struct Mark {
    at: Pos2,
    spx: f64,
    /// Where it stands among the break-evens of its line, and how many there are.
    place: (usize, usize),
    line: usize,
}

/// Break-evens of every shown line: expiry first, then today, then the others while they have room.
pub fn break_even_marks(ui: &Ui, scene: &mut Scene<'_>) {
    let lines = std::mem::take(&mut scene.lines);
    let marks = marks(scene, &lines);
    for mark in &marks {
        let line = &lines[mark.line];
        if line.is_expiry() {
            diamond(scene, mark.at);
        } else {
            let stroke = Stroke::new(1.5, line.look.ink);
            let painter = &scene.canvas.painter;
            painter.circle(mark.at, 3.0, scene.t.plot, stroke);
        }
        scene
            .taken
            .add(Rect::from_center_size(mark.at, vec2(7.0, 7.0)));
    }
    let before = former_break_evens(scene);
    for mark in &marks {
        let line = &lines[mark.line];
        if line.is_expiry() {
            let before = before
                .as_ref()
                .filter(|before| before.len() == mark.place.1);
            let shift = before.and_then(|before| before.get(mark.place.0));
            let shift = shift.map(|old| mark.spx - old);
            let left = value_at(line.spots, &line.values, mark.spx - 1e-3);
            expiry_pill(ui, scene, mark, left.is_some_and(|left| left < 0.0), shift);
        } else if scene.gesture.is_none() {
            dot_label(ui, scene, mark, line);
        }
    }
    scene.lines = lines;
}

/// The break-evens in view, of the front line first.
fn marks(scene: &Scene<'_>, lines: &[ShownLine<'_>]) -> Vec<Mark> {
    let zero = scene.zero();
    let mut marks = Vec::new();
    for (line, shown) in lines.iter().enumerate().rev() {
        if !shown.is_own() {
            continue;
        }
        let found = break_evens(shown);
        let count = found.len();
        for (index, spx) in found.into_iter().enumerate() {
            let at = pos2(scene.canvas.x(spx), zero);
            if scene.canvas.frame.contains(at) {
                let place = (index, count);
                marks.push(Mark {
                    at,
                    spx,
                    place,
                    line,
                });
            }
        }
    }
    marks
}

/// Break-evens at expiry before the gesture, while one is under way; else of the book as held in a what-if.
fn former_break_evens(scene: &Scene<'_>) -> Option<Vec<f64>> {
    let curves = if scene.gesture.is_some() {
        &scene.ctx.before?.curves
    } else {
        scene.ctx.what_if?.now_curves
    };
    let component = scene.ctx.workspace.component;
    let values = component.of(&expiry_line(curves)?.profit);
    Some(crossings(&curves.spots, &values))
}

fn diamond(scene: &Scene<'_>, at: Pos2) {
    let corners = vec![
        at - vec2(0.0, DIAMOND),
        at + vec2(DIAMOND, 0.0),
        at + vec2(0.0, DIAMOND),
        at - vec2(DIAMOND, 0.0),
    ];
    let halo = Stroke::new(1.5, scene.t.plot);
    scene
        .canvas
        .painter
        .add(Shape::convex_polygon(corners, scene.t.tx, halo));
}

/// `≈` before a figure that depends on the VIX model.
fn approximately(scene: &Scene<'_>) -> &'static str {
    if scene.depends_on_vix() { "≈" } else { "" }
}

/// The first label with room inside the frame.
fn first_free(scene: &Scene<'_>, labels: impl IntoIterator<Item = Label>) -> Option<Label> {
    let frame = scene.canvas.frame;
    labels.into_iter().find(|label| {
        let rect = label.rect(&scene.canvas.outer);
        frame.contains_rect(rect) && scene.taken.is_free(rect.shrink(1.0))
    })
}

/// The pill of a break-even, on the loss side while it has room there, and how far a drag moved it. Without
/// any room it waits for the pointer.
fn expiry_pill(ui: &Ui, scene: &mut Scene<'_>, mark: &Mark, is_rising: bool, shift: Option<f64>) {
    let words = format!("{}{}", approximately(scene), format::fixed(mark.spx, 1));
    let ink = Ink::Outlined(scene.t.edge, scene.t.tx);
    let loss = if is_rising { -1.0 } else { 1.0 };
    let places = [
        (loss, 0.0),
        (-loss, 0.0),
        (loss, 17.0),
        (loss, -17.0),
        (-loss, 17.0),
        (-loss, -17.0),
    ];
    let label = |side: f32, down: f32| {
        let anchor = if side < 0.0 {
            Align2::RIGHT_CENTER
        } else {
            Align2::LEFT_CENTER
        };
        Label::figure(words.clone(), ink, mark.at + vec2(8.0 * side, down), anchor)
    };
    let free = first_free(scene, places.map(|(side, down)| label(side, down)));
    let is_near = near(ui, scene, mark.at);
    let Some(label) = free.or_else(|| is_near.then(|| label(loss, 0.0))) else {
        return;
    };
    let frame = scene.canvas.frame;
    let rect = label
        .inside(&scene.canvas.outer, frame)
        .paint(&scene.canvas.outer, &scene.t);
    scene.taken.add(rect);
    if let Some(shift) = shift.filter(|shift| shift.abs() >= 0.05) {
        let at = pos2(rect.center().x, rect.bottom() + 2.0);
        let is_better = (shift > 0.0) != is_rising;
        let ink = if is_better { scene.t.up } else { scene.t.dn };
        let label = Label::figure(
            format::signed(shift, 1),
            Ink::Plain(ink),
            at,
            Align2::CENTER_TOP,
        );
        scene
            .taken
            .paint_if_free(&scene.canvas.painter, &scene.t, &label);
    }
}

/// Whether the pointer is at a mark.
fn near(ui: &Ui, scene: &Scene<'_>, at: Pos2) -> bool {
    let pointer = scene.canvas.pointer(ui);
    pointer.is_some_and(|pointer| pointer.distance(at) < HOVER)
}

/// The label of an open dot: today's while it has room, any other's when the pointer is at it.
fn dot_label(ui: &Ui, scene: &mut Scene<'_>, mark: &Mark, line: &ShownLine<'_>) {
    let is_near = near(ui, scene, mark.at);
    if !(line.is_today() || is_near) {
        return;
    }
    let words = format!("{}{}", approximately(scene), format::fixed(mark.spx, 0));
    let ink = line.look.ink;
    let places = [
        (vec2(4.0, 5.0), Align2::LEFT_TOP),
        (vec2(-4.0, 5.0), Align2::RIGHT_TOP),
        (vec2(4.0, -5.0), Align2::LEFT_BOTTOM),
    ];
    let labels = places.map(|(offset, anchor)| {
        Label::figure(words.clone(), Ink::Plain(ink), mark.at + offset, anchor)
    });
    if is_near {
        let words = format!("{} {words}", line.name);
        let at = mark.at - vec2(0.0, 10.0);
        let label = Label::figure(words, Ink::Outlined(ink, ink), at, Align2::CENTER_BOTTOM);
        let rect = label
            .inside(&scene.canvas.outer, scene.canvas.frame)
            .paint(&scene.canvas.outer, &scene.t);
        scene.taken.add(rect);
    } else if let Some(label) = first_free(scene, labels) {
        scene
            .taken
            .add(label.paint(&scene.canvas.painter, &scene.t));
    }
}

/// The spots' pills, the crosshair's pill and the dragged strike's, on the SPX axis.
pub fn axis_pills(ui: &Ui, scene: &mut Scene<'_>, (cursor, spot): (Option<f64>, spot::Attention)) {
    let t = scene.t;
    spot::pills(ui, scene, spot);
    let mut wanted = Vec::new();
    if let Some(spx) = cursor.filter(|_spx| !scene.is_dragging()) {
        wanted.push((spx, format::fixed(spx, 0), Ink::Outlined(t.tx3, t.tx)));
    }
    for (spx, words) in held_strikes(scene) {
        let ink = scene.active_ink();
        wanted.push((spx, words, Ink::Outlined(ink, ink)));
        ruler(ui, scene, spx);
    }
    for (spx, words, ink) in wanted {
        let at = pos2(scene.canvas.x(spx), axis_centre(scene.canvas.frame));
        let frame = scene.canvas.frame;
        if at.x < frame.left() - 1.0 || at.x > frame.right() + 1.0 {
            continue;
        }
        let label = Label::figure(words, ink, at, Align2::CENTER_CENTER);
        let label = beside(scene, label);
        scene.pills.push(label.paint(&scene.canvas.outer, &t));
    }
}

/// A pill moved to the nearer side of those that stand already.
pub fn beside(scene: &Scene<'_>, mut label: Label) -> Label {
    let wanted = label.rect(&scene.canvas.outer);
    let others = scene.pills.iter().filter(|pill| pill.intersects(wanted));
    let taken = others.copied().reduce(Rect::union);
    if let Some(taken) = taken {
        let (left, right) = (
            taken.left() - 2.0 - wanted.right(),
            taken.right() + 2.0 - wanted.left(),
        );
        label.at.x += if -left <= right { left } else { right };
    }
    label
}

/// Strikes under the hand: their place on the SPX axis and their words.
fn held_strikes(scene: &Scene<'_>) -> Vec<(f64, String)> {
    let Some(gesture) = &scene.gesture else {
        return Vec::new();
    };
    let held = scene
        .handles
        .iter()
        .filter(|handle| gesture.holds(handle.position, handle.leg));
    held.map(|handle| (handle.spx, format::strike(handle.strike)))
        .collect()
}

/// A dashed line at a dragged strike, and the listed strikes around it as ticks.
fn ruler(ui: &Ui, scene: &Scene<'_>, spx: f64) {
    let frame = scene.canvas.frame;
    let snap = |x: f32| icons::snap(ui, pos2(x, 0.0)).x;
    let x = snap(scene.canvas.x(spx));
    let stroke = Stroke::new(1.0, scene.active_ink().gamma_multiply(0.7));
    let way = [pos2(x, frame.top()), pos2(x, frame.bottom())];
    scene
        .canvas
        .painter
        .extend(Shape::dashed_line(&way, stroke, 2.0, 3.0));
    let Some(handle) = scene.handles.iter().find(|handle| handle.spx == spx) else {
        return;
    };
    let root = handle.contract.root();
    let days = handle
        .contract
        .days_to_expiry(scene.ctx.valuation.market.as_of);
    let step = root.strike_step_points(handle.strike, days) / root.index_scale();
    let first = root.snap_strike(handle.strike, days) / root.index_scale();
    if scene.canvas.points_per_spx() * (step as f32) < 2.0 {
        return;
    }
    for index in -8..=8_i32 {
        let x = scene.canvas.x(first + f64::from(index) * step);
        let fade = 1.0 - index.unsigned_abs() as f32 / 10.0;
        let long = if index % 2 == 0 { 6.0 } else { 4.0 };
        let ticks = frame.bottom() - long..=frame.bottom();
        scene.canvas.painter.vline(
            snap(x),
            ticks,
            Stroke::new(1.0, scene.t.tx3.gamma_multiply(fade)),
        );
    }
}
