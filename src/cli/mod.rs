//! Room `cli`.
pub mod chain;
