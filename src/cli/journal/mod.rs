//! `palisade journal FILE…`: what campaigns came to, as text, as one JSON object, or as tables in a folder.

mod json;
mod lessons;
mod text;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{fs, iter};

use crate::document::store::files_of;
use crate::document::{Campaign, FileError, campaign_from_ron, read_text, write_file};
use crate::journal::{CampaignReview, CampaignSummary, Filter, Review};
use crate::ui::export::csv::journal::{JournalTable, Reviewed, campaigns as campaigns_csv};

/// Exit status when every campaign could be read.
const DONE: u8 = 0;
/// Exit status for bad input.
const BAD_INPUT: u8 = 2;

/// Arguments of `palisade journal`.
#[derive(Clone, Debug, clap::Args)]
pub struct JournalArgs {
    /// Campaigns (.ron), or folders for all campaigns in them; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// One JSON object instead of text
    #[arg(long)]
    pub json: bool,
    /// Folder for tables as CSV: campaigns, fills, entries, marks kept, profit by cause and leg, decisions, choices
    #[arg(long, value_name = "OUTDIR")]
    pub csv: Option<PathBuf>,
}

/// A campaign that is worked through.
struct Worked {
    file: String,
    campaign: Campaign,
    review: CampaignReview,
}

/// Writes what the campaigns came to, to `out`, and one line per problem to `err`. Campaigns that can be read are
/// reviewed although others cannot. Returns the exit status: 0, or 2 on bad input or a folder that cannot be written.
///
/// # Errors
/// Only when `out` or `err` cannot be written.
pub fn run(args: &JournalArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let (mut worked, mut problems) = (Vec::new(), Vec::new());
    for path in args.files.iter().flat_map(|path| expanded(path)) {
        match path.and_then(|path| work(&path)) {
            Ok(done) => worked.push(done),
            Err(problem) => problems.push(problem),
        }
    }
    if !worked.is_empty() {
        if args.json {
            serde_json::to_writer_pretty(&mut *out, &json::JsonJournal::of(&worked))?;
            writeln!(out)?;
        } else {
            text::write(&worked, out)?;
        }
        if let Some(folder) = &args.csv {
            problems.extend(write_tables(folder, &worked).err());
        }
    }
    for problem in &problems {
        writeln!(err, "{problem}")?;
    }
    Ok(if problems.is_empty() { DONE } else { BAD_INPUT })
}

/// What all of them taught.
fn review_of(worked: &[Worked]) -> Review {
    let all: Vec<&CampaignSummary> = worked.iter().map(|one| &one.review.summary).collect();
    Review::of(&all, &Filter::default())
}

/// The files that an argument means.
fn expanded(path: &Path) -> Vec<Result<PathBuf, String>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    match files_of(path) {
        Ok(files) if files.is_empty() => vec![Err(format!(
            "{}: found no campaigns: expected files ending in .ron",
            path.display()
        ))],
        Ok(files) => files.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(format!("cannot read {}: {error}", path.display()))],
    }
}

fn work(path: &Path) -> Result<Worked, String> {
    let campaign = read(path).map_err(|error| error.to_string())?;
    Ok(Worked {
        file: path.display().to_string(),
        review: CampaignReview::of(&campaign),
        campaign,
    })
}

fn read(path: &Path) -> Result<Campaign, FileError> {
    let text = if path == Path::new("-") {
        io::read_to_string(io::stdin()).map_err(|source| FileError::Read {
            path: path.to_owned(),
            source,
        })?
    } else {
        read_text(path)?
    };
    campaign_from_ron(&text).map_err(|error| FileError::Text {
        path: path.to_owned(),
        error,
    })
}

/// Every table, a file each.
fn write_tables(folder: &Path, worked: &[Worked]) -> Result<(), String> {
    fs::create_dir_all(folder)
        .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let reviewed: Vec<Reviewed<'_>> = worked
        .iter()
        .map(|one| Reviewed {
            file: &one.file,
            campaign: &one.campaign,
            review: &one.review,
        })
        .collect();
    let list = worked
        .iter()
        .map(|one| (one.file.as_str(), &one.review.summary));
    let tables = JournalTable::ALL
        .iter()
        .map(|table| (table.file_stem(), table.csv(&reviewed)));
    for (stem, text) in iter::once(("campaigns", campaigns_csv(list))).chain(tables) {
        let path = folder.join(stem).with_extension("csv");
        write_file(&path, text.as_bytes()).map_err(|error| error.to_string())?;
    }
    Ok(())
}
