//! The choices made most often: smile mode, stress, persistence, roll-down; and back to the shipped model.

use egui::{Label, Ui};

use crate::document::Command;
use crate::market::{ModelParams, ParamKey, SmileMode};
use crate::ui::icons::Icon;
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{ButtonKind, button, group_hint, hint, segmented};
use crate::ui::{Actions, PanelContext, fonts};

/// Stress multiples offered: base, stress, vol squeeze.
const STRESS: [(f64, &str); 3] = [(1.0, "1 ×"), (1.35, "1.35 ×"), (3.0, "3 ×")];
/// Curve persistences offered in days: base, stress, protracted crisis.
const PERSISTENCE: [(f64, &str); 3] = [(21.0, "21 d"), (32.0, "32 d"), (55.0, "55 d")];

/// The roll-down switches.
const ROLL_DOWNS: [(&str, ParamKey); 2] = [
    ("Curve rolls down", ParamKey::CurveRollDown),
    ("Vol rolls down", ParamKey::IvRollDown),
];
/// On and off as values of a parameter.
const SWITCH: [(f64, &str); 2] = [(1.0, "On"), (0.0, "Off")];

/// Width of “Reset all” in points.
const RESET: f32 = 88.0;

/// The choices made most often, and “Reset all”.
pub(super) fn choices(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let model = &ctx.campaign.model;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let mut mode = model.smile_mode;
        caption(ui, "Smile");
        let modes = SmileMode::ALL.map(|mode| (mode, mode.label()));
        let response = segmented(ui, "Smile", &mut mode, &modes);
        if response.changed() {
            actions.edit(Command::SetModel(ModelParams {
                smile_mode: mode,
                ..model.clone()
            }));
        }
        group_hint(
            response,
            "How SPX vol answers a move of the index.\n\
             VIX-driven: at-the-money vol follows VIX by the tenor beta.\n\
             SSR: it moves by the SSR times the skew times the log move.\n\
             Sticky strike: every strike keeps the vol it has today.\n\
             Sticky moneyness: at-the-money vol stays, the smile travels with the forward.",
        );
        caption(ui, "Stress m");
        preset(
            ui,
            ctx,
            (ParamKey::StressMultiple, "Stress", &STRESS),
            actions,
        );
    });
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        caption(ui, "Persistence");
        preset(
            ui,
            ctx,
            (ParamKey::CurveTauDays, "Persistence", &PERSISTENCE),
            actions,
        );
        for (words, key) in ROLL_DOWNS {
            caption(ui, words);
            preset(ui, ctx, (key, words, &SWITCH), actions);
        }
        let is_default = *model == ModelParams::default();
        if ui.available_width() < RESET {
            ui.end_row();
        }
        ui.add_enabled_ui(!is_default, |ui| {
            if button(ui, ButtonKind::Bare, Some(Icon::Undo), "Reset all")
                .on_hover_text("Puts every parameter back to its shipped value")
                .clicked()
            {
                actions.edit(Command::ResetModel);
            }
        });
    });
}

fn caption(ui: &mut Ui, words: &str) {
    // never broken over two rows
    ui.add(Label::new(fonts::caption(words).color(tokens(ui).tx2)).extend());
}

/// A parameter as a choice of named values; none is chosen when it has another.
fn preset(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (key, label, values): (ParamKey, &str, &[(f64, &str)]),
    actions: &mut Actions,
) {
    let mut value = ctx.campaign.model.value(key);
    let response = segmented(ui, label, &mut value, values);
    if response.changed() {
        actions.edit(Command::SetParam { key, value });
    }
    hint(response, key.spec().label, key.spec().why);
}
