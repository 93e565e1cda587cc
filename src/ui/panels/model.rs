//! The model panel: every parameter of the joint model with its source and reason, changed or reset.

mod response;

use egui::{Align2, Pos2, Rect, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::document::Command;
use crate::market::params::{ParamSpec, Source};
use crate::market::{ModelParams, ParamKey, SmileMode};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, GAP, Tone, tokens};
use crate::ui::widgets::{
    ButtonKind, NumberField, button, divider, elided, group_hint, hint, panel_body, section,
    segmented,
};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Height of a parameter's row, in points.
const ROW: f32 = 28.0;
/// Left edges of value, unit, source and reason, in points.
const COLUMNS: [f32; 4] = [184.0, 272.0, 308.0, 388.0];
/// Stress multiples offered: base, stress, vol squeeze.
const STRESS: [(f64, &str); 3] = [(1.0, "1 ×"), (1.35, "1.35 ×"), (3.0, "3 ×")];
/// Curve persistences offered in days: base, stress, protracted crisis.
const PERSISTENCE: [(f64, &str); 3] = [(21.0, "21 d"), (32.0, "32 d"), (55.0, "55 d")];

/// Shows the model panel over the whole of `ui`.
pub fn model_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.add_space(GAP);
    panel_body(ui, |ui| choices(ui, ctx, actions));
    ScrollArea::vertical()
        .id_salt("model body")
        .auto_shrink(false)
        .show(ui, |ui| {
            panel_body(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for group in Group::ALL {
                    divider(ui);
                    group_section(ui, ctx, group, actions);
                }
                divider(ui);
                response::response(ui, ctx, actions);
                ui.add_space(GAP);
            });
        });
}

/// The three choices made most often, and “Reset all”.
fn choices(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
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
        let words = "VIX-driven: at-the-money vol follows VIX by the tenor beta.\n\
             Sticky strike: every strike keeps the vol it has today.";
        group_hint(response, words);
        caption(ui, "Stress m");
        preset(
            ui,
            ctx,
            (ParamKey::StressMultiple, "Stress", &STRESS),
            actions,
        );
        caption(ui, "Persistence");
        preset(
            ui,
            ctx,
            (ParamKey::CurveTauDays, "Persistence", &PERSISTENCE),
            actions,
        );
        let is_default = *model == ModelParams::default();
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
    ui.label(fonts::caption(words).color(tokens(ui).tx2));
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

/// Parameters that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Vix,
    Curve,
    SpxVol,
    Vvix,
    VixOptions,
}

impl Group {
    const ALL: [Self; 5] = [
        Self::Vix,
        Self::Curve,
        Self::SpxVol,
        Self::Vvix,
        Self::VixOptions,
    ];

    const fn title(self) -> &'static str {
        match self {
            Self::Vix => "Spot VIX",
            Self::Curve => "VIX futures",
            Self::SpxVol => "SPX vol",
            Self::Vvix => "VVIX",
            Self::VixOptions => "VIX options",
        }
    }

    /// Where a parameter stands, by the family of its name in files.
    fn of(spec: &ParamSpec) -> Self {
        let starts = |prefixes: &[&str]| prefixes.iter().any(|p| spec.name.starts_with(p));
        if starts(&["curve_"]) {
            Self::Curve
        } else if starts(&["iv_", "vol_"]) {
            Self::SpxVol
        } else if starts(&["vvix_"]) {
            Self::Vvix
        } else if starts(&["vix_vol", "vix_skew"]) {
            Self::VixOptions
        } else {
            Self::Vix
        }
    }
}

fn group_section(ui: &mut Ui, ctx: &PanelContext<'_>, group: Group, actions: &mut Actions) {
    section(ui, group.title(), "");
    for key in ParamKey::ALL {
        let spec = key.spec();
        if Group::of(&spec) == group {
            param_row(ui, ctx, &spec, actions);
        }
    }
}

