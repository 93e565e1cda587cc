//! Thresholds that the journal speaks for, as a diff to the pack with its evidence; nothing changes until accepted.

use std::sync::Arc;

use egui::{Align, Layout, Ui};

use crate::journal::{CampaignSummary, Suggestion, suggestions};
use crate::ui::made_once::made_once;
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{card, secondary, section};
use crate::ui::{Action, Actions, PanelContext, fonts, format};

/// Shows what the decisions of all campaigns suggest for the pack in force.
pub(super) fn thresholds(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let suggested = suggested(ui, ctx);
    section(
        ui,
        "Suggested thresholds",
        "shrunk towards the pack, by at most a tenth a month",
    );
    if suggested.is_empty() {
        let words =
            "None: no rule has twenty decisions near its threshold whose interval leaves zero out.";
        ui.label(fonts::body(words).color(tokens(ui).tx2));
        return;
    }
    for suggestion in suggested.iter() {
        row(ui, ctx, suggestion, actions);
        ui.add_space(GAP);
    }
}

fn suggested(ui: &Ui, ctx: &PanelContext<'_>) -> Arc<Vec<Suggestion>> {
    let id = ui.make_persistent_id("suggested thresholds");
    let changes = &ctx.campaign.journal.thresholds;
    let pack = ctx.pack.reference();
    let key = (
        ctx.journal.list_revision,
        changes.len(),
        format!("{pack:?}"),
        ctx.now.as_second() / 86_400,
    );
    made_once(ui, id, egui::epaint::util::hash(key), || {
        let rows = ctx.journal.list.iter();
        let known: Vec<&CampaignSummary> =
            rows.filter_map(|row| row.campaign.as_ref().ok()).collect();
        suggestions(&known, ctx.pack, changes, ctx.now)
    })
}

fn row(ui: &mut Ui, ctx: &PanelContext<'_>, suggestion: &Suggestion, actions: &mut Actions) {
    let t = tokens(ui);
    card(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            ui.label(fonts::num(&suggestion.path).color(t.tx2));
            let from = format!("\u{2212} {}", format::trimmed(suggestion.from, 4));
            ui.label(fonts::num_strong(from).color(t.dn));
            let to = format!("+ {}", format::trimmed(suggestion.to, 4));
            ui.label(fonts::num_strong(to).color(t.up));
            let shipped = format!("shipped {}", format::trimmed(suggestion.shipped, 4));
            ui.label(fonts::caption(shipped).color(t.tx3));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let accept = secondary(ui, "Accept").on_hover_text(
                    "Changes the number in this campaign's pack, and notes it in the journal: one step of undo",
                );
                if accept.clicked() {
                    actions.push(Action::Edit(suggestion.command(ctx.now)));
                }
                ui.label(fonts::num(format!("n = {}", suggestion.n)).color(t.tx2));
            });
        });
        ui.label(fonts::caption(&suggestion.evidence).color(t.tx2));
    });
}
