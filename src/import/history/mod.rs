//! Files of market history → [`crate::series`], one reader per format, recognised by content.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`loader`] | folders and files → a library, in parallel, with progress and cancel |
//! | [`formats`] | the table of formats and how each is recognised |
//! | `text`, `dates`, `column` | lines, cells, numbers, dates and columns common to all |
//! | `single` | files of one series that do not name it: by known values, then by file name |
//! | `known_values` | closes of famous days that tell series apart |
//! | `cboe_index` | index history of Cboe |
//! | `vx_contract` | VIX futures of Cboe, one contract a file or all in one |
//! | `vx_table` | VIX futures as one curve a row |
//! | `fred` | downloads from FRED |
//! | `yahoo`, `yfinance` | Yahoo's CSV and what the Python package writes |
//! | `shiller` | Shiller's monthly data |
//! | `breadth` | NYSE counts without header |
//! | `date_value` | a date column and columns that name series |
//! | `events` | dates of meetings and releases |
//! | [`manual`] | rows typed by hand |

mod breadth;
mod cboe_index;
mod column;
mod date_value;
mod dates;
mod events;
pub mod formats;
mod fred;
mod known_values;
pub mod loader;
pub mod manual;
mod shiller;
mod single;
mod text;
mod vx_contract;
mod vx_table;
mod yahoo;
mod yfinance;

pub use formats::{HistoryFormat, recognise};
pub use loader::{LibraryLoader, LoadError, LoadProgress};
pub use manual::{MANUAL_FILE, ManualRows};
