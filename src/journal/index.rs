//! The index of all campaigns: a line of JSON each, so that ten thousand list at once.
//!
//! It holds nothing that the campaigns' files do not: each line names its file with size and time of change, a file
//! that is newer than its line is read again, and without an index all are. Lines are appended as campaigns are saved,
//! the last one of a file counts, and a line that is damaged is as if it were not there.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::summary::{CampaignReview, CampaignSummary};
use super::thresholds::table_stamp;
use crate::document::store::files_of;
use crate::document::{Campaign, FileError, campaign_to_ron, load_campaign, write_file};

/// Name of the index in the user's folder.
pub const INDEX_FILE: &str = "journal.index";
/// Fewest lines that are worth a thread.
const LINES_A_THREAD: usize = 250;
/// Version of its lines; another version's are read anew from the campaigns.
const LINE_VERSION: u32 = 3;

/// Version of the lines together with the table that they name places of.
fn line_version() -> u32 {
    table_stamp() ^ LINE_VERSION
}

/// What an index knows of one campaign's file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexRow {
    v: u32,
    /// Name of the file in the folder of campaigns.
    pub file: String,
    /// Its size in bytes.
    bytes: u64,
    /// Its time of change, nanoseconds since 1970.
    changed_ns: u64,
    /// Its campaign in a few numbers, or why it could not be read.
    pub campaign: Result<CampaignSummary, String>,
}

impl IndexRow {
    /// Reads a campaign's file.
    ///
    /// # Errors
    /// What the system says when there is no such file any more.
    pub fn read(path: &Path) -> io::Result<Self> {
        let (bytes, changed_ns) = stamp(path)?;
        let campaign = load_campaign(path).map_err(|error| error.to_string());
        Ok(Self {
            v: line_version(),
            file: file_name(path),
            bytes,
            changed_ns,
            campaign: campaign.map(|campaign| CampaignReview::of(&campaign).summary),
        })
    }

    /// Of a campaign that has just been saved, worked through before. `None` when the file holds something else by now:
    /// a row must never vouch for a file that it is not of.
    ///
    /// # Errors
    /// What the system says when there is no such file any more.
    pub fn saved(
        path: &Path,
        campaign: &Campaign,
        summary: CampaignSummary,
    ) -> io::Result<Option<Self>> {
        let before = stamp(path)?;
        let text = campaign_to_ron(campaign).map_err(io::Error::other)?;
        let is_same = fs::read(path)? == text.as_bytes();
        let (bytes, changed_ns) = stamp(path)?;
        let row = Self {
            v: line_version(),
            file: file_name(path),
            bytes,
            changed_ns,
            campaign: Ok(summary),
        };
        Ok((is_same && row.is_of(before)).then_some(row))
    }

    fn is_of(&self, (bytes, changed_ns): (u64, u64)) -> bool {
        (self.bytes, self.changed_ns) == (bytes, changed_ns)
    }
}

/// All campaigns of a folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JournalIndex {
    /// A row for each file, by name.
    pub rows: Vec<IndexRow>,
}

/// What bringing an index up to date did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Files that were read because their rows were missing or old.
    pub read: usize,
    /// Rows that went because their files did.
    pub gone: usize,
}

impl JournalIndex {
    /// Reads an index; what is missing or damaged is not in it.
    pub fn load(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        let mut rows: HashMap<String, IndexRow> = HashMap::new();
        for row in rows_of(&text) {
            rows.insert(row.file.clone(), row);
        }
        let mut index = Self {
            rows: rows.into_values().collect(),
        };
        index.sort();
        index
    }

