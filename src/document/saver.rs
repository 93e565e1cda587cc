//! The saving thread: latest state wins, a short delay gathers a burst of edits, nothing ever blocks the desk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use super::campaign::Campaign;
use super::file::{FileError, save_campaign, save_recovery};

/// How long after the first unsaved edit the state is written; later edits do not put it off.
pub const AUTOSAVE_DELAY: Duration = Duration::from_millis(300);
/// How long after a failure the state is tried again, until it is written or a newer one is.
pub const RETRY_DELAY: Duration = Duration::from_secs(2);

/// Where a state is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveTarget {
    /// The campaign's own file.
    File(PathBuf),
    /// A recovery file for unsaved changes.
    Recovery {
        /// The recovery file.
        path: PathBuf,
        /// The file whose changes these are; `None` when it was never saved.
        origin: Option<PathBuf>,
    },
}

impl SaveTarget {
    /// The file written.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Recovery { path, .. } => path,
        }
    }

    /// Writes a state here at once, on the caller's thread.
    ///
    /// # Errors
    /// [`FileError`]; what was there before is then untouched.
    pub fn write(&self, campaign: &Campaign) -> Result<(), FileError> {
        match self {
            Self::File(path) => save_campaign(path, campaign),
            Self::Recovery { path, origin } => save_recovery(path, origin.as_deref(), campaign),
        }
    }
}

/// One finished write.
#[derive(Debug)]
pub struct SaveReport {
    /// Where.
    pub target: SaveTarget,
    /// The state written, to be given to [`super::History::mark_saved`] when `target` is the file.
    pub campaign: Arc<Campaign>,
    /// Whether it worked. A failure is reported once and again when its reason changes; the state is kept and tried
    /// again.
    pub result: Result<(), FileError>,
    /// Whether the write before it, to the same file, had failed.
    pub was_failing: bool,
}

enum Message {
    Save(SaveTarget, Arc<Campaign>),
    Forget(PathBuf),
    Flush(Sender<()>),
}

/// A thread that writes campaigns in the background.
///
/// Dropping it writes what is still waiting and ends the thread.
#[derive(Debug)]
pub struct Saver {
    messages: Option<Sender<Message>>,
    reports: Receiver<SaveReport>,
    thread: Option<JoinHandle<()>>,
}

impl Saver {
    /// Starts the thread. `on_report` is called on it after each write, to wake the window.
    ///
    /// # Errors
    /// The system's, when no thread can be started.
    pub fn start(delay: Duration, on_report: impl Fn() + Send + 'static) -> io::Result<Self> {
        let (messages, inbox) = mpsc::channel();
        let (outbox, reports) = mpsc::channel();
        let worker = Worker {
            inbox,
            outbox,
            delay,
            on_report,
            waiting: Vec::new(),
            failing: Vec::new(),
        };
        let thread = thread::Builder::new()
            .name("palisade-saver".to_owned())
            .spawn(move || worker.run())?;
        Ok(Self {
            messages: Some(messages),
            reports,
            thread: Some(thread),
        })
    }

    /// Asks for a state to be written; a state still waiting for the same file is dropped in its favour.
    /// Returns whether the thread is there to do it.
    pub fn save(&self, target: SaveTarget, campaign: Arc<Campaign>) -> bool {
        self.send(Message::Save(target, campaign))
    }

    /// Drops what waits for a file and deletes the file: for a recovery that is no longer needed.
    pub fn forget(&self, path: PathBuf) -> bool {
        self.send(Message::Forget(path))
    }

    /// Writes everything that waits, now; returns false when that took longer than `patience`.
    pub fn flush(&self, patience: Duration) -> bool {
        let (done, finished) = mpsc::channel();
        self.send(Message::Flush(done)) && finished.recv_timeout(patience).is_ok()
    }

    /// The writes finished since the last call.
    pub fn reports(&self) -> Vec<SaveReport> {
        self.reports.try_iter().collect()
    }

    fn send(&self, message: Message) -> bool {
        self.messages
            .as_ref()
            .is_some_and(|sender| sender.send(message).is_ok())
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.messages = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!(
                "the saving thread ended abnormally; the last changes may not be saved"
            );
        }
    }
}

struct Worker<F> {
    inbox: Receiver<Message>,
    outbox: Sender<SaveReport>,
    delay: Duration,
    on_report: F,
    waiting: Vec<(SaveTarget, Arc<Campaign>)>,
    /// Files whose last write failed, with what was said of it.
    failing: Vec<(PathBuf, String)>,
}

impl<F: Fn()> Worker<F> {
    fn run(mut self) {
        let mut due: Option<Instant> = None;
        loop {
            match self.next_message(due) {
                Ok(Message::Save(target, campaign)) => {
                    self.waiting
                        .retain(|(other, _)| other.path() != target.path());
                    self.waiting.push((target, campaign));
                    let soon = Instant::now() + self.delay;
                    due = Some(due.map_or(soon, |due| due.min(soon)));
                }
                Ok(Message::Forget(path)) => self.forget(&path),
                Ok(Message::Flush(done)) => {
                    due = self.write_all();
                    // Nobody waiting any more is no trouble: the work is done.
                    done.send(()).ok();
                }
                Err(RecvTimeoutError::Timeout) => due = self.write_all(),
                Err(RecvTimeoutError::Disconnected) => {
                    if self.write_all().is_some() {
                        tracing::error!("the last changes could not be written");
                    }
                    return;
                }
            }
        }
    }

    fn next_message(&self, due: Option<Instant>) -> Result<Message, RecvTimeoutError> {
        match due {
            Some(at) => self
                .inbox
                .recv_timeout(at.saturating_duration_since(Instant::now())),
            None => self
                .inbox
                .recv()
                .map_err(|mpsc::RecvError| RecvTimeoutError::Disconnected),
        }
    }

    /// Writes what waits. What fails goes on waiting, and the answer says until when.
    fn write_all(&mut self) -> Option<Instant> {
        for (target, campaign) in std::mem::take(&mut self.waiting) {
            let result = target.write(&campaign);
            let said = result.as_ref().err().map(ToString::to_string);
            let before = self.take_failing(target.path());
            let was_failing = before.is_some();
            if let Some(said) = said {
                self.waiting.push((target.clone(), Arc::clone(&campaign)));
                let is_known = before.as_ref() == Some(&said);
                self.failing.push((target.path().to_owned(), said.clone()));
                if is_known {
                    continue;
                }
                tracing::warn!("{said}");
            }
            let report = SaveReport {
                target,
                campaign,
                result,
                was_failing,
            };
            if self.outbox.send(report).is_ok() {
                (self.on_report)();
            }
        }
        (!self.waiting.is_empty()).then(|| Instant::now() + RETRY_DELAY)
    }

    /// What was said of the last write of a file, if it failed; forgotten with that.
    fn take_failing(&mut self, path: &Path) -> Option<String> {
        let place = self.failing.iter().position(|(known, _)| known == path)?;
        Some(self.failing.swap_remove(place).1)
    }

    fn forget(&mut self, path: &Path) {
        self.waiting.retain(|(target, _)| target.path() != path);
        self.failing.retain(|(known, _)| known != path);
        match fs::remove_file(path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => tracing::warn!("cannot remove {}: {error}", path.display()),
        }
    }
}
