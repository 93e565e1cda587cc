//! What the closed campaigns taught: key figures, running profit, calendar, groups, and rules followed or broken.

mod calendar;
mod equity;
mod figures;
mod tables;

use std::sync::Arc;

use egui::Ui;

use crate::journal::{CampaignSummary, Filter, Review};
use crate::ui::PanelContext;
use crate::ui::made_once::made_once;
use crate::ui::theme::GAP;
use crate::ui::widgets::{empty_state, panel_body, scroll_body, section};

/// Width from which the running profit and the calendar stand side by side, in points.
const WIDE: f32 = 960.0;

/// Shows the review of every campaign of the folder.
pub(super) fn review(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let review = reviewed(ui, ctx);
    if review.all.n == 0 {
        let sentence = "Once campaigns are closed, their results stand here: each with its number and \
                        an interval, and none is claimed under twenty.";
        empty_state(ui, "Nothing to review yet", sentence, None);
        return;
    }
    panel_body(ui, |ui| figures::strip(ui, &review));
    scroll_body(ui, "journal review", |ui| {
        panel_body(ui, |ui| body(ui, &review));
    });
}

/// The review, worked out anew when the list of campaigns changes.
fn reviewed(ui: &Ui, ctx: &PanelContext<'_>) -> Arc<Review> {
    let id = ui.make_persistent_id("journal review");
    let key = (ctx.journal.list_revision, ctx.journal.list.len());
    made_once(ui, id, egui::epaint::util::hash(key), || {
        let rows = ctx.journal.list.iter();
        let known = rows.filter_map(|row| row.campaign.as_ref().ok());
        let summaries: Vec<&CampaignSummary> = known.collect();
        Review::of(&summaries, &Filter::default())
    })
}

fn body(ui: &mut Ui, review: &Review) {
    let room = ui.available_width();
    if room >= WIDE {
        ui.columns(2, |columns| {
            if let [left, right] = columns {
                equity::equity(left, review);
                calendar::calendar(right, review);
            }
        });
    } else {
        equity::equity(ui, review);
        ui.add_space(GAP);
        calendar::calendar(ui, review);
    }
    ui.add_space(GAP);
    tables::groups(ui, review);
    ui.add_space(GAP);
    section(
        ui,
        "Rules followed and broken",
        "decisions against the verdict",
    );
    tables::discipline(ui, review);
    ui.add_space(GAP);
    section(
        ui,
        "Hedges and rolls",
        "against leaving everything as it was",
    );
    tables::hedges(ui, review);
    ui.add_space(GAP);
}
