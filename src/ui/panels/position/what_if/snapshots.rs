//! Up to three what-ifs kept for comparison.

use egui::{Align2, Pos2, Role, Sense, Ui, WidgetInfo};

use super::fold;
use crate::ui::icons::{self, Icon, icon_button_hinted};
use crate::ui::panels::position::editing::Editing;
use crate::ui::panels::position::parts::{figure, place, row, span};
use crate::ui::theme::{FIELD_HEIGHT, RADIUS_FIELD, Tone, tokens};
use crate::ui::what_if::{MAX_SNAPSHOTS, Snapshot, WhatIfEdit, WhatIfView};
use crate::ui::widgets::dashed;
use crate::ui::{fonts, format};

/// The list under its head.
pub(super) fn section(ui: &mut Ui, editing: &mut Editing<'_>, view: &WhatIfView<'_>) {
    let kept = view.snapshots.len();
    let note = format!("{kept} of {MAX_SNAPSHOTS}");
    if !fold(ui, ("Snapshots", &note)) {
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    for (index, snapshot) in view.snapshots.iter().enumerate() {
        ui.push_id(("snapshot", snapshot.letter), |ui| {
            kept_row(ui, editing, index, snapshot);
        });
    }
    ui.spacing_mut().item_spacing.y = 4.0;
    let has_room = kept < MAX_SNAPSHOTS;
    ui.add_enabled_ui(has_room, |ui| {
        let take = dashed(ui, "Take snapshot")
            .on_hover_text("Keep scenario and drafts as they are, to compare with the next")
            .on_disabled_hover_text("Three are kept: remove one first");
        if take.clicked() {
            editing.what_if(WhatIfEdit::TakeSnapshot);
        }
    });
}

fn kept_row(ui: &mut Ui, editing: &mut Editing<'_>, index: usize, snapshot: &Snapshot) {
    let t = tokens(ui);
    let line = row(ui, FIELD_HEIGHT);
    let width = line.width();
    let letter = snapshot.letter;
    let body = span(line, 0.0, width - 22.0);
    let back = ui.interact(body, ui.scope_id().with("back"), Sense::click());
    let name = format!("Restore snapshot {letter}");
    back.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
    if back.hovered() {
        ui.painter().rect_filled(body, RADIUS_FIELD, t.hover);
    }
    let at = |x: f32| Pos2::new(line.left() + x, line.center().y);
    let font = (fonts::mono_strong(fonts::BODY), t.wi);
    let words = letter.to_string();
    fonts::write(ui.painter(), at(6.0), Align2::LEFT_CENTER, &words, font);
    let room = span(line, 24.0, width - 92.0).intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(room);
    let font = (fonts::inter(fonts::BODY), t.tx);
    fonts::write(
        &painter,
        at(24.0),
        Align2::LEFT_CENTER,
        &snapshot.name,
        font,
    );
    let profit = snapshot.profit_usd();
    figure(
        ui,
        (at(width - 28.0), Align2::RIGHT_CENTER),
        &format::usd_signed(profit),
        Tone::of_sign(profit),
        (
            &format!("Snapshot {letter} P/L"),
            "Gain since entry at its scenario, with what its drafts realise",
        ),
    );
    icons::focus_ring(ui, body.shrink(1.0), &back);
    let back = back.on_hover_text(format!(
        "{}: go back to its scenario and drafts. The undo steps of the drafts begin anew",
        snapshot.name
    ));
    if back.clicked() {
        editing.what_if(WhatIfEdit::Restore(index));
    }
    place(ui, span(line, width - 22.0, width), "drop", |ui| {
        let label = format!("Remove snapshot {letter}");
        let hint = "Remove this snapshot; the what-if itself stays";
        if icon_button_hinted(ui, Icon::Close, &label, hint).clicked() {
            editing.what_if(WhatIfEdit::DropSnapshot(index));
        }
    });
}
