//! Carries out what is asked of the market's history.

use std::path::PathBuf;

use egui::Context;

use super::desk::Desk;
use super::library::{LibraryEvent, chosen};
use crate::fact::SignalParams;
use crate::ui::LibraryEdit;
use crate::ui::dialogs::PathPurpose;
use crate::ui::widgets::ToastKind;

impl Desk {
    /// Reads the folder and the typed rows again.
    pub(super) fn load_library(&mut self, ctx: &Context) {
        let waker = ctx.clone();
        self.library.params = SignalParams::of(self.session.pack());
        let (store, folder) = (self.session.store(), chosen(&self.workspace));
        self.library
            .load(store, folder, move || waker.request_repaint());
    }

    /// Facts and charts by the numbers of the rule pack in force; not in the middle of a gesture.
    pub(super) fn follow_pack(&mut self, ctx: &Context) {
        if self.session.before.is_none() {
            let waker = ctx.clone();
            let params = SignalParams::of(self.session.pack());
            self.library
                .follow(&params, move || waker.request_repaint());
        }
        self.packs.judge.collect();
    }

    /// Reads another folder from now on.
    pub(super) fn use_history_folder(&mut self, ctx: &Context, folder: Option<PathBuf>) {
        self.workspace.history_folder = folder;
        self.load_library(ctx);
    }

    /// Copies a file of history into the folder, then reads it.
    pub(super) fn import_history(&self, ctx: &Context, path: PathBuf) {
        let waker = ctx.clone();
        self.library.import(path, move || waker.request_repaint());
    }

    pub(super) fn change_library(
        &mut self,
        ctx: &Context,
        frame: &eframe::Frame,
        edit: LibraryEdit,
    ) {
        match edit {
            LibraryEdit::ChooseFolder => self.ask(ctx, frame, PathPurpose::HistoryFolder),
            LibraryEdit::ImportFile => self.ask(ctx, frame, PathPurpose::HistoryFile),
            LibraryEdit::UseFolder(path) => self.use_history_folder(ctx, Some(path)),
            LibraryEdit::OwnFolder => self.use_history_folder(ctx, None),
            LibraryEdit::Reload => self.load_library(ctx),
            LibraryEdit::Cancel => self.library.cancel(),
            LibraryEdit::Put(row) => self.type_row(ctx, row, true),
            LibraryEdit::Remove(row) => self.type_row(ctx, row, false),
        }
    }

    fn type_row(&mut self, ctx: &Context, row: crate::series::ManualRow, stays: bool) {
        match self.library.type_row(self.session.store(), row, stays) {
            Ok(()) => self.load_library(ctx),
            Err(error) => self.say(ToastKind::Error, error),
        }
    }

    pub(super) fn take_library_events(&mut self, ctx: &Context) {
        for event in self.library.events() {
            match event {
                LibraryEvent::Loaded(_, read) => {
                    self.library.take(read);
                    self.session.use_history(self.library.prepared());
                }
                LibraryEvent::Lost(_) => self.library.take_lost(),
                LibraryEvent::Remade(remade) => {
                    self.library.take_remade(*remade);
                    self.session.use_history(self.library.prepared());
                }
                LibraryEvent::Copied(Ok(count)) => {
                    let files = if count == 1 { "file" } else { "files" };
                    self.say(
                        ToastKind::Success,
                        format!("Imported {count} {files} of history"),
                    );
                    self.load_library(ctx);
                }
                LibraryEvent::Copied(Err(error)) => self.say(ToastKind::Error, error),
                LibraryEvent::Folder(path) => self.use_history_folder(ctx, Some(path)),
                LibraryEvent::Other(path) => self.open_guarded(ctx, path),
            }
        }
    }
}
