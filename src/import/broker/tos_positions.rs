//! thinkorswim's position statement: a row per symbol, below it the underlying and its options.

use jiff::civil::Date;

use super::cells::{Columns, Sheet, SheetRow, contracts, date_time, is_nothing, number};
use super::fill::{BrokerFile, BrokerHolding};
use super::kind::BrokerKind;
use super::reading::{Money, ReadOptions, Reading};
use super::symbol::{self, Refusal};
use super::tos_statement::account_of;
use crate::instrument::Contract;

/// A symbol, and the profit that the file states for all that stands below it.
struct Group<'a> {
    line: u64,
    symbol: &'a str,
    file_usd: Option<f64>,
}

pub(super) fn read(name: &str, sheet: &Sheet, options: &ReadOptions) -> BrokerFile {
    let mut reading = Reading::start(name, BrokerKind::ThinkorswimPositions, sheet, options);
    let mut columns: Option<Columns> = None;
    let mut near = None;
    let mut group: Option<Group<'_>> = None;
    for row in reading.rows() {
        if row.is_blank() {
            reading.layout(row);
        } else if row.has_columns(&["instrument", "qty"]) {
            reading.layout(row);
            columns = Some(Columns::of(row));
        } else if let Some(title) = row.only_cell() {
            if let Some(account) = account_of(title, "position statement for") {
                reading.file.account = Some(account);
            }
            let moment = title
                .rsplit_once(" on ")
                .and_then(|(_, moment)| date_time(moment));
            near = moment.map(|moment| moment.date()).or(near);
            reading.layout(row);
        } else if let Some(columns) = &columns {
            position(&mut reading, row, columns, &mut group, near);
        } else {
            let expected = "a header with Instrument and Qty before the positions";
            reading.problem(row.line, "line", &row.text(), expected);
        }
    }
    close(&mut reading, group.as_ref(), u64::MAX);
    reading.finish()
}

/// States the profit of a group that is complete.
fn close(reading: &mut Reading<'_>, group: Option<&Group<'_>>, before: u64) {
    if let Some(&Group {
        line,
        symbol,
        file_usd: Some(file_usd),
    }) = group
    {
        let rows_usd = reading.sum_between(line..before, |held| held.profit_usd);
        reading.state(line, &format!("P/L open of {symbol}"), file_usd, rows_usd);
    }
}

/// Words with which rows of sums begin.
const SUMS: [&str; 6] = [
    "overall",
    "subtotal",
    "total",
    "bp adj",
    "overnight",
    "available",
];

fn position<'a>(
    reading: &mut Reading<'_>,
    row: &'a SheetRow,
    columns: &Columns,
    group: &mut Option<Group<'a>>,
    near: Option<Date>,
) {
    let cell = |name: &str| columns.cell(row, &[name]);
    let (instrument, quantity) = (cell("Instrument"), cell("Qty"));
    let profit = number(cell("P/L Open"));
    let lower = instrument.to_ascii_lowercase();
    if SUMS.iter().any(|word| lower.starts_with(word)) || lower.starts_with("cash &") {
        close(reading, group.take().as_ref(), row.line);
        reading.skip(row, "a figure of the whole account", 0.0, 0.0);
        return;
    }
    let first = instrument.split_whitespace().next().unwrap_or_default();
    let option = symbol::right(instrument.split_whitespace().last().unwrap_or_default()).is_some()
        && first.starts_with(|letter: char| letter.is_ascii_digit());
    let listed = instrument
        .rsplit_once("(prev. ")
        .and_then(|(_, tail)| tail.strip_suffix(')'));
    let heads_group =
        !option && listed.is_none() && (is_nothing(quantity) || instrument.starts_with('/'));
    if heads_group {
        close(reading, group.take().as_ref(), row.line);
        reading.layout(row);
        *group = Some(Group {
            line: row.line,
            symbol: instrument,
            file_usd: profit,
        });
        return;
    }
    let symbol = group.as_ref().map_or("", |group| group.symbol);
    let contract: Result<Contract, Refusal> = if option {
        symbol::thinkorswim_option(symbol, instrument)
    } else if let Some(listed) = listed {
        symbol::future(listed, near)
    } else if contracts(quantity).is_none() && number(quantity) == Some(0.0) {
        Err(Refusal::NotHeld("nothing of it is held".to_owned()))
    } else {
        Err(symbol::not_held("shares"))
    };
    match contract {
        Err(refusal) => {
            let money = Money {
                amount_usd: profit.unwrap_or(0.0),
                fees_usd: 0.0,
            };
            reading.refuse(row, ("Instrument", instrument), &refusal, money);
        }
        Ok(contract) => match contracts(quantity) {
            None => reading.problem(row.line, "Qty", quantity, "whole contracts, not 0"),
            Some(quantity) => reading.file.holdings.push(BrokerHolding {
                line: row.line,
                contract,
                quantity,
                price: number(cell("Trade Price")),
                mark: number(cell("Mark")),
                value_usd: number(cell("Mark Value")),
                profit_usd: profit,
            }),
        },
    }
}
