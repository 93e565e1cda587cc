//! The book as a whole: sums, margin, costs, theta.

use std::collections::BTreeMap;

use crate::document::Campaign;
use crate::instrument::{Contract, Role, Underlying};
use crate::risk::book::{Book, Group};
use crate::risk::exposure::{leg_of, roll_down_per_day_usd, spx_greeks, vix_greeks};
use crate::risk::figures::{BookFacts, CondorFacts, LayerFacts, LegRow};
use crate::risk::margin::{
    MarginLeg, NakedRates, SPX_NAKED, VIX_NAKED, future_margin_usd, group_margin_usd,
};

/// Sums everything that the panels and reports show of the book.
pub fn book_facts(
    campaign: &Campaign,
    book: &Book,
    rows: &[LegRow],
    condors: &[CondorFacts],
    layers: &[LayerFacts; 3],
) -> BookFacts {
    let is_condor = |row: &LegRow| condors.iter().any(|condor| condor.position == row.position);
    let spx_rows = || {
        rows.iter()
            .filter(|row| row.contract.underlying() == Underlying::Spx)
    };
    let vix_rows = || {
        rows.iter()
            .filter(|row| row.contract.underlying() == Underlying::Vix)
    };
    let contracts: i32 = condors.iter().map(|condor| condor.contracts).sum();
    let weighted: f64 = condors
        .iter()
        .map(|condor| f64::from(condor.contracts) * condor.width_points)
        .sum();
    let credit_usd: f64 = condors.iter().map(|condor| condor.credit_usd).sum();
    let cash: f64 = campaign
        .positions
        .iter()
        .map(|position| position.entry_cash_usd())
        .sum();
    let hedge_debit_usd = hedge_debit_usd(rows);
    let loose: Vec<&LegRow> = spx_rows().filter(|row| !is_condor(row)).collect();
    let reg_t_margin_usd = condors
        .iter()
        .map(|condor| condor.reg_t_margin_usd)
        .sum::<f64>()
        + options_margin(&loose, SPX_NAKED, |row| {
            book.market.spx * row.contract.root().index_scale()
        });
    let spx = spx_rows().map(spx_greeks).sum();
    let vix = vix_rows().map(vix_greeks).sum();
    let mut facts = BookFacts {
        contracts,
        width_points: if contracts > 0 {
            weighted / f64::from(contracts)
        } else {
            0.0
        },
        credit_usd,
        hedge_debit_usd,
        net_cash_in_usd: cash,
        fees_usd: fees(campaign),
        slippage_usd: slippage(campaign, rows),
        reg_t_margin_usd,
        portfolio_margin_usd: condors
            .iter()
            .map(|condor| condor.portfolio_margin_usd)
            .sum(),
        vix_margin_usd: vix_margin(book, &vix_rows().collect::<Vec<_>>()),
        spx,
        vix,
        open_pl_usd: rows.iter().map(|row| row.open_pl_usd).sum(),
        other_legs: other_legs(campaign, rows, condors),
        ..BookFacts::default()
    };
    facts.margin_usd = margin(campaign, &facts);
    facts.net_theta_per_day_usd = net_theta(book, rows, &facts, layers);
    facts.theta_pct_of_margin =
        (facts.margin_usd > 0.0).then(|| 100.0 * facts.net_theta_per_day_usd / facts.margin_usd);
    facts
}

/// What the VIX options cost at entry, in dollars; negative when they were sold. Futures cost no premium.
pub fn hedge_debit_usd(rows: &[LegRow]) -> f64 {
    rows.iter()
        .filter(|row| {
            row.contract.underlying() == Underlying::Vix && row.contract.strike().is_some()
        })
        .map(|row| f64::from(row.quantity) * row.contract.multiplier() * row.entry_points)
        .sum()
}

/// The margin that rules use: the broker's if entered, else strategy-based with the settings applied.
fn margin(campaign: &Campaign, facts: &BookFacts) -> f64 {
    let settings = &campaign.settings;
    let base = settings.broker_margin_usd.unwrap_or_else(|| {
        let credit = if settings.credit_in_margin {
            facts.credit_usd.max(0.0)
        } else {
            0.0
        };
        (facts.reg_t_margin_usd - credit).max(0.0) + facts.vix_margin_usd
    });
    if settings.hedge_debit_in_margin {
        base + facts.hedge_debit_usd.max(0.0)
    } else {
        base
    }
}

