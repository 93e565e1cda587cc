//! Dates and times as people write them: `2026-11-20`, `20 Nov 26`, `20NOV26`, `Nov 20, 2026`, with a time
//! of day such as `16:00` or `4:15 pm` where one is meant.
//!
//! A date in numbers alone is read only with the year first: `11/12/26` is two days.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::new_york;

/// Beginnings of the months, from January.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Beginnings of the weekdays; a weekday is allowed, and not checked.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A text that is no date, or no time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{found}” is not a {what}")]
pub struct WrittenError {
    /// The text.
    pub found: String,
    what: &'static str,
}

/// Reads a date.
///
/// # Errors
/// [`WrittenError`] with the text and what dates look like.
pub fn parse_date(text: &str) -> Result<Date, WrittenError> {
    read_date(text).ok_or_else(|| WrittenError {
        found: text.trim().to_owned(),
        what: "date such as 2026-11-20, 20 Nov 26 or 20NOV26",
    })
}

/// Reads a date and a time of day in New York; without a time of day it is `time`. An instant with an
/// offset or `Z` is turned to New York.
///
/// # Errors
/// [`WrittenError`] with the text and what times look like.
pub fn parse_moment(text: &str, time: Time) -> Result<DateTime, WrittenError> {
    read_moment(text.trim(), time).ok_or_else(|| WrittenError {
        found: text.trim().to_owned(),
        what: "time such as 20 Nov 26 16:00",
    })
}

fn read_moment(text: &str, time: Time) -> Option<DateTime> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.to_zoned(new_york()).datetime());
    }
    if text.contains(':')
        && let Ok(moment) = text.parse::<DateTime>()
    {
        return Some(moment);
    }
    let Some(colon) = text.find(':') else {
        return Some(read_date(text)?.to_datetime(time));
    };
    // the time of day stands last: the digits before the colon, and all that follows
    let before = text.get(..colon)?;
    let digits = before.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let (day, of_day) = text.split_at_checked(digits.len())?;
    Some(read_date(day)?.to_datetime(read_time(of_day)?))
}

/// `16:00`, `09:31:15`, `4:15pm` or `4:15 PM`.
fn read_time(text: &str) -> Option<Time> {
    let lower = text.trim().to_ascii_lowercase();
    let (clock, half) = match lower.strip_suffix("pm") {
        Some(clock) => (clock, Some(12)),
        None => lower
            .strip_suffix("am")
            .map_or((lower.as_str(), None), |clock| (clock, Some(0))),
    };
    let mut parts = clock.trim().split(':').map(str::parse::<i8>);
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let second = parts.next().unwrap_or(Ok(0)).ok()?;
    if parts.next().is_some() {
        return None;
    }
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(noon) => hour % 12 + noon,
        None => hour,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// A piece of a date: a number with its digits, or a word.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    Number(i16, usize),
    Month(i8),
}

fn read_date(text: &str) -> Option<Date> {
    let pieces = pieces(text)?;
    let (year, month, day) = match pieces.as_slice() {
        [
            Piece::Number(year, 4),
            Piece::Number(month, 1..=2),
            Piece::Number(day, 1..=2),
        ] => (*year, i8::try_from(*month).ok()?, *day),
        [
            Piece::Number(day, 1..=2),
            Piece::Month(month),
            Piece::Number(year, digits),
        ]
        | [
            Piece::Month(month),
            Piece::Number(day, 1..=2),
            Piece::Number(year, digits),
        ] => (whole_year(*year, *digits)?, *month, *day),
        [
            Piece::Number(year, 4),
            Piece::Month(month),
            Piece::Number(day, 1..=2),
        ] => (*year, *month, *day),
        _ => return None,
    };
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

fn whole_year(year: i16, digits: usize) -> Option<i16> {
    match digits {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

/// Cuts a text into numbers and month names; weekdays are left out, other words are refused.
fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let is_same = |sign: char| {
            (first.is_ascii_digit() && sign.is_ascii_digit())
                || (first.is_alphabetic() && sign.is_alphabetic())
        };
        let end = rest.find(|sign| !is_same(sign)).unwrap_or(rest.len());
        if end == 0 {
            // separators, but for the stroke, which stands for two orders
            if !(first.is_whitespace() || matches!(first, ',' | '.' | '-')) {
                return None;
            }
            rest = rest.get(first.len_utf8()..)?;
            continue;
        }
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        if first.is_ascii_digit() {
            found.push(Piece::Number(piece.parse().ok()?, piece.len()));
            continue;
        }
        let word = piece.to_lowercase();
        let begins = |names: &[&str]| names.iter().position(|name| word.starts_with(name));
        if let Some(month) = begins(&MONTHS) {
            found.push(Piece::Month(month as i8 + 1));
        } else {
            begins(&WEEKDAYS)?;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn dates_as_traders_write_them() {
        for text in [
            "2026-11-20",
            "20 Nov 26",
            "20NOV26",
            "20nov2026",
            "20 November 2026",
            "Fri 20 Nov 26",
            "Nov 20, 2026",
            " 2026-Nov-20 ",
            "20-Nov-26",
        ] {
            assert_eq!(parse_date(text), Ok(date(2026, 11, 20)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_or_two_days_is_refused() {
        for text in [
            "",
            "tomorrow",
            "11/12/26",
            "11.12.26",
            "31 Nov 26",
            "20 Nov",
            "20 Nov 026",
        ] {
            let refused = parse_date(text).expect_err(text);
            assert!(refused.to_string().contains("20NOV26"), "{refused}");
        }
    }

    #[test]
    fn a_moment_is_a_date_with_a_time_of_day() {
        let close = time(16, 0, 0, 0);
        let moment = |text: &str| parse_moment(text, close);
        let at = |hour, minute| Ok(date(2026, 11, 20).at(hour, minute, 0, 0));
        assert_eq!(moment("2026-11-20T10:30"), at(10, 30));
        assert_eq!(moment("2026-11-20 10:30"), at(10, 30));
        assert_eq!(moment("20 Nov 26 10:30"), at(10, 30));
        assert_eq!(moment("20NOV26 4:15pm"), at(16, 15));
        assert_eq!(moment("20NOV26 12:05 AM"), at(0, 5));
        assert_eq!(moment("20 Nov 26"), at(16, 0), "the given time of day");
        assert_eq!(
            moment("2026-11-20T15:30Z"),
            at(10, 30),
            "turned to New York"
        );
        for text in [
            "10:30",
            "20 Nov 26 25:00",
            "20 Nov 26 13:00pm",
            "yesterday",
            "20 Nov 26 1:2:3:4",
        ] {
            assert!(moment(text).is_err(), "{text}");
        }
    }
}
