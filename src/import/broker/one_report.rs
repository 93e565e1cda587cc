//! The detail report of `OptionNET` Explorer: two kinds of row under two headers, a trade and its legs.

use super::cells::{
    Columns, Sheet, SheetRow, contracts, date, date_time, is_nothing, month_first, number,
    starts_with_day,
};
use super::fill::{BrokerFile, BrokerFill, FillKind};
use super::kind::BrokerKind;
use super::reading::{Money, ReadOptions, Reading, bare_fill, price_holds};
use super::symbol::{self, Refusal};
use super::tos_removals;
use super::tos_statement::option_by_parts;
use crate::instrument::Contract;

/// The trade whose legs are being read.
#[derive(Default)]
struct Trade<'a> {
    line: u64,
    id: &'a str,
    name: &'a str,
    file_usd: Option<f64>,
}

pub(super) fn read(name: &str, sheet: &Sheet, options: &ReadOptions) -> BrokerFile {
    let mut reading = Reading::start(name, BrokerKind::OneDetailReport, sheet, options);
    let (mut trades, mut legs): (Option<Columns>, Option<Columns>) = (None, None);
    let mut trade = Trade::default();
    let day_first = reading
        .rows()
        .flat_map(|row| &row.cells)
        .any(|cell| starts_with_day(cell));
    if day_first {
        reading.assume(
            0,
            "a date begins with a number above 12: all dates are taken as day/month/year",
        );
    }
    for row in reading.rows() {
        let filled = |place: usize| row.cells.get(place).is_some_and(|cell| !cell.is_empty());
        if row.is_blank() {
            reading.layout(row);
        } else if row.has_columns(&["tradeid", "tradename"]) {
            reading.layout(row);
            trades = Some(Columns::of(row));
        } else if row.has_columns(&["tradeid", "transaction", "qty"]) {
            reading.layout(row);
            legs = Some(Columns::of(row));
        } else if filled(0) {
            // the words above the headers, a group's name, or sums
            if row.only_cell().is_some() || trades.is_none() {
                reading.layout(row);
            } else {
                reading.skip(row, "a sum of the report", 0.0, 0.0);
            }
        } else if let (true, Some(columns)) = (filled(1), &trades) {
            close(&mut reading, &trade, row.line);
            trade = begin(&mut reading, row, columns);
        } else if let Some(columns) = &legs {
            leg(&mut reading, row, columns, &trade, day_first);
        } else {
            reading.problem(row.line, "line", &row.text(), "a header before the rows");
        }
    }
    close(&mut reading, &trade, u64::MAX);
    tos_removals::orient(&mut reading);
    reading.finish()
}

fn begin<'a>(reading: &mut Reading<'_>, row: &'a SheetRow, columns: &Columns) -> Trade<'a> {
    let cell = |name: &str| columns.cell(row, &[name]);
    reading.layout(row);
    let account = cell("Account");
    if reading.file.account.is_none() && !account.is_empty() {
        reading.file.account = Some(account.to_owned());
    }
    let commissions = cell("Comms");
    if number(commissions).is_none() && !is_nothing(commissions) {
        reading.problem(row.line, "Comms", commissions, "dollars of commission");
    }
    Trade {
        line: row.line,
        id: cell("TradeId"),
        name: cell("TradeName"),
        file_usd: number(commissions),
    }
}

fn close(reading: &mut Reading<'_>, trade: &Trade<'_>, before: u64) {
    let Some(file_usd) = trade.file_usd else {
        return;
    };
    let lines = trade.line..before;
    let fills = reading
        .file
        .fills
        .iter()
        .filter(|fill| lines.contains(&fill.line));
    let skipped = reading
        .file
        .skipped
        .iter()
        .filter(|row| lines.contains(&row.line));
    let rows_usd = fills
        .map(|fill| fill.fees_usd)
        .chain(skipped.map(|row| row.fees_usd))
        .sum();
    let what = format!("Commissions of trade {}", trade.id);
    reading.state(trade.line, &what, file_usd, rows_usd);
}

