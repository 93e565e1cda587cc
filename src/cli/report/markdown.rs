//! The report of a campaign as Markdown, with pictures in a folder beside it.

mod journal;
mod pictures;

use std::borrow::Cow;
use std::path::Path;
use std::{fs, io};

use thiserror::Error;

use self::pictures::Pictures;
use super::layout::{Block, Table, inline};
use super::session::Session;
use super::text::{DISCLAIMER, Section, as_of, sections};
use super::{Known, Report};
use crate::document::{Account, Attempt, Campaign, FileError, write_file};
use crate::fact::Derived;
use crate::journal::{CampaignReview, JournalFacts};
use crate::market::ParamKey;
use crate::policy::RulePack;
use crate::ui::Workspace;
use crate::ui::format::{date, trimmed};
use crate::ui::raster::RasterError;
use crate::valuation::Valuation;

/// What a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct MarkdownReport<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// Its valuation.
    pub valuation: &'a Valuation,
    /// What the plots show; the pictures are light, as a document is.
    pub workspace: &'a Workspace,
    /// The account.
    pub account: &'a Account,
    /// The rule pack in force.
    pub pack: &'a RulePack,
    /// Market history, where there is some.
    pub history: Option<&'a Derived>,
}

/// Why a report could not be written.
#[derive(Debug, Error)]
pub enum ReportError {
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] RasterError),
}

impl ReportError {
    /// What went wrong and what to do about it.
    pub fn told(&self) -> String {
        match self {
            Self::File(error) => error.told(Attempt::Export),
            Self::Picture(error) => error.to_string(),
        }
    }
}

/// Writes a report to `path` and its pictures to a folder beside it, `july_files/` for `july.md`. The text
/// comes last, so that it never names a picture that is not there.
///
/// # Errors
/// [`ReportError`]; an older report is then still there, perhaps with newer pictures.
pub fn write(report: &MarkdownReport<'_>, path: &Path) -> Result<(), ReportError> {
    let stem = path.file_stem().map_or_else(
        || "report".into(),
        |stem| stem.to_string_lossy().into_owned(),
    );
    let folder = format!("{stem}_files");
    let place = path.with_file_name(&folder);
    let review = CampaignReview::with_steps(report.campaign);
    let pictures = Pictures::of(report, &review, folder)?;
    if !pictures.is_empty() {
        make_folder(&place)?;
        for picture in pictures.all() {
            write_file(&place.join(&picture.name), &picture.bytes)?;
        }
    }
    let text = text_of(report, &review, &pictures);
    write_file(path, text.as_bytes())?;
    Ok(())
}

/// Makes the folder of the pictures, and none above it: a folder that was mistyped is not made.
fn make_folder(place: &Path) -> Result<(), FileError> {
    match fs::create_dir(place) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && place.is_dir() => Ok(()),
        made => made.map_err(|source| FileError::Write {
            path: place.to_owned(),
            source,
        }),
    }
}

/// The report's text without pictures.
#[must_use]
pub fn text(report: &MarkdownReport<'_>) -> String {
    let review = CampaignReview::of(report.campaign);
    text_of(report, &review, &Pictures::default())
}

fn text_of(report: &MarkdownReport<'_>, review: &CampaignReview, pictures: &Pictures) -> String {
    let session = Session::of(report.campaign.clone());
    let valuation = Cow::Borrowed(report.valuation);
    let facts = JournalFacts::of(&review.attribution);
    let known = Known {
        history: report.history,
        journal: &facts,
    };
    let valued = Report::of_valued(&session, valuation, report.pack, report.account, known);
    let mut all = pictures.plots();
    all.extend(sections(&valued));
    let problems = all.pop();
    all.push(parameters(report));
    all.extend(journal::sections(report.campaign, review, pictures));
    all.push(notes(report.campaign));
    all.extend(problems);
    let mut text = head(&valued);
    for Section { title, blocks } in all {
        let body: String = blocks.iter().map(Block::markdown).collect();
        if !body.is_empty() {
            for part in ["## ", &inline(&title), "\n\n", &body] {
                text.push_str(part);
            }
        }
    }
    text + "---\n\n" + DISCLAIMER + "\n"
}

fn head(report: &Report<'_>) -> String {
    let campaign = &report.session.campaign;
    let rules = &campaign.pack;
    format!(
        "# {}\n\nMarks of {} New York. Begun {}. Rules {} version {}. Palisade {}.\n\n> {DISCLAIMER}\n\n",
        inline(&campaign.name),
        as_of(report),
        date(crate::calendar::new_york_date(campaign.created)),
        inline(&rules.id),
        inline(&rules.version.to_string()),
        env!("CARGO_PKG_VERSION"),
    )
}

/// Every parameter of the model, with where its number comes from.
fn parameters(report: &MarkdownReport<'_>) -> Section {
    let mut table = Table::new(&["parameter", "value", "shipped", ""]);
    for &key in ParamKey::ALL {
        let spec = key.spec();
        let value = report.campaign.model.value(key);
        let source = if value == spec.default {
            spec.source.label()
        } else {
            "your own"
        };
        let unit = |value: f64| {
            format!("{} {}", trimmed(value, 4), spec.unit)
                .trim()
                .to_owned()
        };
        table.row([
            spec.label.to_owned(),
            unit(value),
            unit(spec.default),
            format!("{source}: {}", spec.why),
        ]);
    }
    Section {
        title: "Model, with the source of every number".to_owned(),
        blocks: vec![Block::Table(table)],
    }
}

/// What was noted, oldest first.
fn notes(campaign: &Campaign) -> Section {
    let mut notes: Vec<_> = campaign.notes.iter().collect();
    notes.sort_by_key(|note| note.at);
    let lines = notes.into_iter().map(|note| {
        let tags = if note.tags.is_empty() {
            String::new()
        } else {
            format!(" ({})", note.tags.join(", "))
        };
        format!("{}: {}{tags}", date(note.at.date()), note.text)
    });
    Section {
        title: "Notes".to_owned(),
        blocks: vec![Block::Lines(lines.collect())],
    }
}
