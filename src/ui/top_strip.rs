//! The top strip: whose campaign this is, the marks and their age, where the hedge stands, undo and redo.

mod marks;

use egui::{Align, Layout, Response, Role, Ui, UiBuilder, WidgetInfo, vec2};

use super::action::{Action, Actions};
use super::command::UiCommand;
use super::context::PanelContext;
use super::desk_menu::desk_menu;
use super::icons::{Icon, icon_button, icon_button_colored, icon_button_hinted};
use super::panels::PanelKind;
use super::theme::{GAP, PAD, STRIP_HEIGHT, Tone, tokens};
use super::widgets::{ButtonKind, Chip, NowThen, button, group_hint};
use super::{fonts, format};
use crate::document::Command;
use crate::risk::figures::BandStatus;
use crate::valuation::Valuation;

/// Windows narrower than this leave VX1, VX2 and the instant to the tooltip.
const NARROW: f32 = 1200.0;

/// Width of what stands beside the campaign's name at least: dot, menu, undo and redo, in points.
const BESIDE_NAME: f32 = 144.0;
/// Least and largest width of the campaign's name, in points.
const LEAST_NAME: f32 = 48.0;
const LONGEST_NAME: f32 = 280.0;

/// What the strip shows of the document's state beside the context.
#[derive(Clone, Debug)]
pub struct StripState<'a> {
    /// Whether there are changes that no file has.
    pub is_dirty: bool,
    /// What undo would take back.
    pub undo: Option<&'a str>,
    /// What redo would do again.
    pub redo: Option<&'a str>,
    /// Files opened last, newest first.
    pub recent: &'a [std::path::PathBuf],
    /// How many panels stand in windows of their own.
    pub windows_out: usize,
    /// The panel that was worked in last.
    pub worked_in: Option<PanelKind>,
}

/// Draws the strip over the available width.
pub fn top_strip_ui(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    state: &StripState<'_>,
    actions: &mut Actions,
) {
    let is_narrow = ui.available_width() < NARROW;
    let (rect, _) = ui.allocate_exact_size(
        vec2(ui.available_width(), STRIP_HEIGHT),
        egui::Sense::hover(),
    );
    let inner = rect.shrink2(vec2(PAD, 0.0));
    let mut right = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Center)),
    );
    right_side(&mut right, ctx, state, is_narrow, actions);
    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::left_to_right(Align::Center)),
    );
    // nothing at the left may run into what stands at the right
    left.set_max_width((right.min_rect().left() - PAD - inner.left()).max(0.0));
    campaign_menu(&mut left, ctx, state, actions);
    history_buttons(&mut left, state, actions);
    left.add_space(4.0);
    separator(&mut left);
    left.add_space(4.0);
    marks::marks(&mut left, ctx, is_narrow);
}

fn separator(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(1.0, 20.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, tokens(ui).line);
}

fn campaign_menu(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    state: &StripState<'_>,
    actions: &mut Actions,
) {
    let t = tokens(ui);
    super::icons::show(ui, Icon::Palisade, t.accent);
    ui.scope(|ui| {
        let room = ui.available_width() - BESIDE_NAME;
        ui.set_max_width(room.clamp(LEAST_NAME, LONGEST_NAME));
        ui.add(egui::Label::new(fonts::campaign(&ctx.campaign.name)).truncate());
    });
    if state.is_dirty {
        let (rect, response) = ui.allocate_exact_size(vec2(8.0, 8.0), egui::Sense::hover());
        ui.painter().circle_filled(rect.center(), 3.0, t.warn);
        response.on_hover_text("Changes that no file has yet");
    }
    let caret = icon_button(ui, Icon::Caret, "Campaign menu");
    egui::Popup::menu(&caret).width(240.0).show(|ui| {
        ui.spacing_mut().button_padding.x = GAP;
        rename(ui, ctx, actions);
        for command in [
            UiCommand::New,
            UiCommand::Open,
            UiCommand::OpenSample,
            UiCommand::OpenJournalSample,
        ] {
            menu_item(ui, command, actions);
        }
        recent_items(ui, state.recent, actions);
        ui.separator();
        for command in [
            UiCommand::Save,
            UiCommand::SaveAs,
            UiCommand::ImportChain,
            UiCommand::ImportFills,
            UiCommand::ExportReport,
        ] {
            menu_item(ui, command, actions);
        }
        ui.separator();
        menu_item(ui, UiCommand::Quit, actions);
    });
}

fn rename(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let id = ui.scope_id().with("rename");
    let stored = ui.data(|data| data.get_temp::<String>(id));
    let mut name = stored.unwrap_or_else(|| ctx.campaign.name.clone());
    let shown = super::widgets::TextField::new(&mut name, "Campaign name").show(ui);
    if shown.submitted {
        actions.edit(Command::Rename(name));
        ui.data_mut(|data| data.remove::<String>(id));
        ui.close();
    } else if shown.cancelled {
        ui.data_mut(|data| data.remove::<String>(id));
    } else if shown.response.changed() {
        ui.data_mut(|data| data.insert_temp(id, name));
    }
}

