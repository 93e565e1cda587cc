//! Dates of rows: ISO, compact, and with slashes in either order.

use jiff::civil::Date;

use super::text::Lines;
use crate::import::locale_date::parse_row_date;

/// Which number comes first in `3/4/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// As exports of the United States write it.
    MonthFirst,
    /// As most of the world writes it.
    DayFirst,
}

impl Order {
    /// The order of a whole file, from the dates in one column after its header: the day is the number
    /// that exceeds 12 somewhere. Month first when none does or both do.
    pub(super) fn of(lines: Lines<'_>, column: usize) -> Self {
        let mut first_is_day = false;
        for (_, line) in lines {
            let cell = line.split(',').nth(column).unwrap_or("");
            let mut numbers = cell.trim().trim_matches('"').split('/');
            let (Some(first), Some(second), Some(_)) =
                (numbers.next(), numbers.next(), numbers.next())
            else {
                // other notations need no order
                return Self::MonthFirst;
            };
            match (first.parse::<u8>(), second.parse::<u8>()) {
                (_, Ok(13..=31)) => return Self::MonthFirst,
                (Ok(13..=31), _) => first_is_day = true,
                _ => {}
            }
        }
        if first_is_day {
            Self::DayFirst
        } else {
            Self::MonthFirst
        }
    }
}

/// Reads a date: `2026-07-23` (a time may follow), `20260723`, `7/23/2026` of any widths, `2026-07`
/// (the month's first day), or with the month's name.
pub(super) fn parse(text: &str, order: Order) -> Option<Date> {
    let bytes = text.as_bytes();
    match bytes {
        [_, _, _, _, b'-', _, _, b'-', _, _] => civil(&bytes[..4], &bytes[5..7], &bytes[8..]),
        [_, _, _, _, b'-', _, _] => civil(&bytes[..4], &bytes[5..7], b"1"),
        [_, _, _, _, b'-', _, _, b'-', _, _, b' ' | b'T', ..] => {
            civil(&bytes[..4], &bytes[5..7], &bytes[8..10])
        }
        _ if bytes.len() == 8 && bytes.iter().all(u8::is_ascii_digit) => {
            civil(&bytes[..4], &bytes[4..6], &bytes[6..])
        }
        _ if bytes.contains(&b'/') => slashed(bytes, order),
        _ => parse_row_date(text),
    }
}

fn slashed(bytes: &[u8], order: Order) -> Option<Date> {
    let mut parts = bytes.split(|byte| *byte == b'/');
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    match (first.len(), third.len()) {
        (4, 1 | 2) => civil(first, second, third),
        (1 | 2, 4) => match order {
            Order::MonthFirst => civil(third, first, second),
            Order::DayFirst => civil(third, second, first),
        },
        _ => None,
    }
}

fn civil(year: &[u8], month: &[u8], day: &[u8]) -> Option<Date> {
    let year = i16::try_from(digits(year)?).ok()?;
    let month = i8::try_from(digits(month)?).ok()?;
    let day = i8::try_from(digits(day)?).ok()?;
    Date::new(year, month, day).ok()
}

fn digits(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() || bytes.len() > 4 {
        return None;
    }
    bytes.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Lines, Order, parse};

    #[test]
    fn dates_as_files_write_them() {
        let day = Some(date(2026, 7, 3));
        for text in [
            "2026-07-03",
            "2026-07-03 00:00:00-04:00",
            "2026-07-03T16:00",
            "20260703",
            "07/03/2026",
            "7/3/2026",
            "2026/07/03",
            "Fri Jul 03 2026",
        ] {
            assert_eq!(parse(text, Order::MonthFirst), day, "{text}");
        }
        assert_eq!(parse("3/07/2026", Order::DayFirst), day);
        assert_eq!(parse("2026-07", Order::MonthFirst), Some(date(2026, 7, 1)));
        for wrong in [
            "",
            "20268-03-18",
            "2026-02-30",
            "3/26/04",
            "13/13/2026",
            "Date",
        ] {
            assert_eq!(parse(wrong, Order::MonthFirst), None, "{wrong}");
        }
    }

    #[test]
    fn the_order_is_the_file_s() {
        let order = |text| Order::of(Lines::of(text), 0);
        assert_eq!(order("1/2/1993,4\n1/29/1993,4\n"), Order::MonthFirst);
        assert_eq!(order("1/2/1993,4\n29/1/1993,4\n"), Order::DayFirst);
        assert_eq!(order("1/2/1993,4\n"), Order::MonthFirst);
        assert_eq!(order("2026-07-03,4\n"), Order::MonthFirst);
    }
}
