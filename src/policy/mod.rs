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
//! refused with its line and column ([`text::TextError`]); nothing is ever filled in silently: a pack of an
//! earlier schema says what it was given.

pub mod decision_numbers;
pub mod glossary;
pub mod layer_template;
pub mod numbers;
pub mod own_pack;
pub mod own_rules;
pub mod pack;
pub mod pack_check;
mod pack_schema_1;
pub mod pack_text;
pub mod place;
pub mod rule_kind;
pub mod rule_numbers;
pub mod signal_numbers;
pub mod text;
pub mod threshold;

pub use decision_numbers::DecisionNumbers;
pub use glossary::{Glossary, Term, TermKind};
pub use layer_template::{HedgeInstrument, LayerTemplate};
pub use numbers::{Numbers, Slot};
pub use own_pack::NumberChange;
pub use own_rules::{PRECEDENCE_PATH, RULES_PATH};
pub use pack::{
    BreakEvenLevels, Budgets, EntryWindows, Monetise, PackRef, RulePack, ThetaFloor, VegaBand,
};
pub use pack_check::PackFault;
pub use place::Place;
pub use rule_kind::{Clause, RuleKind, RuleSpec};
pub use rule_numbers::RuleNumbers;
pub use signal_numbers::SignalNumbers;
pub use text::TextError;
pub use threshold::{Provenance, Sign, Threshold, Unit};
