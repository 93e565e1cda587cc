//! Trading days, expiries, settlement instants and years: everything that a date means to the desk.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`holidays`] | which days the exchange is closed, or closes early |
//! | [`sessions`] | counting and stepping in trading days |
//! | [`expiries`] | when SPX, SPXW, XSP, VIX and VX contracts expire, and which expiries are listed |
//! | [`clock`] | settlement instants in New York and years between two instants |
//! | [`business_clock`] | years in which a closed day counts less than a session |
//! | [`written`] | dates and times as people write them |
//!
//! Two types never mix here: an expiry or a session is a [`jiff::civil::Date`] (no time zone); an
//! as-of or a settlement is a [`jiff::Timestamp`] (an instant). New York time is the bridge.

pub mod business_clock;
pub mod clock;
pub mod expiries;
pub mod holidays;
pub mod sessions;
pub mod written;

pub use business_clock::BusinessClock;
pub use clock::{
    AsOfError, SettlementTime, days_to_expiry, new_york, new_york_date, new_york_instant,
    parse_as_of, settlement_instant, years_between,
};
pub use expiries::{
    ExpirySeries, expiries_until, is_listed_expiry, listed_expiries, nearest_vix_monthly,
    next_expiries, spx_monthly_expiry, third_friday, vix_expiry_of_week, vix_monthly_expiry,
};
pub use holidays::{closure_name, early_close, is_business_day};
pub use sessions::{
    add_trading_days, business_days_between, business_days_within, next_business_day,
    prev_business_day, trading_days_in,
};
pub use written::{WrittenError, parse_date, parse_moment};
