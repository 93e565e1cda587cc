//! One thing done: its fills share it. And what outlives the book: names of structures, thresholds taken over.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::{DecisionRecord, Journal};
use crate::document::fault::Fault;
use crate::instrument::{EntryId, PositionId, Role, TradeAction};

/// Longest title and tag in characters.
const MAX_LINE: usize = 120;

/// Where an entry comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntrySource {
    /// Typed by the trader.
    #[default]
    Hand,
    /// A choice that the trader applied in the desk.
    Choice,
    /// Read from a broker's file.
    Import {
        /// Name of the file.
        file: String,
        /// The account that it names, if any.
        account: Option<String>,
    },
}

/// One thing done, or decided not to be done: a roll is one entry that closes and opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalEntry {
    /// Its number in the document.
    pub id: EntryId,
    /// New York time.
    pub at: DateTime,
    /// What was done; `None` when it was decided to leave everything as it is.
    pub action: Option<TradeAction>,
    /// What was done in a few words; one line, may be empty.
    #[serde(default)]
    pub title: String,
    /// Why, in the trader's words.
    #[serde(default)]
    pub reason: String,
    /// Words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Where it comes from.
    #[serde(default)]
    pub source: EntrySource,
    /// What was known and weighed; `None` for what was not decided in the desk.
    #[serde(default)]
    pub decision: Option<Arc<DecisionRecord>>,
}

impl JournalEntry {
    /// An entry by hand, without tags; the number is given by the campaign.
    pub fn new(at: DateTime, action: Option<TradeAction>, title: impl Into<String>) -> Self {
        Self {
            id: EntryId(0),
            at,
            action,
            title: title.into(),
            reason: String::new(),
            tags: Vec::new(),
            source: EntrySource::Hand,
            decision: None,
        }
    }

    /// Checks its text and that the marks it was decided on are there.
    pub(in crate::document) fn check(&self, journal: &Journal) -> Result<(), Fault> {
        check_line("title", &self.title)?;
        for (index, tag) in self.tags.iter().enumerate() {
            check_tag(&format!("tags[{index}]"), tag)?;
        }
        let Some(decision) = &self.decision else {
            return Ok(());
        };
        if journal.moment(decision.moment).is_none() {
            let expected = "the number of a moment of the journal";
            return Err(Fault::new(
                "decision.moment",
                decision.moment.0.to_string(),
                expected,
            ));
        }
        let choices = decision.choices.len();
        match decision.taken {
            Some(taken) if taken >= choices => {
                let expected = format!("a place among the {choices} choices, from 0");
                Err(Fault::new("decision.taken", taken.to_string(), expected))
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// Checks a text of one line that may be empty.
pub(super) fn check_line(path: &str, text: &str) -> Result<(), Fault> {
    if text.chars().any(char::is_control) || text.chars().count() > MAX_LINE {
        let expected = format!("one line of at most {MAX_LINE} characters");
        return Err(Fault::new(path, format!("{text:?}"), expected));
    }
    Ok(())
}

/// Checks a tag: words without commas, so that a list of tags can be typed.
pub(super) fn check_tag(path: &str, tag: &str) -> Result<(), Fault> {
    check_line(path, tag)?;
    if tag.trim().is_empty() || tag.contains(',') {
        return Err(Fault::new(
            path,
            format!("{tag:?}"),
            "a tag: words without commas",
        ));
    }
    Ok(())
}

/// The name of a structure that has left the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StructureRecord {
    /// The number that its position had.
    pub id: PositionId,
    /// The trader's name for it.
    pub name: String,
    /// What it was for.
    #[serde(default)]
    pub role: Role,
}

/// A threshold of the pack that the trader changed because of what the journal showed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdChange {
    /// When.
    pub at: Timestamp,
    /// Path in the pack, such as `vega_band.low`.
    pub path: String,
    /// The number before, in its own unit.
    pub from: f64,
    /// The number after, in its own unit.
    pub to: f64,
    /// Decisions behind it.
    pub n: u32,
    /// The evidence, in a sentence with its numbers.
    pub evidence: String,
}
