//! Scenarios kept with the campaign: saved by name, loaded, changed and deleted.

use egui::{Popup, Ui};

use super::fold;
use super::name_form::{Named, Naming, name_form};
use crate::document::{Command, SavedScenario};
use crate::risk::scenario_moves::ScenarioMoves;
use crate::ui::format;
use crate::ui::icons::{Icon, icon_button};
use crate::ui::panels::position::editing::Editing;
use crate::ui::panels::position::parts::{
    list_item, menu_item, menu_line, place, recall, remember, row, span,
};
use crate::ui::theme::FIELD_HEIGHT;
use crate::ui::what_if::{WhatIfEdit, WhatIfView};
use crate::ui::widgets::dashed;

/// The list under its head.
pub(super) fn section(ui: &mut Ui, editing: &mut Editing<'_>, view: &WhatIfView<'_>) {
    let kept = &view.campaign.scenarios;
    let note = match kept.len() {
        0 => "with the campaign".to_owned(),
        count => format::count(count),
    };
    if !fold(ui, ("Saved scenarios", &note)) {
        return;
    }
    let naming: Naming = recall(ui, "scenario name");
    let moves = ScenarioMoves::of(view.scenario, &view.campaign.marks);
    for (index, saved) in kept.iter().enumerate() {
        ui.push_id(("scenario", index), |ui| {
            if naming.named == Named::At(index) {
                name_form(ui, editing, &naming, saved.moves.clone());
            } else {
                saved_row(ui, editing, view, (index, saved));
            }
        });
    }
    if naming.named == Named::New {
        name_form(ui, editing, &naming, moves);
        return;
    }
    let hint = "Keep these levels with the campaign, as moves from the marks: \u{2212}5 % stays \u{2212}5 %";
    if dashed(ui, "Save scenario…").on_hover_text(hint).clicked() {
        remember(ui, "scenario name", Naming::new_one());
    }
}

fn saved_row(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    view: &WhatIfView<'_>,
    (index, saved): (usize, &SavedScenario),
) {
    let line = row(ui, FIELD_HEIGHT);
    let width = line.width();
    let there = saved.moves.at(&view.campaign.marks);
    let is_here = there == *view.scenario;
    let words = summary(&saved.moves);
    let pick = place(ui, span(line, 0.0, width - 26.0), "pick", |ui| {
        list_item(ui, &saved.name, &words, is_here)
    });
    let mut hint = format!("Assume {words}");
    if !saved.note.is_empty() {
        hint.push('\n');
        hint.push_str(&saved.note);
    }
    if pick.on_hover_text(hint).clicked() {
        editing.what_if(WhatIfEdit::Scenario(there));
    }
    place(ui, span(line, width - 24.0, width), "menu", |ui| {
        let button = icon_button(ui, Icon::Dots, &format!("{} menu", saved.name));
        Popup::menu(&button).width(220.0).show(|ui| {
            menu(ui, editing, view, (index, saved));
        });
    });
}

fn menu(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    view: &WhatIfView<'_>,
    (index, saved): (usize, &SavedScenario),
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    if menu_item(ui, "Rename…", "name and note").clicked() {
        remember(ui, "scenario name", Naming::of(index, saved));
        ui.close();
    }
    if menu_item(ui, "Replace by what-if", "keeps the name").clicked() {
        let scenario = SavedScenario {
            moves: ScenarioMoves::of(view.scenario, &view.campaign.marks),
            ..saved.clone()
        };
        editing.push(Command::ReplaceScenario { index, scenario });
        ui.close();
    }
    menu_line(ui);
    if menu_item(ui, "Delete", "undo brings it back").clicked() {
        editing.push(Command::RemoveScenario { index });
        ui.close();
    }
}

/// `−5.0 % · VIX +50 % · T+7`: what is assumed, in short.
fn summary(moves: &ScenarioMoves) -> String {
    let mut parts = vec![format!("{} %", format::signed(moves.spx_pct, 1))];
    if let Some(pct) = moves.vix_pct {
        parts.push(format!("VIX {} %", format::signed(pct, 0)));
    }
    if moves.days > 0 {
        parts.push(format!("T+{}", moves.days));
    }
    if moves.vol_points != 0.0 || !moves.vol_shifts.is_empty() {
        parts.push("vol".to_owned());
    }
    if moves.rate_pct != 0.0 {
        parts.push("rate".to_owned());
    }
    parts.join(" · ")
}
