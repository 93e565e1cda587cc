//! Shiller's monthly data as CSV: price, dividend, earnings, CPI, long rate, P/E10. Figures not yet out
//! stand as 0, which is no value.

use super::column::{Column, Complaints, HistoryFile, Parsed, read_columns};
use super::text::{Head, position};
use crate::series::SeriesId;

/// Columns read; the real ones follow from them.
const COLUMNS: [(&str, SeriesId); 6] = [
    ("SP500", SeriesId::SpxMonthlyAverage),
    ("Dividend", SeriesId::SpxDividends),
    ("Earnings", SeriesId::SpxEarnings),
    ("Consumer Price Index", SeriesId::CpiUnadjusted),
    ("Long Interest Rate", SeriesId::Treasury10yMonthly),
    ("PE10", SeriesId::Cape),
];

fn is_header(cells: &[&str]) -> bool {
    ["Date", "SP500", "Dividend", "Earnings", "PE10"]
        .iter()
        .all(|name| position(cells, name).is_some())
}

pub(super) fn recognise(head: &Head<'_>) -> bool {
    head.header(is_header).is_some()
}

pub(super) fn read(file: &HistoryFile<'_>, format: (&'static str, u8)) -> Parsed {
    let head = file.head();
    let Some((line, header)) = head.header(is_header) else {
        return Parsed::default();
    };
    let date = position(header, "Date").unwrap_or(0);
    let mut ids = Vec::new();
    let mut columns = Vec::new();
    for (name, id) in COLUMNS {
        if let Some(at) = position(header, name) {
            let mut column = Column::named(name);
            column.zero_is_missing = true;
            columns.push((at, column));
            ids.push(id);
        }
    }
    let mut complaints = Complaints::about(file.name);
    let columns = read_columns(file, line, date, columns, &mut complaints);
    let series = columns
        .into_iter()
        .zip(ids)
        .filter_map(|(column, id)| column.check(id, format, &mut complaints))
        .collect();
    Parsed {
        series,
        problems: complaints.finish(),
        ..Parsed::default()
    }
}