    /// Brings the rows up to the files of a folder. `progress` hears how many of how many files are done; a stop asked
    /// for leaves what is done.
    ///
    /// # Errors
    /// What the system says of the folder.
    pub fn refresh(
        &mut self,
        folder: &Path,
        stop: &AtomicBool,
        progress: &mut dyn FnMut(usize, usize),
    ) -> io::Result<Refreshed> {
        let files = files_of(folder)?;
        let mut known: HashMap<String, IndexRow> = self
            .rows
            .drain(..)
            .map(|row| (row.file.clone(), row))
            .collect();
        let mut done = Refreshed::default();
        for (place, path) in files.iter().enumerate() {
            let row = known.remove(&file_name(path));
            let Ok(now) = stamp(path) else {
                continue;
            };
            match row.filter(|row| row.is_of(now)) {
                Some(row) => self.rows.push(row),
                None if stop.load(Ordering::Relaxed) => {}
                None => {
                    done.read += 1;
                    self.rows.extend(IndexRow::read(path));
                    progress(place + 1, files.len());
                }
            }
        }
        done.gone = known.len();
        self.sort();
        Ok(done)
    }

    /// Takes over the row of a campaign that was saved.
    pub fn put(&mut self, row: IndexRow) {
        self.rows.retain(|known| known.file != row.file);
        self.rows.push(row);
        self.sort();
    }

    /// Writes the whole index in one step.
    ///
    /// # Errors
    /// [`FileError`]; what was there before is untouched.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        let lines = self
            .rows
            .iter()
            .filter_map(|row| serde_json::to_string(row).ok());
        let text: String = lines.flat_map(|line| [line, "\n".to_owned()]).collect();
        write_file(path, text.as_bytes())
    }

    fn sort(&mut self) {
        self.rows.sort_by(|a, b| a.file.cmp(&b.file));
    }
}

/// The rows of an index's text in their order; long ones are read on all cores.
fn rows_of(text: &str) -> Vec<IndexRow> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = lines.len().div_ceil(cores).max(LINES_A_THREAD);
    let version = line_version();
    let read = |lines: &[&str]| -> Vec<IndexRow> {
        let rows = lines
            .iter()
            .filter_map(|line| serde_json::from_str(line).ok());
        rows.filter(|row: &IndexRow| row.v == version).collect()
    };
    thread::scope(|scope| {
        let parts: Vec<_> = lines
            .chunks(share)
            .map(|part| scope.spawn(move || read(part)))
            .collect();
        let read = parts
            .into_iter()
            .map(|part| part.join().unwrap_or_default());
        read.flatten().collect()
    })
}

