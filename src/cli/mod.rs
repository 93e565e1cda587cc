//! The second face: one file per subcommand, the same numbers as the desk as CSV, JSON and text.

pub mod args;
pub mod chain;
pub mod check;
pub mod csv_batch;
pub mod implied_vol;
pub mod indicators;
pub mod journal;
pub mod pipe;
pub mod plot;
pub mod price;
pub mod report;
