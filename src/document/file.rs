//! Campaign files: RON text in and out, atomic writes, every error naming the path.
//!
//! Reading checks the schema first, then the text, then the sense of the values; a file that cannot be
//! read is left as it is. Writing goes to a temporary file in the same folder, which is synced, renamed
//! over the old file and the folder synced: whoever reads, at whatever moment, finds the old text or the
//! new one, never a part.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use atomicwrites::{AllowOverwrite, AtomicFile};
use serde::Serialize;

use super::campaign::{CAMPAIGN_SCHEMA, Campaign};
use super::journal::Journal;
use super::migrate::migrated;
use crate::market::Marks;
use crate::policy::text::{self, TextError};

/// First line of every campaign file.
const HEADING: &str =
    "// Palisade campaign. Plain text: edit it while the desk is closed. Fields: docs/formats.md";

/// Fields of a campaign stand at this indent.
const INDENT: &str = "    ";

/// What went wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It could not be read.
    #[error("cannot read {path}: {source}", path = .path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It could not be written; what was there before is untouched.
    #[error("cannot write {path}: {source}", path = .path.display())]
    Write {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It could be read but makes no sense.
    #[error("{path}:{error}", path = .path.display())]
    Text {
        /// Which file.
        path: PathBuf,
        /// What is wrong, and where.
        error: TextError,
    },
    /// The values cannot be written as RON.
    #[error("cannot write {path}: {source}", path = .path.display())]
    Encode {
        /// Which file.
        path: PathBuf,
        /// What the encoder says.
        source: ron::Error,
    },
}

impl FileError {
    /// The file concerned.
    pub fn path(&self) -> &Path {
        match self {
            Self::Read { path, .. }
            | Self::Write { path, .. }
            | Self::Text { path, .. }
            | Self::Encode { path, .. } => path,
        }
    }
}

/// Reads a whole text file; a byte-order mark is dropped.
///
/// # Errors
/// [`FileError::Read`], or [`FileError::Text`] at the first byte that is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let bytes = fs::read(path).map_err(|source| FileError::Read {
        path: path.to_owned(),
        source,
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        FileError::Text {
            path: path.to_owned(),
            error: TextError {
                place: crate::policy::Place::of_offset(&before, before.len()),
                found: "a byte that is not UTF-8".to_owned(),
                expected: "text".to_owned(),
            },
        }
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text))
}

/// Replaces a file by a text in one step; the permissions of an existing file are kept, a symbolic
/// link is followed.
///
/// # Errors
/// [`FileError::Write`]; the old file, if any, is then as it was. A read-only file is refused.
pub fn write_text(path: &Path, text: &str) -> Result<(), FileError> {
    write_file(path, text.as_bytes())
}

/// Replaces a file by bytes in one step, as [`write_text`] does: for pictures and other exports.
///
/// # Errors
/// [`FileError::Write`]; the old file, if any, is then as it was. A read-only file is refused.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_atomically(path, bytes).map_err(|error| FileError::Write {
        path: path.to_owned(),
        source: without_temporary_name(error),
    })
}

/// What the system says, without the name of the temporary file, which says nothing to anybody and is another each time.
fn without_temporary_name(error: io::Error) -> io::Error {
    let words = error.to_string();
    match words.split_once(" at path ") {
        Some((said, _)) => io::Error::new(error.kind(), said),
        None => error,
    }
}

fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (target, permissions) = match fs::canonicalize(path) {
        Ok(target) => {
            let permissions = fs::metadata(&target)?.permissions();
            (target, Some(permissions))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
        Err(error) => return Err(error),
    };
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the file is read-only",
        ));
    }
    AtomicFile::new(&target, AllowOverwrite).write(|file| {
        file.write_all(bytes)?;
        permissions.map_or(Ok(()), |kept| file.set_permissions(kept))
    })?;
    Ok(())
}

/// Reads and validates a campaign from RON text.
///
/// # Errors
/// [`TextError`] with the place: unknown schema, damage, or a value without sense.
pub fn campaign_from_ron(ron: &str) -> Result<Campaign, TextError> {
    let campaign: Campaign = text::read(ron, CAMPAIGN_SCHEMA)?;
    let campaign = migrated(campaign);
    campaign
        .validate()
        .map_err(|fault| TextError::at_path(ron, &fault.path, fault.found, fault.expected))?;
    Ok(campaign)
}

