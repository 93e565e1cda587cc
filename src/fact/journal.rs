//! Facts of the journal: rolls, adjustments, what was taken back, what decisions left behind.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::book::of;
use super::collector::Collector;
use super::facts::BookInputs;
use super::id::FactId;
use super::value::Missing;
use crate::instrument::{Contract, PositionId, Trade, TradeAction, Underlying};
use crate::policy::Threshold;
use crate::valuation::JournalTotals;

/// The pack's calendar days in which adjustments are counted, and within which one taken back counts as such.
fn windows(book: &BookInputs<'_>) -> (i32, i32) {
    let numbers = &book.campaign.rule_pack().rules.false_binary;
    let days = |number: &Threshold| number.value as i32;
    (days(&numbers.churn_days), days(&numbers.reversal_days))
}

pub(super) fn gather(facts: &mut Collector<'_>) {
    let today = facts.days.today;
    let from = |book: &BookInputs<'_>| today.saturating_sub(windows(book).0.days());
    let rolls = of(facts, &|book| {
        let is_roll = |action| action == TradeAction::Roll;
        Some(days_of(book, &is_roll, Date::MIN, today))
    });
    let adjusted = of(facts, &|book| {
        Some(days_of(book, &adjusts, from(book), today))
    });
    let reversed = of(facts, &|book| {
        let within = windows(book).1;
        Some(reversals(&book.campaign.trades, (from(book), today), within) as f64)
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
fn reversals(trades: &[Trade], (from, today): (Date, Date), within: i32) -> usize {
    let adjustments: Vec<&Trade> = trades
        .iter()
        .filter(|trade| adjusts(trade.action) && trade.at.date() <= today)
        .collect();
    let takes_back = |later: &Trade, earlier: &Trade| {
        later.contract == earlier.contract
            && later.quantity.signum() != earlier.quantity.signum()
            && later.at > earlier.at
            && later.at.date() <= earlier.at.date().saturating_add(within.days())
    };
    let moments: BTreeSet<_> = adjustments
        .iter()
        .filter(|later| later.at.date() > from)
        .filter(|later| adjustments.iter().any(|earlier| takes_back(later, earlier)))
        .map(|later| later.at)
        .collect();
    moments.len()
}

/// Gains of SPX contracts that the journal closed, by average cost, fees of the closing fills taken off; of one
/// position or of all.
pub fn realised_spx_usd(trades: &[Trade], position: Option<PositionId>) -> f64 {
    let mut held: Vec<(Option<PositionId>, Contract, i32, f64)> = Vec::new();
    let mut realised = 0.0;
    let mut fills: Vec<&Trade> = (trades.iter())
        .filter(|trade| trade.contract.underlying() == Underlying::Spx)
        .filter(|trade| position.is_none() || trade.position == position)
        .collect();
    fills.sort_by_key(|trade| (trade.at, trade.id));
    for fill in fills {
        let known = (held.iter_mut())
            .find(|(owner, contract, ..)| *owner == fill.position && *contract == fill.contract);
        let Some((_, contract, quantity, average)) = known else {
            held.push((fill.position, fill.contract, fill.quantity, fill.price));
            continue;
        };
        if quantity.signum() * fill.quantity.signum() < 0 {
            let closed = fill.quantity.abs().min(quantity.abs()) * quantity.signum();
            let gain = fill.price - *average;
            realised += f64::from(closed) * contract.multiplier() * gain - fill.fees_usd;
            if fill.quantity.abs() > quantity.abs() {
                *average = fill.price;
            }
        } else {
            let cost = *average * f64::from(*quantity) + fill.price * f64::from(fill.quantity);
            *average = cost / f64::from(*quantity + fill.quantity);
        }
        *quantity += fill.quantity;
        if *quantity == 0 {
            *average = 0.0;
        }
    }
    realised
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
            entry: None,
            key: String::new(),
        }
    }

    #[test]
    fn what_is_taken_back_within_three_days_is_a_reversal() {
        let (from, today) = (date(2026, 11, 13), date(2026, 11, 23));
        let count = |trades: &[Trade]| reversals(trades, (from, today), 3);
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
