//! The line at the foot of the plot: what the hand can do now, and to which grid it snaps.

use egui::{Align2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::scene::Scene;
use crate::ui::fonts;
use crate::ui::format;
use crate::ui::theme::{PAD, Tokens};

/// Height of the line in points.
pub const HEIGHT: f32 = 26.0;

/// The key that mirrors a wing.
const MIRROR_KEY: &str = if cfg!(target_os = "macos") {
    "Cmd"
} else {
    "Ctrl"
};

/// Paints the hints into their line.
pub fn paint(ui: &Ui, scene: &Scene<'_>, rect: Rect) {
    let t = &scene.t;
    ui.painter().hline(
        rect.x_range(),
        rect.top().round() + 0.5,
        Stroke::new(1.0, t.line),
    );
    let left = if scene.gesture.is_some() {
        let keys = [
            ("Shift", "moves all"),
            (MIRROR_KEY, "mirrors the wing"),
            ("Alt", "off the grid"),
            ("Esc", "cancels"),
        ];
        drag_hints(ui, t, rect, &keys)
    } else if scene.spot_drag.is_some() {
        let keys = [
            ("Shift", "by 25 points"),
            ("Alt", "free"),
            ("Esc", "goes back"),
        ];
        drag_hints(ui, t, rect, &keys)
    } else {
        let is_past = scene.ctx.journal.past.is_some();
        idle_hints(ui, t, rect, (is_past, !scene.handles.is_empty()))
    };
    let Some(words) = grid_words(ui, scene) else {
        return;
    };
    let galley = ui
        .painter()
        .layout_no_wrap(words, fonts::inter(fonts::SMALL), t.tx3);
    let at = pos2(
        rect.right() - PAD - galley.size().x,
        rect.center().y - galley.size().y / 2.0,
    );
    if at.x > left + 12.0 {
        ui.painter().galley(at, galley, t.tx3);
    }
}

fn drag_hints(ui: &Ui, t: &Tokens, rect: Rect, keys: &[(&str, &str)]) -> f32 {
    let mut x = rect.left() + PAD;
    for (key, words) in keys {
        x = key_cap(ui, t, (x, rect.center().y), key);
        x = text(ui, t, (x + 6.0, rect.center().y), words) + 14.0;
    }
    x
}

fn idle_hints(ui: &Ui, t: &Tokens, rect: Rect, (is_past, has_handles): (bool, bool)) -> f32 {
    let parts: &[&str] = if is_past {
        &[
            "As it was: nothing can be moved",
            "Wheel zooms",
            "Drag pans",
            "Double-click fits",
        ]
    } else if has_handles {
        &[
            "Drag a strike, or a wing between its strikes",
            "Drag the spot for a what-if",
            "Tab and arrows step",
            "Wheel zooms",
            "Double-click fits",
        ]
    } else {
        &[
            "Drag the spot for a what-if",
            "Wheel zooms",
            "Drag pans",
            "Double-click fits",
        ]
    };
    let mut x = rect.left() + PAD;
    for (index, words) in parts.iter().enumerate() {
        let font = fonts::inter(fonts::SMALL);
        let width = fonts::galley(ui.painter(), words, (font, t.tx3)).size().x;
        if x + 20.0 + width > rect.right() - PAD {
            break;
        }
        if index > 0 {
            x = text(ui, t, (x + 8.0, rect.center().y), "·") + 8.0;
        }
        x = text(ui, t, (x, rect.center().y), words);
    }
    x
}

fn text(ui: &Ui, t: &Tokens, (x, y): (f32, f32), words: &str) -> f32 {
    let font = fonts::inter(fonts::SMALL);
    ui.painter()
        .text(pos2(x, y), Align2::LEFT_CENTER, words, font, t.tx3)
        .right()
}

fn key_cap(ui: &Ui, t: &Tokens, (x, y): (f32, f32), key: &str) -> f32 {
    let galley = ui
        .painter()
        .layout_no_wrap(key.to_owned(), fonts::mono(fonts::SMALL), t.tx);
    let size = vec2(galley.size().x.ceil() + 8.0, 16.0);
    let rect = Align2::LEFT_CENTER.anchor_size(pos2(x, y), size);
    ui.painter().rect(
        rect,
        3,
        t.card,
        Stroke::new(1.0, t.edge),
        StrokeKind::Inside,
    );
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, t.tx);
    rect.right()
}

/// What the held or first strike snaps to.
fn grid_words(ui: &Ui, scene: &Scene<'_>) -> Option<String> {
    let gesture = scene.gesture.as_ref()?;
    if ui.input(|i| i.modifiers.alt) {
        return Some("Off the grid, whole points".to_owned());
    }
    let handle = scene
        .handles
        .iter()
        .find(|handle| gesture.holds(handle.position, handle.leg))?;
    let days = handle
        .contract
        .days_to_expiry(scene.ctx.valuation.market.as_of);
    let step = handle
        .contract
        .root()
        .strike_step_points(handle.strike, days);
    Some(format!(
        "Snaps to listed strikes, {} pt",
        format::trimmed(step, 1)
    ))
}
