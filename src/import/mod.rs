//! Foreign files to our types, with errors that name the line.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`problem`] | what was wrong with a file, and where |
//! | [`locale_date`] | dates as exports of different locales write them |
//! | [`broker`] | brokers' exports → fills, holdings, cash, and proposals of what an import would do |
//! | [`cboe_chain`] | the Cboe delayed-quotes export of SPX, read by position |
//! | [`csv_table`] | CSV by column names, with complaints that name line and column |
//! | [`legs_csv`] | a book of legs |
//! | [`curve_csv`] | a curve of VIX futures |
//! | `chain_preamble` | what stands above the rows of such an export |
//! | [`vix_chain`] | the same export of VIX options |
//! | [`mod@vix_marks`] | what a campaign takes of such a chain |
//! | [`history`] | files of market history → the library of series |
//! | [`chain_resolve`] | a chain as read → forwards by parity, vols, fitted smiles |

pub mod broker;
pub mod cboe_chain;
mod chain_preamble;
pub mod chain_resolve;
pub mod csv_table;
pub mod curve_csv;
pub mod history;
pub mod legs_csv;
pub mod locale_date;
mod option_symbol;
pub mod problem;
pub mod vix_chain;
pub mod vix_marks;

pub use cboe_chain::{RawChain, RawQuote, RawRow, read_chain};
pub use chain_resolve::{ChainReport, ExpiryReport, QuoteReport, quote_instant, resolve_chain};
pub use curve_csv::read_curve;
pub use history::{LibraryLoader, LoadError, LoadProgress, ManualRows};
pub use legs_csv::{LegLine, LegsFile, read_legs};
pub use problem::{ImportError, ImportProblem};
pub use vix_chain::read_vix_chain;
pub use vix_marks::{VixMarks, vix_marks};
