//! Fitted models and yardsticks: what history and fundamentals say that a price should be.
//!
//! None of them prices anything in the book: that is done from marks alone. Each gives its numbers with the
//! window they came from and, where it estimates, with standard errors, because they move with the window
//! (the speed of VIX's return by a factor of four).
//!
//! ```
//! use palisade::estimate::{TwoStage, WaccInput, wacc};
//!
//! // January 2005: an index of 1211.92 with 35.15 paid out, growing 8.5 % for five years
//! let implied = TwoStage { index: 1211.92, cash_flow: 35.15, growth: 0.085, terminal_growth: 0.0422, years: 5 }
//!     .implied(0.0422)
//!     .expect("a premium");
//! assert!((implied.premium - 0.0365).abs() < 5e-5);
//! let cost = wacc(&WaccInput { equity_premium: implied.premium, ..WaccInput::all_equity(0.0422) });
//! assert!((cost - 0.0787).abs() < 1e-4);
//! ```
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`mod@regression`] | a line through points, with standard errors |
//! | [`mod@beta`] | sensitivity of one series' log changes to another's |
//! | [`mod@mean_reversion`] | Ornstein–Uhlenbeck fit to levels or logs |
//! | [`mod@equity_premium`] | premium implied by dividends and buybacks |
//! | [`mod@cost_of_capital`] | CAPM and WACC |
//! | [`mod@capm_overlay`] | a layer's carry against the price that its beta makes fair |
//! | [`mod@richness`] | a future against the mean-reverting curve |
//! | [`mod@vol_premium`] | implied over realised vol |

pub mod beta;
pub mod capm_overlay;
pub mod cost_of_capital;
pub mod equity_premium;
pub mod mean_reversion;
pub mod regression;
pub mod richness;
pub mod vol_premium;

pub use beta::{Beta, log_beta, rolling_log_beta};
pub use capm_overlay::{
    CapmInput, CapmOverlay, Cheapness, RequiredReturn, capm_overlay, roll_carry,
};
pub use cost_of_capital::{WaccInput, capm_return, wacc};
pub use equity_premium::{Gordon, ImpliedPremium, PremiumError, TwoStage, implied_from_cash_flows};
pub use mean_reversion::{
    Estimate, MeanReversion, OuFit, ReversionError, Window, fit_mean_reversion,
};
pub use regression::{Line, RegressionError, fit_line};
pub use richness::{Richness, richness, richness_z};
pub use vol_premium::{VolPremium, vol_premium};
