//! Lines, cells and numbers of a text file, without copying it.

use std::borrow::Cow;

use crate::import::cboe_chain;

/// Lines of a file's head that are looked at to recognise it.
const HEAD_LINES: usize = 30;

/// Words for "no value".
const MISSING: [&str; 9] = ["", ".", "-", "--", "na", "n/a", "#n/a", "nan", "null"];

/// A file as text: UTF-8 or UTF-16, without byte-order mark; bytes that are no text become marks that
/// no cell accepts.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(_) => Cow::Owned(cboe_chain::decode(bytes)),
    }
}

/// Lines with their numbers, from 1; line ends of any system.
#[derive(Clone, Debug)]
pub(super) struct Lines<'a> {
    rest: Option<&'a str>,
    number: u32,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            rest: Some(text),
            number: 0,
        }
    }

    /// The lines after line `number`.
    pub(super) fn after(text: &'a str, number: u32) -> Self {
        let mut lines = Self::of(text);
        while lines.number < number && lines.next().is_some() {}
        lines
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (u32, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest?;
        let (line, rest) = match rest.split_once('\n') {
            Some((line, rest)) => (line, Some(rest)),
            None if rest.is_empty() => return None,
            None => (rest, None),
        };
        self.rest = rest;
        self.number += 1;
        Some((self.number, line.strip_suffix('\r').unwrap_or(line)))
    }
}

/// Cuts a line into cells without surrounding blanks; a quoted cell may hold commas.
pub(super) fn split<'a>(line: &'a str, cells: &mut Vec<&'a str>) {
    cells.clear();
    if !line.contains('"') {
        cells.extend(line.split(',').map(str::trim));
        return;
    }
    let mut rest = line;
    loop {
        let start = rest.trim_start();
        let end = match start.strip_prefix('"') {
            Some(quoted) => quoted.find('"').map_or(start.len(), |at| at + 2),
            None => 0,
        };
        let comma = start[end..].find(',').map(|at| end + at);
        let cell = &start[..comma.unwrap_or(start.len())];
        cells.push(cell.trim().trim_matches('"').trim());
        match comma {
            Some(comma) => rest = &start[comma + 1..],
            None => return,
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// A finite number.
    Number(f64),
    /// A word for "no value".
    Missing,
    /// Anything else.
    Unreadable,
}

/// Reads a number; thousands separators and a percent sign are taken off.
pub(super) fn number(text: &str) -> Cell {
    if let Ok(value) = text.parse::<f64>()
        && value.is_finite()
    {
        return Cell::Number(value);
    }
    if MISSING.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return Cell::Missing;
    }
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    let plain = plain.trim_end_matches('%').trim_end();
    match plain.parse::<f64>() {
        Ok(value) if value.is_finite() => Cell::Number(value),
        Ok(_) | Err(_) => Cell::Unreadable,
    }
}

/// The first lines of a file, cut into cells.
#[derive(Clone, Debug)]
pub(super) struct Head<'a> {
    lines: Vec<(u32, Vec<&'a str>)>,
}

impl<'a> Head<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let lines = Lines::of(text)
            .take(HEAD_LINES)
            .map(|(number, line)| {
                let mut cells = Vec::new();
                split(line, &mut cells);
                (number, cells)
            })
            .collect();
        Self { lines }
    }

    /// The first line that is a header by the test given: its number and cells.
    pub(super) fn header(&self, is_header: impl Fn(&[&str]) -> bool) -> Option<(u32, &[&'a str])> {
        let found = self.lines.iter().find(|(_, cells)| is_header(cells));
        found.map(|(number, cells)| (*number, cells.as_slice()))
    }

    /// The lines that are not blank.
    pub(super) fn filled(&self) -> impl Iterator<Item = (u32, &[&'a str])> {
        self.lines
            .iter()
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
            .map(|(number, cells)| (*number, cells.as_slice()))
    }

    /// The first line that is not blank.
    pub(super) fn first(&self) -> Option<(u32, &[&'a str])> {
        self.filled().next()
    }
}

/// The position of a column by name, in any case.
pub(super) fn position(header: &[&str], name: &str) -> Option<usize> {
    header
        .iter()
        .position(|cell| cell.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::{Cell, Lines, decode, number, split};

    fn cells(line: &str) -> Vec<&str> {
        let mut cells = Vec::new();
        split(line, &mut cells);
        cells
    }

    #[test]
    fn lines_of_any_system_with_their_numbers() {
        let lines: Vec<_> = Lines::of("a\r\n\nb\n").collect();
        assert_eq!(lines, [(1, "a"), (2, ""), (3, "b")]);
        assert_eq!(Lines::of("").count(), 0);
        let after: Vec<_> = Lines::after("a\nb\nc", 2).collect();
        assert_eq!(after, [(3, "c")]);
    }

    #[test]
    fn quoted_cells_hold_commas() {
        assert_eq!(cells("a, b ,"), ["a", "b", ""]);
        assert_eq!(cells("\"\",\"date\",\"1,234\""), ["", "date", "1,234"]);
        assert_eq!(cells("x,\"open"), ["x", "open"]);
        assert_eq!(cells("\"a\"b,c"), ["a\"b", "c"]);
    }

    #[test]
    fn numbers_and_words_for_none() {
        assert_eq!(number("17.240000"), Cell::Number(17.24));
        assert_eq!(number("1,234.5"), Cell::Number(1234.5));
        assert_eq!(number("35.2 %"), Cell::Number(35.2));
        for missing in ["", ".", "NA", "NaN", "null", "#N/A"] {
            assert_eq!(number(missing), Cell::Missing, "{missing}");
        }
        for wrong in ["x", "inf", "1.2.3", "17.24 pt"] {
            assert_eq!(number(wrong), Cell::Unreadable, "{wrong}");
        }
    }

    #[test]
    fn texts_of_either_width() {
        assert_eq!(decode(b"\xEF\xBB\xBFDate"), "Date");
        assert_eq!(decode(b"\xFF\xFED\0a\0"), "Da");
    }
}
