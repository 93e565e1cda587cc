//! Dates of meetings and releases: a column of dates and one of names (`date,event`).

use super::column::{Complaints, HistoryFile, Parsed};
use super::dates::{self, Order};
use super::text::{Head, Lines, position, split};
use crate::series::{Event, EventKind};

/// The days of events that come with the program.
const SHIPPED: &str = include_str!("../../../assets/events.csv");

/// The events that come with the program, by date.
pub(super) fn shipped() -> Vec<Event> {
    let file = HistoryFile {
        name: "events.csv",
        stem: "events",
        text: SHIPPED,
    };
    read(&file, ("events", 0)).events
}

/// Names of the column that says what happens.
const NAMES: [&str; 3] = ["event", "release", "kind"];

fn columns(cells: &[&str]) -> Option<(usize, usize)> {
    let name = NAMES.iter().find_map(|name| position(cells, name))?;
    Some((position(cells, "date")?, name))
}

pub(super) fn recognise(head: &Head<'_>) -> bool {
    head.header(|cells| columns(cells).is_some()).is_some()
}

pub(super) fn read(file: &HistoryFile<'_>, _format: (&'static str, u8)) -> Parsed {
    let head = file.head();
    let Some((header, cells)) = head.header(|cells| columns(cells).is_some()) else {
        return Parsed::default();
    };
    let (date, name) = columns(cells).unwrap_or((0, 1));
    let lines = Lines::after(file.text, header);
    let order = Order::of(lines.clone(), date);
    let mut complaints = Complaints::about(file.name);
    let mut events = Vec::new();
    let mut cells = Vec::new();
    for (line, text) in lines {
        split(text, &mut cells);
        if text.starts_with('#') || cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let cell = |at: usize| cells.get(at).copied().unwrap_or("");
        match (
            dates::parse(cell(date), order),
            EventKind::named(cell(name)),
        ) {
            (Some(date), Some(kind)) => events.push(Event { date, kind }),
            (None, _) => complaints.cell(line, "date", cell(date), "a date such as 2026-07-29"),
            (Some(_), None) => {
                complaints.cell(line, "event", cell(name), "FOMC, CPI, PPI, Jobs or GDP");
            }
        }
    }
    Parsed {
        events,
        is_event_list: true,
        problems: complaints.finish(),
        ..Parsed::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::is_business_day;

    #[test]
    fn the_shipped_list_holds_eight_decisions_a_year_on_trading_days() {
        let events = shipped();
        for year in 2024..=2027 {
            let of_year = events.iter().filter(|event| event.date.year() == year);
            assert_eq!(of_year.count(), 8, "{year}");
        }
        for event in &events {
            assert_eq!(event.kind, EventKind::Fomc);
            assert!(is_business_day(event.date), "{}", event.date);
        }
        assert!(events.windows(2).all(|pair| pair[0].date < pair[1].date));
    }
}
