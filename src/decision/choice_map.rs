//! Which choice wins where: profit of the best of each kind on the plane of SPX moves and VIX levels at the
//! horizon, after costs, and the boundary in words.
//!
//! A contract that settles by the horizon is worth its settlement at the cell's own levels.

mod boundary;

use super::candidate::Candidate;
use super::inputs::{Basis, DecisionInputs};
use crate::calendar::business_days_between;
use crate::instrument::{Contract, Position, PositionId, Role, Underlying};
use crate::risk::book::Book;
use crate::risk::joint_map::{JointMapError, JointMapRequest};
use crate::risk::presets::VixRule;
use crate::risk::scenario::Scenario;
use crate::risk::simulation::on_all_cores;
use crate::rule::Stance;

pub use boundary::{Bound, Boundary};
use boundary::{boundary, sentence};

/// Simple SPX moves in % that the map spans.
const SPX_PCT: (f64, f64) = (-12.0, 8.0);

/// Two choices compared over the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Places of the two in [`ChoiceMap::choices`].
    pub pair: [usize; 2],
    /// Where the first beats the second.
    pub boundary: Boundary,
    /// That in words.
    pub sentence: String,
}

/// The map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceMap {
    /// Simple SPX moves of the columns in %, ascending.
    pub spx_pct: Vec<f64>,
    /// VIX of the rows in points, ascending.
    pub vix: Vec<f64>,
    /// The choices compared, by their places in the decision's list.
    pub choices: Vec<usize>,
    /// What each gains by cell in dollars, row-major, the lowest VIX first.
    pub pl_usd: Vec<Vec<f64>>,
    /// The winner of each cell, as a place in [`Self::choices`]; the earlier of equals.
    pub winners: Vec<usize>,
    /// Pairs in words.
    pub comparisons: Vec<Comparison>,
}

impl ChoiceMap {
    /// Maps choices, each with its place in the decision's list and its costs in dollars.
    ///
    /// # Errors
    /// [`JointMapError`] when the grid maps nothing.
    pub(super) fn of(
        inputs: &DecisionInputs<'_>,
        basis: &Basis,
        choices: &[(usize, &Candidate, f64)],
    ) -> Result<Self, JointMapError> {
        let book = &inputs.valuation.book;
        let days = inputs.today().until(basis.horizon);
        let days = days.map_or(0, |span| span.get_days().unsigned_abs());
        let request = JointMapRequest::around(book, SPX_PCT, days);
        let (spx_pct, vix) = request.nodes(book.market.vix)?;
        let cells = Cells {
            book,
            trading_days: basis.trading_days,
            spx_pct: &spx_pct,
            vix: &vix,
        };
        let pl_usd = cells.profits(choices);
        let winners = winners(&pl_usd);
        let comparisons = comparisons(choices, &pl_usd, (&spx_pct, &vix));
        Ok(Self {
            choices: choices.iter().map(|(place, ..)| *place).collect(),
            pl_usd,
            winners,
            comparisons,
            spx_pct,
            vix,
        })
    }
}

/// The plane at the horizon.
struct Cells<'a> {
    book: &'a Book,
    trading_days: u32,
    spx_pct: &'a [f64],
    vix: &'a [f64],
}

