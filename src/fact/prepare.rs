//! A library's series prepared: indicators of SPX, and breadth.

use jiff::civil::Date;

use super::derived::{BreadthTrack, SpxTrack};
use super::params::SignalParams;
use crate::indicator::{Breadth, ad_line, ema, realised_vol, rsi, sma, window::Window};
use crate::series::{Library, SeriesId};
use crate::signal::divergence_history;

/// Closes in a year.
const YEAR: usize = 252;

/// Optional values as numbers, missing ones as NaN.
fn or_nan(values: Vec<Option<f64>>) -> Vec<f64> {
    values
        .into_iter()
        .map(|value| value.unwrap_or(f64::NAN))
        .collect()
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
