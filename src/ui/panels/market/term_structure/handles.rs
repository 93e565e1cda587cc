//! The futures that can be taken hold of: where they stand, what they are called, and how they answer.

use egui::{CursorIcon, Id, PointerButton, Pos2, Rect, Role, Sense, Ui, WidgetInfo, vec2};
use jiff::civil::Date;

use super::{Scene, gesture};
use crate::market::{FutureMark, VixCurve};
use crate::ui::plot::Canvas;
use crate::ui::{Actions, format, icons};

/// Side of the ground that takes hold of a handle, in points.
const TARGET: f32 = 24.0;
/// Least width of that ground where futures stand close together, in points.
const LEAST: f32 = 12.0;

/// One listed future on the curve.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    pub expiry: Date,
    /// VIX points.
    pub price: f64,
    /// Rests on no mark of the user's.
    pub is_assumed: bool,
    /// Place on the curve.
    pub at: Pos2,
    /// The ground that takes hold of it.
    rect: Rect,
}

/// How a handle is being looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    pub is_hovered: bool,
    pub is_active: bool,
}

/// Looks by handle, and the future that a drag began with.
#[derive(Clone, Debug, Default)]
pub(super) struct Attention {
    pub looks: Vec<Look>,
    pub grabbed: Option<Date>,
}

/// Identity of a handle's widget.
pub(super) fn handle_id(expiry: Date) -> Id {
    Id::unique(("palisade_vx_handle", expiry))
}

/// One handle for each point of the curve, in order; `marks` say what each rests on.
pub(super) fn handles(canvas: &Canvas, curve: &VixCurve, marks: &[FutureMark]) -> Vec<Handle> {
    let mut found: Vec<Handle> = curve
        .points
        .iter()
        .zip(marks)
        .map(|(point, mark)| {
            let at = canvas.at(point.days, point.price);
            Handle {
                expiry: point.expiry,
                price: point.price,
                is_assumed: mark.is_assumed,
                at,
                rect: Rect::from_center_size(at, vec2(TARGET, TARGET)),
            }
        })
        .collect();
    for index in 1..found.len() {
        let middle = 0.5 * (found[index - 1].at.x + found[index].at.x);
        let left = &mut found[index - 1];
        left.rect.max.x = left.rect.max.x.min(middle.max(left.at.x + LEAST / 2.0));
        let right = &mut found[index];
        right.rect.min.x = right.rect.min.x.max(middle.min(right.at.x - LEAST / 2.0));
    }
    found
}

/// Puts the handles over the plot.
pub(super) fn interact(ui: &Ui, scene: &Scene<'_>, actions: &mut Actions) -> Attention {
    let mut attention = Attention::default();
    let held = scene.gesture.as_ref().map(|gesture| gesture.held);
    for handle in &scene.handles {
        let id = handle_id(handle.expiry);
        let response = ui.interact(handle.rect, id, Sense::click_and_drag());
        let name = format!("VX {} on the curve", format::date(handle.expiry));
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Slider, true, &name);
            info.value = Some(handle.price);
            info
        });
        icons::focus_ring(ui, handle.rect, &response);
        if response.clicked() {
            response.request_focus();
        }
        let response = response.on_hover_and_drag_cursor(CursorIcon::ResizeVertical);
        if response.drag_started_by(PointerButton::Primary) {
            attention.grabbed = Some(handle.expiry);
        }
        attention.looks.push(Look {
            is_hovered: response.hovered(),
            is_active: response.has_focus() || held == Some(handle.expiry),
        });
        gesture::nudge(ui, scene, handle.expiry, actions);
    }
    attention
}
