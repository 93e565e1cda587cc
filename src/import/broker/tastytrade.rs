//! tastytrade's history in its four generations: 21 columns, 20 (no `Total`), 18 (no `Sub Type`, `Total`,
//! `Currency`), and tastyworks' 15.
//!
//! Columns are read by name. Values of the first three are signed dollars and their average price is
//! dollars per contract; fees are negative when paid. The 15 columns have a price in points, fees
//! positive when paid, and the clock of the user's browser.

use jiff::civil::DateTime;

use super::cells::{self, Columns, Sheet, SheetRow, contracts, date, is_nothing, number};
use super::fill::{BrokerFile, CashKind, CashRow};
use super::kind::BrokerKind;
use super::reading::{Money, ReadOptions, Reading, cents};
use super::symbol::{self, Refusal};
use super::tasty_fills::fills;
use super::tos_statement::option_by_parts;
use crate::instrument::Contract;

/// Dollars within which two amounts are the same.
const SAME_USD: f64 = 0.015;

/// One row that is about a contract of ours.
pub(super) struct Line<'a> {
    pub row: &'a SheetRow,
    pub at: DateTime,
    pub stated_at: DateTime,
    pub contract: Contract,
    pub count: i32,
    /// Type, sub type, action and description in lower case.
    pub words: String,
    pub money: Money,
    pub price: Option<f64>,
    pub order: Option<String>,
}

/// Sums of the columns over all rows, whatever became of them.
#[derive(Default)]
struct Totals {
    value_usd: f64,
    fees_usd: f64,
    total_usd: f64,
    header: u64,
}

pub(super) fn read(
    name: &str,
    kind: BrokerKind,
    sheet: &Sheet,
    options: &ReadOptions,
) -> BrokerFile {
    let mut reading = Reading::start(name, kind, sheet, options);
    let mut columns: Option<Columns> = None;
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut totals = Totals::default();
    for row in reading.rows() {
        let header = row.has_columns(&["date", "action", "symbol", "quantity"])
            || row.has_columns(&["date/time", "transaction code", "symbol", "quantity"]);
        if row.is_blank() {
            reading.layout(row);
        } else if header {
            reading.layout(row);
            totals.header = row.line;
            columns = Some(Columns::of(row));
        } else if let Some(columns) = &columns {
            lines.extend(line(&mut reading, row, columns, &mut totals));
        } else {
            reading.problem(
                row.line,
                "line",
                &row.text(),
                "the header line before the rows",
            );
        }
    }
    if lines
        .first()
        .zip(lines.last())
        .is_none_or(|(first, last)| first.at >= last.at)
    {
        lines.reverse();
    }
    lines.sort_by_key(|line| line.at);
    fills(&mut reading, &lines);
    let has_total = columns.is_some_and(|columns| columns.has("Total"));
    state_totals(&mut reading, &totals, has_total);
    reading.finish()
}