/// Appends a row to an index. A line that is cut off by a crash is dropped by the next reader.
///
/// # Errors
/// What the system says.
pub fn append(path: &Path, row: &IndexRow) -> io::Result<()> {
    let line = serde_json::to_string(row).map_err(io::Error::other)?;
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    // A line begun on a torn one would be lost with it.
    file.write_all(format!("\n{line}\n").as_bytes())
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Size and time of change.
fn stamp(path: &Path) -> io::Result<(u64, u64)> {
    let metadata = fs::metadata(path)?;
    let changed = metadata
        .modified()?
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Ok((
        metadata.len(),
        u64::try_from(changed.as_nanos()).unwrap_or(u64::MAX),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::save_campaign;
    use crate::market::Marks;

    fn campaign(name: &str) -> Campaign {
        let now = jiff::Timestamp::UNIX_EPOCH;
        Campaign::new(name, now, Marks::new(now, 6000.0, 17.0))
    }

    fn refresh(index: &mut JournalIndex, folder: &Path) -> Refreshed {
        let stop = AtomicBool::new(false);
        index
            .refresh(folder, &stop, &mut |_, _| {})
            .expect("a folder")
    }

    #[test]
    fn an_index_is_rebuilt_from_the_files_and_reads_only_what_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["a.ron", "b.ron"] {
            save_campaign(&path(name), &campaign(name)).expect("saved");
        }
        fs::write(path("broken.ron"), "Campaign(").expect("written");
        fs::write(path("note.txt"), "not one").expect("written");
        let mut index = JournalIndex::default();
        assert_eq!(
            refresh(&mut index, folder.path()),
            Refreshed { read: 3, gone: 0 }
        );
        assert_eq!(
            index.rows[0].campaign.as_ref().map(|it| it.name.as_str()),
            Ok("a.ron")
        );
        let trouble = index.rows[2].campaign.as_ref().expect_err("broken");
        assert!(trouble.contains("broken.ron"), "{trouble}");

        let file = path(INDEX_FILE);
        index.save(&file).expect("saved");
        let mut again = JournalIndex::load(&file);
        assert_eq!(again, index);
        assert_eq!(refresh(&mut again, folder.path()), Refreshed::default());

        fs::remove_file(path("b.ron")).expect("removed");
        save_campaign(&path("a.ron"), &campaign("another name")).expect("saved");
        assert_eq!(
            refresh(&mut again, folder.path()),
            Refreshed { read: 1, gone: 1 }
        );
        assert_eq!(
            again.rows[0].campaign.as_ref().map(|it| it.name.as_str()),
            Ok("another name")
        );
    }

    #[test]
    fn the_last_line_of_a_file_counts_and_damage_is_dropped() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, path) = (folder.path().join(INDEX_FILE), folder.path().join("a.ron"));
        for name in ["first", "second"] {
            save_campaign(&path, &campaign(name)).expect("saved");
            append(&file, &IndexRow::read(&path).expect("there")).expect("appended");
        }
        let mut torn = fs::read_to_string(&file).expect("text");
        torn.push_str("{\"v\":1,\"file\":\"half");
        fs::write(&file, torn).expect("written");
        let index = JournalIndex::load(&file);
        assert_eq!(index.rows.len(), 1);
        assert_eq!(
            index.rows[0].campaign.as_ref().map(|it| it.name.as_str()),
            Ok("second")
        );
        // A row that is put after the tear is read: it begins a line of its own.
        append(&file, &IndexRow::read(&path).expect("there")).expect("appended");
        assert_eq!(JournalIndex::load(&file).rows.len(), 1);
    }

    #[test]
    fn a_row_never_vouches_for_a_file_that_holds_something_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        let (old, new) = (campaign("old"), campaign("new"));
        save_campaign(&path, &new).expect("saved");
        let summary = |of: &Campaign| CampaignReview::of(of).summary;
        let row = IndexRow::saved(&path, &new, summary(&new)).expect("there");
        assert_eq!(row, IndexRow::read(&path).ok());
        let late = IndexRow::saved(&path, &old, summary(&old)).expect("there");
        assert_eq!(late, None);
    }

    #[test]
    fn a_long_index_is_read_in_its_order_whatever_the_cores() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ron");
        save_campaign(&path, &campaign("a")).expect("saved");
        let row = IndexRow::read(&path).expect("there");
        let line = |number: usize| {
            let row = IndexRow {
                file: format!("{:04}.ron", number % 1500),
                bytes: number as u64,
                ..row.clone()
            };
            serde_json::to_string(&row).expect("text") + "\n"
        };
        let file = folder.path().join(INDEX_FILE);
        fs::write(&file, (0..3000).map(line).collect::<String>()).expect("written");
        let rows = JournalIndex::load(&file).rows;
        assert_eq!(rows.len(), 1500);
        for (place, row) in rows.iter().enumerate() {
            assert_eq!(row.bytes, 1500 + place as u64, "the later line counts");
        }
    }

    #[test]
    fn a_stop_leaves_what_is_done() {
        let folder = tempfile::tempdir().expect("a folder");
        save_campaign(&folder.path().join("a.ron"), &campaign("a")).expect("saved");
        let mut index = JournalIndex::default();
        let stop = AtomicBool::new(true);
        let done = index
            .refresh(folder.path(), &stop, &mut |_, _| {})
            .expect("a folder");
        assert_eq!((done.read, index.rows.len()), (0, 0));
    }
}
