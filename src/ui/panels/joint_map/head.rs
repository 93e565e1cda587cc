//! The head of the map: component, stress multiple, persistence, range, and the grid as CSV.

use egui::Ui;

use super::state::{Choices, Held, RANGES, STRESSES};
use crate::document::Command;
use crate::market::ParamKey;
use crate::risk::curves::Component;
use crate::risk::joint_map::JointMap;
use crate::ui::action::Actions;
use crate::ui::context::PanelContext;
use crate::ui::export::{DataSet, export_button};
use crate::ui::panels::PanelKind;
use crate::ui::panels::payoff::head::{Spacing, components};
use crate::ui::theme::tokens;
use crate::ui::widgets::{PickerRow, head_room, panel_head_with, picker};
use crate::ui::{fonts, format};

/// Persistences of the VIX curve to choose from, in calendar days: base, stress, long crisis.
const PERSISTENCES: [f64; 3] = [21.0, 32.0, 55.0];
/// Width from which the components stand side by side.
const ROOM_FOR_SEGMENTS: f32 = 700.0;
/// Room on the row of the tabs from which the components stand wide, and from which they say all words.
const ROOM: [f32; 2] = [680.0, 616.0];
/// Width from which the band is explained.
const ROOM_FOR_BAND: f32 = 872.0;
/// Width from which the range is chosen in the head.
const ROOM_FOR_RANGE: f32 = 540.0;

/// Shows the head.
pub fn head(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (choices, held): (&mut Choices, &Held),
    actions: &mut Actions,
) {
    let tabs = head_room(ui);
    let width = ui.available_width();
    let mut component = choices.component;
    let mut range = choices.range;
    panel_head_with(
        ui,
        "Joint map",
        |ui| choose_component(ui, &mut component, (width, tabs)),
        |ui| {
            let data = || held.map().map_or_else(String::new, JointMap::csv);
            let set = DataSet::new("joint-map", &data).named("grid");
            export_button(ui, Some(PanelKind::JointMap), &[set], actions);
            if width >= ROOM_FOR_RANGE {
                choose_range(ui, &mut range);
            }
            persistence(ui, ctx, actions);
            stress(ui, ctx, actions);
            if width >= ROOM_FOR_BAND && (tabs == 0.0 || tabs >= ROOM_FOR_BAND) {
                ui.add_space(4.0);
                let words = fonts::caption("Path band: one residual sd").color(tokens(ui).tx3);
                ui.label(words).on_hover_text(
                    "Two closes out of three fell inside it: VIX after the move times exp(± one standard deviation of what the response leaves unexplained)",
                );
            }
        },
    );
    choices.component = component;
    choices.range = range;
}

fn choose_component(ui: &mut Ui, component: &mut Component, (width, tabs): (f32, f32)) {
    if width >= ROOM_FOR_SEGMENTS {
        components(ui, "Mapped", component, Spacing::of(tabs, ROOM));
        return;
    }
    let rows = Component::ALL.map(|component| PickerRow::new(component.label()));
    let selected = Component::ALL.iter().position(|known| known == component);
    if let Some(index) = picker(ui, "Mapped", selected, &rows, 92.0) {
        *component = Component::ALL[index];
    }
}

fn choose_range(ui: &mut Ui, range: &mut usize) {
    let rows = RANGES.map(|(low, high)| {
        let words = format!("{}…{} %", format::signed(low, 0), format::signed(high, 0));
        PickerRow::new(words)
    });
    if let Some(index) = picker(ui, "Range of SPX moves", Some(*range), &rows, 104.0) {
        *range = index;
    }
}

/// Presets of a parameter with the value in force among them; sets the one picked.
fn choose_param(
    ui: &mut Ui,
    (key, name): (ParamKey, &str),
    (now, presets): (f64, &[f64]),
    text: impl Fn(f64) -> String,
) -> Option<Command> {
    let mut values = presets.to_vec();
    if !presets.contains(&now) {
        values.push(now);
    }
    let rows: Vec<PickerRow> = values
        .iter()
        .map(|value| PickerRow::new(text(*value)))
        .collect();
    let selected = values.iter().position(|value| *value == now);
    let picked = picker(ui, name, selected, &rows, 82.0)?;
    let value = *values.get(picked)?;
    (value != now).then_some(Command::SetParam { key, value })
}

fn stress(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let now = ctx.valuation.book.params.stress_multiple;
    let text = |value| format!("m = {}", format::trimmed(value, 2));
    let name = "Stress multiple m: 1 base, 1.35 stress, 3 squeeze";
    let param = (ParamKey::StressMultiple, name);
    if let Some(command) = choose_param(ui, param, (now, &STRESSES), text) {
        actions.edit(command);
    }
}

fn persistence(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let now = ctx.valuation.book.params.curve_tau_days;
    let text = |value| format!("τ = {} d", format::trimmed(value, 1));
    let name = "Curve persistence τ in days: 21 base, 32 stress, 55 long crisis";
    let param = (ParamKey::CurveTauDays, name);
    if let Some(command) = choose_param(ui, param, (now, &PERSISTENCES), text) {
        actions.edit(command);
    }
}