/// Reads one row: cash and rows left out are put into the file, rows of our contracts are handed back.
fn line<'a>(
    reading: &mut Reading<'_>,
    row: &'a SheetRow,
    columns: &Columns,
    totals: &mut Totals,
) -> Option<Line<'a>> {
    let cell = |names: &[&str]| columns.cell(row, names);
    let before = reading.file.problems.len();
    let money = money(reading, row, columns);
    totals.value_usd += money.amount_usd;
    totals.fees_usd += money.fees_usd;
    totals.total_usd += number(cell(&["Total"])).unwrap_or(0.0);
    let (stated_at, at) = times(reading, row, columns)?;
    if reading.file.problems.len() > before {
        return None;
    }
    name_account(reading, cell(&["Account Reference", "Account"]));
    let currency = cell(&["Currency"]);
    if !matches!(currency.to_ascii_uppercase().as_str(), "" | "USD") {
        let why = format!("in {currency}, and the desk counts in dollars");
        reading.skip(row, &why, money.amount_usd, money.fees_usd);
        return None;
    }
    let words = words(row, columns);
    let order = cell(&["Order #"]);
    let order = (!is_nothing(order)).then(|| order.to_owned());
    if words.starts_with("money movement") {
        let text = [
            cell(&["Description"]),
            cell(&["Sub Type", "Transaction Subcode"]),
        ];
        reading.file.cash.push(CashRow {
            line: row.line,
            at: Some(at),
            kind: cash_kind(&words),
            order,
            text: text[usize::from(text[0].is_empty())].to_owned(),
            amount_usd: money.amount_usd,
            fees_usd: money.fees_usd,
            section: totals.header,
            balance_usd: None,
            fills: Vec::new(),
        });
        return None;
    }
    let contract = contract(row, columns, stated_at)
        .map_err(|refusal| reading.refuse(row, ("Symbol", cell(&["Symbol"])), &refusal, money))
        .ok()?;
    let Some(count) = contracts(cell(&["Quantity"])).map(i32::abs) else {
        let expected = "whole contracts, not 0";
        reading.problem(row.line, "Quantity", cell(&["Quantity"]), expected);
        return None;
    };
    Some(Line {
        row,
        at,
        stated_at,
        contract,
        count,
        words,
        money,
        price: price(row, columns, contract, count, money),
        order,
    })
}

/// The account that a row names, unless the caller or an earlier row did.
fn name_account(reading: &mut Reading<'_>, account: &str) {
    if reading.file.account.is_none() && !is_nothing(account) {
        reading.file.account = Some(account.to_owned());
    }
}

/// Type, sub type, action and description in lower case.
fn words(row: &SheetRow, columns: &Columns) -> String {
    let names: [&[&str]; 6] = [
        &["Type", "Transaction Code"],
        &["Sub Type", "Transaction Subcode"],
        &["Action"],
        &["Buy/Sell"],
        &["Open/Close"],
        &["Description"],
    ];
    let cells = names.map(|names| columns.cell(row, names));
    cells.join(" ").to_ascii_lowercase().replace('_', " ")
}

/// The time as the file has it, and New York's; complains when there is none.
fn times(
    reading: &mut Reading<'_>,
    row: &SheetRow,
    columns: &Columns,
) -> Option<(DateTime, DateTime)> {
    let stamp = columns.cell(row, &["Date", "Date/Time"]);
    if let Some(at) = cells::offset_time(stamp) {
        return Some((at, at));
    }
    let Some(stated) = cells::date_time(stamp).or_else(|| stamp.parse().ok()) else {
        let expected = "a time such as 2026-04-02T06:46:35-0700 or 12/29/2020 3:36 PM";
        reading.problem(row.line, "Date", stamp, expected);
        return None;
    };
    Some((stated, reading.local(stated)))
}

/// Whether the columns are those of before 2022: points for prices, fees positive when paid.
fn is_legacy(columns: &Columns) -> bool {
    columns.has("Transaction Code")
}

fn money(reading: &mut Reading<'_>, row: &SheetRow, columns: &Columns) -> Money {
    let value = columns.cell(row, &["Value", "Amount"]);
    let mut amount_usd = reading.money(row, "Value", value);
    let commissions = reading.money(row, "Commissions", columns.cell(row, &["Commissions"]));
    let fees = reading.money(row, "Fees", columns.cell(row, &["Fees"]));
    let fees_usd = if is_legacy(columns) {
        commissions + fees
    } else {
        -commissions - fees
    };
    let total = columns.cell(row, &["Total"]);
    if is_nothing(value) && !is_nothing(total) {
        amount_usd = reading.money(row, "Total", total) + fees_usd;
    }
    Money {
        amount_usd,
        fees_usd: cents(fees_usd),
    }
}

