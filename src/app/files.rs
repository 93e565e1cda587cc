//! File dialogs and file reading off the window's thread; a typed path where no dialog answers.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::report::Report;
use crate::cli::report::markdown::{self, MarkdownReport};
use crate::document::{Account, Attempt, Campaign, write_file};
use crate::fact::Derived;
use crate::import::broker;
use crate::import::history::{HistoryFormat, recognise};
use crate::import::{RawChain, quote_instant, read_chain, read_vix_chain, resolve_chain};
use crate::market::SharedChain;
use crate::ui::Workspace;
use crate::ui::dialogs::PathPurpose;
use crate::valuation::Valuation;

/// An answer faster than this is no user: the desktop has no file dialog.
const NO_DIALOG: Duration = Duration::from_millis(150);

/// Said of a file whose thread ended without a word.
const LOST: &str = "the work broke off by a fault of the program";

/// What came back.
#[derive(Debug)]
pub enum FileEvent {
    /// The user chose a path.
    Chosen(PathPurpose, PathBuf),
    /// No dialog answers on this desktop: ask for a typed path.
    NoDialog(PathPurpose),
    /// A chain was read.
    Chain(PathBuf, Result<ImportedChain, String>),
    /// A file that was to be a chain is a broker's.
    Broker(PathBuf),
    /// An export was written, or why not.
    Written(Result<PathBuf, String>),
}

/// Quotes of one day.
#[derive(Clone, Debug)]
pub enum ImportedQuotes {
    /// A chain of SPX options.
    Spx(SharedChain),
    /// VIX options as read, and their instant: what is taken of them depends on what is held.
    Vix(RawChain, Timestamp),
}

/// A chain with what could not be read of its file.
#[derive(Clone, Debug)]
pub struct ImportedChain {
    /// The chain.
    pub quotes: ImportedQuotes,
    /// Rows that were left out, each with its line.
    pub problems: Vec<String>,
}

/// What a report is made of, cut loose from the desk.
#[derive(Debug)]
pub struct ReportJob {
    /// The campaign.
    pub campaign: Campaign,
    /// Its valuation.
    pub valuation: Valuation,
    /// What the plots show.
    pub workspace: Workspace,
    /// The account.
    pub account: Account,
    /// Market history, where it is loaded.
    pub history: Option<Arc<Derived>>,
}

/// Dialogs and imports under way.
#[derive(Debug)]
pub struct Files {
    sender: Sender<FileEvent>,
    receiver: Receiver<FileEvent>,
    /// Whether a dialog is open; a second one is not opened.
    pub(super) is_asking: bool,
    /// The file being imported.
    pub importing: Option<PathBuf>,
}

impl Default for Files {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            is_asking: false,
            importing: None,
        }
    }
}

impl Files {
    /// Opens a file dialog on its own thread.
    pub fn ask(
        &mut self,
        purpose: PathPurpose,
        frame: &eframe::Frame,
        name: &str,
        wake: impl Fn() + Send + 'static,
    ) {
        if self.is_asking {
            return;
        }
        let dialog = dialog(purpose, name).set_parent(frame);
        let sender = self.sender.clone();
        let started = std::thread::Builder::new()
            .name("palisade-dialog".to_owned())
            .spawn(move || {
                let asked = Instant::now();
                let path = match purpose {
                    PathPurpose::Open
                    | PathPurpose::ImportChain
                    | PathPurpose::ImportFills
                    | PathPurpose::ImportPack
                    | PathPurpose::HistoryFile => dialog.pick_file(),
                    PathPurpose::HistoryFolder => dialog.pick_folder(),
                    PathPurpose::Save | PathPurpose::ExportPack | PathPurpose::Export(_) => {
                        dialog.save_file()
                    }
                };
                let event = match path {
                    Some(path) => FileEvent::Chosen(purpose, path),
                    None if asked.elapsed() < NO_DIALOG => FileEvent::NoDialog(purpose),
                    None => FileEvent::Chosen(purpose, PathBuf::new()),
                };
                if sender.send(event).is_ok() {
                    wake();
                }
            });
        match started {
            Ok(_) => self.is_asking = true,
            Err(error) => tracing::error!("no thread for a file dialog: {error}"),
        }
    }

    /// Reads a chain on its own thread.
    pub fn import_chain(&mut self, path: PathBuf, rate: f64, wake: impl Fn() + Send + 'static) {
        let source = path.clone();
        let lost = FileEvent::Chain(path.clone(), Err(format!("{}: {LOST}", path.display())));
        let report = Report::new(self.sender.clone(), wake, lost);
        let started = std::thread::Builder::new()
            .name("palisade-import".to_owned())
            .spawn(move || {
                report.send(if is_broker(&source) {
                    FileEvent::Broker(source)
                } else {
                    let read = read_chain_file(&source, rate);
                    FileEvent::Chain(source, read)
                });
            });
        match started {
            Ok(_) => self.importing = Some(path),
            Err(error) => tracing::error!("no thread for an import: {error}"),
        }
    }

    /// Writes a file whole on its own thread.
    pub fn write(&self, path: PathBuf, bytes: Vec<u8>, wake: impl Fn() + Send + 'static) {
        self.export(wake, move || {
            write_file(&path, &bytes).map_err(|error| error.told(Attempt::Export))?;
            Ok(path)
        });
    }

