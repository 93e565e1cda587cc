//! What lies behind the labels: expected-move bands, profit and loss areas, the stress band, ghosts and lines.

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2};

use super::lines::{GHOST_DASH, LineKind, expiry_line};
use super::scene::Scene;
use super::spot;
use crate::instrument::{PositionId, Wings};
use crate::risk::curves::{Component, LineDate};
use crate::ui::icons;
use crate::ui::plot::line::{self, LineLook};
use crate::ui::plot::{Ink, Label, axis, fill};

/// Paints everything behind the labels.
pub fn paint(ui: &Ui, scene: &Scene<'_>, spot: spot::Attention) {
    sigma_bands(ui, scene);
    axis::grid(ui, &scene.canvas);
    areas(scene);
    if scene.gesture.is_none() {
        stress_bands(scene);
    }
    ghosts(scene);
    preview(scene);
    for (shown, polyline) in scene.lines.iter().zip(&scene.polylines) {
        let mut look = shown.look;
        if scene.gesture.is_some() && shown.is_expiry() {
            look.width = 2.25;
        }
        line::stroke(&scene.canvas.painter, scene.canvas.frame, polyline, look);
    }
    spot::paint(ui, scene, spot);
}

/// Expected moves of the nearest condor held around the real spot: low and high of one and of two. A what-if
/// leaves them where they are: they are the market's, and not assumed.
fn sigma_edges(scene: &Scene<'_>) -> Option<[(f64, f64); 2]> {
    let valuation = scene.ctx.real_valuation();
    let condors = valuation.condors.iter().filter(|condor| condor.years > 0.0);
    let nearest = condors.min_by(|a, b| a.years.total_cmp(&b.years))?;
    let spot = valuation.market.spx;
    let one = nearest.expected_move_points / index_scale(scene, nearest.position);
    let edges = [
        (spot - one, spot + one),
        (spot - 2.0 * one, spot + 2.0 * one),
    ];
    (one > 0.0 && one.is_finite()).then_some(edges)
}

/// Points of a position's index per SPX point.
fn index_scale(scene: &Scene<'_>, position: PositionId) -> f64 {
    let campaign = scene
        .ctx
        .what_if
        .map_or(scene.ctx.campaign, |view| view.campaign);
    let wings = campaign.position(position).and_then(Wings::of);
    wings.map_or(1.0, |wings| wings.put.short.contract.root().index_scale())
}

fn sigma_bands(ui: &Ui, scene: &Scene<'_>) {
    let (painter, frame) = (&scene.canvas.painter, scene.canvas.frame);
    for (low, high) in sigma_edges(scene).into_iter().flatten() {
        let (left, right) = (scene.canvas.x(low), scene.canvas.x(high));
        let band = Rect::from_x_y_ranges(left..=right, frame.y_range()).intersect(frame);
        if band.is_positive() {
            painter.rect_filled(band, 0, scene.t.sigma_fill());
        }
        for x in [left, right] {
            let x = icons::snap(ui, pos2(x, 0.0)).x;
            let way = [pos2(x, frame.top()), pos2(x, frame.bottom())];
            let stroke = Stroke::new(1.0, scene.t.edge);
            painter.extend(Shape::dashed_line(&way, stroke, 2.0, 4.0));
        }
    }
}

/// Screen x of what runs down through the top of the frame: the spots and the leaders of flags.
fn uprights(scene: &Scene<'_>) -> Vec<f32> {
    let spots = [scene.real_spot(), scene.ctx.valuation.market.spx];
    let flagged = scene.handles.iter().filter(|handle| handle.is_flagged);
    let spots = spots.into_iter().map(|spx| scene.canvas.x(spx));
    spots.chain(flagged.map(|handle| handle.at.x)).collect()
}

