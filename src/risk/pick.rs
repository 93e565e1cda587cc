//! Picking contracts: strikes by delta off today's smile, expiries by the nearest tenor, layer sizes by template.

use jiff::civil::Date;

use crate::calendar::{nearest_vix_monthly, new_york_date};
use crate::instrument::{Contract, ContractError, OptionSeries, Root, Structure, StructureError};
use crate::market::Market;
use crate::pricing::{ForwardInput, Right, SpotInput, black76, bsm, implied_dividend};

/// What a builder asks for: "16Δ, 50 wide, 45 DTE".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CondorRequest {
    /// Absolute delta of both short strikes, 0 to 0.5.
    pub short_delta: f64,
    /// Wing width in points of the index.
    pub width_points: f64,
    /// Calendar days to expiry to aim for.
    pub days: i32,
}

/// Why no condor came of a request.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PickError {
    /// A delta outside 0.01 to 0.5.
    #[error("short delta {0}: expected 0.01 to 0.50")]
    Delta(f64),
    /// A width that is not a positive number of points.
    #[error("wing width {0}: expected points above 0")]
    Width(f64),
    /// No listed expiry ahead.
    #[error("no listed expiry near {0} days")]
    Expiry(i32),
    /// Strikes that do not make a condor, as when the wings are wider than the index.
    #[error(transparent)]
    Structure(#[from] StructureError),
    /// A strike that is none.
    #[error(transparent)]
    Contract(#[from] ContractError),
}

/// The listed SPX or SPXW expiry nearest to `days`; PM-settled where both are listed.
pub fn nearest_spx_series(market: &Market, days: i32) -> Option<OptionSeries> {
    let today = new_york_date(market.as_of);
    OptionSeries::spx_listed(today)
        .into_iter()
        .filter(|series| market.years_to(series.root, series.expiry) > 0.0)
        .min_by_key(|series| {
            let away = (days_between(today, series.expiry) - days).abs();
            (away, series.root != Root::Spxw)
        })
}

/// Strikes of a condor by delta: the listed strike nearest the short delta on each side, wings by width.
///
/// # Errors
/// [`PickError`] for a request out of range.
pub fn pick_condor(market: &Market, request: CondorRequest) -> Result<Structure, PickError> {
    if !(request.short_delta >= 0.01 && request.short_delta <= 0.5) {
        return Err(PickError::Delta(request.short_delta));
    }
    if !(request.width_points > 0.0 && request.width_points.is_finite()) {
        return Err(PickError::Width(request.width_points));
    }
    let series = nearest_spx_series(market, request.days).ok_or(PickError::Expiry(request.days))?;
    let put = strike_by_delta(market, series, Right::Put, request.short_delta);
    let call = strike_by_delta(market, series, Right::Call, request.short_delta);
    let strikes = [
        put - request.width_points,
        put,
        call,
        call + request.width_points,
    ];
    Ok(Structure::iron_condor(series, strikes)?)
}

/// The strike on the grid whose |delta| is nearest to `delta`, out of the money.
pub fn strike_by_delta(market: &Market, series: OptionSeries, right: Right, delta: f64) -> f64 {
    let today = new_york_date(market.as_of);
    let days = days_between(today, series.expiry);
    let spot = market.spx * series.root.index_scale();
    let step = series.root.strike_step_points(spot, days);
    let start = series.root.snap_strike(spot, days);
    let direction = right.sign();
    let mut best = (f64::INFINITY, start);
    for index in 0..2_000 {
        let strike = start + direction * step * f64::from(index);
        if strike <= 0.0 {
            break;
        }
        let found = spx_delta(market, series, right, strike).abs();
        let miss = (found - delta).abs();
        if miss < best.0 {
            best = (miss, strike);
        } else if found < delta {
            break;
        }
    }
    best.1
}

/// Delta of an SPX-family option on its own index today.
pub fn spx_delta(market: &Market, series: OptionSeries, right: Right, strike: f64) -> f64 {
    let Some(smile) = market.smile_at(series.root, series.expiry) else {
        return 0.0;
    };
    let spot = market.spx * series.root.index_scale();
    let dividend = implied_dividend(spot, smile.forward, market.rate, smile.years);
    let vol = smile.vol(strike, right);
    bsm(&SpotInput {
        right,
        spot,
        strike,
        years: smile.years,
        rate: market.rate,
        dividend,
        vol,
    })
    .delta
}

/// The VIX call of a layer: the monthly expiry nearest the target, the strike whose Black-76 delta on that
/// expiry's own future is nearest the target delta.
///
/// # Errors
/// [`PickError`] when no strike makes a contract.
pub fn pick_vix_call(
    market: &Market,
    target_days: i32,
    target_delta: f64,
) -> Result<Contract, PickError> {
    let expiry = nearest_vix_monthly(new_york_date(market.as_of), target_days);
    let strike = vix_strikes()
        .min_by(|a, b| {
            let miss = |strike: f64| (vix_call_delta(market, expiry, strike) - target_delta).abs();
            miss(*a).total_cmp(&miss(*b))
        })
        .ok_or(PickError::Expiry(target_days))?;
    Ok(Contract::option(Root::Vix, expiry, strike, Right::Call)?)
}

/// Listed VIX strikes from 10 to 100: halves below 15, whole points to 30, then fives.
fn vix_strikes() -> impl Iterator<Item = f64> {
    let halves = (20..30).map(|half| f64::from(half) / 2.0);
    let ones = (15..30).map(f64::from);
    let fives = (6..=20).map(|five| f64::from(five) * 5.0);
    halves.chain(ones).chain(fives)
}

/// Black-76 delta of a VIX call on the future of its own expiry.
pub fn vix_call_delta(market: &Market, expiry: Date, strike: f64) -> f64 {
    let Some(smile) = market.vix_smile_at(expiry) else {
        return 0.0;
    };
    let vol = smile.vol(strike, Right::Call);
    let terms = ForwardInput {
        right: Right::Call,
        forward: smile.future,
        strike,
        years: smile.years,
        rate: market.rate,
        vol,
    };
    black76(&terms).delta
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
