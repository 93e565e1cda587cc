//! Both tails of the crash table, and what the hedge costs to carry.

use super::Valuation;
use crate::risk::figures::{LayerFacts, ScenarioRow};

/// The worst row of one side of the crash table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TailFacts {
    /// Simple SPX move in %.
    pub spx_pct: f64,
    /// Profit or loss of the SPX legs.
    pub condors_usd: f64,
    /// Profit or loss of every VIX leg.
    pub hedge_usd: f64,
    /// Profit or loss of the book.
    pub net_usd: f64,
    /// What the hedge gives back of the SPX legs' loss, in %; `None` when they lose nothing or the
    /// hedge gives nothing.
    pub offset_pct: Option<f64>,
}

impl TailFacts {
    fn of(row: &ScenarioRow) -> Self {
        let hedge_usd = row.hedge_usd();
        let helps = row.condors_usd < 0.0 && hedge_usd > 0.0;
        Self {
            spx_pct: row.spx_pct,
            condors_usd: row.condors_usd,
            hedge_usd,
            net_usd: row.net_usd,
            offset_pct: helps.then(|| -100.0 * hedge_usd / row.condors_usd),
        }
    }
}

/// The worst net of the falls and of the rises among `rows`; `None` where a side has no row.
pub fn worst_tails(rows: &[ScenarioRow]) -> [Option<TailFacts>; 2] {
    let worst = |is_side: fn(f64) -> bool| {
        rows.iter()
            .filter(|row| is_side(row.spx_pct) && row.net_usd.is_finite())
            .min_by(|a, b| a.net_usd.total_cmp(&b.net_usd))
            .map(TailFacts::of)
    };
    [worst(|pct| pct < 0.0), worst(|pct| pct > 0.0)]
}

impl Valuation {
    /// The worst fall and the worst rise of the crash table.
    pub fn tails(&self) -> [Option<TailFacts>; 2] {
        worst_tails(&self.crash)
    }

    /// Decay plus roll-down of the three layers per calendar day, in dollars.
    pub fn hedge_carry_per_day_usd(&self) -> f64 {
        self.layers.iter().map(LayerFacts::carry_per_day_usd).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(spx_pct: f64, condors_usd: f64, hedge_usd: f64) -> ScenarioRow {
        ScenarioRow {
            name: "",
            spx_pct,
            trading_days: 0,
            vix: 20.0,
            curve: Vec::new(),
            condors_usd,
            layers_usd: [hedge_usd, 0.0, 0.0],
            other_usd: 0.0,
            net_usd: condors_usd + hedge_usd,
            is_extrapolated: false,
            at_limit: false,
        }
    }

    #[test]
    fn each_side_gives_its_worst_row_and_the_share_that_the_hedge_returns() {
        let rows = [
            row(-20.0, -300.0, 120.0),
            row(-10.0, -100.0, 20.0),
            row(3.0, -80.0, -5.0),
            row(5.0, -60.0, -9.0),
        ];
        let [down, up] = worst_tails(&rows);
        let (down, up) = (down.expect("falls"), up.expect("rises"));
        assert_eq!((down.spx_pct, down.net_usd), (-20.0, -180.0));
        assert!(
            down.offset_pct
                .is_some_and(|pct| (pct - 40.0).abs() < 1e-12)
        );
        assert_eq!((up.spx_pct, up.offset_pct), (3.0, None));
    }

    #[test]
    fn a_missing_side_or_a_gain_has_no_offset() {
        let [down, up] = worst_tails(&[row(5.0, 10.0, 3.0)]);
        assert!(down.is_none());
        assert_eq!(up.expect("a rise").offset_pct, None);
    }
}
