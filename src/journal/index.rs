//! The index of all campaigns: a line of JSON each, so that ten thousand list at once.
//!
//! It holds nothing that the campaigns' files do not: each line names its file with size and time of change, a file
//! that is newer than its line is read again, and without an index all are. Lines are appended as campaigns are saved,
//! the last one of a file counts, and a line that is damaged is as if it were not there. What grows with a campaign's
//! days and decisions has lines in a file of its own: a list needs none of it, a review all.

mod lines;

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use self::lines::{
    CourseLine, LINE_VERSION, WORTH_A_THREAD, append_line, lines_of, on_all_cores, read_lines,
    text_of,
};
use super::summary::{CampaignReview, CampaignSummary};
use crate::document::store::files_of;
use crate::document::{Campaign, FileError, campaign_to_ron, load_campaign, write_file};

/// Name of the file that lists the campaigns, in the user's folder.
const INDEX_FILE: &str = "journal.index";
/// Name of the file with their days and decisions.
const COURSES_FILE: &str = "journal.courses";
/// Files that are read before progress is told and a stop is heard.
const FILES_AT_ONCE: usize = 16;
/// Share of lines that count no more from which an index is written anew: one in so many.
const STALE_SHARE: usize = 4;

/// The files of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexFiles {
    heads: PathBuf,
    courses: PathBuf,
}

impl IndexFiles {
    /// Those in a user's folder.
    pub fn within(root: &Path) -> Self {
        Self {
            heads: root.join(INDEX_FILE),
            courses: root.join(COURSES_FILE),
        }
    }

    /// Appends a row. A line that is cut off by a crash is dropped by the next reader.
    ///
    /// # Errors
    /// What the system says.
    pub fn append(&self, row: &IndexRow) -> io::Result<()> {
        if let Some(course) = CourseLine::of(row) {
            append_line(&self.courses, &course)?;
        }
        append_line(&self.heads, row)
    }
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
    /// Whether these have days, events and decisions.
    #[serde(skip)]
    is_whole: bool,
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
            v: LINE_VERSION,
            file: file_name(path),
            bytes,
            changed_ns,
            campaign: campaign.map(|campaign| CampaignReview::of(&campaign).summary),
            is_whole: true,
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
            v: LINE_VERSION,
            file: file_name(path),
            bytes,
            changed_ns,
            campaign: Ok(summary),
            is_whole: true,
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
    /// Whether the rows have the days, events and decisions of their campaigns.
    pub is_whole: bool,
    /// Lines read that count no more.
    stale: usize,
}

/// What bringing an index up to date did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Files that were read because their lines were missing or old.
    pub read: usize,
    /// Rows that went because their files did.
    pub gone: usize,
}

impl JournalIndex {
    /// Reads the rows of an index without days, events and decisions; what is missing or damaged is not in it.
    pub fn load(files: &IndexFiles) -> Self {
        let text = fs::read_to_string(&files.heads).unwrap_or_default();
        let mut rows: HashMap<String, IndexRow> = HashMap::new();
        let read: Vec<IndexRow> = read_lines(&text);
        let lines = lines_of(&text).count();
        for row in read {
            if row.v == LINE_VERSION {
                rows.insert(row.file.clone(), row);
            }
        }
        let mut index = Self {
            stale: lines - rows.len(),
            rows: rows.into_values().collect(),
            is_whole: false,
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
        let stamps = on_all_cores(&files, WORTH_A_THREAD, |path| stamp(path).ok());
        let mut old: Vec<PathBuf> = Vec::new();
        for (path, now) in files.into_iter().zip(stamps) {
            let row = known.remove(&file_name(&path));
            match (row, now) {
                (Some(row), Some(now)) if row.is_of(now) => self.rows.push(row),
                (_, Some(_)) => old.push(path),
                (_, None) => {}
            }
        }
        for row in read_files(&old, stop, progress) {
            done.read += 1;
            self.rows.extend(row);
        }
        done.gone = known.len();
        self.sort();
        Ok(done)
    }

    /// Gives the rows the days, events and decisions of their campaigns; where an index has them no more, they are made
    /// anew from the campaign's file, which can change its row. `progress` and the stop are those of
    /// [`refresh`](Self::refresh). How many files were read.
    pub fn fill(
        &mut self,
        files: &IndexFiles,
        folder: &Path,
        stop: &AtomicBool,
        progress: &mut dyn FnMut(usize, usize),
    ) -> usize {
        let text = fs::read_to_string(&files.courses).unwrap_or_default();
        let mut known: HashMap<String, CourseLine<'static>> = HashMap::new();
        self.stale += lines_of(&text).count();
        for line in read_lines::<CourseLine<'static>>(&text) {
            known.insert(line.file.to_string(), line);
        }
        let mut bare: Vec<usize> = Vec::new();
        for (place, row) in self.rows.iter_mut().enumerate() {
            let line = known.remove(&row.file);
            self.stale -= usize::from(line.is_some());
            // A file that cannot be read has none.
            row.is_whole |= row.campaign.is_err();
            if !row.is_whole && !line.is_some_and(|line| line.give(row)) {
                bare.push(place);
            }
        }
        let path = |place: &usize| folder.join(&self.rows[*place].file);
        let paths: Vec<PathBuf> = bare.iter().map(path).collect();
        let read = read_files(&paths, stop, progress);
        self.is_whole = read.len() == bare.len();
        let count = read.len();
        for (place, anew) in bare.into_iter().zip(read) {
            if let Some(anew) = anew {
                self.rows[place] = anew;
            }
        }
        count
    }

