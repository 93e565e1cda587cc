//! What panels see of rule packs, and what they may ask of their files.

use std::path::PathBuf;

use crate::document::PackEntry;
use crate::fact::Facts;
use crate::rule::Lint;

/// What the numbers of the pack in force mean.
#[derive(Clone, Debug, PartialEq)]
pub struct PackJudged {
    /// The facts of the own book.
    pub own: Facts,
    /// Those of the reference book, or why there is none.
    pub reference: Result<Facts, String>,
    /// What the linter remarks, the worst first.
    pub lints: Vec<Lint>,
}

/// The rule packs of a frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct PacksView<'a> {
    /// The files of the user's folder.
    pub files: &'a [PackEntry],
    /// The pack in force, judged; `None` until that is done.
    pub judged: Option<&'a PackJudged>,
    /// Why it is not judged.
    pub trouble: Option<&'a str>,
    /// Whether that is of the book, the pack and the history as they are now, or being made.
    pub is_current: bool,
}

/// What the user asked of rule packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackEdit {
    /// Let the pack of that file rule the campaign.
    Use(PathBuf),
    /// Move that file into the bin.
    Delete(PathBuf),
    /// Set the pack in force against the own book and the reference, and lint it, if that is not done yet.
    Judge,
}
