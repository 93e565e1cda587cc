//! Where one choice beats another, said by at most a stretch of each axis.

use crate::decision::words::number;

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
pub(super) fn boundary(wins: &[bool], (spx_pct, vix): (&[f64], &[f64])) -> Boundary {
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
pub(super) fn sentence((one, other): (&str, &str), boundary: &Boundary) -> String {
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
    use super::{Bound, boundary, sentence};

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
}
