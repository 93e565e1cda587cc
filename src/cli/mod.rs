//! Room `cli`: the second face, the same numbers as text, CSV and JSON.

pub mod csv_batch;
pub mod csv_table;
pub mod implied_vol;
pub mod price;
