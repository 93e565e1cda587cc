//! Handles and bodies as widgets over the plot: hover, focus, names, and the grips on the curve.

use egui::{
    Align2, Color32, CursorIcon, Id, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};

use super::handles::{Body, Handle, TARGET, bodies};
use super::moves::Grip;
use super::scene::Scene;
use super::{backdrop, flags, gesture};
use crate::instrument::{Position, PositionId, Underlying};
use crate::ui::action::Actions;
use crate::ui::plot::line::y_at;
use crate::ui::plot::{Ink, Label};
use crate::ui::theme::Tokens;

/// Radius of a grip.
const RADIUS: f32 = 6.0;
/// Radius of the halo around a selected grip.
const HALO: f32 = 11.0;

/// How a handle is being looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    /// The pointer is over it.
    pub is_hovered: bool,
    /// It is dragged or has the focus.
    pub is_active: bool,
    /// The book as held does not hold it: a draft of the what-if.
    pub is_draft: bool,
}

impl Attention {
    /// The colour of a grip, a label or a flag's frame: violet for a draft, `active` under the hand.
    pub fn ink(self, t: &Tokens, active: Color32) -> Color32 {
        match (self.is_active, self.is_draft) {
            (true, _) => active,
            (false, true) => t.wi,
            (false, false) => t.tx,
        }
    }
}

/// What the grips reported: attention by handle, the hovered body, and what a drag began with.
#[derive(Clone, Debug, Default)]
pub struct Interest {
    /// One for each handle of the scene.
    pub handles: Vec<Attention>,
    /// The body under the pointer.
    pub body: Option<Body>,
    /// What was grabbed in this frame.
    pub grabbed: Option<(PositionId, Grip)>,
}

/// Puts the widgets over the plot. `flag_rects` has one flag for each handle, or none.
pub fn interact(
    ui: &Ui,
    scene: &Scene<'_>,
    flag_rects: &[Option<Rect>],
    actions: &mut Actions,
) -> Interest {
    let mut interest = Interest::default();
    // bodies first: the grips at their ends lie above them
    for body in bodies(&scene.handles) {
        body_widget(ui, scene, &body, &mut interest);
    }
    for (index, handle) in scene.handles.iter().enumerate() {
        let flag = flag_rects.get(index).copied().flatten();
        let attention = handle_widget(ui, scene, (index, flag), &mut interest);
        interest.handles.push(attention);
        gesture::nudge(ui, scene.ctx, (handle.position, handle.leg), actions);
    }
    interest
}

fn body_widget(ui: &Ui, scene: &Scene<'_>, body: &Body, interest: &mut Interest) {
    let base = Id::unique(("palisade_wing", body.position, format!("{:?}", body.grip)));
    for (index, rect) in body.rects().into_iter().enumerate() {
        let rect = rect.intersect(scene.canvas.frame);
        if !rect.is_positive() {
            continue;
        }
        let response = ui.interact(rect, base.with(index), Sense::DRAG);
        let response = response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
        if response.drag_started_by(egui::PointerButton::Primary) {
            interest.grabbed = Some((body.position, body.grip));
        }
        if response.hovered() {
            interest.body = Some(body.clone());
        }
    }
}

/// The ground of a grip, cut at the middle between it and its neighbours so that grips never overlap.
fn grip_rect(scene: &Scene<'_>, index: usize) -> Rect {
    let at = scene.handles[index].at;
    let mut rect = Rect::from_center_size(at, vec2(TARGET, TARGET));
    if let Some(left) = index
        .checked_sub(1)
        .and_then(|left| scene.handles.get(left))
    {
        rect.min.x = rect.min.x.max(0.5 * (left.at.x + at.x));
    }
    if let Some(right) = scene.handles.get(index + 1) {
        rect.max.x = rect.max.x.min(0.5 * (right.at.x + at.x));
    }
    rect
}

fn handle_widget(
    ui: &Ui,
    scene: &Scene<'_>,
    (index, flag): (usize, Option<Rect>),
    interest: &mut Interest,
) -> Attention {
    let handle = &scene.handles[index];
    let frame = scene.canvas.frame.expand(RADIUS);
    let grip = if handle.is_flagged {
        grip_rect(scene, index)
    } else {
        handle.grip_rect()
    };
    let grip = grip.intersect(frame);
    let mut attention = Attention {
        is_draft: is_draft(scene, handle),
        ..Attention::default()
    };
    let is_grip_seen = grip.is_positive();
    let main = match flag {
        Some(flag) => {
            if is_grip_seen {
                let under = ui.interact(grip, handle.id().with("grip"), Sense::DRAG);
                notice(under, handle, &mut attention, interest);
            }
            flag
        }
        None if is_grip_seen => grip,
        None => return attention,
    };
    let response = ui.interact(main, handle.id(), Sense::click_and_drag());
    let is_focused = response.has_focus();
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Slider, true, &handle.name);
        info.value = Some(handle.strike);
        info
    });
    if response.clicked() {
        response.request_focus();
    }
    notice(response, handle, &mut attention, interest);
    let is_held = scene
        .gesture
        .as_ref()
        .is_some_and(|gesture| gesture.holds(handle.position, handle.leg));
    attention.is_active = is_focused || is_held;
    attention
}