    /// Whether so many lines count no more that the index had better be written anew.
    pub fn is_worn(&self) -> bool {
        self.stale * STALE_SHARE > self.rows.len()
    }

    /// Takes over the row of a campaign that was saved.
    pub fn put(&mut self, row: IndexRow) {
        match self
            .rows
            .binary_search_by(|known| known.file.cmp(&row.file))
        {
            Ok(place) => self.rows[place] = row,
            Err(place) => self.rows.insert(place, row),
        }
    }

    /// Writes the whole index, each file in one step. Of an index that is not whole, only the rows.
    ///
    /// # Errors
    /// [`FileError`]; what was there before is untouched.
    pub fn save(&self, files: &IndexFiles) -> Result<(), FileError> {
        if self.is_whole {
            let courses = self.rows.iter().filter_map(CourseLine::of);
            write_file(&files.courses, text_of(courses).as_bytes())?;
        }
        write_file(&files.heads, text_of(self.rows.iter()).as_bytes())
    }

    fn sort(&mut self) {
        self.rows.sort_by(|a, b| a.file.cmp(&b.file));
    }
}

/// Reads campaigns on all cores; a stop asked for leaves out those that are left. One that is gone meanwhile has no row.
fn read_files(
    paths: &[PathBuf],
    stop: &AtomicBool,
    progress: &mut dyn FnMut(usize, usize),
) -> Vec<Option<IndexRow>> {
    let mut rows: Vec<Option<IndexRow>> = Vec::with_capacity(paths.len());
    for part in paths.chunks(FILES_AT_ONCE) {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        rows.extend(on_all_cores(part, 1, |path| IndexRow::read(path).ok()));
        progress(rows.len(), paths.len());
    }
    rows
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

    fn fill(index: &mut JournalIndex, root: &Path) -> usize {
        let stop = AtomicBool::new(false);
        let files = IndexFiles::within(root);
        index.fill(&files, root, &stop, &mut |_, _| {})
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

        let files = IndexFiles::within(folder.path());
        assert_eq!(fill(&mut index, folder.path()), 0, "all were read");
        index.save(&files).expect("saved");
        let mut again = JournalIndex::load(&files);
        assert_eq!(again.rows.len(), 3);
        assert_eq!(refresh(&mut again, folder.path()), Refreshed::default());
        assert!(!again.is_whole && again != index);
        assert_eq!(fill(&mut again, folder.path()), 0, "all were known");
        assert_eq!(again, index);

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
        let files = IndexFiles::within(folder.path());
        let path = folder.path().join("a.ron");
        let put = || {
            let row = IndexRow::read(&path).expect("there");
            files.append(&row).expect("appended");
        };
        for name in ["first", "second"] {
            save_campaign(&path, &campaign(name)).expect("saved");
            put();
        }
        for file in [&files.heads, &files.courses] {
            let mut torn = fs::read_to_string(file).expect("text");
            torn.push_str("{\"v\":1,\"file\":\"half");
            fs::write(file, torn).expect("written");
        }
        let mut index = JournalIndex::load(&files);
        assert_eq!((index.rows.len(), index.stale), (1, 2));
        assert_eq!((fill(&mut index, folder.path()), index.stale), (0, 4));
        assert!(index.is_whole && index.is_worn());
        assert_eq!(
            index.rows[0].campaign.as_ref().map(|it| it.name.as_str()),
            Ok("second")
        );
        // A row that is put after the tear is read: it begins a line of its own.
        put();
        let mut index = JournalIndex::load(&files);
        assert_eq!((index.rows.len(), fill(&mut index, folder.path())), (1, 0));
    }

    #[test]
    fn days_and_decisions_that_an_index_lacks_are_made_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = IndexFiles::within(folder.path());
        let path = folder.path().join("a.ron");
        let text = include_str!("../../tests/golden/campaigns/v2.ron");
        fs::write(&path, text).expect("written");
        let mut index = JournalIndex::default();
        refresh(&mut index, folder.path());
        fill(&mut index, folder.path());
        let course = |index: &JournalIndex| {
            let campaign = index.rows[0].campaign.clone().expect("read");
            (campaign.days, campaign.decisions)
        };
        let (days, decisions) = course(&index);
        assert!(!days.is_empty() && !decisions.is_empty());
        index.save(&files).expect("saved");

        let mut listed = JournalIndex::load(&files);
        refresh(&mut listed, folder.path());
        assert_eq!(course(&listed), (Vec::new(), Vec::new()));
        for (kept, read) in [(true, 0), (false, 1)] {
            if !kept {
                fs::remove_file(&files.courses).expect("removed");
            }
            let mut again = listed.clone();
            assert_eq!(fill(&mut again, folder.path()), read);
            assert_eq!(again.rows, index.rows);
        }
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
        let files = IndexFiles::within(folder.path());
        fs::write(&files.heads, (0..3000).map(line).collect::<String>()).expect("written");
        let rows = JournalIndex::load(&files).rows;
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
