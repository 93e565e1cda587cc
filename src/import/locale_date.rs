//! Dates as exports of different locales write them: `June 11, 2022, 8:47 PM EDT`,
//! `14 March 2026 at 07:34 GMT-4`, `2026年3月19日 GMT-4 10:30`, `13 de março de 2026 às 16:32 GMT-3`.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use crate::calendar::new_york_instant;

/// Beginnings of month names, lower case, in English, Spanish, Portuguese, French, German, Italian and
/// Dutch; longer beginnings stand before the shorter ones that they contain.
#[rustfmt::skip]
const MONTHS: [(&str, i8); 36] = [
    ("jan", 1), ("gen", 1), ("ene", 1), ("jän", 1),
    ("feb", 2), ("fev", 2), ("fév", 2),
    ("mai", 5), ("may", 5), ("mag", 5), ("mei", 5),
    ("mar", 3), ("mär", 3), ("maa", 3), ("mrz", 3),
    ("apr", 4), ("abr", 4), ("avr", 4),
    ("juin", 6), ("jun", 6), ("giu", 6),
    ("juil", 7), ("jul", 7), ("lug", 7),
    ("aug", 8), ("ago", 8), ("aoû", 8), ("aou", 8),
    ("sep", 9), ("set", 9),
    ("oct", 10), ("okt", 10), ("out", 10), ("ott", 10),
    ("nov", 11),
    ("dec", 12),
];

/// Beginnings of December in the other languages, kept apart because `dé`, `di` and `de` clash with
/// prepositions.
const DECEMBERS: [&str; 5] = ["déc", "dez", "dic", "decem", "december"];

/// Zone abbreviations of the United States and their hours from UTC.
const ZONES: [(&str, i8); 8] = [
    ("edt", -4),
    ("est", -5),
    ("cdt", -5),
    ("cst", -6),
    ("mdt", -6),
    ("mst", -7),
    ("pdt", -7),
    ("pst", -8),
];

/// A piece of a date line.
#[derive(Debug, PartialEq)]
enum Token {
    Number(i64, usize),
    Word(String),
    Mark(char),
}

/// Reads a date with a time of day and, if stated, a zone (else New York). `None` when the day, month,
/// year or time is missing or ambiguous (`03/04/2026`).
pub fn parse_instant(text: &str) -> Option<Timestamp> {
    let tokens = tokens(text);
    let (time, used) = find_time(&tokens)?;
    let date = find_date(&tokens, used)?;
    let local = date.to_datetime(time);
    match find_offset(&tokens) {
        Some(offset) => offset.to_timestamp(local).ok(),
        None => Some(new_york_instant(local)),
    }
}

