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
use crate::risk::figures::{ConventionVega, NetVega};
use crate::ui::export::{DataSet, csv, export_button, is_picture, say_subject};
use crate::ui::panels::PanelKind;
use crate::ui::theme::{GAP, PAD, tokens};
use crate::ui::widgets::{
    air_below_head, divider, empty_state, group_hint, panel_body, panel_head_with, scroll_body,
    segmented,
};
use crate::ui::{Action, Actions, PanelContext, fonts, format};
use crate::valuation::Valuation;

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
    fallback_note(ui, ctx);
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

/// Naive, damped or by regression: how a VIX point counts as SPX vega.
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
    group_hint(response, &convention_words(ctx.valuation));
}

/// What the conventions mean, with the net vega under each.
fn convention_words(valuation: &Valuation) -> String {
    let meaning = "How a point of a VIX future counts as a vol point of the condor.\n\
        Naive: one for one. Damped: by the model, less the longer the future runs.\n\
        Regression: as the future moved with VIX over the last 60 closes, ± standard error.";
    let row = |row: &ConventionVega| {
        let with_error = |value: f64, error: Option<f64>| {
            let error = error.map(|error| format!(" ± {}", format::fixed(error, 2)));
            format!("{}{}", format::signed(value, 2), error.unwrap_or_default())
        };
        format!(
            "{}: {} normalised, {} literal",
            row.convention.label(),
            with_error(row.normalised, row.normalised_se),
            with_error(row.literal, row.literal_se)
        )
    };
    let mut lines = vec![meaning.to_owned()];
    let figures = valuation.net_vega.iter().flat_map(|net| &net.by_convention);
    lines.extend(figures.map(row));
    match valuation.slopes() {
        Ok(slopes) => {
            let last = format::date(slopes.last());
            lines.push(format!("Regression to the close of {last}"));
        }
        Err(missing) => lines.push(format!("Regression: {missing}")),
    }
    lines.join("\n")
}

/// Says that the regression was chosen and another convention counts.
fn fallback_note(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let chosen = ctx.campaign.settings.convention;
    if let Some(missing) = ctx.valuation.regression_missing
        && chosen != ctx.valuation.convention
    {
        let words = format!(
            "{} stands in for {}: {missing}",
            ctx.valuation.convention.label(),
            chosen.label().to_lowercase()
        );
        ui.add(egui::Label::new(fonts::caption(words).color(tokens(ui).warn)).wrap());
        ui.add_space(4.0);
    }
}

/// Asks for other settings: one undo step.
fn set(actions: &mut Actions, settings: Settings) {
    actions.push(Action::Edit(Command::SetSettings(settings)));
}
