//! What can be docked: one file or folder per panel.

pub mod hedge;
pub mod journal;
pub mod market;
pub mod model;
pub mod problems;
