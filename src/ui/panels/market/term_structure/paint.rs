//! The plot from back to front: areas, spot, median, ghost, today's curve, tenors, handles and figures.

use egui::{Align2, Color32, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::handles::{Attention, Handle, Look};
use super::{Scene, Tenor, sample_days};
use crate::instrument::LayerKind;
use crate::market::vix_curve::median_price;
use crate::market::{CurveSource, VixCurve};
use crate::ui::plot::line::{LineLook, stroke};
use crate::ui::plot::line_end::{LineEnd, line_ends};
use crate::ui::plot::{Ink, Label, axis, fill};
use crate::ui::{fonts, format, icons};

/// Radius of a handle, in points.
const RADIUS: f32 = 5.5;
/// Radius of the halo around a handle in focus.
const HALO: f32 = 11.0;
/// Half the diagonal of a tenor's diamond: its corners stand out behind a handle.
const DIAMOND: f32 = 13.0;

/// Paints everything but the card of a drag.
pub(super) fn paint(ui: &Ui, scene: &mut Scene<'_>, attention: &Attention) {
    axis::grid(ui, &scene.canvas);
    let today = scene.line_of(scene.curve);
    areas(scene, &today);
    spot(ui, scene);
    median(scene);
    ghost(scene);
    curve(scene, &today);
    spot_name(scene, &today);
    for tenor in scene.tenors.clone() {
        diamond(scene, &tenor);
    }
    let pill = readout(ui, scene, attention);
    let handles = scene.handles.clone();
    for (handle, look) in handles.iter().zip(&attention.looks) {
        grip(scene, handle, *look);
        let ground = Rect::from_center_size(handle.at, vec2(14.0, 14.0));
        scene.taken.add(ground);
    }
    let order = |look: &Look| u8::from(!(look.is_active || look.is_hovered));
    let mut named: Vec<(&Handle, &Look)> = handles.iter().zip(&attention.looks).collect();
    named.sort_by_key(|(_handle, look)| order(look));
    for (handle, look) in named {
        price(scene, handle, *look);
    }
    for tenor in scene.tenors.clone() {
        tenor_name(scene, &tenor);
    }
    axis::figures(
        ui,
        &scene.canvas,
        |value| format::trimmed(value, 2),
        pill.as_slice(),
    );
    let frame = scene.canvas.frame;
    fonts::write(
        &scene.canvas.outer,
        pos2(frame.left() - 12.0, axis::axis_centre(frame)),
        Align2::RIGHT_CENTER,
        "Days",
        (fonts::inter(fonts::SMALL), scene.t.tx3),
    );
}

/// Contango above spot VIX, backwardation hatched below.
fn areas(scene: &Scene<'_>, today: &[Pos2]) {
    let zero = scene.canvas.y(scene.curve.spot);
    let painter = &scene.canvas.painter;
    let contango = scene.t.accent.gamma_multiply(0.10);
    fill::profit_and_loss(painter, today, zero, (contango, Color32::TRANSPARENT));
    let hatch = Stroke::new(1.0, scene.t.accent.gamma_multiply(0.30));
    fill::hatch_loss(painter, today, zero, hatch);
}

fn spot(ui: &Ui, scene: &Scene<'_>) {
    let (frame, vix) = (scene.canvas.frame, scene.curve.spot);
    let y = icons::snap(ui, pos2(0.0, scene.canvas.y(vix))).y;
    let ink = scene.t.accent.gamma_multiply(0.55);
    let painter = &scene.canvas.painter;
    painter.hline(frame.x_range(), y, Stroke::new(1.0, ink));
    painter.circle_filled(pos2(frame.left(), y), 4.0, scene.t.accent);
}

/// Spot VIX in words, on the side of its line that the curve leaves free.
fn spot_name(scene: &mut Scene<'_>, today: &[Pos2]) {
    let frame = scene.canvas.frame;
    let at = pos2(frame.left() + 8.0, scene.canvas.y(scene.curve.spot));
    let falls = today.get(1).is_some_and(|next| next.y > at.y);
    let (step, anchor) = if falls {
        (-4.0, Align2::LEFT_BOTTOM)
    } else {
        (4.0, Align2::LEFT_TOP)
    };
    let label = Label::figure(
        format!("VIX {}", format::points(scene.curve.spot)),
        Ink::Plain(scene.t.accent),
        at + vec2(0.0, step),
        anchor,
    )
    .inside(&scene.canvas.outer, frame);
    scene.taken.add(label.paint(&scene.canvas.outer, &scene.t));
}

fn median(scene: &Scene<'_>) {
    let (frame, vix) = (scene.canvas.frame, scene.curve.spot);
    let end = scene.canvas.view().x.1;
    let line: Vec<Pos2> = sample_days(end)
        .map(|days| scene.canvas.at(days, median_price(vix, days)))
        .collect();
    let look = LineLook::dashed(scene.t.cond, 1.25, (3.0, 3.0));
    stroke(&scene.canvas.painter, frame, &line, look);
}

fn ghost(scene: &Scene<'_>) {
    if let Some(gesture) = &scene.gesture {
        let look = LineLook::dashed(scene.t.tx3, 1.5, (2.0, 3.0));
        let line = scene.line_of(&gesture.ghost);
        stroke(&scene.canvas.painter, scene.canvas.frame, &line, look);
    }
}

/// Today's curve, dashed where it is flat beyond the last future; then the names of both lines.
fn curve(scene: &Scene<'_>, today: &[Pos2]) {
    let frame = scene.canvas.frame;
    let width = if scene.gesture.is_some() { 2.25 } else { 2.0 };
    let look = LineLook::solid(scene.t.accent, width);
    stroke(&scene.canvas.painter, frame, today, look);
    let Some(last) = today.last() else {
        return;
    };
    let beyond = [*last, pos2(frame.right(), last.y)];
    let look = LineLook::dashed(scene.t.accent, 1.25, (2.0, 3.0));
    stroke(&scene.canvas.painter, frame, &beyond, look);
    let mut ends = vec![LineEnd {
        words: "Today".to_owned(),
        ink: scene.t.accent,
        is_strong: true,
        y: last.y,
    }];
    if scene.curve.source != CurveSource::MedianForVix {
        let end = median_price(scene.curve.spot, scene.canvas.view().x.1);
        ends.push(LineEnd {
            words: "Median".to_owned(),
            ink: scene.t.tx3,
            is_strong: false,
            y: scene.canvas.y(end),
        });
    }
    line_ends(&scene.canvas, &scene.t, ends);
}

fn diamond(scene: &Scene<'_>, tenor: &Tenor) {
    let at = scene.canvas.at(tenor.days, tenor.price);
    let corners = [
        vec2(0.0, -DIAMOND),
        vec2(DIAMOND, 0.0),
        vec2(0.0, DIAMOND),
        vec2(-DIAMOND, 0.0),
    ];
    let points = corners.iter().map(|corner| at + *corner).collect();
    let outline = Stroke::new(1.5, scene.t.plot);
    let ink = layer_ink(scene, tenor.layer);
    let shape = Shape::convex_polygon(points, ink, outline);
    scene.canvas.painter.add(shape);
}

fn layer_ink(scene: &Scene<'_>, layer: LayerKind) -> Color32 {
    let index = LayerKind::ALL.iter().position(|kind| *kind == layer);
    scene.t.layer(index.unwrap_or_default())
}

/// `First 18.40` on a pill below its diamond, or where there is room.
fn tenor_name(scene: &mut Scene<'_>, tenor: &Tenor) {
    let at = scene.canvas.at(tenor.days, tenor.price);
    let words = format!(
        "{} {}",
        tenor.layer.short_label(),
        format::points(tenor.price)
    );
    let ink = Ink::Outlined(layer_ink(scene, tenor.layer), scene.t.tx);
    let places = [
        (vec2(0.0, 15.0), Align2::CENTER_TOP),
        (vec2(14.0, 8.0), Align2::LEFT_TOP),
        (vec2(-14.0, 8.0), Align2::RIGHT_TOP),
        (vec2(0.0, 32.0), Align2::CENTER_TOP),
        (vec2(0.0, -32.0), Align2::CENTER_BOTTOM),
    ];
    let painter = scene.canvas.outer.clone();
    for (step, anchor) in places {
        let label =
            Label::figure(&words, ink, at + step, anchor).inside(&painter, scene.canvas.frame);
        if scene.taken.paint_if_free(&painter, &scene.t, &label) {
            return;
        }
    }
}

/// Filled where the price is the user's own, hollow where it is assumed.
fn grip(scene: &Scene<'_>, handle: &Handle, look: Look) {
    let (t, painter) = (&scene.t, &scene.canvas.painter);
    let ink = if look.is_active { t.accent } else { t.tx };
    if look.is_active {
        painter.circle_filled(handle.at, HALO, t.accent.gamma_multiply(0.22));
    } else if look.is_hovered {
        painter.circle_filled(handle.at, HALO, t.tx.gamma_multiply(0.12));
    }
    let radius = if look.is_hovered {
        RADIUS + 1.0
    } else {
        RADIUS
    };
    painter.circle_filled(handle.at, radius + 1.5, t.plot);
    if handle.is_assumed {
        painter.circle(handle.at, radius - 1.0, t.plot, Stroke::new(2.0, ink));
    } else {
        painter.circle_filled(handle.at, radius, ink);
    }
}

/// The price above its handle, and of the one in hand its expiry too.
fn price(scene: &mut Scene<'_>, handle: &Handle, look: Look) {
    let is_looked_at = look.is_active || look.is_hovered;
    let ink = if look.is_active {
        scene.t.accent
    } else {
        scene.t.tx
    };
    let words = if is_looked_at {
        format!(
            "{} {}",
            format::date(handle.expiry),
            format::points(handle.price)
        )
    } else {
        format::points(handle.price)
    };
    let painter = scene.canvas.outer.clone();
    let place = |step: f32, anchor| {
        Label::figure(&words, Ink::Plain(ink), handle.at + vec2(0.0, step), anchor)
            .inside(&painter, scene.canvas.frame)
    };
    let order = [
        place(-13.0, Align2::CENTER_BOTTOM),
        place(13.0, Align2::CENTER_TOP),
    ];
    for label in &order {
        if scene.taken.paint_if_free(&painter, &scene.t, label) {
            return;
        }
    }
    if is_looked_at {
        let ground = order[0].paint(&painter, &scene.t);
        scene.taken.add(ground);
    }
}

/// The curve under the pointer, in words at the foot and on a pill; nothing while a handle is looked at.
fn readout(ui: &Ui, scene: &mut Scene<'_>, attention: &Attention) -> Option<Rect> {
    let is_busy = scene.gesture.is_some() || attention.looks.iter().any(|look| look.is_hovered);
    let pointer = scene.canvas.pointer(ui).filter(|_at| !is_busy)?;
    let days = scene.canvas.spx(pointer.x).max(0.0);
    let curve: &VixCurve = scene.curve;
    let (price, median) = (curve.price(days), median_price(curve.spot, days));
    let frame = scene.canvas.frame;
    let x = icons::snap(ui, pos2(scene.canvas.x(days), 0.0)).x;
    let at = pos2(x, scene.canvas.y(price));
    let painter = &scene.canvas.painter;
    painter.vline(x, frame.y_range(), Stroke::new(1.0, scene.t.tx3));
    painter.circle(at, 3.0, scene.t.accent, Stroke::new(1.5, scene.t.plot));
    let words = format!(
        "{}, median {}",
        format::points(price),
        format::points(median)
    );
    let label = Label::figure(
        words,
        Ink::Plain(scene.t.tx),
        pos2(x + 6.0, frame.bottom() - 4.0),
        Align2::LEFT_BOTTOM,
    )
    .inside(&scene.canvas.outer, frame);
    scene.taken.add(label.paint(&scene.canvas.outer, &scene.t));
    let centre = pos2(x, axis::axis_centre(frame));
    let ink = Ink::Outlined(scene.t.tx3, scene.t.tx);
    let pill = Label::figure(
        format!("{} d", format::fixed(days, 0)),
        ink,
        centre,
        Align2::CENTER_CENTER,
    );
    Some(pill.paint(&scene.canvas.outer, &scene.t))
}
