//! The report as one JSON object: every key always there, `null` where an input is missing.
//!
//! Dollars unless named. `greeks.condors` is per index point, day, vol point and 1 % of rate; a layer's own
//! Greeks are per point of its VIX future and of its own vol, and are never added to it.

pub(super) mod shape;

use super::Report;
use crate::instrument::{PositionId, Underlying};
use crate::risk::exposure::{spx_greeks, vix_greeks};
use crate::risk::figures::{CondorFacts, LayerFacts, LegRow, ScenarioRow, SpxGreeks, VixGreeks};
use crate::units::OPTION_MULTIPLIER;
pub use shape::JsonReport;
use shape::{
    BookPart, CondorPart, ContributionPart, FuturePart, GreeksPart, HedgePart, LayerPart, LegPart,
    MarketPart, NetGreeks, OwnGreeks, ScenarioPart,
};

impl JsonReport {
    pub(super) fn of(report: &Report<'_>) -> Self {
        let (valuation, order) = (&report.valuation, leg_order(report));
        let mut problems = report.problems();
        problems.extend(reasons(report));
        problems.extend(super::facts::problems(report));
        problems.extend(super::candidates::problems(report));
        let place = |row: &usize| order.iter().position(|other| other == row);
        Self {
            as_of: valuation.market.as_of,
            market: market(report),
            legs: order.iter().map(|row| leg(&valuation.rows[*row])).collect(),
            condors: (valuation.condors.iter())
                .filter(|found| is_one_series(found))
                .map(condor)
                .collect(),
            book: BookPart {
                contracts: valuation.facts.contracts,
                width: (valuation.facts.contracts > 0).then_some(valuation.facts.width_points),
                reg_t_margin: valuation.facts.reg_t_margin_usd,
                portfolio_margin: valuation.facts.portfolio_margin_usd,
                other_legs: {
                    let mut rows = valuation.facts.other_legs.clone();
                    let split = valuation
                        .condors
                        .iter()
                        .filter(|found| !is_one_series(found));
                    for condor in split {
                        let of_it = valuation.rows.iter().enumerate();
                        rows.extend(
                            of_it
                                .filter(|(_, row)| row.position == condor.position)
                                .map(|(at, _)| at),
                        );
                    }
                    let mut places: Vec<usize> = rows.iter().filter_map(place).collect();
                    places.sort_unstable();
                    places
                },
            },
            greeks: greeks(report),
            hedge: hedge(report),
            scenarios: valuation.presets.iter().map(scenario).collect(),
            regime: super::facts::regime(report),
            facts: super::facts::facts(report),
            rules: super::advice::rules(report),
            verdict: super::advice::verdict(report),
            candidates: (report.decision.as_ref())
                .and_then(|decision| decision.as_ref().ok())
                .map(super::candidates::parts),
            problems,
        }
    }
}

/// The valued rows in the order of the file they came from.
fn leg_order(report: &Report<'_>) -> Vec<usize> {
    let rows = &report.valuation.rows;
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let place = |row: &LegRow| -> (PositionId, usize) { (row.position, row.index) };
    let file = &report.session.order;
    if !file.is_empty() {
        order.sort_by_key(|row| file.iter().position(|leg| *leg == place(&rows[*row])));
    }
    order
}

fn market(report: &Report<'_>) -> MarketPart {
    let (market, missing) = (&report.valuation.market, report.missing());
    let entered = market.curve.source.has_entered();
    let future = |point: &crate::market::CurvePoint| FuturePart {
        expiry: point.expiry,
        days: point.days,
        price: point.price,
    };
    MarketPart {
        spx: market.spx,
        rate: (!missing.rate).then_some(market.rate),
        dividend: (!missing.dividend).then_some(market.dividend),
        vix: (!missing.vix).then_some(market.vix),
        vix_futures: entered.then(|| market.curve.points.iter().map(future).collect()),
        contango_pct: market.curve.contango_pct().filter(|_| entered),
    }
}

fn leg(row: &LegRow) -> LegPart {
    let own = match row.contract.underlying() {
        Underlying::Spx => spx_part(&spx_greeks(row)),
        Underlying::Vix => vix_part(&vix_greeks(row)),
    };
    LegPart {
        root: row.contract.root(),
        kind: row.contract.right().map(crate::instrument::Right::as_str),
        strike: row.contract.strike(),
        expiry: row.contract.expiry(),
        years: row.years,
        quantity: row.quantity,
        entry: row.entry_points,
        forward: row.forward,
        iv: row.vol_source.filter(|_| !row.is_expired).map(|_| row.vol),
        mark: row.price_points,
        value: own.value,
        delta: own.delta,
        gamma: own.gamma,
        theta_per_day: own.theta_per_day,
        vega_per_point: own.vega_per_point,
    }
}

fn spx_part(greeks: &SpxGreeks) -> OwnGreeks {
    OwnGreeks {
        value: greeks.value_usd,
        delta: greeks.delta_usd,
        gamma: greeks.gamma_usd,
        theta_per_day: greeks.theta_per_day_usd,
        vega_per_point: greeks.vega_per_vol_point_usd,
        rho_per_pct: greeks.rho_per_pct_usd,
    }
}

fn vix_part(greeks: &VixGreeks) -> OwnGreeks {
    OwnGreeks {
        value: greeks.value_usd,
        delta: greeks.delta_usd,
        gamma: greeks.gamma_usd,
        theta_per_day: greeks.theta_per_day_usd,
        vega_per_point: greeks.vega_per_vol_point_usd,
        rho_per_pct: greeks.rho_per_pct_usd,
    }
}

