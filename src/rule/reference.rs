//! The reference book: a 16-delta condor of 45 days at today's VIX, priced in the same market as the user's
//! own, so that a threshold can be set against both.

use std::sync::Arc;

use crate::document::{Account, Campaign};
use crate::fact::{AssumedMarks, BookInputs, Derived, FactId, FactInputs, Facts};
use crate::instrument::{Position, PositionId, Role, Structure};
use crate::market::Market;
use crate::policy::RulePack;
use crate::risk::layer_pick::{layer_units, pick_layer};
use crate::risk::pick::{CondorRequest, PickError, pick_condor};
use crate::valuation::{Inputs, MarketCache, Valuation, VegaSlopesError};

/// Delta of the short strikes of the reference condor.
pub const REFERENCE_DELTA: f64 = 0.16;
/// Days to its expiry to aim for.
pub const REFERENCE_DAYS: i32 = 45;
/// Number of condors, so that layers for every ten come out whole.
pub const REFERENCE_CONDORS: i32 = 10;

/// What a reference book holds beside its condors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceHedge {
    /// Nothing.
    Bare,
    /// The pack's layers, in full.
    Layered,
}

/// A campaign that holds the reference book at today's model prices, with the marks, model and settings of
/// another. Wings are as wide as the pack's reference.
///
/// # Errors
/// [`PickError`] when the market lists no such condor.
pub fn reference_campaign(
    own: &Campaign,
    market: &Market,
    pack: &RulePack,
    hedge: ReferenceHedge,
) -> Result<Campaign, PickError> {
    let request = CondorRequest {
        short_delta: REFERENCE_DELTA,
        width_points: pack.vega_band.reference_width.value,
        days: REFERENCE_DAYS,
    };
    let condor = pick_condor(market, request)?;
    let mut positions = vec![position(
        (1, "Reference condor", Role::Condor),
        &condor,
        -REFERENCE_CONDORS,
        market,
    )?];
    if hedge == ReferenceHedge::Layered {
        for (number, template) in (2..).zip(&pack.layers) {
            let unit = pick_layer(market, template)?;
            let contracts = layer_units(f64::from(REFERENCE_CONDORS), template, 1.0);
            positions.push(position(
                (number, &template.title, Role::Layer(template.kind)),
                &unit,
                contracts,
                market,
            )?);
        }
    }
    let mut campaign = own.clone();
    campaign.next_id = 1 + positions.len() as u64;
    campaign.positions = positions;
    campaign.trades.clear();
    campaign.settings.broker_margin_usd = None;
    Ok(campaign)
}

fn position(
    (number, name, role): (u64, &str, Role),
    structure: &Structure,
    quantity: i32,
    market: &Market,
) -> Result<Position, PickError> {
    let parts = structure.parts();
    let prices: Vec<f64> = parts
        .iter()
        .map(|(contract, _)| market.price(contract))
        .collect();
    Ok(Position {
        id: PositionId(number),
        name: name.to_owned(),
        role,
        legs: structure.legs(quantity, &prices)?,
        opened: None,
    })
}

/// The own book that a reference is set beside.
#[derive(Clone, Copy, Debug)]
pub struct OwnBook<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// Its market.
    pub market: &'a Market,
    /// The account.
    pub account: &'a Account,
    /// Marks that nobody entered.
    pub assumed: AssumedMarks,
}

/// The facts of the reference book in the same market, with the same history. `cache` keeps its market.
///
/// # Errors
/// As [`reference_campaign`].
pub fn reference_facts(
    own: OwnBook<'_>,
    pack: &RulePack,
    hedge: ReferenceHedge,
    history: Option<&Derived>,
    cache: &mut MarketCache,
) -> Result<Facts, PickError> {
    let campaign = reference_campaign(own.campaign, own.market, pack, hedge)?;
    let slopes = history.map_or(Err(VegaSlopesError::NoHistory), |history| {
        history.vega_slopes_at(own.market.as_of).map(Arc::new)
    });
    let inputs = Inputs {
        pack,
        account: own.account,
        slopes: slopes.as_ref().map_err(|error| *error),
    };
    let valuation = Valuation::of(&campaign, inputs, cache);
    let book = BookInputs {
        campaign: &campaign,
        valuation: &valuation,
        account: own.account,
        assumed: own.assumed,
    };
    Ok(Facts::gather(&FactInputs::of_book(book, history)))
}

