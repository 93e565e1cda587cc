//! Palisade: a desk for SPX iron condors and their layered VIX hedge, netted under one open model.
//!
//! ```text
//!              ┌───────────────── Action::Edit(Command) ─────────────────┐
//!              ▼                                                          │
//!   Document ──┴─▶ Valuation::of(&Document, …) ──▶ panels(&ctx, &mut Actions) ──▶ pixels
//!   (decided, undoable)      (derived, never saved)
//! ```
//!
//! Rooms, each of which may use only the rooms above it (a test keeps it so):
//!
//! | room | one sentence |
//! | --- | --- |
//! | [`units`] | constants and conversions for what is easily confused |
//! | [`calendar`] | trading days, expiries, settlement instants and years |
//! | [`pricing`] | forward, strike, vol and time → price and Greeks |
//! | [`instrument`] | what can be held: contract, leg, position, structure, trade |
//! | [`market`] | what the world looks like at one instant |
//! | [`series`] | the past: daily and monthly series, VIX futures by contract, release dates |
//! | [`indicator`] | series in, series out: averages, oscillators, derived series |
//! | [`estimate`] | fitted models and yardsticks: mean reversion, betas, implied premium, cost of capital |
//! | [`policy`] | rule packs: layer templates, bands and budgets as data with sources |
//! | [`signal`] | what the method reads in series: typed findings with their numbers |
//! | [`risk`] | book × market → the numbers that a trader asks for |
//! | [`import`] | foreign files → our types, with errors that name the line |
//! | [`document`] | what is saved: the campaign, its commands, undo, the RON file |
//! | [`valuation`] | everything that follows from a document |
//! | [`journal`] | what was done and what came of it: fills in time, profit by cause |
//! | [`fact`] | all that a rule may see: one registry, each fact with source, day and age |
//! | [`rule`] | facts → findings: the method's rules, each with its numbers |
//! | [`decision`] | hold, roll, hedge, trim, close: every choice on one basis, and one verdict |
//! | [`ui`] | the only room that knows egui: read, draw, emit actions |
//! | [`cli`] | the second face: the same valuation as text, CSV and JSON |
//! | [`app`] | the loop; with `main` the only reader of the clock |

pub mod app;
pub mod calendar;
pub mod cli;
pub mod decision;
pub mod document;
pub mod estimate;
pub mod fact;
pub mod import;
pub mod indicator;
pub mod instrument;
pub mod journal;
pub mod market;
pub mod policy;
pub mod pricing;
pub mod risk;
pub mod rule;
pub mod series;
pub mod signal;
pub mod ui;
pub mod units;
pub mod valuation;
