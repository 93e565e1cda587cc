//! Lines of an index's files: written, appended, and read on all cores.

use std::borrow::Cow;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::num::NonZero;
use std::path::Path;
use std::thread;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::IndexRow;
use crate::journal::offset::HedgeEvent;
use crate::journal::summary::DecisionSummary;
use crate::journal::thresholds::table_stamp;

/// Version of the lines; those of another are made anew from the campaigns.
pub(super) const LINE_VERSION: u32 = 3;
/// Version of the lines of courses, together with the table that their decisions name places of.
fn course_version() -> u32 {
    table_stamp() ^ LINE_VERSION
}

/// Fewest lines, or times of change, that are worth a thread.
pub(super) const WORTH_A_THREAD: usize = 250;

/// What grows with a campaign's days and decisions.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CourseLine<'a> {
    v: u32,
    pub(super) file: Cow<'a, str>,
    bytes: u64,
    changed_ns: u64,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    days: Cow<'a, [(Date, i64)]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    events: Cow<'a, [HedgeEvent]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    decisions: Cow<'a, [DecisionSummary]>,
}

impl<'a> CourseLine<'a> {
    /// Of a row; `None` when its campaign could not be read.
    pub(super) fn of(row: &'a IndexRow) -> Option<Self> {
        let campaign = row.campaign.as_ref().ok()?;
        Some(Self {
            v: course_version(),
            file: Cow::Borrowed(&row.file),
            bytes: row.bytes,
            changed_ns: row.changed_ns,
            days: Cow::Borrowed(&campaign.days),
            events: Cow::Borrowed(&campaign.events),
            decisions: Cow::Borrowed(&campaign.decisions),
        })
    }

    /// Gives it to the row of the same state of the same file; whether it is.
    pub(super) fn give(self, row: &mut IndexRow) -> bool {
        let is_its = self.v == course_version() && row.is_of((self.bytes, self.changed_ns));
        if let (true, Ok(campaign)) = (is_its, row.campaign.as_mut()) {
            campaign.days = self.days.into_owned();
            campaign.events = self.events.into_owned();
            campaign.decisions = self.decisions.into_owned();
            row.is_whole = true;
        }
        is_its
    }
}

/// Lines as text.
pub(super) fn text_of<T: Serialize>(lines: impl Iterator<Item = T>) -> String {
    let lines = lines.filter_map(|line| serde_json::to_string(&line).ok());
    lines.flat_map(|line| [line, "\n".to_owned()]).collect()
}

/// The lines of a text that hold something.
pub(super) fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty())
}

/// The lines of a text in their order, without those that are damaged.
pub(super) fn read_lines<T: DeserializeOwned + Send>(text: &str) -> Vec<T> {
    let lines: Vec<&str> = lines_of(text).collect();
    let read = on_all_cores(&lines, WORTH_A_THREAD, |line| {
        serde_json::from_str(line).ok()
    });
    read.into_iter().flatten().collect()
}

/// What each of many makes, in their order, shared among the cores; so many are worth a thread.
pub(super) fn on_all_cores<T: Sync, R: Send>(
    of: &[T],
    worth: usize,
    make: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = of.len().div_ceil(cores).max(worth);
    let make = &make;
    thread::scope(|scope| {
        let parts: Vec<_> = of
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(make).collect::<Vec<R>>()))
            .collect();
        let made = parts.into_iter().map(|part| match part.join() {
            Ok(made) => made,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        made.flatten().collect()
    })
}

/// Appends a line to a file.
pub(super) fn append_line(path: &Path, line: &impl Serialize) -> io::Result<()> {
    let line = serde_json::to_string(line).map_err(io::Error::other)?;
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    // A line begun on a torn one would be lost with it.
    file.write_all(format!("\n{line}\n").as_bytes())
}
