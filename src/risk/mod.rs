//! Book × market → the numbers that a trader asks for: joint scenarios, exposure, payoff, margin,
//! probabilities, hedge sizes. Gives no advice.

pub mod band;
pub mod book;
mod build;
pub mod condor;
pub mod curves;
pub mod defi;
pub mod etp;
pub mod exposure;
pub mod figures;
pub mod greek_curves;
pub mod hedge;
pub mod joint;
pub mod joint_map;
pub mod layer_pick;
pub mod margin;
pub mod outcomes;
pub mod pick;
pub mod pl_table;
pub mod presets;
pub mod probability;
pub mod scenario;
pub mod scenario_moves;
pub mod simulation;
pub mod smile_view;
pub mod spx_option;
pub mod ssr;
pub mod vega_convention;
pub mod vega_slopes;
pub mod vix_leg;
pub mod what_if;
