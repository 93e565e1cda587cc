//! The hedge panel: net vega against its band, the sizes that would reach it, budgets, and both tails.

mod budget;
mod carry;
mod crash;
mod layer_sizes;
mod ledger;
mod order_table;
mod settings;
mod sizing;
mod tiles;

use egui::{Align, Layout, Rect, Ui, UiBuilder, vec2};

use crate::document::{Command, Settings};
use crate::risk::band::Convention;
use crate::risk::figures::NetVega;
use crate::ui::export::{DataSet, csv, export_button, is_picture, say_subject};
use crate::ui::panels::PanelKind;
use crate::ui::theme::{GAP, PAD};
use crate::ui::widgets::{
    air_below_head, divider, empty_state, group_hint, panel_body, panel_head_with, scroll_body,
    segmented,
};
use crate::ui::{Action, Actions, PanelContext, format};

/// Shows the hedge panel over the whole of `ui`.
pub fn hedge_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let head = panel_head_with(
        ui,
        "Hedge",
        |_beside| {},
        |ui| {
            settings::settings_menu(ui, ctx, actions);
            export(ui, ctx, actions);
            convention_switch(ui, ctx, actions);
        },
    );
    air_below_head(ui, &head.response);
    if let (true, Some(net)) = (is_picture(ui.ctx()), &ctx.valuation.net_vega) {
        picture(ui, ctx, net);
        return;
    }
    scroll_body(ui, "hedge body", |ui| {
        panel_body(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            body(ui, ctx, actions);
            ui.add_space(GAP);
        });
    });
}

/// Crash table, presets and vega ledger as CSV.
fn export(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let valuation = ctx.valuation;
    let crash = || csv::scenarios(&valuation.crash);
    let presets = || csv::scenarios(&valuation.presets);
    let ledger = || {
        let net = valuation.net_vega.as_ref();
        net.map_or_else(String::new, csv::vega_ledger)
    };
    let sets = [
        DataSet::new("crash", &crash).named("crash table"),
        DataSet::new("presets", &presets).named("presets"),
        DataSet::new("vega-ledger", &ledger).named("vega ledger"),
    ];
    let has_picture = valuation.net_vega.is_some();
    let panel = has_picture.then_some(PanelKind::Hedge);
    export_button(ui, panel, &sets, actions);
}

/// The panel as a picture: the bridge to the net vega and both tails at the left, the crashes at the right.
fn picture(ui: &mut Ui, ctx: &PanelContext<'_>, net: &NetVega) {
    say_subject(ui.ctx(), || {
        let (low, high) = (ctx.valuation.band.low, ctx.valuation.band.high);
        let edges = (format::signed(low, 2), format::signed(high, 2));
        format!("net vega against the band {} to {}", edges.0, edges.1)
    });
    let body = ui.available_rect_before_wrap().shrink2(vec2(PAD, GAP));
    let half = (body.width() - 2.0 * PAD) / 2.0;
    let column = |ui: &mut Ui, rect: Rect| {
        let layout = Layout::top_down(Align::Min);
        let mut column = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
        column.spacing_mut().item_spacing.y = 0.0;
        column
    };
    let mut left = column(ui, body.with_max_x(body.left() + half));
    tiles::key_tiles(&mut left, ctx, net);
    left.add_space(GAP);
    ledger::ledger(&mut left, ctx, net);
    divider(&mut left);
    crash::tails(&mut left, ctx);
    let mut right = column(ui, body.with_min_x(body.right() - half));
    crash::scenarios(&mut right, ctx);
}

fn body(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let Some(net) = &ctx.valuation.net_vega else {
        empty_state(
            ui,
            "Nothing to hedge yet",
            "Add an iron condor in the position editor. Its net vega, the layers that offset it and \
             what a crash would do then stand here.",
            None,
        );
        return;
    };
    tiles::key_tiles(ui, ctx, net);
    ui.add_space(GAP);
    ledger::ledger(ui, ctx, net);
    sizing::size_to_band(ui, ctx, net, actions);
    ui.add_space(4.0);
    divider(ui);
    budget::budgets(ui, ctx, actions);
    divider(ui);
    crash::scenarios(ui, ctx);
    divider(ui);
    crash::tails(ui, ctx);
    divider(ui);
    carry::carry(ui, ctx);
}

/// Naive or damped: how a VIX point counts as SPX vega.
fn convention_switch(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let settings = &ctx.campaign.settings;
    let mut convention = settings.convention;
    let choices = Convention::ALL.map(|choice| (choice, choice.label()));
    let response = segmented(ui, "Convention", &mut convention, &choices);
    if response.changed() {
        set(
            actions,
            Settings {
                convention,
                ..settings.clone()
            },
        );
    }
    group_hint(response, &convention_words(ctx.valuation.net_vega.as_ref()));
}

/// What the conventions mean, with the net vega under each.
fn convention_words(net: Option<&NetVega>) -> String {
    let meaning = "How a point of a VIX future counts as a vol point of the condor.\n\
        Naive: one for one. Damped: by the model, less the longer the future runs.";
    let figures =
        net.iter()
            .flat_map(|net| &net.by_convention)
            .map(|(name, literal, normalised)| {
                let (normalised, literal) =
                    (format::signed(*normalised, 2), format::signed(*literal, 2));
                format!("{name}: {normalised} normalised, {literal} literal")
            });
    let lines: Vec<String> = std::iter::once(meaning.to_owned()).chain(figures).collect();
    lines.join("\n")
}

/// Asks for other settings: one undo step.
fn set(actions: &mut Actions, settings: Settings) {
    actions.push(Action::Edit(Command::SetSettings(settings)));
}
