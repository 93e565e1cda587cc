//! Which days the exchange is closed, and on which it closes at 13:00 New York.
//!
//! The rules are those of the NYSE and Cboe since 2022 (Juneteenth joined then); together with
//! [`AD_HOC_CLOSURES`] they give every closure and early close of 2020–2035 as published or
//! scheduled. The same rules are applied to any other year: before 2013 single early closes differ,
//! and closures that nobody has announced yet cannot be known, so treat years far outside that
//! range as a good approximation.
//!
//! ```
//! use jiff::civil::date;
//! use palisade::calendar::{closure_name, early_close, is_business_day};
//!
//! assert_eq!(closure_name(date(2026, 7, 3)), Some("Independence Day"));
//! assert!(is_business_day(date(2026, 10, 12)), "Columbus Day is a session");
//! assert!(early_close(date(2026, 12, 24)).is_some());
//! ```

use jiff::ToSpan as _;
use jiff::civil::{Date, Time, Weekday, date, time};

/// Closures that follow no rule, oldest first: edit this table when the exchange announces another.
pub const AD_HOC_CLOSURES: [(Date, &str); 10] = [
    (date(2001, 9, 11), "Attacks of 11 September"),
    (date(2001, 9, 12), "Attacks of 11 September"),
    (date(2001, 9, 13), "Attacks of 11 September"),
    (date(2001, 9, 14), "Attacks of 11 September"),
    (date(2004, 6, 11), "Mourning for President Reagan"),
    (date(2007, 1, 2), "Mourning for President Ford"),
    (date(2012, 10, 29), "Hurricane Sandy"),
    (date(2012, 10, 30), "Hurricane Sandy"),
    (date(2018, 12, 5), "Mourning for President Bush"),
    (date(2025, 1, 9), "Mourning for President Carter"),
];

/// Close of stocks and settlement of PM index options on a normal session, New York time.
pub const NORMAL_CLOSE: Time = time(16, 0, 0, 0);

/// Close of stocks and settlement of PM index options on a shortened session, New York time.
pub const SHORT_CLOSE: Time = time(13, 0, 0, 0);

/// First year in which Juneteenth was an exchange holiday.
const JUNETEENTH_SINCE: i16 = 2022;

/// The name of the holiday (or ad hoc closure) that closes the exchange on a weekday.
///
/// `None` on a session, and on a Saturday or Sunday that is closed for being one.
pub fn closure_name(day: Date) -> Option<&'static str> {
    if is_weekend(day) {
        return None;
    }
    scheduled_closure(day).or_else(|| {
        AD_HOC_CLOSURES
            .iter()
            .find(|(closed, _)| *closed == day)
            .map(|(_, name)| *name)
    })
}

/// Whether the exchange holds a session on this day, short or long.
pub fn is_business_day(day: Date) -> bool {
    !is_weekend(day) && closure_name(day).is_none()
}

/// The New York closing time of a shortened session: 13:00 on 3 July and 24 December when they
/// fall on Monday to Thursday, and on the Friday after Thanksgiving. `None` on every other day.
pub fn early_close(day: Date) -> Option<Time> {
    let monday_to_thursday = !is_weekend(day) && day.weekday() != Weekday::Friday;
    let short = match (day.month(), day.day()) {
        (7, 3) | (12, 24) => monday_to_thursday,
        (11, 23..=29) => day.weekday() == Weekday::Friday,
        (_, _) => false,
    };
    (short && is_business_day(day)).then_some(SHORT_CLOSE)
}

