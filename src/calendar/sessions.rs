//! Counting and stepping in trading days.
//!
//! One convention throughout: the number of sessions between two days counts the later day and not
//! the earlier, so that it is the number of closes that pass on the way, and
//! `add_trading_days(from, business_days_between(from, to)) == to` whenever `to` is a session (and
//! `from` too, when it is the later of the two).

use std::ops::Range;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::holidays::is_business_day;

/// The first session strictly after `day`.
pub fn next_business_day(day: Date) -> Date {
    add_trading_days(day, 1)
}

/// The last session strictly before `day`.
pub fn prev_business_day(day: Date) -> Date {
    add_trading_days(day, -1)
}

/// The session `sessions` trading days after `day` (before it when negative; `day` itself when 0,
/// session or not). A horizon of h trading days from an as-of date is the calendar date that this
/// returns. Saturates at the ends of the civil calendar.
pub fn add_trading_days(day: Date, sessions: i32) -> Date {
    let Some(skipped) = sessions.unsigned_abs().checked_sub(1) else {
        return day;
    };
    let (step, end) = if sessions > 0 {
        (1.day(), Date::MAX)
    } else {
        (-1.day(), Date::MIN)
    };
    day.series(step)
        .skip(1)
        .filter(|day| is_business_day(*day))
        .nth(skipped as usize)
        .unwrap_or(end)
}

/// Sessions after `from` up to and including `to`; negative, counted the same way, when `to` is the
/// earlier of the two.
pub fn business_days_between(from: Date, to: Date) -> i32 {
    let count = |early: Date, late: Date| sessions(early.series(1.day()).skip(1), late);
    if to >= from {
        count(from, to)
    } else {
        -count(to, from)
    }
}

/// Sessions in the half-open range of days `[start, end)`: the counting of roll periods, such as the
/// `dt` and `dr` of the S&P 500 VIX futures indices. 0 when the range is empty.
pub fn business_days_within(days: Range<Date>) -> i32 {
    match days.end.yesterday() {
        Ok(last) => sessions(days.start.series(1.day()), last),
        Err(_nothing_before) => 0,
    }
}

/// Sessions among the days up to `last`.
fn sessions(days: impl Iterator<Item = Date>, last: Date) -> i32 {
    days.take_while(|day| *day <= last)
        .map(|day| i32::from(is_business_day(day)))
        .sum()
}

/// Number of sessions in a calendar year (252 in 2024); 0 for a year outside jiff's calendar.
pub fn trading_days_in(year: i16) -> i32 {
    let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
        return 0;
    };
    business_days_within(first..last) + i32::from(is_business_day(last))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn sessions_per_year() {
        for (year, sessions) in [(2024, 252), (2025, 250), (2026, 251), (2028, 251)] {
            assert_eq!(trading_days_in(year), sessions, "{year}");
        }
        assert_eq!(trading_days_in(i16::MAX), 0);
    }

    #[test]
    fn roll_period_of_april_2026() {
        let (start, end) = (date(2026, 4, 15), date(2026, 5, 19));
        assert_eq!(business_days_within(start..end), 24);
        assert_eq!(business_days_within(date(2026, 5, 1)..end), 12);
        assert_eq!(business_days_within(end..start), 0);
    }

    #[test]
    fn stepping_over_a_long_weekend() {
        let thursday = date(2026, 7, 2);
        assert_eq!(next_business_day(thursday), date(2026, 7, 6));
        assert_eq!(prev_business_day(date(2026, 7, 6)), thursday);
        assert_eq!(add_trading_days(date(2026, 7, 4), 0), date(2026, 7, 4));
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_loop() {
        assert_eq!(add_trading_days(Date::MAX, 3), Date::MAX);
        assert_eq!(add_trading_days(Date::MIN, -3), Date::MIN);
    }
}
