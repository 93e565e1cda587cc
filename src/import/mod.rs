//! Foreign files to our types, with errors that name the line.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`problem`] | what was wrong with a file, and where |
//! | [`locale_date`] | dates as exports of different locales write them |
//! | [`cboe_chain`] | the Cboe delayed-quotes export of SPX, read by position |
//! | [`chain_resolve`] | a chain as read → forwards by parity, vols, fitted smiles |

pub mod cboe_chain;
pub mod chain_resolve;
pub mod locale_date;
mod option_symbol;
pub mod problem;

pub use cboe_chain::{RawChain, RawQuote, RawRow, read_chain};
pub use chain_resolve::{ChainReport, ExpiryReport, QuoteReport, quote_instant, resolve_chain};
pub use problem::{ImportError, ImportProblem};
