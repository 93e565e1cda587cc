//! The list of campaigns opened last: files that are gone leave it with a word.

use std::path::{Path, PathBuf};

use super::desk::Desk;
use crate::document::{Recent, Store};
use crate::ui::widgets::ToastKind;

impl Desk {
    /// Reads the list again; files that are gone are taken off it, and the user is told.
    pub(super) fn reload_recent(&mut self) {
        let read = self.session.store().and_then(|store| store.recent().ok());
        let mut recent = read.unwrap_or_default();
        let gone: Vec<PathBuf> = recent
            .files
            .iter()
            .filter(|file| !file.exists())
            .cloned()
            .collect();
        if !gone.is_empty() {
            for file in &gone {
                recent.remove(file);
            }
            self.save_recent(&recent);
            let names: Vec<String> = gone.iter().map(|file| stem(file)).collect();
            let verb = if names.len() == 1 { "is" } else { "are" };
            let words = "off the list of recent campaigns: moved, renamed or deleted";
            self.say(
                ToastKind::Info,
                format!("{} {verb} {words}", names.join(", ")),
            );
        }
        self.recent = recent.files;
    }

    /// Whether a file of the list is gone; it is then off the list, and the user is told.
    pub(super) fn is_gone(&mut self, path: &Path) -> bool {
        if path.exists() || !self.recent.iter().any(|file| file == path) {
            return false;
        }
        let read = self.session.store().and_then(|store| store.recent().ok());
        let mut recent = read.unwrap_or_default();
        recent.remove(path);
        self.save_recent(&recent);
        self.recent.retain(|file| file != path);
        let words = format!(
            "“{}” is gone: moved, renamed or deleted. It was {}; it is off the list now",
            stem(path),
            path.display()
        );
        self.say(ToastKind::Error, words);
        true
    }

    /// Empties the list, but for the campaign that is open: the next start shows it again.
    pub(super) fn clear_recent(&mut self) {
        let open = self.session.home().file().map(Path::to_owned);
        let mut recent = Recent::default();
        if let Some(open) = open.filter(|open| self.recent.contains(open)) {
            recent.push(&open);
        }
        self.save_recent(&recent);
        self.recent = recent.files;
    }

    fn save_recent(&mut self, recent: &Recent) {
        let saved = self
            .session
            .store()
            .map(|store: &Store| store.save_recent(recent));
        if let Some(Err(error)) = saved {
            self.say(ToastKind::Error, error.to_string());
        }
    }
}

fn stem(file: &Path) -> String {
    file.file_stem()
        .map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}
