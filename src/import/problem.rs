//! What was wrong with a file, and where.

/// One field that could not be read; the rest of the file was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {column}: found '{found}': expected {expected}")]
pub struct ImportProblem {
    /// The file's name as given.
    pub file: String,
    /// Line of the file, from 1.
    pub line: u64,
    /// Name of the column.
    pub column: String,
    /// The text found.
    pub found: String,
    /// What it should be.
    pub expected: String,
}

/// A file that cannot be used at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Not in the format, or a needed line is unreadable.
    #[error(transparent)]
    Format(#[from] ImportProblem),
    /// In the format, but of an underlying that the desk does not trade.
    #[error(
        "{file}:{line}: this is a chain of {root}, and only SPX and SPXW chains can be read: options of other underlyings have their own index, exercise and settlement"
    )]
    OtherUnderlying {
        /// The file's name as given.
        file: String,
        /// Line of the first option.
        line: u64,
        /// The root found.
        root: String,
    },
}

/// Longest piece of a file that an error quotes, in characters.
const LONGEST_QUOTE: usize = 60;

/// A piece of a file made fit to be quoted in one line.
pub(super) fn excerpt(text: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut quoted: String = text.trim().chars().map(clean).take(LONGEST_QUOTE).collect();
    if text.trim().chars().count() > LONGEST_QUOTE {
        quoted.push('…');
    }
    quoted
}
