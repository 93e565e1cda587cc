//! Marks kept: the market as it was entered or imported at an instant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Journal;
use crate::document::fault::Fault;
use crate::market::Marks;

/// A number that names a moment within its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MomentId(pub u64);

/// Where the marks of a moment come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MomentSource {
    /// Typed by the trader.
    #[default]
    Entered,
    /// Read from a file of that name.
    Imported(String),
    /// Index, VIX and its futures from market history; options by the model.
    History,
    /// The marks under which something was decided.
    Decision,
}

/// Marks at an instant. Their chain, which may be large, stands once in the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Its number in the document.
    pub id: MomentId,
    /// Where the marks come from.
    #[serde(default)]
    pub source: MomentSource,
    /// The marks without their chain; [`Journal::marks_of`] gives both.
    pub marks: Marks,
    /// Place of their chain among the journal's chains, from 0.
    #[serde(default)]
    pub chain: Option<usize>,
}

impl Moment {
    /// Its instant.
    pub fn at(&self) -> Timestamp {
        self.marks.as_of
    }

    /// Checks marks and chain.
    pub(in crate::document) fn check(&self, journal: &Journal) -> Result<(), Fault> {
        if self.marks.chain.is_some() {
            let expected = "no chain here: it stands in journal.chains";
            return Err(Fault::new("marks.chain", "a chain", expected));
        }
        if let Some(place) = self.chain.filter(|place| *place >= journal.chains.len()) {
            let expected = format!("a place among {} chains, from 0", journal.chains.len());
            return Err(Fault::new("chain", place.to_string(), expected));
        }
        let marks = journal.marks_of(self);
        marks.validate().map_err(|error| {
            Fault::new(
                "marks",
                format!("{} ({})", error.found, error.field),
                error.expected,
            )
        })
    }
}

impl Journal {
    /// Keeps marks, their chain once, and returns the moment's number: a new one unless the very same marks
    /// are kept already.
    pub(in crate::document) fn keep(
        &mut self,
        id: MomentId,
        marks: &Marks,
        source: MomentSource,
    ) -> MomentId {
        if let Some(known) = self
            .moments
            .iter()
            .find(|known| self.marks_of(known) == *marks)
        {
            return known.id;
        }
        let chain = marks.chain.as_ref().map(|chain| {
            let known = self.chains.iter().position(|kept| kept == chain);
            known.unwrap_or_else(|| {
                self.chains.push(chain.clone());
                self.chains.len() - 1
            })
        });
        let marks = Marks {
            chain: None,
            ..marks.clone()
        };
        let place = self
            .moments
            .partition_point(|known| known.at() <= marks.as_of);
        self.moments.insert(
            place,
            Moment {
                id,
                source,
                marks,
                chain,
            },
        );
        id
    }

    /// Drops the chains that no moment names any more.
    pub(in crate::document) fn drop_unused_chains(&mut self) {
        let used = |place: usize| {
            self.moments
                .iter()
                .any(|moment| moment.chain == Some(place))
        };
        let mut place = 0;
        let mut moved = Vec::with_capacity(self.chains.len());
        for old in 0..self.chains.len() {
            moved.push(used(old).then(|| {
                place += 1;
                place - 1
            }));
        }
        let mut kept = moved.iter().map(Option::is_some);
        self.chains.retain(|_| kept.next().unwrap_or(true));
        for moment in &mut self.moments {
            moment.chain = moment
                .chain
                .and_then(|old| moved.get(old).copied().flatten());
        }
    }
}
