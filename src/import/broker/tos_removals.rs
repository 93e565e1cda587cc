//! Options that ended, as thinkorswim's rows of cash tell it.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::cells::contracts;
use super::fill::{BrokerFill, CashRow, Effect, FillKind};
use super::reading::{Reading, bare_fill};
use super::symbol;
use super::tos_cash::{CashLine, SAME_USD, words};
use crate::instrument::Contract;

/// Hours within which a removal and a payment are of the same settlement; a weekend may lie between.
const PAID_WITHIN_HOURS: i64 = 96;

/// An option that ended: `Removed due to Expiration … : EXP: -1.0 .SPXW260410P6500`, or `Removal of Option
/// due to expiration 3.0 SPX 100 (WEEKLY) 9 Mar 2023 305.0 CALL`. With an amount it was settled in cash.
pub(super) fn removal(reading: &mut Reading<'_>, line: &CashLine<'_>) -> Vec<u64> {
    let all: Vec<&str> = words(line.text).collect();
    let coded = all
        .iter()
        .rposition(|word| word.starts_with('.') && word.len() > 9);
    let placed = all
        .iter()
        .position(|word| symbol::index_root(word).is_some());
    let (place, contract) = match (coded, placed) {
        (Some(place), _) => (
            place,
            all.get(place)
                .and_then(|code| symbol::option_symbol(code, None).ok()),
        ),
        (None, Some(place)) => {
            let terms = all.get(place + 1..).unwrap_or_default().join(" ");
            let name = all.get(place).copied().unwrap_or_default();
            (place, symbol::thinkorswim_option(name, &terms).ok())
        }
        (None, None) => return Vec::new(),
    };
    let quantity = all
        .get(..place)
        .and_then(|before| before.iter().rev().find_map(|word| contracts(word)));
    let (Some(contract), Some(quantity), Some(stated_at)) = (contract, quantity, line.stated_at)
    else {
        if placed.is_some() {
            let expected = "signed contracts and the option that was removed";
            reading.problem(line.row.line, "DESCRIPTION", line.text, expected);
        }
        return Vec::new();
    };
    let text = line.text.to_ascii_lowercase();
    let settled = line.amount_usd.abs() >= SAME_USD;
    // without words of its own the row has `ASG:`, `EXE:` or `EXP:` before the contracts
    let says = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    let is_assigned = says(&["assign", "asg:", "asn:", "ass:"]);
    let is_exercised = says(&["exercise", "exe:", "exc:", "exr:"]);
    let kind = match (settled, is_assigned, is_exercised) {
        (true, _, _) => FillKind::CashSettled,
        (false, true, _) => FillKind::Assigned,
        (false, false, true) => FillKind::Exercised,
        (false, false, false) => FillKind::Expired,
    };
    // cash received means that the option was sold back, whatever sign the words have
    let turned = settled && (line.amount_usd > 0.0) == (quantity > 0);
    let quantity = if turned { -quantity } else { quantity };
    let price =
        line.amount_usd.abs() / (contract.multiplier() * f64::from(quantity.unsigned_abs()));
    let at = reading.local(stated_at);
    reading.file.fills.push(BrokerFill {
        effect: Effect::Close,
        order: line.reference.clone(),
        kind,
        fees_usd: line.fees_usd,
        amount_usd: Some(line.amount_usd),
        ..bare_fill(line.row.line, (stated_at, at), contract, quantity, price)
    });
    vec![line.row.line]
}

/// An index option that ends in the money has two rows: one takes it away, another pays. The one that pays is the
/// fill; what takes away again what was paid for is none.
pub(super) fn settle_once(reading: &mut Reading<'_>) {
    let fills = std::mem::take(&mut reading.file.fills);
    let paid: Vec<(Contract, DateTime, u64)> = fills
        .iter()
        .filter(|fill| fill.kind == FillKind::CashSettled)
        .map(|fill| (fill.contract, fill.at, fill.line))
        .collect();
    let mut kept = Vec::with_capacity(fills.len());
    for fill in fills {
        let is_removal = !matches!(fill.kind, FillKind::Trade | FillKind::CashSettled);
        let by = paid.iter().find(|(contract, at, _)| {
            let hours = at.duration_until(fill.at).as_hours().abs();
            is_removal && *contract == fill.contract && hours <= PAID_WITHIN_HOURS
        });
        if let Some((_, _, line)) = by {
            let why = format!("the removal of what line {line} settles in cash");
            reading.assume(fill.line, &why);
            let own = |row: &&mut CashRow| row.line == fill.line;
            if let Some(row) = reading.file.cash.iter_mut().find(own) {
                row.fills.clear();
            }
            continue;
        }
        if matches!(fill.kind, FillKind::Assigned | FillKind::Exercised) {
            let why = "the option ended in the money and no row settles it in cash: its price is taken as 0";
            reading.assume(fill.line, why);
        }
        kept.push(fill);
    }
    reading.file.fills = kept;
}

/// Turns removals that are written without a sign: an expiry takes away what is held.
pub(super) fn orient(reading: &mut Reading<'_>) {
    let mut held: BTreeMap<_, i64> = BTreeMap::new();
    let traded = reading
        .file
        .fills
        .iter()
        .filter(|fill| fill.kind == FillKind::Trade);
    let all = traded
        .map(|fill| (fill.contract, fill.quantity))
        .chain(reading.options.held.iter().copied());
    for (contract, quantity) in all {
        *held.entry(contract).or_default() += i64::from(quantity);
    }
    for fill in &mut reading.file.fills {
        let signed = matches!(fill.kind, FillKind::Trade | FillKind::CashSettled);
        let net = held.get(&fill.contract).copied().unwrap_or(0);
        if !signed && net != 0 && (net > 0) == (fill.quantity > 0) {
            fill.quantity = -fill.quantity;
        }
    }
}
