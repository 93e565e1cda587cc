//! One line of text ↔ legs: `-10 SPX 15JAN27 6000/6050/6950/7000 IC @ 6.40`.
//!
//! ```text
//! line    = quantity root expiry [strikes kind] ["@" price]
//! expiry  = 15JAN27 | 15 Jan 27 | 15JAN2027 | 2027-01-15
//! strikes = strike { "/" strike }           ascending; 6000 or 6,000
//! kind    = C | P (one strike) · PV | PS | CV | CS (two) · IC (four) · none for VX and VXM
//! ```
//!
//! The case of letters does not matter, nor does space around `/` and `@`. A quantity is negative
//! when sold. The price is the net price of one unit in points, never negative: what a bought unit
//! costs and a sold one brings. It may be left out.
//!
//! Roots: `SPX` with the monthly expiry is the AM-settled option, and with any other session the
//! PM-settled `SPXW`; write `SPXW` for the PM option of a third Friday. `VIX` with a weekly expiry is
//! `VIXW`. VIX and VX must expire on one of their Wednesdays (or the day that replaces it).

mod format;
mod lexer;
mod parser;

use std::ops::Range;

pub use format::{compact_date, format_quick_entry};
pub use parser::parse_quick_entry;

use super::contract::Contract;
use super::leg::Leg;
use super::structure::{Structure, StructureError};

/// A line that was understood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuickEntry {
    /// What is traded, in units of one.
    pub structure: Structure,
    /// Units, positive when bought, negative when sold, never 0.
    pub quantity: i32,
    /// Net price of one unit in points, 0 or more, if the line has one.
    pub price: Option<f64>,
}

impl QuickEntry {
    /// The contracts by ascending strike with their signed quantities.
    pub fn contracts(&self) -> Vec<(Contract, i32)> {
        let signed = |(contract, ratio): (Contract, i32)| (contract, self.quantity * ratio);
        self.structure.parts().into_iter().map(signed).collect()
    }

    /// The legs, priced at `model` (points, one for each of [`Self::contracts`]) moved so that they
    /// add up to the line's net price. Without a net price the model stands; with neither, every
    /// price is 0. See [`Structure::split_net_price`].
    ///
    /// # Errors
    /// [`StructureError`] when the count of model prices is wrong, or a future has no price.
    pub fn legs(&self, model: &[f64]) -> Result<Vec<Leg>, StructureError> {
        let prices = match self.price {
            Some(net) => self.structure.split_net_price(net, model)?,
            None if model.is_empty() => vec![0.0; self.structure.parts().len()],
            None => model.to_vec(),
        };
        self.structure.legs(self.quantity, &prices)
    }
}

/// The first thing in a line that was not understood, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("found {}: expected {expected}", if found.is_empty() { "the end".to_owned() } else { format!("'{found}'") })]
pub struct QuickEntryError {
    /// First byte of the part that is wrong.
    pub start: usize,
    /// Byte after it; equal to `start` at the end of the line, where something is missing.
    pub end: usize,
    /// The part itself; empty when something is missing.
    pub found: String,
    /// What would have been understood there.
    pub expected: String,
}

impl QuickEntryError {
    /// The bytes of the line to underline.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}
