//! thinkorswim's rows of cash: premium and fees of orders, removals of options, balances.
//!
//! A row of an order belongs to the order of *Account Trade History* at the same time (within
//! [`WINDOW_SECONDS`]) and of the same symbol; of several the one whose premium is the row's amount.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::DateTime;

use super::cells::{Columns, SheetRow, contracts, date, is_nothing, number, time};
use super::fill::{BrokerFill, CashKind, CashRow};
use super::reading::{Reading, bare_fill, cents};
use super::symbol;
use super::tos_removals::removal;
use super::tos_trades::Order;

/// How far the two sections may differ about the time of an order.
const WINDOW_SECONDS: i64 = 5;
/// Dollars within which two amounts are the same.
pub(super) const SAME_USD: f64 = 0.005;

/// Columns of what was paid beside the amount; negative when paid.
const FEES: [&str; 2] = ["Misc Fees", "Commissions & Fees"];

/// A row of cash, as read.
#[derive(Clone, Debug)]
pub(super) struct CashLine<'a> {
    pub row: &'a SheetRow,
    pub stated_at: Option<DateTime>,
    kind: String,
    pub reference: Option<String>,
    pub text: &'a str,
    pub amount_usd: f64,
    pub fees_usd: f64,
    section: u64,
    balance_usd: Option<f64>,
}

/// Which sections the file has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Complete {
    pub trades: bool,
    pub cash: bool,
}

/// Reads a row; a total is kept as what the file states.
pub(super) fn read_row<'a>(
    reading: &mut Reading<'_>,
    row: &'a SheetRow,
    columns: &Columns,
    section: u64,
    lines: &mut Vec<CashLine<'a>>,
) {
    let cell = |names: &[&str]| columns.cell(row, names);
    let text = cell(&["DESCRIPTION"]);
    let day = cell(&["DATE", "Exec Date", "Trade Date"]);
    if day.is_empty()
        && row
            .cells
            .iter()
            .any(|cell| cell.to_ascii_uppercase().contains("TOTAL"))
    {
        total(reading, row, columns, section, lines);
        return;
    }
    let before = reading.file.problems.len();
    let amount_usd = reading.money(row, "AMOUNT", cell(&["AMOUNT"]));
    let fees_usd: f64 = -FEES
        .iter()
        .map(|name| reading.money(row, name, cell(&[name])))
        .sum::<f64>();
    let clock = cell(&["TIME", "Exec Time"]);
    let stated_at = date(day).map(|day| day.to_datetime(time(clock).unwrap_or_default()));
    if stated_at.is_none() {
        reading.problem(row.line, "DATE", day, "a date such as 3/25/26");
    } else if !clock.is_empty() && time(clock).is_none() {
        reading.problem(row.line, "TIME", clock, "a time such as 14:20:49");
    }
    if reading.file.problems.len() > before {
        return;
    }
    let reference = cell(&["REF #"]);
    lines.push(CashLine {
        row,
        stated_at,
        kind: cell(&["TYPE"]).to_ascii_uppercase(),
        reference: (!is_nothing(reference)).then(|| reference.to_owned()),
        text,
        amount_usd,
        fees_usd: cents(fees_usd),
        section,
        balance_usd: number(cell(&["BALANCE"])),
    });
}

