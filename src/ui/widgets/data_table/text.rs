//! A table as text: tab-separated for a spreadsheet's clipboard, CSV for a file.

use super::{Column, Row};
use crate::ui::format;

/// Rows under their heads, separated by tabs.
///
/// The typographic minus becomes a hyphen and thousands commas go, so that a spreadsheet reads
/// numbers as numbers; a unit that the cell shows goes into the cell as well when it has no number.
#[must_use]
pub fn to_tsv<'a>(columns: &[Column], rows: impl IntoIterator<Item = &'a Row>) -> String {
    let mut text = String::new();
    for line in lines(columns, rows) {
        let fields: Vec<String> = line
            .into_iter()
            .map(|field| field.replace(['\t', '\n', '\r'], " "))
            .collect();
        text.push_str(&fields.join("\t"));
        text.push('\n');
    }
    text
}

/// The same as CSV by RFC 4180.
#[must_use]
pub fn to_csv<'a>(columns: &[Column], rows: impl IntoIterator<Item = &'a Row>) -> String {
    let mut text = String::new();
    for line in lines(columns, rows) {
        let fields: Vec<String> = line.iter().map(|field| quoted(field)).collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    text
}

fn lines<'a>(columns: &[Column], rows: impl IntoIterator<Item = &'a Row>) -> Vec<Vec<String>> {
    let heads = columns.iter().map(|column| column.title.clone()).collect();
    let body = rows.into_iter().map(|row| {
        let cells = row.cells.iter().map(|cell| {
            if cell.is_number {
                plain_number(&cell.text)
            } else {
                cell.text.clone()
            }
        });
        cells.collect()
    });
    std::iter::once(heads).chain(body).collect()
}

/// A figure as machines write it; what is not a single number stays, with a plain minus.
fn plain_number(text: &str) -> String {
    let is_plain_unit = !text.ends_with(['%', 'k', 'K', 'm', 'M']);
    if is_plain_unit && format::parse_number(text).is_ok() {
        return text
            .replace(format::MINUS, "-")
            .replace([',', '$', '+'], "");
    }
    text.replace(format::MINUS, "-")
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Column, Row};
    use super::*;

    fn table() -> ([Column; 3], [Row; 2]) {
        (
            [
                Column::text("Leg, side"),
                Column::num("Strike"),
                Column::num("P/L"),
            ],
            [
                Row::new(vec![
                    Cell::text("Put \"wing\""),
                    Cell::num("5,590"),
                    Cell::num("−$1,234"),
                ]),
                Row::new(vec![
                    Cell::text("Call"),
                    Cell::num("6,305.5"),
                    Cell::num("1.19 / 1.01"),
                ]),
            ],
        )
    }

    #[test]
    fn numbers_become_plain() {
        let (columns, rows) = table();
        let expected =
            "Leg, side\tStrike\tP/L\nPut \"wing\"\t5590\t-1234\nCall\t6305.5\t1.19 / 1.01\n";
        assert_eq!(to_tsv(&columns, &rows), expected);
    }

    #[test]
    fn csv_quotes_what_it_must_and_reads_back() {
        let (columns, rows) = table();
        let text = to_csv(&columns, &rows);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().expect("heads").get(0), Some("Leg, side"));
        let records: Vec<_> = reader.records().map(|r| r.expect("a record")).collect();
        assert_eq!(records[0].get(0), Some("Put \"wing\""));
        assert_eq!(records[0].get(2), Some("-1234"));
    }
}
