//! What the closed campaigns taught: key figures, running profit, calendar, groups, and rules followed or broken.

mod calendar;
pub(super) mod equity;
mod figures;
mod tables;
mod thresholds;

use std::sync::Arc;

use egui::{Align, Layout, Ui};
use jiff::ToSpan as _;
use jiff::civil::Date;

pub(super) use self::figures::Said;
use super::selection::{self, Scope, Scoped, Selection};
use super::worth_chart;
use crate::calendar::new_york_date;
use crate::journal::{Adjustment, CampaignSummary, Filter, Review, RuleEvidence, evidence};
use crate::ui::made_once::made_once;
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{
    PickerRow, bare, empty_state, panel_body, picker, scroll_body, section, segmented,
};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Width from which the running profit and the calendar stand side by side, in points.
const WIDE: f32 = 960.0;
/// Gap between parts that stand side by side, in points.
const BETWEEN: f32 = 24.0;
/// Width of the control that says which campaigns are looked at, in points.
const SCOPE: f32 = 168.0;
/// Height of the chart of what decisions were worth, in points.
const WORTH: f32 = 272.0;
/// The button that leaves a scope.
const SHOW_ALL: &str = "Review all";

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

/// The choices of the head: which campaigns, and closed within how long.
pub(super) fn buttons(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let mut period = period(ui);
    segmented(ui, "Closed within", &mut period, &Period::CHOICES)
        .on_hover_text("Which campaigns are looked at, by the day that they closed");
    ui.data_mut(|data| data.insert_temp(period_id(), period));
    scope_picker(ui, ctx);
}

fn period(ui: &Ui) -> Period {
    ui.data(|data| data.get_temp(period_id()))
        .unwrap_or_default()
}

/// All campaigns, those chosen in the list, or those of its filter or of a view.
fn scope_picker(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let offers = selection::offers(ui, ctx);
    let scope = &selection::scoped(ui, ctx).scope;
    let selected = offers.iter().position(|offer| offer.scope == *scope);
    let row = |offer: &selection::Offer| {
        PickerRow::new(offer.words.clone()).detail(format::count(offer.count), "")
    };
    let rows: Vec<PickerRow> = offers.iter().map(row).collect();
    let picked = picker(ui, "Campaigns reviewed", selected, &rows, SCOPE);
    if let Some(offer) = picked.and_then(|place| offers.get(place)) {
        let mut kept = Selection::load(ui.ctx());
        kept.scope = offer.scope.clone();
        kept.store(ui.ctx());
    }
}

/// Shows the review of the campaigns looked at.
pub(super) fn review(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    if !ctx.journal.is_whole && ctx.journal.loading.is_some() {
        let sentence = "The days and decisions of all campaigns are being read.";
        empty_state(ui, "One moment", sentence, None);
        return;
    }
    let scoped = selection::scoped(ui, ctx);
    let reviewed = reviewed(ui, ctx, &scoped);
    let review = &reviewed.review;
    panel_body(ui, |ui| scope_line(ui, &scoped, review));
    if review.all.n == 0 {
        return nothing(ui, &scoped, actions);
    }
    panel_body(ui, |ui| figures::strip(ui, review));
    scroll_body(ui, "journal review", |ui| {
        panel_body(ui, |ui| {
            body(ui, review);
            thresholds::thresholds(ui, ctx, &reviewed, actions);
        });
    });
}

/// Shows that nothing closed is looked at, and the way to more.
fn nothing(ui: &mut Ui, scoped: &Scoped, actions: &mut Actions) {
    if scoped.scope == Scope::All && period(ui) == Period::All {
        let sentence = "Once campaigns are closed, their results stand here: each with its number and \
                        an interval, and none is claimed under twenty.";
        return super::empty_with_sample(ui, ("Nothing to review yet", sentence), actions);
    }
    let sentence = "None of the campaigns looked at is closed: open ones enter no figure.";
    let action = empty_state(ui, "Nothing closed among these", sentence, Some(SHOW_ALL));
    if action.is_some_and(|response| response.clicked()) {
        show_all(ui);
    }
}

fn show_all(ui: &Ui) {
    let mut kept = Selection::load(ui.ctx());
    kept.scope = Scope::All;
    kept.store(ui.ctx());
    ui.data_mut(|data| data.insert_temp(period_id(), Period::All));
}

