//! The position editor: quick entry, one card per condor, hedge layer and other position, and the sums.
//!
//! | file | responsibility |
//! | --- | --- |
//! | `editing` | edits of one frame, each tried on what the earlier ones left |
//! | `changes` | what an edit makes of a position |
//! | `quick_entry_line` | one line of text becomes a position |
//! | `builder` | a condor by delta, width and days |
//! | `add_menu` | structures and layers to add |
//! | `condor_card`, `leg_table`, `facts_grid` | a condor |
//! | `layer_card`, `layer_figures` | a hedge layer |
//! | `other_card` | any other list of legs |
//! | `leg_figures` | mark and vol of a leg, and where they come from |
//! | `contract_picker` | chooses one contract |
//! | `card_menu` | what can be done with a card |
//! | `totals`, `fees_popup` | sums of the book, and the fee schedule |
//! | `what_if` | the card of the what-if, while one is on |
//! | `parts` | small parts that they share |

mod add_menu;
mod builder;
mod card_menu;
mod changes;
mod condor_card;
mod contract_picker;
mod editing;
mod expiry_field;
mod facts_grid;
mod fees_popup;
mod layer_card;
mod layer_figures;
mod leg_figures;
mod leg_table;
mod other_card;
mod parts;
mod quick_entry_line;
mod totals;
mod what_if;

use egui::{Id, Ui};

use self::add_menu::add_menu;
pub use self::add_menu::{Kind as AddKind, add_structure};
use self::builder::{builder, toggle_builder};
use self::condor_card::condor_card;
use self::editing::Editing;
use self::layer_card::{Layer, layer_card, layer_row};
use self::other_card::other_card;
use self::parts::{recall, remember};
use self::quick_entry_line::quick_entry_line;
use self::totals::totals;
use self::what_if::what_if_card;
use crate::instrument::{LayerKind, Position, Role};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::panels::PanelKind;
use crate::ui::theme::TIGHT;
use crate::ui::widgets::{
    air_below_head, bare, dashed, empty_state, panel_body, panel_head, scroll_body, section,
};
use crate::ui::{Actions, PanelContext, fonts, format};

/// Below this height in points the layers stand in one row each.
const COMPACT_BELOW: f32 = 620.0;

/// Shows the editor over the available space.
pub fn position_ui(ui: &mut Ui, ctx: &PanelContext<'_>, actions: &mut Actions) {
    let is_compact = ui.available_height() < COMPACT_BELOW;
    let mut editing = Editing::new(ctx, actions);
    let head = panel_head(ui, "Position", |ui| {
        let plus = icon_button(ui, Icon::Plus, "Add a position");
        add_menu(&plus, &mut editing);
        let hint = "Choose a condor's strikes by delta, width and days to expiry";
        if bare(ui, "Build…").on_hover_text(hint).clicked() {
            toggle_builder(ui);
        }
    });
    air_below_head(ui, &head.response);
    scroll_body(ui, "position editor", |ui| {
        panel_body(ui, |ui| {
            ui.spacing_mut().item_spacing.y = TIGHT;
            what_if_card(ui, &mut editing);
            quick_entry_line(ui, &mut editing);
            ui.add_space(2.0);
            builder(ui, &mut editing);
            if ctx.campaign.positions.is_empty() {
                nothing_held(ui, &mut editing);
            } else {
                book(ui, &mut editing, is_compact);
            }
            ui.add_space(8.0);
        });
        follow_focus(ui);
    });
}

fn nothing_held(ui: &mut Ui, editing: &mut Editing<'_>) {
    if editing.ctx.campaign.is_over() {
        let sentence = "Everything of this campaign is closed. What was done, and what it taught, stands in its \
                        journal.";
        let action = empty_state(
            ui,
            "Nothing is held any more",
            sentence,
            Some("Show the journal"),
        );
        if action.is_some_and(|response| response.clicked()) {
            editing.show(PanelKind::Journal);
        }
        return;
    }
    let sentence =
        "Type a line above, choose a condor by delta, or press + for a structure or a layer";
    let action = empty_state(ui, "No position yet", sentence, Some("Build a condor…"));
    if action.is_some_and(|response| response.clicked()) {
        toggle_builder(ui);
    }
}

