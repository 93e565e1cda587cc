//! Rules & verdict: one plain sentence, why and why not, then every rule as a row that opens.
//!
//! | file | responsibility |
//! | --- | --- |
//! | `verdict` | the sentence, what it rests on, its figures |
//! | `recorded` | verdict, findings and facts as a past decision keeps them |
//! | `strip` | the verdict as a chip at the top of the desk |
//! | `rows` | a finding as a row: state, value, threshold, distance to flip |
//! | `table` | the rows, filtered |
//! | `detail` | one finding in full: sentences, inputs, numbers of the pack |
//! | `modifiers` | what changes the pack's numbers today |

mod detail;
mod modifiers;
mod recorded;
mod rows;
mod strip;
mod table;
mod verdict;

use egui::{Id, ScrollArea, Ui};

use crate::policy::RuleKind;
use crate::ui::theme::tokens;
use crate::ui::widgets::{copy_button, empty_state, panel_head_with, segmented};
use crate::ui::{Actions, PanelContext, fonts};

pub use strip::strip_chip;

/// Which rules are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    /// All.
    #[default]
    All,
    /// Those that ask for something or warn.
    Open,
    /// Those that cannot be judged.
    NoData,
}

/// The reader's choices, kept while the desk runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct State {
    shown: Shown,
    selected: Option<RuleKind>,
}

fn slot() -> Id {
    Id::unique("palisade_rules")
}

/// Panels lower than this are low, in points.
const LOW: f32 = 320.0;

/// Shows the panel over the whole of `ui`.
pub fn rules_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut state: State = ui.data(|data| data.get_temp(slot())).unwrap_or_default();
    let before = state;
    head(ui, ctx, &mut state);
    if let Some(kept) = ctx.journal.recorded() {
        recorded::recorded_ui(ui, ctx, kept, &mut state, actions);
        keep(ui, before, state);
        return;
    }
    let (Some(findings), Some(facts)) = (ctx.advice.findings, ctx.advice.facts) else {
        let sentence = "Add a condor: every rule of the pack is then judged with its numbers, and the verdict says which one decides";
        empty_state(ui, "Nothing to judge yet", sentence, None);
        return;
    };
    // in a low panel the rules come before what the verdict rests on
    let is_low = ui.available_height() < LOW;
    ScrollArea::vertical()
        .id_salt("rules")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if let Some(found) = ctx.advice.verdict {
                verdict::verdict_ui(ui, ctx, (found, is_low), actions);
                if !is_low {
                    verdict::grounds_ui(ui, ctx, found);
                }
            }
            let scene = table::Scene {
                ctx,
                findings,
                facts,
            };
            table::table_ui(ui, &scene, (state.shown, is_low), &mut state.selected);
            if let Some(found) = ctx.advice.verdict.filter(|_| is_low) {
                ui.add_space(4.0);
                verdict::grounds_ui(ui, ctx, found);
            }
            if let Some(finding) = state.selected.and_then(|rule| findings.by(rule)) {
                detail::detail_ui(ui, &scene, finding, actions);
            }
            modifiers::modifiers_ui(ui, findings);
        });
    keep(ui, before, state);
}

fn keep(ui: &Ui, before: State, state: State) {
    if state != before {
        ui.data_mut(|data| data.insert_temp(slot(), state));
        ui.ctx().request_repaint();
    }
}

fn head(ui: &mut Ui, ctx: &PanelContext<'_>, state: &mut State) {
    let views = [
        (Shown::All, "All"),
        (Shown::Open, "Open"),
        (Shown::NoData, "No data"),
    ];
    panel_head_with(
        ui,
        "Rules & verdict",
        |ui| {
            segmented(ui, "Rules shown", &mut state.shown, &views)
                .on_hover_text("All rules, those that ask or warn, or those that lack a fact");
        },
        |ui| {
            if let Some((_, record)) = ctx.journal.recorded() {
                let rows = recorded::rows(record, Shown::All);
                copy_button(ui, "rules", &recorded::columns(), &rows);
                let pack = format!("Pack {} {}", record.pack.id, record.pack.version);
                ui.label(fonts::caption(pack).color(tokens(ui).tx3))
                    .on_hover_text("The pack under which it was decided");
                return;
            }
            if let (Some(findings), Some(facts)) = (ctx.advice.findings, ctx.advice.facts) {
                let scene = table::Scene {
                    ctx,
                    findings,
                    facts,
                };
                let table = table::table(ui, &scene);
                copy_button(ui, "rules", &table.columns, &table.rows);
            }
            let pack = format!("Pack {} {}", ctx.pack.id, ctx.pack.version);
            ui.label(fonts::caption(pack).color(tokens(ui).tx3))
                .on_hover_text(&ctx.pack.about);
        },
    );
}
