//! What can happen to the journal beside fills and notes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Details, Journal, JournalEntry, Moment, MomentId, MomentSource, StructureRecord,
    ThresholdChange,
};
use crate::document::campaign::Campaign;
use crate::document::command::{Command, CommandError};
use crate::instrument::{EntryId, PositionId};
use crate::market::Marks;

/// One change of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum JournalCommand {
    /// Adds an entry; its number is given by the campaign.
    AddEntry(JournalEntry),
    /// Replaces an entry, which keeps its number and its decision.
    ReplaceEntry {
        /// Which one.
        id: EntryId,
        /// What it becomes.
        entry: JournalEntry,
    },
    /// Removes an entry; its fills stay, without an entry.
    RemoveEntry {
        /// Which one.
        id: EntryId,
    },
    /// Keeps marks. The same marks are kept once; others of the same instant give way, unless something was
    /// decided on them.
    KeepMoment {
        /// The marks, with their chain.
        marks: Box<Marks>,
        /// Where they come from.
        source: MomentSource,
    },
    /// Forgets marks on which nothing was decided.
    RemoveMoment {
        /// Which ones.
        id: MomentId,
    },
    /// Says of the campaign as a whole what the trader says.
    SetDetails(Details),
    /// Notes that a threshold was taken over from what the journal taught.
    NoteThreshold(ThresholdChange),
}

impl JournalCommand {
    /// The plain words of the command, for the undo menu.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::AddEntry(entry) if entry.action.is_none() => "record decision",
            Self::AddEntry(_) => "record trades",
            Self::ReplaceEntry { .. } => "edit journal entry",
            Self::RemoveEntry { .. } => "remove journal entry",
            Self::KeepMoment { .. } => "keep marks",
            Self::RemoveMoment { .. } => "forget marks",
            Self::SetDetails(_) => "change details",
            Self::NoteThreshold(_) => "take over threshold",
        }
    }
}

impl Campaign {
    /// The number that [`JournalCommand::KeepMoment`] will give these marks: that of the same ones kept already,
    /// else the next one.
    pub fn moment_number(&self, marks: &Marks) -> MomentId {
        let journal = &self.journal;
        let known = journal
            .moments
            .iter()
            .find(|known| journal.marks_of(known) == *marks);
        known.map_or(MomentId(self.next_id), |moment| moment.id)
    }

    pub(in crate::document) fn change_journal(
        &mut self,
        command: JournalCommand,
    ) -> Result<(), CommandError> {
        match command {
            JournalCommand::AddEntry(entry) => self.add_entry(entry),
            JournalCommand::ReplaceEntry { id, entry } => self.replace_entry(id, entry),
            JournalCommand::RemoveEntry { id } => self.remove_entry(id),
            JournalCommand::KeepMoment { marks, source } => self.keep_moment(&marks, source),
            JournalCommand::RemoveMoment { id } => self.remove_moment(id),
            JournalCommand::SetDetails(details) => {
                details.check()?;
                self.journal_mut().details = details;
                Ok(())
            }
            JournalCommand::NoteThreshold(change) => {
                self.journal_mut().thresholds.push(change);
                Ok(())
            }
        }
    }

    pub(in crate::document) fn journal_mut(&mut self) -> &mut Journal {
        std::sync::Arc::make_mut(&mut self.journal)
    }

    fn add_entry(&mut self, entry: JournalEntry) -> Result<(), CommandError> {
        entry.check(&self.journal)?;
        let id = EntryId(self.take_number()?);
        let own = self.own_pack.clone().filter(|own| {
            let pack = entry.decision.as_ref().map(|decision| &decision.pack);
            pack == Some(&own.reference())
        });
        let journal = self.journal_mut();
        if let Some(own) = own.filter(|own| !journal.packs.contains(own)) {
            journal.packs.push(own);
        }
        journal.entries.push(JournalEntry { id, ..entry });
        Ok(())
    }

    fn replace_entry(&mut self, id: EntryId, new: JournalEntry) -> Result<(), CommandError> {
        new.check(&self.journal)?;
        let journal = self.journal_mut();
        let slot = journal.entries.iter_mut().find(|entry| entry.id == id);
        let slot = slot.ok_or(CommandError::NoEntry(id))?;
        let decision = slot.decision.take();
        *slot = JournalEntry {
            id,
            decision,
            ..new
        };
        Ok(())
    }

    fn remove_entry(&mut self, id: EntryId) -> Result<(), CommandError> {
        self.journal.entry(id).ok_or(CommandError::NoEntry(id))?;
        self.journal_mut().entries.retain(|entry| entry.id != id);
        for trade in self
            .trades
            .iter_mut()
            .filter(|trade| trade.entry == Some(id))
        {
            trade.entry = None;
        }
        Ok(())
    }

    fn keep_moment(&mut self, marks: &Marks, source: MomentSource) -> Result<(), CommandError> {
        let number = self.moment_number(marks);
        if self.journal.moment(number).is_some() {
            return Ok(());
        }
        let id = MomentId(self.take_number()?);
        let replaced =
            |moment: &Moment| moment.at() == marks.as_of && !self.journal.is_decided_on(moment.id);
        let gone: Vec<MomentId> = (self.journal.moments.iter())
            .filter(|moment| replaced(moment))
            .map(|moment| moment.id)
            .collect();
        let journal = self.journal_mut();
        journal.moments.retain(|moment| !gone.contains(&moment.id));
        journal.drop_unused_chains();
        journal.keep(id, marks, source);
        let added = journal
            .moment(id)
            .map_or(Ok(()), |moment| moment.check(journal));
        added.map_err(CommandError::from)
    }

    fn remove_moment(&mut self, id: MomentId) -> Result<(), CommandError> {
        self.journal.moment(id).ok_or(CommandError::NoMoment(id))?;
        if self.journal.is_decided_on(id) {
            return Err(CommandError::DecidedOn(id));
        }
        let journal = self.journal_mut();
        journal.moments.retain(|moment| moment.id != id);
        journal.drop_unused_chains();
        Ok(())
    }

    /// Keeps the name of a structure that leaves the book, when the journal has fills of it.
    pub(in crate::document) fn remember_structure(&mut self, id: PositionId) {
        let Some(position) = self.position(id) else {
            return;
        };
        let record = StructureRecord {
            id,
            name: position.name.clone(),
            role: position.role,
        };
        if self.trades.iter().any(|trade| trade.position == Some(id)) {
            let journal = self.journal_mut();
            journal.structures.retain(|known| known.id != id);
            journal.structures.push(record);
        }
    }
}

impl Command {
    /// The same, with corrections of fills said to be made at an instant.
    #[must_use]
    pub fn stamped(mut self, now: Timestamp) -> Self {
        if let Self::ReplaceTrade { at, .. } | Self::RemoveTrade { at, .. } = &mut self {
            *at = at.or(Some(now));
        } else if let Self::Batch(commands) = &mut self {
            let stamped = std::mem::take(commands).into_iter();
            *commands = stamped.map(|command| command.stamped(now)).collect();
        }
        self
    }
}
