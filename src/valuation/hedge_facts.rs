//! Budgets of the hedge, and the sizes that would reach the band.

use jiff::civil::Date;

use super::{Inputs, Valuation};
use crate::calendar::nearest_vix_monthly;
use crate::document::Campaign;
use crate::instrument::{Contract, LayerKind, Position, PositionId, Role, Root};
use crate::policy::{HedgeInstrument, LayerTemplate, RulePack};
use crate::risk::band::VegaBasis;
use crate::risk::exposure::{roll_down_per_day_usd, vix_greeks};
use crate::risk::figures::{BookFacts, Gauge, LayerFacts, SizingRow};
use crate::risk::hedge::{HedgeUnit, size_hedge, unit_vega_points};
use crate::risk::pick::pick_vix_call;

/// The budget gauges: hedge debit of credit, hedge theta of condor theta, yearly spend of the account.
pub fn gauges(
    inputs: Inputs<'_>,
    facts: &BookFacts,
    layers: &[LayerFacts; 3],
    today: Date,
) -> Vec<Gauge> {
    let budgets = &inputs.pack.budgets;
    let share = |part: f64, whole: f64| (whole > 0.0).then(|| 100.0 * part / whole);
    let carry: f64 = layers.iter().map(LayerFacts::carry_per_day_usd).sum();
    let spent = inputs.account.trailing_hedge_spend_usd(today);
    vec![
        Gauge {
            label: "Hedge cost, share of credit",
            used_pct: share(facts.hedge_debit_usd, facts.credit_usd),
            warn_pct: Some(100.0 * budgets.hedge_debit_warn.value),
            limit_pct: 100.0 * budgets.hedge_debit.value,
            alarm_pct: Some(100.0 * budgets.hedge_debit_alarm.value),
            missing: (facts.credit_usd <= 0.0).then_some("needs a condor sold for a credit"),
        },
        Gauge {
            label: "Hedge theta, share of condor theta",
            used_pct: share(-carry, facts.spx.theta_per_day_usd),
            warn_pct: None,
            limit_pct: 100.0 * budgets.hedge_theta.value,
            alarm_pct: None,
            missing: (facts.spx.theta_per_day_usd <= 0.0)
                .then_some("needs condors that earn theta"),
        },
        Gauge {
            label: "12-month hedge spend, share of account",
            used_pct: inputs
                .account
                .equity_usd
                .and_then(|equity| share(spent, equity)),
            warn_pct: None,
            limit_pct: 100.0 * budgets.trailing_spend.value,
            alarm_pct: None,
            missing: inputs
                .account
                .equity_usd
                .is_none()
                .then_some("enter the account's equity"),
        },
    ]
}

/// What each layer's call, a VX and a VXM future would need to bring net vega to the band's lower edge.
pub fn sizing(valuation: &Valuation, campaign: &Campaign, pack: &RulePack) -> Vec<SizingRow> {
    let Some(net) = &valuation.net_vega else {
        return Vec::new();
    };
    let target = match valuation.basis {
        VegaBasis::WidthNormalised => valuation.frame.literal(valuation.band.low),
        VegaBasis::Literal => valuation.band.low,
    };
    let allowed = pack.budgets.hedge_debit.value * valuation.facts.credit_usd.max(0.0);
    let budget_usd = allowed - valuation.facts.hedge_debit_usd;
    hedge_offers(valuation, campaign, pack)
        .into_iter()
        .map(|offer| {
            let unit = offer.unit;
            let size = size_hedge(
                net.literal,
                target,
                valuation.frame.condors,
                unit,
                budget_usd,
            );
            let cost_usd = unit.debit_usd * f64::from(size.contracts);
            SizingRow {
                layer: offer.layer,
                contract: offer.contract,
                price_points: unit.price_points,
                unit_vega_points: unit.unit_vega_points,
                contracts: size.contracts,
                cost_usd,
                cost_pct_of_credit: percent(cost_usd, valuation.facts.credit_usd),
                within_budget: size.within_budget,
                reached_literal: size.reached_literal,
                reached_normalised: valuation.frame.normalise(size.reached_literal),
                carry_per_day_usd: offer.carry_per_day_usd * f64::from(size.contracts),
            }
        })
        .collect()
}

