//! The user's folder: campaigns, recoveries, locks, account, recent files and workspace.
//!
//! ```text
//! campaigns/*.ron   campaigns; each change is saved in place within a second
//! recovery/*.ron    unsaved changes of files elsewhere, and of campaigns that were never saved
//! locks/*.lock      one per campaign that a desk has open; the system frees it when that desk dies
//! history/          market history: the library's folder unless another is chosen
//! packs/*.ron       rule packs of your own; deleted ones wait in packs/bin
//! manual.csv        marks and prints typed by hand
//! account.ron       equity and hedge spend of all campaigns
//! recent.ron        files opened last
//! workspace.ron     layout and selection of the desk
//! ```
//!
//! `PALISADE_CONFIG_DIR` puts the folder elsewhere.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::account::{Account, Recent};
use super::file::{FileError, read_text, write_text};
use super::lock::{CampaignLock, LockState};
use super::paths::{file_stem, path_key, resolved};
use super::saver::SaveTarget;
use crate::import::history::MANUAL_FILE;
use crate::policy::text;

/// Environment variable that puts the user's folder elsewhere.
pub const CONFIG_DIR_VARIABLE: &str = "PALISADE_CONFIG_DIR";

/// Newest schema of `account.ron` and `recent.ron`.
const SMALL_FILE_SCHEMA: u32 = 1;

/// Why there is no user's folder.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system names no home for it.
    #[error(
        "no home folder found: set {CONFIG_DIR_VARIABLE} to a folder that Palisade may write to"
    )]
    NoHome,
    /// It cannot be made or read.
    #[error("cannot use the folder {path}: {source}", path = .path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Where a campaign under edit lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// A file in the user's folder: changes are saved in place.
    Own(PathBuf),
    /// A file elsewhere: it changes only when the user saves.
    Elsewhere(PathBuf),
    /// No file yet; the name of its recovery file.
    Unsaved(String),
}

impl Home {
    /// The campaign's file, if it has one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Own(path) | Self::Elsewhere(path) => Some(path),
            Self::Unsaved(_) => None,
        }
    }
}

/// The user's folder.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
    /// Held while this desk runs, so that another start leaves its temporary files alone.
    _presence: Option<File>,
}

impl Store {
    /// Opens the user's folder, making what is missing.
    ///
    /// # Errors
    /// [`StoreError`] when there is no home or the folder cannot be used.
    pub fn open() -> Result<Self, StoreError> {
        match std::env::var_os(CONFIG_DIR_VARIABLE) {
            Some(folder) if !folder.is_empty() => Self::open_at(Path::new(&folder)),
            Some(_) | None => {
                let home =
                    directories::ProjectDirs::from("", "", "palisade").ok_or(StoreError::NoHome)?;
                Self::open_at(home.config_dir())
            }
        }
    }

