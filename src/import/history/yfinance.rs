//! CSV of the Python package yfinance since 0.2.5x: three header rows (`Price`, `Ticker`, `Date`), columns
//! in any order, several tickers side by side.

use super::column::{Column, HistoryFile, Parsed, read_named};
use super::text::Head;
use crate::series::SeriesId;

fn starts(cells: &[&str], word: &str) -> bool {
    cells
        .first()
        .is_some_and(|cell| cell.eq_ignore_ascii_case(word))
}

pub(super) fn recognise(head: &Head<'_>) -> bool {
    let mut lines = head.filled();
    let mut next = |word| lines.next().is_some_and(|(_, cells)| starts(cells, word));
    next("Price") && next("Ticker")
}

pub(super) fn read(file: &HistoryFile<'_>, format: (&'static str, u8)) -> Parsed {
    let head = file.head();
    let lines: Vec<_> = head.filled().take(3).collect();
    let [(_, prices), (ticker_line, tickers), rest @ ..] = lines.as_slice() else {
        return Parsed::default();
    };
    // the third row holds the word Date alone; some versions leave it out
    let dates = rest.first().filter(|(_, cells)| starts(cells, "Date"));
    let last_header = dates.map_or(*ticker_line, |(line, _)| *line);
    let closes: Vec<(usize, &str)> = prices
        .iter()
        .zip(*tickers)
        .enumerate()
        .filter(|(_, (price, _))| price.eq_ignore_ascii_case("Close"))
        .map(|(at, (_, ticker))| (at, *ticker))
        .collect();
    let known = |ticker: &str| SeriesId::named(ticker);
    let (known, unknown): (Vec<_>, Vec<_>) = closes
        .into_iter()
        .partition(|(_, ticker)| known(ticker).is_some());
    if known.is_empty() {
        let names: Vec<&str> = unknown.iter().map(|(_, ticker)| *ticker).collect();
        return Parsed::skipped(format!("no series of the desk: {}", names.join(", ")));
    }
    let columns = known
        .iter()
        .map(|&(at, ticker)| (at, Column::named(ticker)))
        .collect();
    read_named(file, last_header, 0, columns, format)
}
