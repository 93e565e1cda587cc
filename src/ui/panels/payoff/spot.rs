//! The spot line under the hand: dragging it assumes another SPX, which begins a what-if; marks stay.
//!
//! Esc goes back to where the drag began. The axes stand still until the hand lets go, and strike handles,
//! which are laid over the line, win where both are under the pointer.

use egui::{
    Context, CursorIcon, EventFilter, Id, Key, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::marks::beside;
use super::scene::Scene;
use crate::risk::what_if::WhatIfScenario;
use crate::ui::action::{Action, Actions};
use crate::ui::plot::axis::axis_centre;
use crate::ui::plot::canvas::BELOW;
use crate::ui::plot::line::y_at;
use crate::ui::plot::{Ink, Label, View};
use crate::ui::what_if::WhatIfEdit;
use crate::ui::workspace::WorkspaceEdit;
use crate::ui::{format, icons};

/// Width of the ground that takes the line, in points.
const TARGET: f32 = 16.0;
/// The real spot holds the line within this distance, in points.
const MAGNET: f32 = 4.0;
/// SPX points of one step by an arrow key; with Shift; with Alt.
const STEPS: [f64; 3] = [5.0, 25.0, 1.0];
/// How far the real spot's pill may stand aside of its line to leave room for the scenario's, in points.
const ASIDE: f32 = 26.0;
/// Radius of the knob on the scenario's line.
const KNOB: f32 = 6.0;

/// The drag under way.
#[derive(Clone, Debug)]
pub struct SpotDrag {
    /// What was assumed when it began; `None` outside a what-if.
    start: Option<WhatIfScenario>,
    /// SPX of the line less SPX under the pointer when it was pressed.
    offset: f64,
    /// The view, frozen.
    pub view: View,
    /// The workspace's range before, to be put back at the end.
    range: Option<(f64, f64)>,
}

/// How the line is being looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    /// It is under the pointer or dragged.
    pub is_hot: bool,
    /// It has the keyboard.
    pub is_focused: bool,
}

fn id() -> Id {
    Id::unique("palisade_spot_line")
}

fn slot() -> Id {
    Id::unique("palisade_spot_drag")
}

/// The drag under way, if one is.
pub fn current(ctx: &Context) -> Option<SpotDrag> {
    ctx.data(|data| data.get_temp::<SpotDrag>(slot()))
}

/// Puts the line under the hand; call it before the strike handles, so that those lie above it.
pub fn interact(ui: &Ui, scene: &Scene<'_>, actions: &mut Actions) -> Attention {
    let frame = scene.canvas.frame;
    let spot = scene.ctx.valuation.market.spx;
    let x = scene.canvas.x(spot);
    if !frame.expand(1.0).x_range().contains(x) {
        return Attention::default();
    }
    let pill = Rect::from_center_size(pos2(x, axis_centre(frame)), vec2(56.0, BELOW - 4.0));
    let under = ui.interact(pill, id().with("pill"), Sense::DRAG | Sense::CLICK);
    let column = Rect::from_x_y_ranges(x - TARGET / 2.0..=x + TARGET / 2.0, frame.y_range());
    let line = ui.interact(column, id(), Sense::click_and_drag());
    let name = if scene.ctx.what_if.is_some() {
        "What-if spot line"
    } else {
        "Spot line"
    };
    line.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Slider, true, name);
        info.value = Some(spot);
        info
    });
    if line.clicked() || under.clicked() {
        line.request_focus();
    }
    // it lies over the canvas, where a double click fits
    if line.double_clicked() {
        super::viewer(scene.ctx).fit(ui.ctx(), actions);
    }
    let line = line.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    let under = under.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    let held = if under.dragged() || under.drag_stopped() || under.drag_started() {
        &under
    } else {
        &line
    };
    drag(ui, scene, held, actions);
    keys(ui, scene, &line, actions);
    let attention = Attention {
        is_hot: [&line, &under]
            .into_iter()
            .any(|response| response.hovered() || response.dragged()),
        is_focused: line.has_focus(),
    };
    if scene.spot_drag.is_none() {
        under.on_hover_text(
            "Drag the spot, or move it by the arrow keys: the whole desk shows that market, as a what-if. The mark stays; Esc goes back",
        );
    }
    attention
}

