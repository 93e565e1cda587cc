//! The campaign as it was at a past instant: its book, the marks of the time, the numbers that it was decided under.

use jiff::Timestamp;

use super::ledger::Ledger;
use crate::calendar::new_york_instant;
use crate::document::Campaign;
use crate::document::journal::{DecisionRecord, JournalEntry};

/// The instants at which a campaign can be looked at: those of its marks and of what was done, not after its marks
/// now, oldest first.
pub fn past_instants(campaign: &Campaign, ledger: &Ledger) -> Vec<Timestamp> {
    let journal = &campaign.journal;
    let moments = journal.moments.iter().map(|moment| moment.at());
    let entries = journal
        .entries
        .iter()
        .map(|entry| new_york_instant(entry.at));
    let fills = ledger.fills.iter().map(|fill| fill.at);
    let mut all: Vec<Timestamp> = moments.chain(entries).chain(fills).collect();
    all.retain(|at| *at < campaign.marks.as_of);
    all.sort_unstable();
    all.dedup();
    all
}

/// The decision recorded at an instant; of several the one written last.
pub fn decision_at(campaign: &Campaign, at: Timestamp) -> Option<&JournalEntry> {
    let entries = campaign.journal.entries.iter();
    let decided = entries.filter(|entry| entry.decision.is_some());
    decided
        .filter(|entry| new_york_instant(entry.at) == at)
        .max_by_key(|entry| entry.id)
}

/// The campaign as it was when something was decided: book, marks, model, settings and pack as the record keeps
/// them, before what was then done. `None` when the entry has no record, or its marks are gone.
pub fn as_decided(campaign: &Campaign, entry: &JournalEntry) -> Option<Campaign> {
    let record = entry.decision.as_deref()?;
    let journal = &campaign.journal;
    let at = new_york_instant(entry.at);
    let mut was = Campaign {
        marks: journal.marks_of(journal.moment(record.moment)?),
        positions: record.positions.clone(),
        ..written_by(campaign, at)
    };
    was.trades.retain(|trade| trade.entry != Some(entry.id));
    decide_under(&mut was, record);
    Some(was)
}

/// The campaign as it was after what was done at an instant: the fills so far in the book, the newest marks kept by
/// then (the oldest ones before any), and model, settings and rule pack of the newest decision by then. `None` when
/// no marks are kept.
pub fn as_it_was(campaign: &Campaign, ledger: &Ledger, at: Timestamp) -> Option<Campaign> {
    let journal = &campaign.journal;
    let by_then = journal.moments.iter().rfind(|moment| moment.at() <= at);
    let moment = by_then.or_else(|| journal.moments.first())?;
    let mut was = Campaign {
        marks: journal.marks_of(moment),
        positions: ledger.book_at(at),
        ..written_by(campaign, at)
    };
    let decided = journal
        .entries
        .iter()
        .filter(|entry| new_york_instant(entry.at) <= at);
    let newest = decided
        .filter(|entry| entry.decision.is_some())
        .max_by_key(|entry| entry.at);
    if let Some(record) = newest.and_then(|entry: &JournalEntry| entry.decision.as_deref()) {
        decide_under(&mut was, record);
    }
    Some(was)
}

/// The campaign with the fills and notes of up to an instant.
fn written_by(campaign: &Campaign, at: Timestamp) -> Campaign {
    let is_past = |time: jiff::civil::DateTime| new_york_instant(time) <= at;
    let trades = campaign.trades.iter().filter(|trade| is_past(trade.at));
    let notes = campaign.notes.iter().filter(|note| is_past(note.at));
    Campaign {
        trades: trades.cloned().collect(),
        notes: notes.cloned().collect(),
        ..campaign.clone()
    }
}

/// Model, settings and pack of a decision; a pack that is not known any more leaves the campaign's own.
fn decide_under(was: &mut Campaign, record: &DecisionRecord) {
    was.model = record.model.clone();
    was.settings = record.settings.clone();
    let kept = was
        .journal
        .packs
        .iter()
        .find(|pack| pack.reference() == record.pack)
        .cloned();
    if kept.is_some() || crate::policy::RulePack::find(&record.pack).is_some() {
        (was.pack, was.own_pack) = (record.pack.clone(), kept);
    }
}
