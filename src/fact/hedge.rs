//! Facts of the hedge: what each layer holds, what it costs, and the account that pays.

use super::book::{equity, of};
use super::collector::{Collector, Lookup};
use super::id::FactId;
use super::value::Missing;
use crate::instrument::{LayerKind, Role};
use crate::units::DAYS_PER_YEAR;

pub(super) fn gather(facts: &mut Collector<'_>) {
    layer(
        facts,
        LayerKind::First,
        [
            FactId::FirstContracts,
            FactId::FirstDte,
            FactId::FirstOfCost,
        ],
    );
    layer(
        facts,
        LayerKind::Second,
        [
            FactId::SecondContracts,
            FactId::SecondDte,
            FactId::SecondOfCost,
        ],
    );
    layer(
        facts,
        LayerKind::Third,
        [
            FactId::ThirdContracts,
            FactId::ThirdDte,
            FactId::ThirdOfCost,
        ],
    );
    costs(facts);
}

fn empty(kind: LayerKind) -> Missing {
    Missing {
        why: format!("the {} layer holds nothing that was paid for", kind.label()),
        import_what: format!("a {} layer", kind.label()),
    }
}

fn layer(facts: &mut Collector<'_>, kind: LayerKind, [count, days, multiple]: [FactId; 3]) {
    let held = of(facts, &|book| {
        Some(f64::from(book.valuation.layer(kind).contracts))
    });
    facts.number(count, held);
    let nearest = facts.the_book().and_then(|book| {
        let is_layer = |position| {
            let held = book.campaign.position(position);
            held.is_some_and(|held| held.role == Role::Layer(kind))
        };
        let rows = book.valuation.rows.iter();
        let left = rows
            .filter(|row| !row.is_expired && is_layer(row.position))
            .map(|row| row.days)
            .min();
        left.map(|days| facts.of_book(f64::from(days)))
            .ok_or_else(|| empty(kind))
    });
    facts.number(days, nearest);
    let of_cost = facts.the_book().and_then(|book| {
        let layer = book.valuation.layer(kind);
        if layer.cost_usd <= 0.0 {
            return Err(empty(kind));
        }
        // futures are worth what they gained; a multiple of cost speaks of what was paid for
        let value: f64 = book
            .valuation
            .rows
            .iter()
            .filter(|row| row.contract.strike().is_some())
            .filter(|row| {
                let held = book.campaign.position(row.position);
                held.is_some_and(|held| held.role == Role::Layer(kind))
            })
            .map(|row| row.value_usd)
            .sum();
        Ok(facts.of_book(value / layer.cost_usd))
    });
    facts.number(multiple, of_cost);
}

fn costs(facts: &mut Collector<'_>) {
    let debit = of(facts, &|book| Some(book.valuation.facts.hedge_debit_usd));
    let share = |part: f64, whole: f64| (whole > 0.0).then(|| 100.0 * part / whole);
    let of_credit = of(facts, &|book| {
        let facts = &book.valuation.facts;
        share(facts.hedge_debit_usd, facts.credit_usd)
    });
    let of_theta = of(facts, &|book| {
        let facts = &book.valuation.facts;
        let condors = facts.spx.theta_per_day_usd;
        share(condors - facts.net_theta_per_day_usd, condors)
    });
    facts.number(FactId::HedgeDebit, debit);
    facts.number(FactId::HedgeDebitPct, of_credit);
    facts.number(FactId::HedgeThetaPct, of_theta);
    let carry = of(facts, &|book| {
        let facts = &book.valuation.facts;
        Some(DAYS_PER_YEAR * (facts.net_theta_per_day_usd - facts.spx.theta_per_day_usd))
    });
    facts.number(FactId::HedgeCarry, carry);
    let today = facts.days.today;
    let of_account = |found: Lookup<f64>| {
        found.map(|found| super::collector::Found {
            source: "account".to_owned(),
            ..found
        })
    };
    let spend = of_account(of(facts, &|book| {
        Some(book.account.trailing_hedge_spend_usd(today))
    }));
    let equity_usd = equity(facts);
    let spend_share = spend.clone().and_then(|spend| {
        let equity_usd = equity_usd.clone()?;
        Ok(spend.with(100.0 * spend.value / equity_usd))
    });
    let entered = equity_usd.map(|equity_usd| facts.of_book(equity_usd));
    facts.number(FactId::HedgeSpend, spend);
    facts.number(FactId::HedgeSpendPct, spend_share);
    facts.number(FactId::Equity, of_account(entered));
}
