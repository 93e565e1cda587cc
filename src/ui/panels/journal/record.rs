//! The form of something done: several fills that are one entry, prefilled for what is held.

use egui::{Align2, Sense, Ui, vec2};

use super::at_field::at_field;
use super::draft::{Draft, Field, error_of};
use super::record_draft::{FillLine, Preset, RecordDraft, expired, lots_of};
use super::trade_form::action_picker;
use crate::instrument::{LayerKind, Role};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, GAP, Tone, tokens};
use crate::ui::widgets::{
    NumberField, PickerRow, TextField, bare, picker, primary, secondary, segmented, switch,
};
use crate::ui::{Actions, PanelContext, fonts, format};

/// What a new position can be for.
const ROLES: [Role; 5] = [
    Role::Other,
    Role::Condor,
    Role::Layer(LayerKind::First),
    Role::Layer(LayerKind::Second),
    Role::Layer(LayerKind::Third),
];

/// Shows the form; `true` when it is done.
pub(super) fn record(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    draft: &mut RecordDraft,
    actions: &mut Actions,
) -> bool {
    what(ui, ctx, draft);
    why(ui, draft);
    for index in 0..draft.fills.len() {
        if fill(ui, ctx, (index, draft)) {
            break;
        }
    }
    typed(ui, ctx, draft);
    foot(ui, ctx, draft, actions)
}

/// Whose fills, what they do, and when.
fn what(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
        let positions = &ctx.campaign.positions;
        let mut rows: Vec<PickerRow> = positions
            .iter()
            .map(|position| PickerRow::new(position.name.clone()))
            .collect();
        rows.push(PickerRow::new("A new position"));
        let now = positions
            .iter()
            .position(|held| Some(held.id) == draft.position);
        let selected = now.unwrap_or(positions.len());
        if let Some(index) = picker(ui, "Position", Some(selected), &rows, 144.0) {
            draft.position = positions.get(index).map(|position| position.id);
            if draft.position.is_none() {
                draft.preset = Preset::Free;
            }
            draft.begin(ctx);
        }
        if draft.position.is_some() {
            let kind = segmented(ui, "Record", &mut draft.preset, &Preset::CHOICES);
            if kind.changed() {
                draft.begin(ctx);
            }
        }
        let before = draft.at.clone();
        at_field(ui, ctx, &mut draft.at, draft.refusal.as_ref());
        if draft.at != before && draft.preset == Preset::Settle {
            draft.fill(ctx);
        }
        match draft.preset {
            Preset::Trim => lots(ui, ctx, draft),
            Preset::Settle => settlement(ui, ctx, draft),
            Preset::Free => {
                action_picker(ui, &mut draft.action);
            }
            Preset::Close | Preset::Roll => {}
        }
        if draft.position.is_none() {
            new_position(ui, draft);
        }
    });
}

fn lots(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    let held = draft.position.and_then(|id| ctx.campaign.position(id));
    let all = held.map_or(1, lots_of).max(1);
    let field = NumberField::new(&mut draft.lots, "Lots to trim")
        .hint("How many of the position's equal parts are closed")
        .range(1.0..=f64::from(all))
        .decimals(0)
        .width(56.0)
        .show(ui);
    ui.label(fonts::caption(format!("of {all}")).color(tokens(ui).tx2));
    if field.committed.is_some() {
        draft.fill(ctx);
    }
}

fn settlement(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    ui.label(fonts::caption("Settled at").color(tokens(ui).tx2));
    let field = NumberField::new(&mut draft.settlement, "Settlement value")
        .hint(
            "What the underlying settled at, in its points: the opening quotation (SOQ) for contracts \
             settled in the morning, the close for all others",
        )
        .range(0.0..=1e6)
        .step(1.0)
        .width(88.0)
        .show(ui);
    if field.committed.is_some() {
        draft.fill(ctx);
    }
}

fn new_position(ui: &mut Ui, draft: &mut RecordDraft) {
    TextField::new(&mut draft.name, "Name of the position")
        .hint("Name of the position")
        .width(144.0)
        .show(ui);
    let rows = ROLES.map(|role| PickerRow::new(role.label()));
    let now = ROLES.iter().position(|role| *role == draft.role);
    let picked = picker(ui, "Purpose", now, &rows, 112.0);
    if let Some(role) = picked.and_then(|index| ROLES.get(index)) {
        draft.role = *role;
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
            ui.label(fonts::caption("at").color(t.tx3));
            NumberField::new(&mut line.price, &format!("Fill of {label}"))
                .hint("Price of the fill in points")
                .range(0.0..=1e6)
                .step(0.05)
                .width(72.0)
                .show(ui);
            ui.label(fonts::caption("fees, $").color(t.tx3));
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
        draft.fills.remove(index);
        return true;
    }
    keep(draft, index, &line);
    false
}

/// Writes a line back; contracts are whole, and never none.
fn keep(draft: &mut RecordDraft, index: usize, line: &FillLine) {
    if let Some(slot) = draft.fills.get_mut(index) {
        let whole = line.quantity.round();
        let quantity = if whole == 0.0 { slot.quantity } else { whole };
        *slot = FillLine {
            quantity,
            ..line.clone()
        };
    }
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
            .width((ui.available_width() - 68.0).max(160.0))
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
    let t = tokens(ui);
    let mut is_done = false;
    let mut wants_save = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let hint = "Positions change as the fills say. Off: only the journal is written";
        switch(ui, &mut draft.follows, Tone::Accent, "Book follows").on_hover_text(hint);
        ui.label(fonts::caption("Book follows").color(t.tx2))
            .on_hover_text(hint);
        ui.add_space(8.0);
        if draft.preset == Preset::Settle && draft.fills.is_empty() {
            let words = "No leg has expired by that time";
            ui.label(fonts::caption(words).color(t.warn));
        } else {
            let cash_usd = draft.cash_usd(ctx);
            ui.label(fonts::caption("Cash").color(t.tx2))
                .on_hover_text("Premium received less paid, fees taken off");
            let ink = t.text(Tone::of_sign(cash_usd));
            ui.label(fonts::num(format::usd_signed(cash_usd)).color(ink));
        }
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(layout, |ui| {
            is_done |= bare(ui, "Cancel").clicked();
            let count = draft.fills.len();
            let word = if count == 1 { "fill" } else { "fills" };
            wants_save |= primary(ui, &format!("Record {count} {word}"))
                .on_hover_text("Writes the fills as one entry of the journal: one step of undo")
                .clicked();
        });
    });
    if wants_save && !is_done {
        match draft.read(ctx) {
            Ok(command) => {
                actions.edit(command);
                is_done = true;
            }
            Err(refusal) => draft.refusal = Some(refusal),
        }
    }
    is_done
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
