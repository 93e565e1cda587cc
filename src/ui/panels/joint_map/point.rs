//! The point that can be taken: today, or where the what-if stands; and the crosshair with its pills.

use egui::{
    Align2, CursorIcon, EventFilter, Id, Key, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2,
    WidgetInfo, pos2,
};

use super::chart::Chart;
use super::state::Scene;
use crate::risk::what_if::WhatIfScenario;
use crate::ui::action::{Action, Actions};
use crate::ui::plot::label::{Ink, Label};
use crate::ui::what_if::WhatIfEdit;
use crate::ui::{format, icons};

/// Side of the ground that takes the point.
const TARGET: f32 = 24.0;
/// One step of an arrow key, in % of SPX and in VIX points.
const STEP: f64 = 0.5;

/// What the hand does on the map in this frame.
pub struct Hand {
    /// The point is under the pointer or has the keyboard.
    pub is_hot: bool,
    /// The point has the keyboard.
    pub is_focused: bool,
    /// SPX move in % and VIX under a pointer that reads the map.
    pub pointer: Option<(f64, f64)>,
    /// Screen position of the pointer.
    pub pointer_at: Option<Pos2>,
}

fn id() -> Id {
    Id::unique("palisade_joint_map_point")
}

/// Reads the drag, the keys and the double click, and asks for what they mean.
pub fn interact(
    ui: &Ui,
    scene: &Scene<'_>,
    (chart, background): (&Chart, &Response),
    actions: &mut Actions,
) -> Hand {
    let place = scene.what_if.unwrap_or_else(|| scene.today());
    let at = chart.frame.clamp(chart.at(place.0, place.1));
    let ground = Rect::from_center_size(at, Vec2::splat(TARGET));
    let response = ui.interact(ground, id(), Sense::click_and_drag());
    let name = if scene.what_if.is_some() {
        "What-if point"
    } else {
        "Today point"
    };
    let words = said(place);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Slider, true, name);
        info.current_text_value = Some(words.clone());
        info
    });
    let response = response.on_hover_and_drag_cursor(CursorIcon::Move);
    if response.clicked() {
        response.request_focus();
    }
    drag(ui, scene, (chart, &response), actions);
    keys(ui, scene, (chart, &response, place), actions);
    let over = background
        .hover_pos()
        .filter(|at| chart.frame.contains(*at));
    if let Some(at) = over.filter(|_at| background.double_clicked()) {
        actions.push(scene.assume(chart.value(at)));
    }
    let is_dragging = response.dragged();
    let hand = Hand {
        is_hot: is_dragging || response.hovered() || response.has_focus(),
        is_focused: response.has_focus(),
        pointer: over.filter(|_at| !is_dragging).map(|at| chart.value(at)),
        pointer_at: over,
    };
    if !is_dragging {
        response.on_hover_text(
            "Drag it, or move it by the arrow keys: the whole desk shows that market. A double click on the map puts it there; Esc goes back",
        );
    }
    hand
}

fn said((spx_pct, vix): (f64, f64)) -> String {
    format!(
        "SPX {} %, VIX {}",
        format::signed(spx_pct, 1),
        format::fixed(vix, 1)
    )
}

/// What was assumed when the drag began: Esc goes back there.
type Start = Option<WhatIfScenario>;

fn drag(ui: &Ui, scene: &Scene<'_>, (chart, response): (&Chart, &Response), actions: &mut Actions) {
    let slot = id().with("start");
    if response.drag_started() {
        let start: Start = scene.ctx.what_if.map(|view| view.scenario.clone());
        ui.data_mut(|data| data.insert_temp(slot, start));
    }
    // egui ends a drag on Esc by itself
    let is_given_up = ui.input(|i| i.key_pressed(Key::Escape));
    if is_given_up && (response.dragged() || response.drag_stopped()) {
        let start: Start = ui.data(|data| data.get_temp::<Start>(slot)).flatten();
        let back = start.map_or(WhatIfEdit::Discard, WhatIfEdit::Scenario);
        actions.push(Action::WhatIf(back));
        ui.ctx().stop_dragging();
    } else if response.dragged()
        && let Some(at) = response.interact_pointer_pos()
    {
        actions.push(scene.assume(chart.value(at)));
    }
}

