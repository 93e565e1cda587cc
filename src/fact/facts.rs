//! The registry: every fact once, gathered in one go.

use jiff::Timestamp;

use super::collector::Collector;
use super::derived::Derived;
use super::id::FactId;
use super::params::SignalParams;
use super::value::{Fact, FactValue, Missing};
use super::{
    book, breadth, costs, curve, economy, events, hedge, journal, layers, premium, regime, spx,
    stance, vega, worth,
};
use crate::document::{Account, Campaign};
use crate::journal::JournalFacts;
use crate::valuation::Valuation;

/// Source of a fact that was supposed.
const SUPPOSED: &str = "supposed";

/// Marks that stand there only because a number was needed; no fact is made of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AssumedMarks {
    /// Spot VIX.
    pub vix: bool,
    /// The rate.
    pub rate: bool,
}

/// The book that facts are gathered from.
#[derive(Clone, Copy, Debug)]
pub struct BookInputs<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// Its valuation.
    pub valuation: &'a Valuation,
    /// The account that it belongs to.
    pub account: &'a Account,
    /// Marks that nobody entered.
    pub assumed: AssumedMarks,
}

/// What facts are gathered from. Each part may be missing: the facts that need it then say so.
#[derive(Clone, Copy, Debug)]
pub struct FactInputs<'a> {
    /// The instant; nothing that was not public by then is read.
    pub as_of: Timestamp,
    /// The book, valued.
    pub book: Option<BookInputs<'a>>,
    /// Market history, prepared.
    pub history: Option<&'a Derived>,
    /// What the journal of the book's campaign says, worked through before.
    pub journal: Option<&'a JournalFacts>,
    /// Parameters of the signals; those that history was prepared with count there.
    pub params: SignalParams,
}

impl<'a> FactInputs<'a> {
    /// Of a valued book at its marks' instant, with the parameters of its campaign's rule pack.
    pub fn of_book(book: BookInputs<'a>, history: Option<&'a Derived>) -> Self {
        Self {
            as_of: book.valuation.market.as_of,
            book: Some(book),
            history,
            journal: None,
            params: SignalParams::of(book.campaign.rule_pack()),
        }
    }

    /// The same with what the journal says.
    #[must_use]
    pub fn with_journal(self, journal: Option<&'a JournalFacts>) -> Self {
        Self { journal, ..self }
    }

    /// Of history alone, with the parameters that it was prepared with.
    pub fn of_history(history: &'a Derived, as_of: Timestamp) -> Self {
        Self {
            as_of,
            book: None,
            history: Some(history),
            journal: None,
            params: *history.params(),
        }
    }
}

/// All facts at an instant: the only thing that a rule may see.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    as_of: Timestamp,
    facts: Vec<Fact>,
}

impl Facts {
    /// Gathers every fact; those that cannot be known say why and what would mend it.
    pub fn gather(inputs: &FactInputs<'_>) -> Self {
        let mut facts = Collector::new(inputs);
        regime::gather(&mut facts);
        curve::gather(&mut facts);
        spx::gather(&mut facts);
        events::gather(&mut facts, inputs.as_of);
        economy::gather(&mut facts);
        worth::gather(&mut facts);
        premium::gather(&mut facts);
        layers::gather(&mut facts);
        breadth::gather(&mut facts);
        book::gather(&mut facts);
        journal::gather(&mut facts);
        vega::gather(&mut facts);
        hedge::gather(&mut facts);
        costs::gather(&mut facts);
        stance::gather(&mut facts);
        Self {
            as_of: inputs.as_of,
            facts: facts.finish(),
        }
    }

    /// No fact known: what a what-if of facts starts from.
    pub fn unknown(as_of: Timestamp) -> Self {
        Self::gather(&FactInputs {
            as_of,
            book: None,
            history: None,
            journal: None,
            params: SignalParams::default(),
        })
    }

    /// Supposes a value of a fact, as sweeps over what might be do.
    pub fn suppose(&mut self, id: FactId, value: FactValue) {
        let day = crate::calendar::new_york_date(self.as_of);
        self.facts[id as usize] = Fact {
            id,
            value: Ok(value),
            source: SUPPOSED.to_owned(),
            as_of: Some(day),
            age_days: Some(0),
        };
    }

    /// Takes a fact as it was, as a journal kept it.
    pub fn recall(&mut self, fact: Fact) {
        let place = fact.id as usize;
        self.facts[place] = fact;
    }

    /// Supposes that a fact is missing.
    pub fn suppose_missing(&mut self, id: FactId) {
        self.facts[id as usize] = Fact {
            id,
            value: Err(Missing {
                why: "left out".to_owned(),
                import_what: "what was left out".to_owned(),
            }),
            source: String::new(),
            as_of: None,
            age_days: None,
        };
    }

    /// The instant that they are of.
    pub fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// A fact.
    pub fn get(&self, id: FactId) -> &Fact {
        &self.facts[id as usize]
    }

    /// The number of a fact; `None` when it is missing or no number.
    pub fn number(&self, id: FactId) -> Option<f64> {
        self.get(id).number()
    }

    /// Yes or no, if the fact is that and known.
    pub fn flag(&self, id: FactId) -> Option<bool> {
        self.get(id).flag()
    }

    /// The words of a fact.
    pub fn words(&self, id: FactId) -> Option<&str> {
        self.get(id).words()
    }

    /// All facts in the order of the screen.
    pub fn iter(&self) -> std::slice::Iter<'_, Fact> {
        self.facts.iter()
    }

    /// How many are known.
    pub fn known(&self) -> usize {
        self.facts.iter().filter(|fact| fact.value.is_ok()).count()
    }
}

impl<'a> IntoIterator for &'a Facts {
    type Item = &'a Fact;
    type IntoIter = std::slice::Iter<'a, Fact>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
