//! Everything the desk knows of the past, with where each part comes from and what was wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::dated::{Gap, Series};
use super::event::Event;
use super::id::SeriesId;
use super::problem::{LibraryProblem, Severity};
use super::vx::VxHistory;

/// What one file gave to a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceUse {
    /// The file, relative to the folder that was loaded.
    pub file: String,
    /// Its format, in words.
    pub format: &'static str,
    /// Values read from it.
    pub rows: usize,
    /// Values of it that the series uses; a better source had the others.
    pub used: usize,
    /// Rows that say themselves that there is no value (holidays, figures not yet out).
    pub missing: usize,
}

/// Where a series comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The files, best first.
    pub sources: Vec<SourceUse>,
    /// Stretches without values.
    pub gaps: Vec<Gap>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileOutcome {
    /// Read.
    Read {
        /// The format, in words.
        format: &'static str,
        /// Rows with at least one value.
        rows: usize,
    },
    /// Left alone.
    Skipped {
        /// Why.
        why: String,
    },
}

/// A file that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryFile {
    /// Its name, relative to the folder that was loaded.
    pub name: String,
    /// What became of it.
    pub outcome: FileOutcome,
}

/// The market's history: immutable, shared by `Arc`, never part of a campaign. Made by
/// [`LibraryBuilder`](super::LibraryBuilder).
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub(super) series: BTreeMap<SeriesId, (Arc<Series>, Provenance)>,
    pub(super) futures: Arc<VxHistory>,
    pub(super) futures_from: Provenance,
    pub(super) events: Vec<Event>,
    pub(super) has_own_events: bool,
    pub(super) files: Vec<LibraryFile>,
    pub(super) problems: Vec<LibraryProblem>,
}

impl Library {
    /// A series, if any file or row gave it; never empty.
    pub fn series(&self, id: SeriesId) -> Option<&Arc<Series>> {
        self.series.get(&id).map(|(series, _)| series)
    }

    /// All series there are, in the order of [`SeriesId`].
    pub fn all_series(&self) -> impl Iterator<Item = &Arc<Series>> {
        self.series.values().map(|(series, _)| series)
    }

    /// Where a series comes from.
    pub fn provenance(&self, id: SeriesId) -> Option<&Provenance> {
        self.series.get(&id).map(|(_, provenance)| provenance)
    }

    /// VIX futures; empty when there are none.
    pub fn futures(&self) -> &Arc<VxHistory> {
        &self.futures
    }

    /// Where the VIX futures come from.
    pub fn futures_provenance(&self) -> &Provenance {
        &self.futures_from
    }

    /// Meetings and releases by date, each once.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Meetings and releases from `from` to `to`, both included.
    pub fn events_between(&self, from: Date, to: Date) -> &[Event] {
        let start = self.events.partition_point(|event| event.date < from);
        let end = self.events.partition_point(|event| event.date <= to);
        self.events.get(start..end).unwrap_or_default()
    }

    /// Every file that was looked at, by name.
    pub fn files(&self) -> &[LibraryFile] {
        &self.files
    }

    /// What was wrong or worth knowing: the grave first, then by file and line.
    pub fn problems(&self) -> &[LibraryProblem] {
        &self.problems
    }

    /// Complaints of one kind.
    pub fn problems_of(&self, severity: Severity) -> impl Iterator<Item = &LibraryProblem> {
        self.problems
            .iter()
            .filter(move |problem| problem.severity == severity)
    }

    /// Whether nothing of the user's was found.
    pub fn is_empty(&self) -> bool {
        self.series.is_empty() && self.futures.is_empty() && !self.has_own_events
    }

    /// The last day with a daily close or a future's price.
    pub fn last_day(&self) -> Option<Date> {
        let daily = [SeriesId::Spx, SeriesId::Vix];
        let closes = daily.iter().filter_map(|id| self.series(*id)?.last());
        let days = closes.map(|last| last.date);
        days.chain(self.futures.days().last().copied()).max()
    }
}
