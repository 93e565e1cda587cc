//! Downloads from FRED: `observation_date,SERIES` with blanks, or `DATE,SERIES` with a full stop, where
//! there is no value; one series or several.

use super::column::{Column, Complaints, HistoryFile, Parsed, read_columns};
use super::text::Head;
use crate::series::SeriesId;

fn is_header(cells: &[&str]) -> bool {
    let Some((date, codes)) = cells.split_first() else {
        return false;
    };
    let is_code = |code: &&str| SeriesId::of_fred(code).is_some();
    date.eq_ignore_ascii_case("observation_date")
        || date.eq_ignore_ascii_case("date") && codes.iter().any(is_code)
}

pub(super) fn recognise(head: &Head<'_>) -> bool {
    // the header is FRED's first line; "date" further down is somebody else's
    head.first().is_some_and(|(_, cells)| is_header(cells))
}

pub(super) fn read(file: &HistoryFile<'_>, format: (&'static str, u8)) -> Parsed {
    let head = file.head();
    let Some((line, header)) = head.first() else {
        return Parsed::default();
    };
    let columns: Vec<(usize, Column)> = header
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, code)| SeriesId::of_fred(code).is_some())
        .map(|(at, code)| (at, Column::named(code)))
        .collect();
    if columns.is_empty() {
        let codes = header.get(1..).unwrap_or_default().join(", ");
        return Parsed::skipped(format!("no series of the desk: {codes}"));
    }
    let mut complaints = Complaints::about(file.name);
    let columns = read_columns(file, line, 0, columns, &mut complaints);
    let mut parsed = Parsed::default();
    for column in columns {
        if let Some(id) = SeriesId::of_fred(&column.name) {
            parsed
                .series
                .extend(column.check(id, format, &mut complaints));
        }
    }
    parsed.problems = complaints.finish();
    parsed
}
