//! Polylines over a canvas: solid or dashed, cut to the frame.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke};

use super::canvas::Canvas;

/// Dash and gap in points.
pub type Dash = (f32, f32);

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineLook {
    /// Colour.
    pub ink: Color32,
    /// Width in points.
    pub width: f32,
    /// Dash and gap; solid when `None`.
    pub dash: Option<Dash>,
}

impl LineLook {
    /// A solid line.
    pub const fn solid(ink: Color32, width: f32) -> Self {
        Self {
            ink,
            width,
            dash: None,
        }
    }

    /// A dashed line.
    pub const fn dashed(ink: Color32, width: f32, dash: Dash) -> Self {
        Self {
            ink,
            width,
            dash: Some(dash),
        }
    }
}

/// Screen points of a line; values that are not finite are left out.
pub fn points(canvas: &Canvas, spots: &[f64], values: &[f64]) -> Vec<Pos2> {
    let pairs = spots.iter().zip(values);
    pairs
        .filter(|(_, value)| value.is_finite())
        .map(|(spot, value)| canvas.at(*spot, *value))
        .collect()
}

/// Paints a line, with the dashes running on over it as a whole.
pub fn stroke(painter: &Painter, frame: Rect, line: &[Pos2], look: LineLook) {
    let stroke = Stroke::new(look.width, look.ink);
    for run in visible_runs(line, frame.expand(8.0)) {
        match look.dash {
            None => {
                painter.add(Shape::line(run, stroke));
            }
            Some((dash, gap)) => {
                painter.extend(Shape::dashed_line(&run, stroke, dash, gap));
            }
        }
    }
}

/// The pieces of a polyline inside a rectangle, so that nothing far away is tessellated.
fn visible_runs(line: &[Pos2], rect: Rect) -> Vec<Vec<Pos2>> {
    let mut runs: Vec<Vec<Pos2>> = Vec::new();
    let mut is_open = false;
    for pair in line.windows(2) {
        let Some((from, to)) = clipped(pair[0], pair[1], rect) else {
            is_open = false;
            continue;
        };
        match runs.last_mut().filter(|_run| is_open) {
            Some(run) => run.push(to),
            None => runs.push(vec![from, to]),
        }
        is_open = to == pair[1];
    }
    runs
}

/// The piece of a segment inside a rectangle (the Liang–Barsky algorithm).
fn clipped(from: Pos2, to: Pos2, rect: Rect) -> Option<(Pos2, Pos2)> {
    let way = to - from;
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    let edges = [
        (-way.x, from.x - rect.left()),
        (way.x, rect.right() - from.x),
        (-way.y, from.y - rect.top()),
        (way.y, rect.bottom() - from.y),
    ];
    for (speed, room) in edges {
        if speed == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if speed < 0.0 {
            enter = enter.max(room / speed);
        } else {
            leave = leave.min(room / speed);
        }
    }
    let end = if leave >= 1.0 { to } else { from + way * leave };
    let start = if enter <= 0.0 {
        from
    } else {
        from + way * enter
    };
    (enter <= leave).then_some((start, end))
}

/// Distance of a point from a segment.
pub fn distance_to_segment(at: Pos2, from: Pos2, to: Pos2) -> f32 {
    let way = to - from;
    let length = way.length_sq();
    let share = if length > 0.0 {
        ((at - from).dot(way) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    at.distance(from + way * share)
}

/// Screen y of a polyline at x, linear between its points.
pub fn y_at(line: &[Pos2], x: f32) -> Option<f32> {
    let upper = line.partition_point(|point| point.x < x);
    let to = line.get(upper)?;
    let Some(from) = upper.checked_sub(1).and_then(|index| line.get(index)) else {
        return (to.x == x).then_some(to.y);
    };
    let width = to.x - from.x;
    let share = if width > 0.0 {
        (x - from.x) / width
    } else {
        1.0
    };
    Some(from.y + share * (to.y - from.y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    const BOX: Rect = Rect {
        min: pos2(0.0, 0.0),
        max: pos2(10.0, 10.0),
    };

    #[test]
    fn lines_leave_and_enter_the_frame_at_its_edge() {
        let line = [
            pos2(-5.0, 5.0),
            pos2(5.0, 5.0),
            pos2(5.0, 25.0),
            pos2(8.0, 25.0),
            pos2(8.0, 5.0),
        ];
        let runs = visible_runs(&line, BOX);
        assert_eq!(runs.len(), 2);
        assert_eq!(runs[0], [pos2(0.0, 5.0), pos2(5.0, 5.0), pos2(5.0, 10.0)]);
        assert_eq!(runs[1], [pos2(8.0, 10.0), pos2(8.0, 5.0)]);
        assert!(visible_runs(&[pos2(20.0, 0.0), pos2(20.0, 9.0)], BOX).is_empty());
    }

    #[test]
    fn heights_and_distances() {
        let line = [pos2(0.0, 0.0), pos2(10.0, 20.0)];
        assert_eq!(y_at(&line, 5.0), Some(10.0));
        assert_eq!(y_at(&line, -1.0), None);
        assert_eq!(y_at(&line, 11.0), None);
        let away = distance_to_segment(pos2(5.0, 3.0), pos2(0.0, 0.0), pos2(10.0, 0.0));
        assert!((away - 3.0).abs() < 1e-6);
    }
}
