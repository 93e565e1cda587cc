//! CSV files as rows of text by column name, with complaints that name line and column.
//!
//! Lenient in form (byte-order mark, CRLF, columns in any order, names and keywords in any case) and
//! strict in content (a number is a finite decimal number).

use std::fmt;

use jiff::civil::Date;

use super::problem::ImportProblem;

/// Longest piece of foreign text quoted in a message, in characters.
const QUOTED: usize = 60;

/// What is wrong with one cell: prints `COLUMN: found 'X': expected …`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CellError {
    column: String,
    found: String,
    expected: String,
}

impl CellError {
    /// Text from files is cut to one printable line.
    #[must_use]
    pub fn new(column: &str, found: &str, expected: &str) -> Self {
        Self {
            column: column.to_owned(),
            found: printable(found),
            expected: expected.to_owned(),
        }
    }
}

impl CellError {
    /// The same complaint with the file and line that it is about.
    #[must_use]
    pub fn at(self, file: &str, line: u64) -> ImportProblem {
        ImportProblem {
            file: file.to_owned(),
            line,
            column: self.column,
            found: self.found,
            expected: self.expected,
        }
    }
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            column,
            found,
            expected,
        } = self;
        write!(f, "{column}: found '{found}': expected {expected}")
    }
}

/// Replaces control characters and cuts long text.
fn printable(text: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = text.chars().take(QUOTED).map(clean).collect();
    if text.chars().nth(QUOTED).is_some() {
        short.push('…');
    }
    short
}

/// The cells of one row by column name.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    pub(crate) table: &'a Table,
    pub(crate) row: &'a Row,
}

impl<'a> Fields<'a> {
    /// The cell of a column without surrounding blanks; empty if the row or the table lacks it.
    #[must_use]
    pub fn text(&self, column: &str) -> &'a str {
        let index = self.table.position(column);
        index
            .and_then(|index| self.row.cells.get(index))
            .map_or("", |cell| cell.trim())
    }

    /// A finite decimal number.
    ///
    /// # Errors
    /// [`CellError`] if the cell is anything else, NaN and infinity included.
    pub fn number(&self, column: &str) -> Result<f64, CellError> {
        let text = self.text(column);
        let value = text.parse().ok().filter(|value: &f64| value.is_finite());
        value.ok_or_else(|| self.error(column, "a number"))
    }

    /// A finite decimal number from `limits[0]` to `limits[1]`.
    ///
    /// # Errors
    /// [`CellError`] that says `expected` if the cell is anything else.
    pub fn number_within(
        &self,
        column: &str,
        limits: [f64; 2],
        expected: &str,
    ) -> Result<f64, CellError> {
        let value = self.number(column).ok();
        value
            .filter(|value| (limits[0]..=limits[1]).contains(value))
            .ok_or_else(|| self.error(column, expected))
    }

    /// A date written YYYY-MM-DD, of the years 1990 to 2100.
    ///
    /// # Errors
    /// [`CellError`] if the cell is anything else.
    pub fn date(&self, column: &str) -> Result<Date, CellError> {
        let text = self.text(column);
        let date = (text.len() == "YYYY-MM-DD".len())
            .then(|| text.parse().ok())
            .flatten()
            .filter(|date: &Date| (1990..=2100).contains(&date.year()));
        date.ok_or_else(|| self.error(column, "a date YYYY-MM-DD from 1990 to 2100"))
    }

    /// A decimal number that may be NaN or infinite, for a column whose class says so.
    ///
    /// # Errors
    /// [`CellError`] if the cell is no number at all.
    pub fn any_number(&self, column: &str) -> Result<f64, CellError> {
        let value = self.text(column).parse().ok();
        value.ok_or_else(|| self.error(column, "a number"))
    }

    /// The position of the cell's word among `words`, in any case.
    ///
    /// # Errors
    /// [`CellError`] if it is none of them.
    pub fn word(&self, column: &str, words: &[&str]) -> Result<usize, CellError> {
        let text = self.text(column);
        let found = words
            .iter()
            .position(|word| word.eq_ignore_ascii_case(text));
        found.ok_or_else(|| self.error(column, &words.join(" or ")))
    }

    /// The complaint that a column's cell is not `expected`.
    #[must_use]
    pub fn error(&self, column: &str, expected: &str) -> CellError {
        CellError::new(column, self.text(column), expected)
    }
}

/// One row and the line it starts on.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub line: u64,
    pub cells: Vec<String>,
}

/// A CSV file as text cells.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub headers: Vec<String>,
    pub rows: Vec<Row>,
}

/// A problem and its line.
pub(crate) type Located = (u64, CellError);

impl Table {
    fn position(&self, column: &str) -> Option<usize> {
        self.headers
            .iter()
            .position(|header| header.eq_ignore_ascii_case(column))
    }

    /// Reads a file's bytes; names its first unreadable place.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Located> {
        let text =
            std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let unreadable = |error: &csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            (
                line,
                CellError::new("file", &error.to_string(), "comma-separated values"),
            )
        };
        let headers = reader.headers().map_err(|error| unreadable(&error))?;
        let headers = headers
            .iter()
            .map(|header| header.trim().to_owned())
            .collect();
        let mut rows = Vec::new();
        let mut lines = LineCounter {
            text: text.as_bytes(),
            byte: 0,
            line: 1,
        };
        for record in reader.records() {
            let record = record.map_err(|error| unreadable(&error))?;
            let line = lines.line_of(record.position().map_or(0, csv::Position::byte));
            rows.push(Row {
                line,
                cells: record.iter().map(str::to_owned).collect(),
            });
        }
        Ok(Self { headers, rows })
    }

    /// A row's cells by name, after checking that it has no more cells than the header.
    pub(crate) fn fields<'a>(&'a self, row: &'a Row) -> Result<Fields<'a>, CellError> {
        let (width, found) = (self.headers.len(), row.cells.len());
        if found > width {
            let expected = format!("{width} fields, as in the header");
            return Err(CellError::new("row", &format!("{found} fields"), &expected));
        }
        Ok(Fields { table: self, row })
    }

    /// One complaint per column that is missing or there twice.
    pub(crate) fn check(&self, inputs: &[&str]) -> Vec<Located> {
        let mut problems = Vec::new();
        for &column in inputs {
            let named = |header: &&String| header.eq_ignore_ascii_case(column);
            let expected = match self.headers.iter().filter(named).count() {
                0 => format!("a column named {column}"),
                1 => continue,
                _ => format!("one column named {column}"),
            };
            let found = self.headers.join(",");
            problems.push((1, CellError::new(column, &found, &expected)));
        }
        problems
    }
}

/// Turns rising byte offsets of records into line numbers. (The reader's own line is that of the end
/// of the record before: wrong after blank lines and CRLF.)
struct LineCounter<'a> {
    text: &'a [u8],
    byte: usize,
    line: u64,
}

impl LineCounter<'_> {
    /// The line of the first character that is not a line end, from `offset` on.
    fn line_of(&mut self, offset: u64) -> u64 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        while let Some(&byte) = self.text.get(self.byte) {
            if self.byte >= offset && byte != b'\n' && byte != b'\r' {
                break;
            }
            self.line += u64::from(byte == b'\n');
            self.byte += 1;
        }
        self.line
    }
}

fn not_utf8(bytes: &[u8], valid: usize) -> Located {
    let line = bytes[..valid].split(|&byte| byte == b'\n').count() as u64;
    let found = bytes
        .get(valid)
        .map_or_else(String::new, |byte| format!("byte 0x{byte:02X}"));
    (line, CellError::new("file", &found, "UTF-8 text"))
}
