//! What panels see of the market's history, and what they may ask of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::fact::Facts;
use crate::import::ManualRows;
use crate::series::ManualRow;
use crate::signal::Timeline;

/// How far loading is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LibraryLoading {
    /// Share of the bytes read, 0 to 1; `None` while the files are still being listed.
    pub share: Option<f32>,
    /// Files read and files in all.
    pub files: (usize, usize),
}

/// What stands beside the library itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct HistoryView<'a> {
    /// The charts' data, made with the library.
    pub timeline: Option<&'a Arc<Timeline>>,
    /// Every fact at the instant of the marks, from the library and the book; in a what-if of its book.
    pub facts: Option<&'a Facts>,
    /// Loading under way.
    pub loading: Option<LibraryLoading>,
    /// The folder that is read.
    pub folder: Option<&'a Path>,
    /// Whether the user chose that folder.
    pub is_chosen: bool,
    /// Why the last loading failed.
    pub trouble: Option<&'a str>,
    /// Rows typed by hand.
    pub typed: Option<&'a ManualRows>,
}

/// What the user asked of the library.
#[derive(Clone, Debug, PartialEq)]
pub enum LibraryEdit {
    /// Ask for a folder by dialog.
    ChooseFolder,
    /// Ask for one file by dialog and copy it into the folder.
    ImportFile,
    /// Read this folder from now on.
    UseFolder(PathBuf),
    /// Read the desk's own folder again.
    OwnFolder,
    /// Read everything again.
    Reload,
    /// Stop loading; what was loaded before stays.
    Cancel,
    /// Add a typed row; one about the same thing on the same day is replaced.
    Put(ManualRow),
    /// Take a typed row out.
    Remove(ManualRow),
}
