//! The form that writes a whole position into the journal, with a price for each leg.

use egui::{Align2, Sense, Ui, vec2};

use super::at_field::at_field;
use super::draft::LogDraft;
use super::trade_form::action_picker;
use crate::instrument::Position;
use crate::ui::theme::{FIELD_HEIGHT, GAP, tokens};
use crate::ui::widgets::{NumberField, PickerRow, TextField, bare, picker, primary};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Shows the form; `true` when it is done.
pub(super) fn log_form(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    draft: &mut LogDraft,
    actions: &mut Actions,
) -> bool {
    let mut wants_save = false;
    let mut is_done = false;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        position_picker(ui, ctx, draft);
        if action_picker(ui, &mut draft.action)
            && let Some(position) = ctx.campaign.position(draft.position)
        {
            draft.fill_prices(ctx, position);
        }
        wants_save |= at_field(ui, ctx, &mut draft.at, draft.refusal.as_ref());
        let room = (ui.available_width() - 142.0 - GAP).max(80.0);
        let reason = TextField::new(&mut draft.reason, "Reason")
            .hint("Why, in your words")
            .width(room)
            .show(ui);
        wants_save |= reason.submitted;
        wants_save |= primary(ui, "Write log").clicked();
        is_done |= bare(ui, "Cancel").clicked();
    });
    match ctx.campaign.position(draft.position) {
        Some(position) => prices(ui, draft, position),
        None => return true,
    }
    if wants_save && !is_done {
        match draft.read() {
            Ok(command) => {
                actions.edit(command);
                is_done = true;
            }
            Err(refusal) => draft.refusal = Some(refusal),
        }
    }
    is_done
}

fn position_picker(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut LogDraft) {
    let positions = &ctx.campaign.positions;
    let rows: Vec<PickerRow> = positions
        .iter()
        .map(|position| PickerRow::new(position.name.clone()))
        .collect();
    let selected = positions
        .iter()
        .position(|position| position.id == draft.position);
    let picked = picker(ui, "Position", selected, &rows, 136.0);
    if let Some(position) = picked.and_then(|index| positions.get(index)) {
        draft.choose(ctx, position);
    }
}

/// One price for each leg, side by side as far as they fit.
fn prices(ui: &mut Ui, draft: &mut LogDraft, position: &Position) {
    if draft.prices.len() != position.legs.len() {
        draft.prices = position.legs.iter().map(|leg| leg.entry_price).collect();
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 4.0);
        for (leg, price) in position.legs.iter().zip(&mut draft.prices) {
            let label = leg.contract.label();
            ui.allocate_ui(vec2(212.0, FIELD_HEIGHT), |ui| {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    let words = format!("{} {label}", format::quantity(i64::from(leg.quantity)));
                    let size = vec2(136.0, FIELD_HEIGHT);
                    let (rect, _space) = ui.allocate_exact_size(size, Sense::hover());
                    let ink = tokens(ui).tx2;
                    let font = fonts::inter(fonts::SMALL);
                    ui.painter()
                        .text(rect.left_center(), Align2::LEFT_CENTER, words, font, ink);
                    NumberField::new(price, &format!("Fill of {label}"))
                        .hint("Price of the fill in points")
                        .range(0.0..=1e6)
                        .step(0.05)
                        .width(68.0)
                        .show(ui);
                });
            });
        }
    });
}
