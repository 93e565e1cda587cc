//! Rows that the trader typed: one day's marks or prints.

use jiff::civil::Date;

use super::event::EventKind;
use super::id::SeriesId;

/// What was typed for a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ManualEntry {
    /// A value of a series, in its unit.
    Value {
        /// Which series.
        id: SeriesId,
        /// The value.
        value: f64,
    },
    /// A VIX future's settlement price.
    Future {
        /// Expiry of the contract.
        expiry: Date,
        /// Price, points.
        settle: f64,
    },
    /// A release or meeting.
    Event(EventKind),
}

/// One typed row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ManualRow {
    /// The day that it speaks of; for monthly and quarterly series the first day of the period.
    pub date: Date,
    /// What was typed.
    pub entry: ManualEntry,
}

impl ManualRow {
    /// Whether `other` speaks of the same thing on the same day, so that it would replace this row.
    pub fn is_about_same(&self, other: &Self) -> bool {
        if self.date != other.date {
            return false;
        }
        match (self.entry, other.entry) {
            (ManualEntry::Value { id: a, .. }, ManualEntry::Value { id: b, .. }) => a == b,
            (ManualEntry::Future { expiry: a, .. }, ManualEntry::Future { expiry: b, .. }) => {
                a == b
            }
            (ManualEntry::Event(a), ManualEntry::Event(b)) => a == b,
            (
                ManualEntry::Value { .. } | ManualEntry::Future { .. } | ManualEntry::Event(_),
                ManualEntry::Value { .. } | ManualEntry::Future { .. } | ManualEntry::Event(_),
            ) => false,
        }
    }
}
