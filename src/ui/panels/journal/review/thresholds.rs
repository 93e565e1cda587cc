//! Thresholds that the journal speaks for, as a diff to the pack with its evidence; nothing changes until accepted.

mod evidence;
mod unrefined;

use std::sync::Arc;

use egui::{Align, Layout, Ui};

use super::Reviewed;
use crate::journal::{Suggestion, suggestions};
use crate::ui::made_once::made_once;
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{card, secondary, section};
use crate::ui::{Action, Actions, PanelContext, fonts, format};

/// Width from which a suggestion has the path of its number, in points.
const ROOM_FOR_PATH: f32 = 560.0;

/// Shows what the decisions looked at suggest for the pack in force, what came of acting and of not acting at every
/// threshold, and which numbers cannot be refined.
pub(super) fn thresholds(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    reviewed: &Reviewed,
    actions: &mut Actions,
) {
    let suggested = suggested(ui, ctx, reviewed);
    section(
        ui,
        "Suggested thresholds",
        "shrunk towards the pack, by at most a tenth a month",
    );
    if suggested.is_empty() {
        let words =
            "None: no rule has twenty decisions near its threshold whose interval leaves zero out.";
        ui.label(fonts::body(words).color(tokens(ui).tx2));
    }
    for suggestion in suggested.iter() {
        row(ui, ctx, suggestion, actions);
        ui.add_space(GAP);
    }
    if suggested.len() > 1 {
        let words = "One decision may speak for several thresholds: accept one, and see what is left of the others.";
        ui.label(fonts::caption(words).color(tokens(ui).tx3));
    }
    ui.add_space(GAP);
    evidence::evidence(ui, ctx, &reviewed.evidence, &suggested);
    unrefined::unrefined(ui, ctx);
}

fn suggested(ui: &Ui, ctx: &PanelContext<'_>, reviewed: &Reviewed) -> Arc<Vec<Suggestion>> {
    let id = ui.make_persistent_id("suggested thresholds");
    let changes = &ctx.campaign.journal.thresholds;
    let changed: Vec<_> = (changes.iter())
        .map(|change| (change.at, change.path.as_str(), change.to.to_bits()))
        .collect();
    let today = ctx.now.as_second() / 86_400;
    let key = (reviewed.key, changed, numbers(ctx), today);
    made_once(ui, id, egui::epaint::util::hash(key), || {
        suggestions(&reviewed.evidence, ctx.pack, changes, ctx.now)
    })
}

/// Every number of the pack in force: two packs can have one name and version.
fn numbers(ctx: &PanelContext<'_>) -> Vec<u64> {
    let slots = ctx.pack.slots();
    let numbers = slots.iter().map(|slot| slot.threshold.value.to_bits());
    let rules = ctx.pack.evaluates.iter().map(|rule| *rule as u64);
    numbers.chain(rules).collect()
}

fn row(ui: &mut Ui, ctx: &PanelContext<'_>, suggestion: &Suggestion, actions: &mut Actions) {
    let t = tokens(ui);
    card(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            ui.label(fonts::body(suggestion.rule.title()).color(t.tx))
                .on_hover_text(&suggestion.path);
            if ui.available_width() >= ROOM_FOR_PATH {
                ui.label(fonts::num_small(&suggestion.path).color(t.tx3));
            }
            let from = format::trimmed(suggestion.from, 4);
            ui.label(fonts::num(from).color(t.tx3))
                .on_hover_text("The number now, in its own unit");
            ui.label(fonts::num("→").color(t.tx3));
            let to = format::trimmed(suggestion.to, 4);
            ui.label(fonts::num_strong(to).color(t.accent))
                .on_hover_text("The number suggested");
            let shipped = format!("shipped {}", format::trimmed(suggestion.shipped, 4));
            ui.label(fonts::caption(shipped).color(t.tx3));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let accept = secondary(ui, "Accept").on_hover_text(
                    "Changes the number in this campaign's pack, and notes it in the journal: one step of undo",
                );
                let name = format!("Accept {}", suggestion.path);
                accept.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if accept.clicked() {
                    actions.push(Action::Edit(suggestion.command(ctx.now)));
                }
                ui.label(fonts::num(format!("n = {}", suggestion.n)).color(t.tx2));
            });
        });
        ui.label(fonts::caption(&suggestion.evidence).color(t.tx2));
    });
}
