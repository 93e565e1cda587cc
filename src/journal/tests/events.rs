//! What hedges promised beside what they delivered.

use super::*;

#[test]
fn a_fall_sets_what_the_hedge_made_beside_what_the_model_promised() {