/// A fact that a threshold is compared with, in the threshold's own unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContextRow {
    /// The fact.
    pub fact: FactId,
    /// Its value in the own book; `None` while it is missing.
    pub own: Option<f64>,
    /// Its value in the reference book.
    pub reference: Option<f64>,
}

/// The facts that the number at a path of the pack is compared with, in its unit, for the own book and for
/// the reference. Empty for numbers that are compared with no single fact, such as windows and weights.
pub fn threshold_context(path: &str, own: &Facts, reference: &Facts) -> Vec<ContextRow> {
    compared_with(path)
        .iter()
        .map(|(fact, scale)| {
            let value = |facts: &Facts| facts.number(*fact).map(|value| value * scale);
            ContextRow {
                fact: *fact,
                own: value(own),
                reference: value(reference),
            }
        })
        .collect()
}

/// A fact with the factor that brings it to the threshold's unit.
type Compared = (FactId, f64);

/// Percent to share.
const SHARE: f64 = 0.01;

/// Which facts a number limits.
fn compared_with(path: &str) -> &'static [Compared] {
    match path {
        "vega_band.low" | "vega_band.high" | "vega_band.limit" => &[
            (FactId::NetVegaNormalised, 1.0),
            (FactId::NetVegaLiteral, 1.0),
        ],
        "vega_band.reference_width" => &[(FactId::Width, 1.0)],
        "theta.floor" => &[
            (FactId::ThetaRatio, SHARE),
            (FactId::ThetaRatioCondors, SHARE),
        ],
        "budgets.hedge_debit_warn" | "budgets.hedge_debit" | "budgets.hedge_debit_alarm" => {
            &[(FactId::HedgeDebitPct, SHARE)]
        }
        "budgets.hedge_theta" => &[(FactId::HedgeThetaPct, SHARE)],
        "budgets.trailing_spend" => &[(FactId::HedgeSpendPct, SHARE)],
        "break_evens.pass" | "break_evens.alert" | "signals.cash_flow.alert_expected_moves" => &[
            (FactId::BreakEvenMargin, 1.0),
            (FactId::BreakEvenLow, 1.0),
            (FactId::BreakEvenHigh, 1.0),
        ],
        "rules.threat.short_delta" | "signals.cash_flow.short_strike_delta" => {
            &[(FactId::ShortPutDelta, 1.0), (FactId::ShortCallDelta, 1.0)]
        }
        "rules.threat.short_distance" => &[(FactId::ShortDistance, 1.0)],
        "rules.structure.gamma_of_credit" => &[(FactId::GammaOfCredit, SHARE)],
        "rules.position_cap.most" | "rules.position_cap.steward_warn" => {
            &[(FactId::MaxLossOfAccount, SHARE)]
        }
        "rules.roll.most_rolls" => &[(FactId::Rolls, 1.0)],
        "rules.vega_cut.slow_capture" => &[(FactId::ThetaCapture, 1.0)],
        "rules.false_binary.churn_adjustments" => &[(FactId::Adjustments10, 1.0)],
        "rules.false_binary.loyal_sessions" => &[(FactId::ThresholdsAge, 1.0)],
        "rules.false_binary.loyal_changes" => &[(FactId::RegimeChanges60, 1.0)],
        "rules.false_binary.loyal_breaches" => &[(FactId::IgnoredBreaches, 1.0)],
        "rules.tail_hedge.none_to" | "rules.tail_hedge.low_to" | "rules.tail_hedge.high_to" => {
            &[(FactId::Cm30, 1.0)]
        }
        "entry.open_below"
        | "entry.hold_above"
        | "monetise.vix_from"
        | "rules.threat.forward_vix"
        | "signals.regime.vix_limit" => &[(FactId::Vix, 1.0)],
        "monetise.marked_at" => &[(FactId::FirstOfCost, 1.0)],
        "monetise.below_high" => &[(FactId::VixBelowHigh, SHARE)],
        "signals.daily_range.line_pct" => &[(FactId::Edr, 1.0), (FactId::EdrBlend, 1.0)],
        other => by_signal(other),
    }
}

