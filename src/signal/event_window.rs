//! Event window: from two sessions before a macro release to the one after it.

use jiff::Timestamp;
use jiff::civil::{Date, Time, time};

use super::params::signal_params;
use crate::calendar::{add_trading_days, new_york_date, new_york_instant};
use crate::series::{Event, EventKind};

signal_params! {
    /// Parameters of the window: sessions before and after the release, and a factor.
    EventParams of events: EventNumbers {
        before: i32,
        after: i32,
        closed_before: i32,
        size_factor: f64,
    }
}

/// The usual time of a release, New York.
pub fn usual_release_time(kind: EventKind) -> Time {
    match kind {
        EventKind::Fomc => time(14, 0, 0, 0),
        EventKind::Cpi | EventKind::Ppi | EventKind::Jobs | EventKind::Gdp => time(8, 30, 0, 0),
    }
}

/// One release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MacroEvent {
    /// What is released.
    pub kind: EventKind,
    /// Day of the release.
    pub date: Date,
    /// Its time in New York where it is not the usual one.
    pub time: Option<Time>,
}

impl MacroEvent {
    /// The instant of the release.
    pub fn release(&self) -> Timestamp {
        let time = self.time.unwrap_or_else(|| usual_release_time(self.kind));
        new_york_instant(self.date.to_datetime(time))
    }
}

impl From<Event> for MacroEvent {
    /// The event at its usual time.
    fn from(event: Event) -> Self {
        Self {
            kind: event.kind,
            date: event.date,
            time: None,
        }
    }
}

/// What the events say at an instant.
#[derive(Clone, Debug, PartialEq)]
pub struct EventWindow {
    /// Whether the day lies in any event's window.
    pub is_open: bool,
    /// The events whose windows hold the day, by date.
    pub events: Vec<MacroEvent>,
    /// Whether no new condor may be opened.
    pub no_new_condor: bool,
    /// Factor on size: 1 outside the window.
    pub size_factor: f64,
    /// The next release that is still to come, in the window or not.
    pub next: Option<MacroEvent>,
}

/// Reads a list of events, in any order, at an instant.
pub fn event_window(now: Timestamp, events: &[MacroEvent], params: &EventParams) -> EventWindow {
    let today = new_york_date(now);
    let shifted = |event: &MacroEvent, sessions: i32| add_trading_days(event.date, sessions);
    let is_near = |event: &&MacroEvent| {
        shifted(event, -params.before) <= today && today <= shifted(event, params.after)
    };
    let is_closed = |event: &&MacroEvent| {
        shifted(event, -params.closed_before) <= today && now < event.release()
    };
    let mut near: Vec<MacroEvent> = events.iter().filter(is_near).copied().collect();
    near.sort_by_key(|event| (event.date, event.kind));
    let is_open = !near.is_empty();
    EventWindow {
        is_open,
        events: near,
        no_new_condor: events.iter().any(|event| is_closed(&event)),
        size_factor: if is_open { params.size_factor } else { 1.0 },
        next: events
            .iter()
            .filter(|event| now < event.release())
            .min_by_key(|event| event.release())
            .copied(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
        new_york_instant(day.at(hour, minute, 0, 0))
    }

    #[test]
    fn two_sessions_before_to_one_after() {
        // a Tuesday: T−2 is the Friday before
        let cpi = MacroEvent::from(Event {
            kind: EventKind::Cpi,
            date: date(2026, 5, 12),
        });
        let params = EventParams::default();
        let read = |day, hour, minute| event_window(at(day, hour, minute), &[cpi], &params);
        assert!(!read(date(2026, 5, 7), 12, 0).is_open);
        let friday = read(date(2026, 5, 8), 12, 0);
        assert!(friday.is_open && !friday.no_new_condor && friday.size_factor == 0.5);
        assert!(read(date(2026, 5, 11), 9, 30).no_new_condor);
        assert!(read(date(2026, 5, 12), 8, 29).no_new_condor);
        let released = read(date(2026, 5, 12), 8, 30);
        assert!(released.is_open && !released.no_new_condor && released.next.is_none());
        assert!(read(date(2026, 5, 13), 15, 0).is_open);
        let over = read(date(2026, 5, 14), 9, 30);
        assert_eq!((over.is_open, over.size_factor), (false, 1.0));
    }

    #[test]
    fn several_events_and_their_times() {
        let fomc = MacroEvent {
            kind: EventKind::Fomc,
            date: date(2026, 6, 17),
            time: None,
        };
        let odd = MacroEvent {
            kind: EventKind::Gdp,
            date: date(2026, 6, 25),
            time: Some(time(10, 0, 0, 0)),
        };
        let list = [odd, fomc];
        let params = EventParams::default();
        let window = event_window(at(date(2026, 6, 17), 13, 59), &list, &params);
        assert_eq!(
            (window.events.as_slice(), window.next),
            (&[fomc][..], Some(fomc))
        );
        assert!(window.no_new_condor);
        let later = event_window(at(date(2026, 6, 18), 12, 0), &list, &params);
        assert_eq!((later.is_open, later.next), (true, Some(odd)));
        assert!(event_window(at(date(2026, 6, 25), 9, 0), &list, &params).no_new_condor);
        assert!(!event_window(at(date(2026, 1, 5), 9, 0), &[], &params).is_open);
    }
}
