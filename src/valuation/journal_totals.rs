//! What the trades of a journal add up to.

use crate::instrument::Trade;

/// Sums over the fills of a journal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct JournalTotals {
    /// Dollars received less dollars paid, fees taken off.
    pub cash_usd: f64,
    /// Dollars of commission and fees.
    pub fees_usd: f64,
}

impl JournalTotals {
    /// Adds the fills up. A future moves fees only.
    pub fn of<'a>(trades: impl IntoIterator<Item = &'a Trade>) -> Self {
        let nothing = Self::default();
        trades.into_iter().fold(nothing, |sum, trade| Self {
            cash_usd: sum.cash_usd + trade.cash_usd(),
            fees_usd: sum.fees_usd + trade.fees_usd,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::JournalTotals;
    use crate::instrument::{Contract, Right, Root, Trade, TradeAction, TradeId};

    #[test]
    fn cash_is_net_of_fees() {
        let call = Contract::option(Root::Vix, date(2027, 3, 17), 21.0, Right::Call);
        let fill = |quantity: i32, price: f64| Trade {
            id: TradeId(1),
            at: date(2026, 11, 23).at(10, 0, 0, 0),
            action: TradeAction::Hedge,
            contract: call.expect("valid"),
            quantity,
            price,
            fees_usd: 5.0,
            reason: String::new(),
            position: None,
            layer: None,
            entry: None,
            key: String::new(),
        };
        let totals = JournalTotals::of(&[fill(4, 2.0), fill(-4, 3.5)]);
        assert!((totals.cash_usd - 590.0).abs() < 1e-9);
        assert!((totals.fees_usd - 10.0).abs() < 1e-12);
        assert_eq!(JournalTotals::of([]), JournalTotals::default());
    }
}
