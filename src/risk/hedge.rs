//! The hedge against the condors: SPX-vega equivalents, net vega per condor, budgets, sizes.
//!
//! `V_net = [Σ SPX quantity · vega · w + Σ VIX options quantity · delta · D + Σ VIX futures quantity · 10 · D] / n`,
//! with D the points that a leg's future moves per vol point of the condor's ATM vol and w the weight of
//! another SPX expiry. A VIX option's own vega is exposure to vol-of-vol: reported apart, never added.

use std::sync::Arc;

use super::band::{Band, Convention, contracts_to_target};
use super::book::{Book, BookLeg, Group, LegModel};
use super::exposure::{leg_of, roll_down_per_day_usd, vix_greeks};
use super::figures::{
    Contribution, ConventionVega, LayerFacts, LegRow, NetVega, PAY_LEVELS, VixGreeks,
};
use super::joint::{VegaReference, vix_vol_exponent};
use super::presets::VixRule;
use super::scenario::{Moment, Scenario};
use super::vega_convention::{FutureAt, future_per_vol_point, per_future_point, regression_error};
use super::vega_slopes::VegaSlopes;
use crate::instrument::LayerKind;
use crate::units::{DAYS_PER_YEAR, OPTION_MULTIPLIER};

/// What the vega figures are measured per.
#[derive(Clone, Debug, PartialEq)]
pub struct VegaFrame {
    /// Number of condors; at least 1, so that a hedge without condors reads per one.
    pub condors: f64,
    /// Contract-weighted wider wing in points; the reference width without condors.
    pub width_points: f64,
    /// Wing width that the normalised figure is scaled to.
    pub reference_width_points: f64,
    /// The expiry whose ATM vol everything is measured against; `None` without SPX legs.
    pub reference: Option<VegaReference>,
    /// How futures have moved with VIX of late, for the regression; `None` without market history.
    pub slopes: Option<Arc<VegaSlopes>>,
}

impl VegaFrame {
    /// Literal figure → figure at the reference width.
    pub fn normalise(&self, literal: f64) -> f64 {
        if self.width_points > 0.0 {
            literal * self.reference_width_points / self.width_points
        } else {
            literal
        }
    }

    /// Figure at the reference width → literal figure.
    pub fn literal(&self, normalised: f64) -> f64 {
        normalised * self.width_points / self.reference_width_points
    }
}

/// The expiry with the largest |SPX vega|: its ATM vol is the factor that everything is measured against.
pub fn vega_reference(book: &Book, rows: &[LegRow]) -> Option<VegaReference> {
    let mut expiries: Vec<(i64, f64, VegaReference)> = Vec::new();
    for row in rows {
        let Some(BookLeg {
            model: LegModel::Spx(option),
            ..
        }) = leg_of(book, row)
        else {
            continue;
        };
        let vega = f64::from(row.quantity) * row.greeks.vega_per_vol_point();
        let key = (option.years * 525_600.0).round() as i64;
        match expiries.iter_mut().find(|(other, ..)| *other == key) {
            Some(entry) => entry.1 += vega,
            None => expiries.push((
                key,
                vega,
                VegaReference {
                    atm_vol: option.atm_vol,
                    days: option.years * DAYS_PER_YEAR,
                },
            )),
        }
    }
    expiries
        .into_iter()
        .max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
        .map(|(_, _, reference)| reference)
}

/// SPX-vega equivalent of one contract of a VIX leg, index points of a 100-multiplier product.
pub fn unit_vega_points(
    book: &Book,
    leg: &BookLeg,
    row: &LegRow,
    frame: &VegaFrame,
    rule: Convention,
) -> f64 {
    let LegModel::Vix(vix) = &leg.model else {
        return 0.0;
    };
    if vix.years <= 0.0 {
        return 0.0;
    }
    per_future_point(row) * future_per_vol_point(book, FutureAt::of(vix, row), frame, rule)
}