fn param_row(ui: &mut Ui, ctx: &PanelContext<'_>, spec: &ParamSpec, actions: &mut Actions) {
    let model = &ctx.campaign.model;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let is_changed = model.is_changed(spec.key);
    paint_words(ui, rect, spec, is_changed);
    hint(response, spec.label, &meaning(spec));
    let mut value = model.value(spec.key);
    let mut field = child(ui, rect, COLUMNS[0], 80.0);
    let tone = if is_changed {
        Tone::Accent
    } else {
        Tone::Plain
    };
    let [step, large, small] = steps(spec);
    let typed = NumberField::new(&mut value, spec.label)
        .hint(spec.why)
        .tone(tone)
        .decimals(3)
        .trimmed()
        .range(spec.min..=spec.max)
        .step(step)
        .shift_step(large)
        .alt_step(small)
        .width(80.0)
        .show(&mut field);
    if let Some(value) = typed.committed {
        actions.edit(Command::SetParam {
            key: spec.key,
            value,
        });
    }
    if is_changed {
        let mut end = child(ui, rect, rect.width() - FIELD_HEIGHT, FIELD_HEIGHT);
        let label = format!("Reset {}", spec.label);
        if icon_button(&mut end, Icon::Undo, &label).clicked() {
            actions.edit(Command::ResetParam { key: spec.key });
        }
    }
}

fn child(ui: &mut Ui, row: Rect, left: f32, width: f32) -> Ui {
    let corner = Pos2::new(row.left() + left, row.top() + (ROW - FIELD_HEIGHT) / 2.0);
    let place = Rect::from_min_size(corner, vec2(width, FIELD_HEIGHT));
    ui.new_child(UiBuilder::new().max_rect(place))
}

fn paint_words(ui: &Ui, rect: Rect, spec: &ParamSpec, is_changed: bool) {
    let t = tokens(ui);
    let y = rect.center().y;
    let at = |left: f32| Pos2::new(rect.left() + left, y);
    let small = || fonts::inter(fonts::SMALL);
    let room = |left: f32, right: f32| {
        rect.with_min_x(rect.left() + left)
            .with_max_x(rect.left() + right)
    };
    let body = if is_changed {
        fonts::inter_strong(fonts::BODY)
    } else {
        fonts::inter(fonts::BODY)
    };
    let painter = ui.painter();
    elided(painter, room(0.0, COLUMNS[0] - 4.0), spec.label, body, t.tx);
    let left = Align2::LEFT_CENTER;
    painter.text(at(COLUMNS[1] + 2.0), left, spec.unit, small(), t.tx3);
    let ink = match spec.source {
        Source::Assumption => t.warn,
        Source::Verified => t.up,
        Source::Estimated => t.tx2,
    };
    painter.text(at(COLUMNS[2]), left, spec.source.label(), small(), ink);
    let why = if is_changed {
        format!("Shipped {}: {}", shipped(spec), spec.why)
    } else {
        spec.why.to_owned()
    };
    let reason = room(COLUMNS[3], rect.width() - FIELD_HEIGHT - 4.0);
    elided(painter, reason, &why, small(), t.tx3);
}

fn shipped(spec: &ParamSpec) -> String {
    format::trimmed(spec.default, 3)
}

fn meaning(spec: &ParamSpec) -> String {
    format!(
        "{}: {}\nShipped {} {}, {}. From {} to {}.",
        spec.label,
        spec.why,
        shipped(spec),
        spec.unit,
        spec.source.label(),
        format::trimmed(spec.min, 3),
        format::trimmed(spec.max, 3)
    )
}

/// Steps of the field: about a hundredth of the range, ten times that, and a tenth.
fn steps(spec: &ParamSpec) -> [f64; 3] {
    let raw = (spec.max - spec.min) / 100.0;
    let step = 10f64.powf(raw.max(1e-6).log10().floor());
    [step, step * 10.0, step / 10.0]
}

#[cfg(test)]
mod tests {
    use super::{Group, steps};
    use crate::market::ParamKey;

    #[test]
    fn every_group_has_parameters_and_every_step_fits_its_range() {
        for group in Group::ALL {
            let has = |key: &&ParamKey| Group::of(&key.spec()) == group;
            assert!(ParamKey::ALL.iter().any(|key| has(&key)), "{group:?}");
        }
        for key in ParamKey::ALL {
            let spec = key.spec();
            let [step, large, small] = steps(&spec);
            assert!(small < step && step < large);
            assert!(step <= (spec.max - spec.min) / 50.0, "{}", spec.name);
        }
    }
}
