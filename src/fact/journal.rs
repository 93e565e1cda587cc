//! Facts of the journal: rolls, adjustments, what was taken back, what decisions left behind.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::book::of;
use super::collector::Collector;
use super::facts::BookInputs;
use super::id::FactId;
use super::value::Missing;
use crate::instrument::{Trade, TradeAction};
use crate::valuation::JournalTotals;

/// Calendar days in which adjustments are counted.
const ADJUSTMENT_DAYS: i32 = 10;
/// Calendar days within which an adjustment taken back counts as such.
const REVERSAL_DAYS: i32 = 3;

pub(super) fn gather(facts: &mut Collector<'_>) {
    let today = facts.days.today;
    let from = today.saturating_sub(ADJUSTMENT_DAYS.days());
    let rolls = of(facts, &|book| {
        let is_roll = |action| action == TradeAction::Roll;
        Some(days_of(book, &is_roll, Date::MIN, today))
    });
    let adjusted = of(facts, &|book| Some(days_of(book, &adjusts, from, today)));
    let reversed = of(facts, &|book| {
        Some(reversals(&book.campaign.trades, from, today) as f64)
    });
    let cash = of(facts, &|book| {
        Some(JournalTotals::of(&book.campaign.trades).cash_usd)
    });
    facts.number(FactId::Rolls, rolls);
    facts.number(FactId::Adjustments10, adjusted);
    facts.number(FactId::Reversals10, reversed);
    facts.number(FactId::Realised, cash);
    for id in [FactId::ThresholdsAge, FactId::IgnoredBreaches] {
        facts.number(id, Err(no_decisions()));
    }
}

fn no_decisions() -> Missing {
    Missing {
        why: "the journal keeps no decisions".to_owned(),
        import_what: "decisions in the journal".to_owned(),
    }
}

fn adjusts(action: TradeAction) -> bool {
    match action {
        TradeAction::Roll | TradeAction::Hedge | TradeAction::Trim | TradeAction::Adjust => true,
        TradeAction::Open | TradeAction::Close | TradeAction::Monetise | TradeAction::Settle => {
            false
        }
    }
}

/// Days after `from` with a trade of a kind.
fn days_of(
    book: &BookInputs<'_>,
    is_wanted: &dyn Fn(TradeAction) -> bool,
    from: Date,
    today: Date,
) -> f64 {
    let trades = book.campaign.trades.iter();
    let days: BTreeSet<_> = trades
        .filter(|trade| is_wanted(trade.action))
        .map(|trade| trade.at.date())
        .filter(|day| *day > from && *day <= today)
        .collect();
    days.len() as f64
}

/// Adjustments after `from` that trade a contract against an adjustment of the days before.
fn reversals(trades: &[Trade], from: Date, today: Date) -> usize {
    let adjustments: Vec<&Trade> = trades
        .iter()
        .filter(|trade| adjusts(trade.action) && trade.at.date() <= today)
        .collect();
    let takes_back = |later: &Trade, earlier: &Trade| {
        later.contract == earlier.contract
            && later.quantity.signum() != earlier.quantity.signum()
            && later.at > earlier.at
            && later.at.date() <= earlier.at.date().saturating_add(REVERSAL_DAYS.days())
    };
    let moments: BTreeSet<_> = adjustments
        .iter()
        .filter(|later| later.at.date() > from)
        .filter(|later| adjustments.iter().any(|earlier| takes_back(later, earlier)))
        .map(|later| later.at)
        .collect();
    moments.len()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::instrument::{Contract, Right, Root, TradeId};

    fn trade(day: i8, action: TradeAction, quantity: i32) -> Trade {
        let contract = Contract::option(Root::Vix, date(2026, 12, 16), 18.0, Right::Call);
        Trade {
            id: TradeId(1),
            at: date(2026, 11, day).at(10, 0, 0, 0),
            action,
            contract: contract.expect("a contract"),
            quantity,
            price: 1.0,
            fees_usd: 0.0,
            reason: String::new(),
            position: None,
            layer: None,
        }
    }

    #[test]
    fn what_is_taken_back_within_three_days_is_a_reversal() {
        let (from, today) = (date(2026, 11, 13), date(2026, 11, 23));
        let count = |trades: &[Trade]| reversals(trades, from, today);
        let bought = trade(16, TradeAction::Hedge, 4);
        assert_eq!(
            count(&[bought.clone(), trade(19, TradeAction::Trim, -4)]),
            1
        );
        assert_eq!(
            count(&[bought.clone(), trade(20, TradeAction::Trim, -4)]),
            0
        );
        assert_eq!(
            count(&[bought.clone(), trade(17, TradeAction::Hedge, 2)]),
            0
        );
        assert_eq!(count(&[bought, trade(17, TradeAction::Monetise, -4)]), 0);
        let old = [
            trade(11, TradeAction::Hedge, 4),
            trade(12, TradeAction::Trim, -4),
        ];
        assert_eq!(count(&old), 0);
    }
}
