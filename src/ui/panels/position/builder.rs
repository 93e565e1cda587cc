//! The builder: short delta, width and days to expiry choose a condor off today's smile.

use std::sync::Arc;

use egui::{Align2, Ui};

use super::changes::Draft;
use super::editing::{Editing, series_label};
use super::parts::{caption, place, reason, recall, remember, row, span};
use crate::document::Command;
use crate::instrument::{OptionSeries, Role, Structure};
use crate::risk::pick::{CondorRequest, pick_condor};
use crate::ui::icons::{Icon, icon_button};
use crate::ui::theme::{FIELD_HEIGHT, Tone};
use crate::ui::widgets::{NumberField, card, primary};
use crate::ui::{fonts, format};

/// What the builder asks for, kept while the desk runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wish {
    /// Terms of the condor.
    pub request: CondorRequest,
    /// Number of condors.
    pub contracts: i32,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            request: CondorRequest {
                short_delta: 0.16,
                width_points: 50.0,
                days: 45,
            },
            contracts: 10,
        }
    }
}

/// The condor found last, and what it was found for: the market's address and the request.
#[derive(Clone)]
struct Found {
    market: usize,
    request: CondorRequest,
    structure: Result<Structure, String>,
}

/// Opens the builder, or closes it.
pub(super) fn toggle_builder(ui: &Ui) {
    let is_open: bool = recall(ui, "builder open");
    remember(ui, "builder open", !is_open);
}

/// Shows the builder while it is open.
pub(super) fn builder(ui: &mut Ui, editing: &mut Editing<'_>) {
    if !recall::<bool>(ui, "builder open") {
        return;
    }
    card(ui, |ui| {
        let mut is_open = true;
        let head = row(ui, FIELD_HEIGHT);
        place(ui, span(head, 0.0, head.width() - 28.0), "title", |ui| {
            ui.label(fonts::title("Build a condor"));
        });
        place(
            ui,
            span(head, head.width() - 24.0, head.width()),
            "close",
            |ui| {
                is_open = !icon_button(ui, Icon::Close, "Close the builder").clicked();
            },
        );
        let mut wish: Wish = recall(ui, "builder wish");
        fields(ui, &mut wish);
        remember(ui, "builder wish", wish);
        let found = found(ui, editing, wish.request);
        match found {
            Ok(structure) => is_open &= !offer(ui, editing, structure, wish.contracts),
            Err(error) => {
                reason(ui, &error);
            }
        }
        remember(ui, "builder open", is_open);
    });
}

/// One field of the builder: its name, meaning, unit, limits, steps and decimals.
struct Term {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    unit: &'static str,
    range: [f64; 2],
    steps: [f64; 3],
    decimals: usize,
}

/// The terms, in the order shown.
const TERMS: [Term; 4] = [
    Term {
        name: "Short delta",
        label: "Builder short delta",
        hint: "Absolute delta of both short strikes, 0.01 to 0.50; the listed strike nearest it off today's smile",
        unit: "",
        range: [0.01, 0.5],
        steps: [0.01, 0.05, 0.005],
        decimals: 3,
    },
    Term {
        name: "Wing width",
        label: "Builder wing width",
        hint: "Points between the strikes of each wing",
        unit: "pt",
        range: [5.0, 1000.0],
        steps: [5.0, 25.0, 1.0],
        decimals: 2,
    },
    Term {
        name: "Days",
        label: "Builder days to expiry",
        hint: "Calendar days to expiry to aim for; the nearest listed expiry is taken",
        unit: "d",
        range: [0.0, 1500.0],
        steps: [1.0, 7.0, 1.0],
        decimals: 0,
    },
    Term {
        name: "Condors",
        label: "Builder condors",
        hint: "Number of condors to sell",
        unit: "",
        range: [1.0, 100_000.0],
        steps: [1.0, 10.0, 1.0],
        decimals: 0,
    },
];

/// Four fields under their names.
fn fields(ui: &mut Ui, wish: &mut Wish) {
    let names = row(ui, 16.0);
    let line = row(ui, FIELD_HEIGHT);
    let width = (line.width() - 24.0) / 4.0;
    let request = wish.request;
    let mut values = [
        request.short_delta,
        request.width_points,
        f64::from(request.days),
        f64::from(wish.contracts),
    ];
    for (index, (term, value)) in TERMS.iter().zip(&mut values).enumerate() {
        let from = index as f32 * (width + 8.0);
        let at = span(names, from, from + width).left_center();
        caption(ui, at, Align2::LEFT_CENTER, term.name, Tone::Quiet);
        place(ui, span(line, from, from + width), term.name, |ui| {
            term_field(ui, term, value, width);
        });
    }
    let [short_delta, width_points, days, contracts] = values;
    wish.request = CondorRequest {
        short_delta,
        width_points,
        days: days.round() as i32,
    };
    wish.contracts = contracts.round() as i32;
}

fn term_field(ui: &mut Ui, term: &Term, value: &mut f64, width: f32) {
    let [low, high] = term.range;
    let [step, coarse, fine] = term.steps;
    NumberField::new(value, term.label)
        .unit(term.unit)
        .hint(term.hint)
        .decimals(term.decimals)
        .trimmed()
        .range(low..=high)
        .step(step)
        .shift_step(coarse)
        .alt_step(fine)
        .width(width)
        .show(ui);
}

/// The condor of a request, looked for only when the market or the request changed.
fn found(ui: &Ui, editing: &Editing<'_>, request: CondorRequest) -> Result<Structure, String> {
    let market = Arc::as_ptr(&editing.ctx.valuation.market) as usize;
    let known: Option<Found> = recall(ui, "builder found");
    if let Some(found) = known
        && (found.market, found.request) == (market, request)
    {
        return found.structure;
    }
    let structure = pick_condor(editing.market(), request).map_err(|error| error.to_string());
    let found = Found {
        market,
        request,
        structure: structure.clone(),
    };
    remember(ui, "builder found", Some(found));
    structure
}

/// What would be added, and the button that adds it. Returns whether it was pressed.
fn offer(ui: &mut Ui, editing: &mut Editing<'_>, structure: Structure, contracts: i32) -> bool {
    let parts = structure.parts();
    let prices = editing.prices(parts.iter().map(|(contract, _)| *contract));
    let strikes: Vec<String> = parts
        .iter()
        .filter_map(|(contract, _)| contract.strike().map(format::strike))
        .collect();
    if let (Some((first, _)), Ok(credit)) = (parts.first(), structure.net_price(&prices)) {
        let series = OptionSeries {
            root: first.root(),
            expiry: first.expiry(),
        };
        let days = first.days_to_expiry(editing.market().as_of);
        let words = format!(
            "{}, {}, {}, credit {} pt",
            format::date_weekday(series.expiry),
            format::dte(days),
            series_label(series),
            format::points(credit),
        );
        ui.label(fonts::caption(words));
    }
    let words = format!("Add {contracts} × {}", strikes.join("/"));
    let response = primary(ui, &words).on_hover_text("Sells these condors at the model's marks");
    if response.clicked() {
        let draft = Draft {
            name: "Iron condor",
            role: Role::Condor,
            opened: editing.today(),
        };
        match draft.position(structure, -contracts, &prices) {
            Ok(position) => editing.push(Command::AddPosition(position)),
            Err(error) => editing.say(error.to_string()),
        }
    }
    response.clicked()
}
