//! The form of something done, of any kind: its fills are one entry, prefilled for what is held.

mod what;

use egui::{Align2, Sense, Ui, vec2};

use super::draft::{Draft, Field, carry_out, error_of};
use super::record_draft::{Preset, RecordDraft, expired};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, GAP, Tone, tokens};
use crate::ui::widgets::{
    self, ButtonKind, NumberField, TextField, bare, primary, scroll_part, secondary, switch,
};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Width from which a fill's row has words between its fields, in points.
const ROOM_FOR_WORDS: f32 = 544.0;
/// Height of the row of buttons with the card's edge below it, in points.
const FOOT: f32 = FIELD_HEIGHT + 20.0;
/// What the button of fills does.
const RECORD_HINT: &str = "Writes the fills as one entry of the journal: one step of undo";

/// Shows the form; `true` when it is done.
pub(super) fn record(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    draft: &mut RecordDraft,
    actions: &mut Actions,
) -> bool {
    what::kinds(ui, ctx, draft);
    // the buttons stay in sight, however low the panel
    let room = (ui.available_height() - FOOT).max(FIELD_HEIGHT);
    scroll_part(ui, "journal record", room, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        lines(ui, ctx, draft);
    });
    foot(ui, ctx, draft, actions)
}

/// Everything between the kinds and the buttons.
fn lines(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    what::what(ui, ctx, draft);
    if draft.preset == Preset::Fee {
        return what::fee(ui, ctx, draft);
    }
    why(ui, draft);
    for index in 0..draft.fills.len() {
        if fill(ui, ctx, (index, draft)) {
            break;
        }
    }
    if draft.preset != Preset::Settle {
        typed(ui, ctx, draft);
    }
}

/// The button that begins the form; the past has none.
pub(super) fn button(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut Option<Draft>) {
    if ctx.journal.past.is_some() {
        return;
    }
    let record = widgets::button(ui, ButtonKind::Secondary, Some(Icon::Plus), "Record…");
    let hint = "Writes down what was done: open, add, close, trim, roll, hedge, monetise, settle, a fee, or fills \
                of your own";
    if record.on_hover_text(hint).clicked() {
        *draft = Some(Draft::Record(Box::new(RecordDraft::new(ctx))));
    }
}

/// Title, reason and tags of the entry.
fn why(ui: &mut Ui, draft: &mut RecordDraft) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let room = ui.available_width() - 2.0 * GAP;
        TextField::new(&mut draft.title, "Title")
            .hint("Title, such as “Roll the calls up”")
            .width(room * 0.28)
            .show(ui);
        TextField::new(&mut draft.reason, "Reason")
            .hint("Why, in your words")
            .width(room * 0.5)
            .show(ui);
        TextField::new(&mut draft.tags, "Tags")
            .hint("Tags, separated by commas")
            .width(room * 0.22)
            .show(ui);
    });
}

/// One fill; `true` when it was taken out.
fn fill(ui: &mut Ui, ctx: &PanelContext<'_>, (index, draft): (usize, &mut RecordDraft)) -> bool {
    let Some(line) = draft.fills.get(index).cloned() else {
        return false;
    };
    let mut fees_usd = draft.fees_usd(ctx, &line);
    let mut line = line;
    let label = line.contract.label();
    let t = tokens(ui);
    let has_words = ui.available_width() >= ROOM_FOR_WORDS;
    let is_gone = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let word = if line.quantity < 0.0 { "Sell" } else { "Buy" };
            let place = |ui: &mut Ui, width: f32, words: &str, ink| {
                let size = vec2(width, FIELD_HEIGHT);
                let (rect, _space) = ui.allocate_exact_size(size, Sense::hover());
                let font = fonts::inter(fonts::BODY);
                ui.painter()
                    .text(rect.left_center(), Align2::LEFT_CENTER, words, font, ink);
            };
            place(ui, 32.0, word, t.tx2);
            NumberField::new(&mut line.quantity, &format!("Contracts of {label}"))
                .hint("Contracts, negative when sold")
                .range(-1e5..=1e5)
                .decimals(0)
                .width(56.0)
                .show(ui);
            place(ui, 152.0, &label, t.tx);
            if has_words {
                ui.label(fonts::caption("at").color(t.tx3));
            }
            NumberField::new(&mut line.price, &format!("Fill of {label}"))
                .hint("Price of the fill in points")
                .range(0.0..=1e6)
                .step(0.05)
                .width(72.0)
                .show(ui);
            if has_words {
                ui.label(fonts::caption("fees, $").color(t.tx3));
            }
            let fees = NumberField::new(&mut fees_usd, &format!("Fees of {label}"))
                .hint("Commission and fees in dollars, by the fee schedule until another is typed")
                .range(0.0..=1e6)
                .width(72.0)
                .show(ui);
            if let Some(typed) = fees.committed {
                line.fees_usd = Some(typed);
            }
            icon_button(ui, Icon::Close, &format!("Leave {label} out")).clicked()
        })
        .inner;
    if is_gone {
        draft.leave_out(index);
        return true;
    }
    draft.keep(index, &line);
    false
}