/// Every position: condors, layers, the rest; then the sums.
fn book(ui: &mut Ui, editing: &mut Editing<'_>, is_compact: bool) {
    let positions = editing.ctx.campaign.positions.clone();
    let is_condor =
        |position: &&Position| position.role == Role::Condor && position.condor().is_some();
    let condors: Vec<&Position> = positions.iter().filter(is_condor).collect();
    for (index, position) in condors.iter().enumerate() {
        if let Some(view) = position.condor() {
            let suffix = suffix(&condors, index);
            condor_card(ui, editing, position, &view, &suffix);
        }
    }
    layers(ui, editing, (&positions, is_compact));
    let others: Vec<&Position> = positions
        .iter()
        .filter(|position| !is_condor(position) && position.role.layer().is_none())
        .collect();
    if !others.is_empty() {
        ui.add_space(4.0);
        section(ui, "Other positions", "any list of legs");
        for position in others {
            other_card(ui, editing, position);
        }
    }
    totals(ui, editing, is_compact);
    ui.add_space(4.0);
    let more = dashed(ui, "Add leg, condor or layer…").on_hover_text(
        "Structures with sensible terms off today's market, and the method's layers",
    );
    add_menu(&more, editing);
}

/// Nothing for the only condor; else what tells it apart in the names of its fields.
fn suffix(condors: &[&Position], index: usize) -> String {
    if condors.len() > 1 {
        format!(", condor {}", index + 1)
    } else {
        String::new()
    }
}

/// The hedge layers, First to Third, under their head.
fn layers(ui: &mut Ui, editing: &mut Editing<'_>, (positions, is_compact): (&[Position], bool)) {
    let pack = editing.ctx.pack;
    let ratios: Vec<String> = LayerKind::ALL
        .into_iter()
        .filter_map(|kind| pack.layer(kind))
        .map(|template| format::trimmed(template.per_ten_condors.value, 1))
        .collect();
    let instruments: Vec<&str> = pack
        .layers
        .iter()
        .map(|template| template.instrument.label())
        .collect();
    let instruments = instruments.join(", ");
    let held: Vec<(LayerKind, &Position)> = LayerKind::ALL
        .into_iter()
        .flat_map(|kind| {
            let of_kind = move |position: &&Position| position.role == Role::Layer(kind);
            positions
                .iter()
                .filter(of_kind)
                .map(move |position| (kind, position))
        })
        .collect();
    ui.add_space(2.0);
    let template = format!("{} per 10 condors", ratios.join(" / "));
    let note = if is_compact && !held.is_empty() {
        "vega · cost"
    } else {
        &template
    };
    section(ui, "Hedge layers", note).on_hover_text(format!(
        "The rule pack's template holds {template}: {instruments} of the First, Second and Third layer"
    ));
    if held.is_empty() {
        ui.label(fonts::caption(
            "None held. Press + for the layers of the template",
        ));
    }
    ui.spacing_mut().item_spacing.y = if is_compact { 0.0 } else { 6.0 };
    for (kind, position) in held {
        layer(ui, editing, (kind, position), is_compact);
    }
    ui.spacing_mut().item_spacing.y = TIGHT;
}

/// One layer: as a layer when it has one valued leg, else as a list of legs.
fn layer(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    (kind, position): (LayerKind, &Position),
    is_compact: bool,
) {
    let valuation = editing.ctx.valuation;
    let valued = valuation.rows_of(position.id).next().cloned();
    let ([_], Some(valued)) = (position.legs.as_slice(), valued) else {
        other_card(ui, editing, position);
        return;
    };
    let part = valuation.hedge_of(position.id, editing.ctx.campaign.settings.convention);
    let name = layer_name(editing, kind, position);
    let layer = Layer {
        kind,
        position,
        valued: &valued,
        part,
        name: &name,
    };
    if is_compact {
        layer_row(ui, editing, layer);
    } else {
        layer_card(ui, editing, layer);
    }
}

/// The pack's title of the layer, unless the trader named it otherwise.
fn layer_name(editing: &Editing<'_>, kind: LayerKind, position: &Position) -> String {
    match editing.ctx.pack.layer(kind) {
        Some(template) if position.name == kind.label() => template.title.clone(),
        Some(_) | None => position.name.clone(),
    }
}

/// Scrolls to what the keyboard has just come to.
fn follow_focus(ui: &Ui) {
    let focused: Option<Id> = ui.memory(|memory| memory.focused());
    let seen: Option<Id> = recall(ui, "focus seen");
    if focused == seen {
        return;
    }
    remember(ui, "focus seen", focused);
    let is_by_key = ui.input(|input| input.key_pressed(egui::Key::Tab));
    if let Some(response) = focused.and_then(|id| ui.ctx().read_response(id))
        && is_by_key
        && response.layer_id == ui.layer_id()
    {
        ui.scroll_to_rect(response.rect.expand(8.0), None);
    }
}
