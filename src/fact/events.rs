//! Facts of meetings and releases.

use jiff::civil::Date;

use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::regime::NONE;
use super::value::Missing;
use crate::calendar::{add_trading_days, business_days_between};
use crate::signal::{EventWindow, MacroEvent, event_window};

/// Sessions ahead in which the next release is looked for, at least.
const AHEAD_SESSIONS: i32 = 84;

pub(super) fn gather(facts: &mut Collector<'_>, as_of: jiff::Timestamp) {
    let found = window(facts, as_of);
    let of = |take: &dyn Fn(&EventWindow) -> Option<f64>| -> Lookup<f64> {
        let found = found.as_ref().map_err(Clone::clone)?;
        let value = take(&found.value).ok_or_else(|| no_next(facts.days.today))?;
        Ok(found.with(value))
    };
    let flag = |take: &dyn Fn(&EventWindow) -> bool| -> Lookup<bool> {
        let found = found.as_ref().map_err(Clone::clone)?;
        Ok(found.with(take(&found.value)))
    };
    let text = |take: &dyn Fn(&EventWindow) -> Option<String>| -> Lookup<String> {
        let found = found.as_ref().map_err(Clone::clone)?;
        let value = take(&found.value).ok_or_else(|| no_next(facts.days.today))?;
        Ok(found.with(value))
    };
    let today = facts.days.today;
    let sessions = of(&|window| {
        let next = window.next?.date;
        Some(f64::from(business_days_between(today, next)))
    });
    let next = text(&|window| window.next.map(named));
    let holding = text(&|window| {
        let names: Vec<String> = window.events.iter().copied().map(named).collect();
        Some(if names.is_empty() {
            NONE.to_owned()
        } else {
            names.join(", ")
        })
    });
    let (is_open, no_new) = (
        flag(&|window| window.is_open),
        flag(&|window| window.no_new_condor),
    );
    let size = of(&|window| Some(window.size_factor));
    facts.text(FactId::EventNext, next);
    facts.number(FactId::EventSessions, sessions);
    facts.flag(FactId::EventWindow, is_open);
    facts.text(FactId::EventInWindow, holding);
    facts.flag(FactId::EventNoNew, no_new);
    facts.number(FactId::EventSize, size);
}

fn named(event: MacroEvent) -> String {
    format!("{} {}", event.kind.label(), event.date)
}

fn no_next(today: Date) -> Missing {
    Missing {
        why: format!("the list of release dates ends before {today}"),
        import_what: "EVENTS".to_owned(),
    }
}

/// The list is made ahead of time, so its dates to come are no look-ahead.
fn window(facts: &Collector<'_>, as_of: jiff::Timestamp) -> Lookup<EventWindow> {
    let library = facts.history("EVENTS")?.derived.library();
    let today = facts.days.today;
    let missing = |why: &str| Missing {
        why: why.to_owned(),
        import_what: "EVENTS".to_owned(),
    };
    let (Some(first), Some(last)) = (library.events().first(), library.events().last()) else {
        return Err(missing("no dates of meetings and releases in the library"));
    };
    // As far as any window of the pack reaches, in sessions like the window itself.
    let params = &facts.params.events;
    let ahead = params.before.max(params.closed_before).max(AHEAD_SESSIONS);
    let (from, to) = (
        add_trading_days(today, -params.after - 1),
        add_trading_days(today, ahead + 1),
    );
    if last.date < today {
        return Err(no_next(today));
    }
    if first.date > to {
        return Err(missing("the list of release dates starts after the marks"));
    }
    let near: Vec<MacroEvent> = library
        .events_between(from, to)
        .iter()
        .copied()
        .map(MacroEvent::from)
        .collect();
    let window = event_window(as_of, &near, &facts.params.events);
    Ok(Found::new(window, "EVENTS", today))
}