/// Reads a date without time, such as `Tue Feb 07 2023`, `2023-02-07`, `02/07/2023` (month first, as
/// United States exports write rows).
pub fn parse_row_date(text: &str) -> Option<Date> {
    let tokens = tokens(text);
    let numbers: Vec<(i64, usize)> = numbers(&tokens, 0..0);
    let slashed = tokens.contains(&Token::Mark('/'));
    match numbers.as_slice() {
        [(month, _), (day, _), (year, 4)] if slashed => civil(*year, *month, *day),
        _ => find_date(&tokens, 0..0),
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(&first) = letters.peek() {
        let mut piece = String::new();
        let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        while let Some(&next) = letters.peek() {
            let digits = kind(first).0 && kind(next).0;
            let word = kind(first).1 && kind(next).1;
            if !(piece.is_empty() || digits || word) {
                break;
            }
            piece.push(next);
            letters.next();
        }
        if first.is_ascii_digit() {
            let width = piece.len();
            found.push(Token::Number(piece.parse().unwrap_or(i64::MAX), width));
        } else if first.is_alphabetic() {
            found.push(Token::Word(piece.to_lowercase()));
        } else if !first.is_whitespace() {
            found.push(Token::Mark(first));
        }
    }
    found
}

/// The time `h:mm` and the tokens that it takes; a PM word anywhere shifts it.
fn find_time(tokens: &[Token]) -> Option<(Time, std::ops::Range<usize>)> {
    let at = tokens.windows(3).position(|three| {
        matches!(
            three,
            [
                Token::Number(_, 1..=2),
                Token::Mark(':'),
                Token::Number(_, 2)
            ]
        )
    })?;
    let (Token::Number(hour, _), Token::Number(minute, _)) = (tokens.get(at)?, tokens.get(at + 2)?)
    else {
        return None;
    };
    let word = |names: &[&str]| {
        tokens
            .iter()
            .any(|token| matches!(token, Token::Word(word) if names.contains(&word.as_str())))
    };
    let dotted = |letter: &str| {
        tokens.windows(3).any(|three| {
            matches!(three, [Token::Word(a), Token::Mark('.'), Token::Word(m)] if a == letter && m == "m")
        })
    };
    let hour = match hour % 12 {
        twelfth if word(&["pm", "下午", "午後", "오후"]) || dotted("p") => twelfth + 12,
        twelfth if word(&["am", "上午", "午前", "오전"]) || dotted("a") => twelfth,
        _ => *hour,
    };
    let has_seconds = matches!(
        tokens.get(at + 3..at + 5),
        Some([Token::Mark(':'), Token::Number(..)])
    );
    let end = if has_seconds { at + 5 } else { at + 3 };
    let time = Time::new(hour.try_into().ok()?, (*minute).try_into().ok()?, 0, 0).ok()?;
    Some((time, at..end))
}

/// Numbers outside the time and not part of a zone (`GMT-4`, `UTC+08`).
fn numbers(tokens: &[Token], time: std::ops::Range<usize>) -> Vec<(i64, usize)> {
    let zone = |at: usize| {
        at >= 2
            && matches!(&tokens[at - 2], Token::Word(word) if word == "gmt" || word == "utc")
            && matches!(tokens[at - 1], Token::Mark('+' | '-' | '−'))
    };
    tokens
        .iter()
        .enumerate()
        .filter(|(at, _)| !time.contains(at) && !zone(*at))
        .filter_map(|(_, token)| match token {
            Token::Number(value, width) => Some((*value, *width)),
            Token::Word(_) | Token::Mark(_) => None,
        })
        .collect()
}

fn find_date(tokens: &[Token], time: std::ops::Range<usize>) -> Option<Date> {
    let numbers = numbers(tokens, time);
    let named = tokens.iter().find_map(|token| match token {
        Token::Word(word) => month_of(word),
        Token::Number(..) | Token::Mark(_) => None,
    });
    let year = numbers.iter().position(|(_, width)| *width == 4);
    match (named, numbers.as_slice(), year) {
        (Some(month), [(day, 1..=2), (year, 4), ..] | [(year, 4), (day, 1..=2), ..], _) => {
            civil(*year, i64::from(month), *day)
        }
        // 2026-03-19, 2026年3月19日, 2026. 3. 19.
        (None, [(year, 4), (month, 1..=2), (day, 1..=2), ..], _) => civil(*year, *month, *day),
        // 19/03/2026 or 03/19/2026, where one reading alone is a date
        (None, [(first, 1..=2), (second, 1..=2), (year, 4), ..], _) => {
            match (*first > 12, *second > 12) {
                (true, false) => civil(*year, *second, *first),
                (false, true) => civil(*year, *first, *second),
                (false, false) if first == second => civil(*year, *first, *second),
                (true, true) | (false, false) => None,
            }
        }
        _ => None,
    }
}

fn month_of(word: &str) -> Option<i8> {
    if DECEMBERS.iter().any(|name| word.starts_with(name)) {
        return Some(12);
    }
    MONTHS
        .iter()
        .find(|(name, _)| word.starts_with(name))
        .map(|(_, month)| *month)
}

fn civil(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()
}

/// A stated offset: `GMT-4`, `UTC+08`, `EDT`; `None` for New York's own clock.
fn find_offset(tokens: &[Token]) -> Option<Offset> {
    for (at, token) in tokens.iter().enumerate() {
        let Token::Word(word) = token else { continue };
        if word == "gmt" || word == "utc" {
            return match tokens.get(at + 1..at + 3) {
                Some([Token::Mark('+'), Token::Number(hours, 1..=2)]) => offset(*hours),
                Some([Token::Mark('-' | '−'), Token::Number(hours, 1..=2)]) => offset(-*hours),
                Some(_) | None => offset(0),
            };
        }
        if let Some((_, hours)) = ZONES.iter().find(|(name, _)| word == name) {
            return offset(i64::from(*hours));
        }
    }
    None
}

fn offset(hours: i64) -> Option<Offset> {
    Offset::from_hours(hours.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{parse_instant, parse_row_date};
    use jiff::civil::date;

    #[test]
    fn date_lines_of_many_locales() {
        for (text, instant) in [
            ("June 11, 2022, 8:47 PM EDT", "2022-06-12T00:47:00Z"),
            ("February 7, 2023 at 5:34 PM EST", "2023-02-07T22:34:00Z"),
            ("14 March 2026 at 07:34 GMT-4", "2026-03-14T11:34:00Z"),
            ("2026年3月19日 GMT-4 10:30", "2026-03-19T14:30:00Z"),
            ("2026年3月19日 下午4:30 [GMT-4]", "2026-03-19T20:30:00Z"),
            ("13 de março de 2026 às 16:32 GMT-3", "2026-03-13T19:32:00Z"),
            (
                "2 de dezembro de 2025 às 09:05 GMT-5",
                "2025-12-02T14:05:00Z",
            ),
            ("19. März 2026 um 15:30 GMT-4", "2026-03-19T19:30:00Z"),
            ("9 août 2025 à 16:00 UTC-4", "2025-08-09T20:00:00Z"),
            (
                "5 de mayo de 2025, 4:15 p. m. GMT-4",
                "2025-05-05T20:15:00Z",
            ),
            ("2026-03-19 10:30:15", "2026-03-19T14:30:00Z"),
            ("3/19/2026, 12:05 AM ET", "2026-03-19T04:05:00Z"),
            ("19/03/2026 10:30 GMT+1", "2026-03-19T09:30:00Z"),
        ] {
            let expected: jiff::Timestamp = instant.parse().expect("an instant");
            assert_eq!(parse_instant(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_ambiguous_or_no_date_is_refused() {
        for text in [
            "",
            "yesterday",
            "03/04/2026 10:30",
            "June 11, 2022",
            "June 31, 2022 8:47 PM",
            "99:99 June 1 2022",
            "8:47 PM EDT",
        ] {
            assert_eq!(parse_instant(text), None, "{text}");
        }
    }

    #[test]
    fn row_dates() {
        assert_eq!(parse_row_date("Tue Feb 07 2023"), Some(date(2023, 2, 7)));
        assert_eq!(parse_row_date("2023-02-07"), Some(date(2023, 2, 7)));
        assert_eq!(parse_row_date("02/07/2023"), Some(date(2023, 2, 7)));
        assert_eq!(parse_row_date("SPXW"), None);
        assert_eq!(parse_row_date("Tue Feb 30 2023"), None);
    }
}
