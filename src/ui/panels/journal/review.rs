//! What the closed campaigns taught: key figures, running profit, calendar, groups, and rules followed or broken.

mod calendar;
mod equity;
mod figures;
mod tables;
mod thresholds;

use std::sync::Arc;

use egui::Ui;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::calendar::new_york_date;
use crate::journal::{CampaignSummary, Filter, Review};
use crate::ui::made_once::made_once;
use crate::ui::theme::GAP;
use crate::ui::widgets::{panel_body, scroll_body, section, segmented};
use crate::ui::{Actions, PanelContext};

/// Width from which the running profit and the calendar stand side by side, in points.
const WIDE: f32 = 960.0;

/// Which campaigns are looked at, by the day that they closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Period {
    #[default]
    All,
    ThreeYears,
    Year,
}

impl Period {
    const CHOICES: [(Self, &'static str); 3] = [
        (Self::All, "All"),
        (Self::ThreeYears, "3 years"),
        (Self::Year, "1 year"),
    ];

    /// The campaigns of it, seen from a day.
    fn filter(self, today: Date) -> Filter {
        let years = match self {
            Self::All => None,
            Self::ThreeYears => Some(3),
            Self::Year => Some(1),
        };
        Filter {
            from: years.map(|years| today.saturating_sub(years.years())),
            ..Filter::default()
        }
    }
}

fn period_id() -> egui::Id {
    egui::Id::unique("journal review period")
}

/// The choices of the head.
pub(super) fn buttons(ui: &mut Ui) {
    let mut period: Period = ui
        .data(|data| data.get_temp(period_id()))
        .unwrap_or_default();
    segmented(ui, "Closed within", &mut period, &Period::CHOICES)
        .on_hover_text("Which campaigns are looked at, by the day that they closed");
    ui.data_mut(|data| data.insert_temp(period_id(), period));
}

/// Shows the review of every campaign of the folder.
pub(super) fn review(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let review = reviewed(ui, ctx);
    if review.all.n == 0 {
        let sentence = "Once campaigns are closed, their results stand here: each with its number and \
                        an interval, and none is claimed under twenty.";
        super::empty_with_sample(ui, ("Nothing to review yet", sentence), actions);
        return;
    }
    panel_body(ui, |ui| figures::strip(ui, &review));
    scroll_body(ui, "journal review", |ui| {
        panel_body(ui, |ui| {
            body(ui, &review);
            thresholds::thresholds(ui, ctx, actions);
        });
    });
}

/// The review, worked out anew when the list of campaigns changes.
fn reviewed(ui: &Ui, ctx: &PanelContext<'_>) -> Arc<Review> {
    let id = ui.make_persistent_id("journal review");
    let period: Period = ui
        .data(|data| data.get_temp(period_id()))
        .unwrap_or_default();
    let today = new_york_date(ctx.now);
    let list = ctx.journal;
    let key = (list.list_revision, list.list.len(), period, today);
    made_once(ui, id, egui::epaint::util::hash(key), || {
        let rows = ctx.journal.list.iter();
        let known = rows.filter_map(|row| row.campaign.as_ref().ok());
        let summaries: Vec<&CampaignSummary> = known.collect();
        Review::of(&summaries, &period.filter(today))
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
    section(ui, "Promised and delivered", "by the hedge when SPX fell");
    tables::offset(ui, review);
    ui.add_space(GAP);
}