/// SPX vega of a row in index points of the whole position, weighted to the reference expiry.
pub fn weighted_spx_vega(book: &Book, row: &LegRow, frame: &VegaFrame) -> f64 {
    let Some(BookLeg {
        model: LegModel::Spx(option),
        ..
    }) = leg_of(book, row)
    else {
        return 0.0;
    };
    let Some(reference) = frame.reference else {
        return 0.0;
    };
    let weight =
        reference.expiry_weight(&book.params, option.atm_vol, option.years * DAYS_PER_YEAR);
    f64::from(row.quantity) * row.greeks.vega_per_vol_point() * weight
}

/// Net vega per condor, its parts, and the same under every convention.
pub fn net_vega(
    book: &Book,
    rows: &[LegRow],
    frame: &VegaFrame,
    band: Band,
    rule: Convention,
) -> NetVega {
    let parts = contributions(book, rows, frame, rule);
    let literal: f64 = parts.iter().map(|part| part.points).sum();
    let normalised = frame.normalise(literal);
    let has_slopes = frame.slopes.is_some();
    let by_convention = Convention::ALL
        .iter()
        .filter(|other| other.in_force(has_slopes) == **other)
        .map(|other| {
            let literal: f64 = contributions(book, rows, frame, *other)
                .iter()
                .map(|part| part.points)
                .sum();
            let literal_se = match other {
                Convention::Naive | Convention::Damped => None,
                Convention::Regression => regression_error(book, rows, frame),
            };
            ConventionVega {
                convention: *other,
                literal,
                normalised: frame.normalise(literal),
                literal_se,
                normalised_se: literal_se.map(|error| frame.normalise(error)),
            }
        })
        .collect();
    NetVega {
        literal,
        normalised,
        literal_status: band.status(literal),
        normalised_status: band.status(normalised),
        contributions: parts,
        by_convention,
    }
}

fn contributions(
    book: &Book,
    rows: &[LegRow],
    frame: &VegaFrame,
    rule: Convention,
) -> Vec<Contribution> {
    let names = [
        ("Condors", Group::Spx),
        ("First", Group::Layer(LayerKind::First)),
        ("Second", Group::Layer(LayerKind::Second)),
        ("Third", Group::Layer(LayerKind::Third)),
        ("Other VIX", Group::OtherVix),
    ];
    names
        .into_iter()
        .map(|(name, group)| {
            let points = group_points(book, rows, group, frame, rule) / frame.condors;
            Contribution {
                name: name.to_owned(),
                points,
                normalised: frame.normalise(points),
            }
        })
        .filter(|part| part.name != "Other VIX" || part.points != 0.0)
        .collect()
}

fn group_points(
    book: &Book,
    rows: &[LegRow],
    group: Group,
    frame: &VegaFrame,
    rule: Convention,
) -> f64 {
    rows.iter()
        .filter_map(|row| {
            leg_of(book, row)
                .filter(|leg| leg.group == group)
                .map(|leg| (row, leg))
        })
        .map(|(row, leg)| match group {
            Group::Spx => weighted_spx_vega(book, row, frame),
            Group::Layer(_) | Group::OtherVix => {
                f64::from(row.quantity) * unit_vega_points(book, leg, row, frame, rule)
            }
        })
        .sum()
}

/// What one layer holds and does.
pub fn layer_facts(
    book: &Book,
    rows: &[LegRow],
    kind: LayerKind,
    frame: &VegaFrame,
    rule: Convention,
) -> LayerFacts {
    let group = Group::Layer(kind);
    let own: Vec<(&LegRow, &BookLeg)> = rows
        .iter()
        .filter_map(|row| {
            leg_of(book, row)
                .filter(|leg| leg.group == group)
                .map(|leg| (row, leg))
        })
        .collect();
    let points = group_points(book, rows, group, frame, rule);
    let greeks: VixGreeks = own.iter().map(|(row, _)| vix_greeks(row)).sum();
    LayerFacts {
        kind,
        contracts: own.iter().map(|(row, _)| row.quantity).sum(),
        cost_usd: own
            .iter()
            .filter(|(row, _)| row.contract.strike().is_some())
            .map(|(row, leg)| leg.usd_per_point() * row.entry_points)
            .sum(),
        greeks,
        roll_down_per_day_usd: own
            .iter()
            .map(|(row, leg)| roll_down_per_day_usd(book, leg, row))
            .sum(),
        equivalent_vega_usd: points * OPTION_MULTIPLIER,
        contribution_points: points / frame.condors,
        vol_of_vol_usd: own
            .iter()
            .map(|(row, leg)| vol_of_vol_usd(book, leg, row, frame))
            .sum(),
        open_pl_usd: own.iter().map(|(row, _)| row.open_pl_usd).sum(),
        value_at_vix_usd: PAY_LEVELS.map(|vix| value_at_vix(book, group, vix)),
    }
}

