//! Rows typed by hand: our own file `manual.csv`, beside the imported ones and never mixed with them.
//!
//! ```text
//! # Palisade manual rows, schema 1
//! date,series,value
//! 2026-07-24,VIX,17.9
//! 2026-07-24,VX 2026-08-19,18.6
//! 2026-07-29,event FOMC,
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::column::{Column, Complaints, HistoryFile, Parsed};
use super::dates::{self, Order};
use super::text::{Cell, Head, Lines, decode, number, split};
use crate::series::vx::PRICE_RANGE;
use crate::series::{
    Event, EventKind, LibraryProblem, ManualEntry, ManualRow, SeriesId, Severity, VxBar, VxSource,
    plausible_range,
};

/// Name of the file in the user's folder.
pub const MANUAL_FILE: &str = "manual.csv";

/// Beginning of the first line, before the schema.
const HEADING: &str = "# Palisade manual rows, schema ";
/// Newest schema that can be read.
const SCHEMA: u32 = 1;

/// The typed rows, by date and name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManualRows {
    rows: Vec<ManualRow>,
}

impl ManualRows {
    /// Reads the file's text. `name` stands for it in complaints.
    ///
    /// # Errors
    /// Every row that cannot be read, or the schema when it is later than ours. Nothing is mended, so
    /// that writing never loses what a reader did not understand.
    pub fn from_csv(name: &str, bytes: &[u8]) -> Result<Self, Vec<LibraryProblem>> {
        let text = decode(bytes);
        let mut complaints = Complaints::about(name);
        let rows = rows(&text, &mut complaints);
        let problems = complaints.finish();
        if problems.is_empty() {
            let mut own = Self::default();
            for (_, row) in rows {
                own.put(row);
            }
            Ok(own)
        } else {
            Err(problems)
        }
    }

    /// The file's text.
    pub fn to_csv(&self) -> String {
        let mut text = format!("{HEADING}{SCHEMA}\ndate,series,value\n");
        for row in &self.rows {
            let date = row.date;
            let line = match row.entry {
                ManualEntry::Value { id, value } => format!("{date},{},{value}", id.key()),
                ManualEntry::Future { expiry, settle } => format!("{date},VX {expiry},{settle}"),
                ManualEntry::Event(kind) => format!("{date},event {},", kind.label()),
            };
            writeln!(text, "{line}").expect("a String takes everything");
        }
        text
    }

    /// The rows by date, then as typed.
    pub fn rows(&self) -> &[ManualRow] {
        &self.rows
    }

    /// Adds a row; one about the same thing on the same day is replaced.
    pub fn put(&mut self, row: ManualRow) {
        let place = self.rows.iter().position(|own| own.is_about_same(&row));
        if let Some(own) = place.and_then(|at| self.rows.get_mut(at)) {
            *own = row;
        } else {
            let at = self.rows.partition_point(|own| own.date <= row.date);
            self.rows.insert(at, row);
        }
    }

    /// Takes out the row about the same thing on the same day; whether there was one.
    pub fn remove(&mut self, row: &ManualRow) -> bool {
        let before = self.rows.len();
        self.rows.retain(|own| !own.is_about_same(row));
        self.rows.len() < before
    }
}

pub(super) fn recognise(head: &Head<'_>) -> bool {
    // the heading has a comma, so it is two cells
    let heading = HEADING.split(',').next().unwrap_or(HEADING);
    head.first()
        .is_some_and(|(_, cells)| cells.first() == Some(&heading))
}

/// Reads the file as one source among others; here a bad row does not stop the rest.
pub(super) fn read(file: &HistoryFile<'_>, format: (&'static str, u8)) -> Parsed {
    let mut complaints = Complaints::about(file.name);
    let mut columns: BTreeMap<SeriesId, Column> = BTreeMap::new();
    let mut futures: BTreeMap<Date, Vec<VxBar>> = BTreeMap::new();
    let mut parsed = Parsed::default();
    for (line, row) in rows(file.text, &mut complaints) {
        let date = row.date;
        match row.entry {
            ManualEntry::Value { id, value } => {
                let column = columns.entry(id);
                let column = column.or_insert_with(|| Column::named(id.key()));
                column.rows.push((date, value, line));
            }
            ManualEntry::Future { expiry, settle } => {
                futures.entry(expiry).or_default().push(VxBar {
                    date,
                    settle,
                    volume: None,
                    open_interest: None,
                });
            }
            ManualEntry::Event(kind) => parsed.events.push(Event { date, kind }),
        }
    }
    for (id, column) in columns {
        let source = column.check(id, format, &mut complaints);
        parsed.series.extend(source);
    }
    parsed.futures = futures
        .into_iter()
        .map(|future| VxSource::of_bars(file.name, format, future))
        .collect();
    parsed.problems = complaints.finish();
    parsed
}

