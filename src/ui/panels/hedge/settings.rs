//! The panel's menu: how vega, layers and margin are read. Every change is one undo step.

use egui::{Align, Layout, Popup, PopupCloseBehavior, Ui};

use super::set;
use crate::document::settings::{LayerScale, Settings, UnequalWings, VegaBasis, VegaSign};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, tokens};
use crate::ui::widgets::{CommitField, divider, hint, section, segmented};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Width of the menu, in points.
const WIDTH: f32 = 340.0;
/// Largest margin that is not a typing error, in dollars.
const MAX_MARGIN_USD: f64 = 1e10;
/// Width of the field for the broker's margin, in points.
const BROKER_WIDTH: f32 = 108.0;
/// The two sides of a switch.
const SWITCH: [(bool, &str); 2] = [(false, "No"), (true, "Yes")];

/// Shows the dots and, when open, the menu.
pub(super) fn settings_menu(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let button = icon_button(ui, Icon::Dots, "Hedge settings");
    Popup::menu(&button)
        .gap(4.0)
        .width(WIDTH)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name("Hedge settings")
        .show(|ui| {
            ui.set_width(WIDTH);
            let mut settings = ctx.campaign.settings.clone();
            vega(ui, &mut settings);
            divider(ui);
            margin(ui, &mut settings);
            if settings != ctx.campaign.settings {
                set(actions, settings);
            }
        });
}

fn vega(ui: &mut Ui, settings: &mut Settings) {
    section(ui, "Vega band", "");
    row(
        ui,
        (
            "Sign",
            "Economic: standard signs, below the band is short vega. Literal: the same band read on the exposure −net vega.",
        ),
        |ui| {
            let choices = VegaSign::ALL.map(|choice| (choice, choice.label()));
            segmented(ui, "Vega sign", &mut settings.vega_sign, &choices);
        },
    );
    row(
        ui,
        (
            "Judged on",
            "Width-normalised: net vega scaled to the reference wing width. Literal: per condor as it is.",
        ),
        |ui| {
            let choices = VegaBasis::ALL.map(|choice| (choice, choice.label()));
            segmented(ui, "Vega basis", &mut settings.vega_basis, &choices);
        },
    );
    row(
        ui,
        (
            "Layer size",
            "Contracts of a layer: the pack's number for every ten condors, or that times wing width over the reference width.",
        ),
        |ui| {
            let choices = LayerScale::ALL.map(|choice| (choice, choice.label()));
            segmented(ui, "Layer scale", &mut settings.layer_scale, &choices);
        },
    );
    row(
        ui,
        (
            "Hedge debit in break-evens",
            "Takes the hedge debit off the credit when break-evens are measured.",
        ),
        |ui| {
            let value = &mut settings.hedge_debit_in_break_evens;
            segmented(ui, "Hedge debit in break-evens", value, &SWITCH);
        },
    );
}

fn margin(ui: &mut Ui, settings: &mut Settings) {
    section(ui, "Margin", "");
    row(
        ui,
        (
            "Unequal wings",
            "Reg-T margin when put and call wing differ in width.",
        ),
        |ui| {
            let choices = UnequalWings::ALL.map(|choice| (choice, choice.label()));
            segmented(
                ui,
                "Unequal wings",
                &mut settings.unequal_wings_margin,
                &choices,
            );
        },
    );
    broker(ui, settings);
    row(
        ui,
        (
            "Credit taken off",
            "Takes the credit received off the margin.",
        ),
        |ui| {
            segmented(
                ui,
                "Credit in margin",
                &mut settings.credit_in_margin,
                &SWITCH,
            );
        },
    );
    row(
        ui,
        (
            "Hedge debit added",
            "Counts the hedge debit as capital beside the margin.",
        ),
        |ui| {
            let value = &mut settings.hedge_debit_in_margin;
            segmented(ui, "Hedge debit in margin", value, &SWITCH);
        },
    );
}

fn broker(ui: &mut Ui, settings: &mut Settings) {
    row(
        ui,
        (
            "Broker's margin",
            "What the broker asks for, in dollars; used instead of Reg-T. Empty: Reg-T.",
        ),
        |ui| {
            let shown = settings
                .broker_margin_usd
                .map_or_else(String::new, format::usd);
            // a field stacks its error below, so it needs a box of its own at the right edge
            ui.set_max_width(BROKER_WIDTH);
            let field = CommitField::new("Broker margin", &shown)
                .hint("Reg-T")
                .figure()
                .width(BROKER_WIDTH);
            if let Some(margin) = field.show_optional(ui, 0.0..=MAX_MARGIN_USD) {
                settings.broker_margin_usd = margin;
            }
        },
    );
}

/// A name with its meaning on hover, and a control at the right edge.
fn row(ui: &mut Ui, (label, meaning): (&str, &str), control: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.set_height(FIELD_HEIGHT);
        let ink = tokens(ui).tx2;
        let name = ui.label(fonts::caption(label).color(ink));
        hint(name, label, meaning);
        ui.with_layout(Layout::right_to_left(Align::Center), control);
    });
}
