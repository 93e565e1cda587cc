//! The Cboe delayed-quotes export of an SPX chain (`spx_quotedata.csv`), read by position.
//!
//! A blank line, a title line (`S&P 500 INDEX,Last: 6632.19,Change: …`), a date line in the locale of
//! the browser, a header in which names occur twice, then one row per strike: call on the left, put on
//! the right. AM (SPX) and PM (SPXW) contracts of one date stand side by side and are kept apart.

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord};
use jiff::Timestamp;
use jiff::civil::Date;

use super::chain_preamble::Preamble;
use super::locale_date::parse_row_date;
use super::option_symbol::Symbol;
use super::problem::{ImportError, ImportProblem, excerpt};
use crate::instrument::{Root, Strike};

/// Columns of a row.
pub(super) const COLUMNS: usize = 22;
/// Position of the strike, between the call's columns and the put's.
pub(super) const STRIKE: usize = 11;

/// One side of a strike.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RawQuote {
    /// Bid in points; 0 when there is none.
    pub bid: f64,
    /// Ask in points; 0 when there is none.
    pub ask: f64,
    /// The file's own implied vol, decimal; `None` where it says 0.
    pub file_iv: Option<f64>,
}

impl RawQuote {
    /// The mid of a two-sided market that is not crossed.
    pub fn mid(&self) -> Option<f64> {
        (self.bid > 0.0 && self.ask >= self.bid).then(|| f64::midpoint(self.bid, self.ask))
    }

    /// Ask less bid, points.
    pub fn spread(&self) -> f64 {
        self.ask - self.bid
    }
}

/// One strike of one expiry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RawRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// AM or PM contracts.
    pub root: Root,
    /// Day of settlement.
    pub expiry: Date,
    /// Strike, points.
    pub strike: f64,
    /// The call.
    pub call: RawQuote,
    /// The put.
    pub put: RawQuote,
}

/// A chain as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct RawChain {
    /// The file's name as given.
    pub source_name: String,
    /// The index, points, from the title line.
    pub spot: Option<f64>,
    /// The instant of the date line, when it could be read.
    pub file_time: Option<Timestamp>,
    /// Line of the date line and its text, for messages.
    pub date_line: (u64, String),
    /// The rows, ascending by root, expiry and strike.
    pub rows: Vec<RawRow>,
}

impl RawChain {
    /// The error to give when the instant is needed and the date line cannot be read.
    pub fn unknown_time(&self) -> ImportError {
        ImportError::Format(ImportProblem {
            file: self.source_name.clone(),
            line: self.date_line.0,
            column: "Date".to_owned(),
            found: excerpt(&self.date_line.1),
            expected: "a date and time, such as 'June 11, 2022, 8:47 PM EDT' (or give --as-of)"
                .to_owned(),
        })
    }
}

/// Reads a chain. `name` stands for the file in messages. Rows that cannot be read are left out and
/// reported; the others are kept.
///
/// # Errors
/// [`ImportError`] when the text is not such an export, holds no readable row, or is of another underlying.
pub fn read_chain(name: &str, bytes: &[u8]) -> Result<(RawChain, Vec<ImportProblem>), ImportError> {
    read_family(name, bytes, Family::Spx)
}

/// The options that a chain may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// SPX and SPXW.
    Spx,
    /// VIX and VIXW.
    Vix,
}

impl Family {
    fn root(self, symbol: &str) -> Option<Root> {
        match (self, symbol) {
            (Self::Spx, "SPX") => Some(Root::Spx),
            (Self::Spx, "SPXW") => Some(Root::Spxw),
            (Self::Vix, "VIX") => Some(Root::Vix),
            (Self::Vix, "VIXW") => Some(Root::Vixw),
            (Self::Spx | Self::Vix, _) => None,
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Self::Spx => "an option of SPX or SPXW",
            Self::Vix => "an option of VIX or VIXW",
        }
    }
}

/// Reads a chain of one family; see [`read_chain`].
pub(super) fn read_family(
    name: &str,
    bytes: &[u8],
    family: Family,
) -> Result<(RawChain, Vec<ImportProblem>), ImportError> {
    let text = decode(bytes);
    let preamble = Preamble::find(name, &text)?;
    let mut reading = Reading {
        name,
        family,
        problems: Vec::new(),
        seen: BTreeSet::new(),
        first: None,
    };
    let mut rows = reading.rows(&text, preamble.header_line)?;
    rows.sort_by(|x, y| {
        (x.root, x.expiry)
            .cmp(&(y.root, y.expiry))
            .then(x.strike.total_cmp(&y.strike))
    });
    if rows.is_empty() {
        let line = preamble.header_line + 1;
        let problem = reading.problems.into_iter().next();
        return Err(ImportError::Format(problem.unwrap_or_else(|| {
            problem_at(
                name,
                line,
                "Calls",
                "no rows",
                "one row per strike after the header",
            )
        })));
    }
    if preamble.spot.is_none() {
        let (line, text) = &preamble.title;
        let expected = "the index, such as 'Last: 4164.66'; the nearest forward is used instead";
        reading
            .problems
            .insert(0, problem_at(name, *line, "Last", text, expected));
    }
    let chain = RawChain {
        source_name: name.to_owned(),
        spot: preamble.spot,
        file_time: preamble.file_time,
        date_line: preamble.date_line,
        rows,
    };
    Ok((chain, reading.problems))
}

