//! The loop: apply actions → value → draw. With `main` the only reader of the clock.

mod actions;
mod closing;
mod desk;
mod files;
mod opening;
mod saving;
mod session;
mod what_if;
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
}