fn keys(
    ui: &Ui,
    scene: &Scene<'_>,
    (chart, response, (spx_pct, vix)): (&Chart, &Response, (f64, f64)),
    actions: &mut Actions,
) {
    if !response.has_focus() || response.dragged() || response.drag_stopped() {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: scene.what_if.is_some(),
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key: Key| ui.input_mut(|i| i.count_and_consume_key(egui::Modifiers::NONE, key));
    let steps = |more: Key, less: Key| STEP * (pressed(more) as f64 - pressed(less) as f64);
    let across = steps(Key::ArrowRight, Key::ArrowLeft);
    let up = steps(Key::ArrowUp, Key::ArrowDown);
    if across != 0.0 || up != 0.0 {
        let moved = chart.clamp((spx_pct + across, vix + up));
        actions.push(scene.assume(moved));
    } else if scene.what_if.is_some() && pressed(Key::Escape) > 0 {
        actions.push(Action::WhatIf(WhatIfEdit::Discard));
    }
}

/// Paints today, the point and the crosshair; returns the pills on the axes.
pub fn paint(ui: &Ui, scene: &Scene<'_>, (chart, hand): (&Chart, &Hand)) -> Vec<Rect> {
    let t = &chart.t;
    let mut pills = Vec::new();
    if let Some((spx_pct, vix)) = scene.what_if {
        let ink = (t.wi, Ink::Solid(t.wi, t.on_accent));
        pills.extend(crosshair(ui, chart, (spx_pct, vix), ink));
    }
    if let Some(at) = hand.pointer {
        let ink = (t.tx3, Ink::Outlined(t.tx3, t.tx));
        pills.extend(crosshair(ui, chart, at, ink));
    }
    let (pct, vix) = scene.today();
    let today = chart.at(pct, vix);
    if scene.what_if.is_none() && hand.is_hot {
        chart
            .painter
            .circle_filled(today, 12.0, t.wi.gamma_multiply(0.35));
    }
    let ring = Stroke::new(2.0, t.contour);
    chart.painter.circle_stroke(
        today,
        5.0,
        Stroke::new(4.5, t.contour_halo.gamma_multiply(0.7)),
    );
    chart.painter.circle(today, 5.0, t.contour_halo, ring);
    if let Some((pct, vix)) = scene.what_if {
        let at = chart.frame.clamp(chart.at(pct, vix));
        let halo = if hand.is_hot { 0.5 } else { 0.35 };
        chart
            .painter
            .circle_filled(at, 13.0, t.wi.gamma_multiply(halo));
        chart
            .painter
            .circle(at, 7.0, t.wi, Stroke::new(1.5, t.contour_halo));
        if hand.is_focused {
            chart
                .painter
                .circle_stroke(at, 16.0, Stroke::new(1.5, t.accent));
        }
    } else if hand.is_focused {
        chart
            .painter
            .circle_stroke(today, 10.0, Stroke::new(1.5, t.accent));
    }
    pills
}

/// Two lines through a point, and a pill on each axis.
fn crosshair(
    ui: &Ui,
    chart: &Chart,
    (spx_pct, vix): (f64, f64),
    (line, pill): (egui::Color32, Ink),
) -> Vec<Rect> {
    let at = icons::snap(ui, chart.frame.clamp(chart.at(spx_pct, vix)));
    let stroke = Stroke::new(1.0, line);
    chart.painter.vline(at.x, chart.frame.y_range(), stroke);
    chart.painter.hline(chart.frame.x_range(), at.y, stroke);
    let across = Label::figure(
        format!("{}%", format::signed(spx_pct, 1)),
        pill,
        pos2(at.x, chart.axis_y()),
        Align2::CENTER_CENTER,
    );
    let up = Label::figure(
        format::fixed(vix, 1),
        pill,
        pos2(chart.frame.left() - 3.0, at.y),
        Align2::RIGHT_CENTER,
    );
    vec![
        across.strong().paint(&chart.outer, &chart.t),
        up.strong().paint(&chart.outer, &chart.t),
    ]
}
