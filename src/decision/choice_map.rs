//! Which choice wins where: profit of the best of each kind on the plane of SPX moves and VIX levels at the
//! horizon, after costs, and the boundary in words.
//!
//! A contract that settles by the horizon is worth its settlement at the cell's own levels.

use super::candidate::Candidate;
use super::inputs::{Basis, DecisionInputs};
use super::words::number;
use crate::calendar::business_days_between;
use crate::instrument::{Contract, Position, PositionId, Role, Underlying};
use crate::risk::book::Book;
use crate::risk::joint_map::{JointMapError, JointMapRequest};
use crate::risk::presets::VixRule;
use crate::risk::scenario::Scenario;
use crate::risk::simulation::on_all_cores;
use crate::rule::Stance;

/// Simple SPX moves in % that the map spans.
const SPX_PCT: (f64, f64) = (-12.0, 8.0);
/// What another limit must add to the share of cells that a sentence gets right.
const WORTH_A_LIMIT: f64 = 0.02;

/// A stretch of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// Below a limit.
    Below(f64),
    /// Above a limit.
    Above(f64),
    /// Between two.
    Between(f64, f64),
    /// Below the first or above the second.
    Outside(f64, f64),
}

impl Bound {
    /// `SPX > −2.5 %`.
    fn words(self, name: &str, unit: &str, decimals: usize) -> String {
        let show = |limit: f64| format!("{}{unit}", number(limit, decimals));
        match self {
            Self::Below(limit) => format!("{name} < {}", show(limit)),
            Self::Above(limit) => format!("{name} > {}", show(limit)),
            Self::Between(low, high) => format!("{name} from {} to {}", show(low), show(high)),
            Self::Outside(low, high) => {
                format!("{name} < {} or > {}", show(low), show(high))
            }
        }
    }
}

/// Where one choice beats another, as well as a stretch of each axis can say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Boundary {
    /// Stretch of the simple SPX move in %.
    pub spx_pct: Option<Bound>,
    /// Stretch of VIX in points.
    pub vix: Option<Bound>,
    /// Share of the cells in which this is right.
    pub right_share: f64,
    /// Share of the cells in which the choice wins.
    pub wins_share: f64,
}

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

/// Wins in the corner of columns and rows below given ones.
struct Corner {
    columns: usize,
    sums: Vec<usize>,
}

impl Corner {
    fn of(wins: &[bool], (columns, rows): (usize, usize)) -> Self {
        let wide = columns + 1;
        let mut sums = vec![0; wide * (rows + 1)];
        for row in 0..rows {
            for column in 0..columns {
                let own = usize::from(wins[row * columns + column]);
                sums[(row + 1) * wide + column + 1] =
                    own + sums[row * wide + column + 1] + sums[(row + 1) * wide + column]
                        - sums[row * wide + column];
            }
        }
        Self {
            columns: wide,
            sums,
        }
    }

    fn within(&self, columns: (usize, usize), rows: (usize, usize)) -> usize {
        let at = |column: usize, row: usize| self.sums[row * self.columns + column];
        at(columns.1, rows.1) + at(columns.0, rows.0)
            - at(columns.0, rows.1)
            - at(columns.1, rows.0)
    }
}

/// A clause on one axis: the nodes from one place to another or those outside them, and how that is said.
#[derive(Clone, Copy, Debug)]
struct Clause {
    nodes: (usize, usize),
    is_outside: bool,
    bound: Option<Bound>,
}

impl Clause {
    /// Limits that it names.
    fn limits(&self) -> f64 {
        match self.bound {
            None => 0.0,
            Some(Bound::Below(_) | Bound::Above(_)) => 1.0,
            Some(Bound::Between(..) | Bound::Outside(..)) => 2.0,
        }
    }
}

/// No clause, then every limit between two nodes, either way; with `pairs` every two limits too.
fn clauses(axis: &[f64], pairs: bool) -> Vec<Clause> {
    let limit = |cut: usize| 0.5 * (axis[cut - 1] + axis[cut]);
    let clause = |nodes, is_outside, bound| Clause {
        nodes,
        is_outside,
        bound,
    };
    let len = axis.len();
    let mut clauses = vec![clause((0, len), false, None)];
    for cut in 1..len {
        clauses.push(clause((0, cut), false, Some(Bound::Below(limit(cut)))));
        clauses.push(clause((cut, len), false, Some(Bound::Above(limit(cut)))));
        for other in (cut + 1..len).filter(|_| pairs) {
            let (low, high) = (limit(cut), limit(other));
            clauses.push(clause((cut, other), false, Some(Bound::Between(low, high))));
            clauses.push(clause((cut, other), true, Some(Bound::Outside(low, high))));
        }
    }
    clauses
}