fn drag(ui: &Ui, scene: &Scene<'_>, response: &Response, actions: &mut Actions) {
    let spot = scene.ctx.valuation.market.spx;
    if response.drag_started_by(egui::PointerButton::Primary) {
        let pressed = ui.input(|i| i.pointer.press_origin());
        let view = scene.canvas.view();
        let drag = SpotDrag {
            start: scene.ctx.what_if.map(|view| view.scenario.clone()),
            offset: pressed.map_or(0.0, |at| spot - scene.canvas.spx(at.x)),
            view,
            range: scene.ctx.workspace.plot_range,
        };
        if drag.range.is_none() {
            actions.workspace(WorkspaceEdit::PlotRange(Some(view.x)));
        }
        ui.data_mut(|data| data.insert_temp(slot(), drag));
    }
    let Some(drag) = current(ui.ctx()) else {
        return;
    };
    // egui ends a drag on Esc by itself
    let is_given_up = ui.input(|i| i.key_pressed(Key::Escape));
    let is_live = response.dragged() || response.drag_stopped();
    if is_given_up && is_live {
        let back = drag
            .start
            .clone()
            .map_or(WhatIfEdit::Discard, WhatIfEdit::Scenario);
        actions.push(Action::WhatIf(back));
        ui.ctx().stop_dragging();
        finish(ui, &drag, actions);
    } else if !response.dragged() {
        finish(ui, &drag, actions);
    } else if let Some(at) = ui.input(|i| i.pointer.latest_pos()) {
        let wanted = scene.canvas.spx(at.x) + drag.offset;
        assume(scene, snapped(ui, scene, wanted), actions);
    }
}

fn finish(ui: &Ui, drag: &SpotDrag, actions: &mut Actions) {
    if drag.range.is_none() {
        actions.workspace(WorkspaceEdit::PlotRange(None));
    }
    ui.data_mut(|data| data.remove::<SpotDrag>(slot()));
    ui.ctx().request_repaint();
}

/// Whole points inside the view; by 25 with Shift, free with Alt; the real spot holds the line.
fn snapped(ui: &Ui, scene: &Scene<'_>, wanted: f64) -> f64 {
    let modifiers = ui.input(|i| i.modifiers);
    let (low, high) = scene.canvas.view().x;
    let wanted = wanted.clamp(low.max(1.0), high);
    let real = scene.real_spot();
    let is_near = ((wanted - real) as f32 * scene.canvas.points_per_spx()).abs() < MAGNET;
    match (modifiers.alt, modifiers.shift) {
        (true, _) => (wanted * 100.0).round() / 100.0,
        (false, true) => (wanted / STEPS[1]).round() * STEPS[1],
        (false, false) if is_near => real,
        (false, false) => wanted.round(),
    }
}

/// Asks for a scenario at another SPX, everything else as it is assumed now.
fn assume(scene: &Scene<'_>, spx: f64, actions: &mut Actions) {
    if spx == scene.ctx.valuation.market.spx {
        return;
    }
    let scenario = scene
        .ctx
        .what_if
        .map_or_else(|| WhatIfScenario::today(spx), |view| view.scenario.clone());
    actions.push(Action::WhatIf(WhatIfEdit::Scenario(WhatIfScenario {
        spx,
        ..scenario
    })));
}

/// Arrow keys and assistive tools step the focused line.
fn keys(ui: &Ui, scene: &Scene<'_>, response: &Response, actions: &mut Actions) {
    let asked = |action| ui.input(|i| i.num_accesskit_action_requests(response.id, action)) as f64;
    let mut by = STEPS[0]
        * (asked(egui::accesskit::Action::Increment) - asked(egui::accesskit::Action::Decrement));
    if response.has_focus() && !response.dragged() {
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        by += ui.input(|i| i.events.iter().map(points_of).sum::<f64>());
    }
    if by != 0.0 {
        let spot = scene.ctx.valuation.market.spx;
        assume(scene, (spot + by).max(1.0), actions);
    }
}

