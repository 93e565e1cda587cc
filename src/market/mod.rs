//! What the world looks like at one instant: marks as entered, and the market resolved from them.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`params`] | every default of the joint model, by name |
//! | [`marks`], [`chain`] | what is entered or imported, and saved |
//! | [`snapshot`] | the market: forward, discount, years and vol of any contract |
//! | [`resolve`] | from marks to a market, with the marks that could not be used |
//! | [`smile`] | one SPX expiry: fitted slice plus residuals |
//! | [`svi`], [`svi_fit`], [`ssvi`], [`smile_prior`] | the curves of a smile, their fits and priors |
//! | [`atm_terms`], [`carry`] | at-the-money vol and forwards by time |
//! | [`vix_curve`], [`vix_vol`] | VIX futures and the vols of VIX options |
//! | [`mod@vol_index`] | the 30-day index of a chain |
//! | [`vix_shapes`] | presets of the VIX futures curve, and what a drag makes of it |
//! | [`residuals`] | what quotes say beyond a fit |

pub mod atm_terms;
pub mod carry;
pub mod chain;
mod least_squares;
pub mod marks;
pub mod params;
pub mod residuals;
pub mod resolve;
pub mod smile;
pub mod smile_prior;
pub mod snapshot;
pub mod ssvi;
pub mod svi;
pub mod svi_fit;
pub mod vix_curve;
pub mod vix_shapes;
pub mod vix_vol;
pub mod vol_index;

pub use atm_terms::AtmTerms;
pub use carry::Carry;
pub use chain::{Chain, ChainExpiry, SharedChain};
pub use marks::{FutureMark, Mark, Marks, MarksError, OptionMark};
pub use params::{ModelParams, ParamKey, SmileMode};
pub use resolve::{MarkTrouble, MarketProblem};
pub use smile::{Smile, SmileQuote, SmileSource, SmileTerms};
pub use snapshot::{Market, Quoted, VolSource};
pub use svi::SviSlice;
pub use vix_curve::{CurvePoint, CurveSource, VixCurve};
pub use vix_shapes::CurveShape;
pub use vix_vol::{VixSmile, VixSmileTerms, VixVolTemplate};
pub use vol_index::{ExpiryVariance, VolIndex, vol_index};
