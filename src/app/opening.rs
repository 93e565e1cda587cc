//! Opens campaigns and imports chains, from dialogs, typed paths, the command line and dropped files.

use std::path::{Path, PathBuf};

use egui::Context;

use super::desk::Desk;
use super::files::{FileEvent, ImportedChain};
use super::packs::is_pack;
use crate::document::{Command, Store};
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
        let expiries = imported.chain.expiries.len();
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
        if let Err(error) = self.session.edit(Command::ImportChain(imported.chain)) {
            return self.say(ToastKind::Error, error.to_string());
        }
        let words = format!("Imported {expiries} expiries from {name}{left_out}");
        self.toasts
            .push(Toast::new(ToastKind::Success, words).action("Undo", UiCommand::Undo));
    }
}
