//! CSV as Yahoo served it: `Date,Open,High,Low,Close,Adj Close,Volume`, `null` where there is nothing.

use super::column::{Column, HistoryFile, Parsed};
use super::single;
use super::text::{Head, position};

fn is_header(cells: &[&str]) -> bool {
    ["Date", "Open", "High", "Low", "Close", "Adj Close"]
        .iter()
        .all(|name| position(cells, name).is_some())
}

pub(super) fn recognise(head: &Head<'_>) -> bool {
    head.header(is_header).is_some()
}

/// The close, not adjusted for dividends: indices have none, and the ratio of two funds is meant as
/// traded.
pub(super) fn read(file: &HistoryFile<'_>, format: (&'static str, u8)) -> Parsed {
    let head = file.head();
    let Some((line, header)) = head.header(is_header) else {
        return Parsed::default();
    };
    let date = position(header, "Date").unwrap_or(0);
    let close = position(header, "Close").unwrap_or(4);
    let column = Column::named("Close");
    single::read(file, line, date, (close, column), format)
}
