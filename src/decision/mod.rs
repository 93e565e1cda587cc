//! The decision: hold, roll, hedge, trim or close, every choice on one basis: the same simulated paths, the
//! same presets, the same costs and margin rules.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`params`] | the numbers of the decision |
//! | [`inputs`] | what it is made from, and the basis that all choices share |
//! | [`candidate`] | a choice: the book that it leads to, its trades, its commands |
//! | `hold`, `close`, `rolls`, `hedges`, [`stress`], `trims`, `monetise` | the choices of each kind |
//! | `orders` | trades in the hedge as a book |
//! | [`figures`], [`evaluate`] | what a choice costs and leads to, and how that is measured |
//! | [`accept`] | which rolls are accepted |
//! | [`score`] | the score and the order |
//! | [`verdict`] | findings and choices by the pack's precedence → what to do |
//! | [`choices`] | what a verdict needs to know of the choices |
//! | [`standing`] | a stance has to stand before it is shown |
//! | [`choice_map`] | which choice wins where on the plane of SPX and VIX |
//! | [`record`] | a decision as the journal keeps it |
//! | [`recorded`] | a decision as recorded beside the same judged again |
//! | [`mod@decide`], [`job`] | the whole way, and the same for another thread |
//! | `words` | numbers in sentences |

pub mod accept;
pub mod candidate;
pub mod choice_map;
pub mod choices;
mod close;
pub mod decide;
pub mod evaluate;
pub mod figures;
mod hedges;
mod hold;
pub mod inputs;
pub mod job;
mod monetise;
mod orders;
pub mod params;
pub mod record;
pub mod recorded;
mod rolls;
pub mod score;
pub mod standing;
pub mod stress;
#[cfg(test)]
mod tests;
mod trims;
pub mod verdict;
mod words;

pub use accept::{Acceptance, AcceptanceTest, TestKind};
pub use candidate::{Candidate, CandidateKind, HedgeGoal, PlannedTrade, RollStrikes};
pub use choice_map::{Bound, Boundary, ChoiceMap, Comparison};
pub use choices::{Choice as VerdictChoice, Choices as VerdictChoices, VerdictTrade};
pub use decide::{Choice, Decision, DecisionError, decide};
pub use evaluate::Evaluator;
pub use figures::{BreakEvenFigures, DriftPoint, Figures, PresetPl, VegaFigures};
pub use inputs::{Basis, DecisionInputs, Lean};
pub use job::DecisionJob;
pub use params::{DecisionParams, MonetiseParams, RollParams, StressParams, Weights};
pub use record::Weighed;
pub use recorded::JudgedAnew;
pub use score::{Score, ScoreParts};
pub use standing::{EvaluationStamp, Standing, Stood};
pub use stress::{FrontierPoint, StressHedge};
pub use verdict::{Conflict, Lean as TieLean, Tilt, Verdict, VerdictInputs};
