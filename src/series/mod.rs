//! The past: daily and monthly series, VIX futures by contract, release dates. Immutable once loaded.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`id`] | the closed list of series: name, unit, plausible range, publication lag |
//! | `catalogue` | that list's table |
//! | [`plausible`] | what a series may have been on a day |
//! | [`dated`] | one series: dates and values, looked up by day |
//! | [`vx`] | VIX futures by contract and by day |
//! | [`event`] | dates of FOMC meetings and releases |
//! | [`manual`] | rows that the trader typed |
//! | [`library`] | all of it, with where each part comes from and what was wrong |
//! | [`builder`] | several files → one library, by a fixed rule |
//! | `vx_merge` | the same rule for the futures |
//! | [`problem`] | a complaint with file and line |
//!
//! Readers of files stand in [`crate::import::history`]; nothing here touches a disk.
//!
//! ```
//! use jiff::civil::date;
//! use palisade::series::{Series, SeriesId};
//!
//! let vix = Series::new(SeriesId::Vix, vec![(date(2026, 7, 22), 16.64), (date(2026, 7, 23), 18.7)]);
//! assert_eq!(vix.value_on_or_before(date(2026, 7, 26)), Some(18.7));
//! assert_eq!(vix.tail(1).closes(), [18.7]);
//! ```

pub mod builder;
mod catalogue;
pub mod dated;
pub mod event;
pub mod id;
pub mod library;
pub mod manual;
pub mod plausible;
pub mod problem;
pub mod vx;
mod vx_merge;

pub use builder::{LibraryBuilder, SeriesSource, VxSource};
pub use dated::{Gap, Joined, Observation, Series, SeriesSlice};
pub use event::{Event, EventKind};
pub use id::{Frequency, SeriesId, SeriesSpec, SeriesUnit};
pub use library::{FileOutcome, Library, LibraryFile, Provenance, SourceUse};
pub use manual::{ManualEntry, ManualRow};
pub use plausible::plausible_range;
pub use problem::{LibraryProblem, Severity};
pub use vx::{VxBar, VxContract, VxCurve, VxHistory, VxPoint};
