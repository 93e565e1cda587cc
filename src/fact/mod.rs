//! Facts: one registry of all that a rule may see, each with meaning, unit, value or why it is missing,
//! source, day and age. Nothing is read that was not public at the instant of the marks.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`id`], [`mod@unit`] | the closed list of facts |
//! | [`value`] | one fact |
//! | [`facts`] | all of them, gathered |
//! | [`params`] | the parameters of the signals |
//! | [`derived`] | series that are computed once a library |
//! | `prepare` | how |
//! | `known` | what was public at an instant |
//! | `collector` | takes facts as they are found |
//! | `regime`, `curve`, `layers`, `spx`, `breadth`, `events`, `economy`, `worth`, `premium`, `stance` | facts of history |
//! | `book`, `journal`, `vega`, `hedge`, `costs` | facts of the book |
//!
//! A daily close counts from a quarter past the exchange's close; other figures from 08:30 New York of the
//! day on which they can have been published.

mod book;
mod breadth;
mod collector;
mod costs;
mod curve;
pub mod derived;
mod economy;
mod events;
pub mod facts;
mod hedge;
pub mod id;
mod journal;
mod known;
mod layers;
pub mod params;
mod premium;
mod prepare;
mod regime;
mod spx;
mod stance;
pub mod unit;
pub mod value;
mod vega;
mod worth;

pub use book::carried_break_evens;
pub use derived::{BreadthTrack, Derived, SpxTrack, close_known_at, regime_of};
pub use facts::{AssumedMarks, BookInputs, FactInputs, Facts};
pub use id::{FactGroup, FactId, FactSpec};
pub use journal::carried_spx_usd;
pub use params::SignalParams;
pub use unit::FactUnit;
pub use value::{Fact, FactValue, Missing};
