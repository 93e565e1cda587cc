//! The card of the what-if: what is assumed, what is drafted, and what both change.
//!
//! | file | responsibility |
//! | --- | --- |
//! | `scenario` | a slider and a field for each level, and the presets |
//! | `vol_shift` | vol points on all SPX expiries and on single ones |
//! | `line` | one such row |
//! | `drafts` | the draft trades with their switches, and their sums |
//! | `change` | every figure now, in the what-if, and the change |
//! | `snapshots` | what-ifs kept for comparison |
//! | `library` | scenarios kept with the campaign |
//! | `name_form` | the name and the note of one of them |

mod change;
mod drafts;
mod library;
mod line;
mod name_form;
mod scenario;
mod snapshots;
mod vol_shift;

use egui::{Align2, Frame, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::editing::Editing;
use super::parts::{caption, recall, remember, row};
use crate::risk::what_if::WhatIfScenario;
use crate::ui::fonts;
use crate::ui::icons::{self, Icon, icon_button_hinted};
use crate::ui::theme::{CARD_PAD, RADIUS_PANEL, TIGHT, Tone, tokens};
use crate::ui::what_if::{WhatIfEdit, WhatIfView};

/// Shows the card while a what-if is on; nothing otherwise.
pub(super) fn what_if_card(ui: &mut Ui, editing: &mut Editing<'_>) {
    let was_shown: bool = recall(ui, "what-if shown");
    let is_on = editing.ctx.what_if.is_some();
    if was_shown != is_on {
        remember(ui, "what-if shown", is_on);
    }
    let Some(view) = editing.ctx.what_if else {
        return;
    };
    if !was_shown {
        ui.scroll_to_cursor(Some(egui::Align::TOP));
    }
    let t = tokens(ui);
    let frame = Frame::NONE
        .fill(t.card)
        .stroke(Stroke::new(1.0, t.wi))
        .corner_radius(RADIUS_PANEL)
        .inner_margin(CARD_PAD);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(TIGHT, TIGHT);
        head(ui, editing, &view);
        scenario::rows(ui, editing, &view);
        drafts::section(ui, editing, &view);
        change::section(ui, editing, &view);
        snapshots::section(ui, editing, &view);
        library::section(ui, editing, &view);
    });
    ui.add_space(TIGHT);
}

fn head(ui: &mut Ui, editing: &mut Editing<'_>, view: &WhatIfView<'_>) {
    let t = tokens(ui);
    ui.horizontal(|ui| {
        icons::show(ui, Icon::Flask, t.wi);
        ui.label(fonts::title("What-if").color(t.wi));
        let today = WhatIfScenario::today(view.campaign.marks.spx);
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(layout, |ui| {
            ui.add_enabled_ui(*view.scenario != today, |ui| {
                let hint = "Put every level of the scenario back to today; the drafts stay";
                let reset = icon_button_hinted(ui, Icon::Undo, "Reset scenario", hint);
                if reset.clicked() {
                    editing.what_if(WhatIfEdit::Scenario(today));
                }
            });
        });
    });
}

/// The head of a part that folds: a caret, its name, and a note at the right. Returns whether it is open.
fn fold(ui: &mut Ui, texts: (&str, &str)) -> bool {
    fold_at(ui, texts).0
}

/// As [`fold`]; returns also where the head stands, for a button at its right end.
fn fold_at(ui: &mut Ui, (words, note): (&str, &str)) -> (bool, Rect) {
    let t = tokens(ui);
    let above = row(ui, 1.0);
    ui.painter().hline(
        above.x_range(),
        icons::snap(ui, above.center()).y,
        Stroke::new(1.0, t.line),
    );
    let key = ("what-if part", words.to_owned());
    let is_folded: bool = recall(ui, &key);
    let mut is_open = !is_folded;
    let size = vec2(ui.available_width(), 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    if response.clicked() {
        remember(ui, &key, !is_folded);
        is_open = !is_open;
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), words));
    ui.accesskit_node_builder(response.id, |node| node.set_expanded(is_open));
    let icon = if is_open {
        Icon::Caret
    } else {
        Icon::CaretRight
    };
    let place = Rect::from_center_size(rect.left_center() + vec2(6.0, 0.0), vec2(12.0, 12.0));
    let ink = if response.hovered() { t.tx } else { t.tx2 };
    icons::paint(ui.painter(), place, icon, ink);
    let at = rect.left_center() + vec2(18.0, 0.0);
    let font = (fonts::inter_strong(fonts::BODY), ink);
    fonts::write(ui.painter(), at, Align2::LEFT_CENTER, words, font);
    caption(
        ui,
        rect.right_center(),
        Align2::RIGHT_CENTER,
        note,
        Tone::Faint,
    );
    icons::focus_ring(ui, rect.shrink(1.0), &response);
    (is_open, rect)
}