fn recent_items(ui: &mut Ui, recent: &[std::path::PathBuf], actions: &mut Actions) {
    for path in recent.iter().take(6) {
        let name = path
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let item = ui
            .button(fonts::body(format!("Open {name}")))
            .on_hover_text(path.display().to_string());
        if item.clicked() {
            actions.push(Action::OpenPath(path.clone()));
            ui.close();
        }
    }
    if !recent.is_empty() {
        menu_item(ui, UiCommand::ClearRecent, actions);
    }
}

/// A command in a menu, with its shortcut at the right.
pub fn menu_item(ui: &mut Ui, command: UiCommand, actions: &mut Actions) -> Response {
    let mut button = egui::Button::new(fonts::body(command.label()));
    if let Some(keys) = command.keys(ui.ctx()) {
        button = button.shortcut_text(fonts::caption(keys));
    }
    let width = ui.available_width();
    let response = ui
        .add(button.min_size(vec2(width, 24.0)))
        .on_hover_text(command.hint(ui.ctx()));
    if response.clicked() {
        actions.push(Action::Run(command));
        ui.close();
    }
    response
}

fn history_buttons(ui: &mut Ui, state: &StripState<'_>, actions: &mut Actions) {
    ui.add_space(8.0);
    for (icon, command, label) in [
        (Icon::Undo, UiCommand::Undo, state.undo),
        (Icon::Redo, UiCommand::Redo, state.redo),
    ] {
        ui.add_enabled_ui(label.is_some(), |ui| {
            let shortcut = command.keys(ui.ctx());
            let words = label.map_or_else(
                || format!("{}: nothing", command.label()),
                |label| {
                    format!(
                        "{} {label} ({})",
                        command.label(),
                        shortcut.unwrap_or_default()
                    )
                },
            );
            let button = icon_button_hinted(ui, icon, command.label(), &words);
            if button.clicked() {
                actions.push(Action::Run(command));
            }
        });
    }
}

fn right_side(
    ui: &mut Ui,
    ctx: &PanelContext<'_>,
    state: &StripState<'_>,
    is_narrow: bool,
    actions: &mut Actions,
) {
    desk_menu(ui, ctx, state.windows_out, actions);
    let theme_icon = if tokens(ui).is_dark {
        Icon::Sun
    } else {
        Icon::Moon
    };
    let hint = UiCommand::ToggleTheme.hint(ui.ctx());
    if icon_button_hinted(ui, theme_icon, "Dark or light", &hint).clicked() {
        actions.push(Action::Run(UiCommand::ToggleTheme));
    }
    what_if_toggle(ui, ctx, is_narrow, actions);
    ui.add_space(4.0);
    // the verdict says it too where the band decides
    if !super::panels::rules::strip_chip(ui, ctx, actions) {
        vega_chip(ui, ctx, is_narrow, actions);
    }
    super::panels::signals::strip_chip(ui, ctx, actions);
}

/// What-if on or off: filled with violet while one is on.
fn what_if_toggle(ui: &mut Ui, ctx: &PanelContext<'_>, is_narrow: bool, actions: &mut Actions) {
    let command = UiCommand::WhatIf;
    let is_on = ctx.what_if.is_some();
    let response = match (is_narrow, is_on) {
        (_, true) => button(ui, ButtonKind::WhatIf, Some(Icon::Flask), "What-if"),
        (false, false) => button(ui, ButtonKind::Outlined, Some(Icon::Flask), "What-if"),
        (true, false) => icon_button_colored(ui, Icon::Flask, "What-if", tokens(ui).wi),
    };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, "What-if"));
    let response = group_hint(response, &command.hint(ui.ctx()));
    if response.clicked() {
        actions.push(Action::Run(command));
    }
}

/// Where the judged net vega stands against the band; a click brings the hedge panel to the front.
fn vega_chip(ui: &mut Ui, ctx: &PanelContext<'_>, is_narrow: bool, actions: &mut Actions) {
    let Some((net, status)) = ctx.valuation.judged_vega() else {
        return;
    };
    let (tone, words, by) = match status {
        BandStatus::Inside { left } => (Tone::Good, "in band", left),
        BandStatus::Short { by } => (Tone::Warn, "short by", by),
        BandStatus::Long { by } => (Tone::Warn, "long by", by),
    };
    let now = ctx.compared().and_then(Valuation::judged_vega);
    let text = |value: f64| format::signed(value, 2);
    let figure = NowThen::of(now.map(|(now, _)| now), net, text, text);
    let by = format::fixed(by, 2);
    let was = figure.now.as_ref().map(|now| format!("{now} →"));
    let chip =
        Chip::new(tone)
            .icon(Icon::Shield)
            .strong(if is_narrow { "Vega" } else { "Net vega" });
    let chip = match &was {
        Some(was) => chip.was(was),
        None => chip,
    };
    let chip = chip.num(&figure.new).text(words);
    let chip = if matches!(status, BandStatus::Inside { .. }) {
        chip
    } else {
        chip.num(&by)
    };
    let words = figure.hint_with(
        "Net vega per condor against the method's band, in index points per vol point. Open the hedge panel",
    );
    let response = group_hint(chip.clickable().show(ui), &words);
    if response.clicked() {
        actions.push(Action::Focus(super::panels::PanelKind::Hedge));
    }
}