/// Which facts a number of a signal limits.
fn by_signal(path: &str) -> &'static [Compared] {
    match path {
        "signals.evaluate.bars" => &[(FactId::BreadthAge, 1.0), (FactId::LayersCompressAge, 1.0)],
        "signals.breadth.depth" => &[(FactId::AdBelowHigh, 1.0)],
        "signals.compression.share" => &[(FactId::LayersOfAverage, 1.0)],
        "signals.big_top.near_high" => &[(FactId::SpxOfHigh252, SHARE)],
        "signals.big_top.slope_pct" => &[(FactId::XContangoCm, 1.0)],
        "signals.big_top.vol_ratio" => &[(FactId::IvRv, 1.0)],
        "signals.big_top.rsi" | "signals.expansion.rsi_limit" => &[(FactId::SpxRsi14, 1.0)],
        "signals.big_top.min_dte" | "signals.big_top.max_dte" => &[(FactId::CondorDte, 1.0)],
        "signals.big_top.press_points" | "signals.big_top.build_points" => {
            &[(FactId::BigTopPoints, 1.0)]
        }
        "signals.big_top.target_off"
        | "signals.big_top.target_press"
        | "signals.big_top.target_distribution" => &[(FactId::NetVegaNormalised, 1.0)],
        "signals.concentration.weight_rise_pp" => &[(FactId::Top10Change63, 1.0)],
        "signals.concentration.weight_level_pct" => &[(FactId::Top10Weight, 1.0)],
        "signals.concentration.flattening_bp" => &[(FactId::Curve2s10s21, 1.0)],
        "signals.growth.healthy_saar_pct" => &[(FactId::GdpSaar, 1.0)],
        "signals.growth.stable_bp" => &[(FactId::Differential63, 1.0)],
        "signals.reer.limit" => &[(FactId::ReerZ, 1.0)],
        "signals.cash_flow.over_median" => &[(FactId::PcfOfMedian, 1.0)],
        "signals.cash_flow.rise" => &[(FactId::PcfChange, SHARE)],
        "signals.inflation.yearly_pct" => &[(FactId::CpiYoy, 1.0), (FactId::PpiYoy, 1.0)],
        "signals.inflation.core_monthly_pct" => &[(FactId::CoreCpiMom, 1.0)],
        "signals.inflation.surprise_pp" => &[(FactId::CpiSurprise, 1.0)],
        "signals.expansion.rise" => &[(FactId::PeChange63, SHARE)],
        "signals.expansion.hot_closes" => &[(FactId::SpxHotCloses, 1.0)],
        "signals.expansion.high_share" => &[(FactId::PePercentile, SHARE)],
        "signals.front_vol.stdevs" => &[(FactId::FrontChangeSd, 1.0)],
        "signals.front_vol.over_average" => &[(FactId::FrontOverSma5, SHARE)],
        layer => of_layer(layer),
    }
}

/// Which facts a number of a layer limits.
fn of_layer(path: &str) -> &'static [Compared] {
    match path {
        "layers[0].roll_dte" | "layers[0].target_dte" => &[(FactId::FirstDte, 1.0)],
        "layers[1].roll_dte" | "layers[1].target_dte" => &[(FactId::SecondDte, 1.0)],
        "layers[2].roll_dte" | "layers[2].target_dte" => &[(FactId::ThirdDte, 1.0)],
        "layers[0].per_ten_condors" => &[(FactId::FirstContracts, 1.0)],
        "layers[1].per_ten_condors" => &[(FactId::SecondContracts, 1.0)],
        "layers[2].per_ten_condors" => &[(FactId::ThirdContracts, 1.0)],
        _ => &[],
    }
}
