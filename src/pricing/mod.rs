//! Room `pricing`: forward, strike, vol and time in, price and Greeks out. No dates, no market, no positions.
//!
//! One kernel (`kernel.rs`) serves every entry point, so that one option, a chain and a scenario line
//! agree to the last bit:
//!
//! | entry | use |
//! | --- | --- |
//! | [`bsm`], [`black76`], [`black76_price`] | one option |
//! | [`PriceLine`] | prices of one option across a line of scenarios |
//! | [`SpotLine`], [`ForwardLine`] | price and Greeks of one option across a line of scenarios |
//! | [`bsm_batch`], [`black76_batch`] | price and Greeks of many different options |
//! | [`implied_vol()`] | vol from a price |
//! | [`model_free_variance`], [`interpolated_vol`] | variance of a whole strip of quotes, and the index of two |
//!
//! Vol and rates are decimals, time is in years, amounts are per share.

mod batch;
mod black;
mod error;
mod fastmath;
mod greeks;
mod implied;
mod kernel;
#[cfg(test)]
mod laws;
mod line;
mod model_free;
mod normal;

pub use batch::{BatchInput, GreeksColumns, black76_batch, bsm_batch};
pub use black::{BlackInput, ForwardInput, Right, SpotInput};
pub use black::{black76, black76_price, bsm, implied_dividend};
pub use error::PricingError;
pub use fastmath::{exp_fast, exp_slice, ln_fast, ln_slice, pow_fast, pow_slice};
pub use greeks::Greeks;
pub use implied::{IvClass, IvError, Quote, implied_vol, solve_vol};
pub use line::{ForwardLine, PriceLine, SpotLine};
pub use model_free::{ModelFree, StrikeQuotes, interpolated_vol, model_free_variance};
pub use normal::{cdf, cdf_fast, inverse_cdf, pdf};
