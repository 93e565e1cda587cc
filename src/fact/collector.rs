//! Takes facts as they are found and fills what nobody found.

use jiff::civil::Date;

use super::facts::{BookInputs, FactInputs};
use super::id::FactId;
use super::known::{Known, KnownDays, no_library, no_series};
use super::params::SignalParams;
use super::value::{Fact, FactValue, Missing};
use crate::journal::JournalFacts;
use crate::policy::RulePack;
use crate::series::SeriesId;

/// A value with where it comes from and the day of its newest observation.
#[derive(Clone, Debug)]
pub(super) struct Found<T> {
    pub value: T,
    pub source: String,
    pub as_of: Date,
}

impl<T> Found<T> {
    pub(super) fn new(value: T, source: impl Into<String>, as_of: Date) -> Self {
        Self {
            value,
            source: source.into(),
            as_of,
        }
    }

    /// Beside another input: a figure is only as fresh as its stalest one, and comes from both.
    pub(super) fn beside<U>(&self, other: &Found<U>) -> Found<()> {
        let source = if self.source == other.source {
            self.source.clone()
        } else {
            format!("{}, {}", self.source, other.source)
        };
        Found::new((), source, self.as_of.min(other.as_of))
    }

    /// Another value of the same origin.
    pub(super) fn with<U>(&self, value: U) -> Found<U> {
        Found {
            value,
            source: self.source.clone(),
            as_of: self.as_of,
        }
    }
}

/// What became of a look-up.
pub(super) type Lookup<T> = Result<Found<T>, Missing>;

pub(super) struct Collector<'a> {
    pub days: KnownDays,
    pub book: Option<BookInputs<'a>>,
    pub known: Option<Known<'a>>,
    pub params: SignalParams,
    pub journal: Option<&'a JournalFacts>,
    facts: Vec<Option<Fact>>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(inputs: &FactInputs<'a>) -> Self {
        let days = KnownDays::at(inputs.as_of);
        Self {
            days,
            book: inputs.book,
            known: inputs.history.map(|derived| Known { derived, days }),
            params: inputs.params,
            journal: inputs.journal,
            facts: vec![None; FactId::all().len()],
        }
    }

    /// History, if there is any.
    pub(super) fn history(&self, import_what: &str) -> Result<Known<'a>, Missing> {
        self.known.ok_or_else(|| no_library(import_what))
    }

    /// The book, if there is one.
    pub(super) fn the_book(&self) -> Result<BookInputs<'a>, Missing> {
        self.book.ok_or_else(|| Missing {
            why: "no book".to_owned(),
            import_what: "a campaign".to_owned(),
        })
    }

    /// The rule pack in force: the campaign's, without a book the one that comes with the program.
    pub(super) fn pack(&self) -> &'a RulePack {
        let shipped: &'a RulePack = RulePack::alvh();
        self.book.map_or(shipped, |book| book.campaign.rule_pack())
    }

    /// The last value of a series that was public.
    pub(super) fn last(&self, id: SeriesId) -> Lookup<f64> {
        let known = self.history(id.key())?.series(id)?;
        let last = known.last().ok_or_else(|| no_series(id))?;
        Ok(Found::new(last.value, id.key(), last.date))
    }

    /// A figure of the marks, dated by their day.
    pub(super) fn mark<T>(&self, value: T) -> Found<T> {
        Found::new(value, "marks", self.days.today)
    }

    /// A figure of the book, dated by the marks' day.
    pub(super) fn of_book<T>(&self, value: T) -> Found<T> {
        Found::new(value, "book", self.days.today)
    }

    /// Takes what was found of a fact.
    pub(super) fn put(&mut self, id: FactId, found: Lookup<FactValue>) {
        let fact = match found {
            Ok(Found {
                value,
                source,
                as_of,
            }) => Fact {
                id,
                value: Ok(value),
                source,
                as_of: Some(as_of),
                age_days: Some((self.days.today - as_of).get_days().max(0)),
            },
            Err(missing) => Fact {
                id,
                value: Err(missing),
                source: String::new(),
                as_of: None,
                age_days: None,
            },
        };
        self.facts[id as usize] = Some(fact);
    }

    /// Takes a number; one that is not finite is missing.
    pub(super) fn number(&mut self, id: FactId, found: Lookup<f64>) {
        let found = found.and_then(|found| {
            if found.value.is_finite() {
                Ok(found.with(FactValue::Number(found.value)))
            } else {
                Err(Missing {
                    why: "the figures behind it give no number".to_owned(),
                    import_what: found.source,
                })
            }
        });
        self.put(id, found);
    }

    /// Takes a yes or no.
    pub(super) fn flag(&mut self, id: FactId, found: Lookup<bool>) {
        self.put(
            id,
            found.map(|found| found.with(FactValue::Flag(found.value))),
        );
    }

    /// Takes a state.
    pub(super) fn state(&mut self, id: FactId, found: Lookup<&'static str>) {
        self.put(
            id,
            found.map(|found| found.with(FactValue::State(found.value))),
        );
    }

    /// Takes words.
    pub(super) fn text(&mut self, id: FactId, found: Lookup<String>) {
        let found = found.map(|found| Found {
            value: FactValue::Text(found.value),
            source: found.source,
            as_of: found.as_of,
        });
        self.put(id, found);
    }

    /// What was found of a fact before, for facts made of it.
    pub(super) fn found(&self, id: FactId) -> Lookup<f64> {
        let fact = self.facts[id as usize].as_ref().ok_or_else(ungathered)?;
        let value = fact.value.as_ref().map_err(Clone::clone)?;
        let number = value.number().ok_or_else(ungathered)?;
        Ok(Found::new(
            number,
            fact.source.clone(),
            fact.as_of.unwrap_or(self.days.today),
        ))
    }

    /// The same for a yes or no.
    pub(super) fn found_flag(&self, id: FactId) -> Option<bool> {
        self.facts[id as usize].as_ref()?.flag()
    }

    /// Every fact in the order of [`FactId`].
    pub(super) fn finish(mut self) -> Vec<Fact> {
        for id in FactId::all() {
            if self.facts[id as usize].is_none() {
                self.put(id, Err(ungathered()));
            }
        }
        self.facts.into_iter().flatten().collect()
    }
}

/// Reason of a fact that no part gathers; a test keeps it from happening.
fn ungathered() -> Missing {
    Missing {
        why: UNGATHERED.to_owned(),
        import_what: String::new(),
    }
}

/// See [`ungathered`].
pub(super) const UNGATHERED: &str = "not gathered";
