//! Rule packs as files: listed, imported, duplicated, kept, exported, deleted into a bin.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::desk::Desk;
use super::pack_judge::PackJudge;
use super::session::Session;
use crate::document::{Attempt, Command, PackEntry, load_pack, save_pack};
use crate::fact::Derived;
use crate::policy::{RulePack, text};
use crate::ui::dialogs::PathPurpose;
use crate::ui::widgets::{Toast, ToastKind};
use crate::ui::{PackEdit, PacksView, UiCommand};

/// The packs at hand.
#[derive(Debug, Default)]
pub(super) struct PackDesk {
    /// The files of the folder.
    pub entries: Vec<PackEntry>,
    /// The pack in force, judged.
    pub judge: PackJudge,
    /// The file deleted last, where it lies now.
    binned: Option<PathBuf>,
}

impl PackDesk {
    /// What panels see of it.
    pub(super) fn view(&self, session: &Session, history: Option<&Arc<Derived>>) -> PacksView<'_> {
        PacksView {
            files: &self.entries,
            judged: self.judge.judged(),
            trouble: self.judge.trouble(),
            is_current: self.judge.is_current(session, history),
        }
    }
}

impl Desk {
    /// Reads the folder of packs again.
    pub(super) fn reload_packs(&mut self) {
        let store = self.session.store();
        self.packs.entries = store.map(|store| store.packs()).unwrap_or_default();
    }

    pub(super) fn change_packs(&mut self, ctx: &Context, edit: PackEdit) {
        match edit {
            PackEdit::Use(path) => match load_pack(&path) {
                Ok(pack) => self.edit(Command::UsePack(Arc::new(pack))),
                Err(error) => self.say(ToastKind::Error, error.to_string()),
            },
            PackEdit::Delete(path) => self.delete_pack(&path),
            PackEdit::Judge => {
                let waker = ctx.clone();
                let history = self.library.prepared();
                self.packs
                    .judge
                    .judge(&self.session, history, move || waker.request_repaint());
            }
        }
    }

    /// A copy of the pack in force under a name of its own, in the folder and in force.
    pub(super) fn duplicate_pack(&mut self) {
        let pack = self.session.pack();
        let wish = format!("{} copy", pack.id);
        let id = match self.session.store() {
            Some(store) => store.free_pack_id(&wish),
            None => wish,
        };
        let copy = RulePack {
            title: format!("{} copy", pack.title),
            ..pack.to_own(id)
        };
        self.keep_and_use(copy, "Duplicated as");
    }

    /// Keeps the pack in force as a file of the folder.
    pub(super) fn keep_pack(&mut self) {
        let pack = self.session.pack();
        if pack.is_shipped() {
            let words = "This pack comes with the program; change a number or duplicate it, then it can be saved";
            return self.say(ToastKind::Info, words);
        }
        let kept = self.session.store().map(|store| store.keep_pack(pack));
        match kept {
            Some(Ok(path)) => self.say(ToastKind::Success, format!("Saved {}", path.display())),
            Some(Err(error)) => self.say(ToastKind::Error, error.told(Attempt::Keep)),
            None => self.say(ToastKind::Error, "There is no folder to keep packs in"),
        }
        self.reload_packs();
    }

    /// Takes a pack file over: a copy goes into the folder, and the campaign is ruled by it.
    pub(super) fn import_pack(&mut self, path: &Path) {
        let pack = match load_pack(path) {
            Ok(pack) => pack,
            Err(error) => return self.say(ToastKind::Error, error.to_string()),
        };
        let pack = match self.session.store() {
            Some(store) if !RulePack::shipped().contains(&&pack) => {
                let mut held = self.packs.entries.iter();
                let is_held = held.any(|entry| entry.pack.as_deref() == Ok(&pack));
                let id = if is_held {
                    pack.id.clone()
                } else {
                    store.free_pack_id(&pack.id)
                };
                RulePack { id, ..pack }
            }
            Some(_) | None => pack,
        };
        self.keep_and_use(pack, "Imported");
    }

    fn keep_and_use(&mut self, pack: RulePack, verb: &str) {
        let is_shipped = RulePack::shipped().contains(&&pack);
        if let Some(store) = self.session.store().filter(|_store| !is_shipped)
            && let Err(error) = store.keep_pack(&pack)
        {
            return self.say(ToastKind::Error, error.told(Attempt::Keep));
        }
        let filled = pack.filled_note().map_or_else(String::new, |note| {
            format!(". {}", note.trim_end_matches('.'))
        });
        let words = format!(
            "{verb} “{}”; it rules this campaign now{filled}",
            pack.title
        );
        if let Err(error) = self.session.edit(Command::UsePack(Arc::new(pack))) {
            return self.say(ToastKind::Error, error.to_string());
        }
        self.reload_packs();
        let toast = Toast::new(ToastKind::Success, words);
        self.toasts.push(toast.action("Undo", UiCommand::Undo));
    }

    /// Writes the pack in force to a path; one without an ending gets `.ron`.
    pub(super) fn export_pack(&mut self, path: &Path) {
        let path = if path.extension().is_some() {
            path.to_owned()
        } else {
            path.with_extension("ron")
        };
        match save_pack(&path, self.session.pack()) {
            Ok(()) => self.say(ToastKind::Success, format!("Saved {}", path.display())),
            Err(error) => self.say(ToastKind::Error, error.told(Attempt::Export)),
        }
    }

    fn delete_pack(&mut self, path: &Path) {
        let binned = self.session.store().map(|store| store.bin_pack(path));
        match binned {
            Some(Ok(binned)) => {
                let words = format!("Moved to {}", binned.display());
                self.packs.binned = Some(binned);
                let toast = Toast::new(ToastKind::Info, words);
                self.toasts
                    .push(toast.action("Restore", UiCommand::RestorePack));
            }
            Some(Err(error)) => self.say(ToastKind::Error, error.to_string()),
            None => {}
        }
        self.reload_packs();
    }

    /// Takes the pack deleted last out of the bin.
    pub(super) fn restore_pack(&mut self) {
        let Some(binned) = self.packs.binned.take() else {
            return self.say(ToastKind::Info, "No rule pack was deleted");
        };
        let restored = self
            .session
            .store()
            .map(|store| store.restore_pack(&binned));
        match restored {
            Some(Ok(path)) => self.say(ToastKind::Success, format!("Restored {}", path.display())),
            Some(Err(error)) => self.say(ToastKind::Error, error.told(Attempt::Keep)),
            None => {}
        }
        self.reload_packs();
    }

    pub(super) fn ask_for_pack(&mut self, ctx: &Context, frame: &eframe::Frame, saves: bool) {
        let purpose = if saves {
            PathPurpose::ExportPack
        } else {
            PathPurpose::ImportPack
        };
        self.ask(ctx, frame, purpose);
    }
}

/// Whether a file is a rule pack by its own words.
pub(super) fn is_pack(path: &Path) -> bool {
    let is_ron = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("ron"));
    is_ron
        && std::fs::read_to_string(path).is_ok_and(|ron| {
            text::root_name(ron.trim_start_matches('\u{feff}')) == Some("RulePack")
        })
}
