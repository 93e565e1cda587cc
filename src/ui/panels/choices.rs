//! Roll or hedge: every choice on one basis, as a table, as bars and as a map; the rolls that failed and why.
//!
//! | file | responsibility |
//! | --- | --- |
//! | `table` | the choices as rows, and the rolls that failed |
//! | `bars` | score parts and the spread of outcomes side by side |
//! | `map` | which choice wins where on the plane of SPX and VIX |
//! | `stress` | what every dollar a day of hedge buys in the stress |
//! | `recorded` | the choices as a past decision keeps them |
//! | `detail` | one choice in full: trades, tests, tails, parts of the score |

mod bars;
mod detail;
mod map;
mod recorded;
mod stress;
mod table;

use std::sync::Arc;

use egui::{Id, ScrollArea, Ui};

use crate::decision::Decision;
use crate::ui::advice::{AdviceEdit, ChoicePlace};
use crate::ui::recorded_words::judged_now;
use crate::ui::theme::tokens;
use crate::ui::widgets::{
    ButtonKind, button, copy_button, empty_state, panel_body, panel_head_with, progress, segmented,
};
use crate::ui::{Action, Actions, PanelContext, fonts, format};

/// Panels lower than this are low, in points.
const LOW: f32 = 240.0;

/// What the panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    /// The choices as rows.
    #[default]
    Table,
    /// Parts of the score and outcomes as bars.
    Bars,
    /// The winner on the plane of SPX and VIX.
    Map,
    /// The frontier of hedges for the stress.
    Stress,
    /// Rolls that failed a test.
    Rejected,
}

/// The reader's choices, kept while the desk runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct State {
    view: View,
    selected: Option<ChoicePlace>,
}

fn slot() -> Id {
    Id::unique("palisade_choices")
}

/// Shows the panel over the whole of `ui`.
pub fn choices_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut state: State = ui.data(|data| data.get_temp(slot())).unwrap_or_default();
    let before = state;
    if let Some(kept) = ctx.journal.recorded() {
        recorded::recorded_ui(ui, kept, actions);
        return;
    }
    head(ui, ctx, &mut state, actions);
    match ctx.advice.decision {
        Some(decision) => body(ui, ctx, (decision, &mut state), actions),
        None => nothing(ui, ctx, actions),
    }
    if state != before {
        ui.data_mut(|data| data.insert_temp(slot(), state));
        ui.ctx().request_repaint();
    }
}

fn head(ui: &mut Ui, ctx: &PanelContext<'_>, state: &mut State, actions: &mut Actions) {
    let views = [
        (View::Table, "Table"),
        (View::Bars, "Bars"),
        (View::Map, "Map"),
        (View::Stress, "Stress"),
        (View::Rejected, "Rejected"),
    ];
    panel_head_with(
        ui,
        "Roll or hedge",
        |ui| {
            segmented(ui, "View of the choices", &mut state.view, &views)
                .on_hover_text(meaning(state.view));
        },
        |ui| {
            if let Some(share) = ctx.advice.progress {
                if progress(ui, "Comparing choices", Some(share as f32)) {
                    actions.push(Action::Advice(AdviceEdit::Cancel));
                }
            } else if let Some(decision) = ctx.advice.decision {
                let table = table::table(ui, decision);
                copy_button(ui, "choices", &table.columns, &table.rows);
            }
        },
    );
}

/// What a view shows, in a line.
fn meaning(view: View) -> &'static str {
    match view {
        View::Table => "Every choice as a row; click a head to sort",
        View::Bars => "Outcomes and parts of the score side by side",
        View::Map => "Which choice gains most, by SPX and VIX at the horizon",
        View::Stress => "The least cost a day for each loss in the stress",
        View::Rejected => "Rolls that failed a test, and which",
    }
}

fn nothing(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let (title, sentence) = if let Some(why) = ctx.advice.trouble {
        ("No comparison", why)
    } else if ctx.valuation.book.legs.is_empty() {
        (
            "Nothing to decide yet",
            "Add a condor: holding, rolls, hedges, trims and closing are then compared on the same \
             simulated paths, costs and margin",
        )
    } else {
        (
            "Comparing",
            "Every choice is measured on the same simulated paths; this takes a moment",
        )
    };
    let action = (ctx.advice.progress.is_none() && !ctx.valuation.book.legs.is_empty())
        .then_some("Compare choices");
    if empty_state(ui, title, sentence, action).is_some_and(|response| response.clicked()) {
        actions.push(Action::Advice(AdviceEdit::Compare));
    }
}

