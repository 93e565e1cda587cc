//! One card per hedge layer: contracts, contract, entry; decay, delta and vega beneath; marks on demand.

use egui::{Align2, Pos2, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::card_menu::{card_form, card_menu};
use super::changes::{with_contract, with_entry, with_quantity};
use super::contract_picker::{Look, VIX_ROOTS, contract_picker};
use super::editing::Editing;
use super::layer_figures::{cost, figures, is_expanded, vega_hint};
use super::leg_figures::{Slot, mark_field, vol_field};
use super::parts::{caption, explain, figure, place, row, span};
use super::quick_entry_line::single_name;
use crate::instrument::{Contract, LayerKind, Position};
use crate::risk::book::layer_index;
use crate::risk::figures::LegRow;
use crate::ui::icons::{self, Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, Tone, tokens};
use crate::ui::widgets::{NumberField, card};
use crate::ui::{fonts, format};
use crate::valuation::HedgePart;

/// A layer of one leg, valued.
#[derive(Clone, Copy)]
pub(super) struct Layer<'a> {
    /// Which layer.
    pub kind: LayerKind,
    /// Its position.
    pub position: &'a Position,
    /// Its only leg.
    pub valued: &'a LegRow,
    /// What it costs and does.
    pub part: HedgePart,
    /// Its name on the card, which also names its fields.
    pub name: &'a str,
}

/// The card of a layer.
pub(super) fn layer_card(ui: &mut Ui, editing: &mut Editing<'_>, layer: Layer<'_>) {
    ui.push_id(("layer", layer.position.id), |ui| {
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let line = row(ui, FIELD_HEIGHT);
            let width = line.width();
            title(ui, line, layer);
            let stepper = span(line, 58.0, 118.0);
            contracts_field(ui, editing, layer, stepper);
            let at = Pos2::new(line.left() + 126.0, line.center().y);
            caption(ui, at, Align2::CENTER_CENTER, "×", Tone::Faint);
            let chooser = span(line, 134.0, width - 76.0);
            contract_field(ui, editing, layer, (chooser, false));
            let entry = span(line, width - 56.0, width);
            let at = entry.left_center() - vec2(5.0, 0.0);
            caption(ui, at, Align2::RIGHT_CENTER, "@", Tone::Faint);
            entry_field(ui, editing, layer, (entry, false));
            figures(ui, layer);
            if is_expanded(ui, layer) {
                marks(ui, editing, layer);
            }
            card_form(ui, editing, layer.position);
        });
    });
}

/// The layer in one row, for low panels: the name opens its menu.
pub(super) fn layer_row(ui: &mut Ui, editing: &mut Editing<'_>, layer: Layer<'_>) {
    ui.push_id(("layer", layer.position.id), |ui| {
        let line = row(ui, 28.0);
        let inner = line.shrink2(vec2(0.0, 2.0));
        let width = line.width();
        title(ui, line, layer);
        let name = format!("{} menu", layer.name);
        let button = ui.interact(
            span(line, 0.0, 56.0),
            ui.scope_id().with("menu"),
            Sense::click(),
        );
        button.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
        icons::focus_ring(ui, button.rect.shrink(1.0), &button);
        card_menu(&button, editing, layer.position);
        let right = |x: f32| {
            (
                Pos2::new(line.left() + x, line.center().y),
                Align2::RIGHT_CENTER,
            )
        };
        let days = format!("{} d", layer.valued.days);
        let (at, anchor) = right(88.0);
        let drawn = caption(ui, at, anchor, &days, Tone::Faint);
        explain(
            ui,
            drawn,
            (&format!("{} days", layer.name), &days),
            "Calendar days to expiry",
        );
        contracts_field(ui, editing, layer, span(inner, 94.0, 150.0));
        contract_field(ui, editing, layer, (span(inner, 151.0, 187.0), true));
        let (at, anchor) = right(193.0);
        caption(ui, at, anchor, "@", Tone::Faint);
        entry_field(ui, editing, layer, (span(inner, 193.0, 229.0), true));
        let vega = format::signed(layer.part.contribution_points, 3);
        let hint = (format!("{} vega", layer.name), vega_hint(layer));
        figure(
            ui,
            right(width - 45.0),
            &vega,
            Tone::Quiet,
            (&hint.0, &hint.1),
        );
        cost(ui, right(width), layer);
        card_form(ui, editing, layer.position);
    });
}