fn leg(
    reading: &mut Reading<'_>,
    row: &SheetRow,
    columns: &Columns,
    trade: &Trade<'_>,
    day_first: bool,
) {
    let cell = |name: &str| columns.cell(row, &[name]);
    let before = reading.file.problems.len();
    let fees_usd = reading.money(row, "Commission", cell("Commission"));
    let written = |text: &str| {
        if day_first {
            month_first(text)
        } else {
            text.to_owned()
        }
    };
    let Some(stated_at) = date_time(&written(cell("Date"))) else {
        reading.problem(
            row.line,
            "Date",
            cell("Date"),
            "a time such as 10/11/2021 11:37:32 AM",
        );
        return;
    };
    let contract = match contract(row, columns, &written(cell("Expiry")), stated_at.date()) {
        Ok(contract) => contract,
        Err(refusal) => {
            let column = ["Symbol", "Type"][usize::from(cell("Type").is_empty())];
            let money = Money {
                fees_usd,
                ..Money::default()
            };
            reading.refuse(row, (column, cell(column)), &refusal, money);
            return;
        }
    };
    let Some((kind, sold)) = transaction(cell("Transaction")) else {
        reading.problem(row.line, "Transaction", cell("Transaction"), "Buy or Sell");
        return;
    };
    let Some(count) = contracts(cell("Qty")) else {
        reading.problem(row.line, "Qty", cell("Qty"), "whole contracts, not 0");
        return;
    };
    let Some(price) = number(cell("Price")).filter(|price| price_holds(contract, *price)) else {
        reading.problem(row.line, "Price", cell("Price"), "a price in points");
        return;
    };
    if reading.file.problems.len() > before {
        return;
    }
    let at = reading.local(stated_at);
    let quantity = if sold { -count.abs() } else { count };
    let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let id = cell("TradeId");
    reading.file.fills.push(BrokerFill {
        fees_usd,
        kind,
        trade_id: named(if id.is_empty() { trade.id } else { id }),
        trade_name: named(trade.name).filter(|_| id.is_empty() || id == trade.id),
        ..bare_fill(row.line, (stated_at, at), contract, quantity, price)
    });
}

/// What a transaction is, and whether it sells.
fn transaction(text: &str) -> Option<(FillKind, bool)> {
    let word = text.to_ascii_lowercase();
    let starts = |beginnings: [&str; 2]| beginnings.iter().any(|start| word.starts_with(start));
    let sold = starts(["sell", "sold"]);
    let kinds = [
        ("expir", FillKind::Expired),
        ("assign", FillKind::Assigned),
        ("exercis", FillKind::Exercised),
    ];
    let ended = kinds
        .iter()
        .find(|(part, _)| word.contains(part))
        .map(|(_, kind)| *kind);
    let traded = (sold || starts(["buy", "bought"])).then_some(FillKind::Trade);
    Some((ended.or(traded)?, sold))
}

fn contract(
    row: &SheetRow,
    columns: &Columns,
    expiry: &str,
    near: jiff::civil::Date,
) -> Result<Contract, Refusal> {
    let cell = |name: &str| columns.cell(row, &[name]);
    let (symbol, kind) = (cell("Symbol"), cell("Type"));
    if symbol::right(kind).is_some() {
        let stated = date(expiry);
        if stated.is_none() && !is_nothing(expiry) {
            return Err(Refusal::Unreadable(
                "a symbol with an expiry that reads, such as 3/18/2022",
            ));
        }
        return match symbol::option_symbol(symbol, stated) {
            Err(Refusal::Unreadable(_)) => {
                let strike = cell("Description")
                    .split_whitespace()
                    .rev()
                    .nth(1)
                    .unwrap_or_default();
                option_by_parts(cell("Underlying"), expiry, strike, kind, None)
            }
            read => read,
        };
    }
    if kind.to_ascii_lowercase().starts_with("future") || symbol.starts_with("/VX") {
        return symbol::future(symbol, Some(near));
    }
    if kind.is_empty() {
        return Err(Refusal::Unreadable("Put, Call, Stock or Future"));
    }
    Err(symbol::not_held(&format!(
        "{} in {symbol}",
        kind.to_lowercase()
    )))
}