fn body(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (decision, state): (&Arc<Decision>, &mut State),
    actions: &mut Actions,
) {
    // in a low panel the choices come before what they are measured on
    let is_low = ui.available_height() < LOW;
    ScrollArea::vertical()
        .id_salt("choices")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            basis(ui, ctx, (decision, is_low), actions);
            let looked_at = match state.view {
                View::Table => table::offered_ui(ui, decision, &mut state.selected),
                View::Rejected => table::rejected_ui(ui, decision, &mut state.selected),
                View::Bars => bars::bars_ui(ui, decision, &mut state.selected),
                View::Map => {
                    map::map_ui(ui, ctx, decision);
                    None
                }
                View::Stress => {
                    stress::stress_ui(ui, decision);
                    None
                }
            };
            preview(ctx, looked_at.or(state.selected), actions);
            let chosen = state
                .selected
                .and_then(|place| Some((place, place.of(decision)?)));
            let has_rows = match state.view {
                View::Table | View::Bars | View::Rejected => true,
                View::Map | View::Stress => false,
            };
            if let Some((place, choice)) = chosen.filter(|_| has_rows) {
                detail::detail_ui(ui, ctx, (decision, place, choice), actions);
            }
        });
}

/// What all choices are measured on, in a line; what was assumed beneath it.
fn basis(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    (decision, is_low): (&Decision, bool),
    actions: &mut Actions,
) {
    let t = tokens(ui);
    let basis = &decision.basis;
    let is_stale = ctx.advice.is_stale;
    let words = format!(
        "{} {} simulated paths, presets, costs and margin to {} ({} sessions); SPX drifts {} % a year; capital costs {} %",
        if is_stale {
            "As the book was before the last change: same"
        } else {
            "Same"
        },
        format::count(basis.paths),
        format::date(basis.horizon),
        basis.trading_days,
        format::fixed(100.0 * basis.drift_per_year, 1),
        format::fixed(100.0 * basis.wacc, 1),
    );
    panel_body(ui, |ui| {
        if let Some(judged) = judged_now(ctx) {
            ui.label(fonts::caption(judged).color(t.tx2));
        }
        let ink = if is_stale { t.warn } else { t.tx2 };
        let said = egui::Label::new(fonts::caption(&words).color(ink));
        if is_low {
            ui.add(said.truncate()).on_hover_text(words);
        } else {
            ui.add(said.wrap());
        }
        if let Some(why) = ctx.advice.trouble.filter(|_| is_stale) {
            ui.label(fonts::caption(why).color(t.warn));
            let again = button(ui, ButtonKind::Secondary, None, "Compare again");
            if again
                .on_hover_text("Compare the choices of the book as it is")
                .clicked()
            {
                actions.push(Action::Advice(AdviceEdit::Compare));
            }
        }
        for assumed in &basis.assumptions {
            ui.label(fonts::caption(assumed).color(t.warn));
        }
        if let Some(comparison) = decision.map.comparisons.first() {
            ui.add(egui::Label::new(fonts::caption(&comparison.sentence).color(t.tx)).wrap());
        }
        ui.add_space(4.0);
    });
}

/// Asks for the ghost of the choice looked at, once it changes.
fn preview(ctx: &PanelContext<'_>, wanted: Option<ChoicePlace>, actions: &mut Actions) {
    let wanted = wanted.filter(|place| *place != ChoicePlace::Offered(0));
    if ctx.advice.preview.map(|shown| shown.place) != wanted {
        actions.push(Action::Advice(AdviceEdit::Preview(wanted)));
    }
}

/// The buttons that trade a choice or try it.
fn act(ui: &mut Ui, place: ChoicePlace, actions: &mut Actions) {
    let hint = "Put its trades into the book and into the journal with the reason: one undo step";
    if button(ui, ButtonKind::Primary, None, "Apply")
        .on_hover_text(hint)
        .clicked()
    {
        actions.push(Action::Advice(AdviceEdit::Apply(place)));
    }
    let hint =
        "Draft its trades in a what-if: every panel shows now → what-if; nothing real changes";
    if button(ui, ButtonKind::Secondary, None, "Try as what-if")
        .on_hover_text(hint)
        .clicked()
    {
        actions.push(Action::Advice(AdviceEdit::AsWhatIf(place)));
    }
}