/// A row of totals is kept as what the file states.
fn total(
    reading: &mut Reading<'_>,
    row: &SheetRow,
    columns: &Columns,
    section: u64,
    lines: &[CashLine<'_>],
) {
    reading.layout(row);
    let own = || lines.iter().filter(|line| line.section == section);
    if let Some(total) = number(columns.cell(row, &["AMOUNT"])) {
        let sum = own().map(|line| line.amount_usd).sum();
        reading.state(row.line, "Amounts of cash", total, sum);
    }
    let totals: Vec<f64> = FEES
        .iter()
        .filter_map(|name| number(columns.cell(row, &[name])))
        .collect();
    if !totals.is_empty() {
        let sum = own().map(|line| line.fees_usd).sum();
        reading.state(
            row.line,
            "Commissions and fees of cash",
            -totals.iter().sum::<f64>(),
            sum,
        );
    }
}

/// Gives orders their fees and references, turns removals into fills, and keeps every row as cash.
pub(super) fn settle(
    reading: &mut Reading<'_>,
    orders: &mut [Order<'_>],
    lines: Vec<CashLine<'_>>,
    complete: Complete,
) {
    let mut by_time: BTreeMap<DateTime, Vec<usize>> = BTreeMap::new();
    for (place, order) in orders.iter().enumerate() {
        by_time.entry(order.stated_at).or_default().push(place);
    }
    for line in lines {
        let mut fills = Vec::new();
        let kind = kind_of(&line);
        match kind {
            CashKind::Trade => {
                fills = match find(orders, &by_time, &line) {
                    Some(place) => pay(orders, place, &line),
                    None => unpaired(reading, &line, complete),
                };
            }
            CashKind::Settlement => fills = removal(reading, &line),
            CashKind::Balance
            | CashKind::Variation
            | CashKind::Transfer
            | CashKind::Interest
            | CashKind::Dividend
            | CashKind::Fee
            | CashKind::Other => {}
        }
        let at = line.stated_at.map(|stated| reading.local(stated));
        reading.file.cash.push(CashRow {
            line: line.row.line,
            at,
            kind,
            order: line.reference,
            text: line.text.to_owned(),
            amount_usd: line.amount_usd,
            fees_usd: line.fees_usd,
            section: line.section,
            balance_usd: line.balance_usd,
            fills,
        });
    }
    let unpaid: Vec<u64> = orders
        .iter()
        .filter(|order| !order.paid && order.is_held())
        .filter_map(|order| Some(order.legs.first()?.row.line))
        .collect();
    if complete.cash {
        for line in unpaid {
            reading.assume(
                line,
                "no row of cash belongs to this order: its fees are taken as 0",
            );
        }
    } else if !unpaid.is_empty() {
        reading.assume(
            0,
            "the file has no section Cash Balance: all fees are taken as 0",
        );
    }
}

fn kind_of(line: &CashLine<'_>) -> CashKind {
    let text = line.text.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let trade = words(line.text).any(|word| matches!(word, "BOT" | "SOLD"));
    match line.kind.as_str() {
        "BAL" => CashKind::Balance,
        "RAD" | "EXP" | "OEX" | "OAS" | "CSH" => CashKind::Settlement,
        "DOI" if says(&["dividend"]) => CashKind::Dividend,
        "INT" | "DOI" => CashKind::Interest,
        "FND" | "JRN" | "WIN" | "WOU" | "EFN" | "CRC" | "CHK" => CashKind::Transfer,
        "ADJ" | "FEE" => CashKind::Fee,
        "FUT" | "MTM" | "VAR" => CashKind::Variation,
        _ if trade => CashKind::Trade,
        _ if says(&[
            "due to expiration",
            "due to assignment",
            "due to exercise",
            "cash settle",
        ]) =>
        {
            CashKind::Settlement
        }
        _ if says(&["mark to market", "settlement"]) => CashKind::Variation,
        _ if says(&["interest"]) => CashKind::Interest,
        _ if says(&["fee"]) => CashKind::Fee,
        _ => CashKind::Other,
    }
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

/// Where an order's description names a symbol.
fn place_of(text: &str, symbol: &str) -> Option<usize> {
    words(text).position(|word| word.eq_ignore_ascii_case(symbol))
}

/// Whether the word of weeklies follows the symbol and its multiplier; `None` when that is not told.
fn weekly(text: &str, symbol: &str) -> Option<bool> {
    let mut behind = words(text).skip(place_of(text, symbol)? + 1);
    let multiplier = behind.next();
    let marker = behind.next().filter(|_| multiplier == Some("100"))?;
    Some(marker.starts_with('('))
}

/// Signed contracts in a description: the number behind BOT or SOLD.
fn counted(text: &str) -> Option<f64> {
    let mut words = words(text).skip_while(|word| !matches!(*word, "BOT" | "SOLD"));
    words.next()?;
    number(words.next()?)
}

/// The place of the order that a row pays for.
fn find(
    orders: &[Order<'_>],
    by_time: &BTreeMap<DateTime, Vec<usize>>,
    line: &CashLine<'_>,
) -> Option<usize> {
    let stated_at = line.stated_at?;
    let window = SignedDuration::from_secs(WINDOW_SECONDS);
    let from = stated_at.saturating_sub(window);
    let near = by_time.range(from..=stated_at.saturating_add(window));
    let rank = |place: &usize| {
        let order = orders.get(*place)?;
        place_of(line.text, order.legs.first()?.symbol)?;
        let premium = order.premium_usd().unwrap_or(f64::NAN);
        let fits = [
            !order.paid,
            (premium - line.amount_usd).abs() < SAME_USD,
            order.quantity() == counted(line.text),
        ];
        let apart = order.stated_at.duration_until(stated_at).as_secs().abs();
        // of equals the first in the file
        Some((fits, -apart, Reverse(*place)))
    };
    let best = near.flat_map(|(_, places)| places).filter_map(rank).max();
    best.map(|(_, _, Reverse(place))| place)
}

/// Gives an order the fees and the reference of a row; hands back the lines of its legs.
fn pay(orders: &mut [Order<'_>], place: usize, line: &CashLine<'_>) -> Vec<u64> {
    let Some(order) = orders.get_mut(place) else {
        return Vec::new();
    };
    order.paid = true;
    order.fees_usd += line.fees_usd;
    order.amount_usd += line.amount_usd;
    order.reference = order.reference.take().or_else(|| line.reference.clone());
    let first = order.legs.first();
    order.weekly = first.and_then(|leg| weekly(line.text, leg.symbol));
    order.legs.iter().map(|leg| leg.row.line).collect()
}

/// A row without an order: without the section of trades a single option is read off the description.
fn unpaired(reading: &mut Reading<'_>, line: &CashLine<'_>, complete: Complete) -> Vec<u64> {
    let Some(stated_at) = line.stated_at else {
        return Vec::new();
    };
    let ours = ["SPX", "XSP", "VIX"]
        .iter()
        .any(|symbol| place_of(line.text, symbol).is_some());
    let future = words(line.text).any(|word| word.starts_with("/VX"));
    if !ours && !future {
        return Vec::new();
    }
    if !complete.trades
        && let Some(fill) = single(reading, line, stated_at)
    {
        reading.file.fills.push(fill);
        return vec![line.row.line];
    }
    let expected =
        "an order at this time in Account Trade History, which has the prices of its legs";
    reading.problem(line.row.line, "DESCRIPTION", line.text, expected);
    Vec::new()
}

/// `BOT +2 SPX 100 (Weeklys) 5 JUN 26 7500 CALL @2.90 CBOE`, or `SOLD -1 /VXH26 @18.35`.
fn single(
    reading: &mut Reading<'_>,
    line: &CashLine<'_>,
    stated_at: DateTime,
) -> Option<BrokerFill> {
    let mut rest = words(line.text)
        .skip_while(|word| !matches!(*word, "BOT" | "SOLD"))
        .skip(1);
    let quantity = contracts(rest.next()?)?;
    let name = rest.next()?;
    let terms: Vec<&str> = rest.take_while(|word| !word.starts_with('@')).collect();
    let price = words(line.text).find_map(|word| number(word.strip_prefix('@')?))?;
    let contract = if name.starts_with('/') {
        symbol::future(name, Some(stated_at.date())).ok()?
    } else {
        symbol::thinkorswim_option(name, &terms.join(" ")).ok()?
    };
    let at = reading.local(stated_at);
    Some(BrokerFill {
        fees_usd: line.fees_usd,
        order: line.reference.clone(),
        spread: Some("SINGLE".to_owned()),
        amount_usd: Some(line.amount_usd),
        ..bare_fill(line.row.line, (stated_at, at), contract, quantity, price)
    })
}
