//! Rows of tastytrade's history as fills: sides, effects, and what ended instead of being traded.

use std::collections::BTreeMap;

use super::fill::{BrokerFill, Effect, FillKind};
use super::reading::{Reading, bare_fill, price_holds};
use super::tastytrade::Line;
use crate::instrument::Contract;

/// Rows by time as fills; what a removal takes away is told by what was held.
pub(super) fn fills(reading: &mut Reading<'_>, lines: &[Line<'_>]) {
    let mut held: BTreeMap<Contract, i64> = BTreeMap::new();
    for (contract, quantity) in &reading.options.held {
        *held.entry(*contract).or_default() += i64::from(*quantity);
    }
    for line in lines {
        let kind = kind(line);
        if !matches!(kind, FillKind::Trade | FillKind::CashSettled)
            && let Some(settled) = settled_elsewhere(line, lines)
        {
            let why = format!("the removal of what line {settled} settles in cash");
            reading.skip(line.row, &why, line.money.amount_usd, line.money.fees_usd);
            continue;
        }
        let net = held.entry(line.contract).or_default();
        let Some(side) = side(line, kind, *net) else {
            let expected = "a side: what was removed was opened before this file begins, so its sign is not known";
            reading.problem(line.row.line, "Action", "", expected);
            continue;
        };
        let quantity = side * line.count;
        *net += i64::from(quantity);
        let price = price(line, kind);
        let Some(price) =
            price.filter(|price| price_holds(line.contract, *price) || kind.is_settlement())
        else {
            reading.problem(line.row.line, "Average Price", &line.row.text(), "a price");
            continue;
        };
        if matches!(kind, FillKind::Assigned | FillKind::Exercised) {
            reading.assume(line.row.line, "the option ended in the money and no row settles it in cash: its price is taken as 0");
        }
        let effect = match (
            line.words.contains("to open"),
            line.words.contains("to close"),
        ) {
            (true, false) => Effect::Open,
            (false, true) => Effect::Close,
            (true, true) | (false, false) if kind.is_settlement() => Effect::Close,
            (true, true) | (false, false) => legacy_effect(&line.words),
        };
        reading.file.fills.push(BrokerFill {
            fees_usd: line.money.fees_usd,
            effect,
            order: line.order.clone(),
            kind,
            amount_usd: Some(line.money.amount_usd),
            ..bare_fill(
                line.row.line,
                (line.stated_at, line.at),
                line.contract,
                quantity,
                price,
            )
        });
    }
}

/// Points per unit: of what ended without being settled 0.
fn price(line: &Line<'_>, kind: FillKind) -> Option<f64> {
    match kind {
        // the price column may have the strike: what was paid is what counts
        FillKind::CashSettled if line.contract.root().is_option() => {
            let per_point = line.contract.multiplier() * f64::from(line.count);
            Some(line.money.amount_usd.abs() / per_point)
        }
        FillKind::Trade | FillKind::CashSettled => line.price,
        FillKind::Expired | FillKind::Assigned | FillKind::Exercised => Some(0.0),
    }
}

fn legacy_effect(words: &str) -> Effect {
    let has = |word: &str| words.split_whitespace().any(|found| found == word);
    match (has("open"), has("close")) {
        (true, false) => Effect::Open,
        (false, true) => Effect::Close,
        (true, true) | (false, false) => Effect::Unknown,
    }
}

fn kind(line: &Line<'_>) -> FillKind {
    let says = |word: &str| line.words.contains(word);
    let delivered = says("receive deliver");
    if says("cash settled")
        || (delivered && says("cash settle"))
        || (delivered && says("futures settlement"))
    {
        FillKind::CashSettled
    } else if delivered && says("expiration") {
        FillKind::Expired
    } else if delivered && says("assignment") {
        FillKind::Assigned
    } else if delivered && says("exercise") {
        FillKind::Exercised
    } else {
        FillKind::Trade
    }
}

/// The line that settles in cash what another row merely removes.
fn settled_elsewhere(line: &Line<'_>, lines: &[Line<'_>]) -> Option<u64> {
    let same = |other: &&Line<'_>| {
        kind(other) == FillKind::CashSettled
            && other.contract == line.contract
            && (other.at.date() == line.at.date()
                || other.at.duration_until(line.at).as_hours().abs() <= 24)
    };
    lines.iter().find(same).map(|other| other.row.line)
}

/// +1 bought, −1 sold.
fn side(line: &Line<'_>, kind: FillKind, held: i64) -> Option<i32> {
    let words: Vec<&str> = line.words.split_whitespace().collect();
    let has = |word: &str| words.contains(&word);
    let paid = line.money.amount_usd;
    let by_cash = if paid > 0.0 {
        Some(-1)
    } else if paid < 0.0 {
        Some(1)
    } else {
        None
    };
    let by_held = match held {
        1.. => Some(-1),
        0 => None,
        ..=-1 => Some(1),
    };
    match kind {
        FillKind::Trade if has("buy") || has("bought") => Some(1),
        FillKind::Trade if has("sell") || has("sold") => Some(-1),
        FillKind::Trade => by_cash,
        // what a future settled at moves no premium, so cash does not tell its side
        FillKind::CashSettled if !line.contract.root().is_option() => by_held,
        FillKind::CashSettled if has("assignment") => by_cash.or(Some(1)),
        FillKind::CashSettled => by_cash.or(Some(-1)),
        FillKind::Assigned | FillKind::Exercised | FillKind::Expired
            if line.words.contains("buy to close") =>
        {
            Some(1)
        }
        FillKind::Assigned | FillKind::Exercised | FillKind::Expired
            if line.words.contains("sell to close") =>
        {
            Some(-1)
        }
        FillKind::Assigned => Some(1),
        FillKind::Exercised => Some(-1),
        FillKind::Expired => by_held,
    }
}