/// Whether both sides expire together: the format's condors have one expiry, and the legs of the others are
/// listed as other legs.
fn is_one_series(facts: &CondorFacts) -> bool {
    facts.side_expiries[0] == facts.side_expiries[1]
}

/// A condor; once it has settled nothing about it is probable any more.
fn condor(facts: &CondorFacts) -> CondorPart {
    let lives = facts.years > 0.0;
    CondorPart {
        name: facts.name.clone(),
        expiry: facts.expiry,
        contracts: facts.contracts,
        width: facts.width_points,
        credit_points: facts.credit_points,
        credit: facts.credit_usd,
        max_profit: facts.max_profit_usd,
        max_loss: facts.max_loss_usd,
        break_evens: facts.break_evens,
        expected_move_points: lives.then_some(facts.expected_move_points),
        break_even_margin: lives.then_some(facts.break_even_margin),
        probability_of_profit: lives.then_some(facts.probability_of_profit),
        probability_of_profit_flat: lives.then_some(facts.probability_of_profit_flat),
        probability_of_touch: lives.then_some(facts.probability_of_touch),
        reg_t_margin: facts.reg_t_margin_usd,
        portfolio_margin: facts.portfolio_margin_usd,
    }
}

fn greeks(report: &Report<'_>) -> GreeksPart {
    let valuation = &report.valuation;
    let (spx, vix) = (&valuation.facts.spx, &valuation.facts.vix);
    let layer = |layer: &LayerFacts| LayerPart {
        layer: layer_name(layer),
        greeks: vix_part(&layer.greeks),
    };
    let usd_per_point = valuation.frame.condors * OPTION_MULTIPLIER;
    let vega = |keep: &dyn Fn(&str) -> bool| {
        let net = valuation.net_vega.as_ref()?;
        let parts = net.contributions.iter().filter(|part| keep(&part.name));
        Some(usd_per_point * parts.map(|part| part.points).sum::<f64>())
    };
    GreeksPart {
        condors: spx_part(spx),
        layers: valuation.layers.iter().map(layer).collect(),
        hedge: NetGreeks {
            value: vix.value_usd,
            theta_per_day: vix.theta_per_day_usd,
            vega_per_point: vega(&|name| name != "Condors"),
            delta: 0.0,
            gamma: 0.0,
        },
        net: NetGreeks {
            value: spx.value_usd + vix.value_usd,
            theta_per_day: spx.theta_per_day_usd + vix.theta_per_day_usd,
            vega_per_point: vega(&|_| true),
            delta: spx.delta_usd,
            gamma: spx.gamma_usd,
        },
    }
}

/// The layer's name as the contributions have it.
fn layer_name(layer: &LayerFacts) -> &'static str {
    let label = layer.kind.label();
    label.strip_suffix(" layer").unwrap_or(label)
}

fn hedge(report: &Report<'_>) -> HedgePart {
    let (valuation, facts) = (&report.valuation, &report.valuation.facts);
    let net = valuation.net_vega.as_ref();
    HedgePart {
        convention: valuation.convention.id(),
        net_vega_per_condor_points: net.map(|net| net.literal),
        net_vega_normalised: net.map(|net| net.normalised),
        contributions: net.map(|net| {
            let part = |part: &crate::risk::figures::Contribution| ContributionPart {
                name: part.name.clone(),
                points: part.points + 0.0, // no "-0.0"
            };
            net.contributions.iter().map(part).collect()
        }),
        vix_option_vega_per_point: facts.vix.vega_per_vol_point_usd,
        debit: facts.hedge_debit_usd,
        pct_of_credit: (facts.credit_usd > 0.0)
            .then(|| 100.0 * facts.hedge_debit_usd / facts.credit_usd),
    }
}

fn scenario(row: &ScenarioRow) -> ScenarioPart {
    ScenarioPart {
        spx_pct: row.spx_pct,
        days: row.trading_days,
        vix: row.vix,
        curve: row.curve.clone(),
        condor: row.condors_usd,
        layers: row.layers_usd,
        net: row.net_usd,
    }
}

/// Why a value of this report is `null`, where no other problem says so.
fn reasons(report: &Report<'_>) -> Vec<String> {
    let valuation = &report.valuation;
    let mut reasons = Vec::new();
    let mut say = |is_so: bool, reason: &str| {
        if is_so {
            reasons.push(reason.to_owned());
        }
    };
    let entered = valuation.market.curve.source.has_entered();
    say(
        !entered,
        "vix_futures, contango_pct: no VIX futures were given",
    );
    say(
        entered && valuation.market.curve.contango_pct().is_none(),
        "contango_pct: needs two monthly VIX futures",
    );
    say(
        valuation.net_vega.is_none(),
        "net vega: needs an SPX option that lives",
    );
    say(valuation.facts.contracts == 0, "width: needs a condor");
    say(
        valuation.facts.credit_usd <= 0.0,
        "pct_of_credit: needs a condor sold for a credit",
    );
    for condor in valuation
        .condors
        .iter()
        .filter(|condor| condor.years <= 0.0)
    {
        say(
            true,
            &format!(
                "{}: has settled: no expected move and no probabilities",
                condor.name
            ),
        );
    }
    reasons
}
