//! A library's series prepared: futures by tenor, indicators of SPX, breadth, the regime at every close.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::derived::{BreadthTrack, SpxTrack, VxTrack};
use super::params::SignalParams;
use crate::calendar::add_trading_days;
use crate::indicator::{
    Breadth, LAYER_TENORS_DAYS, VxDay, ad_line, constant_maturity, ema, macd, ratio_contango_pct,
    realised_vol, rsi, sma, window::Window,
};
use crate::series::{Library, SeriesId};
use crate::signal::{
    EventParams, RegimeBar, RegimeTrack, SlopeSource, compression_history, divergence_history,
};

/// Closes in a year.
const YEAR: usize = 252;

/// Optional values as numbers, missing ones as NaN.
fn or_nan(values: Vec<Option<f64>>) -> Vec<f64> {
    values
        .into_iter()
        .map(|value| value.unwrap_or(f64::NAN))
        .collect()
}

/// VIX futures by day.
pub(super) fn vx(library: &Library, params: &SignalParams) -> VxTrack {
    let vix = library.series(SeriesId::Vix);
    let mut track = VxTrack::default();
    for curve in library.futures().curves() {
        let spot = vix.and_then(|vix| vix.value_on(curve.date));
        let day = VxDay::of_curve(&curve, spot);
        let listed = |position| day.nth(position).map_or(f64::NAN, |future| future.price);
        track.dates.push(curve.date);
        track.vix.push(spot.unwrap_or(f64::NAN));
        track.first.push(listed(1));
        track.second.push(listed(2));
        for (levels, tenor) in track.cm.iter_mut().zip(LAYER_TENORS_DAYS) {
            levels.push(constant_maturity(&day, tenor).unwrap_or(f64::NAN));
        }
    }
    let near_far = track.cm[0].iter().zip(&track.cm[1]);
    track.slope_pct = or_nan(
        near_far
            .map(|(near, far)| ratio_contango_pct(*near, *far))
            .collect(),
    );
    track.macd = macd(&track.slope_pct);
    let levels = [&track.cm[0], &track.cm[2], &track.cm[3]].map(Vec::as_slice);
    track.compression = compression_history(levels, &params.compression);
    track
}

/// The regime along each slope, the best first; slopes without a day are left out.
pub(super) fn regimes(library: &Library, vx: &VxTrack, params: &SignalParams) -> Vec<RegimeTrack> {
    let events = event_days(library, &params.events);
    let bar = |date: Date, slope_pct: Option<f64>, vix: f64| RegimeBar {
        date,
        slope_pct,
        vix: vix.is_finite().then_some(vix),
        in_event_window: events.contains(&date),
    };
    let of_futures = |slope: &dyn Fn(usize) -> Option<f64>| -> Vec<RegimeBar> {
        let days = vx.dates.iter().enumerate();
        days.map(|(at, date)| bar(*date, slope(at), vx.vix[at]))
            .collect()
    };
    let constant = of_futures(&|at| Some(vx.slope_pct[at]).filter(|slope| slope.is_finite()));
    let listed = of_futures(&|at| ratio_contango_pct(vx.first[at], vx.second[at]));
    let indices = match (
        library.series(SeriesId::Vix),
        library.series(SeriesId::Vix3m),
    ) {
        (Some(vix), Some(vix3m)) => {
            let both = vix.joined(vix3m);
            let days = both.dates.iter().zip(both.left.iter().zip(&both.right));
            days.map(|(date, (vix, vix3m))| bar(*date, ratio_contango_pct(*vix, *vix3m), *vix))
                .collect()
        }
        (None | Some(_), None) | (None, Some(_)) => Vec::new(),
    };
    [
        (SlopeSource::ConstantMaturity, constant),
        (SlopeSource::ListedFutures, listed),
        (SlopeSource::Vix3mOverVix, indices),
    ]
    .into_iter()
    .filter(|(_, bars)| !bars.is_empty())
    .map(|(source, bars)| RegimeTrack::of(source, &bars, &params.regime))
    .collect()
}

/// Every day that lies in an event window.
fn event_days(library: &Library, params: &EventParams) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    for event in library.events() {
        let last = add_trading_days(event.date, params.after);
        let mut day = add_trading_days(event.date, -params.before);
        while day <= last {
            days.insert(day);
            day = day.saturating_add(1.days());
        }
    }
    days
}

/// S&P 500 by close.
pub(super) fn spx(library: &Library, params: &SignalParams) -> SpxTrack {
    let Some(series) = library.series(SeriesId::Spx) else {
        return SpxTrack::default();
    };
    let closes = series.closes();
    SpxTrack {
        dates: series.dates().to_vec(),
        closes: closes.to_vec(),
        rsi14: or_nan(rsi(closes, params.expansion.rsi_period)),
        high252: highs(closes),
        ema20: or_nan(ema(closes, 20)),
        sma50: or_nan(sma(closes, 50)),
        sma200: or_nan(sma(closes, 200)),
        rv20: or_nan(realised_vol(closes, 20)),
        pe: price_to_earnings(library, series.dates(), closes),
    }
}

/// Highest of the last year's closes, NaN until there is a year.
fn highs(closes: &[f64]) -> Vec<f64> {
    let mut window = Window::new(YEAR);
    closes
        .iter()
        .map(|close| {
            if window.push(*close) {
                window.max()
            } else {
                f64::NAN
            }
        })
        .collect()
}

/// Price over earnings on each close, of what was public by then: the ratio itself where there is one, else
/// the close over the earnings of twelve months.
fn price_to_earnings(library: &Library, dates: &[Date], closes: &[f64]) -> Vec<f64> {
    let (series, by_close) = match (
        library.series(SeriesId::SpxPe),
        library.series(SeriesId::SpxEarnings),
    ) {
        (Some(ratio), _) => (ratio, false),
        (None, Some(earnings)) => (earnings, true),
        (None, None) => return vec![f64::NAN; dates.len()],
    };
    let published: Vec<Date> = series
        .dates()
        .iter()
        .map(|date| series.published_on(*date))
        .collect();
    let mut known = 0;
    dates
        .iter()
        .zip(closes)
        .map(|(date, close)| {
            while published.get(known).is_some_and(|day| day <= date) {
                known += 1;
            }
            let last = known.checked_sub(1).and_then(|at| series.at(at));
            match last {
                Some(last) if by_close => close / last.value,
                Some(last) => last.value,
                None => f64::NAN,
            }
        })
        .collect()
}

/// Breadth on the days that SPX and both counts have.
pub(super) fn breadth(library: &Library, params: &SignalParams) -> BreadthTrack {
    let (Some(spx), Some(advances), Some(declines)) = (
        library.series(SeriesId::Spx),
        library.series(SeriesId::NyseAdvances),
        library.series(SeriesId::NyseDeclines),
    ) else {
        return BreadthTrack::default();
    };
    // the line runs over all counts, its comparison with SPX over days with both
    let counts = advances.joined(declines);
    let days: Vec<Breadth> = counts
        .left
        .iter()
        .zip(&counts.right)
        .map(|(advances, declines)| Breadth {
            advances: *advances,
            declines: *declines,
        })
        .collect();
    let line = or_nan(ad_line(&days));
    let mut track = BreadthTrack::default();
    for (date, level) in counts.dates.iter().zip(line) {
        if let Some(close) = spx.value_on(*date) {
            track.dates.push(*date);
            track.closes.push(close);
            track.ad.push(level);
        }
    }
    track.divergence = divergence_history(&track.closes, &track.ad, &params.breadth);
    track
}
