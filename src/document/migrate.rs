//! Files of earlier schemas, brought to this one.

use std::sync::Arc;

use super::campaign::{CAMPAIGN_SCHEMA, Campaign};
use super::journal::{Journal, JournalEntry};
use crate::instrument::{EntryId, Trade};

/// A campaign of an earlier schema as one of this schema. A file of this schema stays as it is.
///
/// Schema 1 had no entries: fills of one time, action, reason and position become one. Its other fields mean the
/// same.
pub(super) fn migrated(mut campaign: Campaign) -> Campaign {
    if campaign.schema != 1 {
        return campaign;
    }
    campaign.schema = CAMPAIGN_SCHEMA;
    let mut journal = Journal::clone(&campaign.journal);
    let mut first_fills: Vec<(Trade, EntryId)> = Vec::new();
    for trade in &mut campaign.trades {
        let same = first_fills
            .iter()
            .find(|(first, _)| is_one_thing(first, trade));
        trade.entry = same.map(|(_, entry)| *entry);
        // A file whose next number is spent is refused later, with its place; here it must not overflow.
        let Some(next_id) = campaign.next_id.checked_add(1) else {
            return campaign;
        };
        if trade.entry.is_none() {
            let id = EntryId(campaign.next_id);
            campaign.next_id = next_id;
            trade.entry = Some(id);
            first_fills.push((trade.clone(), id));
            journal.entries.push(JournalEntry {
                id,
                reason: trade.reason.clone(),
                ..JournalEntry::new(trade.at, Some(trade.action), "")
            });
        }
    }
    campaign.journal = Arc::new(journal);
    campaign
}

fn is_one_thing(first: &Trade, other: &Trade) -> bool {
    (first.at, first.action, &first.reason, first.position)
        == (other.at, other.action, &other.reason, other.position)
}