/// SPX points that one key press asks for.
fn points_of(event: &egui::Event) -> f64 {
    let egui::Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return 0.0;
    };
    let size = match (modifiers.shift, modifiers.alt) {
        (true, _) => STEPS[1],
        (false, true) => STEPS[2],
        (false, false) => STEPS[0],
    };
    if *key == Key::ArrowRight {
        size
    } else if *key == Key::ArrowLeft {
        -size
    } else {
        0.0
    }
}

/// Paints the real spot in the accent, and in a what-if the scenario's in violet.
pub fn paint(ui: &Ui, scene: &Scene<'_>, attention: Attention) {
    let t = &scene.t;
    let frame = scene.canvas.frame;
    let at = |spx: f64| icons::snap(ui, pos2(scene.canvas.x(spx), 0.0)).x;
    let line = |x: f32, stroke: Stroke| {
        scene.canvas.painter.vline(x, frame.y_range(), stroke);
    };
    let is_awake = attention.is_hot || attention.is_focused;
    let (width, share) = if is_awake { (2.0, 1.0) } else { (1.0, 0.55) };
    let real = at(scene.real_spot());
    if scene.ctx.what_if.is_none() {
        line(real, Stroke::new(width, t.accent.gamma_multiply(share)));
    } else {
        line(real, Stroke::new(1.0, t.accent.gamma_multiply(0.55)));
        let spot = at(scene.ctx.valuation.market.spx);
        line(
            spot,
            Stroke::new(width, t.wi.gamma_multiply(share.max(0.8))),
        );
    }
    knob(scene, is_awake);
}

/// The knob where the line crosses the scenario's own line; outside a what-if only under the hand.
fn knob(scene: &Scene<'_>, is_awake: bool) {
    let t = &scene.t;
    let ink = scene.active_ink();
    let x = scene.canvas.x(scene.ctx.valuation.market.spx);
    let today = scene
        .lines
        .iter()
        .zip(&scene.polylines)
        .find(|(line, _)| line.is_today());
    let Some(y) = today.and_then(|(_, polyline)| y_at(polyline, x)) else {
        return;
    };
    if scene.ctx.what_if.is_none() && !is_awake {
        return;
    }
    let painter = &scene.canvas.painter;
    if is_awake {
        painter.circle_filled(pos2(x, y), KNOB + 5.0, ink.gamma_multiply(0.3));
    }
    painter.circle(pos2(x, y), KNOB, ink, Stroke::new(1.5, t.plot));
}

/// The pills of the scenario's spot and of the real one on the SPX axis; the focus ring is around the first.
pub fn pills(ui: &Ui, scene: &mut Scene<'_>, attention: Attention) {
    let t = scene.t;
    let real = scene.real_spot();
    let assumed = scene.ctx.what_if.map(|_| scene.ctx.valuation.market.spx);
    let mut wanted = Vec::new();
    if let Some(spx) = assumed {
        wanted.push((spx, Ink::Solid(t.wi, t.on_accent)));
    }
    let ink = if assumed.is_some() {
        Ink::Outlined(t.accent, t.accent)
    } else {
        Ink::Solid(t.accent, t.on_accent)
    };
    wanted.push((real, ink));
    for (index, (spx, ink)) in wanted.into_iter().enumerate() {
        let frame = scene.canvas.frame;
        let at = pos2(scene.canvas.x(spx), axis_centre(frame));
        if at.x < frame.left() - 1.0 || at.x > frame.right() + 1.0 {
            continue;
        }
        let words = format::fixed(spx, 2);
        let label = Label::figure(words, ink, at, egui::Align2::CENTER_CENTER);
        let label = beside(scene, label);
        // a pill far from its line would mark another level
        if (label.at.x - at.x).abs() > ASIDE {
            continue;
        }
        let ground = label.paint(&scene.canvas.outer, &t);
        scene.pills.push(ground);
        if index == 0 && attention.is_focused {
            let ring = Stroke::new(1.5, t.accent);
            let around = ground.expand(2.0);
            let kind = egui::StrokeKind::Outside;
            ui.painter().rect_stroke(around, 4.0, ring, kind);
        }
    }
}
