//! One value of a document that makes no sense: where it is, what it holds, what it may hold.

use crate::policy::TextError;

/// A value that cannot be accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: found {found}: expected {expected}")]
pub struct Fault {
    /// Its path in the document, such as `positions[0].legs[2].quantity`.
    pub path: String,
    /// What it holds.
    pub found: String,
    /// What it may hold.
    pub expected: String,
}

impl Fault {
    /// A fault.
    pub fn new(
        path: impl Into<String>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            path: path.into(),
            found: found.into(),
            expected: expected.into(),
        }
    }

    /// The same fault one level further out.
    #[must_use]
    pub fn within(self, outer: &str) -> Self {
        Self {
            path: format!("{outer}.{}", self.path),
            ..self
        }
    }

    /// The fault with the line and column where the value stands in the document's text.
    pub fn in_text(self, text: &str) -> TextError {
        TextError::at_path(text, &self.path, self.found, self.expected)
    }
}

/// Checks that a number is finite and lies within limits, ends included.
///
/// # Errors
/// A [`Fault`] at `path` that names the limits and the unit.
pub fn within(path: &str, found: f64, limits: [f64; 2], unit: &str) -> Result<(), Fault> {
    if found >= limits[0] && found <= limits[1] {
        return Ok(());
    }
    let expected = format!("{unit} from {} to {}", limits[0], limits[1]);
    Err(Fault::new(path, found.to_string(), expected))
}
