//! What the plus adds: structures with sensible terms off today's market, and the method's layers.

use egui::{Popup, PopupCloseBehavior, Response, Ui};

use super::builder::Wish;
use super::changes::Draft;
use super::editing::Editing;
use super::parts::{menu_item, menu_line};
use super::quick_entry_line::single_name;
use crate::calendar::nearest_vix_monthly;
use crate::document::Command;
use crate::instrument::{
    Contract, LayerKind, OptionSeries, Position, Right, Role, Root, Structure,
};
use crate::policy::{HedgeInstrument, LayerTemplate};
use crate::risk::layer_pick::{opened_units, pick_layer};
use crate::risk::pick::{
    CondorRequest, nearest_spx_series, pick_condor, pick_vix_call, strike_by_delta,
};
use crate::ui::{Actions, PanelContext};

/// Absolute delta of the strike that a new SPX option begins at.
const SINGLE_DELTA: f64 = 0.25;
/// Days to expiry that a new SPX structure aims for.
const SPX_DAYS: i32 = 45;
/// Days to expiry and delta that a new VIX structure aims for.
const VIX_DAYS: i32 = 60;
/// See [`VIX_DAYS`].
const VIX_DELTA: f64 = 0.40;
/// Width of the menu in points.
const WIDTH: f32 = 260.0;

/// The structures of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sixteen-delta iron condors.
    Condor,
    /// A sold put vertical.
    PutVertical,
    /// A sold call vertical.
    CallVertical,
    /// One bought SPX option.
    Single,
    /// One bought VIX call.
    VixCall,
    /// A bought VIX call spread.
    VixCallSpread,
    /// One bought VIX future.
    Future(Root),
}

impl Kind {
    /// Every structure, in the order of the menu.
    pub const ALL: [Self; 8] = [
        Self::Condor,
        Self::PutVertical,
        Self::CallVertical,
        Self::Single,
        Self::VixCall,
        Self::VixCallSpread,
        Self::Future(Root::Vx),
        Self::Future(Root::Vxm),
    ];

    /// Name, and the terms it comes with.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Condor => ("Iron condor", "16Δ, 50 wide, 45 d"),
            Self::PutVertical => ("Put vertical", "sold, 25 wide"),
            Self::CallVertical => ("Call vertical", "sold, 25 wide"),
            Self::Single => ("Single SPX option", "25Δ put"),
            Self::VixCall => ("VIX call", "40Δ, 60 d"),
            Self::VixCallSpread => ("VIX call spread", "10 wide"),
            Self::Future(Root::Vxm) => ("VXM future", "mini, ×100"),
            Self::Future(_) => ("VX future", "×1,000"),
        }
    }
}

/// The menu of everything that can be added, on a button.
pub(super) fn add_menu(button: &Response, editing: &mut Editing<'_>) {
    Popup::menu(button)
        .gap(2.0)
        .width(WIDTH)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .accessible_name("Add")
        .show(|ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing.y = 0.0;
            for kind in Kind::ALL {
                let (words, note) = kind.words();
                if menu_item(ui, words, note).clicked() {
                    add(kind, editing);
                }
            }
            menu_line(ui);
            layers(ui, editing);
        });
}

/// Adds a structure off today's market to the book, or says why it cannot be made.
pub fn add_structure(kind: Kind, ctx: &PanelContext<'_>, actions: &mut Actions) {
    add(kind, &mut Editing::new(ctx, actions));
}

fn add(kind: Kind, editing: &mut Editing<'_>) {
    match of_kind(kind, editing) {
        Ok(position) => editing.push(Command::AddPosition(position)),
        Err(error) => editing.say(error),
    }
}

/// The layers that the book does not hold yet, by the pack's template.
fn layers(ui: &mut Ui, editing: &mut Editing<'_>) {
    let pack = editing.ctx.pack;
    let missing: Vec<&LayerTemplate> = LayerKind::ALL
        .into_iter()
        .filter(|kind| !is_held(*kind, editing))
        .filter_map(|kind| pack.layer(kind))
        .collect();
    for kind in LayerKind::ALL {
        let template = missing.iter().find(|template| template.kind == kind);
        ui.add_enabled_ui(template.is_some(), |ui| match template {
            Some(template) => {
                let note = layer_note(template);
                if menu_item(ui, kind.label(), &note).clicked() {
                    add_layers(editing, &[template]);
                }
            }
            None => {
                menu_item(ui, kind.label(), "held");
            }
        });
    }
    if missing.len() > 1 && menu_item(ui, "All missing layers", "one step").clicked() {
        add_layers(editing, &missing);
    }
}

/// What a layer's template asks for, in the menu.
fn layer_note(template: &LayerTemplate) -> String {
    let days = template.target_dte.value;
    let name = template.instrument.label();
    match template.instrument {
        HedgeInstrument::VixCall | HedgeInstrument::VixCallSpread => {
            let delta = (template.target_delta.value * 100.0).round();
            format!("{delta}Δ {name}, {days} d")
        }
        HedgeInstrument::VxFuture | HedgeInstrument::VxmFuture => {
            let way = if template.per_ten_condors.value < 0.0 {
                "short "
            } else {
                ""
            };
            format!("{way}{name}, {days} d")
        }
    }
}

