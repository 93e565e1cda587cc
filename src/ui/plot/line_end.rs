//! Names of the lines at the right edge, spread apart, each with a hairline to its line.

use egui::{Align2, Color32, Stroke, pos2};

use super::canvas::Canvas;
use super::label::{Ink, Label, spread};
use crate::ui::theme::Tokens;

/// Closest distance of two names in points.
const GAP: f32 = 15.0;

/// The end of one line.
#[derive(Clone, Debug)]
pub struct LineEnd {
    /// Its name.
    pub words: String,
    /// Its colour.
    pub ink: Color32,
    /// Whether the name stands in weight 600.
    pub is_strong: bool,
    /// Screen y at the frame's right edge.
    pub y: f32,
}

/// Paints the names. Lines that end outside the frame are named at the nearer edge.
pub fn line_ends(canvas: &Canvas, t: &Tokens, mut ends: Vec<LineEnd>) {
    let frame = canvas.frame;
    for end in &mut ends {
        end.y = end.y.clamp(frame.top(), frame.bottom());
    }
    ends.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut ys: Vec<f32> = ends.iter().map(|end| end.y).collect();
    spread(
        &mut ys,
        GAP,
        (frame.top() - GAP / 2.0, frame.bottom() + GAP / 2.0),
    );
    for (end, y) in ends.iter().zip(ys) {
        let edge = frame.right();
        let hair = Stroke::new(1.0, end.ink.gamma_multiply(0.6));
        let way = [pos2(edge + 1.0, end.y), pos2(edge + 8.0, y)];
        canvas.outer.line_segment(way, hair);
        let label = Label::words(
            &end.words,
            Ink::Plain(end.ink),
            pos2(edge + 9.0, y),
            Align2::LEFT_CENTER,
        );
        let label = if end.is_strong { label.strong() } else { label };
        label.paint(&canvas.outer, t);
    }
}
