//! Book × market → the numbers that a trader asks for: joint scenarios, exposure, payoff, margin,
//! probabilities, hedge sizes. Gives no advice.

pub mod joint;
pub mod presets;
pub mod probability;
pub mod scenario;
