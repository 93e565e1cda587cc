//! The loop: apply actions → value → draw. With `main` the only reader of the clock.

mod actions;
mod advice;
mod closing;
mod context;
mod desk;
mod desk_advice;
mod desk_library;
mod desk_what_if;
mod draft_commands;
mod draft_edit;
mod drafts;
mod exporting;
mod files;
mod focus;
mod history_files;
mod import_queue;
mod import_read;
mod import_take;
mod journal_desk;
mod journal_marks;
mod keeping;
mod library;
mod look;
mod opening;
mod pack_judge;
mod packs;
mod past;
mod reach;
mod recent;
mod remaking;
mod report;
mod saving;
mod session;
mod session_what_if;
mod slopes;
mod standing;
mod step_order;
mod tables;
mod what_if;
mod window;

pub use desk::Desk;
pub use session::{Derived, Session};
pub use window::{DeskError, run_desk};

use crate::document::{Campaign, campaign_from_ron};

/// The sample campaign's file, as shipped.
const SAMPLE: &str = include_str!("../../assets/samples/condor.ron");

/// The sample campaign: ten condors with three VIX layers on plausible marks.
///
/// # Panics
/// Never: the file is part of the program, and a test reads it.
pub fn sample_campaign() -> Campaign {
    campaign_from_ron(SAMPLE).expect("the shipped sample is valid; a test reads it")
}

/// The journal sample's file, as shipped.
const JOURNAL_SAMPLE: &str = include_str!("../../assets/samples/journal.ron");

/// The sample of a campaign that is over, with its journal.
///
/// # Panics
/// Never: the file is part of the program, and a test reads it.
pub fn journal_sample() -> Campaign {
    campaign_from_ron(JOURNAL_SAMPLE).expect("the shipped sample is valid; a test reads it")
}

/// The wall clock: for the age of marks and for dates of new documents, never for a price.
#[expect(
    clippy::disallowed_methods,
    reason = "the app is where the clock is read"
)]
fn clock() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
