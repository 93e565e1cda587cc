//! All integration tests, one binary: each subject is a module beside this file.

mod calendar;
mod chain;
mod document;
mod golden_pricing;
mod kill;
mod market;
mod store;
