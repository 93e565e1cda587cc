//! Lines of a broker's file as cells, and cells as numbers, dates and times, the way brokers write them.
//!
//! One line is one row: a quote that is not closed on its line spoils that line alone, never the rest
//! of the file.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::calendar::{new_york, written};

/// One line of a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SheetRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// Cells without quotes and surrounding blanks.
    pub cells: Vec<String>,
    /// Whether a quote was left open.
    pub open_quote: bool,
}

impl SheetRow {
    /// Whether nothing stands on the line.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    /// Whether some cells, in lower case, have all these names.
    pub(super) fn has_columns(&self, names: &[&str]) -> bool {
        let has = |name: &&str| {
            self.cells
                .iter()
                .any(|cell| cell.eq_ignore_ascii_case(name))
        };
        names.iter().all(has)
    }

    /// The text of the only cell that holds anything.
    pub(super) fn only_cell(&self) -> Option<&str> {
        let mut filled = self.cells.iter().filter(|cell| !cell.is_empty());
        let first = filled.next()?;
        filled.next().is_none().then_some(first.as_str())
    }

    /// The line again, for messages.
    pub(super) fn text(&self) -> String {
        super::super::problem::excerpt(&self.cells.join(","))
    }
}

/// A file as rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sheet {
    pub rows: Vec<SheetRow>,
}

impl Sheet {
    /// Cuts a text into rows: byte-order mark and any line ends are accepted.
    pub(super) fn parse(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let unified = text.replace("\r\n", "\n").replace('\r', "\n");
        let body = unified.strip_suffix('\n').unwrap_or(&unified);
        if body.is_empty() {
            return Self { rows: Vec::new() };
        }
        let row = |(line, text): (u64, &str)| {
            let (cells, open_quote) = split(text);
            SheetRow {
                line,
                cells,
                open_quote,
            }
        };
        Self {
            rows: (1..).zip(body.split('\n')).map(row).collect(),
        }
    }
}

/// Cells of one line; `=\"…\"` is text that a spreadsheet should leave alone.
fn split(line: &str) -> (Vec<String>, bool) {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() || cell.trim() == "=" => {
                cell.clear();
                quoted = true;
            }
            ',' if !quoted => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            _ => cell.push(letter),
        }
    }
    cells.push(cell.trim().to_owned());
    (cells, quoted)
}

/// The names of a header line, and cells of its rows by them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Columns(Vec<String>);

impl Columns {
    /// The columns that a header line names.
    pub(super) fn of(row: &SheetRow) -> Self {
        Self(row.cells.clone())
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0
            .iter()
            .any(|column| column.eq_ignore_ascii_case(name))
    }

    /// The cell below the first of these names that the header has; empty if there is none.
    pub(super) fn cell<'a>(&self, row: &'a SheetRow, names: &[&str]) -> &'a str {
        let place = names.iter().find_map(|name| {
            self.0
                .iter()
                .position(|column| column.eq_ignore_ascii_case(name))
        });
        place
            .and_then(|place| row.cells.get(place))
            .map_or("", String::as_str)
    }
}

/// Whether a cell says that there is nothing: empty, `--`, `N/A`, `~`.
pub(super) fn is_nothing(cell: &str) -> bool {
    matches!(cell.trim(), "" | "--" | "-" | "—" | "N/A" | "n/a" | "~")
}

/// A number as brokers write it: `1,050.00`, `$450.00`, `($1,050.00)`, `+20`, `.925`, `-124.00`, `2.0`.
pub(super) fn number(cell: &str) -> Option<f64> {
    let trimmed = cell.trim();
    let (inside, bracketed) = match trimmed.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inside) => (inside, true),
        None => (trimmed, false),
    };
    let (digits, negative) = sign(inside.trim());
    let bare = digits.trim_start_matches('$').trim();
    let (bare, inner) = if bare.len() == digits.len() {
        (bare, false)
    } else {
        sign(bare)
    };
    if bare.is_empty() || !grouped_well(bare) {
        return None;
    }
    let value: f64 = bare.replace(',', "").parse().ok()?;
    let value = if negative == inner { value } else { -value };
    (value.is_finite()).then_some(if bracketed { -value } else { value })
}

