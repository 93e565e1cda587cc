//! Constants and conversions for what is easily confused: vol points, days, years, dollars.
//!
//! Conventions everywhere below this room: vol is a decimal (0.18), a *vol point* is 0.01; rates are
//! continuously compounded decimals; option Greeks are per share; names carry the unit
//! (`_per_day`, `_per_vol_point`, `_usd`, `_pct`).

/// One vol point as a decimal vol: vega per vol point = vega per 1.00 × this.
pub const VOL_POINT: f64 = 0.01;

/// Calendar days in a model year (theta per day = theta per year / this).
pub const DAYS_PER_YEAR: f64 = 365.0;

/// Calendar minutes in a model year, as in the VIX formula (Cboe VIX methodology).
pub const MINUTES_PER_YEAR: f64 = 525_600.0;

/// Shares per SPX, XSP and VIX option contract.
pub const OPTION_MULTIPLIER: f64 = 100.0;
