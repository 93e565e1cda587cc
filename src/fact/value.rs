//! One fact: its value or why there is none, where it comes from, and how old it is.

use jiff::civil::Date;

use super::id::FactId;

/// The value of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum FactValue {
    /// A finite number in the fact's unit.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// One of a few named states.
    State(&'static str),
    /// Words.
    Text(String),
}

impl FactValue {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Flag(_) | Self::State(_) | Self::Text(_) => None,
        }
    }

    /// Yes or no, if it is that.
    pub fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            Self::Number(_) | Self::State(_) | Self::Text(_) => None,
        }
    }

    /// The words of a state or text.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::State(words) => Some(words),
            Self::Text(words) => Some(words),
            Self::Number(_) | Self::Flag(_) => None,
        }
    }
}

/// Why there is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What is wrong, in a line without full stop.
    pub why: String,
    /// What to import, enter or add so that there is one.
    pub import_what: String,
}

/// One fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Which.
    pub id: FactId,
    /// Its value, or why there is none.
    pub value: Result<FactValue, Missing>,
    /// The series or part of the document that it comes from; fallbacks are named.
    pub source: String,
    /// New York day of its newest observation, of several series that of the stalest; a month or quarter by
    /// its first day. `None` when it is missing.
    pub as_of: Option<Date>,
    /// Calendar days from that day to the instant of the facts, 0 or more.
    pub age_days: Option<i32>,
}

impl Fact {
    /// Its number, if it has one.
    pub fn number(&self) -> Option<f64> {
        self.value.as_ref().ok()?.number()
    }

    /// Yes or no, if it is that.
    pub fn flag(&self) -> Option<bool> {
        self.value.as_ref().ok()?.flag()
    }

    /// The words of a state or text.
    pub fn words(&self) -> Option<&str> {
        self.value.as_ref().ok()?.words()
    }

    /// Why there is no value.
    pub fn missing(&self) -> Option<&Missing> {
        self.value.as_ref().err()
    }
}
