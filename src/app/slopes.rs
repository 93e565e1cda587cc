//! The slopes of the regression convention as a campaign's instant knows them, fitted once a library and day.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::fact::{Derived, close_known_at};
use crate::risk::vega_slopes::{VegaSlopes, VegaSlopesError};

type Found = Result<Arc<VegaSlopes>, VegaSlopesError>;

/// Market history with the slopes last asked for.
#[derive(Debug, Default)]
pub(super) struct SlopesDesk {
    history: Option<Arc<Derived>>,
    kept: Option<(Date, Found)>,
    is_new: bool,
}

impl SlopesDesk {
    /// Takes other history.
    pub(super) fn follow(&mut self, history: Option<&Arc<Derived>>) {
        let is_same = match (&self.history, history) {
            (Some(held), Some(next)) => Arc::ptr_eq(held, next),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !is_same {
            self.history = history.cloned();
            self.kept = None;
            self.is_new = true;
        }
    }

    /// Whether the history changed since the last call.
    pub(super) fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.is_new)
    }

    /// The slopes as they were known at an instant.
    ///
    /// # Errors
    /// Why there are none.
    pub(super) fn at(&mut self, as_of: Timestamp) -> Result<&Arc<VegaSlopes>, VegaSlopesError> {
        let day = close_known_at(as_of);
        let kept = self.kept.take().filter(|(known, _)| *known == day);
        let history = self.history.as_ref();
        let fit = || {
            let history = history.ok_or(VegaSlopesError::NoHistory)?;
            history.vega_slopes_at(as_of).map(Arc::new)
        };
        let (_, found) = self.kept.insert(kept.unwrap_or_else(|| (day, fit())));
        found.as_ref().map_err(|error| *error)
    }
}
