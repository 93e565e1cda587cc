//! A date column and one or more columns of values, with or without header.
//!
//! A column belongs to the series that its header names (by key, FRED code or alias). If no header
//! names one, the column `close`, `value` or the only other one is read, and known values or the
//! file's name say whose it is.

use super::column::{Column, HistoryFile, Parsed, read_named};
use super::dates::{Order, parse};
use super::single;
use super::text::{Cell, Head, number};
use crate::series::SeriesId;

/// Names of the column that counts when none names a series.
const VALUE_COLUMNS: [&str; 4] = ["close", "value", "last", "price"];
/// Names of the column of dates.
const DATE_COLUMNS: [&str; 5] = ["date", "day", "month", "time", "timestamp"];

fn date_column(cells: &[&str]) -> Option<usize> {
    let is_date = |cell: &&str| {
        DATE_COLUMNS
            .iter()
            .any(|name| name.eq_ignore_ascii_case(cell))
    };
    cells.iter().position(is_date).filter(|_| cells.len() > 1)
}

fn is_bare_row(cells: &[&str]) -> bool {
    matches!(cells, [date, value]
        if parse(date, Order::MonthFirst).or_else(|| parse(date, Order::DayFirst)).is_some()
            && matches!(number(value), Cell::Number(_)))
}

pub(super) fn recognise(head: &Head<'_>) -> bool {
    let Some((_, first)) = head.filled().find(|(_, cells)| !is_comment(cells)) else {
        return false;
    };
    date_column(first).is_some() || is_bare_row(first)
}

fn is_comment(cells: &[&str]) -> bool {
    cells.first().is_some_and(|cell| cell.starts_with('#'))
}

pub(super) fn read(file: &HistoryFile<'_>, format: (&'static str, u8)) -> Parsed {
    let head = file.head();
    let Some((line, header)) = head.filled().find(|(_, cells)| !is_comment(cells)) else {
        return Parsed::default();
    };
    let Some(date) = date_column(header) else {
        return single::read(file, line - 1, 0, (1, Column::named("value")), format);
    };
    let named: Vec<(usize, Column)> = header
        .iter()
        .enumerate()
        .filter(|(at, name)| *at != date && SeriesId::named(name).is_some())
        .map(|(at, name)| (at, Column::named(name)))
        .collect();
    if !named.is_empty() {
        return read_named(file, line, date, named, format);
    }
    match value_column(header, date) {
        Some(at) => {
            let column = Column::named(header.get(at).copied().unwrap_or("value"));
            single::read(file, line, date, (at, column), format)
        }
        None => Parsed::skipped(format!("no column names a series: {}", header.join(", "))),
    }
}

/// The column that counts when none names a series.
fn value_column(header: &[&str], date: usize) -> Option<usize> {
    let named = |name: &&str| {
        header
            .iter()
            .position(|cell| cell.eq_ignore_ascii_case(name))
    };
    let only = || {
        let mut others = (0..header.len()).filter(|at| *at != date && !header[*at].is_empty());
        others.next().filter(|_| others.next().is_none())
    };
    VALUE_COLUMNS.iter().find_map(named).or_else(only)
}