/// Which campaigns are looked at, in words, unless all are; and the way back to all.
fn scope_line(ui: &mut Ui, scoped: &Scoped, review: &Review) {
    let period = period(ui);
    if scoped.scope == Scope::All && period == Period::All {
        return;
    }
    let what = match &scoped.scope {
        Scope::All => "All campaigns".to_owned(),
        Scope::Chosen => format!("Selected: {}", scoped.names),
        Scope::Filter => format!("By the filter: {}", scoped.names),
        Scope::View(name) => format!("View {name}: {}", scoped.names),
    };
    let within = match period {
        Period::All => "",
        Period::ThreeYears => ", closed within 3 years",
        Period::Year => ", closed within a year",
    };
    let words = format!("{what}{within}");
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let t = tokens(ui);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let all = bare(ui, SHOW_ALL).on_hover_text("Reviews all campaigns of the folder");
            if all.clicked() {
                show_all(ui);
            }
            let (closed, open) = (format::count(review.all.n), format::count(review.open));
            ui.label(fonts::caption(format!("{closed} closed, {open} open")).color(t.tx3));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(fonts::caption(&words).color(t.tx)).truncate())
                    .on_hover_text(&words);
            });
        });
    });
}

/// What is made of the campaigns looked at.
pub(super) struct Reviewed {
    review: Review,
    evidence: Vec<RuleEvidence>,
    /// Places in the list of the closed campaigns that it is of.
    places: Vec<usize>,
    key: u64,
}

/// The review, worked out anew when the campaigns looked at change.
fn reviewed(ui: &Ui, ctx: &PanelContext<'_>, scoped: &Scoped) -> Arc<Reviewed> {
    let id = ui.make_persistent_id("journal review");
    let today = new_york_date(ctx.now);
    let key = egui::epaint::util::hash((scoped.key, period(ui), today));
    made_once(ui, id, key, || {
        let filter = period(ui).filter(today);
        let list = ctx.journal.list;
        let is_taken = |place: &usize| {
            let row = list.get(*place).map(|row| &row.campaign);
            row.is_some_and(|it| {
                it.as_ref()
                    .is_ok_and(|it| it.closed.is_some() && filter.takes(it))
            })
        };
        let places = scoped.places.iter().copied().filter(is_taken).collect();
        let mut reviewed = Reviewed {
            review: Review::of(&scoped.campaigns(list), &filter),
            evidence: Vec::new(),
            places,
            key,
        };
        reviewed.evidence = evidence(&reviewed.campaigns(ctx));
        reviewed
    })
}

impl Reviewed {
    /// The closed campaigns that it is of.
    fn campaigns<'a>(&self, ctx: &PanelContext<'a>) -> Vec<&'a CampaignSummary> {
        let rows = self
            .places
            .iter()
            .filter_map(|place| ctx.journal.list.get(*place));
        rows.filter_map(|row| row.campaign.as_ref().ok()).collect()
    }
}

/// Two parts side by side where there is room for it, else below each other.
fn side_by_side(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    if ui.available_width() >= WIDE {
        ui.scope(|ui| {
            let within = ui.spacing().item_spacing.x;
            ui.spacing_mut().item_spacing.x = BETWEEN;
            ui.columns(2, |columns| {
                for column in columns.iter_mut() {
                    column.spacing_mut().item_spacing.x = within;
                }
                if let [first, second] = columns {
                    left(first);
                    right(second);
                }
            });
        });
    } else {
        left(ui);
        ui.add_space(GAP);
        right(ui);
    }
    ui.add_space(GAP);
}

fn body(ui: &mut Ui, review: &Review) {
    side_by_side(
        ui,
        |ui| equity::equity(ui, review),
        |ui| calendar::calendar(ui, review),
    );
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
    worth(ui, review);
    section(ui, "Promised and delivered", "by the hedge when SPX fell");
    tables::offset(ui, review);
    ui.add_space(GAP);
}

/// What rolling and hedging were worth, decision by decision.
fn worth(ui: &mut Ui, review: &Review) {
    let id = ui.make_persistent_id("review worth");
    let mut is_taken: bool = ui.data(|data| data.get_temp(id)).unwrap_or(true);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        ui.label(fonts::title("Decisions one by one"));
        taken_or_not(ui, &mut is_taken);
    });
    ui.data_mut(|data| data.insert_temp(id, is_taken));
    let chart = |ui: &mut Ui, of| {
        if let Some(series) = review.worth(of, is_taken) {
            worth_chart::worth_chart(ui, series, WORTH);
        }
    };
    side_by_side(
        ui,
        |ui| chart(ui, Adjustment::Rolling),
        |ui| chart(ui, Adjustment::Hedging),
    );
}

/// Whether of what was done, or of what was on offer and not done.
pub(super) fn taken_or_not(ui: &mut Ui, is_taken: &mut bool) {
    let choices = [(true, "Done"), (false, "Not done")];
    segmented(ui, "Decisions", is_taken, &choices).on_hover_text(
        "Done: against leaving everything as it was. Not done: the best-scored one on offer then, over what was done",
    );
}
