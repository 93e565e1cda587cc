//! The campaign as it was at a past instant: its book, the marks of the time, the numbers that it was decided under.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::ledger::{Ledger, LedgerFill};
use crate::calendar::new_york_instant;
use crate::document::Campaign;
use crate::document::journal::{DecisionRecord, JournalEntry};
use crate::instrument::EntryId;

/// A moment of the past. Of several decisions on the same marks each is a moment of its own, in the order in which
/// they were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PastMoment {
    /// The instant.
    pub at: Timestamp,
    /// The entry whose decision it is about; `None` where none was recorded.
    pub entry: Option<EntryId>,
}

impl PastMoment {
    /// What is meant by it in a campaign: the decision that it names, or none where the entry named has no record.
    /// Where it names no entry, the last decision of the instant.
    pub fn of(self, campaign: &Campaign) -> Self {
        if self.entry.is_some() {
            let entry = decision_of(campaign, self).map(|entry| entry.id);
            return Self { entry, ..self };
        }
        let decided = decided(campaign).filter(|moment| moment.at == self.at);
        decided.max().unwrap_or(self)
    }

    /// Whether something done at an instant, as a part of an entry, came after it.
    fn is_before(self, (at, entry): (Timestamp, Option<EntryId>)) -> bool {
        let is_later = |own: EntryId| entry.is_some_and(|other| other > own);
        at > self.at || (at == self.at && self.entry.is_some_and(is_later))
    }
}

/// The moments at which a campaign can be looked at: those of its marks, of what was done, and of each decision, not
/// after its marks now, oldest first.
pub fn past_moments(campaign: &Campaign, ledger: &Ledger) -> Vec<PastMoment> {
    let journal = &campaign.journal;
    let moments = journal.moments.iter().map(|moment| moment.at());
    let entries = journal
        .entries
        .iter()
        .map(|entry| new_york_instant(entry.at));
    let fills = ledger.fills.iter().map(|fill| fill.at);
    let mut all: Vec<PastMoment> = decided(campaign).collect();
    let decided: BTreeSet<Timestamp> = all.iter().map(|moment| moment.at).collect();
    let others = moments.chain(entries).chain(fills);
    let others = others.filter(|at| !decided.contains(at));
    all.extend(others.map(|at| PastMoment { at, entry: None }));
    all.retain(|moment| moment.at < campaign.marks.as_of);
    all.sort_unstable();
    all.dedup();
    all
}

/// The decision recorded at a moment.
pub fn decision_of(campaign: &Campaign, moment: PastMoment) -> Option<&JournalEntry> {
    let entry = campaign.journal.entry(moment.entry?)?;
    let is_its = entry.decision.is_some() && new_york_instant(entry.at) == moment.at;
    is_its.then_some(entry)
}

/// The moments of all decisions recorded.
fn decided(campaign: &Campaign) -> impl Iterator<Item = PastMoment> {
    let entries = campaign.journal.entries.iter();
    let decided = entries.filter(|entry| entry.decision.is_some());
    decided.map(|entry| PastMoment {
        at: new_york_instant(entry.at),
        entry: Some(entry.id),
    })
}

/// The campaign as it was when something was decided: book, marks, model, settings and pack as the record keeps
/// them, before what was then done. `None` when the entry has no record, or its marks are gone.
pub fn as_decided(campaign: &Campaign, entry: &JournalEntry) -> Option<Campaign> {
    let record = entry.decision.as_deref()?;
    let journal = &campaign.journal;
    let moment = PastMoment {
        at: new_york_instant(entry.at),
        entry: Some(entry.id),
    };
    let mut was = Campaign {
        marks: journal.marks_of(journal.moment(record.moment)?),
        positions: record.positions.clone(),
        ..written_by(campaign, moment)
    };
    was.trades.retain(|trade| trade.entry != Some(entry.id));
    decide_under(&mut was, record);
    Some(was)
}

/// The campaign as it was after what was done at a moment: the fills so far in the book, the newest marks kept by
/// then (the oldest ones before any), and model, settings and rule pack of the newest decision by then. What was
/// decided later on the same marks is not there yet. `None` when no marks are kept.
pub fn as_it_was(campaign: &Campaign, ledger: &Ledger, moment: PastMoment) -> Option<Campaign> {
    let journal = &campaign.journal;
    let kept = journal
        .moments
        .iter()
        .rfind(|kept| kept.at() <= moment.at)
        .or_else(|| journal.moments.first())?;
    let fills = ledger.fills.iter();
    let fills: Vec<LedgerFill> = fills
        .filter(|fill| !moment.is_before((fill.at, fill.entry)))
        .cloned()
        .collect();
    let mut was = Campaign {
        marks: journal.marks_of(kept),
        positions: ledger.book_of(&fills),
        ..written_by(campaign, moment)
    };
    let newest = decided(campaign)
        .filter(|other| !moment.is_before((other.at, other.entry)))
        .max();
    let newest = newest.and_then(|newest| decision_of(campaign, newest));
    if let Some(record) = newest.and_then(|entry| entry.decision.as_deref()) {
        decide_under(&mut was, record);
    }
    Some(was)
}

/// The campaign with the fills and notes of up to a moment.
fn written_by(campaign: &Campaign, moment: PastMoment) -> Campaign {
    let is_past = |time: jiff::civil::DateTime, entry: Option<EntryId>| {
        !moment.is_before((new_york_instant(time), entry))
    };
    let trades = campaign.trades.iter();
    let trades = trades.filter(|trade| is_past(trade.at, trade.entry));
    let notes = campaign.notes.iter().filter(|note| is_past(note.at, None));
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