    /// Draws and writes a report with its pictures on its own thread.
    pub fn write_report(&self, path: PathBuf, job: ReportJob, wake: impl Fn() + Send + 'static) {
        self.export(wake, move || {
            let report = MarkdownReport {
                campaign: &job.campaign,
                valuation: &job.valuation,
                workspace: &job.workspace,
                account: &job.account,
                pack: job.campaign.rule_pack(),
                history: job.history.as_deref(),
            };
            markdown::write(&report, &path).map_err(|error| error.told())?;
            Ok(path)
        });
    }

    fn export(
        &self,
        wake: impl Fn() + Send + 'static,
        work: impl FnOnce() -> Result<PathBuf, String> + Send + 'static,
    ) {
        let lost = FileEvent::Written(Err(LOST.to_owned()));
        let report = Report::new(self.sender.clone(), wake, lost);
        let started = std::thread::Builder::new()
            .name("palisade-export".to_owned())
            .spawn(move || report.send(FileEvent::Written(work())));
        if let Err(error) = started {
            tracing::error!("no thread for an export: {error}");
        }
    }

    /// What came back since the last call.
    pub fn events(&mut self) -> Vec<FileEvent> {
        let events: Vec<FileEvent> = self.receiver.try_iter().collect();
        for event in &events {
            match event {
                FileEvent::Chosen(..) | FileEvent::NoDialog(_) => self.is_asking = false,
                FileEvent::Chain(..) | FileEvent::Broker(_) => self.importing = None,
                FileEvent::Written(_) => {}
            }
        }
        events
    }
}

fn dialog(purpose: PathPurpose, name: &str) -> rfd::FileDialog {
    let dialog = rfd::FileDialog::new();
    match purpose {
        PathPurpose::Open => dialog
            .set_title("Open a campaign")
            .add_filter("Campaigns and quotes", &["ron", "csv"])
            .add_filter("All files", &["*"]),
        PathPurpose::Save => dialog
            .set_title("Save the campaign")
            .add_filter("Campaign", &["ron"])
            .set_file_name(format!("{name}.ron")),
        PathPurpose::Export(kind) => dialog
            .set_title("Export")
            .add_filter(kind.label(), &[kind.extension()])
            .set_file_name(format!("{name}.{}", kind.extension())),
        PathPurpose::ImportFills => dialog
            .set_title("Import fills")
            .add_filter("Brokers' tables", &["csv", "txt"])
            .add_filter("All files", &["*"]),
        PathPurpose::ImportPack => dialog
            .set_title("Import a rule pack")
            .add_filter("Rule packs", &["ron"])
            .add_filter("All files", &["*"]),
        PathPurpose::ExportPack => dialog
            .set_title("Export the rule pack")
            .add_filter("Rule packs", &["ron"])
            .set_file_name(format!("{name}.ron")),
        PathPurpose::HistoryFolder => dialog.set_title("Folder of market history"),
        PathPurpose::HistoryFile => dialog
            .set_title("Import market history")
            .add_filter("Tables", &["csv", "txt"])
            .add_filter("All files", &["*"]),
        PathPurpose::ImportChain => dialog
            .set_title("Import an option chain")
            .add_filter("Cboe quotes", &["csv"])
            .add_filter("All files", &["*"]),
    }
}

/// Bytes of a file within which a broker's headings stand.
const HEAD_BYTES: u64 = 64 * 1024;

/// Whether a file is a broker's, by its beginning; a file that cannot be read is none.
fn is_broker(path: &std::path::Path) -> bool {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let read =
        std::fs::File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut bytes));
    read.is_ok() && broker::recognise(&broker::decode(&bytes)).is_some()
}

/// Reads and resolves a chain as the command line does: at the file's own instant, with the campaign's rate.
fn read_chain_file(path: &std::path::Path, rate: f64) -> Result<ImportedChain, String> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| format!("{name}: cannot be read: {error}"))?;
    let is_vix = recognise(&bytes) == Some(HistoryFormat::VixChain);
    let read = if is_vix { read_vix_chain } else { read_chain };
    let (raw, problems) = read(&name, &bytes).map_err(|error| error.to_string())?;
    let file_time = raw
        .file_time
        .ok_or_else(|| raw.unknown_time().to_string())?;
    let as_of = quote_instant(file_time);
    let quotes = if is_vix {
        ImportedQuotes::Vix(raw, as_of)
    } else {
        let report = resolve_chain(&raw, as_of, rate);
        ImportedQuotes::Spx(std::sync::Arc::new(report.chain))
    };
    Ok(ImportedChain {
        quotes,
        problems: problems.iter().map(ToString::to_string).collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::{FileEvent, Files};

    #[test]
    fn an_export_is_written_and_said_and_a_failure_names_its_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut files = Files::default();
        for (name, works) in [("payoff.csv", true), ("none/payoff.csv", false)] {
            let path = folder.path().join(name);
            let (sender, woken) = channel();
            files.write(path.clone(), b"a,b\n".to_vec(), move || {
                sender.send(()).expect("the test waits");
            });
            woken.recv().expect("the thread wakes the desk");
            let [FileEvent::Written(done)] = &files.events()[..] else {
                panic!("one event");
            };
            if works {
                assert_eq!(done.as_ref(), Ok(&path));
                assert_eq!(std::fs::read(&path).expect("there"), b"a,b\n");
            } else {
                let error = done.as_ref().expect_err("no such folder");
                assert!(error.contains("payoff.csv"), "{error}");
            }
        }
    }
}
