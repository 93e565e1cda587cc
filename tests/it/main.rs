//! All integration tests, one binary: each subject is a module beside this file.

mod architecture;
mod calendar;
mod chain;
mod cli;
mod document;
mod golden_condor;
mod golden_pricing;
mod hedge_panel;
mod joint_map;
mod journal_panel;
mod kill;
mod laws;
mod market;
mod market_panel;
mod model_panel;
mod panel_host;
mod payoff_panel;
mod position_panel;
mod store;
mod support;
mod ui_widgets;
mod what_if;
mod worked_condor;
