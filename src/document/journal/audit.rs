//! Corrections of fills: what stood there before.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::instrument::Trade;

/// A fill that was corrected or removed after it had been written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditLine {
    /// When it was corrected; `None` where the command did not say.
    pub at: Option<Timestamp>,
    /// The fill as it was.
    pub before: Trade,
    /// The fill as it became; `None` when it was removed.
    pub after: Option<Trade>,
}