/// A leading sign, and the rest.
fn sign(text: &str) -> (&str, bool) {
    for minus in ['-', '\u{2212}'] {
        if let Some(rest) = text.strip_prefix(minus) {
            return (rest, true);
        }
    }
    (text.strip_prefix('+').unwrap_or(text), false)
}

/// Digits with at most one point, and commas only between groups of three before it.
fn grouped_well(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(part) || (whole.is_empty() && part.is_empty()) {
        return false;
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let has_groups = whole.contains(',');
    digits(first)
        && (!has_groups || (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3 && digits(group))
}

/// Most contracts of a fill, either way.
const MOST_CONTRACTS: f64 = 100_000.0;

/// Whole contracts, signed as written: not 0.
pub(super) fn contracts(cell: &str) -> Option<i32> {
    let value = number(cell)?;
    (value != 0.0 && value.fract() == 0.0 && value.abs() <= MOST_CONTRACTS).then_some(value as i32)
}

/// A date: `3/25/26`, `03/25/2026` (month first), `2026-03-25`, `25 MAR 26`, `9 Mar 2023`; what stands in
/// brackets behind it is left out.
pub(super) fn date(cell: &str) -> Option<Date> {
    let text = cell.split(['(', '[']).next().unwrap_or_default().trim();
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let read = if let [month, day, year] = parts.as_slice() {
        let whole: i16 = year.parse().ok()?;
        let whole = match year.len() {
            2 => 2000 + whole,
            4 => whole,
            _ => return None,
        };
        Date::new(whole, month.parse().ok()?, day.parse().ok()?).ok()
    } else {
        written::parse_date(text).ok()
    };
    read.filter(|date| (1990..=2100).contains(&date.year()))
}

/// A time of day: `09:23:22`, `4:15 PM`, `11:37:32 AM`.
pub(super) fn time(cell: &str) -> Option<Time> {
    let midnight = Time::midnight();
    let text = format!("2000-01-01 {}", cell.trim());
    let read = cell
        .contains(':')
        .then(|| written::parse_moment(&text, midnight).ok());
    read.flatten().map(DateTime::time)
}

/// A date in numbers with its first two parts swapped: the day-first dates of other locales, month first.
pub(super) fn month_first(cell: &str) -> String {
    match cell.trim().split('/').collect::<Vec<_>>().as_slice() {
        [day, month, rest] => format!("{month}/{day}/{rest}"),
        _ => cell.to_owned(),
    }
}

/// Whether the first part of a date in numbers can only be a day: `25/3/2026`.
pub(super) fn starts_with_day(cell: &str) -> bool {
    let mut parts = cell.trim().split('/');
    let first = parts.next().and_then(|part| part.parse::<u8>().ok());
    parts.count() == 2 && first.is_some_and(|first| (13..=31).contains(&first))
}

/// A date and a time of day, with a blank between: `3/25/26 14:20:49`, `10/11/2021 11:37:32 AM`.
pub(super) fn date_time(cell: &str) -> Option<DateTime> {
    let (day, clock) = cell.trim().split_once([' ', ','])?;
    Some(date(day)?.to_datetime(time(clock.trim_start_matches([' ', ',']))?))
}

/// An instant with an offset, with or without its colon (`-0700`, `+01:00`, `Z`), as New York time.
pub(super) fn offset_time(cell: &str) -> Option<DateTime> {
    let text = cell.trim();
    let (body, tail) = text.split_at_checked(text.len().checked_sub(5)?)?;
    let bare = tail.starts_with(['+', '-']) && tail.bytes().skip(1).all(|b| b.is_ascii_digit());
    let instant: jiff::Timestamp = if bare {
        let (hours, minutes) = tail.split_at_checked(3)?;
        format!("{body}{hours}:{minutes}").parse().ok()?
    } else {
        text.parse().ok()?
    };
    Some(instant.to_zoned(new_york()).datetime())
}

/// New York time of a wall clock in another zone.
pub(super) fn to_new_york(local: DateTime, zone: &TimeZone) -> DateTime {
    if *zone == new_york() {
        return local;
    }
    local.to_zoned(zone.clone()).map_or(local, |zoned| {
        zoned.timestamp().to_zoned(new_york()).datetime()
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn numbers_as_brokers_write_them() {
        for (text, value) in [
            ("1,050.00", 1050.0),
            ("($1,050.00)", -1050.0),
            ("$450.00", 450.0),
            ("-$450.00", -450.0),
            ("$-450.00", -450.0),
            ("(150)", -150.0),
            ("+20", 20.0),
            ("+.285", 0.285),
            (".925", 0.925),
            ("-124.00", -124.0),
            ("\u{2212}3", -3.0),
            ("0", 0.0),
            ("265,519.61", 265_519.61),
            ("202146.08", 202_146.08),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in [
            "", "--", "N/A", "1,05.00", "nan", "inf", "1e5", "1.2.3", "$", "()", "12a", "102'16",
            ".", ",", "1,",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(
            (contracts("-20"), contracts("2.0"), contracts("1,000")),
            (Some(-20), Some(2), Some(1000))
        );
        assert_eq!(
            (contracts("0"), contracts("1.5"), contracts("9999999")),
            (None, None, None)
        );
    }

    #[test]
    fn dates_and_times_as_brokers_write_them() {
        for text in [
            "3/25/26",
            "03/25/2026",
            "2026-03-25",
            "25 MAR 26",
            "25 Mar 2026",
            "25 MAR 26 (Weeklys)",
        ] {
            assert_eq!(date(text), Some(day(2026, 3, 25)), "{text}");
        }
        for text in ["", "25/3/26", "13/13/26", "3/25/126", "3/25", "MAR 26"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert!(starts_with_day("25/3/2026 10:00") && !starts_with_day("12/3/2026"));
        assert!(!starts_with_day("41/3/2026") && !starts_with_day("25 MAR 26"));
        assert_eq!(month_first("25/3/2026 10:00"), "3/25/2026 10:00");
        let moment = day(2021, 10, 11).at(11, 37, 32, 0);
        assert_eq!(date_time("10/11/2021 11:37:32 AM"), Some(moment));
        assert_eq!(date_time("10/11/21 11:37:32"), Some(moment));
        assert_eq!(
            date_time("12/29/2020 3:36 PM"),
            Some(day(2020, 12, 29).at(15, 36, 0, 0))
        );
        assert_eq!(
            date_time("12/29/2020 12:05 AM"),
            Some(day(2020, 12, 29).at(0, 5, 0, 0))
        );
        assert_eq!(date_time("12/29/2020"), None);
        let evening = day(2022, 12, 21).at(10, 31, 40, 0);
        for text in [
            "2022-12-21T16:31:40+0100",
            "2022-12-21T16:31:40+01:00",
            "2022-12-21T15:31:40Z",
        ] {
            assert_eq!(offset_time(text), Some(evening), "{text}");
        }
        for text in ["", "é", "2022-12-21T16:31:40", "2022-13-21T16:31:40+0100"] {
            assert_eq!(offset_time(text), None, "{text}");
        }
        let chicago = TimeZone::get("America/Chicago").expect("known");
        let local = day(2026, 3, 25).at(8, 23, 0, 0);
        assert_eq!(
            to_new_york(local, &chicago),
            day(2026, 3, 25).at(9, 23, 0, 0)
        );
    }

    #[test]
    fn lines_are_cut_where_they_end() {
        let sheet =
            Sheet::parse("\u{feff}a,\"1,2\",=\"53\"\r\n\r\nx \"y\",\"open,z\nlast,\"a \"\"b\"\"\"");
        let cells: Vec<Vec<&str>> = sheet
            .rows
            .iter()
            .map(|row| row.cells.iter().map(String::as_str).collect())
            .collect();
        assert_eq!(
            cells,
            [
                vec!["a", "1,2", "53"],
                vec![""],
                vec!["x \"y\"", "open,z"],
                vec!["last", "a \"b\""]
            ]
        );
        assert_eq!(sheet.rows[2].line, 3);
        assert!(sheet.rows[2].open_quote && !sheet.rows[3].open_quote);
        assert!(Sheet::parse("").rows.is_empty());
        assert_eq!(Sheet::parse("a\rb").rows.len(), 2);
    }
}
