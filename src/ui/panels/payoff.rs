//! The payoff plot: profit against SPX by date and component, with the strikes to be dragged on the curve.
//!
//! The panel prices nothing: it draws the lines of [`PanelContext::curves`], and while strikes are dragged it
//! pushes the changed position each frame as [`Action::Drag`](crate::ui::Action::Drag), so that the app
//! revalues and the next frame shows it. The release is one undo step. A moved leg is entered at its model
//! price at the new strike, so the credit follows the strike.

mod backdrop;
mod compare;
mod days;
mod delta_card;
mod flags;
mod gesture;
mod grips;
mod handles;
pub(super) mod head;
mod hints;
pub(super) mod lines;
mod marks;
mod moves;
mod readout;
mod scene;
mod snapshots;
pub(super) mod spot;

use egui::{Rect, Ui};

use crate::ui::action::Actions;
use crate::ui::context::PanelContext;
use crate::ui::export::{is_picture, say_subject};
use crate::ui::format;
use crate::ui::plot::canvas::ground;
use crate::ui::plot::cursor::{cursor, set_cursor};
use crate::ui::plot::label::Taken;
use crate::ui::plot::line::points;
use crate::ui::plot::line_end::{LineEnd, line_ends};
use crate::ui::plot::view::{spot_range, values_range};
use crate::ui::plot::{CanvasSpec, View, Viewer, axis, canvas};
use crate::ui::theme::tokens;
use crate::ui::widgets::empty_state;
use scene::Scene;

/// Height of the strip over the frame, in which flags stand.
const STRIP: f32 = 28.0;
/// Bodies lower than this have no hints at their foot.
const ROOM_FOR_HINTS: f32 = 250.0;

/// The payoff plot.
pub fn payoff_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    head::head(ui, ctx, actions);
    let body = ui.available_rect_before_wrap();
    if ctx.valuation.book.legs.is_empty() {
        empty_state(
            ui,
            "No payoff yet",
            "Type a condor in the quick entry, such as −10 SPX 45d 16Δ 50w IC, and its payoff appears here with strikes that you can drag.",
            None,
        );
        return;
    }
    ui.allocate_rect(body, egui::Sense::hover());
    ground(ui, body);
    // a drag that begins a what-if changes nothing of the plot's size before it has ended
    let is_what_if = ctx.what_if.is_some() && spot::current(ui.ctx()).is_none();
    say_subject(ui.ctx(), || head::subject(ctx));
    let foot = if (body.height() >= ROOM_FOR_HINTS || is_what_if) && !is_picture(ui.ctx()) {
        hints::HEIGHT
    } else {
        0.0
    };
    let strip = Rect::from_min_max(body.min, egui::pos2(body.right(), body.top() + STRIP));
    let line = body.with_min_y(body.bottom() - foot);
    let above = body.with_max_y(line.top());
    let table = ctx
        .what_if
        .and_then(|view| Some((view, compare::place(ui, &view, above)?)));
    let bottom = table.map_or_else(|| above.bottom(), |(_, place)| place.top());
    let is_dragging = if bottom > strip.bottom() {
        let area = Rect::from_min_max(strip.left_bottom(), egui::pos2(body.right(), bottom));
        let mut scene = set_up(ui, ctx, (strip, area), actions);
        plot(ui, &mut scene, actions);
        if foot > 0.0 && (scene.is_dragging() || ctx.what_if.is_none()) {
            hints::paint(ui, &scene, line);
        }
        scene.is_dragging()
    } else {
        false
    };
    if let Some((view, place)) = table {
        compare::show(ui, ctx, &view, place);
    }
    if foot > 0.0 && !is_dragging {
        snapshots::foot(ui, ctx, line, actions);
    }
}

/// The plot's view: each component has a value range of its own.
fn viewer(ctx: &PanelContext<'_>) -> Viewer {
    Viewer {
        plot: egui::Id::unique("palisade_payoff_view"),
        subject: egui::Id::unique(ctx.workspace.component.label()),
        is_what_if: ctx.what_if.is_some(),
    }
}

