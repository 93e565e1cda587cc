//! The report of a campaign as Markdown, with pictures in a folder beside it.

mod journal;

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use thiserror::Error;

use super::Report;
use super::layout::{Block, Table, inline};
use super::session::Session;
use super::text::{DISCLAIMER, Section, as_of, sections};
use crate::document::{Account, Campaign, FileError, write_file};
use crate::journal::CampaignReview;
use crate::market::ParamKey;
use crate::policy::RulePack;
use crate::ui::export::{FileKind, Look, picture};
use crate::ui::format::{date, trimmed};
use crate::ui::panels::PanelKind;
use crate::ui::raster::RasterError;
use crate::ui::workspace::ThemeChoice;
use crate::ui::{AdviceView, HistoryView, PanelContext, Workspace};
use crate::valuation::{GreekCurves, Valuation};

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
}

/// Why a report could not be written.
#[derive(Debug, Error)]
pub enum ReportError {
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The folder of the pictures could not be made.
    #[error("{0}: cannot be made: {1}")]
    Folder(String, std::io::Error),
    /// A picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] RasterError),
}

/// A picture of a report: its panel, its file, and the words instead of it.
const PICTURES: [(PanelKind, &str, &str); 4] = [
    (
        PanelKind::Payoff,
        "payoff",
        "Profit and loss against SPX, by date",
    ),
    (
        PanelKind::Greeks,
        "greeks",
        "A Greek of the book against SPX",
    ),
    (
        PanelKind::JointMap,
        "joint-map",
        "Profit and loss over SPX moves and VIX levels",
    ),
    (
        PanelKind::PlTable,
        "pl-table",
        "Profit and loss by SPX level and date",
    ),
];

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
    let has_pictures = !report.campaign.positions.is_empty();
    if has_pictures {
        fs::create_dir_all(&place)
            .map_err(|error| ReportError::Folder(place.display().to_string(), error))?;
        for (name, bytes) in pictures(report)? {
            write_file(&place.join(name), &bytes)?;
        }
    }
    let text = text(report, has_pictures.then_some(&folder));
    write_file(path, text.as_bytes())?;
    Ok(())
}

/// The pictures as files: name and bytes.
fn pictures(report: &MarkdownReport<'_>) -> Result<Vec<(String, Vec<u8>)>, RasterError> {
    let (valuation, workspace) = (report.valuation, report.workspace);
    let curves = valuation.curves(&workspace.curve_request(valuation));
    let greeks = GreekCurves::of(valuation, &workspace.greek_request(valuation));
    let context = PanelContext {
        campaign: report.campaign,
        valuation,
        curves: &curves,
        greeks: &greeks,
        workspace,
        pack: report.pack,
        account: report.account,
        before: None,
        what_if: None,
        library: None,
        packs: crate::ui::PacksView::default(),
        history: HistoryView::default(),
        journal: crate::ui::JournalView::default(),
        advice: AdviceView::default(),
        now: report.campaign.marks.as_of,
    };
    let look = Look::plain(ThemeChoice::Light);
    let drawn = PICTURES.map(|(panel, name, _)| {
        let bytes = picture::picture_file(panel, &context, FileKind::Png, look)?;
        Ok((format!("{name}.png"), bytes))
    });
    drawn.into_iter().collect()
}

/// The report's text; `folder` holds the pictures.
#[must_use]
pub fn text(report: &MarkdownReport<'_>, folder: Option<&String>) -> String {
    let session = Session::of(report.campaign.clone());
    let valuation = Cow::Borrowed(report.valuation);
    let valued = Report::of_valued(&session, valuation, report.pack, report.account, None);
    let mut text = head(&valued);
    if let Some(folder) = folder {
        for (panel, name, words) in PICTURES {
            let label = panel.label();
            // blanks would end the link
            let folder = folder.replace(' ', "%20");
            let picture = format!("## {label}\n\n![{words}]({folder}/{name}.png)\n\n");
            text.push_str(&picture);
        }
    }
    let mut all = sections(&valued);
    let problems = all.pop();
    all.push(parameters(report));
    let review = CampaignReview::of(report.campaign);
    all.extend(journal::sections(report.campaign, &review));
    all.push(notes(report.campaign));
    all.extend(problems);
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
