//! The campaign in the window: what was done in time, and its profit by cause.

mod card;
pub(super) mod chart;
mod detail;
mod figures;
pub(super) mod stacks;
pub(super) mod thumb;
mod timeline;
mod words;

use egui::{Id, Layout, Rect, Ui, UiBuilder, vec2};

use self::figures::{Figure, figures};
use self::stacks::{By, Span, Stacks};
use self::words::Told;
use super::worth_chart;
use crate::document::Campaign;
use crate::fact::carried_break_evens;
use crate::journal::{Adjustment, CampaignReview, Ledger, PastMoment, Step, WorthSeries};
use crate::ui::icons::{Icon, icon_button_hinted};
use crate::ui::made_once::{Same, made_once};
use crate::ui::theme::{GAP, PAD, TIGHT, tokens};
use crate::ui::widgets::{empty_state, panel_body, secondary, segmented};
use crate::ui::{Action, Actions, JournalEdit, PanelContext, fonts, format};

/// Height from which timeline and chart stand below each other, in points.
const ROOM_FOR_BOTH: f32 = 448.0;
/// Share of the height that the timeline then has.
const TIMELINE_SHARE: f32 = 0.56;
/// Least height of the timeline, in points: a card's head and its payoffs.
const LEAST_CARDS: f32 = 76.0;
/// Width of the step that is chosen, in points.
const DETAIL: f32 = 336.0;
/// Width from which it stands beside the cards, in points.
const ROOM_FOR_DETAIL: f32 = 640.0;

/// Width from which the name stands before the figures, in points.
const ROOM_FOR_NAME: f32 = 608.0;
/// Width that the note beside the attribution's choices needs, in points.
const ROOM_FOR_NOTE: f32 = 176.0;
/// Width that a figure with its word needs, in points.
const ROOM_FOR_FIGURE: f32 = 104.0;

/// Which part is shown where there is no room for both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Timeline,
    Attribution,
}

/// What stands below the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shows {
    /// Profit by its causes.
    #[default]
    Attribution,
    /// What an adjustment was worth, decision by decision.
    Worth(Adjustment),
}

/// What the view remembers between frames.
#[derive(Clone, Copy, Debug)]
struct Memory {
    part: Part,
    selected: Option<usize>,
    shows: Shows,
    by: By,
    span: Span,
    /// Whether the adjustments are those that were done, or those on offer and not done.
    is_taken: bool,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            part: Part::default(),
            selected: None,
            shows: Shows::default(),
            by: By::default(),
            span: Span::default(),
            is_taken: true,
        }
    }
}

/// The buttons of the head.
pub(super) fn buttons(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    if ctx.journal.review.is_some() {
        keep_marks(ui, actions);
        let hint = "Adds the days without marks of their own from market history; options are then \
                    priced by the model";
        let add = icon_button_hinted(ui, Icon::Calendar, "Add history days", hint);
        if add.clicked() {
            actions.push(Action::Journal(JournalEdit::AddHistoryDays));
        }
        look_back(ui, ctx, actions);
    }
}

/// The way to the desk as it was: at the step chosen, else at the last moment before now.
fn look_back(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let Some(review) = ctx.journal.review.filter(|_| ctx.journal.past.is_none()) else {
        return;
    };
    let memory: Memory = ui
        .data(|data| data.get_temp(memory_id()))
        .unwrap_or_default();
    let chosen = memory
        .selected
        .and_then(|place| review.steps.get(place))
        .map(Step::moment);
    let mut stations = review.stations.iter().rev().skip(1);
    let last = || {
        stations.next().map(|station| PastMoment {
            at: station.at,
            entry: None,
        })
    };
    let Some(moment) = chosen.or_else(last) else {
        return;
    };
    let hint = "Shows book, marks, rules and choices of the step chosen, or of the last moment kept; \
                nothing can be changed there";
    let look = icon_button_hinted(ui, Icon::Eye, "Desk as it was", hint);
    if look.clicked() {
        actions.push(Action::Journal(JournalEdit::Past(Some(moment))));
    }
}

fn memory_id() -> Id {
    Id::unique("journal campaign")
}

fn keep_marks(ui: &mut Ui, actions: &mut Actions) {
    let keep = secondary(ui, "Keep marks").on_hover_text(
        "Keeps the marks as they are in the journal: each day kept is a bar of the attribution",
    );
    if keep.clicked() {
        actions.push(Action::Journal(JournalEdit::KeepMarks));
    }
}

