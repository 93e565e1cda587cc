//! The second face: the same valuation as text, CSV and JSON.

pub mod check;