/// One contract of an instrument that the hedge could grow by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HedgeOffer {
    /// The layer that would grow; `None` for a future.
    pub layer: Option<LayerKind>,
    /// What would be bought.
    pub contract: Contract,
    /// Price, debit and SPX-vega equivalent of one.
    pub unit: HedgeUnit,
    /// Decay and roll-down of one per calendar day, dollars; negative is a cost.
    pub carry_per_day_usd: f64,
}

/// What the hedge could grow by: each layer's call, then the front VX and VXM.
pub fn hedge_offers(
    valuation: &Valuation,
    campaign: &Campaign,
    pack: &RulePack,
) -> Vec<HedgeOffer> {
    candidates(valuation, campaign, pack)
        .into_iter()
        .filter_map(|(layer, contract)| {
            let (unit, carry_per_day_usd) = priced_unit(valuation, layer, contract)?;
            Some(HedgeOffer {
                layer,
                contract,
                unit,
                carry_per_day_usd,
            })
        })
        .collect()
}

fn percent(part: f64, whole: f64) -> f64 {
    if whole > 0.0 {
        100.0 * part / whole
    } else {
        0.0
    }
}

/// The instruments compared: the call each layer holds (else its template's), then the front futures.
fn candidates(
    valuation: &Valuation,
    campaign: &Campaign,
    pack: &RulePack,
) -> Vec<(Option<LayerKind>, Contract)> {
    let calls = LayerKind::ALL.iter().filter_map(|kind| {
        let contract = held_call(campaign, *kind, valuation).or_else(|| {
            pack.layer(*kind)
                .and_then(|template| template_call(valuation, template))
        })?;
        Some((Some(*kind), contract))
    });
    let first_days = pack
        .layers
        .first()
        .map_or(0, |template| template.target_dte.value as i32);
    let today = crate::calendar::new_york_date(valuation.market.as_of);
    let front = nearest_vix_monthly(today, first_days);
    let futures = [Root::Vx, Root::Vxm].into_iter().filter_map(|root| {
        Contract::future(root, front)
            .ok()
            .map(|contract| (None, contract))
    });
    calls.chain(futures).collect()
}

/// The layer's own call, if it holds one that lives.
fn held_call(campaign: &Campaign, kind: LayerKind, valuation: &Valuation) -> Option<Contract> {
    campaign
        .positions
        .iter()
        .filter(|position| position.role == Role::Layer(kind))
        .flat_map(|position| &position.legs)
        .map(|leg| leg.contract)
        .find(|contract| {
            contract.strike().is_some() && !contract.is_expired(valuation.market.as_of)
        })
}

/// The call that a layer's template asks for today; `None` for a layer of spreads or futures, which are
/// compared as they are.
fn template_call(valuation: &Valuation, template: &LayerTemplate) -> Option<Contract> {
    if template.instrument != HedgeInstrument::VixCall {
        return None;
    }
    pick_vix_call(
        &valuation.market,
        template.target_dte.value as i32,
        template.target_delta.value,
    )
    .ok()
}

/// One contract as the book would hold it: what it adds, and its carry per day.
fn priced_unit(
    valuation: &Valuation,
    layer: Option<LayerKind>,
    contract: Contract,
) -> Option<(HedgeUnit, f64)> {
    let book = &valuation.book;
    let holder = Position {
        id: PositionId(u64::MAX),
        name: String::new(),
        role: layer.map_or(Role::Other, Role::Layer),
        legs: Vec::new(),
        opened: None,
    };
    let leg = book.draft_leg(contract, 1, &holder);
    let row = crate::risk::exposure::draft_row(book, &leg).ok()?;
    let rule = valuation.convention;
    let unit = HedgeUnit {
        price_points: row.price_points,
        debit_usd: if contract.strike().is_some() {
            row.value_usd
        } else {
            0.0
        },
        unit_vega_points: unit_vega_points(book, &leg, &row, &valuation.frame, rule),
    };
    let carry = vix_greeks(&row).theta_per_day_usd + roll_down_per_day_usd(book, &leg, &row);
    Some((unit, carry))
}