/// Shows the campaign over the whole of `ui`.
pub(super) fn campaign(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let (Some(review), Some(campaign)) = (ctx.journal.review, ctx.journal.campaign) else {
        let sentence = "Its fills and marks are being worked through.";
        empty_state(ui, "One moment", sentence, None);
        return;
    };
    if review.steps.is_empty() {
        let sentence = "“Record…” writes down what you did: each thing done becomes a card here, with the payoff \
                        before and after.";
        super::empty_with_sample(ui, ("Nothing was traded yet", sentence), actions);
        return;
    }
    let id = memory_id();
    let mut memory: Memory = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    memory.selected = memory.selected.filter(|place| *place < review.steps.len());
    let selected = memory.selected;
    panel_body(ui, |ui| {
        let has_both = ui.available_height() >= ROOM_FOR_BOTH;
        // the other figures are of the whole campaign, in the past too
        let is_now = ctx.journal.past.is_none();
        let carried = carried_break_evens(ctx.campaign, ctx.real_valuation()).filter(|_| is_now);
        let figures = figures(&review.summary, carried);
        heading(
            ui,
            (review, ctx.journal.is_stale, &figures),
            (&mut memory, has_both),
        );
        discrepancies(ui, &review.ledger);
        let height = (ui.available_height() - TIGHT).max(LEAST_CARDS);
        if has_both {
            let upper = (height * TIMELINE_SHARE).round();
            steps(ui, (campaign, review), (&mut memory, upper), actions);
            crate::ui::widgets::divider(ui);
            let height = ui.available_height() - TIGHT;
            attribution(ui, review, (&mut memory, height), actions);
        } else {
            match memory.part {
                Part::Timeline => steps(ui, (campaign, review), (&mut memory, height), actions),
                Part::Attribution => attribution(ui, review, (&mut memory, height), actions),
            }
        }
    });
    if let (Some(_), Some(place)) = (
        ctx.journal.past,
        memory.selected.filter(|_| memory.selected != selected),
    ) {
        let moment = review.steps[place].moment();
        actions.push(Action::Journal(JournalEdit::Past(Some(moment))));
    }
    ui.data_mut(|data| data.insert_temp(id, memory));
}

/// Name and figures in a line.
fn heading(
    ui: &mut Ui,
    (review, is_stale, figures): (&CampaignReview, bool, &[Figure]),
    (memory, has_both): (&mut Memory, bool),
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = TIGHT;
        let t = tokens(ui);
        if !has_both {
            let parts = [
                (Part::Timeline, "Timeline"),
                (Part::Attribution, "Attribution"),
            ];
            segmented(ui, "Part", &mut memory.part, &parts);
            ui.add_space(TIGHT);
        }
        if ui.available_width() >= ROOM_FOR_NAME {
            let name = fonts::title(&review.summary.name);
            ui.add(egui::Label::new(name).truncate());
            ui.add_space(GAP);
        }
        for figure in figures {
            let room = ROOM_FOR_FIGURE + 8.0 * figure.words.len().saturating_sub(8) as f32;
            if ui.available_width() < room {
                break;
            }
            let ink = if is_stale { t.tx3 } else { t.text(figure.tone) };
            ui.label(fonts::caption(figure.word).color(t.tx2))
                .on_hover_text(figure.meaning);
            ui.label(fonts::num(&figure.words).color(ink))
                .on_hover_text(figure.meaning);
            ui.add_space(GAP);
        }
        if is_stale {
            ui.label(fonts::caption("being worked through…").color(t.tx3));
        }
    });
    ui.add_space(TIGHT);
}

/// A line for what fills and book say differently.
fn discrepancies(ui: &mut Ui, ledger: &Ledger) {
    let Some(first) = ledger.discrepancies.first() else {
        return;
    };
    let more = ledger.discrepancies.len() - 1;
    let line = |row: &crate::journal::Discrepancy| {
        let quantity = |contracts: i32| format::quantity(i64::from(contracts));
        let (fills, held) = (quantity(row.by_fills), quantity(row.held));
        format!(
            "{}: {fills} by fills, {held} in the book",
            row.key.contract.label()
        )
    };
    let mut words = format!("Fills and book differ. {}", line(first));
    if more > 0 {
        words = format!("{words}; {} more", format::count(more));
    }
    let all: Vec<String> = ledger.discrepancies.iter().map(line).collect();
    ui.label(fonts::caption(words).color(tokens(ui).warn))
        .on_hover_text(format!("{}\nThe journal counts the fills", all.join("\n")));
}

