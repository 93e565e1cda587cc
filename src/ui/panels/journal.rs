//! The journal panel: the trade log and the dated notes, written, corrected and copied.

mod at_field;
mod draft;
mod log_form;
mod note_form;
mod notes;
mod trade_form;
mod trades;

use egui::{Align, Layout, Ui};

use self::draft::{Draft, LogDraft, NoteDraft, TradeDraft};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{GAP, Tone, tokens};
use crate::ui::widgets::{self, ButtonKind, panel_body, scroll_body, segmented};
use crate::ui::{Actions, PanelContext, fonts, format};
use crate::valuation::JournalTotals;

/// Which list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    #[default]
    Trades,
    Notes,
}

/// What the panel remembers between frames: the list in front and the entry being written.
#[derive(Clone, Default)]
struct Memory {
    view: View,
    draft: Option<Draft>,
}

/// Shows the journal panel over the whole of `ui`.
pub fn journal_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let id = ui.make_persistent_id("journal");
    let mut memory: Memory = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.add_space(GAP);
    panel_body(ui, |ui| {
        head(ui, ctx, &mut memory);
        if let Some(draft) = &mut memory.draft
            && form(ui, ctx, draft, actions)
        {
            memory.draft = None;
        }
    });
    scroll_body(ui, "journal body", |ui| {
        panel_body(ui, |ui| match memory.view {
            View::Trades => trades::trades(ui, ctx, &mut memory.draft),
            View::Notes => notes::notes(ui, ctx, &mut memory.draft),
        });
    });
    ui.data_mut(|data| data.insert_temp(id, memory));
}

/// The form of the entry being written; `true` when it is done.
fn form(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut Draft, actions: &mut Actions) -> bool {
    ui.add_space(4.0);
    widgets::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        match draft {
            Draft::Trade(draft) => trade_form::trade_form(ui, ctx, draft, actions),
            Draft::Log(draft) => log_form::log_form(ui, ctx, draft, actions),
            Draft::Note(draft) => note_form::note_form(ui, ctx, draft, actions),
        }
    })
    .inner
}

/// Width left beside the other controls of the head below which copying is an icon, in points.
const ROOM_FOR_WORDS: f32 = 112.0;

fn head(ui: &mut Ui, ctx: &PanelContext<'_>, memory: &mut Memory) {
    ui.horizontal(|ui| {
        let choices = [(View::Trades, "Trades"), (View::Notes, "Notes")];
        if segmented(ui, "Journal", &mut memory.view, &choices).changed() {
            memory.draft = None;
        }
        if memory.view == View::Trades {
            totals(ui, ctx);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            match memory.view {
                View::Trades => trade_buttons(ui, ctx, memory),
                View::Notes => {
                    let add =
                        widgets::button(ui, ButtonKind::Secondary, Some(Icon::Plus), "Add note…");
                    if add.clicked() {
                        memory.draft = Some(Draft::Note(NoteDraft::new(ctx)));
                    }
                }
            }
        });
    });
}

fn trade_buttons(ui: &mut Ui, ctx: &PanelContext<'_>, memory: &mut Memory) {
    let has_positions = !ctx.campaign.positions.is_empty();
    ui.add_enabled_ui(has_positions, |ui| {
        let log = widgets::secondary(ui, "Log position…")
            .on_hover_text("Writes every leg of a position into the journal")
            .on_disabled_hover_text("There is no position to log");
        if log.clicked() {
            memory.draft = LogDraft::new(ctx).map(Draft::Log);
        }
    });
    let add = widgets::button(ui, ButtonKind::Secondary, Some(Icon::Plus), "Add trade…");
    if add.on_hover_text("Writes one fill by hand").clicked() {
        memory.draft = Some(Draft::Trade(TradeDraft::new(ctx)));
    }
    let copy = if ui.available_width() < ROOM_FOR_WORDS {
        icon_button(ui, Icon::Copy, "Copy as CSV")
    } else {
        widgets::button(ui, ButtonKind::Bare, Some(Icon::Copy), "Copy as CSV")
    };
    if copy
        .on_hover_text("Copies every trade as comma-separated text")
        .clicked()
    {
        ui.ctx().copy_text(trades::csv(ctx));
    }
}

fn totals(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let totals = JournalTotals::of(&ctx.campaign.trades);
    let t = tokens(ui);
    let tone = t.text(Tone::of_sign(totals.cash_usd));
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.x = 4.0;
    ui.label(fonts::caption("Cash").color(t.tx2))
        .on_hover_text("Premium received less paid over all trades, fees taken off");
    ui.label(fonts::num(format::usd_signed(totals.cash_usd)).color(tone));
    ui.add_space(4.0);
    ui.label(fonts::caption("Fees").color(t.tx2))
        .on_hover_text("Commission and fees over all trades");
    ui.label(fonts::num(format::usd_cents(totals.fees_usd)).color(t.tx));
}
