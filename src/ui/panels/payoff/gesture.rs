//! A drag of strikes from press to release: one undo step, Esc gives it up, and the axes stand still.

use egui::{Context, Id, Key, Modifiers, Pos2, Ui};

use super::handles::handle_id;
use super::moves::{Grip, Manner, Pricer, nudged, pulled};
use crate::document::Command;
use crate::instrument::{Position, PositionId};
use crate::ui::action::{Action, Actions};
use crate::ui::context::PanelContext;
use crate::ui::plot::{Canvas, View};
use crate::ui::workspace::WorkspaceEdit;

/// The drag under way.
#[derive(Clone, Debug)]
pub struct Gesture {
    /// The position as it was when it was grabbed.
    pub origin: Position,
    /// What is held.
    pub grip: Grip,
    /// SPX level under the pointer when it was pressed.
    pub pressed_at: f64,
    /// The view, frozen.
    pub view: View,
    /// The workspace's range before, to be put back at the end.
    range: Option<(f64, f64)>,
}

fn slot() -> Id {
    Id::unique("palisade_payoff_gesture")
}

/// The drag under way, if one is.
pub fn current(ctx: &Context) -> Option<Gesture> {
    ctx.data(|data| data.get_temp::<Gesture>(slot()))
}

fn forget(ctx: &Context) {
    ctx.data_mut(|data| data.remove::<Gesture>(slot()));
}

impl Gesture {
    /// The position being changed.
    pub fn position(&self) -> PositionId {
        self.origin.id
    }

    /// Legs that are held: the dragged one, or both of a spread.
    pub fn holds(&self, position: PositionId, leg: usize) -> bool {
        let is_held = match self.grip {
            Grip::Leg(index) => index == leg,
            Grip::Spread(pair) => pair.contains(&leg),
        };
        self.position() == position && is_held
    }
}

/// Begins a drag: the handle gets the focus and the axes freeze.
pub fn begin(
    ui: &Ui,
    ctx: &PanelContext<'_>,
    canvas: &Canvas,
    (position, grip): (PositionId, Grip),
    actions: &mut Actions,
) {
    let Some(origin) = ctx.campaign.position(position) else {
        return;
    };
    let Some(pressed) = ui.input(|i| i.pointer.press_origin()) else {
        return;
    };
    let view = canvas.view();
    let gesture = Gesture {
        origin: origin.clone(),
        grip,
        pressed_at: canvas.spx(pressed.x),
        view,
        range: ctx.workspace.plot_range,
    };
    if gesture.range.is_none() {
        actions.workspace(WorkspaceEdit::PlotRange(Some(view.x)));
    }
    if let Grip::Leg(leg) = grip {
        ui.memory_mut(|memory| memory.request_focus(handle_id(position, leg)));
    }
    ui.data_mut(|data| data.insert_temp(slot(), gesture));
}

/// Carries the drag on: moves the strikes, and ends or gives up.
pub fn carry_on(
    ui: &Ui,
    ctx: &PanelContext<'_>,
    canvas: &Canvas,
    gesture: &Gesture,
    actions: &mut Actions,
) {
    let is_gone = ctx.campaign.position(gesture.position()).is_none();
    if is_gone || ui.input(|i| i.key_pressed(Key::Escape)) {
        actions.push(Action::CancelDrag);
        finish(ui, gesture, actions);
        return;
    }
    let (pointer, is_down, modifiers) = ui.input(|i| {
        (
            i.pointer.latest_pos(),
            i.pointer.primary_down(),
            i.modifiers,
        )
    });
    if let Some(at) = pointer {
        let moved = moved(ctx, canvas, gesture, (at, modifiers));
        if ctx.campaign.position(moved.id) != Some(&moved) {
            let command = Command::ReplacePosition {
                id: moved.id,
                position: moved,
            };
            actions.push(Action::Drag(command));
        }
    }
    if !is_down {
        actions.push(Action::EndDrag);
        finish(ui, gesture, actions);
    }
}

/// The position as the pointer would have it.
fn moved(
    ctx: &PanelContext<'_>,
    canvas: &Canvas,
    gesture: &Gesture,
    (at, modifiers): (Pos2, Modifiers),
) -> Position {
    let by = canvas.spx(at.x) - gesture.pressed_at;
    let moved = pulled(
        &gesture.origin,
        gesture.grip,
        by,
        Manner::of(modifiers),
        pricer(ctx),
    );
    with_held_entries(ctx, moved)
}

/// Prices of moved legs: a draft of a what-if is traded in the market as it is, whatever is assumed of it.
fn pricer<'a>(ctx: &PanelContext<'a>) -> Pricer<'a> {
    Pricer {
        market: ctx.real_valuation().market.as_ref(),
    }
}

/// A leg of a what-if that comes back to what the book holds is that leg again, at its own entry price.
fn with_held_entries(ctx: &PanelContext<'_>, mut position: Position) -> Position {
    let held = ctx
        .what_if
        .and_then(|view| view.campaign.position(position.id));
    for leg in &mut position.legs {
        let same = held.and_then(|held| {
            held.legs
                .iter()
                .find(|own| own.contract == leg.contract && own.quantity == leg.quantity)
        });
        if let Some(own) = same {
            *leg = *own;
        }
    }
    position
}

fn finish(ui: &Ui, gesture: &Gesture, actions: &mut Actions) {
    if gesture.range.is_none() {
        actions.workspace(WorkspaceEdit::PlotRange(None));
    }
    forget(ui.ctx());
    ui.ctx().request_repaint();
}

/// Moves a focused handle by the arrow keys or an assistive tool: each press is one undo step.
///
/// Shift takes five steps, Alt goes by whole points, Ctrl mirrors the opposite wing.
pub fn nudge(
    ui: &Ui,
    ctx: &PanelContext<'_>,
    (position, leg): (PositionId, usize),
    actions: &mut Actions,
) {
    let id = handle_id(position, leg);
    let steps = ui.input(|i| {
        let asked =
            |action| i32::try_from(i.num_accesskit_action_requests(id, action)).unwrap_or(0);
        asked(egui::accesskit::Action::Increment) - asked(egui::accesskit::Action::Decrement)
    }) + arrow_steps(ui, id);
    let Some(origin) = ctx
        .campaign
        .position(position)
        .filter(|_position| steps != 0)
    else {
        return;
    };
    let modifiers = ui.input(|i| i.modifiers);
    let manner = Manner {
        moves_all: false,
        ..Manner::of(modifiers)
    };
    let moved = nudged(origin, Grip::Leg(leg), steps, manner, pricer(ctx));
    let moved = with_held_entries(ctx, moved);
    if moved != *origin {
        actions.edit(Command::ReplacePosition {
            id: position,
            position: moved,
        });
    }
}

/// Steps that the arrow keys ask of a focused handle; the keys then do not move the focus.
fn arrow_steps(ui: &Ui, id: Id) -> i32 {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return 0;
    }
    let filter = egui::EventFilter {
        horizontal_arrows: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    ui.input(|i| i.events.iter().map(steps_of).sum())
}

/// Steps of one key press: Shift takes five.
fn steps_of(event: &egui::Event) -> i32 {
    let egui::Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return 0;
    };
    let size = if modifiers.shift { 5 } else { 1 };
    if *key == Key::ArrowRight {
        size
    } else if *key == Key::ArrowLeft {
        -size
    } else {
        0
    }
}
