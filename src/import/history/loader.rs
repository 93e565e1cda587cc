//! Folders and files → a library: several threads, with progress and cancel. Blocks; call it off the
//! window's thread.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use super::column::{HistoryFile, Parsed};
use super::formats::{self, recognise};
use super::text::decode;
use crate::series::{FileOutcome, Library, LibraryBuilder, LibraryFile, LibraryProblem, Severity};

/// Bytes read to recognise a file.
const HEAD_BYTES: usize = 8 * 1024;
/// Larger files are left alone.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;
/// Folders within folders that are looked into.
const DEEPEST: usize = 8;
/// More files than this are a wrong folder.
const MOST_FILES: usize = 20_000;
/// Most threads used.
const MOST_THREADS: usize = 8;

/// Why there is no library.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The user asked to stop.
    #[error("loading was cancelled")]
    Cancelled,
    /// A folder or file that was asked for cannot be read.
    #[error("cannot read {path}: {source}", path = .path.display())]
    Place {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There are too many files: it is hardly a folder of market history.
    #[error("{path} holds more than {MOST_FILES} files: choose the folder of the market data", path = .path.display())]
    TooManyFiles {
        /// Which folder.
        path: PathBuf,
    },
}

/// How far loading is; shared between the loading threads and whoever watches.
#[derive(Debug, Default)]
pub struct LoadProgress {
    files: AtomicUsize,
    bytes_total: AtomicU64,
    bytes_done: AtomicU64,
    files_done: AtomicUsize,
    cancelled: AtomicBool,
}

impl LoadProgress {
    /// Files done and files in all; both 0 until the folder has been listed.
    pub fn files(&self) -> (usize, usize) {
        let done = self.files_done.load(Ordering::Relaxed);
        (done, self.files.load(Ordering::Relaxed))
    }

    /// Share of the bytes done, 0 to 1.
    pub fn fraction(&self) -> f32 {
        let total = self.bytes_total.load(Ordering::Relaxed);
        let done = self.bytes_done.load(Ordering::Relaxed);
        if total == 0 {
            return 0.0;
        }
        (done as f64 / total as f64).min(1.0) as f32
    }

    /// Asks the loader to stop; it does after the files under way.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// A file to look at.
struct Candidate {
    path: PathBuf,
    name: String,
    bytes: u64,
}

/// Loads a library.
///
/// ```no_run
/// use palisade::import::LibraryLoader;
///
/// let loader = LibraryLoader::new(["/home/me/market-data"]);
/// let progress = loader.progress(); // for a bar and a cancel button
/// let library = std::sync::Arc::new(loader.load()?);
/// # Ok::<(), palisade::import::LoadError>(())
/// ```
#[derive(Debug)]
pub struct LibraryLoader {
    places: Vec<PathBuf>,
    has_calendar: bool,
    progress: Arc<LoadProgress>,
}

impl LibraryLoader {
    /// A loader of folders (with the folders in them) and single files.
    pub fn new<P: Into<PathBuf>>(places: impl IntoIterator<Item = P>) -> Self {
        Self {
            places: places.into_iter().map(Into::into).collect(),
            has_calendar: false,
            progress: Arc::default(),
        }
    }

    /// Adds the days of events that come with the program, where the user has no list of them.
    pub fn with_calendar(mut self) -> Self {
        self.has_calendar = true;
        self
    }

    /// The progress of this loader; its `cancel` stops it.
    pub fn progress(&self) -> Arc<LoadProgress> {
        Arc::clone(&self.progress)
    }

    /// Reads everything. Files that are no market history are listed as skipped; trouble within a file
    /// is listed as a problem, and the rest of it is used.
    ///
    /// # Errors
    /// [`LoadError`] when cancelled, or when a place cannot be listed.
    pub fn load(&self) -> Result<Library, LoadError> {
        let mut candidates = Vec::new();
        for place in &self.places {
            self.list(place, &mut candidates)?;
        }
        // the longest first, so that no thread is left alone with it at the end
        candidates.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
        let total = candidates.iter().map(|file| file.bytes).sum();
        self.progress.bytes_total.store(total, Ordering::Relaxed);
        self.progress
            .files
            .store(candidates.len(), Ordering::Relaxed);
        let mut builder = self.read_all(&candidates);
        if self.has_calendar {
            builder.add_shipped_events(super::events::shipped());
        }
        if self.progress.is_cancelled() {
            return Err(LoadError::Cancelled);
        }
        Ok(builder.build())
    }