/// The limits that get most cells right, each only if it is worth its words.
fn boundary(wins: &[bool], (spx_pct, vix): (&[f64], &[f64])) -> Boundary {
    let cells = wins.len().max(1) as f64;
    let corner = Corner::of(wins, (spx_pct.len(), vix.len()));
    let won = wins.iter().filter(|wins| **wins).count();
    let columns = spx_pct.len();
    // Wins inside and losses outside. VIX clauses are never outside.
    let right = |across: &Clause, up: &Clause| {
        let rows = up.nodes.1 - up.nodes.0;
        let (mut inside, mut wide) = (
            corner.within(across.nodes, up.nodes),
            across.nodes.1 - across.nodes.0,
        );
        if across.is_outside {
            inside = corner.within((0, columns), up.nodes) - inside;
            wide = columns - wide;
        }
        (2 * inside + (wins.len() - won) - wide * rows) as f64 / cells
    };
    let (across, up) = (clauses(spx_pct, true), clauses(vix, false));
    let mut best = (f64::NEG_INFINITY, 0.0, across[0], up[0]);
    for columns in &across {
        for rows in &up {
            let right = right(columns, rows);
            let worth = right - WORTH_A_LIMIT * (columns.limits() + rows.limits());
            if worth > best.0 {
                best = (worth, right, *columns, *rows);
            }
        }
    }
    Boundary {
        spx_pct: best.2.bound,
        vix: best.3.bound,
        right_share: best.1,
        wins_share: won as f64 / cells,
    }
}

/// `Roll beats hedge if VIX < 24 and SPX > −2 %`.
fn sentence((one, other): (&str, &str), boundary: &Boundary) -> String {
    let share = |share: f64| number(100.0 * share, 0);
    if boundary.wins_share <= 0.0 {
        return format!("{one} beats {other} nowhere on the map");
    }
    if boundary.wins_share >= 1.0 {
        return format!("{one} beats {other} everywhere on the map");
    }
    let vix = boundary.vix.map(|bound| bound.words("VIX", "", 0));
    let spx = (boundary.spx_pct).map(|bound| bound.words("SPX", " %", 1));
    let clauses: Vec<String> = vix.into_iter().chain(spx).collect();
    if clauses.is_empty() {
        return format!(
            "{one} beats {other} in {} % of the map, in no simple pattern",
            share(boundary.wins_share)
        );
    }
    format!(
        "{one} beats {other} if {} (right in {} % of the map)",
        clauses.join(" and "),
        share(boundary.right_share)
    )
}

#[cfg(test)]
mod tests {
    use super::{Bound, boundary, sentence, winners};

    fn axes() -> (Vec<f64>, Vec<f64>) {
        let spx = (-12..=8).map(f64::from).collect();
        let vix = (10..=50).map(f64::from).collect();
        (spx, vix)
    }

    fn map(wins: impl Fn(f64, f64) -> bool) -> Vec<bool> {
        let (spx, vix) = axes();
        let cells = vix
            .iter()
            .flat_map(|vix| spx.iter().map(move |spx| (*spx, *vix)));
        cells.map(|(spx, vix)| wins(spx, vix)).collect()
    }

    #[test]
    fn a_corner_is_said_by_two_limits() {
        let (spx, vix) = axes();
        let found = boundary(&map(|spx, vix| spx > -2.2 && vix < 24.1), (&spx, &vix));
        assert_eq!(found.spx_pct, Some(Bound::Above(-2.5)));
        assert_eq!(found.vix, Some(Bound::Below(24.5)));
        assert_eq!(found.right_share, 1.0);
        let words = sentence(("Roll", "hedge"), &found);
        assert!(
            words.starts_with("Roll beats hedge if VIX < 2")
                && words.contains("SPX > \u{2212}2.5 %"),
            "{words}"
        );
    }

    #[test]
    fn one_limit_is_enough_where_the_other_adds_little() {
        let (spx, vix) = axes();
        let found = boundary(&map(|spx, _| spx < -5.2), (&spx, &vix));
        assert_eq!((found.spx_pct, found.vix), (Some(Bound::Below(-5.5)), None));
    }

    #[test]
    fn both_tails_are_said_together() {
        let (spx, vix) = axes();
        let found = boundary(&map(|spx, _| !(-4.2..=3.2).contains(&spx)), (&spx, &vix));
        assert_eq!(found.spx_pct, Some(Bound::Outside(-4.5, 3.5)));
        let words = sentence(("Close", "hold"), &found);
        assert!(words.contains("SPX < \u{2212}4.5 % or > 3.5 %"), "{words}");
    }

    #[test]
    fn nowhere_and_everywhere_are_said_so() {
        let (spx, vix) = axes();
        for (wins, word) in [(true, "everywhere"), (false, "nowhere")] {
            let found = boundary(&map(|_, _| wins), (&spx, &vix));
            assert!(sentence(("Roll", "hold"), &found).contains(word));
        }
    }

    #[test]
    fn the_first_of_equals_wins() {
        assert_eq!(winners(&[vec![1.0, 2.0], vec![1.0, 3.0]]), [0, 1]);
    }
}
