//! The strip at the foot of the window: first steps, the rule pack, the gap between marks and model.

use egui::{Align, Layout, Ui, UiBuilder, vec2};

use super::action::{Action, Actions};
use super::command::UiCommand;
use super::context::PanelContext;
use super::icons::{self, Icon, icon_button};
use super::library::LibraryEdit;
use super::theme::{PAD, STATUS_HEIGHT, tokens};
use super::widgets::progress;
use super::workspace::WorkspaceEdit;
use super::{fonts, format};

/// Width from which the first steps lead to the journal's sample, in points.
const ROOM_FOR_SAMPLE: f32 = 900.0;

/// Draws the strip over the available width.
pub fn status_strip_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let (rect, _) = ui.allocate_exact_size(
        vec2(ui.available_width(), STATUS_HEIGHT),
        egui::Sense::hover(),
    );
    let inner = rect.shrink2(vec2(PAD, 0.0));
    let t = tokens(ui);
    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::left_to_right(Align::Center)),
    );
    left_side(&mut left, ctx, rect.width(), actions);
    if let Some(loading) = ctx.history.loading
        && progress(&mut left, "Reading market history", loading.share)
    {
        actions.push(Action::Library(LibraryEdit::Cancel));
    }
    let mut right = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Center)),
    );
    let room = inner.right() - left.min_rect().right() - PAD;
    let words = right_words(&right, ctx, room);
    right.label(fonts::caption(words).color(t.tx3)).on_hover_text(
        "The rule pack in force; the largest gap between an entered mark and the model's price of it; \
         and what this program is: it explains, it never places orders, and the method's thresholds are not proven",
    );
}

/// What the keys do in the past, the first steps, or where to look things up.
fn left_side(ui: &mut Ui, ctx: &PanelContext<'_>, width: f32, actions: &mut Actions) {
    let t = tokens(ui);
    if ctx.journal.past.is_some() {
        let words =
            "← →  moment before and after  ·  Home End  first and last  ·  Esc  back to now";
        let said = egui::Label::new(fonts::caption(words).color(t.tx2)).truncate();
        ui.add(said).on_hover_text(words);
    } else if ctx.workspace.hides_first_steps {
        for command in [
            UiCommand::Palette,
            UiCommand::Glossary,
            UiCommand::Shortcuts,
        ] {
            let words = command.label().trim_end_matches('…');
            let link = ui.link(fonts::caption(words));
            let meaning = command.hint(ui.ctx());
            if link.on_hover_text(meaning).clicked() {
                actions.push(Action::Run(command));
            }
        }
    } else {
        let keys = UiCommand::Palette.keys(ui.ctx()).unwrap_or_default();
        let words = if width < 480.0 {
            format!("Press {keys}")
        } else {
            format!("Drag a strike  ·  Change a mark  ·  Press {keys}")
        };
        ui.label(fonts::caption(words).color(t.tx2));
        if width >= ROOM_FOR_SAMPLE {
            let command = UiCommand::OpenJournalSample;
            ui.label(fonts::caption("·").color(t.tx3));
            let link = ui.link(fonts::caption(command.label()));
            icons::focus_ring(ui, link.rect, &link);
            if link.on_hover_text(command.tooltip()).clicked() {
                actions.push(Action::Run(command));
            }
        }
        if icon_button(ui, Icon::Close, "Hide the first steps").clicked() {
            actions.workspace(WorkspaceEdit::HideFirstSteps);
        }
    }
}

/// As much as fits: what the program is stands always, the agreement and the pack where there is room.
fn right_words(ui: &Ui, ctx: &PanelContext<'_>, room: f32) -> String {
    let pack = format!("Pack {} {}", ctx.pack.id, ctx.pack.version);
    // the marks stay real in a what-if
    let gap = ctx.real_valuation().largest_mark_gap_points().map_or_else(
        || "no marks entered".to_owned(),
        |gap| format!("Model and marks agree within {} pt", format::fixed(gap, 2)),
    );
    let what = "Educational, not advice";
    let choices = [
        format!("{pack}  ·  {gap}  ·  {what}"),
        format!("{gap}  ·  {what}"),
        what.to_owned(),
    ];
    let ink = tokens(ui).tx3;
    let font = fonts::inter(fonts::SMALL);
    let fits = |words: &&String| {
        fonts::galley(ui.painter(), words, (font.clone(), ink))
            .size()
            .x
            <= room
    };
    choices.iter().find(fits).cloned().unwrap_or_default()
}