    /// Lists the files of a place.
    fn list(&self, place: &Path, found: &mut Vec<Candidate>) -> Result<(), LoadError> {
        let unreadable = |source| LoadError::Place {
            path: place.to_owned(),
            source,
        };
        let metadata = fs::metadata(place).map_err(unreadable)?;
        if !metadata.is_dir() {
            let name = place.file_name().unwrap_or(place.as_os_str());
            found.push(Candidate {
                path: place.to_owned(),
                name: name.to_string_lossy().into_owned(),
                bytes: metadata.len(),
            });
            return Ok(());
        }
        let mut folders = vec![(place.to_owned(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            if self.progress.is_cancelled() {
                return Err(LoadError::Cancelled);
            }
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if depth == 0 => return Err(unreadable(error)),
                // a folder within that cannot be read: the others go on
                Err(error) => {
                    tracing::warn!("cannot list {}: {error}", folder.display());
                    continue;
                }
            };
            for entry in entries.flatten() {
                let path = entry.path();
                if entry.file_name().to_string_lossy().starts_with('.') {
                    continue;
                }
                let Ok(metadata) = fs::metadata(&path) else {
                    continue;
                };
                // links to folders are not followed, they may lead in a circle
                let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
                if metadata.is_dir() && !is_link && depth < DEEPEST {
                    folders.push((path, depth + 1));
                } else if metadata.is_file() {
                    let relative = path.strip_prefix(place).unwrap_or(&path);
                    found.push(Candidate {
                        name: relative.to_string_lossy().replace('\\', "/"),
                        path,
                        bytes: metadata.len(),
                    });
                }
            }
            if found.len() > MOST_FILES {
                return Err(LoadError::TooManyFiles {
                    path: place.to_owned(),
                });
            }
        }
        Ok(())
    }

    /// Reads the files on several threads; each takes the next that is left.
    fn read_all(&self, candidates: &[Candidate]) -> LibraryBuilder {
        let next = AtomicUsize::new(0);
        let builder = Mutex::new(LibraryBuilder::default());
        let work = || {
            while let Some(file) = candidates.get(next.fetch_add(1, Ordering::Relaxed)) {
                if self.progress.is_cancelled() {
                    return;
                }
                let (outcome, parsed) = read_file(file);
                let mut builder = builder.lock().expect("no thread panics while it adds");
                add(&mut builder, file, outcome, parsed);
                drop(builder);
                self.progress.files_done.fetch_add(1, Ordering::Relaxed);
                self.progress
                    .bytes_done
                    .fetch_add(file.bytes, Ordering::Relaxed);
            }
        };
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let helpers = threads.min(MOST_THREADS).min(candidates.len()).max(1) - 1;
        thread::scope(|scope| {
            for index in 0..helpers {
                let name = format!("palisade-library-{index}");
                // without a helper this thread does its work
                if let Err(error) = thread::Builder::new().name(name).spawn_scoped(scope, work) {
                    tracing::warn!("no thread for loading: {error}");
                }
            }
            work();
        });
        builder
            .into_inner()
            .expect("no thread panics while it adds")
    }
}

fn add(builder: &mut LibraryBuilder, file: &Candidate, outcome: FileOutcome, parsed: Parsed) {
    builder.add_file(LibraryFile {
        name: file.name.clone(),
        outcome,
    });
    for source in parsed.series {
        builder.add_series(source);
    }
    for source in parsed.futures {
        builder.add_future(source);
    }
    if parsed.is_event_list {
        builder.add_event_list(parsed.events);
    } else {
        builder.add_events(parsed.events);
    }
    builder.add_problems(parsed.problems);
}

/// Recognises a file by its head and reads the rest only if it is one of ours.
fn read_file(file: &Candidate) -> (FileOutcome, Parsed) {
    let skipped = |why: &str| FileOutcome::Skipped {
        why: why.to_owned(),
    };
    if file.bytes > LARGEST_FILE {
        return (skipped("larger than 256 MiB"), Parsed::default());
    }
    let (bytes, format) = match read_if_known(file) {
        Ok(Some(known)) => known,
        Ok(None) => {
            let why = "no format of market history";
            return (skipped(why), Parsed::default());
        }
        Err(error) => {
            let mut parsed = Parsed::default();
            parsed.problems.push(LibraryProblem {
                severity: Severity::Problem,
                file: file.name.clone(),
                line: None,
                column: "file".to_owned(),
                found: error.to_string(),
                expected: "a file that can be read".to_owned(),
            });
            return (skipped("cannot be read"), parsed);
        }
    };
    let text = decode(&bytes);
    let stem = Path::new(&file.name)
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let history = HistoryFile {
        name: &file.name,
        stem: &stem,
        text: &text,
    };
    let parsed = formats::read(format, &history);
    let outcome = match &parsed.skipped {
        Some(why) => skipped(why),
        None => FileOutcome::Read {
            format: format.label(),
            rows: parsed.rows(),
        },
    };
    (outcome, parsed)
}

fn read_if_known(file: &Candidate) -> io::Result<Option<(Vec<u8>, super::formats::HistoryFormat)>> {
    let mut handle = File::open(&file.path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(file.bytes).unwrap_or(HEAD_BYTES) + 1);
    let mut head = handle.by_ref().take(HEAD_BYTES as u64);
    head.read_to_end(&mut bytes)?;
    let whole_lines = match bytes.iter().rposition(|byte| *byte == b'\n') {
        Some(end) if bytes.len() == HEAD_BYTES => end + 1,
        Some(_) | None => bytes.len(),
    };
    let Some(format) = recognise(&bytes[..whole_lines]) else {
        return Ok(None);
    };
    // quotes of one day are only named, not read
    if !format.is_chain() {
        handle.read_to_end(&mut bytes)?;
    }
    Ok(Some((bytes, format)))
}
