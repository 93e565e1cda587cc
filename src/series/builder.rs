//! Several files → one library.
//!
//! Where two files have the same series, the better one gives the day's value and the other fills only
//! days that the better one lacks. Better is, in this order: the lower [`SeriesSource::rank`] (the
//! publisher before a copy), the later last day, more values, the name. Rows typed by hand have the
//! highest rank, so they never replace an imported value. Days on which the files differ by more than
//! the series' tolerance are counted in a note.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::dated::Series;
use super::event::{Event, EventKind};
use super::id::SeriesId;
use super::library::{Library, LibraryFile, Provenance, SourceUse};
use super::problem::{LibraryProblem, Severity};
use super::vx::{VxBar, VxContract};
use super::vx_merge;

/// Rank of rows typed by hand: below every file.
pub const MANUAL_RANK: u8 = u8::MAX;

/// One file's values of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesSource {
    /// Which series.
    pub id: SeriesId,
    /// The file, relative to the folder that was loaded.
    pub file: String,
    /// Its format, in words.
    pub format: &'static str,
    /// How far it stands from the publisher, 0 = nearest.
    pub rank: u8,
    /// Values, in any order.
    pub rows: Vec<(Date, f64)>,
    /// Rows that say that there is no value.
    pub missing: usize,
}

/// One file's rows of a VIX future.
#[derive(Clone, Debug, PartialEq)]
pub struct VxSource {
    /// The file, relative to the folder that was loaded.
    pub file: String,
    /// Its format, in words.
    pub format: &'static str,
    /// How far it stands from the publisher, 0 = nearest.
    pub rank: u8,
    /// The rows.
    pub contract: super::vx::VxContract,
    /// Rows that say that there is no price.
    pub missing: usize,
}

impl VxSource {
    /// Rows of a future from a file that has neither final settlements nor rows without a price; `format`
    /// is the file's format and how far it stands from the publisher.
    pub fn of_bars(
        file: &str,
        (format, rank): (&'static str, u8),
        (expiry, bars): (Date, Vec<VxBar>),
    ) -> Self {
        Self {
            file: file.to_owned(),
            format,
            rank,
            contract: VxContract {
                expiry,
                bars,
                final_settlement: None,
            },
            missing: 0,
        }
    }
}

/// Collects what files gave, in any order, and makes the library.
#[derive(Clone, Debug, Default)]
pub struct LibraryBuilder {
    series: BTreeMap<SeriesId, Vec<SeriesSource>>,
    futures: Vec<VxSource>,
    events: Vec<Event>,
    listed: BTreeSet<(EventKind, i16)>,
    shipped: Vec<Event>,
    files: Vec<LibraryFile>,
    problems: Vec<LibraryProblem>,
}

impl LibraryBuilder {
    /// Adds a file's values of a series.
    pub fn add_series(&mut self, source: SeriesSource) {
        self.series.entry(source.id).or_default().push(source);
    }

    /// Adds a file's rows of a VIX future.
    pub fn add_future(&mut self, source: VxSource) {
        self.futures.push(source);
    }

    /// Adds single meetings and releases, as typed.
    pub fn add_events(&mut self, events: impl IntoIterator<Item = Event>) {
        self.events.extend(events);
    }

    /// Adds a list of meetings and releases: for each kind and year in it, the shipped list does not count.
    pub fn add_event_list(&mut self, events: impl IntoIterator<Item = Event>) {
        for event in events {
            self.listed.insert((event.kind, event.date.year()));
            self.events.push(event);
        }
    }

    /// Adds the list that comes with the program; lists of the user's take its place.
    pub fn add_shipped_events(&mut self, events: impl IntoIterator<Item = Event>) {
        self.shipped.extend(events);
    }

    /// Says what became of a file.
    pub fn add_file(&mut self, file: LibraryFile) {
        self.files.push(file);
    }

    /// Adds complaints.
    pub fn add_problems(&mut self, problems: impl IntoIterator<Item = LibraryProblem>) {
        self.problems.extend(problems);
    }

