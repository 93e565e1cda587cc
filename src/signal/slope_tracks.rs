//! The regime along each slope that a library has, and which of them counts on a day.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::event_window::EventParams;
use super::regime::{RegimeBar, RegimeParams, SlopeSource};
use super::regime_track::RegimeTrack;
use super::vx_track::VxTrack;
use crate::calendar::add_trading_days;
use crate::indicator::ratio_contango_pct;
use crate::series::{Library, SeriesId};

/// Days by which a better slope may lag behind another before the other is used.
const SLOPE_LAG_DAYS: i32 = 5;

/// The regime along each slope, the best first; slopes without a day are left out.
pub fn slope_tracks(
    library: &Library,
    vx: &VxTrack,
    params: &RegimeParams,
    events: &EventParams,
) -> Vec<RegimeTrack> {
    let events = event_days(library, events);
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
    .map(|(source, bars)| RegimeTrack::of(source, &bars, params))
    .collect()
}

/// The slope whose regime counts on a day: the best that has enough closes by then and lags no other by more
/// than five days.
pub fn track_on(tracks: &[RegimeTrack], day: Date) -> Option<&RegimeTrack> {
    let last = |track: &RegimeTrack| Some(track.point_on_or_before(day)?.date);
    let newest = tracks.iter().filter_map(last).max()?;
    let is_fresh = |track: &&RegimeTrack| {
        last(track).is_some_and(|date| (newest - date).get_days() <= SLOPE_LAG_DAYS)
    };
    tracks.iter().find(is_fresh)
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn track(source: SlopeSource, days: i32, last: Date) -> RegimeTrack {
        let bars: Vec<RegimeBar> = (0..days)
            .map(|day| RegimeBar {
                date: last.saturating_add((day - days + 1).days()),
                slope_pct: Some(4.0 + (f64::from(day) / 9.0).sin()),
                vix: Some(16.0),
                in_event_window: false,
            })
            .collect();
        RegimeTrack::of(source, &bars, &RegimeParams::default())
    }

    #[test]
    fn the_best_slope_counts_that_is_long_enough_and_not_left_behind() {
        let today = date(2026, 3, 2);
        let source = |tracks: &[RegimeTrack], day| track_on(tracks, day).map(RegimeTrack::source);
        let (best, second) = (SlopeSource::ConstantMaturity, SlopeSource::ListedFutures);
        let both = [track(best, 200, today), track(second, 200, today)];
        assert_eq!(source(&both, today), Some(best));
        let short = [track(best, 50, today), track(second, 200, today)];
        assert_eq!(source(&short, today), Some(second));
        assert!(second.is_fallback() && second.label().contains("fallback"));
        let stale = [
            track(best, 200, date(2026, 2, 10)),
            track(second, 200, today),
        ];
        assert_eq!(source(&stale, today), Some(second));
        // as it was known while the best one still went on
        assert_eq!(source(&stale, date(2026, 2, 12)), Some(best));
        assert_eq!(source(&short[..1], today), None);
    }
}
