//! What was public at an instant: the last finished close, and the last day of releases.

use jiff::civil::{Date, Time, time};
use jiff::{Timestamp, ToSpan as _};

use super::derived::Derived;
use super::value::Missing;
use crate::calendar::{early_close, new_york};
use crate::series::{SeriesId, SeriesSlice};

/// Usual close of SPX options and VIX, New York; a day's closes are known from then on.
const USUAL_CLOSE: Time = time(16, 15, 0, 0);
/// Minutes after an early close of stocks until VIX is final.
const AFTER_EARLY_CLOSE_MINUTES: i64 = 15;
/// Time of the morning releases, New York.
const RELEASES: Time = time(8, 30, 0, 0);

/// The days whose figures were public at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct KnownDays {
    /// New York day of the instant.
    pub today: Date,
    /// Last day whose closes are known.
    pub close: Date,
    /// Last day whose releases are known.
    pub release: Date,
}

impl KnownDays {
    pub(super) fn at(as_of: Timestamp) -> Self {
        let local = as_of.to_zoned(new_york());
        let (today, now) = (local.date(), local.time());
        let closed_from = early_close(today).map_or(USUAL_CLOSE, |close| {
            close.saturating_add(AFTER_EARLY_CLOSE_MINUTES.minutes())
        });
        let before = today.saturating_sub(1.days());
        Self {
            today,
            close: if now >= closed_from { today } else { before },
            release: if now >= RELEASES { today } else { before },
        }
    }
}

/// A library at an instant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub derived: &'a Derived,
    pub days: KnownDays,
}

impl<'a> Known<'a> {
    /// What was public of a series.
    pub(super) fn series(&self, id: SeriesId) -> Result<SeriesSlice<'a>, Missing> {
        let series = self
            .derived
            .library()
            .series(id)
            .ok_or_else(|| no_series(id))?;
        let day = if id.spec().lag_days == 0 {
            self.days.close
        } else {
            self.days.release
        };
        let known = series.known_on(day);
        if known.is_empty() {
            return Err(too_short(id, "starts after the marks"));
        }
        Ok(known)
    }
}

impl Known<'_> {
    /// Place of the last day of the futures whose close was known.
    pub(super) fn vx_place(&self) -> Result<usize, Missing> {
        let dates = &self.derived.vx.dates;
        if dates.is_empty() {
            return Err(Missing {
                why: "no VIX futures in the library".to_owned(),
                import_what: "VX".to_owned(),
            });
        }
        last_place(dates, self.days.close).ok_or_else(|| Missing {
            why: "the VIX futures start after the marks".to_owned(),
            import_what: "more of VX".to_owned(),
        })
    }

    /// Place of the last close of SPX that was known.
    pub(super) fn spx_place(&self) -> Result<usize, Missing> {
        self.series(SeriesId::Spx)?;
        last_place(&self.derived.spx.dates, self.days.close).ok_or_else(|| no_series(SeriesId::Spx))
    }
}

/// Place of the last of ascending days that is `day` or before.
pub(super) fn last_place(dates: &[Date], day: Date) -> Option<usize> {
    dates.partition_point(|date| *date <= day).checked_sub(1)
}

/// A series that the library does not have.
pub(super) fn no_series(id: SeriesId) -> Missing {
    Missing {
        why: format!("no {} in the library", id.label()),
        import_what: id.key().to_owned(),
    }
}

/// A series that is not long enough.
pub(super) fn too_short(id: SeriesId, why: &str) -> Missing {
    Missing {
        why: format!("{} {why}", id.label()),
        import_what: format!("more of {}", id.key()),
    }
}

/// No history was read at all.
pub(super) fn no_library(import_what: &str) -> Missing {
    Missing {
        why: "no market history".to_owned(),
        import_what: import_what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::new_york_instant;

    #[test]
    fn a_close_is_known_after_it_and_a_release_from_half_past_eight() {
        let day = date(2026, 2, 11);
        let at = |hour, minute| KnownDays::at(new_york_instant(day.at(hour, minute, 0, 0)));
        let before = date(2026, 2, 10);
        assert_eq!((at(8, 29).close, at(8, 29).release), (before, before));
        assert_eq!((at(12, 0).close, at(12, 0).release), (before, day));
        assert_eq!((at(16, 14).close, at(16, 15).close), (before, day));
        // the day after Thanksgiving closes at 13:00
        let friday = date(2026, 11, 27);
        let short = |minute| KnownDays::at(new_york_instant(friday.at(13, minute, 0, 0))).close;
        assert_eq!((short(14), short(15)), (date(2026, 11, 26), friday));
    }
}