    /// Makes the library. The result does not depend on the order in which things were added.
    pub fn build(self) -> Library {
        let Self {
            series,
            futures,
            mut events,
            listed,
            shipped,
            mut files,
            mut problems,
        } = self;
        let mut merged = BTreeMap::new();
        for (id, sources) in series {
            let (one, provenance) = merge(id, sources, &mut problems);
            if !one.is_empty() {
                merged.insert(id, (Arc::new(one), provenance));
            }
        }
        let (futures, futures_from) = vx_merge::merge(futures, &mut problems);
        let has_own_events = !events.is_empty();
        let counts = |event: &Event| !listed.contains(&(event.kind, event.date.year()));
        events.extend(shipped.into_iter().filter(counts));
        events.sort();
        events.dedup();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        problems.sort_by(|a, b| {
            let order = |p: &LibraryProblem| Reverse(p.severity);
            (order(a), &a.file, a.line, &a.column).cmp(&(order(b), &b.file, b.line, &b.column))
        });
        Library {
            series: merged,
            futures: Arc::new(futures),
            futures_from,
            events,
            has_own_events,
            files,
            problems,
        }
    }
}

/// Merges the sources of one series, best first.
fn merge(
    id: SeriesId,
    mut sources: Vec<SeriesSource>,
    problems: &mut Vec<LibraryProblem>,
) -> (Series, Provenance) {
    for source in &mut sources {
        source.rows.sort_by_key(|(date, _)| *date);
        source.rows.dedup_by_key(|(date, _)| *date);
    }
    sources.sort_by(|a, b| {
        let last = |source: &SeriesSource| source.rows.last().map(|(date, _)| *date);
        let order = |s: &SeriesSource| (s.rank, Reverse(last(s)), Reverse(s.rows.len()));
        order(a).cmp(&order(b)).then_with(|| a.file.cmp(&b.file))
    });
    let mut provenance = Provenance::default();
    let mut known: Vec<(Date, f64)> = Vec::new();
    let mut better: Vec<String> = Vec::new();
    for source in sources {
        let rows = source.rows.len();
        let mut overlap = Overlap::default();
        let before = known.len();
        known = if known.is_empty() {
            source.rows
        } else {
            fill(&known, &source.rows, id.spec().tolerance, &mut overlap)
        };
        if let Some(text) = overlap.text() {
            let (used, others) = (better.join(", "), better.len());
            let from = if others > 1 { "one of " } else { "" };
            problems.push(LibraryProblem {
                severity: Severity::Note,
                file: source.file.clone(),
                line: None,
                column: id.key().to_owned(),
                found: text,
                expected: format!("the values of {from}{used}, which are used"),
            });
        }
        provenance.sources.push(SourceUse {
            file: source.file.clone(),
            format: source.format,
            rows,
            used: known.len() - before,
            missing: source.missing,
        });
        better.push(source.file);
    }
    let series = Series::new(id, known);
    provenance.gaps = series.gaps();
    (series, provenance)
}

/// How a worse source compares with the better ones.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Overlap {
    common: usize,
    differing: usize,
    largest: Option<(f64, Date)>,
}

impl Overlap {
    /// Counts a day that both have.
    pub(super) fn count(&mut self, date: Date, kept: f64, other: f64, tolerance: f64) {
        let gap = (kept - other).abs();
        self.common += 1;
        // a hair of slack: 0.02 apart in decimals is 0.0200000001 apart in binary
        if gap > tolerance * (1.0 + 1e-6) {
            self.differing += 1;
            if self.largest.is_none_or(|(most, _)| gap > most) {
                self.largest = Some((gap, date));
            }
        }
    }

    /// The difference in words; `None` when there is none.
    pub(super) fn text(self) -> Option<String> {
        let (gap, date) = self.largest?;
        let Self {
            common, differing, ..
        } = self;
        Some(format!(
            "{differing} of {common} common days differ, at most by {gap:.3} on {date}"
        ))
    }
}