/// The line that adds fills.
fn typed(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let words = if draft.preset == Preset::Roll {
            "What is opened instead: -10 SPX 8JAN27 6295P @ 42.20"
        } else {
            "Another fill: -10 SPX 8JAN27 6295P @ 42.20"
        };
        let line = TextField::new(&mut draft.line, "Fill")
            .hint(words)
            .mono(true)
            .error(error_of(draft.refusal.as_ref(), Field::Fill))
            .width((ui.available_width() - 76.0).max(160.0))
            .show(ui);
        let adds = secondary(ui, "Add fill")
            .on_hover_text("Adds what the line says; a spread's net price is spread over its legs")
            .clicked();
        if (adds || line.submitted) && !draft.line.trim().is_empty() {
            draft.take_line(ctx);
        }
    });
}

fn foot(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    draft: &mut RecordDraft,
    actions: &mut Actions,
) -> bool {
    let mut is_done = false;
    let mut wants_save = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if draft.preset != Preset::Fee {
            figures(ui, ctx, draft);
        }
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(layout, |ui| {
            is_done |= bare(ui, "Cancel").clicked();
            let count = draft.fills.len();
            let nothing = if draft.preset == Preset::Settle {
                "There is nothing to record: no leg has expired by that time"
            } else {
                "There is nothing to record yet: type a fill, or choose what was done and its position"
            };
            let (words, hint) = match (draft.preset, count) {
                (Preset::Fee, _) => (
                    "Record fee".to_owned(),
                    "Puts the fee on the fill; the audit keeps what stood there: one step of undo",
                ),
                (_, 1) => ("Record 1 fill".to_owned(), RECORD_HINT),
                (_, count) => (format!("Record {count} fills"), RECORD_HINT),
            };
            ui.add_enabled_ui(!draft.is_nothing(), |ui| {
                wants_save |= primary(ui, &words)
                    .on_hover_text(hint)
                    .on_disabled_hover_text(nothing)
                    .clicked();
            });
        });
    });
    if wants_save && !is_done {
        is_done = save(ctx, draft, actions);
    }
    is_done
}

/// Whether the book follows, the cash, and what is realised.
fn figures(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    let t = tokens(ui);
    let hint = "Positions change as the fills say. Off: only the journal is written";
    switch(ui, &mut draft.follows, Tone::Accent, "Book follows").on_hover_text(hint);
    ui.label(fonts::caption("Book follows").color(t.tx2))
        .on_hover_text(hint);
    ui.add_space(8.0);
    if draft.preset == Preset::Settle && draft.fills.is_empty() {
        let words = "No leg has expired by that time";
        ui.label(fonts::caption(words).color(t.warn));
        return;
    }
    let figure = |ui: &mut Ui, word: &str, usd: f64, hint: &str| {
        ui.label(fonts::caption(word).color(t.tx2))
            .on_hover_text(hint);
        let is_nothing = usd.abs() < 0.5;
        let tone = if is_nothing {
            Tone::Plain
        } else {
            Tone::of_sign(usd)
        };
        ui.label(fonts::num(format::usd_signed(usd)).color(t.text(tone)))
            .on_hover_text(hint);
    };
    let hint = "Premium received less paid, fees taken off";
    figure(ui, "Cash", draft.cash_usd(ctx), hint);
    if let Some(usd) = draft.realised_usd(ctx) {
        ui.add_space(8.0);
        let hint = if draft.preset == Preset::Roll {
            "What closing realises, fees aside: it stays in the campaign's break-evens"
        } else {
            "What closing realises against the entry prices, fees aside"
        };
        figure(ui, "Realised", usd, hint);
    }
}

/// Takes in what is still in the line, then writes it all.
fn save(ctx: &PanelContext<'_>, draft: &mut RecordDraft, actions: &mut Actions) -> bool {
    if !draft.line.trim().is_empty() {
        draft.take_line(ctx);
        if draft.refusal.is_some() {
            return false;
        }
    }
    carry_out(draft.read(ctx), &mut draft.refusal, actions)
}

/// Says what has expired, and offers to settle it.
pub(super) fn settle_offer(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut Option<Draft>) {
    let names: Vec<&str> = expired(ctx)
        .map(|position| position.name.as_str())
        .collect();
    if names.is_empty() || draft.is_some() {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let words = format!("Expired, and still in the book: {}", names.join(", "));
        ui.label(fonts::body(words).color(tokens(ui).warn));
        let settle = secondary(ui, "Settle…").on_hover_text(
            "Writes what the expired legs settled at, and takes them out of the book",
        );
        if settle.clicked() {
            *draft = Some(Draft::Record(Box::new(RecordDraft::new(ctx))));
        }
    });
}