/// Shows the canvas and measures everything on it.
fn set_up<'a>(
    ui: &mut Ui,
    ctx: &'a PanelContext<'a>,
    (strip, area): (Rect, Rect),
    actions: &mut Actions,
) -> Scene<'a> {
    let t = tokens(ui);
    let gesture = gesture::current(ui.ctx());
    let spot_drag = spot::current(ui.ctx());
    let lines = lines::shown_lines(ctx, &t, gesture.is_some());
    let viewer = viewer(ctx);
    let view = gesture.as_ref().map(|gesture| gesture.view);
    let view = view.or_else(|| spot_drag.as_ref().map(|drag| drag.view));
    let view = view.unwrap_or_else(|| {
        let needed = values_range(lines.iter().map(|line| line.values.as_slice()));
        let is_held = ui.ctx().dragged_id().is_some();
        View {
            x: spot_range(&ctx.curves.spots, ctx.valuation.market.spx),
            y: viewer.value_range(ui.ctx(), needed, is_held),
        }
    });
    let spec = CanvasSpec {
        name: "Payoff plot",
        area,
        view,
        pans_value: viewer.is_value_chosen(ui.ctx()),
        is_frozen: gesture.is_some() || spot_drag.is_some(),
    };
    let canvas = canvas(ui, spec);
    viewer.apply(ui.ctx(), canvas.asked, actions);
    let polylines = lines
        .iter()
        .map(|line| points(&canvas, line.spots, &line.values))
        .collect();
    let mut scene = Scene {
        ctx,
        t,
        canvas,
        lines,
        polylines,
        handles: Vec::new(),
        gesture,
        spot_drag,
        strip: strip.shrink2(egui::vec2(8.0, 0.0)),
        taken: Taken::default(),
        pills: Vec::new(),
    };
    if let Some((line, _)) = scene
        .main_line()
        .filter(|_line| lines::has_strikes(ctx.workspace.component))
    {
        scene.handles = handles::handles(ctx, &scene.canvas, &line.values);
    }
    scene
}

/// Lets the hand at it, then paints from back to front.
fn plot(ui: &Ui, scene: &mut Scene<'_>, actions: &mut Actions) {
    if let Some(gesture) = scene.gesture.clone() {
        gesture::carry_on(ui, scene.ctx, &scene.canvas, &gesture, actions);
    }
    let flag_rects = flags::rects(ui, &scene.handles, scene.strip);
    let spot = spot::interact(ui, scene, actions);
    let interest = grips::interact(ui, scene, &flag_rects, actions);
    if let Some(grabbed) = interest.grabbed.filter(|_grabbed| scene.gesture.is_none()) {
        gesture::begin(ui, scene.ctx, &scene.canvas, grabbed, actions);
    }
    let spx = linked_cursor(ui, scene);
    backdrop::paint(ui, scene, spot);
    if let Some(spx) = spx.filter(|_spx| scene.spot_drag.is_none()) {
        readout::crosshair(ui, scene, spx);
    }
    grips::paint(ui, scene, &interest, &flag_rects);
    marks::break_even_marks(ui, scene);
    flags::brackets(ui, scene);
    backdrop::sigma_labels(scene);
    backdrop::assumption(scene);
    backdrop::ghost_name(scene);
    backdrop::preview_name(scene);
    marks::axis_pills(ui, scene, (spx, spot));
    axis::figures(ui, &scene.canvas, format::usd_k, &scene.pills);
    name_lines(scene);
    cards(ui, scene, spx);
}

/// Where the crosshair stands: under the pointer here, or where another plot's pointer is.
fn linked_cursor(ui: &Ui, scene: &Scene<'_>) -> Option<f64> {
    let pointer = scene.canvas.pointer(ui);
    // while the spot is dragged the cursor stands at it
    let dragged = scene
        .spot_drag
        .as_ref()
        .map(|_drag| scene.ctx.valuation.market.spx);
    let own = dragged.or_else(|| pointer.map(|at| scene.canvas.spx(at.x)));
    set_cursor(ui.ctx(), scene.canvas.response.id, own);
    cursor(ui.ctx())
        .map(|cursor| cursor.spx)
        .filter(|_spx| scene.gesture.is_none())
}

/// Names the lines at the right edge.
fn name_lines(scene: &Scene<'_>) {
    let named = scene.lines.iter().zip(&scene.polylines);
    let ends = named
        .filter(|(line, _)| !line.name.is_empty())
        .filter_map(|(line, polyline)| {
            Some(LineEnd {
                words: line.name.clone(),
                ink: line.look.ink,
                is_strong: line.is_expiry() || line.is_today(),
                y: polyline.last()?.y,
            })
        });
    line_ends(&scene.canvas, &scene.t, ends.collect());
}

/// The card of a drag, or the readout at the pointer.
fn cards(ui: &Ui, scene: &Scene<'_>, spx: Option<f64>) {
    let pointer = scene.canvas.pointer(ui);
    if scene.gesture.is_some() {
        delta_card::paint(ui, scene);
    } else if let (Some(spx), true) = (spx, pointer.is_some() || scene.spot_drag.is_some()) {
        readout::readout(ui, scene, spx, pointer);
    }
}
