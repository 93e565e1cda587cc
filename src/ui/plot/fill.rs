//! Soft areas between a curve and zero or another curve, and the hatch that marks a loss.

use egui::{Color32, Mesh, Painter, Pos2, Shape, Stroke, pos2};

/// Distance of two hatch lines in points, along x.
const HATCH: f32 = 7.0;

/// Fills between two curves with the same x at each point, by quads.
pub fn between(painter: &Painter, upper: &[Pos2], lower: &[Pos2], ink: Color32) {
    let mut mesh = Mesh::default();
    for (a, b) in upper.windows(2).zip(lower.windows(2)) {
        quad(&mut mesh, [a[0], a[1], b[1], b[0]], ink);
    }
    painter.add(Shape::mesh(mesh));
}

fn quad(mesh: &mut Mesh, corners: [Pos2; 4], ink: Color32) {
    let base = mesh.vertices.len() as u32;
    for corner in corners {
        mesh.colored_vertex(corner, ink);
    }
    mesh.add_triangle(base, base + 1, base + 2);
    mesh.add_triangle(base, base + 2, base + 3);
}

/// The pieces of a curve on one side of a horizontal line, cut exactly where it crosses.
///
/// `is_above` chooses the side with the smaller screen y.
pub fn pieces(line: &[Pos2], zero: f32, is_above: bool) -> Vec<[Pos2; 2]> {
    let side = |y: f32| if is_above { zero - y } else { y - zero };
    let mut found = Vec::new();
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let (a, b) = (side(from.y), side(to.y));
        if a <= 0.0 && b <= 0.0 {
            continue;
        }
        let crossing = || from + (to - from) * (a / (a - b));
        match (a >= 0.0, b >= 0.0) {
            (true, true) => found.push([from, to]),
            (true, false) => found.push([from, crossing()]),
            (false, true) => found.push([crossing(), to]),
            (false, false) => {}
        }
    }
    found
}

/// Fills profit above `zero` and loss below it.
pub fn profit_and_loss(
    painter: &Painter,
    line: &[Pos2],
    zero: f32,
    (profit, loss): (Color32, Color32),
) {
    let mut mesh = Mesh::default();
    for (is_above, ink) in [(true, profit), (false, loss)] {
        for [from, to] in pieces(line, zero, is_above) {
            quad(
                &mut mesh,
                [from, to, pos2(to.x, zero), pos2(from.x, zero)],
                ink,
            );
        }
    }
    painter.add(Shape::mesh(mesh));
}

/// Hatches the loss side at 45° in screen space: the lines stand still while the curve moves under them.
pub fn hatch_loss(painter: &Painter, line: &[Pos2], zero: f32, stroke: Stroke) {
    let floor = painter.clip_rect().bottom();
    let cut = |point: Pos2| pos2(point.x, point.y.min(floor));
    let mut spans: Vec<(i32, f32, f32)> = Vec::new();
    for piece in pieces(line, zero, false) {
        spans_under([cut(piece[0]), cut(piece[1])], zero, &mut spans);
    }
    spans.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut merged: Vec<(i32, f32, f32)> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if last.0 == span.0 && span.1 <= last.2 + 0.25 => {
                last.2 = last.2.max(span.2);
            }
            Some(_) | None => merged.push(span),
        }
    }
    for (index, from, to) in merged {
        let sum = index as f32 * HATCH;
        let ends = [pos2(from, sum - from), pos2(to, sum - to)];
        painter.line_segment(ends, stroke);
    }
}

/// For every hatch line x + y = 7·index: the x from which to which it lies between zero and a segment.
fn spans_under([from, to]: [Pos2; 2], zero: f32, spans: &mut Vec<(i32, f32, f32)>) {
    let width = to.x - from.x;
    if width <= 0.0 {
        return;
    }
    let slope = (to.y - from.y) / width;
    let height = from.y - slope * from.x;
    let first = ((from.x + zero) / HATCH).ceil() as i32;
    let last = ((to.x + from.y.max(to.y)) / HATCH).floor() as i32;
    for index in first..=last {
        let sum = index as f32 * HATCH;
        // below zero on the screen: sum − x ≥ zero; above the curve: sum − x ≤ height + slope·x
        let (mut low, mut high) = (from.x, to.x.min(sum - zero));
        let lean = 1.0 + slope;
        if lean > 0.0 {
            low = low.max((sum - height) / lean);
        } else if lean < 0.0 {
            high = high.min((sum - height) / lean);
        } else if sum > height {
            continue;
        }
        if low < high {
            spans.push((index, low, high));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_cut_where_they_cross() {
        let line = [pos2(0.0, 10.0), pos2(10.0, -10.0), pos2(20.0, -10.0)];
        let above = pieces(&line, 0.0, true);
        assert_eq!(
            above,
            [
                [pos2(5.0, 0.0), pos2(10.0, -10.0)],
                [pos2(10.0, -10.0), pos2(20.0, -10.0)]
            ]
        );
        assert_eq!(
            pieces(&line, 0.0, false),
            [[pos2(0.0, 10.0), pos2(5.0, 0.0)]]
        );
    }

    #[test]
    fn hatch_lines_stay_between_zero_and_the_curve() {
        let mut spans = Vec::new();
        let segment = [pos2(0.0, 30.0), pos2(50.0, 5.0)];
        spans_under(segment, 2.0, &mut spans);
        assert!(spans.len() > 5);
        for (index, from, to) in spans {
            for x in [from, 0.5 * (from + to), to] {
                let y = index as f32 * HATCH - x;
                let curve = 30.0 - 0.5 * x;
                assert!(y >= 2.0 - 1e-3 && y <= curve + 1e-3, "{x} {y}");
            }
        }
    }
}
