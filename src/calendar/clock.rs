//! Settlement instants in New York, and years between two instants.
//!
//! Years are elapsed minutes over 525,600, as in the Cboe VIX methodology: absolute time, so that
//! a change to daylight saving does not make a position jump. Nothing here reads the computer's
//! clock: every function is told the as-of.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::holidays::{NORMAL_CLOSE, early_close};
use crate::units::MINUTES_PER_YEAR;

/// New York time of the opening prints to which AM-settled contracts settle.
pub const OPENING: Time = time(9, 30, 0, 0);

/// Least time left to a contract that has not settled, minutes.
const LEAST_MINUTES: f64 = 1.0;

/// New York's rule since 2007, for a machine without a time-zone database.
const NEW_YORK_RULE: &str = "EST5EDT,M3.2.0,M11.1.0";

static NEW_YORK: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZone::get("America/New_York")
        .or_else(|_missing| TimeZone::posix(NEW_YORK_RULE))
        .unwrap_or(TimeZone::UTC)
});

/// When on its expiry date a contract settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SettlementTime {
    /// At the opening prints, 09:30 New York: SPX (AM), VIX, VX.
    Open,
    /// At the close, 16:00 New York or 13:00 on a short session: SPXW, XSP.
    Close,
}

/// An as-of that is neither of the two accepted forms.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "found '{found}': expected an instant such as 2026-06-24T16:15:00-04:00, or New York time such as 2026-06-24T16:15"
)]
pub struct AsOfError {
    /// The text as given.
    pub found: String,
}

/// The time zone of the exchanges: from the system's database, else by the rule in force since 2007.
pub fn new_york() -> TimeZone {
    NEW_YORK.clone()
}

/// The instant at which New York's wall clock shows `local`. Of a repeated hour the first; a
/// skipped hour is read as if the clock had not been moved. Saturates at the ends of time.
pub fn new_york_instant(local: DateTime) -> Timestamp {
    let end = if local.year() > 0 {
        Timestamp::MAX
    } else {
        Timestamp::MIN
    };
    local
        .to_zoned(new_york())
        .map_or(end, |zoned| zoned.timestamp())
}

/// The date in New York at an instant.
pub fn new_york_date(instant: Timestamp) -> Date {
    instant.to_zoned(new_york()).date()
}

/// The instant to which a contract that expires on `expiry` settles.
pub fn settlement_instant(expiry: Date, at: SettlementTime) -> Timestamp {
    let local = match at {
        SettlementTime::Open => OPENING,
        SettlementTime::Close => early_close(expiry).unwrap_or(NORMAL_CLOSE),
    };
    new_york_instant(expiry.to_datetime(local))
}

/// Years from `as_of` to `settlement`: elapsed minutes / 525,600, at least one minute while the
/// settlement is ahead, and exactly 0 once it is reached or past. So 0 means *settled*: value the
/// contract at intrinsic on its settlement value.
pub fn years_between(as_of: Timestamp, settlement: Timestamp) -> f64 {
    let left = settlement.duration_since(as_of);
    if left <= SignedDuration::ZERO {
        return 0.0;
    }
    (left.as_secs_f64() / 60.0).max(LEAST_MINUTES) / MINUTES_PER_YEAR
}

/// Calendar days from the New York date of `as_of` to `expiry` (the desk's DTE); negative when past.
pub fn days_to_expiry(as_of: Timestamp, expiry: Date) -> i32 {
    (expiry - new_york_date(as_of)).get_days()
}

