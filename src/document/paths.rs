//! Names of files: resolved paths, file names from campaign names, short keys for paths.

use std::fs;
use std::path::{Path, PathBuf};

/// The absolute path with links resolved, also for a file that is not there yet.
pub(super) fn resolved(path: &Path) -> PathBuf {
    if let Ok(found) = fs::canonicalize(path) {
        return found;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_error| path.to_owned());
    let folder = absolute
        .parent()
        .and_then(|folder| fs::canonicalize(folder).ok());
    match (folder, absolute.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        (_, _) => absolute,
    }
}

/// A file name from a campaign's name: letters and digits kept, everything else a single dash.
pub(super) fn file_stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.chars().flat_map(char::to_lowercase).take(60) {
        if c.is_alphanumeric() {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let trimmed = stem.trim_end_matches('-');
    if trimmed.is_empty() {
        "campaign".to_owned()
    } else {
        trimmed.to_owned()
    }
}

/// A short name for a path that stays the same between versions of the program: its stem and the
/// 64-bit FNV-1a hash of the whole (Fowler, Noll and Vo, RFC 9923).
pub(super) fn path_key(path: &Path) -> String {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let hash = path
        .to_string_lossy()
        .bytes()
        .fold(OFFSET_BASIS, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(PRIME)
        });
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    format!("{}-{hash:016x}", file_stem(&stem))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{file_stem, path_key};

    #[test]
    fn any_name_makes_a_plain_file_name() {
        for (name, stem) in [
            ("July condor, 10-lot", "july-condor-10-lot"),
            ("../../etc/passwd", "etc-passwd"),
            ("  ", "campaign"),
            ("???", "campaign"),
            ("Sommer Über", "sommer-über"),
        ] {
            assert_eq!(file_stem(name), stem);
        }
        assert!(file_stem(&"x".repeat(500)).len() <= 60);
    }

    #[test]
    fn a_key_stays_the_same_between_versions() {
        // FNV-1a 64 of "a" is af63dc4c8601ec8c in RFC 9923.
        assert_eq!(path_key(Path::new("a")), "a-af63dc4c8601ec8c");
        assert_ne!(
            path_key(Path::new("/x/a.ron")),
            path_key(Path::new("/y/a.ron"))
        );
    }
}
