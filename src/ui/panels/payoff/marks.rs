//! Marks on the zero line and on the SPX axis: break-evens, the spot, the dragged strike.

use egui::{Align2, Pos2, Shape, Stroke, Ui, pos2, vec2};

use super::lines::{ShownLine, break_evens, expiry_line};
use super::scene::Scene;
use crate::risk::curves::crossings;
use crate::ui::plot::axis::axis_centre;
use crate::ui::plot::{Ink, Label};
use crate::ui::{format, icons};

/// Half the diagonal of the diamond at a break-even of the expiry line.
const DIAMOND: f32 = 4.5;
/// How near the pointer brings back a label that was thinned out.
const HOVER: f32 = 9.0;

/// Break-evens of every shown line: expiry first, then today, then the others while they have room.
pub fn break_even_marks(ui: &Ui, scene: &mut Scene<'_>) {
    let lines = std::mem::take(&mut scene.lines);
    for line in lines.iter().rev() {
        let is_dated = matches!(line.kind, super::lines::LineKind::Dated(_));
        if line.is_expiry() {
            expiry_marks(scene, line);
        } else if is_dated {
            dots(ui, scene, line);
        }
    }
    scene.lines = lines;
}

fn expiry_marks(scene: &mut Scene<'_>, line: &ShownLine) {
    let spots = &scene.ctx.curves.spots;
    let found = break_evens(spots, line);
    let before = former_break_evens(scene);
    let zero = scene.zero();
    for (index, spx) in found.iter().enumerate() {
        let at = pos2(scene.canvas.x(*spx), zero);
        if !scene.canvas.frame.contains(at) {
            continue;
        }
        let is_rising = crate::risk::curves::value_at(spots, &line.values, spx - 1e-3)
            .is_some_and(|left| left < 0.0);
        diamond(scene, at);
        let shift = before.as_ref().filter(|before| before.len() == found.len());
        let shift = shift
            .and_then(|before| before.get(index))
            .map(|old| spx - old);
        expiry_pill(scene, (at, *spx), is_rising, shift);
    }
}

/// Break-evens at expiry before the gesture, while one is under way.
fn former_break_evens(scene: &Scene<'_>) -> Option<Vec<f64>> {
    let before = scene.ctx.before.filter(|_before| scene.gesture.is_some())?;
    let values = scene
        .ctx
        .workspace
        .component
        .of(&expiry_line(&before.curves)?.profit);
    Some(crossings(&before.curves.spots, &values))
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

/// The pill on the loss side of a break-even, and how far a drag moved it.
fn expiry_pill(scene: &mut Scene<'_>, (at, spx): (Pos2, f64), is_rising: bool, shift: Option<f64>) {
    let approx = if scene.depends_on_vix() { "≈" } else { "" };
    let words = format!("{approx}{}", format::fixed(spx, 1));
    let ink = Ink::Outlined(scene.t.edge, scene.t.tx);
    let sides = [
        (vec2(-8.0, 0.0), Align2::RIGHT_CENTER),
        (vec2(8.0, 0.0), Align2::LEFT_CENTER),
    ];
    let order = if is_rising { [0, 1] } else { [1, 0] };
    let frame = scene.canvas.frame;
    let labels =
        order.map(|side| Label::figure(words.clone(), ink, at + sides[side].0, sides[side].1));
    let Some(label) = labels
        .iter()
        .find(|label| {
            let rect = label.rect(&scene.canvas.outer);
            frame.contains_rect(rect) && scene.taken.is_free(rect.shrink(1.0))
        })
        .or(labels.first())
    else {
        return;
    };
    let rect = label
        .clone()
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
        let rect = label.paint(&scene.canvas.painter, &scene.t);
        scene.taken.add(rect);
    }
}

/// Open dots of a line, each with a label when there is room for it or the pointer is near.
fn dots(ui: &Ui, scene: &mut Scene<'_>, line: &ShownLine) {
    let zero = scene.zero();
    let approx = if scene.depends_on_vix() { "≈" } else { "" };
    let pointer = scene.canvas.pointer(ui);
    let is_dragging = scene.gesture.is_some();
    for spx in break_evens(&scene.ctx.curves.spots, line) {
        let at = pos2(scene.canvas.x(spx), zero);
        if !scene.canvas.frame.contains(at) {
            continue;
        }
        let stroke = Stroke::new(1.5, line.look.ink);
        scene.canvas.painter.circle(at, 3.0, scene.t.plot, stroke);
        if is_dragging {
            continue;
        }
        let words = format!("{approx}{}", format::fixed(spx, 0));
        let ink = Ink::Plain(line.look.ink);
        let is_near = pointer.is_some_and(|pointer| pointer.distance(at) < HOVER);
        let places = [
            (vec2(4.0, 5.0), Align2::LEFT_TOP),
            (vec2(-4.0, 5.0), Align2::RIGHT_TOP),
            (vec2(4.0, -5.0), Align2::LEFT_BOTTOM),
        ];
        let labels =
            places.map(|(offset, anchor)| Label::figure(words.clone(), ink, at + offset, anchor));
        let frame = scene.canvas.frame;
        let has_room = line.is_today() || is_near;
        let placed = has_room
            && labels.iter().any(|label| {
                frame.contains_rect(label.rect(&scene.canvas.painter))
                    && scene
                        .taken
                        .paint_if_free(&scene.canvas.painter, &scene.t, label)
            });
        if is_near && !placed {
            let label = Label::figure(
                format!("{} {words}", line.name),
                Ink::Outlined(line.look.ink, line.look.ink),
                at - vec2(0.0, 10.0),
                Align2::CENTER_BOTTOM,
            );
            label
                .inside(&scene.canvas.outer, frame)
                .paint(&scene.canvas.outer, &scene.t);
        }
    }
}

/// The spot's pill, the crosshair's pill and the dragged strike's, on the SPX axis.
pub fn axis_pills(ui: &Ui, scene: &mut Scene<'_>, cursor: Option<f64>) {
    let t = scene.t;
    let spot = scene.ctx.valuation.market.spx;
    let mut wanted = vec![(
        spot,
        format::fixed(spot, 2),
        Ink::Solid(t.accent, t.on_accent),
    )];
    if let Some(spx) = cursor.filter(|_spx| scene.gesture.is_none()) {
        wanted.push((spx, format::fixed(spx, 0), Ink::Outlined(t.tx3, t.tx)));
    }
    for (spx, words) in held_strikes(scene) {
        wanted.push((spx, words, Ink::Outlined(t.accent, t.accent)));
        ruler(ui, scene, spx);
    }
    for (spx, words, ink) in wanted {
        let at = pos2(scene.canvas.x(spx), axis_centre(scene.canvas.frame));
        let frame = scene.canvas.frame;
        if at.x < frame.left() - 1.0 || at.x > frame.right() + 1.0 {
            continue;
        }
        let rect =
            Label::figure(words, ink, at, Align2::CENTER_CENTER).paint(&scene.canvas.outer, &t);
        scene.pills.push(rect);
    }
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
    let stroke = Stroke::new(1.0, scene.t.accent.gamma_multiply(0.7));
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
