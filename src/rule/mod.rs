//! Rules: facts in, findings out. A rule sees nothing but facts, the pack's numbers and the reading chosen.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`stance`] | what can be asked for |
//! | [`finding`] | what a rule found |

pub mod finding;
pub mod stance;

pub use finding::{Distance, Finding, RuleState, ThresholdUse};
pub use stance::Stance;
