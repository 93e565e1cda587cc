//! The form that corrects a fill: a quick-entry line, when, what for, fees, reason and position.

use egui::Ui;

use super::at_field::at_field;
use super::draft::{Field, TradeDraft, carry_out, error_of};
use crate::document::Command;
use crate::instrument::TradeAction;
use crate::ui::theme::GAP;
use crate::ui::widgets::{ButtonKind, PickerRow, TextField, bare, button, picker, primary};
use crate::ui::{Actions, PanelContext};

/// Shows the form; `true` when it is done.
pub(super) fn trade_form(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    draft: &mut TradeDraft,
    actions: &mut Actions,
) -> bool {
    let mut wants_save = false;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let room = ui.available_width();
        let line = TextField::new(&mut draft.fill, "Fill")
            .hint("-10 SPX 8JAN27 6295P @ 42.20")
            .mono(true)
            .error(error_of(draft.refusal.as_ref(), Field::Fill))
            .width((room - 96.0 - 144.0 - 88.0 - 3.0 * GAP).max(160.0))
            .show(ui);
        wants_save |= line.submitted;
        action_picker(ui, &mut draft.action);
        wants_save |= at_field(ui, ctx, &mut draft.at, draft.refusal.as_ref());
        let fees = TextField::new(&mut draft.fees, "Fees of the trade")
            .hint("fees, $")
            .mono(true)
            .right(true)
            .error(error_of(draft.refusal.as_ref(), Field::Fees))
            .width(88.0)
            .show(ui);
        wants_save |= fees.submitted;
        fees.response
            .on_hover_text("Commission and fees in dollars. Empty: by the fee schedule");
    });
    let mut is_done = false;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let room = ui.available_width();
        let reason = TextField::new(&mut draft.reason, "Reason")
            .hint("Why, in your words")
            .width((room - 144.0 - 234.0 - 2.0 * GAP).max(120.0))
            .show(ui);
        wants_save |= reason.submitted;
        position_picker(ui, ctx, draft);
        wants_save |= primary(ui, "Save trade").clicked();
        if button(ui, ButtonKind::Danger, None, "Remove").clicked() {
            actions.edit(Command::RemoveTrade {
                id: draft.id,
                at: None,
            });
            is_done = true;
        }
        is_done |= bare(ui, "Cancel").clicked();
    });
    if wants_save && !is_done {
        is_done = save(ctx, draft, actions);
    }
    is_done
}

fn save(ctx: &PanelContext<'_>, draft: &mut TradeDraft, actions: &mut Actions) -> bool {
    carry_out(draft.read(ctx), &mut draft.refusal, actions)
}

/// The picker of what a trade was meant to do.
pub(super) fn action_picker(ui: &mut Ui, action: &mut TradeAction) -> bool {
    let rows = TradeAction::ALL.map(|action| PickerRow::new(action.label()));
    let selected = TradeAction::ALL.iter().position(|known| known == action);
    let picked = picker(ui, "Action", selected, &rows, 96.0);
    match picked.and_then(|index| TradeAction::ALL.get(index)) {
        Some(picked) => {
            *action = *picked;
            true
        }
        None => false,
    }
}

fn position_picker(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut TradeDraft) {
    let positions = &ctx.campaign.positions;
    let mut rows = vec![PickerRow::new("No position")];
    rows.extend(
        positions
            .iter()
            .map(|position| PickerRow::new(position.name.clone())),
    );
    let selected = draft
        .position
        .and_then(|id| positions.iter().position(|position| position.id == id))
        .map_or(0, |index| index + 1);
    if let Some(index) = picker(ui, "Position", Some(selected), &rows, 144.0) {
        draft.position = index
            .checked_sub(1)
            .and_then(|index| positions.get(index))
            .map(|position| position.id);
    }
}
