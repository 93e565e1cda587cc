//! What panels see of rule packs as files, and what they may ask of them.

use std::path::PathBuf;

/// What the user asked of the folder of packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackEdit {
    /// Let the pack of that file rule the campaign.
    Use(PathBuf),
    /// Move that file into the bin.
    Delete(PathBuf),
}