/// Whether a what-if holds the strike and the book does not.
fn is_draft(scene: &Scene<'_>, handle: &Handle) -> bool {
    scene.ctx.what_if.is_some_and(|view| {
        let held = view.campaign.position(handle.position);
        !held.is_some_and(|held| held.legs.iter().any(|leg| leg.contract == handle.contract))
    })
}

fn notice(response: Response, handle: &Handle, attention: &mut Attention, interest: &mut Interest) {
    let response = response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    if response.drag_started_by(egui::PointerButton::Primary) {
        interest.grabbed = Some((handle.position, Grip::Leg(handle.leg)));
    }
    attention.is_hovered |= response.hovered();
}

/// Paints rings left behind, bodies, grips and their labels or flags.
pub fn paint(ui: &Ui, scene: &mut Scene<'_>, interest: &Interest, flag_rects: &[Option<Rect>]) {
    if let Some(body) = &interest.body {
        let stroke = Stroke::new(6.0, scene.active_ink().gamma_multiply(0.22));
        scene.canvas.painter.line_segment(body.ends, stroke);
    }
    rings(scene);
    flags::paint(ui, scene, &interest.handles, flag_rects);
    let handles = scene.handles.clone();
    for (handle, attention) in handles.iter().zip(&interest.handles) {
        grip(scene, handle, *attention);
        scene
            .taken
            .add(Rect::from_center_size(handle.at, vec2(14.0, 14.0)));
    }
    for (handle, attention) in handles.iter().zip(&interest.handles) {
        if !handle.is_flagged && scene.canvas.frame.x_range().contains(handle.at.x) {
            label(scene, handle, *attention);
        }
    }
}

fn grip(scene: &Scene<'_>, handle: &Handle, attention: Attention) {
    let (t, painter) = (&scene.t, &scene.canvas.painter);
    let active = scene.active_ink();
    let ink = attention.ink(t, active);
    let radius = if attention.is_hovered {
        RADIUS + 1.0
    } else {
        RADIUS
    };
    if attention.is_active {
        painter.circle_filled(handle.at, HALO, active.gamma_multiply(0.22));
    } else if attention.is_hovered {
        painter.circle_filled(handle.at, HALO, t.tx.gamma_multiply(0.12));
    }
    painter.circle_filled(handle.at, radius + 1.5, t.plot);
    if handle.is_short() {
        painter.circle_filled(handle.at, radius, ink);
    } else {
        painter.circle(handle.at, radius - 1.0, t.plot, Stroke::new(2.0, ink));
    }
}

/// The strike beside its grip: outside the curve, short above and long below.
fn label(scene: &mut Scene<'_>, handle: &Handle, attention: Attention) {
    let ink = attention.ink(&scene.t, scene.active_ink());
    let outward = if matches!(handle.place, Some(0 | 1)) {
        -10.0
    } else {
        10.0
    };
    let above = Label::figure(
        handle.label(),
        Ink::Plain(ink),
        handle.at + vec2(outward, -10.0),
        Align2::CENTER_BOTTOM,
    );
    let below = Label::figure(
        handle.label(),
        Ink::Plain(ink),
        handle.at + vec2(outward, 10.0),
        Align2::CENTER_TOP,
    );
    let room = scene.canvas.frame;
    let order = if handle.is_short() {
        [above, below]
    } else {
        [below, above]
    };
    let order = order.map(|label| label.inside(&scene.canvas.painter, room));
    for label in &order {
        if scene
            .taken
            .paint_if_free(&scene.canvas.painter, &scene.t, label)
        {
            return;
        }
    }
    if let Some(label) = order.first().filter(|_label| attention.is_active) {
        let rect = label.paint(&scene.canvas.painter, &scene.t);
        scene.taken.add(rect);
    }
}

/// Dashed rings on the ghost where moved strikes were: before the gesture, or in the book as held.
fn rings(scene: &Scene<'_>) {
    let Some(ghost) = backdrop::ghost_points(scene) else {
        return;
    };
    for strike in left_behind(scene) {
        let x = scene.canvas.x(strike);
        if let Some(y) = y_at(&ghost, x) {
            backdrop::left_behind(&scene.canvas.painter, pos2(x, y), scene.t.tx3);
        }
    }
}

/// Strikes on the SPX axis that are held no longer.
fn left_behind(scene: &Scene<'_>) -> Vec<f64> {
    let held: Vec<&Position> = match (&scene.gesture, scene.ctx.what_if) {
        (Some(gesture), _) => vec![&gesture.origin],
        (None, Some(view)) => view.campaign.positions.iter().collect(),
        (None, None) => Vec::new(),
    };
    let contracts = held
        .iter()
        .flat_map(|position| position.legs.iter().map(|leg| leg.contract));
    contracts
        .filter(|old| old.underlying() == Underlying::Spx)
        .filter(|old| scene.handles.iter().all(|handle| handle.contract != *old))
        .filter_map(|old| Some(old.strike()? / old.root().index_scale()))
        .collect()
}
