//! Rules: facts in, findings out. A rule sees nothing but facts, the pack's numbers and the reading chosen.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`stance`] | what can be asked for |
//! | [`reading`] | how the text's open choices are read |
//! | [`modifiers`] | what changes the pack's numbers today |
//! | [`finding`] | what a rule found |
//! | [`findings`] | all rules of a pack, evaluated |
//! | [`case`] | one rule's look at the facts |
//! | `rules` | the rules, a file each |
//! | [`mod@lint`] | what a pack's numbers can and cannot do |
//! | [`mod@reference`] | the reference book that thresholds are set against |

pub mod case;
pub mod finding;
pub mod findings;
pub mod lint;
pub mod modifiers;
pub mod reading;
pub mod reference;
mod rules;
pub mod stance;
mod words;

pub use case::RuleInputs;
pub use finding::{Distance, Finding, RuleState, ThresholdUse};
pub use findings::Findings;
pub use lint::{Lint, LintGrid, LintKind, lint, lint_journal, lint_pack, recorded_facts};
pub use modifiers::{Effect, Modifier, ModifierKind, Modifiers};
pub use reading::Reading;
pub use reference::{
    ContextRow, OwnBook, ReferenceHedge, reference_campaign, reference_facts, threshold_context,
};
pub use stance::Stance;