fn is_held(kind: LayerKind, editing: &Editing<'_>) -> bool {
    let positions = &editing.campaign().positions;
    positions
        .iter()
        .any(|position| position.role == Role::Layer(kind))
}

/// Adds layers by their templates as one change.
fn add_layers(editing: &mut Editing<'_>, templates: &[&LayerTemplate]) {
    let made: Result<Vec<Command>, String> = templates
        .iter()
        .map(|template| layer(template, editing).map(Command::AddPosition))
        .collect();
    match made {
        Ok(mut commands) => editing.push(match (commands.pop(), commands.is_empty()) {
            (Some(only), true) => only,
            (Some(last), false) => {
                commands.push(last);
                Command::Batch(commands)
            }
            (None, _) => return,
        }),
        Err(error) => editing.say(error),
    }
}

/// A layer as the pack says: expiry and strike by its targets, contracts by the condors held.
fn layer(template: &LayerTemplate, editing: &Editing<'_>) -> Result<Position, String> {
    let unit = pick_layer(editing.market(), template).map_err(|error| error.to_string())?;
    let frame = &editing.ctx.valuation.frame;
    let scale = editing.campaign().settings.layer_scale;
    let scale = scale.factor(frame.width_points, frame.reference_width_points);
    let units = opened_units(frame.condors, template, scale);
    at_model(
        editing,
        unit,
        units,
        (template.kind.label(), Role::Layer(template.kind)),
    )
}

/// A contract bought at the model's mark.
fn bought(
    editing: &Editing<'_>,
    contract: Contract,
    quantity: i32,
    (name, role): (&str, Role),
) -> Result<Position, String> {
    let draft = Draft {
        name,
        role,
        opened: editing.today(),
    };
    let prices = editing.prices([contract]);
    draft
        .position(Structure::single(contract), quantity, &prices)
        .map_err(|error| error.to_string())
}

/// A structure with sensible terms off today's market.
fn of_kind(kind: Kind, editing: &Editing<'_>) -> Result<Position, String> {
    let market = editing.market();
    match kind {
        Kind::Condor => {
            let Wish { request, contracts } = Wish::default();
            let structure = pick_condor(market, request).map_err(|error| error.to_string())?;
            at_model(
                editing,
                structure,
                -contracts,
                ("Iron condor", Role::Condor),
            )
        }
        Kind::PutVertical => vertical(editing, Right::Put),
        Kind::CallVertical => vertical(editing, Right::Call),
        Kind::Single => {
            let series = spx_series(editing)?;
            let strike = strike_by_delta(market, series, Right::Put, SINGLE_DELTA);
            let contract = Contract::option(series.root, series.expiry, strike, Right::Put)
                .map_err(|error| error.to_string())?;
            bought(editing, contract, 1, (&single_name(contract), Role::Other))
        }
        Kind::VixCall => {
            let contract =
                pick_vix_call(market, VIX_DAYS, VIX_DELTA).map_err(|error| error.to_string())?;
            bought(editing, contract, 1, (&single_name(contract), Role::Other))
        }
        Kind::VixCallSpread => {
            let low =
                pick_vix_call(market, VIX_DAYS, VIX_DELTA).map_err(|error| error.to_string())?;
            let strike = low.strike().unwrap_or_else(|| market.vix.round());
            let structure = Structure::vix_call_spread(low.expiry(), [strike, strike + 10.0])
                .map_err(|error| error.to_string())?;
            at_model(editing, structure, 1, ("VIX call spread", Role::Other))
        }
        Kind::Future(root) => {
            let expiry = nearest_vix_monthly(editing.today(), 30);
            let contract = Contract::future(root, expiry).map_err(|error| error.to_string())?;
            bought(editing, contract, 1, (&single_name(contract), Role::Other))
        }
    }
}

fn spx_series(editing: &Editing<'_>) -> Result<OptionSeries, String> {
    nearest_spx_series(editing.market(), SPX_DAYS)
        .ok_or_else(|| "no SPX expiry is listed".to_owned())
}

/// A sold vertical: short at the condor's delta, 25 points wide.
fn vertical(editing: &Editing<'_>, right: Right) -> Result<Position, String> {
    const WIDTH_POINTS: f64 = 25.0;
    let series = spx_series(editing)?;
    let CondorRequest { short_delta, .. } = Wish::default().request;
    let short = strike_by_delta(editing.market(), series, right, short_delta);
    let (strikes, name) = match right {
        Right::Put => ([short - WIDTH_POINTS, short], "Put vertical"),
        Right::Call => ([short, short + WIDTH_POINTS], "Call vertical"),
    };
    let structure =
        Structure::vertical(series, right, strikes).map_err(|error| error.to_string())?;
    at_model(editing, structure, -1, (name, Role::Other))
}

/// So many units of a structure at the model's marks.
fn at_model(
    editing: &Editing<'_>,
    structure: Structure,
    quantity: i32,
    (name, role): (&str, Role),
) -> Result<Position, String> {
    let draft = Draft {
        name,
        role,
        opened: editing.today(),
    };
    let prices = editing.prices(structure.parts().into_iter().map(|(contract, _)| contract));
    draft
        .position(structure, quantity, &prices)
        .map_err(|error| error.to_string())
}
