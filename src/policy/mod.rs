//! Rule packs: layer templates, bands, floors and budgets as data, each number with its source.
//!
//! A [`RulePack`] is a RON file. The one shipped with the program is compiled in:
//!
//! ```
//! use palisade::policy::RulePack;
//!
//! let pack = RulePack::alvh();
//! assert_eq!(pack.vega_band.high.value, 0.25);
//! assert_eq!(pack.vega_band.high.source.label(), "method");
//! ```
//!
//! The [`Glossary`] lies beside them: every term of the method, the model and the field, with its source.
//!
//! A pack with a missing number, an impossible sign, the wrong unit or a band turned inside out is
//! refused with its line and column ([`text::TextError`]); nothing is ever filled in silently.

pub mod glossary;
pub mod pack;
pub mod place;
pub mod text;
pub mod threshold;

pub use glossary::{Glossary, Term, TermKind};
pub use pack::{
    BreakEvenLevels, Budgets, EntryWindows, HedgeInstrument, LayerTemplate, Monetise, PackRef,
    RulePack, ThetaFloor, VegaBand,
};
pub use place::Place;
pub use text::TextError;
pub use threshold::{Provenance, Sign, Threshold, Unit};
