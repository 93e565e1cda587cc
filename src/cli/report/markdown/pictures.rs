//! The pictures of a report: the plots of the book as it is, and of the journal what was done and what it brought.

use super::MarkdownReport;
use crate::cli::report::layout::Block;
use crate::cli::report::text::Section;
use crate::document::Campaign;
use crate::journal::{CampaignReview, Step};
use crate::ui::PanelContext;
use crate::ui::export::{FileKind, Look, picture};
use crate::ui::format::date;
use crate::ui::panels::PanelKind;
use crate::ui::panels::journal::pictures as of_journal;
use crate::ui::raster::RasterError;
use crate::ui::workspace::ThemeChoice;
use crate::valuation::GreekCurves;

/// The plots of the book: panel, file, and the words instead of the picture.
const PLOTS: [(PanelKind, &str, &str); 4] = [
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

/// A picture as a file.
pub(super) struct Picture {
    /// Name of its file.
    pub name: String,
    /// The words instead of it.
    words: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Every picture of a report.
#[derive(Default)]
pub(super) struct Pictures {
    folder: String,
    plots: Vec<(PanelKind, Picture)>,
    attribution: Option<Picture>,
    profit: Option<Picture>,
    /// Of steps with fills, by their place in the review.
    steps: Vec<(usize, Picture)>,
}

impl Pictures {
    /// Draws them; a document is light, whatever the desk is.
    pub(super) fn of(
        report: &MarkdownReport<'_>,
        review: &CampaignReview,
        folder: String,
    ) -> Result<Self, RasterError> {
        let look = Look::plain(ThemeChoice::Light);
        let named = |name: &str, words: &str, bytes| Picture {
            name: format!("{name}.png"),
            words: words.to_owned(),
            bytes,
        };
        let campaign = report.campaign;
        if review.ledger.fills.is_empty() {
            return Ok(Self {
                folder,
                plots: plots(report, look)?,
                ..Self::default()
            });
        }
        let words = "Profit by its causes over time";
        let attribution = of_journal::attribution(campaign, review, look)?;
        let profit = of_journal::running_profit(campaign, review, look)?;
        let mut steps = Vec::new();
        for (place, step) in review.steps.iter().enumerate() {
            if step.fills.is_empty() {
                continue;
            }
            let title = title_of(campaign, step);
            let bytes = of_journal::step(campaign, step, &title, look)?;
            let words = format!("The payoff before and after: {title}");
            let name = format!("step-{:02}", steps.len() + 1);
            steps.push((place, named(&name, &words, bytes)));
        }
        Ok(Self {
            folder,
            plots: plots(report, look)?,
            attribution: attribution.map(|bytes| named("attribution", words, bytes)),
            profit: profit.map(|bytes| named("running-profit", "The running profit", bytes)),
            steps,
        })
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Picture> {
        let plots = self.plots.iter().map(|(_, picture)| picture);
        let steps = self.steps.iter().map(|(_, picture)| picture);
        plots
            .chain(&self.attribution)
            .chain(&self.profit)
            .chain(steps)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// The plots of the book, a section each.
    pub(super) fn plots(&self) -> Vec<Section> {
        let plots = self.plots.iter();
        plots
            .map(|(panel, picture)| Section {
                title: panel.label().to_owned(),
                blocks: vec![self.block(picture)],
            })
            .collect()
    }

    /// The profit by its causes, if it is drawn.
    pub(super) fn attribution(&self) -> Option<Block> {
        self.attribution.as_ref().map(|picture| self.block(picture))
    }

    /// The running profit, if it is drawn.
    pub(super) fn profit(&self) -> Option<Block> {
        self.profit.as_ref().map(|picture| self.block(picture))
    }

    /// The payoff before and after the step of that place, if it is drawn.
    pub(super) fn step(&self, place: usize) -> Option<Block> {
        let found = self.steps.iter().find(|(known, _)| *known == place);
        found.map(|(_, picture)| self.block(picture))
    }

    fn block(&self, picture: &Picture) -> Block {
        let path = format!("{}/{}", self.folder, picture.name);
        Block::Picture(picture.words.clone(), path)
    }
}

/// `Open: Open August condor, 24 Jun 26`.
fn title_of(campaign: &Campaign, step: &Step) -> String {
    let action = step.action.map_or("Hold", |action| action.label());
    let day = date(crate::calendar::new_york_date(step.at));
    let entries = &campaign.journal.entries;
    let entry = entries.iter().find(|entry| Some(entry.id) == step.entry);
    match entry.map(|entry| entry.title.as_str()) {
        None | Some("") => format!("{action}, {day}"),
        Some(title) if title == action => format!("{action}, {day}"),
        Some(title) => format!("{action}: {title}, {day}"),
    }
}

/// The plots of what is held; none without positions.
fn plots(
    report: &MarkdownReport<'_>,
    look: Look<'_>,
) -> Result<Vec<(PanelKind, Picture)>, RasterError> {
    if report.campaign.positions.is_empty() {
        return Ok(Vec::new());
    }
    let (valuation, workspace) = (report.valuation, report.workspace);
    let curves = valuation.curves(&workspace.curve_request(valuation));
    let greeks = GreekCurves::of(valuation, &workspace.greek_request(valuation));
    let context = PanelContext::alone(
        (report.campaign, valuation),
        (&curves, &greeks),
        (workspace, report.pack, report.account),
    );
    let drawn = PLOTS.map(|(panel, name, words)| {
        let bytes = picture::picture_file(panel, &context, FileKind::Png, look)?;
        let picture = Picture {
            name: format!("{name}.png"),
            words: words.to_owned(),
            bytes,
        };
        Ok((panel, picture))
    });
    drawn.into_iter().collect()
}
