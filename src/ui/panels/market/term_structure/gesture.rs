//! A drag of the curve from press to release: one undo step, Esc gives it up, and the axes stand still.

use egui::{Context, EventFilter, Id, Key, Modifiers, Ui};
use jiff::civil::Date;

use super::Scene;
use super::handles::handle_id;
use crate::document::Command;
use crate::market::vix_shapes::{CurveManner, nudged, pulled, replaced};
use crate::market::{FutureMark, VixCurve};
use crate::risk::figures::LayerFacts;
use crate::ui::plot::View;
use crate::ui::{Action, Actions, PanelContext};
use crate::valuation::Valuation;

/// What a drag is compared by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Figures {
    /// 100 (VX2 / VX1 − 1).
    pub contango_pct: Option<f64>,
    /// Net vega in points per condor.
    pub net_vega: Option<f64>,
    /// Open profit of the three layers in dollars.
    pub layers_usd: f64,
}

impl Figures {
    pub(super) fn of(valuation: &Valuation) -> Self {
        let layers = valuation.layers.iter();
        Self {
            contango_pct: valuation.market.curve.contango_pct(),
            net_vega: valuation.net_vega.as_ref().map(|net| net.literal),
            layers_usd: layers.map(|layer: &LayerFacts| layer.open_pl_usd).sum(),
        }
    }
}

/// The drag under way.
#[derive(Clone, Debug)]
pub(super) struct Gesture {
    /// The marks of the campaign when it began, settled ones and all.
    saved: Vec<FutureMark>,
    /// One mark for each point of the curve when it began.
    origin: Vec<FutureMark>,
    /// The curve when it began: the ghost.
    pub ghost: VixCurve,
    /// The figures when it began.
    pub before: Figures,
    /// The future that is held.
    pub held: Date,
    /// Price under the pointer when it was pressed, VIX points.
    pressed_at: f64,
    /// The view, frozen.
    pub view: View,
}

impl Gesture {
    /// Price of the held future when the drag began, VIX points.
    pub(super) fn price_before(&self) -> Option<f64> {
        let mark = self.origin.iter().find(|mark| mark.expiry == self.held)?;
        Some(mark.price)
    }
}

fn slot() -> Id {
    Id::unique("palisade_vx_gesture")
}

/// The drag under way, if one is.
pub(super) fn current(ctx: &Context) -> Option<Gesture> {
    ctx.data(|data| data.get_temp::<Gesture>(slot()))
}

fn forget(ctx: &Context) {
    ctx.data_mut(|data| data.remove::<Gesture>(slot()));
    ctx.request_repaint();
}

/// Begins a drag: the handle gets the focus and the axes freeze.
pub(super) fn begin(ui: &Ui, scene: &Scene<'_>, held: Date) {
    let Some(pressed) = ui.input(|i| i.pointer.press_origin()) else {
        return;
    };
    let gesture = Gesture {
        saved: scene.ctx.campaign.marks.vx.clone(),
        origin: scene.marks.clone(),
        ghost: scene.curve.clone(),
        before: Figures::of(scene.ctx.valuation),
        held,
        pressed_at: scene.canvas.value(pressed.y),
        view: scene.canvas.view(),
    };
    ui.memory_mut(|memory| memory.request_focus(handle_id(held)));
    ui.data_mut(|data| data.insert_temp(slot(), gesture));
}

/// Carries the drag on: moves the curve, and ends or gives up.
pub(super) fn carry_on(ui: &Ui, scene: &Scene<'_>, gesture: &Gesture, actions: &mut Actions) {
    let (pointer, is_down, modifiers, is_given_up) = ui.input(|i| {
        (
            i.pointer.latest_pos(),
            i.pointer.primary_down(),
            i.modifiers,
            i.key_pressed(Key::Escape),
        )
    });
    let Some(from) = gesture.price_before().filter(|_price| !is_given_up) else {
        actions.push(Action::CancelDrag);
        forget(ui.ctx());
        return;
    };
    if let Some(at) = pointer {
        let to = from + scene.canvas.value(at.y) - gesture.pressed_at;
        let moved = pulled(&gesture.origin, gesture.held, to, manner(modifiers));
        let marks = if moved == gesture.origin {
            gesture.saved.clone()
        } else {
            marks_with(scene.ctx, moved)
        };
        if marks != scene.ctx.campaign.marks.vx {
            actions.push(Action::Drag(Command::SetVxCurve(marks)));
        }
    }
    if !is_down {
        actions.push(Action::EndDrag);
        forget(ui.ctx());
    }
}

fn manner(modifiers: Modifiers) -> CurveManner {
    CurveManner {
        is_free: modifiers.alt,
        moves_all: modifiers.shift,
    }
}

fn marks_with(ctx: &PanelContext<'_>, moved: Vec<FutureMark>) -> Vec<FutureMark> {
    let old = &ctx.campaign.marks;
    replaced(old.as_of, &old.vx, moved)
}

/// Moves a focused handle by the arrow keys or an assistive tool: each press is one undo step.
pub(super) fn nudge(ui: &Ui, scene: &Scene<'_>, held: Date, actions: &mut Actions) {
    let id = handle_id(held);
    let asked = ui.input(|i| {
        let asked =
            |action| i32::try_from(i.num_accesskit_action_requests(id, action)).unwrap_or(0);
        asked(egui::accesskit::Action::Increment) - asked(egui::accesskit::Action::Decrement)
    });
    let steps = asked + arrow_steps(ui, id);
    if steps == 0 || scene.gesture.is_some() {
        return;
    }
    let manner = manner(ui.input(|i| i.modifiers));
    let moved = nudged(&scene.marks, held, steps, manner);
    if moved != scene.marks {
        actions.edit(Command::SetVxCurve(marks_with(scene.ctx, moved)));
    }
}

/// Steps that the arrow keys ask of a focused handle; the keys then do not move the focus.
fn arrow_steps(ui: &Ui, id: Id) -> i32 {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return 0;
    }
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    ui.input(|i| i.events.iter().map(step_of).sum())
}

fn step_of(event: &egui::Event) -> i32 {
    let egui::Event::Key {
        key, pressed: true, ..
    } = event
    else {
        return 0;
    };
    if *key == Key::ArrowUp {
        1
    } else if *key == Key::ArrowDown {
        -1
    } else {
        0
    }
}
