//! Years in which a closed day counts less than a session: the optional business clock.
//!
//! `years = (sessions + w · other days) / (251 + 114 w)`. S&P 500 returns of 2016–2026 put the
//! variance of a Friday-to-Monday return at about 1.2 weekdays, not the 3 of calendar time, so `w`
//! is about 0–0.12. An implied vol belongs to the clock under which it was solved: re-solve it
//! whenever the clock changes, and never mix the two. At 45 days the clocks differ by 0.15 %.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use super::clock::{new_york_date, new_york_instant};
use super::holidays::is_business_day;

/// Sessions in the model's year.
const SESSIONS_PER_YEAR: f64 = 251.0;
/// Closed days in the model's year.
const CLOSED_PER_YEAR: f64 = 114.0;

/// A clock that runs at speed 1 on sessions and at `closed_weight` on all other days.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BusinessClock {
    /// Variance of a closed day relative to a session, 0 to 1; 1 gives (almost) calendar time.
    pub closed_weight: f64,
}

impl Default for BusinessClock {
    fn default() -> Self {
        Self {
            closed_weight: 0.10,
        }
    }
}

impl BusinessClock {
    /// Years of so many sessions and closed days.
    pub fn years_of(self, sessions: f64, closed_days: f64) -> f64 {
        let weight = self.weight();
        (sessions + weight * closed_days) / (SESSIONS_PER_YEAR + weight * CLOSED_PER_YEAR)
    }

    /// Years between two instants, each New York day spreading its weight evenly over its hours; 0
    /// when `settlement` is not after `as_of`.
    pub fn years_between(self, as_of: Timestamp, settlement: Timestamp) -> f64 {
        if settlement <= as_of {
            return 0.0;
        }
        let last = new_york_date(settlement);
        let (mut sessions, mut closed) = (0.0, 0.0);
        for day in new_york_date(as_of)
            .series(1.day())
            .take_while(|day| *day <= last)
        {
            let share = elapsed_share(day, as_of, settlement);
            if is_business_day(day) {
                sessions += share;
            } else {
                closed += share;
            }
        }
        self.years_of(sessions, closed)
    }

    /// The weight, held to 0–1 (a weight that is not a number counts as the default).
    fn weight(self) -> f64 {
        if self.closed_weight.is_nan() {
            Self::default().closed_weight
        } else {
            self.closed_weight.clamp(0.0, 1.0)
        }
    }
}

/// The part of a New York day that lies between two instants, 0 to 1.
fn elapsed_share(day: Date, from: Timestamp, to: Timestamp) -> f64 {
    let midnight = |day: Date| new_york_instant(day.at(0, 0, 0, 0));
    let (start, end) = (midnight(day), midnight(day.saturating_add(1.day())));
    let length = end.duration_since(start).as_secs_f64();
    let inside = end.min(to).duration_since(start.max(from)).as_secs_f64();
    if length > 0.0 {
        (inside / length).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_as_of;

    fn at(text: &str) -> Timestamp {
        parse_as_of(text).expect("a valid as-of")
    }

    #[test]
    fn known_years() {
        let years = BusinessClock::default().years_of(31.0, 14.0);
        assert!((years - 0.12348).abs() < 5e-6, "{years}");
    }

    #[test]
    fn instants_agree_with_counts() {
        let clock = BusinessClock::default();
        let week = clock.years_between(at("2026-06-24T16:00"), at("2026-07-01T16:00"));
        assert!((week - clock.years_of(5.0, 2.0)).abs() < 1e-12, "{week}");
        let weekend = clock.years_between(at("2026-06-27T00:00"), at("2026-06-29T00:00"));
        assert!(
            (weekend - clock.years_of(0.0, 2.0)).abs() < 1e-12,
            "{weekend}"
        );
        assert_eq!(
            clock.years_between(at("2026-06-27T00:00"), at("2026-06-26T00:00")),
            0.0
        );
    }

    #[test]
    fn weight_one_is_calendar_time() {
        let clock = BusinessClock { closed_weight: 1.0 };
        let years = clock.years_between(at("2026-06-24T09:30"), at("2026-08-21T09:30"));
        assert!((years - 58.0 / 365.0).abs() < 1e-12, "{years}");
        let odd = BusinessClock {
            closed_weight: f64::NAN,
        };
        assert_eq!(
            odd.years_of(31.0, 14.0),
            BusinessClock::default().years_of(31.0, 14.0)
        );
    }
}
