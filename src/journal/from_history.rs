//! Days without marks of their own, from market history: closes of SPX, VIX and VVIX and the settlements of VIX
//! futures. Options have no quotes there, so the model prices them.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan as _};

use super::ledger::Ledger;
use crate::calendar::{early_close, is_business_day, new_york_date, new_york_instant};
use crate::document::journal::MomentSource;
use crate::document::{Campaign, Command, JournalCommand};
use crate::market::{FutureMark, Marks};
use crate::series::{Library, SeriesId};

/// When VIX options and futures of a normal day have settled, New York.
const AFTER_CLOSE: Time = Time::constant(16, 15, 0, 0);

/// Days that history can add to a campaign's journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryDays {
    /// Marks of each day, oldest first.
    pub moments: Vec<Marks>,
    /// Trading days for which there is no usable close of SPX or VIX, oldest first.
    pub missing: Vec<Date>,
}

impl HistoryDays {
    /// The command that keeps them: one step of undo.
    pub fn command(&self) -> Command {
        let keep = |marks: &Marks| {
            Command::Journal(JournalCommand::KeepMoment {
                marks: Box::new(marks.clone()),
                source: MomentSource::History,
            })
        };
        Command::Batch(self.moments.iter().map(keep).collect())
    }
}

/// The trading days of a campaign's life that have no marks of their own: from its first fill to its last, or while
/// something is held to the day before its marks. Rate and dividend are those of the marks; each day stands at 16:15
/// New York, a quarter past the close on short days.
pub fn history_moments(campaign: &Campaign, library: &Library) -> HistoryDays {
    let mut days = HistoryDays::default();
    let ledger = Ledger::of(campaign);
    let Some((first, last)) = life(campaign, &ledger) else {
        return days;
    };
    let kept: Vec<Date> = (campaign.journal.moments.iter())
        .map(|moment| new_york_date(moment.at()))
        .collect();
    let now = new_york_date(campaign.marks.as_of);
    let mut day = new_york_date(first);
    while day <= last && day < now {
        if is_business_day(day) && !kept.contains(&day) && close_of(day) >= first {
            match marks_of(campaign, library, day) {
                Some(marks) => days.moments.push(marks),
                None => days.missing.push(day),
            }
        }
        day = day.saturating_add(1.days());
    }
    days
}

/// The first fill, and the last day on which something was held.
fn life(campaign: &Campaign, ledger: &Ledger) -> Option<(Timestamp, Date)> {
    let now = campaign.marks.as_of;
    let (first, last) = (ledger.fills.first()?, ledger.fills.last()?);
    let end = if ledger.held_at(now).is_empty() {
        last.at
    } else {
        now
    };
    Some((first.at, new_york_date(end)))
}

fn close_of(day: Date) -> Timestamp {
    let at = early_close(day).map_or(AFTER_CLOSE, |close| close.saturating_add(15.minutes()));
    new_york_instant(day.to_datetime(at))
}

/// The marks of a day; `None` without a usable close of SPX or VIX.
fn marks_of(campaign: &Campaign, library: &Library, day: Date) -> Option<Marks> {
    let close = |id: SeriesId| library.series(id)?.value_on(day);
    let futures = library.futures().curve_on(day);
    let points = futures.iter().flat_map(|curve| curve.points);
    let marks = Marks {
        rate: campaign.marks.rate,
        dividend: campaign.marks.dividend,
        vvix: close(SeriesId::Vvix),
        vx: points
            .map(|point| FutureMark::entered(point.expiry, point.settle))
            .collect(),
        ..Marks::new(close_of(day), close(SeriesId::Spx)?, close(SeriesId::Vix)?)
    };
    marks.validate().is_ok().then_some(marks)
}
