//! Rules: facts in, findings out. A rule sees nothing but facts, the pack's numbers and the reading chosen.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`stance`] | what can be asked for |

pub mod stance;

pub use stance::Stance;
