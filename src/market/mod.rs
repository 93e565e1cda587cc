//! What the world looks like at one instant: marks as entered, and the market resolved from them.

pub mod params;

pub use params::{ModelParams, ParamKey, SmileMode};
