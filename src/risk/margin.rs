//! Margin: strategy-based (Reg-T) and a TIMS-style portfolio estimate.
//!
//! Strategy-based: FINRA rule 4210(f)(2) and Cboe rule 10.3. An iron condor on one expiry ties up one
//! side's width × 100; unequal wings count as the wider side or, by setting, as two spreads. Other
//! limited-risk groups tie up their largest loss at expiry. Portfolio: the worst of ten equally spaced
//! moves of a high-capitalisation broad index from −8 % to +6 % (SEC release 34-46576), at least $37.50 per
//! contract and leg. VIX and SPX are different classes: their margins add up, with no offset.

use serde::{Deserialize, Serialize};

use crate::pricing::Right;
use crate::units::OPTION_MULTIPLIER;

/// Smallest portfolio margin per option contract and leg, in dollars (0.375 × multiplier).
pub const PORTFOLIO_MINIMUM_USD: f64 = 37.5;

/// How a condor with unequal wings is margined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnequalWings {
    /// The wider side alone: most brokers.
    #[default]
    WiderSide,
    /// Both sides: as two separate spreads.
    SumOfSides,
}

impl UnequalWings {
    /// All rules, in the order shown.
    pub const ALL: [Self; 2] = [Self::WiderSide, Self::SumOfSides];

    /// Name in the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::WiderSide => "Wider side",
            Self::SumOfSides => "Sum of sides",
        }
    }
}

/// Strategy-based margin of iron condors; the credit is not subtracted.
pub fn condor_margin_usd(
    put_width: f64,
    call_width: f64,
    contracts: i32,
    rule: UnequalWings,
) -> f64 {
    let wider = put_width.max(call_width);
    let unequal = (put_width - call_width).abs() > 1e-9;
    let width = match rule {
        UnequalWings::SumOfSides if unequal => put_width + call_width,
        UnequalWings::WiderSide | UnequalWings::SumOfSides => wider,
    };
    width * OPTION_MULTIPLIER * f64::from(contracts.abs())
}

/// An option leg as margin sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarginLeg {
    /// Call or put.
    pub right: Right,
    /// Strike in points.
    pub strike: f64,
    /// Signed contracts.
    pub quantity: i32,
    /// Current price in points.
    pub price: f64,
}

/// Rates of the naked-option formula: premium + max(rate × underlying − out-of-the-money, minimum × underlying).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NakedRates {
    /// Share of the underlying.
    pub rate: f64,
    /// Least share of the underlying (of the strike for puts).
    pub minimum: f64,
}

/// Broad-index options.
pub const SPX_NAKED: NakedRates = NakedRates {
    rate: 0.15,
    minimum: 0.10,
};
/// VIX options, on spot VIX.
pub const VIX_NAKED: NakedRates = NakedRates {
    rate: 0.20,
    minimum: 0.10,
};

/// Strategy-based margin of option legs of one underlying and expiry that form no condor.
///
/// Uncovered short calls are margined by the naked formula (their loss has no bound); everything else
/// ties up the largest loss at expiry over all strikes and zero. Long options alone need nothing beyond
/// their premium.
pub fn group_margin_usd(legs: &[MarginLeg], underlying: f64, rates: NakedRates) -> f64 {
    let net_calls: i32 = legs
        .iter()
        .filter(|leg| leg.right == Right::Call)
        .map(|leg| leg.quantity)
        .sum();
    let uncovered = (-net_calls).max(0);
    let naked = if uncovered > 0 {
        naked_calls_usd(legs, uncovered, underlying, rates)
    } else {
        0.0
    };
    let worst = levels(legs)
        .map(|settlement| -payoff_points(legs, settlement, uncovered))
        .fold(0.0_f64, f64::max);
    naked + worst * OPTION_MULTIPLIER
}

/// Settlements at which a piecewise linear payoff can be worst.
fn levels(legs: &[MarginLeg]) -> impl Iterator<Item = f64> + '_ {
    std::iter::once(0.0).chain(legs.iter().map(|leg| leg.strike))
}

/// Payoff at expiry in points, with the naked calls (the highest strikes) left out.
fn payoff_points(legs: &[MarginLeg], settlement: f64, uncovered: i32) -> f64 {
    let naked: f64 = uncovered_calls(legs, uncovered)
        .iter()
        .map(|(leg, contracts)| f64::from(*contracts) * leg.right.intrinsic(settlement, leg.strike))
        .sum();
    let all: f64 = legs
        .iter()
        .map(|leg| f64::from(leg.quantity) * leg.right.intrinsic(settlement, leg.strike))
        .sum();
    all + naked
}

