//! The file of rows typed by hand: read whole or refused, written whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::{FileError, write_text};
use crate::import::ManualRows;
use crate::series::LibraryProblem;

/// Why the typed rows cannot be read. The file is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum ManualFileError {
    /// The system cannot read it.
    #[error("cannot read {path}: {source}", path = .path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Some of its rows make no sense; adding to it would lose them.
    #[error("{}", first_of(.0))]
    Rows(Vec<LibraryProblem>),
}

fn first_of(problems: &[LibraryProblem]) -> String {
    let first = problems
        .first()
        .map(ToString::to_string)
        .unwrap_or_default();
    match problems.len().saturating_sub(1) {
        0 => first,
        more => format!("{first} (and {more} more)"),
    }
}

/// Reads the typed rows; none when there is no file.
///
/// # Errors
/// [`ManualFileError`] when the file cannot be read or a row of it makes no sense.
pub fn load_manual_rows(path: &Path) -> Result<ManualRows, ManualFileError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(ManualRows::default()),
        Err(source) => {
            let path = path.to_owned();
            return Err(ManualFileError::Read { path, source });
        }
    };
    let name = path.to_string_lossy();
    ManualRows::from_csv(&name, &bytes).map_err(ManualFileError::Rows)
}

/// Writes the typed rows in one step.
///
/// # Errors
/// [`FileError::Write`]; the old file, if any, is then as it was.
pub fn save_manual_rows(path: &Path, rows: &ManualRows) -> Result<(), FileError> {
    write_text(path, &rows.to_csv())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::civil::date;

    use super::{load_manual_rows, save_manual_rows};
    use crate::series::{ManualEntry, ManualRow, SeriesId};

    #[test]
    fn typed_rows_come_back_and_a_damaged_file_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manual.csv");
        let mut rows = load_manual_rows(&path).expect("no file, no rows");
        assert!(rows.rows().is_empty());
        rows.put(ManualRow {
            date: date(2026, 7, 24),
            entry: ManualEntry::Value {
                id: SeriesId::Vix,
                value: 17.9,
            },
        });
        save_manual_rows(&path, &rows).expect("written");
        assert_eq!(load_manual_rows(&path).expect("read"), rows);

        let damaged = fs::read_to_string(&path)
            .expect("read")
            .replace("17.9", "much");
        fs::write(&path, &damaged).expect("written");
        let error = load_manual_rows(&path).expect_err("refused").to_string();
        assert!(
            error.contains("manual.csv:3: value: found 'much'"),
            "{error}"
        );
        assert_eq!(fs::read_to_string(&path).expect("read"), damaged);
    }
}