impl Cells<'_> {
    fn profits(&self, choices: &[(usize, &Candidate, f64)]) -> Vec<Vec<f64>> {
        let mut contracts: Vec<Contract> = (choices.iter())
            .flat_map(|(_, candidate, _)| &candidate.positions)
            .flat_map(|position| position.legs.iter().map(|leg| leg.contract))
            .collect();
        contracts.sort_unstable();
        contracts.dedup();
        let columns = on_all_cores(&contracts, |contract| self.column(*contract));
        let profit = |(_, candidate, costs_usd): &(usize, &Candidate, f64)| {
            let mut total = vec![-costs_usd; self.spx_pct.len() * self.vix.len()];
            for leg in candidate.positions.iter().flat_map(|held| &held.legs) {
                let Ok(at) = contracts.binary_search(&leg.contract) else {
                    continue;
                };
                let usd = leg.usd_per_point();
                for (sum, gain) in total.iter_mut().zip(&columns[at]) {
                    *sum += usd * gain;
                }
            }
            total
        };
        choices.iter().map(profit).collect()
    }

    /// Gain of one contract from its price now, in points, by cell; nothing where it cannot be priced.
    fn column(&self, contract: Contract) -> Vec<f64> {
        let holder = Position {
            id: PositionId(0),
            name: String::new(),
            role: Role::Other,
            legs: Vec::new(),
            opened: None,
        };
        let leg = self.book.draft_leg(contract, 1, &holder);
        let now = leg.leg.entry_price;
        let market = &self.book.market;
        let today = crate::calendar::new_york_date(market.as_of);
        let sessions = business_days_between(today, contract.expiry());
        let settles = u32::try_from(sessions).unwrap_or(0) <= self.trading_days;
        let moment = self.book.moment_in_trading_days(self.trading_days);
        let spots: Vec<f64> = (self.spx_pct.iter())
            .map(|pct| market.spx * (1.0 + pct / 100.0))
            .collect();
        let mut gains = Vec::with_capacity(spots.len() * self.vix.len());
        for vix in self.vix {
            if settles {
                let settled = spots
                    .iter()
                    .map(|spot| settled(contract, *spot, *vix) - now);
                gains.extend(settled);
                continue;
            }
            let scenario = Scenario {
                vix: VixRule::Moved {
                    pct: 100.0 * (vix / market.vix - 1.0),
                },
                ..self.book.scenario(moment)
            };
            let path = self.book.path(scenario, spots.clone());
            match self.book.pricer(&path).prices(&leg) {
                Ok(prices) => gains.extend(prices.into_iter().map(|price| price - now)),
                Err(_unpriced) => gains.extend(vec![0.0; spots.len()]),
            }
        }
        gains
    }
}

/// Settlement in points at given levels.
fn settled(contract: Contract, spx: f64, vix: f64) -> f64 {
    let level = match contract.underlying() {
        Underlying::Spx => spx * contract.root().index_scale(),
        Underlying::Vix => vix,
    };
    (contract.strike().zip(contract.right()))
        .map_or(level, |(strike, right)| right.intrinsic(level, strike))
}

fn winners(pl_usd: &[Vec<f64>]) -> Vec<usize> {
    let cells = pl_usd.first().map_or(0, Vec::len);
    let best = |cell: usize| {
        (0..pl_usd.len()).fold(0, |best, other| {
            if pl_usd[other][cell] > pl_usd[best][cell] {
                other
            } else {
                best
            }
        })
    };
    (0..cells).map(best).collect()
}

/// The pairs that the method asks about, those that there are.
fn comparisons(
    choices: &[(usize, &Candidate, f64)],
    pl_usd: &[Vec<f64>],
    axes: (&[f64], &[f64]),
) -> Vec<Comparison> {
    let place = |stance: Stance| (choices.iter()).position(|(_, c, _)| c.stance() == stance);
    let pairs = [
        (Stance::Roll, Stance::Hedge),
        (Stance::Hedge, Stance::Hold),
        (Stance::Roll, Stance::Hold),
        (Stance::Trim, Stance::Hold),
        (Stance::Close, Stance::Hold),
    ];
    pairs
        .into_iter()
        .filter_map(|(one, other)| {
            let pair = [place(one)?, place(other)?];
            let wins: Vec<bool> = (pl_usd[pair[0]].iter())
                .zip(&pl_usd[pair[1]])
                .map(|(one, other)| one > other)
                .collect();
            let boundary = boundary(&wins, axes);
            let words = |stance: Stance| stance.label().to_lowercase();
            Some(Comparison {
                pair,
                sentence: sentence((one.label(), &words(other)), &boundary),
                boundary,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::winners;

    #[test]
    fn the_first_of_equals_wins() {
        assert_eq!(winners(&[vec![1.0, 2.0], vec![1.0, 3.0]]), [0, 1]);
    }
}