/// Names the edges of the bands at the top, inside, or outside where something runs down through the name;
/// those without room are left out.
pub fn sigma_labels(scene: &mut Scene<'_>) {
    let frame = scene.canvas.frame;
    let Some(edges) = sigma_edges(scene) else {
        return;
    };
    let uprights = uprights(scene);
    let right_of = (Align2::LEFT_TOP, 3.0);
    let left_of = (Align2::RIGHT_TOP, -3.0);
    for ((low, high), count) in edges.into_iter().zip(["1σ", "2σ"]) {
        for (spx, sign, sides) in [
            (low, "\u{2212}", [right_of, left_of]),
            (high, "+", [left_of, right_of]),
        ] {
            let edge = scene.canvas.x(spx);
            for (anchor, inset) in sides {
                let at = pos2(edge + inset, frame.top() + 3.0);
                let words = format!("{sign}{count}");
                let label = Label::words(words, Ink::Bare(scene.t.tx3), at, anchor);
                let rect = label.rect(&scene.canvas.painter);
                let ground = rect.expand(2.0).x_range();
                let is_clear = uprights.iter().all(|x| !ground.contains(*x));
                if is_clear
                    && frame.contains_rect(rect)
                    && scene
                        .taken
                        .paint_if_free(&scene.canvas.painter, &scene.t, &label)
                {
                    break;
                }
            }
        }
    }
}

fn areas(scene: &Scene<'_>) {
    let Some((_, polyline)) = scene.main_line() else {
        return;
    };
    let (painter, zero) = (&scene.canvas.painter, scene.zero());
    let inks = (scene.t.profit_fill(), scene.t.loss_fill());
    fill::profit_and_loss(painter, polyline, zero, inks);
    let stroke = Stroke::new(1.0, scene.t.loss_hatch());
    fill::hatch_loss(painter, polyline, zero, stroke);
}

/// The net lines under the squeeze multiple, as bands from the lines themselves.
fn stress_bands(scene: &Scene<'_>) {
    if scene.ctx.workspace.component != Component::Net {
        return;
    }
    let spots = &scene.ctx.curves.spots;
    for stressed in &scene.ctx.curves.lines {
        let own = scene
            .lines
            .iter()
            .zip(&scene.polylines)
            .find(|(shown, _)| shown.kind == LineKind::Dated(stressed.date));
        let (Some((_, own)), false) = (own, stressed.squeezed_net.is_empty()) else {
            continue;
        };
        let squeezed = line::points(&scene.canvas, spots, &stressed.squeezed_net);
        if squeezed.len() == own.len() {
            let weight = if matches!(stressed.date, LineDate::Today) {
                0.6
            } else {
                1.0
            };
            let ink = scene.t.stress_fill().gamma_multiply(weight);
            fill::between(&scene.canvas.painter, &squeezed, own, ink);
        }
    }
}

/// The lines as they were before the gesture.
fn ghosts(scene: &Scene<'_>) {
    let (Some(before), Some(_)) = (scene.ctx.before, &scene.gesture) else {
        return;
    };
    let component = scene.ctx.workspace.component;
    let look = LineLook::dashed(scene.t.tx3, 1.5, GHOST_DASH);
    let faint = LineLook::dashed(scene.active_ink().gamma_multiply(0.6), 1.0, GHOST_DASH);
    for old in &before.curves.lines {
        let look = match old.date {
            LineDate::Expiry(_) => look,
            LineDate::Today => faint,
            LineDate::Ahead(_) => continue,
        };
        let points = line::points(
            &scene.canvas,
            &before.curves.spots,
            &component.of(&old.profit),
        );
        line::stroke(&scene.canvas.painter, scene.canvas.frame, &points, look);
    }
}

/// The lines of the choice that is looked at, in the violet of things that are not real.
fn preview(scene: &Scene<'_>) {
    let Some(shown) = scene.ctx.advice.preview.filter(|_| scene.gesture.is_none()) else {
        return;
    };
    for line in &shown.curves.lines {
        let look = match line.date {
            LineDate::Expiry(_) => LineLook::dashed(scene.t.wi, 2.0, GHOST_DASH),
            LineDate::Today => LineLook::dashed(scene.t.wi.gamma_multiply(0.6), 1.0, GHOST_DASH),
            LineDate::Ahead(_) => continue,
        };
        let values = scene.ctx.workspace.component.of(&line.profit);
        let points = line::points(&scene.canvas, &shown.curves.spots, &values);
        line::stroke(&scene.canvas.painter, scene.canvas.frame, &points, look);
    }
}

/// Names the choice that is looked at, at the top of the plot.
pub fn preview_name(scene: &mut Scene<'_>) {
    let Some(shown) = scene.ctx.advice.preview.filter(|_| scene.gesture.is_none()) else {
        return;
    };
    let frame = scene.canvas.frame;
    for share in [0.5, 0.25, 0.75] {
        let at = pos2(frame.left() + share * frame.width(), frame.top() + 4.0);
        let words = format!("{} (not traded)", shown.name);
        let label = Label::words(words, Ink::Plain(scene.t.wi), at, Align2::CENTER_TOP);
        if scene
            .taken
            .paint_if_free(&scene.canvas.painter, &scene.t, &label)
        {
            return;
        }
    }
}

