//! What was done, whose it is and when: the first lines of the form.

use egui::{Ui, vec2};

use crate::calendar::SettlementTime;
use crate::instrument::{LayerKind, Role};
use crate::ui::panels::journal::at_field::at_field;
use crate::ui::panels::journal::record_draft::{Preset, RecordDraft, lots_of};
use crate::ui::panels::journal::trade_form::action_picker;
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{NumberField, PickerRow, TextField, picker, segmented};
use crate::ui::{PanelContext, fonts, format};

/// Width from which the kinds stand side by side, in points.
const ROOM_FOR_KINDS: f32 = 632.0;
/// What a new position can be for.
const ROLES: [Role; 5] = [
    Role::Other,
    Role::Condor,
    Role::Layer(LayerKind::First),
    Role::Layer(LayerKind::Second),
    Role::Layer(LayerKind::Third),
];

/// What was done: side by side where there is room, else in a list.
pub(super) fn kinds(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    let before = draft.preset;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        if ui.available_width() >= ROOM_FOR_KINDS {
            segmented(ui, "Record", &mut draft.preset, &Preset::CHOICES)
                .on_hover_text(draft.preset.meaning());
        } else {
            let rows = Preset::CHOICES.map(|(_, word)| PickerRow::new(word));
            let now = Preset::CHOICES.iter().position(|(kind, _)| *kind == before);
            let picked = picker(ui, "Record", now, &rows, 112.0);
            if let Some((kind, _)) = picked.and_then(|place| Preset::CHOICES.get(place)) {
                draft.preset = *kind;
            }
        }
        if ui.available_width() > 96.0 {
            let words = fonts::caption(draft.preset.meaning()).color(tokens(ui).tx3);
            ui.add(egui::Label::new(words).truncate())
                .on_hover_text(draft.preset.meaning());
        }
    });
    if draft.preset != before {
        draft.choose(ctx);
    }
}

/// Whose fills, and when.
pub(super) fn what(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
        position_picker(ui, ctx, draft);
        let is_held = draft.position.is_some();
        if draft.preset != Preset::Fee {
            let before = draft.at.clone();
            at_field(ui, ctx, &mut draft.at, draft.refusal.as_ref());
            if draft.at != before && draft.preset == Preset::Settle {
                draft.fill(ctx);
            }
        }
        if draft.preset.has_lots() && is_held {
            lots(ui, ctx, draft);
        }
        match draft.preset {
            Preset::Settle => settlement(ui, ctx, draft),
            Preset::Free => {
                action_picker(ui, &mut draft.action);
            }
            Preset::Open
            | Preset::Add
            | Preset::Close
            | Preset::Trim
            | Preset::Roll
            | Preset::Hedge
            | Preset::Monetise
            | Preset::Fee => {}
        }
        if !is_held && draft.follows && draft.preset.may_open() {
            new_position(ui, draft);
        }
        if draft.preset == Preset::Open && is_held {
            let words = if draft.is_written(ctx) {
                "The journal has fills of it already"
            } else {
                "The book holds it: only the journal is written"
            };
            ui.label(fonts::caption(words).color(tokens(ui).warn));
        }
    });
}

fn position_picker(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    let all = draft.candidates(ctx);
    if all.is_empty() {
        let words = if draft.preset == Preset::Fee {
            "The journal has no fill to charge it on"
        } else {
            "The book holds no position"
        };
        ui.label(fonts::caption(words).color(tokens(ui).warn));
        return;
    }
    let rows: Vec<PickerRow> = all
        .iter()
        .map(|(_, name)| PickerRow::new(name.clone()))
        .collect();
    let now = all.iter().position(|(id, _)| *id == draft.position);
    let picked = picker(ui, "Position", now, &rows, 144.0);
    if let Some((id, _)) = picked.and_then(|index| all.get(index)) {
        draft.position = *id;
        draft.begin(ctx);
    }
}

fn lots(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    let held = draft.position.and_then(|id| ctx.campaign.position(id));
    let all = f64::from(held.map_or(1, lots_of).max(1));
    let takes = matches!(draft.preset, Preset::Trim | Preset::Monetise);
    let (label, most) = if takes {
        ("Lots to trim", all)
    } else {
        ("Lots to add", 1e4)
    };
    let field = NumberField::new(&mut draft.lots, label)
        .hint("How many of the position's equal parts: condors, spreads, options")
        .range(1.0..=most)
        .decimals(0)
        .width(56.0)
        .show(ui);
    let words = if takes {
        format!("of {} lots", format::fixed(all, 0))
    } else {
        format!("lots to the {}", format::fixed(all, 0))
    };
    ui.label(fonts::caption(words).color(tokens(ui).tx2));
    if field.committed.is_some() {
        draft.fill(ctx);
    }
}

/// A fee that came later, and the fill that it is charged on.
pub(super) fn fee(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
        let t = tokens(ui);
        ui.label(fonts::caption("Fee, $").color(t.tx2));
        NumberField::new(&mut draft.fee_usd, "Fee")
            .hint("Dollars charged; negative for a rebate. The fill and the audit keep what stood there")
            .range(-1e6..=1e6)
            .width(88.0)
            .show(ui);
        let words = draft.charged(ctx).map_or_else(
            || "There is no fill to charge it on".to_owned(),
            |fill| {
                format!(
                    "on {} {} of {}, fees {} so far",
                    format::quantity(i64::from(fill.quantity)),
                    fill.contract.label(),
                    format::date(fill.at.date()),
                    format::usd_cents(fill.fees_usd)
                )
            },
        );
        ui.label(fonts::caption(words).color(t.tx2));
    });
    if let Some(refusal) = &draft.refusal {
        let words = fonts::caption(refusal.error.message.clone());
        ui.label(words.color(tokens(ui).dn));
    }
}

fn settlement(ui: &mut Ui, ctx: &PanelContext<'_>, draft: &mut RecordDraft) {
    let held = draft.position.and_then(|id| ctx.campaign.position(id));
    let first = held.and_then(|position| position.legs.first());
    let time = first.map(|leg| leg.contract.root().settlement_time());
    let words = match time {
        Some(SettlementTime::Open) => "SOQ",
        Some(SettlementTime::Close) => "Close",
        None => "Settled at",
    };
    let hint = "What the underlying settled at, in its points: the opening quotation (SOQ) for contracts settled in \
                the morning, the close for all others";
    ui.label(fonts::caption(words).color(tokens(ui).tx2))
        .on_hover_text(hint);
    let field = NumberField::new(&mut draft.settlement, "Settlement value")
        .hint(hint)
        .range(0.0..=1e6)
        .step(1.0)
        .width(88.0)
        .show(ui);
    if field.committed.is_some() {
        draft.settle_at(ctx);
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
