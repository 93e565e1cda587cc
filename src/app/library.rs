//! The market's history in the desk: loaded on its own thread, typed rows kept.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::history_files::{copy_into, is_history};
use super::report::Report;
use crate::document::{Attempt, Store, load_manual_rows, save_manual_rows};
use crate::fact::{Derived, SignalParams};
use crate::import::{LibraryLoader, LoadError, LoadProgress, ManualRows};
use crate::series::{Library, ManualRow};
use crate::signal::Timeline;
use crate::ui::{HistoryView, LibraryLoading, PanelContext, Workspace};

/// A library with what is made of it once.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    /// The series.
    pub library: Arc<Library>,
    /// The charts' data.
    pub timeline: Arc<Timeline>,
    /// What facts are gathered from.
    pub derived: Arc<Derived>,
}

impl Loaded {
    /// Reads folders and files; blocks.
    pub(super) fn read(loader: &LibraryLoader, params: &SignalParams) -> Result<Self, LoadError> {
        let library = loader.load()?;
        if loader.progress().is_cancelled() {
            return Err(LoadError::Cancelled);
        }
        Ok(Self::of(Arc::new(library), params))
    }

    /// Makes what follows from a library under a pack's numbers; takes a moment.
    pub(super) fn of(library: Arc<Library>, params: &SignalParams) -> Self {
        let derived = Derived::with(&library, *params);
        Self {
            timeline: Arc::new(derived.timeline()),
            derived: Arc::new(derived),
            library,
        }
    }
}

/// What came back from a thread.
#[derive(Debug)]
pub(super) enum LibraryEvent {
    /// A library, or why there is none; of the loading with that number.
    Loaded(u64, Result<Loaded, LoadError>),
    /// The loading with that number ended without a word.
    Lost(u64),
    /// The library at hand, made anew under other numbers of the rule pack.
    Remade(Box<Loaded>),
    /// Files were copied into the folder, or why not.
    Copied(Result<usize, String>),
    /// A dropped file that is no history.
    Other(PathBuf),
    /// A dropped folder.
    Folder(PathBuf),
}

/// Loading under way.
#[derive(Debug)]
pub(super) struct Job {
    number: u64,
    progress: Arc<LoadProgress>,
}

/// The library's place in the desk.
#[derive(Debug)]
pub(super) struct LibraryDesk {
    pub(super) sender: Sender<LibraryEvent>,
    receiver: Receiver<LibraryEvent>,
    pub(super) job: Option<Job>,
    jobs: u64,
    pub(super) loaded: Option<Loaded>,
    folder: Option<PathBuf>,
    is_chosen: bool,
    trouble: Option<String>,
    typed: ManualRows,
    /// The numbers that signals are to be made with.
    pub(super) params: SignalParams,
    /// Those that they are being made with.
    pub(super) making: Option<SignalParams>,
}

impl Default for LibraryDesk {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            job: None,
            jobs: 0,
            loaded: None,
            folder: None,
            is_chosen: false,
            trouble: None,
            typed: ManualRows::default(),
            params: SignalParams::default(),
            making: None,
        }
    }
}

impl LibraryDesk {
    /// Loads on a thread of its own; a loading under way is stopped.
    pub(super) fn load(
        &mut self,
        store: Option<&Store>,
        chosen: Option<&Path>,
        wake: impl Fn() + Send + 'static,
    ) {
        self.cancel();
        self.is_chosen = chosen.is_some();
        self.folder = chosen
            .map(Path::to_owned)
            .or_else(|| store.map(Store::history_dir));
        if let Some(store) = store {
            match load_manual_rows(&store.manual_rows_path()) {
                Ok(rows) => self.typed = rows,
                Err(error) => self.trouble = Some(error.to_string()),
            }
        }
        let own = || chosen.map(Path::to_owned).into_iter().collect();
        let mut places: Vec<PathBuf> = store.map_or_else(own, |store| store.library_places(chosen));
        if !self.is_chosen {
            // the own folder comes into being with its first file
            places.retain(|place| place.exists());
        }
        let loader = LibraryLoader::new(places).with_calendar();
        let (number, progress) = (self.jobs, loader.progress());
        self.jobs += 1;
        let params = self.params;
        let report = Report::new(self.sender.clone(), wake, LibraryEvent::Lost(number));
        let started = std::thread::Builder::new()
            .name("palisade-library".to_owned())
            .spawn(move || {
                let read = Loaded::read(&loader, &params);
                report.send(LibraryEvent::Loaded(number, read));
            });
        match started {
            Ok(_) => self.job = Some(Job { number, progress }),
            Err(error) => tracing::error!("no thread for the library: {error}"),
        }
    }

    /// Stops a loading under way; what was loaded before stays.
    pub(super) fn cancel(&mut self) {
        if let Some(job) = self.job.take() {
            job.progress.cancel();
        }
    }

    /// What came back, without the loadings that were given up.
    pub(super) fn events(&mut self) -> Vec<LibraryEvent> {
        let events: Vec<LibraryEvent> = self.receiver.try_iter().collect();
        let mut kept = Vec::new();
        for event in events {
            if let LibraryEvent::Loaded(number, _) | LibraryEvent::Lost(number) = &event {
                if self.job.as_ref().is_none_or(|job| job.number != *number) {
                    continue;
                }
                self.job = None;
            }
            kept.push(event);
        }
        kept
    }