/// Writes a campaign as RON text: one quote, leg or trade per line.
///
/// # Errors
/// RON's own error, when a value has no text.
pub fn campaign_to_ron(campaign: &Campaign) -> Result<String, ron::Error> {
    let Campaign {
        schema,
        name,
        created,
        marks,
        positions,
        model,
        settings,
        pack,
        own_pack,
        trades,
        notes,
        journal,
        scenarios,
        next_id,
    } = campaign;
    let mut fields = vec![
        ("schema", compact(schema)?),
        ("name", compact(name)?),
        ("created", compact(created)?),
        ("marks", marks_text(marks)?),
        ("positions", pretty(positions, 3)?),
        ("model", pretty(model, 2)?),
        ("settings", pretty(settings, 1)?),
        ("pack", pretty(pack, 0)?),
    ];
    // A shipped pack is named and no more, so that a desk from before own packs can read the file.
    if let Some(own) = own_pack {
        fields.push(("own_pack", format!("Some({})", own.to_ron_body()?)));
    }
    fields.extend([("trades", pretty(trades, 1)?), ("notes", pretty(notes, 1)?)]);
    if !journal.is_empty() {
        fields.push(("journal", journal_text(journal)?));
    }
    // An empty library stays out, so that a desk from before it can read the file.
    if !scenarios.is_empty() {
        fields.push(("scenarios", pretty(scenarios, 1)?));
    }
    fields.push(("next_id", compact(next_id)?));
    let mut out = format!("{HEADING}\nCampaign(\n");
    for (name, value) in fields {
        let indented = value.replace('\n', &format!("\n{INDENT}"));
        out.extend([INDENT, name, ": ", &indented, ",\n"]);
    }
    out.push_str(")\n");
    Ok(out)
}

fn compact<T: Serialize>(value: &T) -> Result<String, ron::Error> {
    ron::to_string(value)
}

/// Marks with one quote a line, and of a chain one expiry a line.
fn marks_text(marks: &Marks) -> Result<String, ron::Error> {
    const NO_CHAIN: &str = "chain: None,\n)";
    let Some(chain) = &marks.chain else {
        return pretty(marks, 2);
    };
    let without = Marks {
        chain: None,
        ..marks.clone()
    };
    let text = pretty(&without, 2)?;
    match text.strip_suffix(NO_CHAIN) {
        Some(rest) => {
            let chain = pretty(chain, 2)?.replace('\n', &format!("\n{INDENT}"));
            Ok(format!("{rest}chain: Some({chain}),\n)"))
        }
        None => pretty(marks, 2),
    }
}

/// The journal with a line for each entry's part, finding and choice.
fn journal_text(journal: &Journal) -> Result<String, ron::Error> {
    let packs = journal.packs.iter().map(|pack| pack.to_ron_body());
    let packs = packs.collect::<Result<Vec<_>, _>>()?.join(",\n");
    let fields = [
        ("details", pretty(&journal.details, 2)?),
        ("entries", pretty(&journal.entries, 4)?),
        ("structures", pretty(&journal.structures, 1)?),
        ("moments", pretty(&journal.moments, 3)?),
        ("chains", pretty(&journal.chains, 3)?),
        ("packs", format!("[{packs}]")),
        ("audit", pretty(&journal.audit, 1)?),
        ("thresholds", pretty(&journal.thresholds, 1)?),
    ];
    let lines = fields.map(|(name, value)| {
        let indented = value.replace('\n', &format!("\n{INDENT}"));
        format!("{INDENT}{name}: {indented},\n")
    });
    Ok(format!("(\n{})", lines.concat()))
}

/// RON with the outermost `depth` levels spread over lines.
fn pretty<T: Serialize>(value: &T, depth: usize) -> Result<String, ron::Error> {
    let config = ron::ser::PrettyConfig::new()
        .depth_limit(depth)
        .new_line("\n")
        .indentor(INDENT);
    ron::ser::to_string_pretty(value, config)
}

/// Reads a campaign file.
///
/// # Errors
/// [`FileError`]; the file is left as it is.
pub fn load_campaign(path: &Path) -> Result<Campaign, FileError> {
    let ron = read_text(path)?;
    campaign_from_ron(&ron).map_err(|error| FileError::Text {
        path: path.to_owned(),
        error,
    })
}

/// Writes a campaign file in one step.
///
/// # Errors
/// [`FileError`]; the old file, if any, is then as it was.
pub fn save_campaign(path: &Path, campaign: &Campaign) -> Result<(), FileError> {
    write_text(path, &encode(path, campaign)?)
}

/// Writes an unsaved state with a second line that says whose it is (see [`recovery_origin`]).
///
/// # Errors
/// [`FileError`], as in [`save_campaign`].
pub fn save_recovery(
    path: &Path,
    origin: Option<&Path>,
    campaign: &Campaign,
) -> Result<(), FileError> {
    let text = encode(path, campaign)?;
    let whose = origin.map_or_else(String::new, |file| {
        format!(" {:?}", file.to_string_lossy().as_ref())
    });
    write_text(path, &format!("{RECOVERY_MARK}{whose}\n{text}"))
}

/// Begins the first line of a recovery file.
const RECOVERY_MARK: &str = "// Unsaved state of";

/// The file whose unsaved state a recovery text holds; `None` for a campaign that was never saved.
pub fn recovery_origin(text: &str) -> Option<PathBuf> {
    let quoted = text.lines().next()?.strip_prefix(RECOVERY_MARK)?.trim();
    ron::from_str::<String>(quoted).ok().map(PathBuf::from)
}

fn encode(path: &Path, campaign: &Campaign) -> Result<String, FileError> {
    campaign_to_ron(campaign).map_err(|source| FileError::Encode {
        path: path.to_owned(),
        source,
    })
}