fn contract(row: &SheetRow, columns: &Columns, at: DateTime) -> Result<Contract, Refusal> {
    let cell = |names: &[&str]| columns.cell(row, names);
    let symbol = cell(&["Symbol"]);
    let kind = cell(&["Instrument Type"]).to_ascii_lowercase();
    let (expiry, strike) = (
        cell(&["Expiration Date"]),
        cell(&["Strike Price", "Strike"]),
    );
    let side = cell(&["Call or Put", "Call/Put"]);
    if kind == "future" || (symbol.starts_with('/') && side.is_empty()) {
        return symbol::future(symbol, Some(at.date()));
    }
    if kind == "future option" || symbol.starts_with("./") || symbol.starts_with('/') {
        return Err(symbol::not_held("options on futures"));
    }
    if side.is_empty() && !kind.contains("option") {
        let what = if kind.is_empty() {
            "shares"
        } else {
            kind.as_str()
        };
        let what = if symbol.is_empty() {
            what.to_owned()
        } else {
            format!("{what} {symbol}")
        };
        return Err(symbol::not_held(&what));
    }
    match symbol::option_symbol(symbol, date(expiry)) {
        Err(Refusal::Unreadable(_)) if !side.is_empty() => {
            let root = if symbol.contains(' ') {
                cell(&["Root Symbol", "Underlying Symbol"])
            } else {
                symbol
            };
            option_by_parts(root, expiry, strike, side, None)
        }
        read => read,
    }
}

/// Points per unit: by the value; of a future and where there is no value, by the description's `@` or
/// the column.
fn price(
    row: &SheetRow,
    columns: &Columns,
    contract: Contract,
    count: i32,
    money: Money,
) -> Option<f64> {
    let per_point = f64::from(count) * contract.multiplier();
    let text = columns.cell(row, &["Description"]);
    let told = text
        .rsplit_once('@')
        .and_then(|(_, price)| number(price.split_whitespace().next()?));
    let column = number(columns.cell(row, &["Average Price", "Price"])).map(f64::abs);
    if !contract.root().is_option() {
        return told.or(column);
    }
    if is_legacy(columns)
        && let Some(points) = column
    {
        return Some(points);
    }
    if money.amount_usd != 0.0 {
        let points = money.amount_usd.abs() / per_point;
        // the cell is rounded to a cent a contract; the description has the price as traded
        return Some(
            told.filter(|told| (told * per_point - money.amount_usd.abs()).abs() < SAME_USD)
                .unwrap_or(points),
        );
    }
    column.map(|usd| usd / contract.multiplier()).or(Some(0.0))
}

fn cash_kind(words: &str) -> CashKind {
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if says(&["mark to market", "futures settlement"]) {
        CashKind::Variation
    } else if says(&["interest"]) {
        CashKind::Interest
    } else if says(&["dividend"]) {
        CashKind::Dividend
    } else if says(&["deposit", "withdrawal", "transfer", "ach"]) {
        CashKind::Transfer
    } else if says(&["fee"]) {
        CashKind::Fee
    } else {
        CashKind::Other
    }
}

/// The columns' sums against what was taken over or left out: a row that was complained about is missing
/// from ours.
fn state_totals(reading: &mut Reading<'_>, totals: &Totals, has_total: bool) {
    if totals.header == 0 {
        return;
    }
    let file = &reading.file;
    let amounts = (file.fills.iter().filter_map(|fill| fill.amount_usd))
        .chain(file.cash.iter().map(|row| row.amount_usd))
        .chain(file.skipped.iter().map(|row| row.amount_usd));
    let fees = (file.fills.iter().map(|fill| fill.fees_usd))
        .chain(file.cash.iter().map(|row| row.fees_usd))
        .chain(file.skipped.iter().map(|row| row.fees_usd));
    let (amounts, fees): (f64, f64) = (amounts.sum(), fees.sum());
    reading.state(
        totals.header,
        "Value of all rows",
        totals.value_usd,
        amounts,
    );
    reading.state(
        totals.header,
        "Commissions and fees of all rows",
        totals.fees_usd,
        fees,
    );
    if has_total {
        reading.state(
            totals.header,
            "Total of all rows",
            totals.total_usd,
            amounts - fees,
        );
    }
}
