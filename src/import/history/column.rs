//! What a reader hands back, and the checks that every column of values goes through.

use jiff::civil::Date;

use super::dates::{self, Order};
use super::text::{Cell, Head, Lines, number, split};
use crate::import::csv_table::CellError;
use crate::series::{
    Event, LibraryProblem, SeriesId, SeriesSource, Severity, VxSource, plausible_range,
};

/// Complaints of one kind that are listed for a file; the others are counted.
const LISTED: usize = 20;
/// One in so many implausible values makes the whole column questionable.
const ODD_SHARE: usize = 5;

/// A file under reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct HistoryFile<'a> {
    /// Its name in messages, relative to the folder.
    pub name: &'a str,
    /// Its name without folder and extension.
    pub stem: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl<'a> HistoryFile<'a> {
    pub(super) fn head(&self) -> Head<'a> {
        Head::of(self.text)
    }
}

/// What a file gave.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub series: Vec<SeriesSource>,
    pub futures: Vec<VxSource>,
    pub events: Vec<Event>,
    /// Whether the events are a list, which takes the shipped one's place, and not single rows.
    pub is_event_list: bool,
    pub problems: Vec<LibraryProblem>,
    /// Why nothing of it is used, when it is in the format but about something else.
    pub skipped: Option<String>,
}

impl Parsed {
    /// A file in the format whose content the desk has no use for.
    pub(super) fn skipped(why: impl Into<String>) -> Self {
        Self {
            skipped: Some(why.into()),
            ..Self::default()
        }
    }

    /// Number of values read.
    pub(super) fn rows(&self) -> usize {
        let values = self.series.iter().map(|source| source.rows.len());
        let bars = self.futures.iter().map(|source| source.contract.bars.len());
        values.sum::<usize>() + bars.sum::<usize>() + self.events.len()
    }
}

/// Complaints about one file; after [`LISTED`] they are only counted.
#[derive(Debug)]
pub(super) struct Complaints<'a> {
    file: &'a str,
    listed: Vec<LibraryProblem>,
    cells: usize,
}

impl<'a> Complaints<'a> {
    pub(super) fn about(file: &'a str) -> Self {
        Self {
            file,
            listed: Vec::new(),
            cells: 0,
        }
    }

    /// A cell that cannot be read.
    pub(super) fn cell(&mut self, line: u32, column: &str, found: &str, expected: &str) {
        self.cells += 1;
        if self.cells <= LISTED {
            let problem = CellError::new(column, found, expected).at(self.file, line.into());
            self.listed.push(LibraryProblem {
                severity: Severity::Problem,
                file: problem.file,
                line: Some(problem.line),
                column: problem.column,
                found: problem.found,
                expected: problem.expected,
            });
        }
    }

    /// Anything else worth saying, with its line and column.
    pub(super) fn say(
        &mut self,
        severity: Severity,
        (line, column): (Option<u32>, &str),
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.listed.push(LibraryProblem {
            severity,
            file: self.file.to_owned(),
            line: line.map(u64::from),
            column: column.to_owned(),
            found: found.into(),
            expected: expected.into(),
        });
    }

    pub(super) fn finish(mut self) -> Vec<LibraryProblem> {
        if let Some(more) = self.cells.checked_sub(LISTED).filter(|more| *more > 0) {
            let found = format!("{more} more cells");
            self.say(Severity::Problem, (None, "row"), found, "as above");
        }
        self.listed
    }
}

/// The values of one column as they are read.
#[derive(Debug, Default)]
pub(super) struct Column {
    pub name: String,
    /// Date, value and line.
    pub rows: Vec<(Date, f64, u32)>,
    pub missing: usize,
    /// Zero means "no value".
    pub zero_is_missing: bool,
}

impl Column {
    pub(super) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    fn push(&mut self, line: u32, date: Date, cell: &str, complaints: &mut Complaints<'_>) {
        match number(cell) {
            Cell::Number(0.0) if self.zero_is_missing => self.missing += 1,
            Cell::Number(value) => self.rows.push((date, value, line)),
            Cell::Missing => self.missing += 1,
            Cell::Unreadable => complaints.cell(line, &self.name, cell, "a number"),
        }
    }

