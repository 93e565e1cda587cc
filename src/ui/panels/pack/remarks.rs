//! What the linter remarks about the pack in force, the worst first.

use egui::{Label, Ui, vec2};

use super::sections::sentence;
use crate::rule::LintKind;
use crate::ui::theme::tokens;
use crate::ui::{PanelContext, fonts};

/// Width of the kind's name, in points.
const KIND: f32 = 176.0;

/// The remark about a number, if there is one.
pub(super) fn about<'a>(ctx: &PanelContext<'a>, path: &str) -> Option<&'a str> {
    let lints = ctx.packs.judged.map(|judged| judged.lints.iter())?;
    let mut found = lints.filter(|lint| lint.path.as_deref() == Some(path));
    found.next().map(|lint| lint.words.as_str())
}

/// How many remarks there are, for the title; nothing while there is nothing to say or it is not judged yet.
pub(super) fn note(ctx: &PanelContext<'_>) -> Option<String> {
    if ctx.packs.trouble.is_some() {
        return Some("not judged".to_owned());
    }
    let judged = ctx.packs.judged?;
    let count = match judged.lints.len() {
        0 if judged.reference.is_ok() => return None,
        0 => "nothing odd".to_owned(),
        1 => "1 remark".to_owned(),
        many => format!("{many} remarks"),
    };
    Some(format!(
        "{count}: every rule over a grid of markets, hedges and histories"
    ))
}

/// All remarks.
pub(super) fn remarks(ui: &mut Ui, ctx: &PanelContext<'_>) {
    if let Some(why) = ctx.packs.trouble {
        ui.label(fonts::caption(why).color(tokens(ui).warn));
    }
    let Some(judged) = ctx.packs.judged else {
        return;
    };
    if let Err(why) = &judged.reference {
        let words = format!("No reference condor: {why}");
        ui.label(fonts::caption(words).color(tokens(ui).warn));
    }
    let t = tokens(ui);
    for lint in &judged.lints {
        let ink = match lint.kind {
            LintKind::ImpossibleSign | LintKind::MixedUnit | LintKind::Contradiction => t.warn,
            LintKind::NeverFires
            | LintKind::AlwaysFires
            | LintKind::Redundant
            | LintKind::SeldomBinds => t.tx2,
        };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let width = vec2(KIND, 16.0);
            ui.allocate_ui(width, |ui| {
                ui.set_min_width(KIND);
                ui.label(fonts::caption(sentence(lint.kind.label())).color(ink));
            });
            ui.add(Label::new(fonts::caption(&lint.words).color(t.tx3)).wrap());
        });
        ui.add_space(4.0);
    }
}