/// UTF-8 with or without a byte-order mark, or UTF-16 with one.
pub(super) fn decode(bytes: &[u8]) -> String {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..]
            .chunks_exact(2)
            .map(|pair| read([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => {
            let text = String::from_utf8_lossy(bytes);
            text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()
        }
    }
}

pub(super) fn problem_at(
    name: &str,
    line: u64,
    column: &str,
    found: &str,
    expected: &str,
) -> ImportProblem {
    ImportProblem {
        file: name.to_owned(),
        line,
        column: column.to_owned(),
        found: excerpt(found),
        expected: expected.to_owned(),
    }
}

/// The state of reading rows.
struct Reading<'a> {
    name: &'a str,
    family: Family,
    problems: Vec<ImportProblem>,
    seen: BTreeSet<(Root, Date, u32)>,
    first: Option<Root>,
}

/// A field that could not be read: column, text, what is expected.
type FieldError = (&'static str, String, &'static str);

impl Reading<'_> {
    fn rows(&mut self, text: &str, header_line: u64) -> Result<Vec<RawRow>, ImportError> {
        let body: usize = text
            .split_inclusive('\n')
            .take(header_line as usize)
            .map(str::len)
            .sum();
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(&text.as_bytes()[body..]);
        let mut rows = Vec::new();
        let mut record = StringRecord::new();
        loop {
            // the text is valid UTF-8 in memory and rows may have any length: reading cannot fail
            if !reader.read_record(&mut record).unwrap_or(false) {
                return Ok(rows);
            }
            let line = header_line + record.position().map_or(0, csv::Position::line);
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            self.refuse_other_underlying(&record, line)?;
            match self.row(&record, line) {
                Ok(row) => rows.push(row),
                Err((column, found, expected)) => {
                    let problem = problem_at(self.name, line, column, &found, expected);
                    self.problems.push(problem);
                }
            }
        }
    }

    /// The first option decides what the file is a chain of.
    fn refuse_other_underlying(
        &mut self,
        record: &StringRecord,
        line: u64,
    ) -> Result<(), ImportError> {
        if self.first.is_some() {
            return Ok(());
        }
        let Some(symbol) = Symbol::parse(record.get(1).unwrap_or("")) else {
            return Ok(());
        };
        self.first = self.family.root(&symbol.root);
        if self.first.is_some() {
            return Ok(());
        }
        if self.family != Family::Spx {
            let expected = self.family.expected();
            return Err(problem_at(self.name, line, "Calls", &symbol.root, expected).into());
        }
        Err(ImportError::OtherUnderlying {
            file: self.name.to_owned(),
            line,
            root: symbol.root,
        })
    }

    fn row(&mut self, record: &StringRecord, line: u64) -> Result<RawRow, FieldError> {
        if record.len() < COLUMNS {
            let found = format!("{} columns", record.len());
            return Err(("row", found, "22 columns (is the file cut off?)"));
        }
        let cell = |at: usize| record.get(at).unwrap_or("").trim();
        let refused = |column, at: usize, expected| (column, cell(at).to_owned(), expected);
        let expiry = parse_row_date(cell(0))
            .ok_or_else(|| refused("Expiration Date", 0, "a date such as 'Tue Feb 07 2023'"))?;
        let symbol = Symbol::parse(cell(1))
            .ok_or_else(|| refused("Calls", 1, "an option symbol such as SPXW230207C01000000"))?;
        let root = self.family.root(&symbol.root);
        let root = root.ok_or_else(|| refused("Calls", 1, self.family.expected()))?;
        let strike = number(cell(STRIKE))
            .and_then(|points| Strike::new(points).ok())
            .ok_or_else(|| refused("Strike", STRIKE, "a strike in points, above 0"))?;
        if strike.thousandths() != symbol.thousandths {
            return Err(refused(
                "Strike",
                STRIKE,
                "the strike of the row's option symbol",
            ));
        }
        // symbols of old AM monthlies name the Saturday after
        if (symbol.expiry - expiry).get_days().abs() > 1 {
            return Err(refused(
                "Expiration Date",
                0,
                "the date of the row's option symbol",
            ));
        }
        if !self.seen.insert((root, expiry, strike.thousandths())) {
            return Err(refused("Strike", STRIKE, "each strike of an expiry once"));
        }
        Ok(RawRow {
            line,
            root,
            expiry,
            strike: strike.points(),
            call: quote(record, 1)?,
            put: quote(record, STRIKE + 1)?,
        })
    }
}

/// The bid, ask and vol of the option whose symbol stands at `first`.
fn quote(record: &StringRecord, first: usize) -> Result<RawQuote, FieldError> {
    let read = |offset: usize, column: &'static str| {
        let text = record.get(first + offset).unwrap_or("").trim();
        if text.is_empty() || text == "--" {
            return Ok(0.0);
        }
        number(text)
            .filter(|value| *value >= 0.0)
            .ok_or_else(|| (column, text.to_owned(), "a number, 0 or more"))
    };
    let iv = read(6, "IV")?;
    Ok(RawQuote {
        bid: read(3, "Bid")?,
        ask: read(4, "Ask")?,
        file_iv: (iv > 0.0).then_some(iv),
    })
}

/// A finite number with or without thousands separators.
fn number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::read_chain;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn garbage_is_an_error_and_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(read_chain("x.csv", &bytes).is_err());
        }

        #[test]
        fn garbage_below_a_header_never_panics(text in "[A-Z0-9 ,.\"\n-]{0,300}") {
            let header = "Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest";
            let outcome = read_chain("x.csv", format!("{header}\n{text}").as_bytes());
            if let Ok((chain, _)) = outcome {
                prop_assert!(!chain.rows.is_empty());
            }
        }
    }
}
