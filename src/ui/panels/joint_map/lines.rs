//! Lines over the heat: the zero contour, round levels, and the coupled paths with their band.

use egui::{Align2, Pos2, pos2};

use super::chart::Chart;
use super::heat::{drawing, over_ink};
use super::names::Room;
use super::state::Scene;
use crate::risk::joint_map::CoupledPath;
use crate::ui::format;
use crate::ui::plot::fill::between;
use crate::ui::plot::label::{Ink, Label};
use crate::ui::plot::line::{LineLook, stroke};

/// Shares of a line at which its label may stand, in the order tried.
const PLACES: [f32; 9] = [0.5, 0.35, 0.65, 0.2, 0.8, 0.42, 0.58, 0.1, 0.9];

/// The band around the book's own path.
pub fn bands(scene: &Scene<'_>, chart: &Chart) {
    let edge = |pick: fn(&(f64, f64)) -> f64| -> Vec<Pos2> {
        let points = scene.path.spx_pct.iter().zip(&scene.path.band);
        points
            .map(|(pct, band)| chart.at(*pct, pick(band)))
            .collect()
    };
    between(
        &chart.painter,
        &edge(|band| band.1),
        &edge(|band| band.0),
        chart.t.path_fill(),
    );
}

/// Round levels, then zero over a halo: the break-even in two dimensions.
pub fn contours(scene: &Scene<'_>, chart: &Chart) {
    let drawing = drawing(scene, chart);
    let faint = LineLook::solid(over_ink(&chart.t).gamma_multiply(0.35), 1.0);
    for (_, lines) in &drawing.levels {
        for line in lines {
            stroke(&chart.painter, chart.frame, line, faint);
        }
    }
    let halo = LineLook::solid(chart.t.contour_halo.gamma_multiply(0.55), 5.0);
    let zero = LineLook::solid(chart.t.contour, 2.0);
    for look in [halo, zero] {
        for line in &drawing.zero {
            stroke(&chart.painter, chart.frame, line, look);
        }
    }
}

/// A path above the foot of the map: where the model holds VIX at its floor there is no path to follow.
fn polyline(chart: &Chart, path: &CoupledPath) -> Vec<Pos2> {
    let foot = chart.frame.bottom() - 0.5;
    let points = path.spx_pct.iter().zip(&path.vix);
    let mut line: Vec<Pos2> = Vec::new();
    for (pct, vix) in points {
        let at = chart.at(*pct, *vix);
        let is_down = line.last().is_some_and(|last| last.y >= foot);
        if is_down && at.y >= foot {
            // paths fall to the right: what follows lies on the floor too
            break;
        }
        line.push(at);
    }
    line
}

/// The book's own path solid, the others dashed: the higher the multiple, the shorter the dash.
pub fn paths(scene: &Scene<'_>, chart: &Chart) {
    let ink = chart.t.accent;
    for path in &scene.other_paths {
        let dash = if path.stress > 2.0 {
            (3.0, 4.0)
        } else {
            (6.0, 3.0)
        };
        let look = LineLook::dashed(ink, 1.25, dash);
        stroke(&chart.painter, chart.frame, &polyline(chart, path), look);
    }
    let look = LineLook::solid(ink, 2.25);
    let own = polyline(chart, &scene.path);
    stroke(&chart.painter, chart.frame, &own, look);
}

/// The part of a polyline inside the frame, shrunk so that a label fits.
fn visible(chart: &Chart, line: &[Pos2]) -> Vec<Pos2> {
    let room = chart.frame.shrink2(egui::vec2(26.0, 12.0));
    line.iter()
        .copied()
        .filter(|at| room.contains(*at))
        .collect()
}

/// Paints a label at the first place on a line that is free.
fn label_on(room: &mut Room, chart: &Chart, line: &[Pos2], label: impl Fn(Pos2) -> Label) -> bool {
    let seen = visible(chart, line);
    let Some(last) = seen.len().checked_sub(1) else {
        return false;
    };
    PLACES.into_iter().any(|share| {
        let at = seen[(share * last as f32).round() as usize];
        room.paint_if_free(chart, &label(at))
    })
}

/// Names the paths by their multiple, zero by itself, and the levels by their thousands.
pub fn names(scene: &Scene<'_>, chart: &Chart, room: &mut Room) {
    let t = &chart.t;
    for path in std::iter::once(&scene.path).chain(&scene.other_paths) {
        let words = format!("m = {}", format::trimmed(path.stress, 2));
        let label = |at: Pos2| {
            let ink = Ink::Plain(t.accent);
            Label::figure(words.clone(), ink, at, Align2::CENTER_CENTER)
        };
        let seen = visible(chart, &polyline(chart, path));
        // the far end of the losing side, where the paths lie apart
        let apart = &seen[..seen.len() * 2 / 3];
        label_on(room, chart, apart, label);
    }
    let drawing = drawing(scene, chart);
    if let Some(line) = drawing.zero.iter().max_by_key(|line| line.len()) {
        let ink = Ink::Solid(t.contour, t.contour_halo);
        label_on(room, chart, line, |at| {
            Label::figure("0", ink, at, Align2::CENTER_CENTER).strong()
        });
    }
    let ink = Ink::Bare(over_ink(t).gamma_multiply(0.75));
    for (level, lines) in &drawing.levels {
        for line in lines.iter().filter(|line| line.len() > 12) {
            let words = format::usd_k(*level);
            label_on(room, chart, line, |at| {
                let beside = pos2(at.x + 4.0, at.y);
                Label::figure(words.clone(), ink, beside, Align2::LEFT_CENTER)
            });
        }
    }
}