/// The timeline, and the step that is chosen beside it or in its place.
fn steps(
    ui: &mut Ui,
    (campaign, review): (&Campaign, &CampaignReview),
    (memory, height): (&mut Memory, f32),
    actions: &mut Actions,
) {
    let size = vec2(ui.available_width(), height);
    let (rect, _space) = ui.allocate_exact_size(size, egui::Sense::hover());
    let told = memory
        .selected
        .and_then(|place| review.steps.get(place))
        .map(|step| Told::of(campaign, review, step));
    let is_beside = rect.width() >= ROOM_FOR_DETAIL;
    let cards = match &told {
        Some(_) if is_beside => rect.with_max_x(rect.right() - DETAIL - PAD),
        Some(_) | None => rect,
    };
    if told.is_none() || is_beside {
        let mut ui = part(ui, cards);
        timeline::timeline(&mut ui, (campaign, review), height, &mut memory.selected);
    }
    if let Some(told) = told {
        let place = if is_beside {
            rect.with_min_x(cards.right() + PAD)
        } else {
            rect
        };
        let mut ui = part(ui, place);
        if detail::detail(&mut ui, (campaign, &told), actions) {
            memory.selected = None;
        }
    }
}

fn part(ui: &mut Ui, rect: Rect) -> Ui {
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::top_down(egui::Align::Min));
    let mut part = ui.new_child(builder);
    part.set_clip_rect(rect.expand(2.0).intersect(ui.clip_rect()));
    part
}

/// The profit by cause, leg or layer; or what rolling or hedging was worth.
fn attribution(
    ui: &mut Ui,
    review: &std::sync::Arc<CampaignReview>,
    (memory, height): (&mut Memory, f32),
    actions: &mut Actions,
) {
    let top = ui.cursor().top();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let shows = [
            (Shows::Attribution, "Attribution"),
            (Shows::Worth(Adjustment::Rolling), "Rolling"),
            (Shows::Worth(Adjustment::Hedging), "Hedging"),
        ];
        segmented(ui, "Show", &mut memory.shows, &shows)
            .on_hover_text("Profit by its causes, or what rolling or hedging was worth");
        match memory.shows {
            Shows::Attribution => split_choices(ui, memory),
            Shows::Worth(_) => super::review::taken_or_not(ui, &mut memory.is_taken),
        }
    });
    ui.add_space(TIGHT);
    let left = |ui: &Ui| height - (ui.cursor().top() - top);
    if let Shows::Worth(of) = memory.shows {
        let key = (Same(std::sync::Arc::clone(review)), of, memory.is_taken);
        let series = made_once(ui, Id::unique("journal worth"), key, || {
            WorthSeries::of(&[&review.summary], of, memory.is_taken)
        });
        return worth_chart::worth_chart(ui, &series, left(ui).max(80.0));
    }
    if review.attribution.intervals.len() < 2 {
        let sentence = "Keep marks daily: each day kept splits the profit by its causes. A chain or history that is \
                        imported does the same.";
        empty_state(ui, "One day of marks says no cause", sentence, None);
        ui.vertical_centered(|ui| keep_marks(ui, actions));
        return;
    }
    let key = (Same(std::sync::Arc::clone(review)), memory.by, memory.span);
    let id = Id::unique("journal stacks");
    let stacks = made_once(ui, id, key, || {
        Stacks::of(&review.attribution, memory.by, memory.span)
    });
    chart::chart(ui, &stacks, left(ui).max(80.0));
}

/// By what the profit is split, and whether it adds up.
fn split_choices(ui: &mut Ui, memory: &mut Memory) {
    let by = [(By::Greek, "Greek"), (By::Leg, "Leg"), (By::Layer, "Layer")];
    segmented(ui, "Split by", &mut memory.by, &by);
    let spans = [(Span::Sum, "Sum"), (Span::Daily, "Daily")];
    segmented(ui, "Span", &mut memory.span, &spans);
    if ui.available_width() < ROOM_FOR_NOTE {
        return;
    }
    ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
        let words = "Parts sum to the P/L exactly";
        ui.label(fonts::caption(words).color(tokens(ui).tx3));
    });
}
