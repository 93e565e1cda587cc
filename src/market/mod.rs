//! What the world looks like at one instant: marks as entered, and the market resolved from them.

mod least_squares;
pub mod params;
pub mod smile_prior;
pub mod ssvi;
pub mod svi;
pub mod svi_fit;

pub use params::{ModelParams, ParamKey, SmileMode};
