//! An option chain as the campaign keeps it: per expiry the parity forward and one vol per strike.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::instrument::Root;

/// A chain read from a file, reduced to what a market needs. Saved with the campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// The name of the file that it was read from.
    pub source_name: String,
    /// The instant of the quotes.
    pub as_of: Timestamp,
    /// The index at that instant, points.
    pub spot: f64,
    /// Continuously compounded rate that discounted the quotes, decimal.
    pub rate: f64,
    /// The expiries, ascending by root and date.
    pub expiries: Vec<ChainExpiry>,
}

/// One root and expiry of a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainExpiry {
    /// Product family: AM and PM contracts of one date are two expiries.
    pub root: Root,
    /// Day of settlement.
    pub expiry: Date,
    /// Forward by put-call parity, points.
    pub forward: f64,
    /// Discount factor to the settlement, from the chain's rate.
    pub discount: f64,
    /// (strike, vol) of the out-of-the-money mid, ascending in strike.
    pub quotes: Vec<(f64, f64)>,
    /// Out-of-the-money quotes that gave no vol: no bid, crossed, no time value.
    pub rejected: usize,
}

/// A chain shared by the documents of an undo history.
pub type SharedChain = Arc<Chain>;

impl Chain {
    /// The expiry of a root, if the chain has it.
    pub fn find(&self, root: Root, expiry: Date) -> Option<&ChainExpiry> {
        self.expiries
            .iter()
            .find(|entry| entry.root == root && entry.expiry == expiry)
    }
}