    /// Takes out what cannot be of the series; `None` if the magnitude makes the whole column doubtful.
    pub(super) fn check(
        mut self,
        id: SeriesId,
        format: (&'static str, u8),
        complaints: &mut Complaints<'_>,
    ) -> Option<SeriesSource> {
        let odd: Vec<(Date, f64, u32)> = {
            let is_odd = |&&(date, value, _): &&(Date, f64, u32)| {
                let [low, high] = plausible_range(id, date);
                !(low..=high).contains(&value)
            };
            self.rows.iter().filter(is_odd).copied().collect()
        };
        if let Some(&(date, value, line)) = odd.first() {
            let [low, high] = plausible_range(id, date);
            let range = format!("{} from {} to {}", id.key(), rounded(low), rounded(high));
            let total = self.rows.len();
            if odd.len() * ODD_SHARE > total {
                let found = format!(
                    "{value} on {date}, and {} of {total} values alike",
                    odd.len()
                );
                let hint = magnitude_hint(id, value, [low, high]);
                let expected = format!("{range}; the column is left out{hint}");
                let place = (Some(line), self.name.as_str());
                complaints.say(Severity::Question, place, found, expected);
                return None;
            }
            for &(_, value, line) in &odd {
                let expected = format!("{range}; the row is left out");
                complaints.cell(line, &self.name, &value.to_string(), &expected);
            }
            self.rows.retain(|row| !odd.contains(row));
        }
        self.drop_repeated(complaints);
        let rows = self.rows.iter().map(|&(date, value, _)| (date, value));
        Some(SeriesSource {
            id,
            file: complaints.file.to_owned(),
            format: format.0,
            rank: format.1,
            rows: rows.collect(),
            missing: self.missing,
        })
    }

    /// Sorts by date; of two rows of a day the first stays, with a complaint when they differ.
    fn drop_repeated(&mut self, complaints: &mut Complaints<'_>) {
        if !self.rows.is_sorted_by_key(|(date, ..)| *date) {
            self.rows.sort_by_key(|(date, ..)| *date);
        }
        let name = &self.name;
        self.rows.dedup_by(|later, kept| {
            let is_same_day = later.0 == kept.0;
            if is_same_day && later.1 != kept.1 {
                let expected = format!("{} again, as on line {}, which is used", kept.1, kept.2);
                complaints.cell(later.2, name, &later.1.to_string(), &expected);
            }
            is_same_day
        });
    }
}

/// A range's end to a sensible number of digits.
fn rounded(value: f64) -> String {
    if value.abs() >= 10.0 {
        format!("{value:.0}")
    } else {
        format!("{value}")
    }
}

/// What a wrong magnitude may come from.
fn magnitude_hint(id: SeriesId, value: f64, [low, high]: [f64; 2]) -> &'static str {
    let fits = |scaled: f64| (low..=high).contains(&scaled);
    if id == SeriesId::Spx && fits(value * 10.0) {
        " (is it SPY or XSP? then name the file so)"
    } else if fits(value * 100.0) {
        " (is it a decimal in place of percent?)"
    } else if fits(value / 10.0) {
        " (is it tenfold?)"
    } else {
        ""
    }
}

/// Reads columns of a table below its header line: `date` is the position of the dates, `columns` those
/// of the values. Rows that cannot be read are listed and left out.
pub(super) fn read_columns(
    file: &HistoryFile<'_>,
    header_line: u32,
    date: usize,
    mut columns: Vec<(usize, Column)>,
    complaints: &mut Complaints<'_>,
) -> Vec<Column> {
    let lines = Lines::after(file.text, header_line);
    let order = Order::of(lines.clone(), date);
    let mut cells = Vec::new();
    for (line, text) in lines {
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        split(text, &mut cells);
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let cell = |at: usize| cells.get(at).copied().unwrap_or("");
        let Some(day) = dates::parse(cell(date), order) else {
            complaints.cell(line, "date", cell(date), "a date such as 2026-07-23");
            continue;
        };
        for (at, column) in &mut columns {
            column.push(line, day, cell(*at), complaints);
        }
    }
    columns.into_iter().map(|(_, column)| column).collect()
}

/// Reads columns that name their series by their heads; columns of no series are left out.
pub(super) fn read_named(
    file: &HistoryFile<'_>,
    line: u32,
    date: usize,
    columns: Vec<(usize, Column)>,
    format: (&'static str, u8),
) -> Parsed {
    let mut complaints = Complaints::about(file.name);
    let columns = read_columns(file, line, date, columns, &mut complaints);
    let mut parsed = Parsed::default();
    for column in columns {
        if let Some(id) = SeriesId::named(&column.name) {
            parsed
                .series
                .extend(column.check(id, format, &mut complaints));
        }
    }
    parsed.problems = complaints.finish();
    parsed
}
