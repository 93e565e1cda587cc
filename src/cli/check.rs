//! `palisade check FILE…`: says of campaigns and rule packs whether they are valid, and if not, where.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::document::{Campaign, FileError, campaign_from_ron, read_text};
use crate::policy::text::root_name;
use crate::policy::{Place, RulePack, TextError, place::place_of};
use crate::rule::lint_pack;

/// Exit status when every file is valid.
const VALID: u8 = 0;
/// Exit status when a file is not.
const INVALID: u8 = 2;

/// What a valid file holds.
enum Content {
    Campaign(Box<Campaign>),
    Pack(Box<RulePack>),
}

/// Checks each file and returns the exit status: 0 when all are valid, else 2.
///
/// Valid files get a line on `out`, with their warnings; each other one a line
/// `FILE:LINE: COLUMN: found …: expected …` on `err`. The file `-` is standard input.
///
/// # Errors
/// Only when `out` or `err` cannot be written.
pub fn check(files: &[PathBuf], out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let mut status = VALID;
    for file in files {
        match check_file(file) {
            Ok(content) => report(file, &content, out)?,
            Err(error) => {
                status = INVALID;
                writeln!(err, "{error}")?;
            }
        }
    }
    Ok(status)
}

fn check_file(file: &Path) -> Result<Content, FileError> {
    let text = if file == Path::new("-") {
        io::read_to_string(io::stdin()).map_err(|source| FileError::Read {
            path: file.to_owned(),
            source,
        })?
    } else {
        read_text(file)?
    };
    content(&text).map_err(|error| FileError::Text {
        path: file.to_owned(),
        error,
    })
}

fn content(text: &str) -> Result<Content, TextError> {
    let top = Place { line: 1, column: 1 };
    let is_pack = match root_name(text) {
        Some("RulePack") => true,
        Some("Campaign") => false,
        Some(_) | None => place_of(text, "layers") != top,
    };
    if is_pack {
        RulePack::from_ron(text).map(|pack| Content::Pack(Box::new(pack)))
    } else {
        campaign_from_ron(text).map(|campaign| Content::Campaign(Box::new(campaign)))
    }
}

fn report(file: &Path, content: &Content, out: &mut dyn Write) -> io::Result<()> {
    let name = file.display();
    match content {
        Content::Campaign(campaign) => {
            let positions = campaign.positions.len();
            let legs = campaign
                .positions
                .iter()
                .map(|p| p.legs.len())
                .sum::<usize>();
            let title = &campaign.name;
            writeln!(
                out,
                "{name}: valid campaign “{title}”, {positions} positions, {legs} legs"
            )?;
            campaign
                .warnings()
                .iter()
                .try_for_each(|warning| writeln!(out, "{name}: note: {warning}"))
        }
        Content::Pack(pack) => {
            let (id, version) = (&pack.id, pack.version);
            let numbers = pack.slots().len();
            writeln!(
                out,
                "{name}: valid rule pack {id} version {version}, {numbers} numbers"
            )?;
            lint_pack(pack).iter().try_for_each(|lint| {
                let (kind, words) = (lint.kind.label(), &lint.words);
                writeln!(out, "{name}: note: {kind}: {words}")
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::check;

    fn run(files: &[std::path::PathBuf]) -> (u8, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = check(files, &mut out, &mut err).expect("writes to memory");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (status, text(out), text(err))
    }

    #[test]
    fn valid_and_damaged_files_are_told_apart_in_one_run() {
        let folder = tempfile::tempdir().expect("a folder");
        let pack = folder.path().join("pack.ron");
        fs::copy("assets/packs/alvh.ron", &pack).expect("copied");
        let campaign = folder.path().join("campaign.ron");
        fs::copy("tests/golden/campaigns/v1.ron", &campaign).expect("copied");
        let (status, out, err) = run(&[pack.clone(), campaign.clone()]);
        assert_eq!((status, err.as_str()), (0, ""));
        let shipped = crate::policy::RulePack::alvh();
        let (version, numbers) = (shipped.version, shipped.slots().len());
        let line = format!("valid rule pack alvh version {version}, {numbers} numbers");
        assert!(out.contains(&line), "{out}");
        assert!(out.contains("note: redundant: VIX above 16"), "{out}");
        assert!(out.contains("valid campaign “"), "{out}");

        let text = fs::read_to_string(&campaign).expect("read");
        let damaged = text.replacen("spx: ", "spx: x", 1);
        let line = 1 + text[..text.find("spx: ").expect("spx")]
            .matches('\n')
            .count();
        fs::write(&campaign, damaged).expect("written");
        let missing = folder.path().join("missing.ron");
        let (status, out, err) = run(&[pack, campaign.clone(), missing.clone()]);
        assert_eq!(status, 2);
        assert_eq!(
            out.lines().filter(|line| line.contains(": valid ")).count(),
            1
        );
        let lines = err.lines().collect::<Vec<_>>();
        assert_eq!(lines.len(), 2, "{err}");
        let place = format!("{}:{line}: ", campaign.display());
        assert!(lines[0].starts_with(&place), "{err}");
        assert!(
            lines[0].contains("found 'x") && lines[0].contains("expected float"),
            "{err}"
        );
        assert!(
            lines[1].starts_with(&format!("cannot read {}", missing.display())),
            "{err}"
        );
    }
}