/// The better rows and the days of the others that they lack.
fn fill(
    better: &[(Date, f64)],
    others: &[(Date, f64)],
    tolerance: f64,
    overlap: &mut Overlap,
) -> Vec<(Date, f64)> {
    let mut all = Vec::with_capacity(better.len().max(others.len()));
    let mut at = 0;
    for &(date, value) in better {
        while let Some(&(day, other)) = others.get(at).filter(|(day, _)| *day <= date) {
            if day == date {
                overlap.count(date, value, other, tolerance);
            } else {
                all.push((day, other));
            }
            at += 1;
        }
        all.push((date, value));
    }
    all.extend_from_slice(others.get(at..).unwrap_or_default());
    all
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{LibraryBuilder, MANUAL_RANK, SeriesSource};
    use crate::series::{Event, EventKind, Library, SeriesId};

    fn source(file: &str, rank: u8, rows: &[(i8, f64)]) -> SeriesSource {
        SeriesSource {
            id: SeriesId::Vix,
            file: file.to_owned(),
            format: "test",
            rank,
            rows: rows
                .iter()
                .map(|&(day, value)| (date(2026, 7, day), value))
                .collect(),
            missing: 0,
        }
    }

    fn library(sources: &[SeriesSource]) -> Library {
        let mut builder = LibraryBuilder::default();
        for source in sources {
            builder.add_series(source.clone());
        }
        builder.build()
    }

    #[test]
    fn the_better_file_wins_and_the_other_fills_whatever_the_order() {
        let cboe = source("cboe.csv", 0, &[(1, 16.0), (3, 17.0)]);
        let copy = source(
            "copy.csv",
            3,
            &[(1, 16.01), (2, 16.5), (3, 17.5), (6, 18.0)],
        );
        let typed = source("manual.csv", MANUAL_RANK, &[(6, 30.0), (7, 19.0)]);
        let forwards = library(&[cboe.clone(), copy.clone(), typed.clone()]);
        let backwards = library(&[typed, copy, cboe]);
        for library in [forwards, backwards] {
            let vix = library.series(SeriesId::Vix).expect("VIX");
            assert_eq!(vix.closes(), [16.0, 16.5, 17.0, 18.0, 19.0]);
            let used: Vec<_> = library
                .provenance(SeriesId::Vix)
                .expect("its files")
                .sources
                .iter()
                .map(|source| (source.file.as_str(), source.rows, source.used))
                .collect();
            let expected = [("cboe.csv", 2, 2), ("copy.csv", 4, 2), ("manual.csv", 2, 1)];
            assert_eq!(used, expected);
            let notes: Vec<_> = library.problems().iter().map(ToString::to_string).collect();
            assert_eq!(
                notes,
                [
                    "copy.csv: VIX: found '1 of 2 common days differ, at most by 0.500 on 2026-07-03': expected the values of cboe.csv, which are used",
                    "manual.csv: VIX: found '1 of 1 common days differ, at most by 12.000 on 2026-07-06': expected the values of one of cboe.csv, copy.csv, which are used",
                ]
            );
        }
    }

    #[test]
    fn of_equal_ranks_the_fresher_file_is_better() {
        let old = source("a.csv", 0, &[(1, 16.0), (2, 16.5)]);
        let new = source("b.csv", 0, &[(2, 17.0), (3, 18.0)]);
        let library = library(&[old, new]);
        let vix = library.series(SeriesId::Vix).expect("VIX");
        assert_eq!(vix.closes(), [16.0, 17.0, 18.0]);
    }

    #[test]
    fn events_are_found_by_day_and_stay_once() {
        let mut builder = LibraryBuilder::default();
        let event = |day, kind| Event {
            date: date(2026, 7, day),
            kind,
        };
        builder.add_events([event(29, EventKind::Fomc), event(14, EventKind::Cpi)]);
        builder.add_events([event(29, EventKind::Fomc)]);
        let library = builder.build();
        let found = library.events_between(date(2026, 7, 15), date(2026, 7, 29));
        assert_eq!(found, [event(29, EventKind::Fomc)]);
        assert_eq!(library.events().len(), 2);
    }

    #[test]
    fn a_list_takes_the_shipped_one_s_place_by_kind_and_year_and_a_row_adds_to_it() {
        let on = |day: Date, kind| Event { date: day, kind };
        let shipped = [
            on(date(2026, 7, 29), EventKind::Fomc),
            on(date(2026, 8, 12), EventKind::Cpi),
            on(date(2027, 1, 27), EventKind::Fomc),
        ];
        let own = on(date(2026, 7, 28), EventKind::Fomc);
        let mut builder = LibraryBuilder::default();
        builder.add_shipped_events(shipped);
        assert!(builder.clone().build().is_empty(), "nothing of the user's");
        let mut typed = builder.clone();
        typed.add_events([own]);
        assert_eq!(
            typed.build().events(),
            [own, shipped[0], shipped[1], shipped[2]]
        );
        builder.add_event_list([own]);
        let library = builder.build();
        assert_eq!(library.events(), [own, shipped[1], shipped[2]]);
        assert!(!library.is_empty());
    }
}
