//! The joint map: profit and loss over SPX moves and VIX levels at a day, with the point to be dragged.
//!
//! The map is computed when the book, the day or the range changes, never in between; its cache by leg and
//! the drawing live in egui's temporary memory. The axes are those of the real market: a what-if stands on
//! the map as a point. Dragging the point asks for a what-if each frame, and the app revalues the desk.

mod chart;
mod day;
mod head;
mod heat;
mod lines;
mod names;
mod point;
mod readout;
mod side;
mod state;

use egui::{Rect, Ui, pos2, vec2};

use crate::ui::action::Actions;
use crate::ui::context::PanelContext;
use crate::ui::export::{is_picture, say_subject};
use crate::ui::plot::canvas::ground;
use crate::ui::widgets::empty_state;
use chart::Chart;
use state::Scene;

/// Width of the panel from which the side card stands beside the map.
const WIDE: f32 = 520.0;
/// Width of the side card.
const SIDE: f32 = 244.0;
/// Height of the strip with the day slider.
const DAY_STRIP: f32 = 36.0;
/// Height of the strip with the legend, where there is no side card.
const LEGEND_STRIP: f32 = 28.0;

/// The joint map.
pub fn joint_map_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let held = state::held(ui.ctx());
    let mut held = held.lock();
    let mut choices = state::choices(ui.ctx(), ctx);
    head::head(ui, ctx, (&mut choices, &held), actions);
    let body = ui.available_rect_before_wrap();
    if ctx.valuation.book.legs.is_empty() {
        empty_state(
            ui,
            "No map yet",
            "Add a condor, and its profit and loss appears here for every move of SPX and VIX together.",
            None,
        );
        state::keep(ui.ctx(), choices);
        return;
    }
    ui.allocate_rect(body, egui::Sense::hover());
    ground(ui, body);
    let scene = match Scene::of(ctx, choices, &mut held) {
        Ok(scene) => scene,
        Err(error) => {
            let words = error.to_string();
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(body));
            empty_state(&mut child, "Nothing to map", &words, None);
            return;
        }
    };
    say_subject(ui.ctx(), || {
        let days = match scene.choices.days {
            0 => "now".to_owned(),
            days => format!("in {days} days"),
        };
        format!("{} P/L {days}", scene.choices.component.label())
    });
    show(ui, &scene, (body, &mut choices), actions);
    drop(scene);
    state::keep(ui.ctx(), choices);
}

/// Lays the map, the slider and the side card out and shows them.
fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    (body, choices): (Rect, &mut state::Choices),
    actions: &mut Actions,
) {
    let has_side = body.width() >= WIDE;
    let (main, side) = if has_side {
        body.split_left_right_at_x(body.right() - SIDE - 16.0)
    } else {
        (body, Rect::NOTHING)
    };
    // the title of a picture says the day
    let day_strip = if is_picture(ui.ctx()) { 0.0 } else { DAY_STRIP };
    let below = day_strip + if has_side { 0.0 } else { LEGEND_STRIP };
    let (top, foot) = main.split_top_bottom_at_y(main.bottom() - below);
    let chart = Chart::new(ui, scene, top);
    let background = chart.background(ui);
    heat::paint(scene, &chart);
    lines::bands(scene, &chart);
    lines::contours(scene, &chart);
    lines::paths(scene, &chart);
    let held = point::interact(ui, scene, (&chart, &background), actions);
    let marks = names::marks(ui, scene, &chart, actions);
    let pills = point::paint(ui, scene, (&chart, &held));
    let named = names::paint(scene, &chart, marks);
    chart.axes(ui, &pills);
    let (slider, legend) = foot.split_top_bottom_at_y(foot.top() + day_strip);
    let slider = slider.shrink2(vec2(12.0, 0.0));
    if day_strip > 0.0
        && let Some(days) = day::slider(ui, scene, slider)
    {
        state::assume_days(scene, days, choices, actions);
    }
    let focus = readout::focus(scene, &held);
    if has_side {
        let side = Rect::from_min_max(side.min + vec2(4.0, 4.0), side.max - vec2(12.0, 12.0));
        side::show(ui, scene, (side, &focus), actions);
    } else {
        let room = Rect::from_min_max(pos2(chart.frame.left(), legend.top()), legend.max)
            .shrink2(vec2(12.0, 0.0));
        heat::legend_line(ui, scene, room);
        readout::card(ui, scene, (&chart, &focus), (&held, &named));
    }
}
