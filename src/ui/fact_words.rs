//! A fact's value as it is written.

use super::format;
use crate::fact::{FactUnit, FactValue};

/// A fact's value and unit as written.
pub fn written(unit: FactUnit, value: &FactValue) -> (String, &'static str) {
    match value {
        FactValue::Number(number) if unit.is_signed() => {
            (format::signed(*number, unit.decimals()), unit.label())
        }
        FactValue::Number(number) => (format::fixed(*number, unit.decimals()), unit.label()),
        FactValue::Flag(true) => ("yes".to_owned(), ""),
        FactValue::Flag(false) => ("no".to_owned(), ""),
        FactValue::State(state) => ((*state).to_owned(), ""),
        FactValue::Text(text) => (text.clone(), ""),
    }
}
