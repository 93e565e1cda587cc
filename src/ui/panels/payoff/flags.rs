//! Flags over the plot for strikes that stand too near to each other to be told apart on the curve.

use egui::{Align2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::grips::Attention;
use super::handles::Handle;
use super::scene::Scene;
use crate::ui::plot::{Ink, Label};
use crate::ui::theme::RADIUS_FIELD;
use crate::ui::{fonts, format, icons};

/// Height of a flag.
const HEIGHT: f32 = 20.0;
/// Gap between two flags.
const GAP: f32 = 6.0;
/// A wing narrower than this on the screen has no bracket: it would look like a letter.
const LEAST_BRACKET: f32 = 6.0;
/// Distance of a pair's flags from its middle.
const OUTWARD: f32 = 8.0;

/// One flag for each handle that needs one, in the order of the handles; none overlap.
pub fn rects(ui: &Ui, handles: &[Handle], strip: Rect) -> Vec<Option<Rect>> {
    let flagged: Vec<usize> = (0..handles.len())
        .filter(|index| handles[*index].is_flagged)
        .collect();
    let measured = |words: fn(&Handle) -> String| -> Vec<f32> {
        let flagged = flagged.iter();
        flagged
            .map(|index| width(ui, words(&handles[*index])))
            .collect()
    };
    let mut widths = measured(Handle::flag_words);
    let gaps = GAP * flagged.len().saturating_sub(1) as f32;
    if widths.iter().sum::<f32>() + gaps > strip.width() {
        widths = measured(Handle::label);
    }
    let mut lefts: Vec<f32> = Vec::new();
    for (order, index) in flagged.iter().enumerate() {
        let handle = &handles[*index];
        let is_left = is_left_of_cluster(handles, *index);
        lefts.push(if is_left {
            handle.at.x - widths[order] - OUTWARD
        } else {
            handle.at.x + OUTWARD
        });
    }
    separate(&mut lefts, &widths, strip);
    let mut found = vec![None; handles.len()];
    for ((index, left), width) in flagged.into_iter().zip(lefts).zip(widths) {
        let top = strip.center().y - HEIGHT / 2.0;
        found[index] = Some(Rect::from_min_size(
            pos2(left.round(), top.round()),
            vec2(width, HEIGHT),
        ));
    }
    found
}

fn width(ui: &Ui, words: String) -> f32 {
    let galley =
        ui.painter()
            .layout_no_wrap(words, fonts::mono(fonts::SMALL), egui::Color32::PLACEHOLDER);
    galley.size().x.ceil() + 14.0
}

/// Whether the near neighbour stands to the right, so that the flag goes to the left.
fn is_left_of_cluster(handles: &[Handle], index: usize) -> bool {
    let x = handles[index].at.x;
    let gap = |other: Option<&Handle>| other.map_or(f32::INFINITY, |other| (other.at.x - x).abs());
    let before = gap(index.checked_sub(1).and_then(|left| handles.get(left)));
    gap(handles.get(index + 1)) < before
}

/// Moves flags apart, sorted as they are, and keeps them inside the strip.
fn separate(lefts: &mut [f32], widths: &[f32], strip: Rect) {
    let mut floor = strip.left();
    for (left, width) in lefts.iter_mut().zip(widths) {
        *left = left.max(floor);
        floor = *left + width + GAP;
    }
    let mut ceiling = strip.right();
    for (left, width) in lefts.iter_mut().zip(widths).rev() {
        *left = left.min(ceiling - width);
        ceiling = *left - GAP;
    }
}

/// Paints leaders and flags.
pub fn paint(ui: &Ui, scene: &Scene<'_>, attention: &[Attention], flags: &[Option<Rect>]) {
    for ((handle, attention), flag) in scene.handles.iter().zip(attention).zip(flags) {
        if let Some(flag) = flag {
            leader(ui, scene, handle, *attention, *flag);
        }
    }
    for ((handle, attention), flag) in scene.handles.iter().zip(attention).zip(flags) {
        if let Some(flag) = flag {
            paint_flag(ui, scene, handle, *attention, *flag);
        }
    }
}

fn leader(ui: &Ui, scene: &Scene<'_>, handle: &Handle, attention: Attention, flag: Rect) {
    let ink = match (attention.is_active, attention.is_draft) {
        (true, _) => scene.active_ink(),
        (false, true) => scene.t.wi,
        (false, false) => scene.t.tx3,
    };
    let snap = |x: f32, y: f32| icons::snap(ui, pos2(x, y));
    let start = handle.at.x.clamp(flag.left() + 8.0, flag.right() - 8.0);
    let elbow = flag.bottom() + if handle.is_short() { 4.0 } else { 7.0 };
    let down = handle.at.y.clamp(elbow, scene.canvas.frame.bottom()) - 7.0;
    let way = vec![
        snap(start, flag.bottom()),
        snap(start, elbow),
        snap(handle.at.x, elbow),
        snap(handle.at.x, down.max(elbow)),
    ];
    scene
        .canvas
        .outer
        .add(egui::Shape::line(way, Stroke::new(1.0, ink)));
}

fn paint_flag(ui: &Ui, scene: &Scene<'_>, handle: &Handle, attention: Attention, flag: Rect) {
    let t = &scene.t;
    let words = attention.ink(t, t.on_accent);
    let (fill, stroke) = match (attention.is_active, attention.is_hovered) {
        (true, _) => (scene.active_ink(), Stroke::NONE),
        (false, true) => (t.hover, Stroke::new(1.0, t.tx3)),
        (false, false) if attention.is_draft => (t.wi_bg, Stroke::new(1.0, t.wi)),
        (false, false) => (t.pop, Stroke::new(1.0, t.edge)),
    };
    let painter = ui.painter();
    painter.rect(flag, RADIUS_FIELD, fill, stroke, StrokeKind::Inside);
    let font = fonts::mono(fonts::SMALL);
    // a flag that had to be narrow says the strike alone
    let has_room = flag.width() + 0.5 >= width(ui, handle.flag_words());
    let said = if has_room {
        handle.flag_words()
    } else {
        handle.label()
    };
    painter.text(flag.center(), Align2::CENTER_CENTER, said, font, words);
}

/// The width of each narrow wing, on a bracket under the lower of its grips; call it when break-evens have
/// their places, which say more.
pub fn brackets(ui: &Ui, scene: &mut Scene<'_>) {
    let wings: Vec<(Handle, Handle)> = scene
        .handles
        .windows(2)
        .filter(|pair| pair.iter().all(|handle| handle.is_flagged))
        .filter(|pair| {
            pair[0].position == pair[1].position
                && matches!(
                    (pair[0].place, pair[1].place),
                    (Some(0), Some(1)) | (Some(2), Some(3))
                )
        })
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect();
    let frame = scene.canvas.frame;
    for (low, high) in wings {
        let bottom = low.at.y.max(high.at.y);
        let y = (bottom + 20.0).min(frame.bottom() - 18.0);
        let snap = |x: f32, y: f32| icons::snap(ui, pos2(x, y));
        let way = vec![
            snap(low.at.x, y - 5.0),
            snap(low.at.x, y),
            snap(high.at.x, y),
            snap(high.at.x, y - 5.0),
        ];
        if high.at.x - low.at.x >= LEAST_BRACKET {
            let stroke = Stroke::new(1.0, scene.t.tx3);
            scene.canvas.painter.add(egui::Shape::line(way, stroke));
        }
        let words = format!("{} wide", format::strike(high.strike - low.strike));
        let at = pos2(0.5 * (low.at.x + high.at.x), y + 2.0);
        let label = Label::words(words, Ink::Plain(scene.t.tx2), at, Align2::CENTER_TOP);
        scene
            .taken
            .paint_if_free(&scene.canvas.painter, &scene.t, &label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_never_overlap_and_stay_inside() {
        let strip = Rect::from_min_max(pos2(50.0, 0.0), pos2(450.0, 28.0));
        let widths = [80.0, 80.0, 80.0, 80.0];
        let mut lefts = [20.0, 30.0, 380.0, 440.0];
        separate(&mut lefts, &widths, strip);
        for pair in 0..3 {
            assert!(
                lefts[pair] + widths[pair] + GAP <= lefts[pair + 1] + 1e-3,
                "{lefts:?}"
            );
        }
        assert!(
            lefts[0] >= strip.left() && lefts[3] + 80.0 <= strip.right(),
            "{lefts:?}"
        );
    }
}