fn title(ui: &Ui, line: Rect, layer: Layer<'_>) {
    let t = tokens(ui);
    let bar = Rect::from_min_size(line.left_center() - vec2(0.0, 8.0), vec2(3.0, 16.0));
    let ink = t.layer(layer_index(layer.kind));
    ui.painter().rect_filled(bar, 1, ink);
    let at = line.left_center() + vec2(9.0, 0.0);
    let room = span(line, 0.0, 57.0).intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(room);
    let font = (fonts::inter_strong(fonts::BODY), t.tx);
    fonts::write(&painter, at, Align2::LEFT_CENTER, layer.name, font);
}

fn contracts_field(ui: &mut Ui, editing: &mut Editing<'_>, layer: Layer<'_>, rect: Rect) {
    let (position, index) = (layer.position, layer.valued.index);
    let mut contracts = f64::from(layer.valued.quantity);
    let resized = |contracts: f64| Ok(with_quantity(position, index, contracts.round() as i32));
    let check = |contracts| editing.check_position(resized(contracts));
    let label = format!("{} contracts", layer.name);
    let is_future = matches!(layer.valued.contract, Contract::Future { .. });
    let least = if is_future { -1e6 } else { 1.0 };
    let committed = place(ui, rect, "contracts", |ui| {
        NumberField::new(&mut contracts, &label)
            .hint("Contracts held; a future may be short. Shift steps by ten")
            .decimals(0)
            .range(least..=1e6)
            .step(1.0)
            .shift_step(10.0)
            .alt_step(1.0)
            .steppers(true)
            .width(rect.width())
            .check(&check)
            .show(ui)
            .committed
    });
    if let Some(contracts) = committed {
        editing.replace_or_say(resized(contracts));
    }
}

fn contract_field(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    layer: Layer<'_>,
    (rect, is_bare): (Rect, bool),
) {
    let contract = layer.valued.contract;
    let label = format!("{} contract", layer.name);
    let face = if is_bare && contract.strike().is_some() {
        contract.short_label()
    } else if is_bare {
        contract.root().symbol().to_owned()
    } else {
        single_name(contract)
    };
    let look = Look {
        name: &label,
        face: &face,
        width: rect.width(),
        roots: &VIX_ROOTS,
        is_bare,
    };
    let chosen = place(ui, rect, "contract", |ui| {
        contract_picker(ui, editing, contract, look)
    });
    if let Some(contract) = chosen {
        let next = with_contract(
            layer.position,
            layer.valued.index,
            contract,
            editing.market(),
        );
        editing.replace(next);
    }
}

fn entry_field(
    ui: &mut Ui,
    editing: &mut Editing<'_>,
    layer: Layer<'_>,
    (rect, is_quiet): (Rect, bool),
) {
    let (position, index) = (layer.position, layer.valued.index);
    let mut entry = layer.valued.entry_points;
    let entered = |points| Ok(with_entry(position, index, points));
    let check = |points| editing.check_position(entered(points));
    let label = format!("{} entry price", layer.name);
    let tick = layer.valued.contract.root().tick_points(entry);
    let committed = place(ui, rect, "entry", |ui| {
        let field = NumberField::new(&mut entry, &label)
            .hint("Points paid for one contract at entry")
            .range(0.0..=f64::MAX)
            .step(tick)
            .shift_step(10.0 * tick)
            .alt_step(0.01)
            .width(rect.width())
            .check(&check);
        let field = if is_quiet { field.quiet() } else { field };
        field.show(ui).committed
    });
    if let Some(points) = committed {
        editing.replace_or_say(entered(points));
    }
}

/// The expanded row: mark and vol to edit, and the menu.
fn marks(ui: &mut Ui, editing: &mut Editing<'_>, layer: Layer<'_>) {
    let line = row(ui, 28.0);
    let inner = line.shrink2(vec2(0.0, 2.0));
    let width = line.width();
    let words = |ui: &Ui, x: f32, words: &str| {
        let at = Pos2::new(line.left() + x, line.center().y);
        caption(ui, at, Align2::RIGHT_CENTER, words, Tone::Quiet);
    };
    words(ui, 54.0, "Mark");
    let name = format!("{} mark", layer.name);
    let slot = Slot {
        rect: span(inner, 58.0, 118.0),
        name: &name,
        is_quiet: false,
    };
    mark_field(ui, editing, layer.valued, slot);
    if layer.valued.vol_source.is_some() {
        words(ui, 154.0, "IV %");
        let name = format!("{} IV", layer.name);
        let slot = Slot {
            rect: span(inner, 158.0, 218.0),
            name: &name,
            is_quiet: false,
        };
        vol_field(ui, editing, layer.valued, slot);
    }
    place(ui, span(inner, width - 24.0, width), "menu", |ui| {
        let button = icon_button(ui, Icon::Dots, &format!("{} menu", layer.name));
        card_menu(&button, editing, layer.position);
    });
}
