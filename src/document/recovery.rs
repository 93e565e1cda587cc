//! Unsaved changes that a desk left behind when it ended without saving them.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::campaign::Campaign;
use super::file::{FileError, load_campaign, read_text, recovery_origin};
use super::lock::{CampaignLock, LockState};
use super::saver::SaveTarget;
use super::store::{Store, StoreError, ron_files};

/// Unsaved changes left behind by a desk that ended without saving or discarding them.
#[derive(Debug)]
pub struct Recovery {
    /// The recovery file.
    pub path: PathBuf,
    /// The file whose changes they are; `None` when it was never saved.
    pub origin: Option<PathBuf>,
    /// Whether they were written after that file; true when there is no such file any more.
    pub newer_than_file: bool,
    /// The state itself, or why it cannot be read.
    pub campaign: Result<Campaign, FileError>,
}

impl Store {
    /// Unsaved changes left behind, oldest file name first. Changes that another living desk is
    /// making are left out; so are those equal to the file they belong to, whose recovery is deleted.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when the folder cannot be read.
    pub fn pending_recovery(&self) -> Result<Vec<Recovery>, StoreError> {
        let files = ron_files(&self.root().join("recovery"))?;
        Ok(files
            .into_iter()
            .filter_map(|path| self.recovery(path))
            .collect())
    }

    fn recovery(&self, path: PathBuf) -> Option<Recovery> {
        let text = read_text(&path);
        let origin = text.as_ref().ok().and_then(|text| recovery_origin(text));
        let target = SaveTarget::Recovery {
            path: path.clone(),
            origin: origin.clone(),
        };
        if matches!(
            CampaignLock::take(&self.lock_file(&target)),
            LockState::Taken { .. }
        ) {
            return None;
        }
        let campaign = load_campaign(&path);
        if let (Some(file), Ok(state)) = (&origin, &campaign)
            && load_campaign(file).is_ok_and(|saved| saved == *state)
            && fs::remove_file(&path).is_ok()
        {
            return None;
        }
        let newer_than_file = origin.as_deref().is_none_or(|file| is_newer(&path, file));
        Some(Recovery {
            path,
            origin,
            newer_than_file,
            campaign,
        })
    }

    /// Deletes a recovery that the user took over or does not want.
    ///
    /// # Errors
    /// [`FileError::Write`] when it cannot be deleted.
    pub fn discard_recovery(&self, path: &Path) -> Result<(), FileError> {
        match fs::remove_file(path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(FileError::Write {
                path: path.to_owned(),
                source,
            }),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// Whether `path` was written after `file`; true when `file` is not there.
fn is_newer(path: &Path, file: &Path) -> bool {
    let written = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified());
    match (written(path), written(file)) {
        (Ok(this), Ok(other)) => this > other,
        (_, Err(_)) => true,
        (Err(_), Ok(_)) => false,
    }
}
