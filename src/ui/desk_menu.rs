//! The desk's own menu: theme, colours, scale, layout, and what the desk is.

use egui::containers::menu::SubMenuButton;
use egui::{Align, Layout, PopupCloseBehavior, Rect, Ui, Vec2, vec2};

use super::action::{Action, Actions};
use super::command::UiCommand;
use super::context::PanelContext;
use super::dock::LayoutPreset;
use super::icons::{self, Icon, icon_button, icon_button_hinted};
use super::layouts::LayoutEdit;
use super::theme::{FIELD_HEIGHT, GAP, ProfitLossColours, TIGHT, tokens};
use super::top_strip::menu_item;
use super::widgets::{NumberField, segmented};
use super::workspace::{ThemeChoice, WorkspaceEdit};
use super::{fonts, scale};

/// Width of the menu in points.
const WIDTH: f32 = 280.0;

/// The button of the menu, and the menu while it is open; `windows_out` counts panels in own windows.
pub fn desk_menu(ui: &mut Ui, ctx: &PanelContext<'_>, windows_out: usize, actions: &mut Actions) {
    let dots = icon_button(ui, Icon::Dots, "Desk menu");
    egui::Popup::menu(&dots)
        .width(WIDTH)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name("Desk menu")
        .show(|ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().button_padding.x = GAP;
            look(ui, ctx, actions);
            ui.separator();
            layouts(ui, ctx, actions);
            ui.add_enabled_ui(windows_out > 0, |ui| {
                menu_item(ui, UiCommand::GatherWindows, actions);
            });
            ui.separator();
            for command in [
                UiCommand::Palette,
                UiCommand::Glossary,
                UiCommand::Shortcuts,
                UiCommand::About,
            ] {
                menu_item(ui, command, actions);
            }
        });
}

/// A row of the menu: words at the left, a control at the right.
fn row(ui: &mut Ui, words: &str, control: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), FIELD_HEIGHT + TIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(GAP);
        ui.label(fonts::body(words).color(tokens(ui).tx2));
        ui.with_layout(Layout::right_to_left(Align::Center), control);
    });
}

fn look(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    row(ui, "Theme", |ui| {
        let mut theme = ctx.workspace.theme;
        let choices = [(ThemeChoice::Dark, "Dark"), (ThemeChoice::Light, "Light")];
        let chosen = segmented(ui, "Theme", &mut theme, &choices);
        if chosen
            .on_hover_text("Colours of the desk: dark or light")
            .changed()
        {
            actions.workspace(WorkspaceEdit::Theme(theme));
        }
    });
    row(ui, "Colours", |ui| {
        let mut colours = ctx.workspace.colours;
        let choices = [
            (ProfitLossColours::GreenRed, "Green and red"),
            (ProfitLossColours::BlueOrange, "Blue and orange"),
        ];
        let chosen = segmented(ui, "Profit and loss", &mut colours, &choices);
        let hint = "Hues of profit and loss; blue and orange stay apart for eyes that confuse green and red";
        if chosen.on_hover_text(hint).changed() {
            actions.workspace(WorkspaceEdit::Colours(colours));
        }
    });
    row(ui, "Scale", |ui| scale_row(ui, ctx, actions));
}

/// `− 100 % +`, and back to 100 %; laid out from the right.
fn scale_row(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    ui.spacing_mut().item_spacing.x = TIGHT;
    let scale_pct = ctx.workspace.scale_pct;
    let mut button = |ui: &mut Ui, icon, command: UiCommand, is_on| {
        let hint = command.hint(ui.ctx());
        ui.add_enabled_ui(is_on, |ui| {
            if icon_button_hinted(ui, icon, command.label(), &hint).clicked() {
                actions.push(Action::Run(command));
            }
        });
    };
    let can_grow = scale_pct < scale::LARGEST_PCT;
    button(ui, Icon::Plus, UiCommand::ScaleUp, can_grow);
    let mut value = f64::from(scale_pct);
    let typed = NumberField::new(&mut value, "Scale")
        .hint("Size of everything; the arrow keys step by 5 %, with Shift by 25 %")
        .trimmed()
        .unit("%")
        .range(f64::from(scale::SMALLEST_PCT)..=f64::from(scale::LARGEST_PCT))
        .step(f64::from(scale::STEP_PCT))
        .shift_step(f64::from(scale::COARSE_STEP_PCT))
        .alt_step(f64::from(scale::STEP_PCT))
        .width(64.0)
        .show(ui)
        .committed;
    let can_shrink = scale_pct > scale::SMALLEST_PCT;
    button(ui, Icon::Minus, UiCommand::ScaleDown, can_shrink);
    if scale_pct != scale::NORMAL_PCT {
        button(ui, Icon::Fit, UiCommand::ScaleReset, true);
    }
    if let Some(typed) = typed {
        actions.workspace(WorkspaceEdit::Scale(typed.round() as u32));
    }
}

fn layouts(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let button =
        egui::Button::new(fonts::body("Layout")).min_size(vec2(ui.available_width(), FIELD_HEIGHT));
    let (button, _menu) = SubMenuButton::from_button(button).ui(ui, |ui| {
        ui.set_width(220.0);
        ui.spacing_mut().button_padding.x = GAP;
        for preset in LayoutPreset::ALL {
            if item(ui, preset.label(), preset.tooltip()) {
                actions.push(Action::Layout(LayoutEdit::Preset(preset)));
            }
        }
        ui.separator();
        for name in ctx.workspace.layouts.names() {
            if item(ui, name, "A layout that you saved") {
                actions.push(Action::Layout(LayoutEdit::Load(name.to_owned())));
            }
        }
        menu_item(ui, UiCommand::Layouts, actions);
        menu_item(ui, UiCommand::ResetLayout, actions);
    });
    let at = button.rect.right_center() - vec2(GAP + 6.0, 0.0);
    let caret = Rect::from_center_size(at, Vec2::splat(12.0));
    icons::paint(ui.painter(), caret, Icon::CaretRight, tokens(ui).tx3);
}

/// An item that closes the menu when it is chosen.
fn item(ui: &mut Ui, words: &str, hint: &str) -> bool {
    let size = vec2(ui.available_width(), FIELD_HEIGHT);
    let button = egui::Button::new(fonts::body(words))
        .min_size(size)
        .truncate();
    let is_chosen = ui.add(button).on_hover_text(hint).clicked();
    if is_chosen {
        ui.close();
    }
    is_chosen
}
