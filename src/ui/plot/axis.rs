//! Round ticks, the grid, and the figures along the axes.

use egui::{Align2, Rect, Stroke, Ui, pos2};

use super::canvas::Canvas;
use crate::ui::theme::tokens;
use crate::ui::{fonts, icons};

/// Closest distance of two ticks on the SPX axis, in screen points.
const SPX_SPACING: f32 = 74.0;
/// Closest distance of two ticks on the value axis, in screen points; in a low frame the second.
const VALUE_SPACING: [f32; 2] = [26.0, 18.0];
/// A frame lower than this is low.
const LOW: f32 = 160.0;

/// Ticks of the value axis.
fn value_ticks(canvas: &Canvas) -> Vec<f64> {
    let height = canvas.frame.height();
    ticks(
        canvas.view().y,
        height,
        VALUE_SPACING[usize::from(height < LOW)],
    )
}

/// The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least `least`.
pub fn round_step(least: f64) -> f64 {
    if !(least > 0.0 && least.is_finite()) {
        return 1.0;
    }
    let power = 10.0_f64.powf(least.log10().floor());
    let share = least / power;
    let rounded = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .find(|step| share <= step * (1.0 + 1e-9))
        .unwrap_or(10.0);
    rounded * power
}

/// Multiples of a round step inside a range, at least `spacing` of `length` apart.
pub fn ticks((low, high): (f64, f64), length: f32, spacing: f32) -> Vec<f64> {
    let fits = f64::from((length / spacing).floor().max(1.0));
    let step = round_step((high - low) / fits);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last)
        .take(200)
        .map(|index| index as f64 * step)
        .collect()
}

/// Paints the grid and the zero line.
pub fn grid(ui: &Ui, canvas: &Canvas) {
    let t = tokens(ui);
    let (frame, view) = (canvas.frame, canvas.view());
    for spx in ticks(view.x, frame.width(), SPX_SPACING) {
        let x = icons::snap(ui, pos2(canvas.x(spx), 0.0)).x;
        canvas
            .painter
            .vline(x, frame.y_range(), Stroke::new(1.0, t.grid));
    }
    for value in value_ticks(canvas) {
        let y = icons::snap(ui, pos2(0.0, canvas.y(value))).y;
        let ink = if value == 0.0 { t.edge } else { t.grid };
        canvas
            .painter
            .hline(frame.x_range(), y, Stroke::new(1.0, ink));
    }
}

/// Paints the figures; those of the SPX axis that a pill would cover are left out.
pub fn figures(ui: &Ui, canvas: &Canvas, value_text: impl Fn(f64) -> String, pills: &[Rect]) {
    let t = tokens(ui);
    let (frame, view) = (canvas.frame, canvas.view());
    let font = fonts::mono(fonts::SMALL);
    for value in value_ticks(canvas) {
        let at = pos2(frame.left() - 8.0, canvas.y(value));
        if at.y < frame.top() - 1.0 || at.y > frame.bottom() + 1.0 {
            continue;
        }
        canvas.outer.text(
            at,
            Align2::RIGHT_CENTER,
            value_text(value),
            font.clone(),
            t.tx3,
        );
    }
    for spx in ticks(view.x, frame.width(), SPX_SPACING) {
        let words = crate::ui::format::trimmed(spx, 2);
        let galley = canvas.outer.layout_no_wrap(words, font.clone(), t.tx3);
        let at = pos2(canvas.x(spx), axis_centre(frame));
        let rect = Align2::CENTER_CENTER.anchor_size(at, galley.size());
        let is_free = pills.iter().all(|pill| !pill.expand(4.0).intersects(rect));
        if is_free && rect.left() > frame.left() - 30.0 && rect.right() < frame.right() + 30.0 {
            canvas.outer.galley(rect.min, galley, t.tx3);
        }
    }
}

/// Screen y of the middle of the figures below a frame.
pub fn axis_centre(frame: Rect) -> f32 {
    frame.bottom() + 12.0
}

#[cfg(test)]
mod tests {
    use super::{round_step, ticks};

    #[test]
    fn steps_are_round() {
        for (least, step) in [
            (3.1, 5.0),
            (0.2, 0.2),
            (21.0, 25.0),
            (2600.0, 5000.0),
            (9.9, 10.0),
        ] {
            assert!((round_step(least) - step).abs() < 1e-9 * step, "{least}");
        }
        assert_eq!(round_step(f64::NAN), 1.0);
        assert_eq!(round_step(0.0), 1.0);
    }

    #[test]
    fn ticks_stand_inside_and_apart() {
        let found = ticks((5432.0, 6611.0), 600.0, 74.0);
        assert_eq!(found, [5600.0, 5800.0, 6000.0, 6200.0, 6400.0, 6600.0]);
        assert!(ticks((-1.0, 1.0), 30.0, 26.0).contains(&0.0));
    }
}
