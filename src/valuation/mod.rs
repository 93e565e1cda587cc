//! Room `valuation`.
