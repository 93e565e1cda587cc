//! Facts of the journal: rolls, adjustments, what was taken back, what decisions left behind.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

use super::book::of;
use super::collector::{Collector, Found, Lookup};
use super::facts::BookInputs;
use super::id::FactId;
use super::value::Missing;
use crate::calendar::{add_trading_days, business_days_between, new_york, new_york_date};
use crate::document::Campaign;
use crate::document::journal::{DecisionRecord, FindingRecord, JournalEntry};
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
    let age = thresholds_age(facts);
    let ignored = ignored_breaches(facts);
    facts.number(FactId::ThresholdsAge, age);
    facts.number(FactId::IgnoredBreaches, ignored);
}

/// Sessions since the thresholds became what they are.
fn thresholds_age(facts: &Collector<'_>) -> Lookup<f64> {
    let (campaign, today) = (facts.the_book()?.campaign, facts.days.today);
    let since = thresholds_since(campaign, today).ok_or_else(no_decisions)?;
    let sessions = f64::from(business_days_between(since, today));
    Ok(Found::new(sessions, "journal", today))
}

/// The later of the day on which a threshold was taken over last, and of the first decision under the pack as it is. A
/// pack that was changed after the last decision was changed then at the earliest.
fn thresholds_since(campaign: &Campaign, today: Date) -> Option<Date> {
    let changes = campaign.journal.thresholds.iter();
    let taken_over = changes
        .map(|change| new_york_date(change.at))
        .filter(|day| *day <= today)
        .max();
    let mut decided: Vec<(DateTime, bool)> = decisions(campaign, today)
        .map(|(entry, record)| (entry.at, record.pack == campaign.pack))
        .collect();
    decided.sort_unstable();
    let under = decided.iter().rev().take_while(|(_, is_under)| *is_under);
    let begun = under
        .last()
        .or_else(|| decided.last())
        .map(|(at, _)| at.date());
    begun.max(taken_over)
}

/// Decisions up to a day.
fn decisions(
    campaign: &Campaign,
    today: Date,
) -> impl Iterator<Item = (&JournalEntry, &DecisionRecord)> {
    let entries = campaign.journal.entries.iter();
    entries
        .filter(move |entry| entry.at.date() <= today)
        .filter_map(|entry| Some((entry, entry.decision.as_deref()?)))
}

fn ignored_breaches(facts: &Collector<'_>) -> Lookup<f64> {
    let (campaign, today) = (facts.the_book()?.campaign, facts.days.today);
    let sessions = facts.pack().rules.false_binary.loyal_sessions.value as i32;
    let days = (add_trading_days(today, -sessions), today);
    let ignored = ignored(campaign, days).ok_or_else(no_decisions)?;
    Ok(Found::new(ignored as f64, "journal", today))
}

/// Days after the first and up to the last on which a rule fired at a decision and nothing was traded; `None` where the
/// journal keeps no decisions.
fn ignored(campaign: &Campaign, (from, today): (Date, Date)) -> Option<usize> {
    decisions(campaign, today).next()?;
    let fired = decisions(campaign, today).filter(|(entry, record)| {
        entry.at.date() > from && record.findings.iter().any(FindingRecord::fires)
    });
    let days: BTreeSet<Date> = fired.map(|(entry, _)| entry.at.date()).collect();
    let is_answered = |day: &Date| {
        let mut entries = campaign.journal.entries.iter();
        entries.any(|entry| entry.action.is_some() && entry.at.date() == *day)
    };
    Some(days.iter().filter(|day| !is_answered(day)).count())
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
fn is_in_journal(campaign: &Campaign, position: &Position, contract: Contract) -> bool {
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

    /// A decision on a day of November, with or without a rule that fired, under the shipped pack.
    fn decided(day: i8, is_breach: bool, action: Option<TradeAction>) -> JournalEntry {
        let finding = FindingRecord {
            rule: crate::policy::RuleKind::NetVegaBand,
            state: if is_breach { "breach" } else { "pass" }.to_owned(),
            stance: Some("Hedge".to_owned()),
            headline: String::new(),
            sentence: String::new(),
            limits: Vec::new(),
            distance: None,
            flips: String::new(),
        };
        let record = DecisionRecord {
            program: String::new(),
            moment: crate::document::journal::MomentId(1),
            positions: Vec::new(),
            model: crate::market::ModelParams::default(),
            settings: crate::document::Settings::default(),
            pack: crate::policy::PackRef::default(),
            facts: Vec::new(),
            findings: vec![finding],
            verdict: crate::document::journal::VerdictRecord {
                stance: "Hedge".to_owned(),
                sentence: String::new(),
                clause: None,
                because: Vec::new(),
                against: Vec::new(),
                choice: None,
            },
            choices: Vec::new(),
            taken: None,
        };
        let mut entry = JournalEntry::new(date(2026, 11, day).at(10, 0, 0, 0), action, "");
        entry.decision = Some(std::sync::Arc::new(record));
        entry
    }

    fn with(entries: Vec<JournalEntry>) -> Campaign {
        let now = crate::calendar::new_york_instant(date(2026, 11, 23).at(15, 0, 0, 0));
        let marks = crate::market::Marks::new(now, 6000.0, 17.0);
        let mut campaign = Campaign::new("Test", now, marks);
        std::sync::Arc::make_mut(&mut campaign.journal).entries = entries;
        campaign
    }

    #[test]
    fn breaches_that_nothing_answered_are_counted_by_day() {
        let hedge = Some(TradeAction::Hedge);
        let campaign = with(vec![
            decided(16, true, None),
            decided(16, true, None),
            decided(17, true, None),
            decided(17, true, hedge),
            decided(18, false, None),
            decided(19, true, None),
            decided(24, true, None),
        ]);
        let count = |from| ignored(&campaign, (date(2026, 11, from), date(2026, 11, 23)));
        assert_eq!(
            count(1),
            Some(2),
            "17 was answered, 18 had none, 24 is to come"
        );
        assert_eq!(count(16), Some(1));
        assert_eq!(ignored(&with(Vec::new()), (Date::MIN, Date::MAX)), None);
    }

    #[test]
    fn thresholds_are_as_old_as_the_first_decision_under_them_or_the_last_change() {
        let today = date(2026, 11, 23);
        let mut campaign = with(vec![decided(18, false, None), decided(16, false, None)]);
        assert_eq!(thresholds_since(&campaign, today), Some(date(2026, 11, 16)));
        campaign.pack.version += 1;
        assert_eq!(thresholds_since(&campaign, today), Some(date(2026, 11, 18)));
        let change = crate::document::journal::ThresholdChange {
            at: campaign.marks.as_of,
            path: "theta.floor".to_owned(),
            from: 0.0008,
            to: 0.00085,
            n: 30,
            evidence: String::new(),
        };
        std::sync::Arc::make_mut(&mut campaign.journal)
            .thresholds
            .push(change);
        assert_eq!(thresholds_since(&campaign, today), Some(today));
        assert_eq!(thresholds_since(&with(Vec::new()), today), None);
    }
}
