//! What to say when a file cannot be read or written: what, where, what becomes of the work, and what to do.
//!
//! Autosave, Save, Save as, exports, imports and packs all say it in these words.

use std::io;

use super::file::FileError;

/// What a failed write leaves, which is what the trader wants to know first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// A save in the background: it is tried again.
    Autosave,
    /// A save that was asked for: the changes stay in the desk.
    Save,
    /// An export, a report, a pack: what is in the desk is not concerned.
    Export,
    /// A file that has its place in the user's folder: a pack kept, rows typed, a campaign that an import changes.
    Keep,
}

impl FileError {
    /// What the trader can do about it, as a clause; `None` where the error itself says it.
    pub fn remedy(&self) -> Option<&'static str> {
        let (Self::Read { source, .. } | Self::Write { source, .. }) = self else {
            return None;
        };
        if source.kind() == io::ErrorKind::StorageFull {
            Some("free some space on the disk")
        } else if source.kind() == io::ErrorKind::QuotaExceeded {
            Some("free some space: your share of the disk is used up")
        } else if source.kind() == io::ErrorKind::FileTooLarge {
            Some("the system allows no file of this size here")
        } else if source.kind() == io::ErrorKind::PermissionDenied {
            Some("make the file and its folder writable for you")
        } else if source.kind() == io::ErrorKind::ReadOnlyFilesystem {
            Some("the disk is read-only: save to another one")
        } else if source.kind() == io::ErrorKind::NotFound {
            Some("bring its folder back")
        } else if source.kind() == io::ErrorKind::NotADirectory {
            Some("a part of the path is a file and no folder")
        } else if source.kind() == io::ErrorKind::IsADirectory {
            Some("the path is a folder: add the name of a file")
        } else {
            None
        }
    }

    /// A failed write in words: what, where, what becomes of the work, and what to do.
    pub fn told(&self, attempt: Attempt) -> String {
        let remedy = match (self, attempt) {
            (Self::Write { source, .. }, Attempt::Export)
                if source.kind() == io::ErrorKind::NotFound =>
            {
                "make its folder first"
            }
            (
                Self::Read { .. } | Self::Write { .. } | Self::Text { .. } | Self::Encode { .. },
                _,
            ) => self.remedy().unwrap_or("see to the file and its folder"),
        };
        match attempt {
            Attempt::Autosave => format!(
                "{self}. Your changes stay in memory and are tried again: {remedy}, or save elsewhere"
            ),
            Attempt::Save => {
                format!("{self}. Your changes stay in memory: {remedy}, or save elsewhere")
            }
            Attempt::Keep => format!("{self}. Nothing was written: {remedy}"),
            Attempt::Export => {
                format!("{self}. Nothing was written: {remedy}, or choose another place")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn failed(kind: io::ErrorKind) -> FileError {
        FileError::Write {
            path: PathBuf::from("/x/july.ron"),
            source: io::Error::new(kind, "the system says no"),
        }
    }

    #[test]
    fn every_way_of_writing_says_what_stays_and_what_to_do() {
        let full = failed(io::ErrorKind::StorageFull);
        let start = "cannot write /x/july.ron: the system says no. ";
        for (attempt, rest) in [
            (
                Attempt::Autosave,
                "Your changes stay in memory and are tried again: free some space on the disk, or save elsewhere",
            ),
            (
                Attempt::Save,
                "Your changes stay in memory: free some space on the disk, or save elsewhere",
            ),
            (
                Attempt::Export,
                "Nothing was written: free some space on the disk, or choose another place",
            ),
            (
                Attempt::Keep,
                "Nothing was written: free some space on the disk",
            ),
        ] {
            assert_eq!(full.told(attempt), format!("{start}{rest}"));
        }
        let gone = failed(io::ErrorKind::NotFound);
        assert!(gone.told(Attempt::Save).contains("bring its folder back"));
        assert!(gone.told(Attempt::Export).contains("make its folder first"));
        let other = failed(io::ErrorKind::Other);
        assert!(
            other
                .told(Attempt::Save)
                .contains("see to the file and its folder")
        );
    }
}
