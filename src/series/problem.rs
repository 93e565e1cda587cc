//! A complaint about the library's files, with file and line.

use std::fmt;

/// How much a complaint matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; everything was used.
    Note,
    /// Something looks wrong and was left out until the user answers.
    Question,
    /// Something could not be read and was left out.
    Problem,
}

/// One complaint: prints `FILE:LINE: COLUMN: found 'X': expected …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryProblem {
    /// How much it matters.
    pub severity: Severity,
    /// The file, relative to the folder that was loaded.
    pub file: String,
    /// Line of the file from 1; `None` when the whole file is meant.
    pub line: Option<u64>,
    /// The column, the series or the contract.
    pub column: String,
    /// What stands there.
    pub found: String,
    /// What should, and what was done.
    pub expected: String,
}

impl fmt::Display for LibraryProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        let Self {
            column,
            found,
            expected,
            ..
        } = self;
        write!(f, " {column}: found '{found}': expected {expected}")
    }
}
