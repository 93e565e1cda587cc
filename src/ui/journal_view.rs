//! What panels see of the journal, and what they may ask for.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::import_view::{ImportEdit, ImportView};
use crate::document::Campaign;
use crate::document::journal::{DecisionRecord, JournalEntry};
use crate::journal::{CampaignReview, IndexRow, PastMoment};

/// The journal as panels see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct JournalView<'a> {
    /// The campaign in the window worked through, once that is done; of the book as held, in a what-if too.
    pub review: Option<&'a Arc<CampaignReview>>,
    /// The campaign that the review is of: it may be a change behind.
    pub campaign: Option<&'a Arc<Campaign>>,
    /// Whether the campaign has changed since.
    pub is_stale: bool,
    /// Every campaign of the user's folder, by file name.
    pub list: &'a [IndexRow],
    /// Whether the list has the days, events and decisions that a review rests on.
    pub is_whole: bool,
    /// Grows whenever the list changes: what is made of it can be kept.
    pub list_revision: u64,
    /// The file of the campaign in the window, when it is one of the list.
    pub open_file: Option<&'a str>,
    /// How many of how many files are read, while they are.
    pub loading: Option<(usize, usize)>,
    /// The past instant at which the desk is shown, if it is.
    pub past: Option<PastView<'a>>,
    /// Why the list could not be read.
    pub trouble: Option<&'a str>,
    /// A broker's file under review.
    pub import: ImportView<'a>,
}

/// Which view of the journal is in front.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum JournalPage {
    /// The campaign in the window.
    #[default]
    Campaign,
    /// All campaigns.
    List,
    /// What the closed campaigns taught.
    Review,
    /// The fills of the campaign in the window.
    Fills,
    /// Its notes.
    Notes,
}

/// What is shown of a moment at which something was decided and recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PastFace {
    /// Verdict, findings and choices as recorded, of the book and the marks that they were recorded of.
    #[default]
    Recorded,
    /// The same book and marks, judged again now.
    JudgedNow,
    /// The book after what was then done, judged now.
    After,
}

/// The desk as it was at a past instant: everything else that panels read is then of that instant, and nothing of it
/// can be changed.
#[derive(Clone, Copy, Debug)]
pub struct PastView<'a> {
    /// The moment: an instant, and of several decisions then which.
    pub moment: PastMoment,
    /// Every moment that can be looked at, oldest first.
    pub moments: &'a [PastMoment],
    /// Those of them at which a decision was recorded, by their place.
    pub decided: &'a [usize],
    /// The decision recorded at this moment.
    pub entry: Option<&'a JournalEntry>,
    /// What is shown of it.
    pub face: PastFace,
}

impl<'a> PastView<'a> {
    /// Which of how many decisions on the same marks it is, from 1; `None` where it is the only one.
    pub fn which(&self) -> Option<(usize, usize)> {
        let at = |moment: &&PastMoment| moment.at == self.moment.at && moment.entry.is_some();
        let same: Vec<&PastMoment> = self.moments.iter().filter(at).collect();
        let place = same.iter().position(|moment| **moment == self.moment)?;
        (same.len() > 1).then_some((place + 1, same.len()))
    }

    /// The entry and the record that are shown as recorded.
    pub fn recorded(&self) -> Option<(&'a JournalEntry, &'a DecisionRecord)> {
        let entry = self.entry.filter(|_| self.face == PastFace::Recorded)?;
        Some((entry, entry.decision.as_deref()?))
    }
}

impl<'a> JournalView<'a> {
    /// The entry and the record that are shown in place of what would be judged now.
    pub fn recorded(&self) -> Option<(&'a JournalEntry, &'a DecisionRecord)> {
        self.past?.recorded()
    }
}

/// What panels may ask of the journal beside changes of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalEdit {
    /// Open a campaign of the list, by its file's name.
    Open(String),
    /// Read the folder of campaigns again.
    Reload,
    /// Write down that everything stays as it is, with all that was weighed and the trader's reason.
    Hold(String),
    /// Keep the marks as they are, as a day of the journal.
    KeepMarks,
    /// Add the days without marks of their own from market history.
    AddHistoryDays,
    /// Show the desk as it was at a moment; `None` for now.
    Past(Option<PastMoment>),
    /// Show another side of the past moment.
    Face(PastFace),
    /// Decide about a broker's file under review.
    Import(ImportEdit),
}
