//! A session on disk: autosave, save, open, recover; where each lives stands in [`crate::document::Store`].

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::session::{Session, with_own_spend};
use crate::document::{
    Campaign, FileError, History, Home, LockState, SaveReport, SaveTarget, Saver, Store,
    load_campaign,
};
use crate::ui::Workspace;

impl Session {
    /// Hands the current state to the saving thread if it changed since; not in the middle of a gesture.
    pub fn autosave(&mut self) {
        let revision = self.history.revision();
        if revision == self.autosaved_revision || self.before.is_some() {
            return;
        }
        let (Some(store), Some(saver)) = (&self.store, &self.saver) else {
            return;
        };
        self.autosaved_revision = revision;
        if self.is_dirty() {
            saver.save(
                store.autosave_target(&self.home),
                Arc::clone(self.history.current()),
            );
        } else if let SaveTarget::Recovery { path, .. } = store.autosave_target(&self.home) {
            saver.forget(path);
        }
    }

    /// Takes in finished writes; returns those that failed, and the first one of each file that worked again.
    pub fn collect_saves(&mut self) -> Vec<SaveReport> {
        let reports = self.saver.as_ref().map(Saver::reports).unwrap_or_default();
        let mut told = Vec::new();
        for report in reports {
            let is_own = matches!((&report.target, self.home.file()), (SaveTarget::File(path), Some(file)) if path == file);
            let is_current = self
                .store
                .as_ref()
                .is_some_and(|store| store.autosave_target(&self.home) == report.target);
            if is_current {
                self.is_failing = report.result.is_err();
            }
            if is_own && report.result.is_ok() {
                self.history.mark_saved(&report.campaign);
            }
            if report.result.is_err() || report.was_failing {
                told.push(report);
            }
        }
        told
    }

    /// Writes everything that waits, before the desk closes.
    pub fn flush(&mut self) {
        self.autosave();
        if let Some(saver) = &self.saver
            && !saver.flush(Duration::from_secs(5))
        {
            tracing::error!("the last changes could not be written within five seconds");
        }
    }

    /// Saves to the campaign's own file, or to a new one in the user's folder.
    ///
    /// # Errors
    /// [`FileError`]; the old file is then as it was.
    pub fn save(&mut self) -> Result<PathBuf, FileError> {
        let path = match (self.home.file(), &self.store) {
            (Some(path), _) => path.to_owned(),
            (None, Some(store)) => store.new_campaign_path(&self.campaign().name),
            (None, None) => PathBuf::from("campaign.ron"),
        };
        self.save_to(&path)?;
        Ok(path)
    }

    /// Saves to a path, which becomes the campaign's home.
    ///
    /// # Errors
    /// [`FileError`]; what was there before is untouched.
    pub fn save_to(&mut self, path: &Path) -> Result<(), FileError> {
        self.end_gesture();
        let current = Arc::clone(self.history.current());
        SaveTarget::File(path.to_owned()).write(&current)?;
        self.is_failing = false;
        self.forget_recovery();
        self.history.mark_saved(&current);
        self.autosaved_revision = self.history.revision();
        self.move_home(path);
        self.account = with_own_spend(&self.account, &current);
        if let Some(Err(error)) = self
            .store
            .as_ref()
            .map(|store| store.save_account(&self.account))
        {
            tracing::warn!("{error}");
        }
        Ok(())
    }

    /// Deletes the recovery of unsaved changes, when the user saved or discarded them.
    pub fn forget_recovery(&self) {
        if let (Some(store), Some(saver)) = (&self.store, &self.saver)
            && let SaveTarget::Recovery { path, .. } = store.autosave_target(&self.home)
        {
            saver.forget(path);
            saver.flush(Duration::from_secs(2));
        }
    }

    fn move_home(&mut self, path: &Path) {
        let Some(store) = &self.store else {
            self.home = Home::Elsewhere(path.to_owned());
            return;
        };
        self.home = store.home_of(path);
        match store.recent() {
            Ok(mut recent) => {
                recent.push(path);
                if let Err(error) = store.save_recent(&recent) {
                    tracing::warn!("{error}");
                }
            }
            Err(error) => tracing::warn!("{error}"),
        }
    }

    /// Opens a campaign file in place of the current one. Returns the process that holds it too, if any.
    ///
    /// # Errors
    /// [`FileError`]; the current campaign stays.
    pub fn open(&mut self, path: &Path, workspace: &Workspace) -> Result<Option<u32>, FileError> {
        let campaign = load_campaign(path)?;
        self.flush();
        self.replace(History::opened(campaign), workspace);
        self.move_home(path);
        Ok(self.take_lock())
    }

    /// Puts a campaign without a file in place of the current one.
    pub fn start(&mut self, campaign: Campaign, is_pristine: bool, workspace: &Workspace) {
        self.flush();
        let history = if is_pristine {
            History::opened(campaign)
        } else {
            History::new(campaign)
        };
        self.replace(history, workspace);
        self.home = self.store.as_ref().map_or_else(
            || Home::Unsaved("unsaved".to_owned()),
            Store::home_for_unsaved,
        );
        self.lock = None;
    }

    /// Takes over changes that an earlier desk could not save; they are unsaved changes of `origin`.
    pub fn recover(&mut self, campaign: Campaign, origin: Option<&Path>, workspace: &Workspace) {
        self.flush();
        self.replace(History::new(campaign), workspace);
        self.home = match (&self.store, origin) {
            (Some(store), Some(path)) => store.home_of(path),
            (Some(store), None) => store.home_for_unsaved(),
            (None, _) => Home::Unsaved("unsaved".to_owned()),
        };
        self.autosaved_revision = u64::MAX;
        self.take_lock();
    }

    fn take_lock(&mut self) -> Option<u32> {
        let state = self.store.as_ref().map(|store| store.lock(&self.home))?;
        match state {
            LockState::Held(lock) => {
                self.lock = Some(lock);
                None
            }
            LockState::Taken { process } => {
                self.lock = None;
                Some(process.unwrap_or_default())
            }
            LockState::Unknown => None,
        }
    }
}
