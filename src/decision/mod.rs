//! The decision: findings → one verdict, its reasons, and what speaks against it.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`verdict`] | findings and choices by the pack's precedence → what to do |
//! | [`choices`] | what a verdict needs to know of the choices |
//! | [`standing`] | a stance has to stand before it is shown |

pub mod choices;
pub mod standing;
pub mod verdict;

pub use choices::{Choice, Choices, VerdictTrade};
pub use standing::{EvaluationStamp, Standing};
pub use verdict::{Conflict, Lean, Tilt, Verdict, VerdictInputs};
