//! All integration tests, one binary: each subject is a module beside this file.

mod architecture;
mod calendar;
mod chain;
mod cli;
mod document;
mod dynamics;
mod golden_condor;
mod golden_pricing;
mod kill;
mod laws;
mod market;
mod panel_host;
mod store;
mod support;
mod ui_widgets;
mod what_if;
mod worked_condor;
