//! The second face: one file per subcommand, the same numbers as the desk as CSV, JSON and text.

pub mod chain;
pub mod check;
