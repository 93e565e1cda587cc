//! All integration tests, one binary: each subject is a module beside this file.

mod architecture;
mod calendar;
mod chain;
mod golden_condor;
mod golden_pricing;
mod hedge_panel;
mod journal_panel;
mod market_panel;
mod model_panel;
mod panel_host;
mod support;
mod ui_widgets;
mod worked_condor;