/// Screen points of the expiry line before the gesture; between gestures of a what-if, of the book as held.
pub fn ghost_points(scene: &Scene<'_>) -> Option<Vec<Pos2>> {
    let held = scene.ctx.what_if.map(|view| view.now_curves);
    let curves = scene.ctx.before.map(|before| &before.curves).or(held)?;
    let old = expiry_line(curves)?;
    let values = scene.ctx.workspace.component.of(&old.profit);
    Some(line::points(&scene.canvas, &curves.spots, &values))
}

/// The VIX assumption of the component's lines, said on the plot.
pub fn assumption(scene: &mut Scene<'_>) {
    if !scene.depends_on_vix() {
        return;
    }
    let stress = crate::ui::format::trimmed(scene.ctx.campaign.model.stress_multiple, 2);
    let band = crate::ui::format::trimmed(crate::risk::curves::BAND_STRESS, 2);
    let free = scene.ctx.what_if.and_then(|view| view.scenario.vix);
    let from = free.map_or_else(String::new, |vix| {
        format!(" from {}", crate::ui::format::fixed(vix, 1))
    });
    let words = if scene.ctx.workspace.component == Component::Net && scene.gesture.is_none() {
        format!("VIX by model{from}, m = {stress}, band to m = {band}")
    } else {
        format!("VIX by model{from}, m = {stress}")
    };
    let frame = scene.canvas.frame;
    let spot = scene.canvas.x(scene.ctx.valuation.market.spx);
    for x in [
        spot,
        frame.center().x,
        frame.left() + 0.3 * frame.width(),
        frame.left() + 0.7 * frame.width(),
    ] {
        for y in [frame.top() + 3.0, frame.bottom() - 19.0] {
            let label = Label::words(
                words.clone(),
                Ink::Plain(scene.t.tx3),
                pos2(x, y),
                Align2::CENTER_TOP,
            );
            let rect = label.rect(&scene.canvas.painter);
            if frame.contains_rect(rect)
                && scene
                    .taken
                    .paint_if_free(&scene.canvas.painter, &scene.t, &label)
            {
                return;
            }
        }
    }
}

/// Names the ghost of the expiry line, on its flat part.
pub fn ghost_name(scene: &mut Scene<'_>) {
    let Some(ghost) = ghost_points(scene).filter(|_ghost| scene.gesture.is_some()) else {
        return;
    };
    let frame = scene.canvas.frame;
    for share in [0.36, 0.3, 0.5, 0.6, 0.2] {
        let x = frame.left() + share * frame.width();
        let Some(y) = line::y_at(&ghost, x) else {
            continue;
        };
        for (y, anchor) in [
            (y - 4.0, Align2::CENTER_BOTTOM),
            (y + 4.0, Align2::CENTER_TOP),
        ] {
            let label = Label::words("Before", Ink::Bare(scene.t.tx3), pos2(x, y), anchor);
            let rect = label.rect(&scene.canvas.painter);
            let is_clear = scene.polylines.iter().all(|line| clears(line, rect));
            if is_clear
                && frame.contains_rect(rect)
                && scene
                    .taken
                    .paint_if_free(&scene.canvas.painter, &scene.t, &label)
            {
                return;
            }
        }
    }
}

/// Whether a polyline stays outside a rectangle, looked at in its middle and at its sides.
fn clears(polyline: &[Pos2], rect: Rect) -> bool {
    [rect.left(), rect.center().x, rect.right()]
        .into_iter()
        .filter_map(|x| line::y_at(polyline, x))
        .all(|y| !rect.y_range().expand(2.0).contains(y))
}

/// A dashed ring where a grip was.
pub fn left_behind(painter: &Painter, at: Pos2, ink: egui::Color32) {
    let ring: Vec<Pos2> = (0..=24)
        .map(|step| at + 6.0 * egui::Vec2::angled(std::f32::consts::TAU * step as f32 / 24.0))
        .collect();
    painter.extend(Shape::dashed_line(&ring, Stroke::new(1.25, ink), 2.5, 2.5));
}