/// The rows that can be read, with their lines.
fn rows(text: &str, complaints: &mut Complaints<'_>) -> Vec<(u32, ManualRow)> {
    let mut lines = Lines::of(text);
    let first = lines.next().map_or("", |(_, line)| line.trim());
    let schema = first.strip_prefix(HEADING).and_then(|n| n.parse().ok());
    if !schema.is_some_and(|schema: u32| (1..=SCHEMA).contains(&schema)) {
        let expected = format!("'{HEADING}{SCHEMA}': the file is left as it is");
        complaints.say(Severity::Problem, (Some(1), "heading"), first, expected);
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut cells = Vec::new();
    for (line, text) in lines {
        split(text, &mut cells);
        let is_header = matches!(cells.as_slice(), ["date", "series", "value"]);
        if is_header || text.starts_with('#') || cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let cell = |at: usize| cells.get(at).copied().unwrap_or("");
        let Some(date) = dates::parse(cell(0), Order::MonthFirst) else {
            complaints.cell(line, "date", cell(0), "a date such as 2026-07-24");
            continue;
        };
        match entry(date, cell(1), cell(2)) {
            Ok(entry) => found.push((line, ManualRow { date, entry })),
            Err((column, expected)) => {
                let at = if column == "series" { 1 } else { 2 };
                complaints.cell(line, column, cell(at), &expected);
            }
        }
    }
    found
}

/// What a row says, or the column that is wrong and what it should hold.
fn entry(date: Date, series: &str, value: &str) -> Result<ManualEntry, (&'static str, String)> {
    let within = |[low, high]: [f64; 2]| match number(value) {
        Cell::Number(value) if (low..=high).contains(&value) => Ok(value),
        Cell::Number(_) | Cell::Missing | Cell::Unreadable => {
            Err(("value", format!("a number from {low} to {high}")))
        }
    };
    if let Some(kind) = series.strip_prefix("event ") {
        let kind = EventKind::named(kind);
        return kind
            .map(ManualEntry::Event)
            .ok_or_else(|| ("series", "event FOMC, CPI, PPI, Jobs or GDP".to_owned()));
    }
    if let Some(expiry) = series.strip_prefix("VX ") {
        let expiry = dates::parse(expiry, Order::MonthFirst).filter(|expiry| *expiry > date);
        let expiry =
            expiry.ok_or_else(|| ("series", "VX and an expiry after the date".to_owned()))?;
        let settle = within(PRICE_RANGE)?;
        return Ok(ManualEntry::Future { expiry, settle });
    }
    let id = SeriesId::named(series);
    let id = id.ok_or_else(|| {
        (
            "series",
            "a series such as VIX, or VX 2026-08-19".to_owned(),
        )
    })?;
    let value = within(plausible_range(id, date))?;
    Ok(ManualEntry::Value { id, value })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::ManualRows;
    use crate::series::{EventKind, ManualEntry, ManualRow, SeriesId};

    fn vix(day: i8, value: f64) -> ManualRow {
        ManualRow {
            date: date(2026, 7, day),
            entry: ManualEntry::Value {
                id: SeriesId::Vix,
                value,
            },
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut rows = ManualRows::default();
        rows.put(vix(24, 17.9));
        rows.put(vix(23, 18.7));
        rows.put(ManualRow {
            date: date(2026, 7, 24),
            entry: ManualEntry::Future {
                expiry: date(2026, 8, 19),
                settle: 18.65,
            },
        });
        rows.put(ManualRow {
            date: date(2026, 7, 29),
            entry: ManualEntry::Event(EventKind::Fomc),
        });
        let text = rows.to_csv();
        assert_eq!(
            text,
            "# Palisade manual rows, schema 1\ndate,series,value\n2026-07-23,VIX,18.7\n2026-07-24,VIX,17.9\n2026-07-24,VX 2026-08-19,18.65\n2026-07-29,event FOMC,\n"
        );
        assert_eq!(ManualRows::from_csv("m.csv", text.as_bytes()), Ok(rows));
    }

    #[test]
    fn a_second_row_about_the_same_replaces_the_first() {
        let mut rows = ManualRows::default();
        rows.put(vix(24, 17.9));
        rows.put(vix(24, 18.0));
        assert_eq!(rows.rows(), [vix(24, 18.0)]);
        assert!(rows.remove(&vix(24, 0.0)));
        assert!(!rows.remove(&vix(24, 0.0)));
    }

    #[test]
    fn later_schemas_and_bad_rows_are_refused_with_their_place() {
        let problems = |text: &str| -> Vec<String> {
            let problems = ManualRows::from_csv("m.csv", text.as_bytes()).expect_err("refused");
            problems.iter().map(ToString::to_string).collect()
        };
        let later = problems("# Palisade manual rows, schema 2\n");
        assert!(later[0].starts_with("m.csv:1: heading: found '# Palisade manual rows, schema 2'"));
        let bad = problems(
            "# Palisade manual rows, schema 1\ndate,series,value\nsoon,VIX,17\n2026-07-24,VIV,17\n2026-07-24,SPX,620\n2026-07-24,VX 2026-07-22,18\n2026-07-24,event rain,\n",
        );
        let places: Vec<&str> = bad
            .iter()
            .map(|line| line.split(": found").next().unwrap_or_default())
            .collect();
        assert_eq!(
            places,
            [
                "m.csv:3: date",
                "m.csv:4: series",
                "m.csv:5: value",
                "m.csv:6: series",
                "m.csv:7: series"
            ]
        );
    }
}
