//! Files of market history that were dropped or imported: told apart, and copied into the folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::document::Attempt;
use crate::import::broker;
use crate::import::history::recognise;

/// Bytes that tell what a dropped file is.
const HEAD_BYTES: u64 = 8 * 1024;

/// Whether a file's beginning is that of market history; quotes of one day are not, and neither is a broker's file.
pub(super) fn is_history(path: &Path) -> bool {
    use std::io::Read as _;
    let mut head = Vec::new();
    let read =
        std::fs::File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
    if read.is_err() {
        return false;
    }
    if head.len() as u64 == HEAD_BYTES
        && let Some(end) = head.iter().rposition(|byte| *byte == b'\n')
    {
        head.truncate(end + 1);
    }
    // a table of fills has a column of times too
    let is_broker = broker::recognise(&broker::decode(&head)).is_some();
    !is_broker && recognise(&head).is_some_and(|format| !format.is_chain())
}

/// Copies files into a folder, each whole or not at all, and never over another: a file of the same name
/// with other contents gets a name of its own beside it, and the library's rule says which counts.
pub(super) fn copy_into(folder: &Path, files: &[PathBuf]) -> Result<usize, String> {
    let trouble = |path: &Path, error: &io::Error| format!("{}: {error}", path.display());
    std::fs::create_dir_all(folder).map_err(|error| trouble(folder, &error))?;
    let mut count = 0;
    for file in files {
        let Some(name) = file.file_name() else {
            continue;
        };
        if file.parent() != Some(folder) {
            let bytes = std::fs::read(file).map_err(|error| trouble(file, &error))?;
            if let Some(target) = free_place(folder, Path::new(name), &bytes) {
                crate::document::write_file(&target, &bytes)
                    .map_err(|error| error.told(Attempt::Export))?;
            }
        }
        count += 1;
    }
    Ok(count)
}

/// A path of that name, or of that name with a number, that no file has; `None` when the folder holds the
/// very same file already.
fn free_place(folder: &Path, name: &Path, bytes: &[u8]) -> Option<PathBuf> {
    let stem = name.file_stem().unwrap_or_default().to_string_lossy();
    let ending = name.extension().map_or_else(String::new, |ending| {
        format!(".{}", ending.to_string_lossy())
    });
    let others = (2..).map(|number: u32| folder.join(format!("{stem} {number}{ending}")));
    for place in std::iter::once(folder.join(name)).chain(others) {
        match std::fs::read(&place) {
            Ok(held) if held == bytes => return None,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Some(place),
            // another file; what cannot be read is not written over either
            Ok(_) | Err(_) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::copy_into;

    #[test]
    fn an_imported_file_never_takes_the_place_of_another() {
        let (from, to) = (
            tempfile::tempdir().expect("a folder"),
            tempfile::tempdir().expect("a folder"),
        );
        let file = from.path().join("VIX.csv");
        let names = || {
            let entries = std::fs::read_dir(to.path()).expect("the folder");
            let mut names: Vec<String> = entries
                .map(|entry| {
                    entry
                        .expect("an entry")
                        .file_name()
                        .to_string_lossy()
                        .into()
                })
                .collect();
            names.sort();
            names
        };
        for (text, expected) in [
            ("old", vec!["VIX.csv"]),
            ("new", vec!["VIX 2.csv", "VIX.csv"]),
            ("old", vec!["VIX 2.csv", "VIX.csv"]),
            ("new", vec!["VIX 2.csv", "VIX.csv"]),
        ] {
            std::fs::write(&file, text).expect("it is written");
            assert_eq!(copy_into(to.path(), std::slice::from_ref(&file)), Ok(1));
            assert_eq!(names(), expected);
        }
        let kept = std::fs::read_to_string(to.path().join("VIX.csv"));
        assert_eq!(kept.expect("it is there"), "old");
    }
}