    /// Takes a library over, or notes why there is none.
    pub(super) fn take(&mut self, read: Result<Loaded, LoadError>) {
        match read {
            Ok(loaded) => {
                self.trouble = None;
                self.loaded = Some(loaded);
            }
            Err(LoadError::Cancelled) => {}
            Err(error) => self.trouble = Some(error.to_string()),
        }
    }

    /// Notes that a loading ended without a word.
    pub(super) fn take_lost(&mut self) {
        self.trouble = Some("Reading broke off by a fault of the program: read again".to_owned());
    }

    /// The library, once it is loaded.
    pub(super) fn read(&self) -> Option<&Arc<Library>> {
        self.loaded.as_ref().map(|loaded| &loaded.library)
    }

    /// What facts are gathered from, once a library is loaded.
    pub(super) fn prepared(&self) -> Option<&Arc<Derived>> {
        self.loaded.as_ref().map(|loaded| &loaded.derived)
    }

    /// Looks at dropped files and folders off the window's thread.
    pub(super) fn sort_dropped(&self, paths: Vec<PathBuf>, wake: impl Fn() + Send + 'static) {
        let (sender, folder) = (self.sender.clone(), self.folder.clone());
        self.run("palisade-drop", move || {
            let (mut history, mut told) = (Vec::new(), false);
            for path in paths {
                let event = if path.is_dir() {
                    LibraryEvent::Folder(path)
                } else if is_history(&path) {
                    history.push(path);
                    continue;
                } else {
                    LibraryEvent::Other(path)
                };
                told |= sender.send(event).is_ok();
            }
            if let Some(folder) = folder.filter(|_folder| !history.is_empty()) {
                let copied = copy_into(&folder, &history);
                told |= sender.send(LibraryEvent::Copied(copied)).is_ok();
            }
            if told {
                wake();
            }
        });
    }

    /// Copies one file into the folder.
    pub(super) fn import(&self, path: PathBuf, wake: impl Fn() + Send + 'static) {
        let (sender, folder) = (self.sender.clone(), self.folder.clone());
        self.run("palisade-import", move || {
            let copied = folder.map_or_else(
                || Err("there is no folder of market history".to_owned()),
                |folder| copy_into(&folder, &[path]),
            );
            if sender.send(LibraryEvent::Copied(copied)).is_ok() {
                wake();
            }
        });
    }

    #[expect(clippy::unused_self, reason = "it is the library's thread")]
    pub(super) fn run(&self, name: &str, work: impl FnOnce() + Send + 'static) {
        let started = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(work);
        if let Err(error) = started {
            tracing::error!("no thread for market history: {error}");
        }
    }

    /// Changes the typed rows on disk; the library is to be loaded again then.
    pub(super) fn type_row(
        &mut self,
        store: Option<&Store>,
        row: ManualRow,
        stays: bool,
    ) -> Result<(), String> {
        let store = store.ok_or("there is no folder to keep rows in")?;
        let path = store.manual_rows_path();
        let mut rows = load_manual_rows(&path).map_err(|error| error.to_string())?;
        if stays {
            rows.put(row);
        } else {
            rows.remove(&row);
        }
        save_manual_rows(&path, &rows).map_err(|error| error.told(Attempt::Keep))?;
        self.typed = rows;
        Ok(())
    }

    /// What panels see of it, put into their context.
    pub(super) fn seen<'a>(&'a self, ctx: &PanelContext<'a>) -> PanelContext<'a> {
        let loaded = self.loaded.as_ref();
        PanelContext {
            library: loaded.map(|loaded| &loaded.library).filter(|library| {
                // a folder without history still tells what it holds
                !library.is_empty() || !library.files().is_empty()
            }),
            history: HistoryView {
                timeline: loaded.map(|loaded| &loaded.timeline),
                facts: ctx.advice.facts.map(Arc::as_ref),
                loading: self.job.as_ref().map(|job| LibraryLoading {
                    share: Some(job.progress.fraction()).filter(|_| job.progress.files().1 > 0),
                    files: job.progress.files(),
                }),
                folder: self.folder.as_deref(),
                is_chosen: self.is_chosen,
                trouble: self.trouble.as_deref(),
                typed: Some(&self.typed),
            },
            ..*ctx
        }
    }
}

/// The folder that the user chose.
pub(super) fn chosen(workspace: &Workspace) -> Option<&Path> {
    workspace.history_folder.as_deref()
}

#[cfg(test)]
mod tests {
    use super::LibraryDesk;

    #[test]
    fn a_loading_that_was_given_up_brings_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = "observation_date,SP500\n2026-02-11,6941.47\n";
        std::fs::write(folder.path().join("SP500.csv"), text).expect("it is written");
        let mut desk = LibraryDesk::default();
        let load = |desk: &mut LibraryDesk| {
            let (sender, woken) = std::sync::mpsc::channel();
            desk.load(None, Some(folder.path()), move || {
                sender.send(()).expect("the test waits");
            });
            woken
        };
        let woken = load(&mut desk);
        desk.cancel();
        woken.recv().expect("the thread ends");
        assert!(desk.events().is_empty(), "cancelled");
        // of two loadings the second alone counts
        let (first, second) = (load(&mut desk), load(&mut desk));
        first.recv().expect("the thread ends");
        second.recv().expect("the thread ends");
        assert_eq!(desk.events().len(), 1);
    }
}
