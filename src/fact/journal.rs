//! Facts of the journal: rolls, adjustments, what was taken back, what decisions left behind.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::book::of;
use super::collector::Collector;
use super::facts::BookInputs;
use super::id::FactId;
use super::value::Missing;
use crate::calendar::new_york;
use crate::document::Campaign;
use crate::instrument::{Contract, Position, PositionId, Trade, TradeAction, Underlying};
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
        Some(reversals(&past_trades(book.campaign), (from(book), today), within) as f64)
    });
    let cash = of(facts, &|book| {
        Some(JournalTotals::of(past_trades(book.campaign)).cash_usd)
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
    let days: BTreeSet<_> = (past_trades(book.campaign).into_iter())
        .filter(|trade| is_wanted(trade.action))
        .map(|trade| trade.at.date())
        .filter(|day| *day > from && *day <= today)
        .collect();
    days.len() as f64
}

/// Adjustments after `from` that trade a contract against an adjustment of the days before.
fn reversals(trades: &[&Trade], (from, today): (Date, Date), within: i32) -> usize {
    let adjustments: Vec<&Trade> = (trades.iter().copied())
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

/// The fills that stand in the journal at the instant of the marks: what is dated later has not happened yet.
fn past_trades(campaign: &Campaign) -> Vec<&Trade> {
    let now = new_york().to_datetime(campaign.marks.as_of);
    let trades = campaign.trades.iter();
    trades.filter(|trade| trade.at <= now).collect()
}

/// Whether the journal holds a fill of a position's contract, later ones included.
pub fn is_in_journal(campaign: &Campaign, position: &Position, contract: Contract) -> bool {
    (campaign.trades.iter())
        .filter(|known| known.contract == contract)
        .any(|known| known.position.is_none_or(|id| id == position.id))
}

/// What a campaign carries along from its SPX trades up to the instant of the marks, dollars, of one position or of
/// all: gains of the contracts that the journal closed, by average cost, less every fee paid, to open and to close.
/// Legs whose entry the journal does not have pay the fees entered on them. Negative is a loss.
pub fn carried_spx_usd(campaign: &Campaign, position: Option<PositionId>) -> f64 {
    let is_spx = |contract: Contract| contract.underlying() == Underlying::Spx;
    let mut fills: Vec<&Trade> = (past_trades(campaign).into_iter())
        .filter(|trade| is_spx(trade.contract))
        .filter(|trade| position.is_none() || trade.position == position)
        .collect();
    fills.sort_by_key(|trade| (trade.at, trade.id));
    let paid = |sum: f64, fees_usd: f64| sum + fees_usd;
    let in_journal_usd = (fills.iter()).map(|fill| fill.fees_usd).fold(0.0, paid);
    let on_legs_usd = (campaign.positions.iter())
        .filter(|held| position.is_none_or(|id| id == held.id))
        .flat_map(|held| held.legs.iter().map(move |leg| (held, leg)))
        .filter(|(held, leg)| is_spx(leg.contract) && !is_in_journal(campaign, held, leg.contract))
        .map(|(_, leg)| leg.fees_usd)
        .fold(0.0, paid);
    gains_usd(&fills) - in_journal_usd - on_legs_usd
}

/// Gains of the contracts that fills in order of time close, by average cost, fees left out.
fn gains_usd(fills: &[&Trade]) -> f64 {
    let mut held: Vec<(Option<PositionId>, Contract, i32, f64)> = Vec::new();
    let mut gains = 0.0;
    for fill in fills {
        let known = (held.iter_mut())
            .find(|(owner, contract, ..)| *owner == fill.position && *contract == fill.contract);
        let Some((_, contract, quantity, average)) = known else {
            held.push((fill.position, fill.contract, fill.quantity, fill.price));
            continue;
        };
        if quantity.signum() * fill.quantity.signum() < 0 {
            let closed = fill.quantity.abs().min(quantity.abs()) * quantity.signum();
            gains += f64::from(closed) * contract.multiplier() * (fill.price - *average);
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
    gains
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
        let count = |trades: &[Trade]| {
            let trades: Vec<&Trade> = trades.iter().collect();
            reversals(&trades, (from, today), 3)
        };
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