/// Saturday or Sunday.
fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The holiday observed on this weekday by rule, ad hoc closures apart.
fn scheduled_closure(day: Date) -> Option<&'static str> {
    let named = |holds: bool, name| holds.then_some(name);
    match day.month() {
        1 => named(is_new_year(day), "New Year's Day").or_else(|| {
            named(
                is_nth(day, 3, Weekday::Monday),
                "Martin Luther King Jr. Day",
            )
        }),
        2 => named(is_nth(day, 3, Weekday::Monday), "Presidents' Day"),
        3 | 4 => named(is_good_friday(day), "Good Friday"),
        5 => named(
            day.weekday() == Weekday::Monday && day.day() > 24,
            "Memorial Day",
        ),
        6 => named(
            day.year() >= JUNETEENTH_SINCE && is_observed(day, 19),
            "Juneteenth",
        ),
        7 => named(is_observed(day, 4), "Independence Day"),
        9 => named(is_nth(day, 1, Weekday::Monday), "Labor Day"),
        11 => named(is_nth(day, 4, Weekday::Thursday), "Thanksgiving Day"),
        12 => named(is_observed(day, 25), "Christmas Day"),
        _ => None,
    }
}

/// New Year's Day moves from Sunday to Monday, but a Saturday one is not made up for.
fn is_new_year(day: Date) -> bool {
    day.day() == 1 || (day.day() == 2 && day.weekday() == Weekday::Monday)
}

/// A fixed date of the same month, observed on Friday when Saturday and on Monday when Sunday.
fn is_observed(day: Date, holiday: i8) -> bool {
    day.day() == holiday
        || (day.day() == holiday - 1 && day.weekday() == Weekday::Friday)
        || (day.day() == holiday + 1 && day.weekday() == Weekday::Monday)
}

/// The `nth` (1-based) such weekday of its month.
fn is_nth(day: Date, nth: i8, weekday: Weekday) -> bool {
    day.weekday() == weekday && (day.day() - 1) / 7 + 1 == nth
}

/// Two days before Easter Sunday.
fn is_good_friday(day: Date) -> bool {
    if day.weekday() != Weekday::Friday {
        return false;
    }
    let sunday = day.saturating_add(2.days());
    (sunday.month(), sunday.day()) == easter(day.year())
}

/// Month and day of Gregorian Easter Sunday (the "anonymous" algorithm, Nature, 20 April 1876).
fn easter(year: i16) -> (i8, i8) {
    let year = i32::from(year);
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * late + 114;
    ((days / 31) as i8, (days % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_of_known_years() {
        for (year, month, day) in [
            (2000, 4, 23),
            (2008, 3, 23),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), (month, day), "{year}");
        }
    }

    #[test]
    fn weekend_rules_of_fixed_holidays() {
        assert_eq!(closure_name(date(2027, 12, 31)), None, "1 Jan 2028 is Sat");
        assert_eq!(closure_name(date(2023, 1, 2)), Some("New Year's Day"));
        assert_eq!(closure_name(date(2027, 12, 24)), Some("Christmas Day"));
        assert_eq!(closure_name(date(2026, 7, 3)), Some("Independence Day"));
        assert_eq!(closure_name(date(2027, 7, 5)), Some("Independence Day"));
        assert_eq!(closure_name(date(2021, 6, 18)), None, "before Juneteenth");
        assert_eq!(closure_name(date(2022, 6, 20)), Some("Juneteenth"));
        assert_eq!(
            closure_name(date(2025, 1, 9)),
            Some("Mourning for President Carter")
        );
    }

    #[test]
    fn columbus_and_veterans_days_are_sessions() {
        for year in 2020..=2035 {
            let veterans = date(year, 11, 11);
            assert!(is_weekend(veterans) || is_business_day(veterans));
            for day in 8..=14 {
                let columbus = date(year, 10, day);
                assert!(is_weekend(columbus) || is_business_day(columbus));
            }
        }
    }

    #[test]
    fn no_early_close_when_the_holiday_itself_takes_the_day() {
        for day in [
            date(2026, 7, 2),
            date(2026, 7, 3),
            date(2027, 7, 2),
            date(2027, 12, 24),
        ] {
            assert_eq!(early_close(day), None, "{day}");
        }
        assert_eq!(early_close(date(2024, 11, 29)), Some(SHORT_CLOSE));
    }
}
