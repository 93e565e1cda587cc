//! Unsaved changes: asked about before they would be lost, and offered again after a crash.

use std::path::{Path, PathBuf};

use egui::{Context, ViewportCommand};

use super::desk::Desk;
use super::sample_campaign;
use crate::document::{Attempt, Recovery};
use crate::ui::UiCommand;
use crate::ui::dialogs::{AfterSaving, Answer, Dialog, PathPurpose, RecoveryRow};
use crate::ui::widgets::ToastKind;

impl Desk {
    pub(super) fn show_recoveries(&mut self) {
        if self.recoveries.is_empty() {
            return;
        }
        let rows = self.recoveries.iter().map(recovery_row).collect();
        self.dialog = Some(Dialog::Recovery(rows));
    }

    pub(super) fn answer(&mut self, ctx: &Context, frame: &eframe::Frame, answer: Answer) {
        match answer {
            Answer::Pending => return,
            Answer::Dismiss => self.dialog = None,
            Answer::Save(then) => {
                self.dialog = None;
                match self.session.save() {
                    Ok(_) => self.go_on(ctx, frame, then),
                    Err(error) => self.say(ToastKind::Error, error.told(Attempt::Save)),
                }
            }
            Answer::Discard(then) => {
                self.dialog = None;
                self.session.forget_recovery();
                self.go_on(ctx, frame, then);
            }
            Answer::Recover(index) => self.recover(index),
            Answer::DiscardRecovery(index) => self.discard_recovery(index),
            Answer::Layout(edit) => self.change_layout(edit),
            Answer::Path(purpose, path) => {
                self.dialog = None;
                let path = PathBuf::from(path);
                match purpose {
                    PathPurpose::Save => self.save_to(&path),
                    PathPurpose::Export(kind) => self.export_to(ctx, kind, &path),
                    PathPurpose::Open | PathPurpose::ImportChain => self.open_guarded(ctx, path),
                    PathPurpose::ImportFills => self.import_fills(ctx, path),
                    PathPurpose::ImportPack => self.import_pack(&path),
                    PathPurpose::ExportPack => self.export_pack(&path),
                    PathPurpose::HistoryFolder => self.use_history_folder(ctx, Some(path)),
                    PathPurpose::HistoryFile => self.import_history(ctx, path),
                }
            }
        }
        ctx.request_repaint();
    }

    pub(super) fn go_on(&mut self, ctx: &Context, frame: &eframe::Frame, then: AfterSaving) {
        match then {
            AfterSaving::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            AfterSaving::Run(UiCommand::New) => self.start_new(),
            AfterSaving::Run(UiCommand::OpenSample) => {
                self.session.start(sample_campaign(), true, &self.workspace);
            }
            AfterSaving::Run(UiCommand::OpenJournalSample) => self.start_journal_sample(),
            AfterSaving::Run(command) => self.run(ctx, frame, command),
            AfterSaving::Open(path) => self.open(ctx, &path),
        }
    }

    pub(super) fn recover(&mut self, index: usize) {
        self.dialog = None;
        let recovery = self.recoveries.remove(index);
        match recovery.campaign {
            Ok(campaign) => {
                self.session
                    .recover(campaign, recovery.origin.as_deref(), &self.workspace);
                self.session.autosave();
                self.drop_recovery_file(&recovery.path);
                self.say(
                    ToastKind::Success,
                    "Unsaved changes are open again; save to keep them",
                );
            }
            Err(error) => self.say(ToastKind::Error, error.to_string()),
        }
        self.show_recoveries();
    }

    pub(super) fn discard_recovery(&mut self, index: usize) {
        self.dialog = None;
        let recovery = self.recoveries.remove(index);
        self.drop_recovery_file(&recovery.path);
        self.show_recoveries();
    }

    pub(super) fn drop_recovery_file(&mut self, path: &Path) {
        let own = self
            .session
            .store()
            .map(|store| store.autosave_target(self.session.home()).path().to_owned());
        if own.as_deref() == Some(path) {
            return;
        }
        let dropped = self
            .session
            .store()
            .map(|store| store.discard_recovery(path));
        if let Some(Err(error)) = dropped {
            self.say(ToastKind::Error, error.to_string());
        }
    }

    pub(super) fn guard_close(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        self.session.end_gesture();
        if self.may_close {
            return;
        }
        // Only what could be written is safe: a campaign of the user's folder is asked about when it could not.
        self.session.flush();
        self.collect_saves();
        if self.session.needs_saving() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Unsaved(AfterSaving::Quit));
        }
    }
}

fn recovery_row(recovery: &Recovery) -> RecoveryRow {
    let origin = recovery.origin.as_ref().map_or_else(
        || "Never saved to a file".to_owned(),
        |path| {
            let age = if recovery.newer_than_file {
                "newer than"
            } else {
                "older than"
            };
            format!("Changes to {}, {age} the file", path.display())
        },
    );
    let (name, trouble) = match &recovery.campaign {
        Ok(campaign) => (campaign.name.clone(), None),
        Err(error) => ("Unreadable changes".to_owned(), Some(error.to_string())),
    };
    RecoveryRow {
        name,
        origin,
        trouble,
    }
}