/// The short calls that no long call covers, highest strikes first.
fn uncovered_calls(legs: &[MarginLeg], uncovered: i32) -> Vec<(MarginLeg, i32)> {
    let mut shorts: Vec<MarginLeg> = legs
        .iter()
        .filter(|leg| leg.right == Right::Call && leg.quantity < 0)
        .copied()
        .collect();
    shorts.sort_by(|a, b| b.strike.total_cmp(&a.strike));
    let mut left = uncovered;
    let mut taken = Vec::new();
    for leg in shorts {
        let contracts = left.min(-leg.quantity);
        if contracts > 0 {
            taken.push((leg, contracts));
            left -= contracts;
        }
    }
    taken
}

fn naked_calls_usd(legs: &[MarginLeg], uncovered: i32, underlying: f64, rates: NakedRates) -> f64 {
    uncovered_calls(legs, uncovered)
        .iter()
        .map(|(leg, contracts)| {
            let out_of_the_money = (leg.strike - underlying).max(0.0);
            let share =
                (rates.rate * underlying - out_of_the_money).max(rates.minimum * underlying);
            (leg.price + share) * OPTION_MULTIPLIER * f64::from(*contracts)
        })
        .sum()
}

/// Margin of VIX futures, an assumption: `max(5,000, 0.45 × price × 1000)` per VX, a tenth per VXM.
pub fn future_margin_usd(price: f64, multiplier: f64, quantity: i32) -> f64 {
    let per_point = (5_000.0 / 1000.0_f64).max(0.45 * price) * multiplier;
    per_point * f64::from(quantity.abs())
}

/// The ten SPX moves of the portfolio estimate, as decimals.
pub fn portfolio_moves() -> impl Iterator<Item = f64> {
    (0..10).map(|step| -0.08 + 0.14 * f64::from(step) / 9.0)
}

/// Portfolio margin from the profits of the ten moves: the worst loss, at least the minimum.
pub fn portfolio_margin_usd(profits_usd: &[f64], option_contracts: i32) -> f64 {
    let worst = profits_usd
        .iter()
        .fold(0.0_f64, |worst, profit| worst.max(-profit));
    worst.max(PORTFOLIO_MINIMUM_USD * f64::from(option_contracts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leg(right: Right, strike: f64, quantity: i32) -> MarginLeg {
        MarginLeg {
            right,
            strike,
            quantity,
            price: 10.0,
        }
    }

    #[test]
    fn condor_margin_is_one_side() {
        assert_eq!(
            condor_margin_usd(50.0, 50.0, -10, UnequalWings::WiderSide),
            50_000.0
        );
        assert_eq!(
            condor_margin_usd(50.0, 40.0, -10, UnequalWings::SumOfSides),
            90_000.0
        );
        assert_eq!(
            condor_margin_usd(50.0, 40.0, -10, UnequalWings::WiderSide),
            50_000.0
        );
        assert_eq!(
            condor_margin_usd(50.0, 50.0, -10, UnequalWings::SumOfSides),
            50_000.0
        );
    }

    #[test]
    fn a_vertical_ties_up_its_width() {
        let legs = [leg(Right::Put, 5640.0, -2), leg(Right::Put, 5590.0, 2)];
        assert_eq!(group_margin_usd(&legs, 6000.0, SPX_NAKED), 10_000.0);
    }

    #[test]
    fn long_options_need_no_margin() {
        assert_eq!(
            group_margin_usd(&[leg(Right::Call, 6100.0, 3)], 6000.0, SPX_NAKED),
            0.0
        );
    }

    #[test]
    fn a_naked_call_takes_the_naked_formula() {
        let margin = group_margin_usd(&[leg(Right::Call, 6100.0, -1)], 6000.0, SPX_NAKED);
        assert!((margin - (10.0 + 800.0) * 100.0).abs() < 1e-9, "{margin}");
    }

    #[test]
    fn portfolio_margin_has_a_floor_per_contract() {
        assert_eq!(portfolio_margin_usd(&[100.0, -200.0], 40), 1_500.0);
        assert_eq!(portfolio_margin_usd(&[100.0, -18_184.0], 40), 18_184.0);
        let moves: Vec<f64> = portfolio_moves().collect();
        assert!((moves[0] + 0.08).abs() < 1e-15 && (moves[9] - 0.06).abs() < 1e-15);
    }

    #[test]
    fn futures_margin_has_a_floor() {
        assert_eq!(future_margin_usd(10.0, 1000.0, 1), 5_000.0);
        assert_eq!(future_margin_usd(20.0, 1000.0, -2), 18_000.0);
        assert_eq!(future_margin_usd(20.0, 100.0, 1), 900.0);
    }
}
