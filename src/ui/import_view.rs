//! What panels see of a broker's file under review, and what they may ask for.

use crate::document::journal::{ImportQueue, QueueEdit};

/// An import as panels see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportView<'a> {
    /// The file under review, if one is.
    pub queue: Option<&'a ImportQueue>,
    /// Name of the file that is being read.
    pub reading: Option<&'a str>,
    /// Zone of clocks that the file under review states without one, as it was read; by its name in the zone database.
    pub zone: &'a str,
}

/// What panels may ask of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportEdit {
    /// A decision about the file under review.
    Change(QueueEdit),
    /// Read the file again with its clocks in another zone; decisions made so far are lost.
    Zone(String),
    /// Take over what is chosen.
    TakeOver,
    /// Take nothing over.
    Cancel,
}