/// Reads an as-of: RFC 3339 with an offset or `Z`, or `YYYY-MM-DDTHH:MM[:SS]` in New York.
///
/// # Errors
/// [`AsOfError`] with the text when it is neither; a bare date is refused, since it names no instant.
pub fn parse_as_of(text: &str) -> Result<Timestamp, AsOfError> {
    let trimmed = text.trim();
    let refused = || AsOfError {
        found: text.to_owned(),
    };
    if !trimmed.contains(':') {
        return Err(refused());
    }
    if let Ok(instant) = trimmed.parse::<Timestamp>() {
        return Ok(instant);
    }
    trimmed
        .parse::<DateTime>()
        .map(new_york_instant)
        .map_err(|_malformed| refused())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn minutes(as_of: &str, expiry: Date, at: SettlementTime) -> f64 {
        let as_of = parse_as_of(as_of).expect("a valid as-of");
        years_between(as_of, settlement_instant(expiry, at)) * MINUTES_PER_YEAR
    }

    #[test]
    fn minutes_to_settlement() {
        let as_of = "2026-01-05T15:00";
        let am = minutes(as_of, date(2026, 2, 20), SettlementTime::Open);
        let pm = minutes(as_of, date(2026, 2, 20), SettlementTime::Close);
        let vix = minutes(as_of, date(2026, 2, 18), SettlementTime::Open);
        assert!((am - 65_910.0).abs() < 1e-6, "{am}");
        assert!((am / MINUTES_PER_YEAR - 0.12539954).abs() < 1e-8);
        assert!((pm - 66_300.0).abs() < 1e-6, "{pm}");
        assert!((vix - 63_030.0).abs() < 1e-6, "{vix}");
    }

    #[test]
    fn early_close_settles_three_hours_sooner() {
        let at = |day| settlement_instant(day, SettlementTime::Close);
        assert_eq!(
            at(date(2026, 12, 24)),
            parse_as_of("2026-12-24T13:00").expect("valid")
        );
        assert_eq!(
            settlement_instant(date(2026, 12, 24), SettlementTime::Open),
            parse_as_of("2026-12-24T14:30:00Z").expect("valid")
        );
    }

    #[test]
    fn settled_is_zero_and_the_last_seconds_are_a_minute() {
        let expiry = date(2026, 6, 26);
        let at = SettlementTime::Close;
        assert_eq!(minutes("2026-06-26T16:00", expiry, at), 0.0);
        assert_eq!(minutes("2026-07-26T16:00", expiry, at), 0.0);
        assert!((minutes("2026-06-26T15:59:50", expiry, at) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn daylight_saving_is_absolute_time() {
        let before = minutes("2026-03-06T09:30", date(2026, 3, 9), SettlementTime::Open);
        assert!((before - (3.0 * 1440.0 - 60.0)).abs() < 1e-6, "{before}");
    }

    #[test]
    fn as_of_forms() {
        let expected = parse_as_of("2026-06-24T20:15:00Z").expect("valid");
        for text in [
            "2026-06-24T16:15",
            " 2026-06-24T16:15:00 ",
            "2026-06-24T16:15:00-04:00",
        ] {
            assert_eq!(parse_as_of(text), Ok(expected), "{text}");
        }
        for text in ["", "2026-06-24", "yesterday", "2026-13-24T16:15", "16:15"] {
            let error = parse_as_of(text).expect_err("refused");
            assert!(error.to_string().starts_with(&format!("found '{text}'")));
        }
    }

    #[test]
    fn the_fallback_rule_agrees_with_the_database() {
        let rule = TimeZone::posix(NEW_YORK_RULE).expect("a valid rule");
        for year in 2007..=2037 {
            for month in 1..=12 {
                for day in [1, 8, 14, 28] {
                    let local = date(year, month, day).at(9, 30, 0, 0);
                    let by_rule = local.to_zoned(rule.clone()).expect("in range").timestamp();
                    assert_eq!(by_rule, new_york_instant(local), "{local}");
                }
            }
        }
    }

    #[test]
    fn days_to_expiry_count_new_york_dates() {
        let late = parse_as_of("2026-06-25T02:00:00Z").expect("valid");
        assert_eq!(new_york_date(late), date(2026, 6, 24));
        assert_eq!(days_to_expiry(late, date(2026, 6, 26)), 2);
        assert_eq!(days_to_expiry(late, date(2026, 6, 20)), -4);
    }
}
