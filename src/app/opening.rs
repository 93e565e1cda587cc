//! Opens campaigns and imports chains, from dialogs, typed paths, the command line and dropped files.

use std::path::{Path, PathBuf};

use egui::Context;

use super::desk::Desk;
use super::files::{FileEvent, ImportedChain, ImportedQuotes};
use super::packs::is_pack;
use crate::document::{Campaign, Command, Store};
use crate::import::{VixMarks, vix_marks};
use crate::instrument::{Contract, Underlying};
use crate::ui::UiCommand;
use crate::ui::dialogs::{AfterSaving, Dialog, PathPurpose};
use crate::ui::widgets::{Toast, ToastKind};

impl Desk {
    pub(super) fn open_guarded(&mut self, ctx: &Context, path: PathBuf) {
        if self.is_gone(&path) {
            return;
        }
        if is_pack(&path) {
            return self.import_pack(&path);
        }
        let is_chain = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        if !is_chain && self.session.needs_saving() {
            self.dialog = Some(Dialog::Unsaved(AfterSaving::Open(path)));
        } else {
            self.open(ctx, &path);
        }
    }

    /// Opens a campaign, or imports a chain: a quotes file is no campaign.
    pub(super) fn open(&mut self, ctx: &Context, path: &Path) {
        if path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("csv"))
        {
            let waker = ctx.clone();
            let rate = self.session.campaign().marks.rate;
            self.files
                .import_chain(path.to_owned(), rate, move || waker.request_repaint());
            return;
        }
        match self.session.open(path, &self.workspace) {
            Ok(None) => {}
            Ok(Some(process)) => self.say(
                ToastKind::Info,
                format!(
                    "Another desk (process {process}) has this campaign open: the last to save wins"
                ),
            ),
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
        self.reload_recent();
    }

    pub(super) fn take_file_events(&mut self, ctx: &Context) {
        for event in self.files.events() {
            match event {
                FileEvent::Chosen(_, path) if path.as_os_str().is_empty() => {}
                FileEvent::Chosen(PathPurpose::Save, path) => self.save_to(&path),
                FileEvent::Chosen(PathPurpose::Open | PathPurpose::ImportChain, path) => {
                    self.open_guarded(ctx, path);
                }
                FileEvent::Chosen(PathPurpose::ImportFills, path) | FileEvent::Broker(path) => {
                    self.import_fills(ctx, path);
                }
                FileEvent::Chosen(PathPurpose::ImportPack, path) => self.import_pack(&path),
                FileEvent::Chosen(PathPurpose::ExportPack, path) => self.export_pack(&path),
                FileEvent::Chosen(PathPurpose::HistoryFolder, path) => {
                    self.use_history_folder(ctx, Some(path));
                }
                FileEvent::Chosen(PathPurpose::HistoryFile, path) => {
                    self.import_history(ctx, path);
                }
                FileEvent::Chosen(PathPurpose::Export(kind), path) => {
                    self.export_to(ctx, kind, &path);
                }
                FileEvent::NoDialog(purpose) => {
                    let folder = self
                        .session
                        .store()
                        .map(Store::campaigns_dir)
                        .unwrap_or_default();
                    let start = match purpose {
                        PathPurpose::Save => {
                            folder.join(format!("{}.ron", self.session.campaign().name))
                        }
                        PathPurpose::Open => folder.join(""),
                        PathPurpose::ExportPack => {
                            let name = self.proposed_name(purpose);
                            folder.join(format!("{name}.ron"))
                        }
                        PathPurpose::ImportChain
                        | PathPurpose::ImportFills
                        | PathPurpose::ImportPack
                        | PathPurpose::HistoryFolder
                        | PathPurpose::HistoryFile => PathBuf::new(),
                        PathPurpose::Export(kind) => self.export_start(kind),
                    };
                    self.dialog = Some(Dialog::Path(purpose, start.display().to_string()));
                }
                FileEvent::Written(Ok(path)) => {
                    self.say(ToastKind::Success, format!("Saved {}", path.display()));
                }
                FileEvent::Written(Err(error)) => self.say(ToastKind::Error, error),
                FileEvent::Chain(path, read) => self.take_chain(&path, read),
            }
        }
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        if !dropped.is_empty() {
            let waker = ctx.clone();
            let paths = dropped.iter().map(|file| file.path().to_owned()).collect();
            self.library
                .sort_dropped(paths, move || waker.request_repaint());
        }
    }

    pub(super) fn take_chain(&mut self, path: &Path, read: Result<ImportedChain, String>) {
        let imported = match read {
            Ok(imported) => imported,
            Err(error) => return self.say(ToastKind::Error, error),
        };
        let campaign = self.session.campaign();
        let (command, taken) = match imported.quotes {
            ImportedQuotes::Spx(chain) => {
                let words = format!("{} expiries", chain.expiries.len());
                (Command::ImportChain(chain), words)
            }
            ImportedQuotes::Vix(raw, as_of) => {
                let marks = vix_marks(&raw, as_of, campaign.marks.rate, &held(campaign));
                if marks.quotes.is_empty() {
                    let words = format!("{}: no VIX option with a bid and an ask", path.display());
                    return self.say(ToastKind::Error, words);
                }
                let words = format!(
                    "{} VIX option marks and {} futures by put-call parity",
                    marks.quotes.len(),
                    marks.futures.len()
                );
                (vix_command(campaign, &marks), words)
            }
        };
        let left_out = match imported.problems.first() {
            Some(first) => format!(
                "; {} rows left out, the first: {first}",
                imported.problems.len()
            ),
            None => String::new(),
        };
        let name = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if let Err(error) = self.session.edit(command) {
            return self.say(ToastKind::Error, error.to_string());
        }
        let words = format!("Imported {taken} from {name}{left_out}");
        self.toasts
            .push(Toast::new(ToastKind::Success, words).action("Undo", UiCommand::Undo));
    }
}

/// Every contract in the book.
fn held(campaign: &Campaign) -> Vec<Contract> {
    let legs = campaign
        .positions
        .iter()
        .flat_map(|position| &position.legs);
    legs.map(|leg| leg.contract).collect()
}

/// Takes marks of VIX options over as one step: older marks of the same expiries go, all others stay.
fn vix_command(campaign: &Campaign, marks: &VixMarks) -> Command {
    let is_replaced = |contract: &Contract| {
        contract.underlying() == Underlying::Vix && marks.expiries.contains(&contract.expiry())
    };
    let kept = campaign.marks.quotes.iter();
    let mut quotes: Vec<_> = kept
        .filter(|quote| !is_replaced(&quote.contract))
        .copied()
        .collect();
    quotes.extend(&marks.quotes);
    let futures = marks
        .futures
        .iter()
        .map(|(expiry, price)| Command::SetFuture {
            expiry: *expiry,
            price: Some(*price),
        });
    let mut commands = vec![Command::SetQuotes(quotes), Command::SetAsOf(marks.as_of)];
    commands.extend(marks.vix.map(Command::SetVix));
    commands.extend(futures);
    Command::Batch(commands)
}
