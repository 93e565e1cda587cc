//! What can be docked: one file or folder per panel.

pub mod greeks;
pub mod payoff;