/// Vol-of-vol carry in dollars per vol point of the reference:
/// `vega_VIX · 100 sigma · e(T) · (1/V0) · dV/dx`, with vega per vol point.
fn vol_of_vol_usd(book: &Book, leg: &BookLeg, row: &LegRow, frame: &VegaFrame) -> f64 {
    let (LegModel::Vix(vix), Some(reference)) = (&leg.model, frame.reference) else {
        return 0.0;
    };
    let exponent = vix_vol_exponent(&book.params, vix.years * DAYS_PER_YEAR);
    let relative = reference.vix_per_vol_point(&book.params, book.market.vix) / book.market.vix;
    leg.usd_per_point() * row.greeks.vega_per_vol_point() * 100.0 * row.vol * exponent * relative
}

/// Value of a group at another spot VIX, SPX and time standing still.
fn value_at_vix(book: &Book, group: Group, vix: f64) -> f64 {
    let rule = VixRule::Moved {
        pct: 100.0 * (vix / book.market.vix - 1.0),
    };
    let scenario = Scenario {
        vix: rule,
        ..book.scenario(Moment::NOW)
    };
    book.values(&book.path(scenario, vec![book.market.spx]))
        .group(group)[0]
}

/// A hedge that could be added: one contract, its price and what it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HedgeUnit {
    /// Price of one contract in points.
    pub price_points: f64,
    /// Debit of one contract in dollars; 0 for a future.
    pub debit_usd: f64,
    /// SPX-vega equivalent of one contract, index points.
    pub unit_vega_points: f64,
}

/// How far a hedge gets: to the target, and within the budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HedgeSize {
    /// Contracts to the target.
    pub contracts: i32,
    /// Contracts that the budget still allows, at most those.
    pub within_budget: i32,
    /// Net vega per condor that the budgeted ones reach, literal.
    pub reached_literal: f64,
}

/// Sizes a hedge from `net` to `target` (literal, per condor) with `budget_usd` of debit left.
pub fn size_hedge(
    net: f64,
    target: f64,
    condors: f64,
    unit: HedgeUnit,
    budget_usd: f64,
) -> HedgeSize {
    let contracts = contracts_to_target(net, target, condors, unit.unit_vega_points);
    let affordable = if unit.debit_usd > 0.0 {
        (budget_usd / unit.debit_usd + 1e-9).floor().max(0.0) as i32
    } else {
        i32::MAX
    };
    let within_budget = contracts.min(affordable);
    let reached_literal = net + f64::from(within_budget) * unit.unit_vega_points / condors;
    HedgeSize {
        contracts,
        within_budget,
        reached_literal,
    }
}

#[cfg(test)]
mod tests {
    use super::{HedgeUnit, size_hedge};

    #[test]
    fn the_budget_stops_the_worked_hedge_at_six_second_calls() {
        // The worked condor: 50 wide, −1.2355 after one unit; the band's −0.15 at 10 wide is −0.75 literal.
        let second = HedgeUnit {
            price_points: 2.17468,
            debit_usd: 217.468,
            unit_vega_points: 0.1781,
        };
        let budget = 0.28 * 12_096.0 - 1_929.0;
        let size = size_hedge(-1.2355, -0.75, 10.0, second, budget);
        assert_eq!((size.contracts, size.within_budget), (28, 6));
        assert!(
            (size.reached_literal / 5.0 - -0.2257).abs() < 1e-3,
            "{}",
            size.reached_literal / 5.0
        );
    }

    #[test]
    fn a_future_costs_no_debit() {
        let vxm = HedgeUnit {
            price_points: 18.36,
            debit_usd: 0.0,
            unit_vega_points: 0.7827,
        };
        let size = size_hedge(-1.2355, -0.75, 10.0, vxm, 0.0);
        assert_eq!((size.contracts, size.within_budget), (7, 7));
    }
}
