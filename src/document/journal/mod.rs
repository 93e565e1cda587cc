//! The journal of a campaign: what was done and why, the marks kept with it, and what was corrected since.
//!
//! The unit of account is campaign → structure → leg → fill. Fills are the campaign's trades; a [`JournalEntry`]
//! binds those that were one thing done (a roll closes and opens), with its reason and, where it was decided in
//! the desk, a [`DecisionRecord`] of all that was known and weighed. [`Moment`]s are marks kept: what values the
//! days between. Nothing here can be recomputed from the rest of the file.

mod audit;
mod command;
mod decision_record;
mod details;
mod entry;
mod fills;
mod holdings;
mod import_queue;
mod moment;
mod take_over;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use audit::AuditLine;
pub use command::JournalCommand;
pub use decision_record::{
    ChoiceRecord, ChoiceTrade, DecisionRecord, FactRecord, FindingRecord, LimitRecord,
    RecordedValue, VerdictRecord,
};
pub use details::{CustomField, CustomValue, Details, MAX_CUSTOM_FIELDS, Picture};
pub use entry::{EntrySource, JournalEntry, StructureRecord, ThresholdChange};
pub use fills::{FillError, book_after, fill_commands, settlement_fills, unwritten_openings};
pub use holdings::{HoldingRow, compare_holdings, holding_commands};
pub use import_queue::{Destination, ImportQueue, OtherCampaign, QueueEdit};
pub use moment::{Moment, MomentId, MomentSource};
pub use take_over::{TakeOverError, TakenOver, held_lots, take_over};

use super::campaign::Campaign;
use super::fault::Fault;
use crate::instrument::EntryId;
use crate::market::{Marks, SharedChain};
use crate::policy::{PackRef, RulePack};

/// Everything of the journal but the fills and the notes, which stand beside it in the campaign.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Journal {
    /// Setup, tags, own fields and pictures.
    pub details: Details,
    /// What was done, in no particular order.
    pub entries: Vec<JournalEntry>,
    /// Names of structures that have left the book but have fills.
    pub structures: Vec<StructureRecord>,
    /// Marks kept, ascending in time.
    pub moments: Vec<Moment>,
    /// Option chains of the moments, each once.
    pub chains: Vec<SharedChain>,
    /// Own rule packs under which something was decided, each version once.
    pub packs: Vec<Arc<RulePack>>,
    /// Corrections of fills, oldest first.
    pub audit: Vec<AuditLine>,
    /// Thresholds that the trader took over from what the journal taught, oldest first.
    pub thresholds: Vec<ThresholdChange>,
}

impl Journal {
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The entry of that number.
    pub fn entry(&self, id: EntryId) -> Option<&JournalEntry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The moment of that number.
    pub fn moment(&self, id: MomentId) -> Option<&Moment> {
        self.moments.iter().find(|moment| moment.id == id)
    }

    /// The marks of a moment, with their chain.
    pub fn marks_of(&self, moment: &Moment) -> Marks {
        Marks {
            chain: moment
                .chain
                .and_then(|place| self.chains.get(place))
                .cloned(),
            ..moment.marks.clone()
        }
    }

    /// The pack of a decision: one that the journal keeps, else a shipped one.
    pub fn pack(&self, reference: &PackRef) -> Option<&RulePack> {
        let kept = self
            .packs
            .iter()
            .find(|pack| pack.reference() == *reference);
        kept.map(Arc::as_ref).or_else(|| RulePack::find(reference))
    }

    /// Whether a decision rests on a moment, which must then stay as it is.
    pub fn is_decided_on(&self, id: MomentId) -> bool {
        let decisions = self
            .entries
            .iter()
            .filter_map(|entry| entry.decision.as_ref());
        decisions.into_iter().any(|record| record.moment == id)
    }
}

impl Campaign {
    /// Checks the journal, as at the door of a file.
    pub(super) fn check_journal(&self) -> Result<(), Fault> {
        let journal = &self.journal;
        journal
            .details
            .check()
            .map_err(|fault| fault.within("journal.details"))?;
        for (index, entry) in journal.entries.iter().enumerate() {
            entry
                .check(journal)
                .map_err(|fault| fault.within(&format!("journal.entries[{index}]")))?;
        }
        for (index, moment) in journal.moments.iter().enumerate() {
            moment
                .check(journal)
                .map_err(|fault| fault.within(&format!("journal.moments[{index}]")))?;
        }
        for (index, pack) in journal.packs.iter().enumerate() {
            let within = format!("journal.packs[{index}]");
            pack.check()
                .map_err(|fault| Fault::from(fault).within(&within))?;
        }
        for (index, trade) in self.trades.iter().enumerate() {
            if let Some(id) = trade.entry.filter(|id| journal.entry(*id).is_none()) {
                let expected = "the number of an entry of the journal";
                return Err(Fault::new(
                    format!("trades[{index}].entry"),
                    id.0.to_string(),
                    expected,
                ));
            }
        }
        Ok(())
    }
}
