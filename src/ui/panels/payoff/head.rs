//! The head of the payoff plot: component, condor alone, days ahead, and fit.

use egui::{Align2, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{days, lines, viewer};
use crate::instrument::LayerKind;
use crate::risk::curves::Component;
use crate::ui::action::Actions;
use crate::ui::context::PanelContext;
use crate::ui::export::{DataSet, csv, export_button};
use crate::ui::fonts;
use crate::ui::icons::{self, Icon, icon_button};
use crate::ui::panels::PanelKind;
use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::widgets::{head_room, panel_head_with, segmented, segmented_tight};
use crate::ui::workspace::WorkspaceEdit;

/// Width below which the toggle keeps its dash and loses its words: of the panel, and of what is free on
/// the row of the tabs.
const WIDE: [f32; 2] = [690.0, 578.0];
/// Room on the row of the tabs from which the components stand wide, and from which they say all words.
const ROOM: [f32; 2] = [640.0, 504.0];

/// Width of a panel in which the components have to be short even on a row of their own.
const NARROW: f32 = 420.0;

/// How the components stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// As everywhere.
    Wide,
    /// Closer together.
    Tight,
    /// Closer together, the layers by their number.
    Short,
}

impl Spacing {
    /// By the room on the row of the tabs, and from which room on they stand wide and say all words.
    pub fn of(room: f32, [wide, tight]: [f32; 2]) -> Self {
        if room <= 0.0 || room >= wide {
            Self::Wide
        } else if room >= tight {
            Self::Tight
        } else {
            Self::Short
        }
    }
}

/// What the plot shows, in a picture's title.
pub fn subject(ctx: &PanelContext<'_>) -> String {
    let component = ctx.workspace.component;
    let has_alone =
        component == Component::Net && lines::has_vix(ctx) && ctx.workspace.shows_condor_alone;
    let alone = if has_alone {
        ", condor alone dashed grey"
    } else {
        ""
    };
    format!("{}{alone}", component.label())
}

/// Shows the head.
pub fn head(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let (room, width) = (head_room(ui), ui.available_width());
    let is_wide = if room > 0.0 {
        room >= WIDE[1]
    } else {
        width >= WIDE[0]
    };
    let mut beside = Actions::default();
    panel_head_with(
        ui,
        "Payoff",
        |ui| {
            let mut component = ctx.workspace.component;
            let spacing = if width < NARROW {
                Spacing::Short
            } else {
                Spacing::of(room, ROOM)
            };
            if components(ui, "Component", &mut component, spacing).changed() {
                beside.workspace(WorkspaceEdit::Component(component));
            }
            if component == Component::Net && lines::has_vix(ctx) {
                let is_on = ctx.workspace.shows_condor_alone;
                let words = if is_wide { "Condor alone" } else { "" };
                if condor_alone(ui, is_on, words).clicked() {
                    beside.workspace(WorkspaceEdit::CondorAlone(!is_on));
                }
            }
        },
        |ui| {
            let data = || csv::payoff(ctx.curves);
            export_button(
                ui,
                Some(PanelKind::Payoff),
                &[DataSet::new("payoff", &data)],
                actions,
            );
            if icon_button(ui, Icon::Fit, "Fit the plot to the book").clicked() {
                viewer(ctx).fit(ui.ctx(), actions);
            }
            let is_compared = ctx.what_if.is_some_and(|view| !view.snapshots.is_empty());
            ui.add_enabled_ui(!is_compared, |ui| days::chooser(ui, ctx, actions))
                .response
                .on_disabled_hover_text("Days ahead are hidden while snapshots are on the plot");
        },
    );
    for action in beside.take() {
        actions.push(action);
    }
}

/// The components side by side.
pub fn components(
    ui: &mut Ui,
    name: &str,
    component: &mut Component,
    spacing: Spacing,
) -> Response {
    let choices = Component::ALL.map(|component| (component, component.label()));
    let short = |component: Component| match component {
        Component::Layer(LayerKind::First) => "1st",
        Component::Layer(LayerKind::Second) => "2nd",
        Component::Layer(LayerKind::Third) => "3rd",
        Component::Condor | Component::Hedges | Component::Net => component.label(),
    };
    let shown = match spacing {
        Spacing::Wide => return segmented(ui, name, component, &choices),
        Spacing::Tight => Component::ALL.map(Component::label),
        Spacing::Short => Component::ALL.map(short),
    };
    segmented_tight(ui, name, component, &choices, &shown)
}

/// The switch of the dashed line: a piece of the line, and its name.
fn condor_alone(ui: &mut Ui, is_on: bool, words: &str) -> Response {
    let t = tokens(ui);
    let galley = ui
        .painter()
        .layout_no_wrap(words.to_owned(), fonts::inter(fonts::BODY), t.tx2);
    let text = if words.is_empty() {
        0.0
    } else {
        6.0 + galley.size().x
    };
    let width = 8.0 + 20.0 + text + 6.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width.ceil(), FIELD_HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, "Condor alone"));
    let ink = match (is_on, response.hovered()) {
        (_, true) => t.tx,
        (true, false) => t.tx2,
        (false, false) => t.tx3,
    };
    let y = icons::snap(ui, rect.center()).y;
    let way = [pos2(rect.left() + 8.0, y), pos2(rect.left() + 28.0, y)];
    let dash = Stroke::new(1.5, if is_on { t.tx2 } else { t.edge });
    ui.painter()
        .extend(Shape::dashed_line(&way, dash, 4.0, 3.0));
    let at =
        Align2::LEFT_CENTER.anchor_size(pos2(rect.left() + 34.0, rect.center().y), galley.size());
    ui.painter()
        .galley_with_override_text_color(at.min, galley, ink);
    icons::focus_ring(ui, rect, &response);
    response.on_hover_text("The condors without their hedge at expiry, dashed beside the net")
}