    /// Opens a folder as the user's, making what is missing.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when it cannot be used.
    pub fn open_at(root: &Path) -> Result<Self, StoreError> {
        for folder in ["campaigns", "recovery", "locks", "history", "packs"] {
            let path = root.join(folder);
            fs::create_dir_all(&path).map_err(|source| StoreError::Folder { path, source })?;
        }
        let root = fs::canonicalize(root).map_err(|source| StoreError::Folder {
            path: root.to_owned(),
            source,
        })?;
        let presence = join_desks(&root);
        Ok(Self {
            root,
            _presence: presence,
        })
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of campaigns.
    pub fn campaigns_dir(&self) -> PathBuf {
        self.root.join("campaigns")
    }

    /// The folder of market history, unless the user chose another.
    pub fn history_dir(&self) -> PathBuf {
        self.root.join("history")
    }

    /// The file of rows typed by hand; it need not exist.
    pub fn manual_rows_path(&self) -> PathBuf {
        self.root.join(MANUAL_FILE)
    }

    /// What a library is loaded from: the folder that the user chose, or the own one, and the typed rows.
    pub fn library_places(&self, chosen: Option<&Path>) -> Vec<PathBuf> {
        let folder = chosen.map_or_else(|| self.history_dir(), Path::to_owned);
        let manual = Some(self.manual_rows_path()).filter(|path| path.exists());
        std::iter::once(folder).chain(manual).collect()
    }

    /// The campaign files of the folder, by name.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when the folder cannot be read.
    pub fn campaigns(&self) -> Result<Vec<PathBuf>, StoreError> {
        ron_files(&self.campaigns_dir())
    }

    /// A free file name in the folder of campaigns for a campaign of that name.
    pub fn new_campaign_path(&self, name: &str) -> PathBuf {
        let stem = file_stem(name);
        let folder = self.campaigns_dir();
        let first = folder.join(format!("{stem}.ron"));
        let numbered = (2..).map(|number| folder.join(format!("{stem}-{number}.ron")));
        std::iter::once(first.clone())
            .chain(numbered)
            .find(|path| !path.exists())
            .unwrap_or(first)
    }

    /// Where a file lives, seen from this folder.
    pub fn home_of(&self, path: &Path) -> Home {
        let absolute = resolved(path);
        if absolute.parent() == Some(self.campaigns_dir().as_path()) {
            Home::Own(absolute)
        } else {
            Home::Elsewhere(absolute)
        }
    }

    /// A home for a campaign that has no file yet; no other campaign, living or left behind, has it.
    pub fn home_for_unsaved(&self) -> Home {
        static GIVEN: AtomicU32 = AtomicU32::new(0);
        let process = std::process::id();
        let next = || {
            let number = GIVEN.fetch_add(1, Ordering::Relaxed);
            format!("unsaved-{process}-{number}")
        };
        let mut name = next();
        while self.recovery_file(&name).exists() {
            name = next();
        }
        Home::Unsaved(name)
    }

    /// Where each change of a campaign is saved unasked: in place for the folder's own, else as a recovery.
    pub fn autosave_target(&self, home: &Home) -> SaveTarget {
        match home {
            Home::Own(path) => SaveTarget::File(path.clone()),
            Home::Elsewhere(path) => SaveTarget::Recovery {
                path: self.recovery_file(&path_key(path)),
                origin: Some(path.clone()),
            },
            Home::Unsaved(name) => SaveTarget::Recovery {
                path: self.recovery_file(name),
                origin: None,
            },
        }
    }

    fn recovery_file(&self, name: &str) -> PathBuf {
        self.root.join("recovery").join(format!("{name}.ron"))
    }

    /// Takes the lock on a campaign; hold it while the campaign is open. A campaign that another desk
    /// holds can still be opened: the answer is for a warning.
    pub fn lock(&self, home: &Home) -> LockState {
        CampaignLock::take(&self.lock_file(&self.autosave_target(home)))
    }

    pub(super) fn lock_file(&self, target: &SaveTarget) -> PathBuf {
        let name = format!("{}.lock", path_key(target.path()));
        self.root.join("locks").join(name)
    }

    /// The account; an empty one when there is no file yet.
    ///
    /// # Errors
    /// [`FileError`] when the file is damaged; it is left as it is.
    pub fn account(&self) -> Result<Account, FileError> {
        let path = self.root.join("account.ron");
        let account: Account = read_or_default(&path, Some(SMALL_FILE_SCHEMA))?;
        account.validate().map_err(|fault| FileError::Text {
            error: fault.in_text(&read_text(&path).unwrap_or_default()),
            path,
        })?;
        Ok(account)
    }

    /// Writes the account.
    ///
    /// # Errors
    /// [`FileError`]; the old file is then as it was.
    pub fn save_account(&self, account: &Account) -> Result<(), FileError> {
        write_ron(&self.root.join("account.ron"), account)
    }

    /// The files opened last; none when there is no list yet.
    ///
    /// # Errors
    /// [`FileError`] when the list is damaged.
    pub fn recent(&self) -> Result<Recent, FileError> {
        read_or_default(&self.root.join("recent.ron"), Some(SMALL_FILE_SCHEMA))
    }

    /// Writes the list of files opened last.
    ///
    /// # Errors
    /// [`FileError`]; the old list is then as it was.
    pub fn save_recent(&self, recent: &Recent) -> Result<(), FileError> {
        write_ron(&self.root.join("recent.ron"), recent)
    }

    /// The workspace, whatever the desk keeps in it; its default when there is none yet.
    ///
    /// # Errors
    /// [`FileError`] when it cannot be read as `T`; the desk then starts with its default.
    pub fn workspace<T: DeserializeOwned + Default>(&self) -> Result<T, FileError> {
        read_or_default(&self.root.join("workspace.ron"), None)
    }

    /// Keeps a workspace that cannot be read as `workspace.damaged.ron`. Returns where.
    ///
    /// # Errors
    /// What the system says when the file cannot be moved.
    pub fn set_workspace_aside(&self) -> io::Result<PathBuf> {
        let aside = self.root.join("workspace.damaged.ron");
        fs::rename(self.root.join("workspace.ron"), &aside)?;
        Ok(aside)
    }

    /// Writes the workspace.
    ///
    /// # Errors
    /// [`FileError`]; the old one is then as it was.
    pub fn save_workspace<T: Serialize>(&self, workspace: &T) -> Result<(), FileError> {
        write_ron(&self.root.join("workspace.ron"), workspace)
    }
}

/// Reads a RON file; `schema` is the newest known one, `None` for a file without.
fn read_or_default<T: DeserializeOwned + Default>(
    path: &Path,
    schema: Option<u32>,
) -> Result<T, FileError> {
    let ron = match read_text(path) {
        Err(FileError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            return Ok(T::default());
        }
        other => other?,
    };
    match schema {
        Some(newest) => text::read(&ron, newest),
        None => text::parse(&ron),
    }
    .map_err(|error| FileError::Text {
        path: path.to_owned(),
        error,
    })
}

fn write_ron<T: Serialize>(path: &Path, value: &T) -> Result<(), FileError> {
    let config = ron::ser::PrettyConfig::new().new_line("\n");
    let text = ron::ser::to_string_pretty(value, config).map_err(|source| FileError::Encode {
        path: path.to_owned(),
        source,
    })?;
    write_text(path, &(text + "\n"))
}

pub(super) fn ron_files(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    files_of(folder).map_err(|source| StoreError::Folder {
        path: folder.to_owned(),
        source,
    })
}

/// The RON files of a folder by name, folders of such a name left out.
///
/// # Errors
/// What the system says of the folder.
pub fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_file = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| !kind.is_dir());
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .filter(is_file)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "ron"))
        .collect();
    files.sort();
    Ok(files)
}

/// Marks this desk as present. The first one there clears what a killed desk left half-written.
fn join_desks(root: &Path) -> Option<File> {
    let path = root.join("locks").join("desk.lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(path)
        .ok()?;
    if file.try_lock().is_ok() {
        for folder in [
            root.to_owned(),
            root.join("campaigns"),
            root.join("recovery"),
            root.join("packs"),
        ] {
            remove_leftovers(&folder);
        }
        file.unlock().ok()?;
    }
    file.try_lock_shared().ok()?;
    Some(file)
}

/// Deletes temporary folders of writes that never finished.
fn remove_leftovers(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten();
    for entry in entries.filter_map(Result::ok) {
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with(".atomicwrite")
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::warn!("cannot remove {}: {error}", entry.path().display());
        }
    }
}
