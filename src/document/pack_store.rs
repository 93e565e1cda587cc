//! The folder of own rule packs: listed, written whole or not at all, and deleted into a bin.
//!
//! A file that cannot be read is listed with its reason and left alone; the others are not held up by it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file::{FileError, read_text, write_text};
use super::paths::file_stem;
use super::store::{Store, ron_files};
use crate::policy::RulePack;

/// A file of the folder.
#[derive(Clone, Debug, PartialEq)]
pub struct PackEntry {
    /// Where it lies.
    pub path: PathBuf,
    /// The pack, or why it cannot be read, with line and column.
    pub pack: Result<Arc<RulePack>, String>,
}

/// Reads a pack file.
///
/// # Errors
/// [`FileError`]; the file is left as it is.
pub fn load_pack(path: &Path) -> Result<RulePack, FileError> {
    let ron = read_text(path)?;
    RulePack::from_ron(&ron).map_err(|error| FileError::Text {
        path: path.to_owned(),
        error,
    })
}

/// Writes a pack file in one step.
///
/// # Errors
/// [`FileError`]; the old file, if any, is then as it was.
pub fn save_pack(path: &Path, pack: &RulePack) -> Result<(), FileError> {
    let text = pack.to_ron().map_err(|source| FileError::Encode {
        path: path.to_owned(),
        source,
    })?;
    write_text(path, &text)
}

impl Store {
    /// The folder of own rule packs.
    pub fn packs_dir(&self) -> PathBuf {
        self.root().join("packs")
    }

    /// The packs of the folder, by file name; none when there is no folder.
    pub fn packs(&self) -> Vec<PackEntry> {
        let files = ron_files(&self.packs_dir()).unwrap_or_default();
        let read = |path: PathBuf| {
            let pack = load_pack(&path).map(Arc::new);
            let pack = pack.map_err(|error| error.to_string());
            PackEntry { path, pack }
        };
        files.into_iter().map(read).collect()
    }

    /// Keeps a pack in the folder: over the file of the same id, else in a new one. Tells where.
    ///
    /// # Errors
    /// [`FileError`]; the old file, if any, is then as it was.
    pub fn keep_pack(&self, pack: &RulePack) -> Result<PathBuf, FileError> {
        let is_same = |entry: &PackEntry| entry.pack.as_ref().is_ok_and(|held| held.id == pack.id);
        let held = self.packs().into_iter().find(is_same);
        let path = held.map_or_else(
            || free_name(&self.packs_dir(), &file_stem(&pack.id)),
            |entry| entry.path,
        );
        fs::create_dir_all(self.packs_dir()).map_err(|source| FileError::Write {
            path: path.clone(),
            source,
        })?;
        save_pack(&path, pack)?;
        Ok(path)
    }

    /// An id that no pack of the folder and none of the program has, made from a wish.
    pub fn free_pack_id(&self, wish: &str) -> String {
        let packs = self.packs();
        let own = packs.iter().filter_map(|entry| entry.pack.as_ref().ok());
        let mut taken: Vec<&str> = own.map(|pack| pack.id.as_str()).collect();
        taken.extend(RulePack::shipped().iter().map(|pack| pack.id.as_str()));
        let numbered = (2..).map(|number: u32| format!("{wish} {number}"));
        std::iter::once(wish.to_owned())
            .chain(numbered)
            .find(|id| !taken.contains(&id.as_str()))
            .unwrap_or_else(|| wish.to_owned())
    }

    /// Moves a pack file into the bin and tells where it now lies.
    ///
    /// # Errors
    /// [`FileError::Write`]; the file is then where it was.
    pub fn bin_pack(&self, path: &Path) -> Result<PathBuf, FileError> {
        self.move_pack(path, &self.packs_dir().join("bin"))
    }

    /// Moves a pack file out of the bin again and tells where it now lies.
    ///
    /// # Errors
    /// [`FileError::Write`]; the file is then where it was.
    pub fn restore_pack(&self, binned: &Path) -> Result<PathBuf, FileError> {
        self.move_pack(binned, &self.packs_dir())
    }

    #[expect(clippy::unused_self, reason = "it moves within this folder")]
    fn move_pack(&self, from: &Path, folder: &Path) -> Result<PathBuf, FileError> {
        let stem = from.file_stem().unwrap_or_default().to_string_lossy();
        let target = free_name(folder, &stem);
        let moved = fs::create_dir_all(folder).and_then(|()| fs::rename(from, &target));
        match moved {
            Ok(()) => Ok(target),
            Err(source) => Err(write_error(from, source)),
        }
    }
}

fn write_error(path: &Path, source: io::Error) -> FileError {
    FileError::Write {
        path: path.to_owned(),
        source,
    }
}

/// A path of that name, or of that name with a number, that no file has.
fn free_name(folder: &Path, stem: &str) -> PathBuf {
    let first = folder.join(format!("{stem}.ron"));
    let numbered = (2..).map(|number: u32| folder.join(format!("{stem}-{number}.ron")));
    std::iter::once(first.clone())
        .chain(numbered)
        .find(|path| !path.exists())
        .unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::document::Store;
    use crate::policy::RulePack;

    #[test]
    fn packs_are_kept_replaced_binned_and_restored() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open_at(folder.path()).expect("it opens");
        assert!(store.packs().is_empty());
        let mine = RulePack::alvh().to_own(store.free_pack_id("alvh"));
        assert_eq!(mine.id, "alvh 2", "the shipped name is taken");
        let path = store.keep_pack(&mine).expect("it is written");
        let next = mine.with_number("vega_band.low", -0.2).expect("valid");
        assert_eq!(store.keep_pack(&next).expect("it is written"), path);
        let other = RulePack::vxth().to_own(store.free_pack_id("alvh"));
        assert_eq!(other.id, "alvh 3");
        store.keep_pack(&other).expect("it is written");
        let read: Vec<_> = store.packs().into_iter().map(|entry| entry.pack).collect();
        let read: Vec<_> = read
            .iter()
            .filter_map(|pack| pack.as_deref().ok())
            .collect();
        assert_eq!(read, [&next, &other]);

        let binned = store.bin_pack(&path).expect("it moves");
        assert_eq!(store.packs().len(), 1);
        assert_eq!(store.restore_pack(&binned).expect("it moves back"), path);
        assert_eq!(store.packs().len(), 2);
    }

    #[test]
    fn a_damaged_pack_is_refused_with_its_place_and_the_others_go_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open_at(folder.path()).expect("it opens");
        let good = RulePack::alvh().to_own("good");
        store.keep_pack(&good).expect("it is written");
        let text = good.to_ron().expect("text").replacen("-0.15", "low", 1);
        let bad = store.packs_dir().join("bad.ron");
        fs::write(&bad, &text).expect("it is written");
        let entries = store.packs();
        let [first, second] = &entries[..] else {
            panic!("two files");
        };
        let line = 1 + text[..text.find("value: low").expect("it is there")]
            .matches('\n')
            .count();
        let why = first.pack.as_ref().expect_err("damaged");
        assert!(why.contains(&format!("bad.ron:{line}:")), "{why}");
        assert!(
            why.contains("found 'low'") && why.contains("expected float"),
            "{why}"
        );
        assert_eq!(second.pack.as_deref(), Ok(&good));
        assert_eq!(fs::read_to_string(&bad).expect("it is there"), text);
    }
}
