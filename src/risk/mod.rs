//! Book × market → the numbers that a trader asks for: joint scenarios, exposure, payoff, margin,
//! probabilities, hedge sizes. Gives no advice.

pub mod band;
pub mod figures;
pub mod joint;
pub mod margin;
pub mod presets;
pub mod probability;
pub mod scenario;
pub mod spx_option;
pub mod vix_leg;
