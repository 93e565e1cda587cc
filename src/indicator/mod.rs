//! Series in, series out: averages, oscillators and the derived series of VIX futures and breadth.
//!
//! Each file holds one indicator as a struct that takes a value at a time ([`Incremental::push`]) and a
//! function over a whole slice that uses it, so the two cannot disagree. Conventions are TA-Lib's where it
//! has the indicator.
//!
//! ```
//! use palisade::indicator::{Ema, Incremental as _, Seeding, ema};
//!
//! let mut running = Ema::new(3, Seeding::Sma);
//! assert_eq!(running.push(1.0), None);
//! assert_eq!(running.push(2.0), None);
//! assert_eq!(running.push(6.0), Some(3.0));
//! assert_eq!(ema(&[1.0, 2.0, 6.0], 3), [None, None, Some(3.0)]);
//! ```
//!
//! A value that is not finite is a missing day: it gives `None` and changes nothing, so one gap in a file
//! does not spoil all that follows. Slices are in order of time, oldest first.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`mod@window`] | the last n values |
//! | [`mod@sma`], [`mod@ema`] | averages |
//! | [`mod@stdev`], [`mod@zscore`], [`mod@percentile`] | spread, and where a value stands in it |
//! | [`mod@macd`], [`mod@rsi`] | oscillators |
//! | [`mod@realised_vol`] | vol of closes |
//! | [`mod@ad_line`] | advances less declines, summed |
//! | [`mod@vx_day`] | the listed VIX futures of one day |
//! | [`mod@constant_maturity`] | VIX future of a fixed tenor |
//! | [`mod@continuous`] | VIX future chained over its rolls |
//! | [`mod@contango`] | slope of the curve |
//! | [`mod@decimate`] | fewer points for a plot |

pub mod ad_line;
pub mod constant_maturity;
pub mod contango;
pub mod continuous;
pub mod decimate;
pub mod ema;
pub mod macd;
pub mod percentile;
pub mod realised_vol;
pub mod rsi;
pub mod sma;
pub mod stdev;
pub mod vx_day;
pub mod window;
pub mod zscore;

pub use ad_line::{AdLine, Breadth, ad_line};
pub use constant_maturity::{LAYER_TENORS_DAYS, constant_maturity, constant_maturity_series};
pub use contango::{contango_pct, contango_series, listed_contango_series, ratio_contango_pct};
pub use continuous::{Continuous, continuous_series};
pub use decimate::extremes;
pub use ema::{Ema, Seeding, ema};
pub use macd::{Macd, MacdPeriods, MacdValue, macd};
pub use percentile::{PercentileRank, percentile_rank, quantile};
pub use realised_vol::{RealisedVol, realised_vol};
pub use rsi::{Rsi, rsi};
pub use sma::{Sma, sma};
pub use stdev::{Stdev, stdev};
pub use vx_day::{VxDay, VxPrice};
pub use zscore::{ZScore, z_score};

/// Trading days in a year, for annualising.
pub const TRADING_DAYS_PER_YEAR: f64 = 252.0;

/// An indicator that takes one value at a time.
pub trait Incremental {
    /// What it gives.
    type Output;

    /// Takes the next value; gives the indicator there, or `None` while it warms up and for a value that is
    /// not finite, which is passed over.
    fn push(&mut self, value: f64) -> Option<Self::Output>;

    /// The indicator along a slice, one entry per value.
    fn over(mut self, values: &[f64]) -> Vec<Option<Self::Output>>
    where
        Self: Sized,
    {
        values.iter().map(|&value| self.push(value)).collect()
    }
}

#[cfg(test)]
mod laws;
