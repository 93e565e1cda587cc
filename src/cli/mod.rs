//! The second face: the same valuation as text, CSV and JSON.

pub mod chain;
pub mod check;