/// SPX theta, decay of VIX legs and their roll-down, per day.
fn net_theta(book: &Book, rows: &[LegRow], facts: &BookFacts, layers: &[LayerFacts; 3]) -> f64 {
    let other: f64 = rows
        .iter()
        .filter_map(|row| {
            leg_of(book, row)
                .filter(|leg| leg.group == Group::OtherVix)
                .map(|leg| (row, leg))
        })
        .map(|(row, leg)| vix_greeks(row).theta_per_day_usd + roll_down_per_day_usd(book, leg, row))
        .sum();
    facts.spx.theta_per_day_usd
        + layers
            .iter()
            .map(LayerFacts::carry_per_day_usd)
            .sum::<f64>()
        + other
}

fn margin_leg(row: &LegRow) -> Option<MarginLeg> {
    Some(MarginLeg {
        right: row.contract.right()?,
        strike: row.contract.strike()?,
        quantity: row.quantity,
        price: row.price_points,
    })
}

/// Strategy-based margin of option rows, one root and expiry at a time.
fn options_margin(rows: &[&LegRow], rates: NakedRates, underlying: impl Fn(&LegRow) -> f64) -> f64 {
    let mut groups: BTreeMap<_, (f64, Vec<MarginLeg>)> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.is_expired) {
        let Some(leg) = margin_leg(row) else { continue };
        let key = (row.contract.root(), row.contract.expiry());
        groups
            .entry(key)
            .or_insert_with(|| (underlying(row), Vec::new()))
            .1
            .push(leg);
    }
    groups
        .values()
        .map(|(level, legs)| group_margin_usd(legs, *level, rates))
        .sum()
}

fn vix_margin(book: &Book, rows: &[&LegRow]) -> f64 {
    let futures: f64 = rows
        .iter()
        .filter(|row| !row.is_expired)
        .map(|row| match row.contract {
            Contract::Future { .. } => {
                future_margin_usd(row.price_points, row.contract.multiplier(), row.quantity)
            }
            Contract::Option { .. } => 0.0,
        })
        .sum();
    futures + options_margin(rows, VIX_NAKED, |_| book.market.vix)
}

/// Fees to open what is held: as entered on the leg, else by the schedule.
fn fees(campaign: &Campaign) -> f64 {
    campaign
        .positions
        .iter()
        .flat_map(|position| {
            position
                .legs
                .iter()
                .map(|leg| (leg, position.legs.len() > 1))
        })
        .map(|(leg, multi_leg)| {
            if leg.fees_usd > 0.0 {
                leg.fees_usd
            } else {
                campaign.settings.fees.fees_usd(
                    &leg.contract,
                    leg.entry_price,
                    leg.quantity,
                    multi_leg,
                )
            }
        })
        .sum()
}

/// Half-spread given away when everything held is closed.
fn slippage(campaign: &Campaign, rows: &[LegRow]) -> f64 {
    rows.iter()
        .map(|row| {
            let multi_leg = campaign
                .position(row.position)
                .is_some_and(|position| position.legs.len() > 1);
            let points = campaign.settings.slippage.half_spread_points(
                &row.contract,
                row.price_points,
                row.greeks.vega_per_vol_point(),
                multi_leg,
            );
            points * f64::from(row.quantity.abs()) * row.contract.multiplier()
        })
        .sum()
}

/// Rows that belong to no condor and no layer.
fn other_legs(campaign: &Campaign, rows: &[LegRow], condors: &[CondorFacts]) -> Vec<usize> {
    rows.iter()
        .enumerate()
        .filter(|(_, row)| {
            let in_condor = condors.iter().any(|condor| condor.position == row.position);
            let in_layer = campaign
                .position(row.position)
                .is_some_and(|position| matches!(position.role, Role::Layer(_)));
            !in_condor && !in_layer
        })
        .map(|(index, _)| index)
        .collect()
}
