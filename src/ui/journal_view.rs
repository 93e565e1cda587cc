//! What panels see of the journal, and what they may ask for.

use std::sync::Arc;

use jiff::Timestamp;

use super::import_view::{ImportEdit, ImportView};
use crate::document::Campaign;
use crate::journal::{CampaignReview, IndexRow};

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

/// The desk as it was at a past instant: everything else that panels read is then of that instant, and nothing of it
/// can be changed.
#[derive(Clone, Copy, Debug)]
pub struct PastView<'a> {
    /// The instant.
    pub at: Timestamp,
    /// Every instant that can be looked at, oldest first.
    pub instants: &'a [Timestamp],
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
    /// Show the desk as it was at an instant; `None` for now.
    Past(Option<Timestamp>),
    /// Decide about a broker's file under review.
    Import(ImportEdit),
}
