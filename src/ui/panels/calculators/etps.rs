//! The VIX-product calculator: weights, SPX-equivalent vega, carry and scenario return, and the layers beside them.

mod fields;
mod tables;

use std::sync::Arc;

use egui::{Layout, Ui, vec2};

use super::form;
use crate::market::{Market, ModelParams};
use crate::risk::etp::{
    Etp, EtpFacts, EtpHolding, LONGEST_HORIZON, VegaMeasure, etp_facts, etp_return,
};
use crate::ui::theme::{GAP, tokens};
use crate::ui::widgets::{DataTable, NumberField, divider};
use crate::ui::{PanelContext, fonts};
use fields::holdings;
use tables::{cost_table, result_table, without_first};

/// What the reader typed.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Terms {
    prices_usd: [f64; 4],
    shares: [f64; 4],
    fees_per_year: [f64; 4],
    is_typed: [bool; 4],
    spx_pct: f64,
    trading_days: f64,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            prices_usd: [40.0, 20.0, 45.0, 15.0],
            shares: [100.0; 4],
            fees_per_year: Etp::ALL.map(Etp::fee_per_year),
            is_typed: [false; 4],
            spx_pct: -5.0,
            trading_days: 5.0,
        }
    }
}

impl Terms {
    fn holding(&self, index: usize) -> EtpHolding {
        EtpHolding {
            etp: Etp::ALL[index],
            price_usd: self.prices_usd[index],
            shares: self.shares[index],
            fee_per_year: self.fees_per_year[index],
        }
    }
}

/// What was computed, and from what.
struct Kept {
    market: Arc<Market>,
    params: ModelParams,
    measure: VegaMeasure,
    terms: Terms,
    facts: Vec<EtpFacts>,
    returns: Vec<f64>,
}

/// Shows the calculator over the width of the panel.
pub(super) fn etps(ui: &mut Ui, ctx: &PanelContext<'_>) {
    let id = ui.make_persistent_id("etp terms");
    let mut terms: Terms = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    scenario_line(ui, &mut terms);
    ui.add_space(4.0);
    let kept = computed(ui, ctx, &terms);
    let (columns, rows) = result_table(&kept);
    form::section(
        ui,
        (
            "Products",
            "per position; vega in $ per vol point of the condor expiry",
        ),
        &columns,
        &rows,
    );
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 0.0);
        holdings(ui, &mut terms);
        let layout = Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(vec2(ui.available_width(), 0.0), layout, |ui| {
            DataTable::new("Products", &columns[1..], &without_first(&rows))
                .row_height(form::ROW)
                .gutter(8.0)
                .show(ui);
        });
    });
    divider(ui);
    let (columns, rows) = cost_table(ctx, &kept);
    form::section(
        ui,
        (
            "Cost of vega, against the layers",
            "a month, at today's curve",
        ),
        &columns,
        &rows,
    );
    DataTable::new("Cost of vega", &columns, &rows)
        .sortable()
        .show(ui);
    ui.add_space(GAP);
    form::note(ui, &remark(&terms, &kept));
    ui.data_mut(|data| data.insert_temp(id, terms));
}

/// The figures of this frame: from the last one when nothing changed.
fn computed(ui: &Ui, ctx: &PanelContext<'_>, terms: &Terms) -> Arc<Kept> {
    let book = &ctx.valuation.book;
    let measure = VegaMeasure {
        reference: ctx.valuation.frame.reference,
        convention: ctx.valuation.convention,
        slopes: ctx.valuation.frame.slopes.clone(),
    };
    let slot = ui.scope_id().with("etp figures");
    let last: Option<Arc<Kept>> = ui.data(|data| data.get_temp(slot));
    let is_same = |kept: &Arc<Kept>| {
        Arc::ptr_eq(&kept.market, &book.market)
            && kept.params == book.params
            && kept.measure == measure
            && kept.terms == *terms
    };
    if let Some(kept) = last.filter(is_same) {
        return kept;
    }
    let holdings = (0..Etp::ALL.len()).map(|index| terms.holding(index));
    let days = terms.trading_days.round().max(0.0) as u32;
    let made = Arc::new(Kept {
        market: Arc::clone(&book.market),
        params: book.params.clone(),
        terms: *terms,
        facts: holdings
            .clone()
            .map(|holding| etp_facts(book, &measure, holding))
            .collect(),
        returns: holdings
            .map(|holding| etp_return(book, &holding, terms.spx_pct, days))
            .collect(),
        measure,
    });
    ui.data_mut(|data| data.insert_temp(slot, Arc::clone(&made)));
    made
}

/// The scenario that returns are computed for.
fn scenario_line(ui: &mut Ui, terms: &mut Terms) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let t = tokens(ui);
        ui.label(fonts::caption("Scenario: SPX").color(t.tx2));
        NumberField::new(&mut terms.spx_pct, "SPX move of the scenario")
            .unit("%")
            .decimals(1)
            .signed()
            .range(-60.0..=60.0)
            .step(1.0)
            .shift_step(5.0)
            .alt_step(0.5)
            .hint("Simple move of SPX, in equal log steps day by day")
            .show(ui);
        ui.label(fonts::caption("over").color(t.tx2));
        NumberField::new(&mut terms.trading_days, "Trading days of the scenario")
            .unit("d")
            .decimals(0)
            .range(0.0..=f64::from(LONGEST_HORIZON))
            .step(1.0)
            .shift_step(5.0)
            .alt_step(1.0)
            .width(60.0)
            .hint("Trading days; 0 is at once. Leveraged products compound daily returns, so the days matter")
            .show(ui);
        ui.label(fonts::caption("trading days").color(t.tx2));
    });
}

fn remark(terms: &Terms, kept: &Kept) -> String {
    let examples = if terms.is_typed.iter().all(|typed| *typed) {
        ""
    } else {
        "Faint prices are examples until you type yours; percentages and costs per vega do not depend on them. "
    };
    let measure = if kept.measure.reference.is_some() {
        ""
    } else {
        "Vega needs a condor to be measured by. "
    };
    format!(
        "{examples}{measure}A short-volatility product (SVXY) adds to the condors' short vega. The index's \
         weights are those of tonight's close."
    )
}
