//! The model panel: every parameter of the joint model with its source and reason, changed or reset.

mod choices;
mod response;
mod ssr;

use egui::{Align2, Pos2, Rect, Sense, Ui, UiBuilder, vec2};

use crate::document::Command;
use crate::market::ParamKey;
use crate::market::params::{ParamSpec, Source};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, GAP, Tone, tokens};
use crate::ui::widgets::data_table::{filter_field, matches_filter};
use crate::ui::widgets::{NumberField, divider, elided, hint, panel_body, scroll_body, section};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Height of a parameter's row, in points.
const ROW: f32 = 28.0;
/// Left edges of value, unit, source and reason, in points.
const COLUMNS: [f32; 4] = [184.0, 272.0, 308.0, 388.0];
/// Shows the model panel over the whole of `ui`.
pub fn model_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.add_space(GAP);
    panel_body(ui, |ui| choices::choices(ui, ctx, actions));
    scroll_body(ui, "model body", |ui| {
        panel_body(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            divider(ui);
            ssr::ssr(ui, ctx);
            divider(ui);
            let asked = filter(ui);
            for group in Group::ALL {
                group_section(ui, ctx, (group, &asked), actions);
            }
            response::response(ui, ctx, actions);
            ui.add_space(GAP);
        });
    });
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
        } else if starts(&["iv_", "vol_", "ssr_"]) {
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

/// The field that filters the parameters; returns what it asks for.
fn filter(ui: &mut Ui) -> String {
    let id = ui.make_persistent_id("parameter filter");
    let mut asked: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let all = ParamKey::ALL.len();
    let found = ParamKey::ALL
        .iter()
        .filter(|key| is_found(&key.spec(), &asked));
    let found = found.count();
    filter_field(ui, "Parameters", &mut asked, (found, all));
    ui.data_mut(|data| data.insert_temp(id, asked.clone()));
    asked
}

fn is_found(spec: &ParamSpec, asked: &str) -> bool {
    let (label, name, source) = (spec.label, spec.name, spec.source.label());
    let group = Group::of(spec).title();
    let words = format!("{label} {name} {} {source} {group} {}", spec.unit, spec.why);
    matches_filter(asked, &words)
}

/// A group's parameters that are asked for; nothing when there is none.
fn group_section(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (group, asked): (Group, &str),
    actions: &mut Actions,
) {
    let specs = ParamKey::ALL.iter().map(|key| key.spec());
    let found: Vec<ParamSpec> = specs
        .filter(|spec| Group::of(spec) == group && is_found(spec, asked))
        .collect();
    if found.is_empty() {
        return;
    }
    section(ui, group.title(), "");
    for spec in &found {
        param_row(ui, ctx, spec, actions);
    }
    divider(ui);
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
    use super::{Group, is_found, steps};
    use crate::market::ParamKey;

    #[test]
    fn the_skew_stickiness_stands_with_spx_vol() {
        assert_eq!(Group::of(&ParamKey::SsrLevel.spec()), Group::SpxVol);
        assert_eq!(Group::of(&ParamKey::VixCap.spec()), Group::Vix);
    }

    #[test]
    fn parameters_are_found_by_name_source_or_reason() {
        let count = |asked: &str| {
            let keys = ParamKey::ALL.iter();
            keys.filter(|key| is_found(&key.spec(), asked)).count()
        };
        assert_eq!(count("curve_tau_days"), 1);
        assert_eq!(count("ssr cap"), 1);
        assert!(count("assumption") > 3);
        assert_eq!(count(""), ParamKey::ALL.len());
        assert_eq!(count("no such thing"), 0);
    }

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
