//! The linked cursor on the Greeks plot, with the value of every line on a pill.

use egui::{Align2, Rect, Stroke, Ui, pos2};

use super::Shown;
use crate::risk::curves::value_at;
use crate::ui::plot::axis::axis_centre;
use crate::ui::plot::cursor::{cursor, set_cursor};
use crate::ui::plot::label::spread;
use crate::ui::plot::{Canvas, Ink, Label};
use crate::ui::theme::Tokens;
use crate::ui::{format, icons};

/// What is drawn at the cursor: lines, and how a value is written.
pub type CursorLines<'a> = (&'a [Shown<'a>], &'a dyn Fn(f64) -> String);

/// The linked cursor with a pill at every line, and the pills on the SPX axis.
pub fn marks(ui: &Ui, t: &Tokens, canvas: &Canvas, lines: CursorLines<'_>) -> Vec<Rect> {
    let own = canvas.pointer(ui).map(|at| canvas.spx(at.x));
    set_cursor(ui.ctx(), canvas.response.id, own);
    let Some(spx) = cursor(ui.ctx()).map(|cursor| cursor.spx) else {
        return Vec::new();
    };
    let frame = canvas.frame;
    let x = icons::snap(ui, pos2(canvas.x(spx), 0.0)).x;
    if !frame.x_range().contains(x) {
        return Vec::new();
    }
    canvas
        .painter
        .vline(x, frame.y_range(), Stroke::new(1.0, t.tx3));
    value_pills(t, canvas, x, (spx, lines));
    if own.is_none() {
        return Vec::new();
    }
    let at = pos2(x, axis_centre(frame));
    let label = Label::figure(
        format::fixed(spx, 0),
        Ink::Outlined(t.tx3, t.tx),
        at,
        Align2::CENTER_CENTER,
    );
    vec![label.paint(&canvas.outer, t)]
}

fn value_pills(t: &Tokens, canvas: &Canvas, x: f32, (spx, (lines, text)): (f64, CursorLines<'_>)) {
    let frame = canvas.frame;
    let mut marks: Vec<(f32, &Shown<'_>, f64)> = lines
        .iter()
        .filter_map(|line| {
            let value = value_at(line.spots, &line.values, spx)?;
            Some((canvas.y(value), line, value))
        })
        .collect();
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (y, line, _) in &marks {
        canvas
            .painter
            .circle(pos2(x, *y), 3.0, line.look.ink, Stroke::new(1.5, t.plot));
    }
    let mut ys: Vec<f32> = marks.iter().map(|mark| mark.0).collect();
    spread(&mut ys, 18.0, (frame.top(), frame.bottom()));
    let is_right = x < frame.left() + 0.7 * frame.width();
    let (offset, anchor) = if is_right {
        (9.0, Align2::LEFT_CENTER)
    } else {
        (-9.0, Align2::RIGHT_CENTER)
    };
    for ((_, line, value), y) in marks.iter().zip(ys) {
        let words = format!("{} {}", line.name, text(*value));
        let ink = Ink::Outlined(t.edge, line.look.ink);
        let label = Label::figure(words, ink, pos2(x + offset, y), anchor);
        let label = if line.is_today { label.strong() } else { label };
        label.paint(&canvas.painter, t);
    }
}
