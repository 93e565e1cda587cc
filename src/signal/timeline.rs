//! The past as the charts show it: every series on one axis of trading days, with regime and divergences.
//!
//! Made once for a library, off the window's thread; a chart only cuts and draws. Values that are not known on
//! a day are `NAN`.

mod breadth;
mod regime_days;
mod term_chart;

use jiff::civil::Date;

use super::breadth_divergence::{BreadthParams, Divergence};
use super::event_window::EventParams;
use super::layer_compression::CompressionParams;
use super::regime::{RegimeError, RegimeFinding, RegimeParams};
use super::regime_track::RegimeTrack;
use super::slope_tracks::slope_tracks;
use super::vx_track::VxTrack;
use crate::calendar::is_business_day;
use crate::indicator::rsi;
use crate::series::{Library, SeriesId};

pub use regime_days::{BandState, RegimeSpan, RibbonState, Span};
pub use term_chart::{TermBand, TermChart, TermCurve};

/// Tenors whose futures are the layers' levels, calendar days.
pub const LEVEL_TENORS_DAYS: [f64; 3] = [30.0, 110.0, 220.0];

/// Changes of the RSI of SPX.
pub const RSI_PERIOD: usize = 14;

/// A stretch of days on which SPX and the issues disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DivergenceMark {
    /// Which way.
    pub kind: Divergence,
    /// Position of the A/D line's extreme that its later value is compared with.
    pub from: usize,
    /// Position of the first flagged day.
    pub first: usize,
    /// Position of the last flagged day.
    pub last: usize,
}

/// A library's futures and the regime along each of its slopes, the best first.
#[derive(Clone, Copy, Debug)]
pub struct PreparedFutures<'a> {
    /// The futures.
    pub vx: &'a VxTrack,
    /// The regimes.
    pub tracks: &'a [RegimeTrack],
}

/// All series on one axis. Every list has one entry a day of [`Self::dates`].
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Trading days, ascending: from the first VIX or VX on, else the days of SPX.
    pub dates: Vec<Date>,
    /// VIX, close, points.
    pub vix: Vec<f64>,
    /// SPX, close, points.
    pub spx: Vec<f64>,
    /// RSI of SPX over 14 changes, 0 to 100.
    pub rsi: Vec<f64>,
    /// A/D line of the NYSE from 0 on its first day, issues; only its changes mean anything.
    pub ad: Vec<f64>,
    /// How far the A/D line stands below its high of the window, in deviations of daily breadth × √bars.
    pub ad_under_high: Vec<f64>,
    /// Whether SPX and the issues disagree.
    pub divergence: Vec<Option<Divergence>>,
    /// The same as stretches, oldest first.
    pub divergences: Vec<DivergenceMark>,
    /// Slope of the VIX futures that the regime is read from, %.
    pub contango_pct: Vec<f64>,
    /// MACD of the slope, percentage points.
    pub macd: Vec<f64>,
    /// Its signal line, percentage points.
    pub macd_signal: Vec<f64>,
    /// Their difference, percentage points.
    pub macd_hist: Vec<f64>,
    /// The layers' levels: futures of 30, 110 and 220 days, VIX points.
    pub levels: [Vec<f64>; 3],
    /// Largest less smallest level, VIX points.
    pub spread: Vec<f64>,
    /// Whether the layers compress.
    pub is_compressed: Vec<bool>,
    /// Regime of each stretch, transitions apart.
    pub ribbon: Vec<Span<RibbonState>>,
    /// Regime of each stretch that a band shows, with what is forced.
    pub bands: Vec<RegimeSpan>,
    /// The regime of the last day with a slope, or why there is none.
    pub regime: Result<RegimeFinding, RegimeError>,
    /// The last curve of VIX futures beside earlier ones.
    pub term: Option<TermChart>,
}

impl Timeline {
    /// Puts a library's series on one axis, with the method's parameters.
    pub fn of(library: &Library) -> Self {
        let regime = RegimeParams::default();
        let vx = VxTrack::of(library, &CompressionParams::default());
        let tracks = slope_tracks(library, &vx, &regime, &EventParams::default());
        let prepared = PreparedFutures {
            vx: &vx,
            tracks: &tracks,
        };
        Self::with(library, prepared, &regime, &BreadthParams::default())
    }

    /// Puts a library's series on one axis, its futures and regimes as they are prepared already.
    pub fn with(
        library: &Library,
        PreparedFutures { vx, tracks }: PreparedFutures<'_>,
        regime: &RegimeParams,
        breadth: &BreadthParams,
    ) -> Self {
        let dates = axis(library);
        let place = |date: Date| dates.binary_search(&date).ok();
        let on_axis = |id: SeriesId| {
            let mut values = vec![f64::NAN; dates.len()];
            for row in library
                .series(id)
                .into_iter()
                .flat_map(|series| series.iter())
            {
                if let Some(at) = place(row.date) {
                    values[at] = row.value;
                }
            }
            values
        };
        let (vix, spx) = (on_axis(SeriesId::Vix), on_axis(SeriesId::Spx));
        let places: Vec<Option<usize>> = vx.dates.iter().map(|date| place(*date)).collect();
        let levels = vx.levels().map(|level| {
            let mut values = vec![f64::NAN; dates.len()];
            for (at, value) in places.iter().zip(level) {
                if let Some(at) = at {
                    values[*at] = *value;
                }
            }
            values
        });
        let mut is_compressed = vec![false; dates.len()];
        for (at, found) in places.iter().zip(&vx.compression) {
            if let Some(at) = at {
                is_compressed[*at] = found.is_some_and(|found| found.is_compressed);
            }
        }
        let regime = regime_days::read(tracks, regime.min_bars, &dates);
        let breadth = breadth::read(&dates, &spx, library, breadth);
        Self {
            rsi: or_nan(rsi(&spx, RSI_PERIOD)),
            spread: spread_of(&levels),
            is_compressed,
            term: term_chart::read(library, &vx.days),
            ad: breadth.ad,
            ad_under_high: breadth.under_high,
            divergence: breadth.divergence,
            divergences: breadth.marks,
            contango_pct: regime.slope_pct,
            macd: regime.macd,
            macd_signal: regime.signal,
            macd_hist: regime.hist,
            ribbon: regime.ribbon,
            bands: regime.bands,
            regime: regime.finding,
            dates,
            vix,
            spx,
            levels,
        }
    }

    /// The last position whose day is `date` or before; 0 before the first day.
    pub fn place_of(&self, date: Date) -> usize {
        let after = self.dates.partition_point(|day| *day <= date);
        after.saturating_sub(1)
    }

    /// The state of the regime on a day, as a band shows it.
    pub fn band_at(&self, place: usize) -> Option<BandState> {
        let next = self.bands.partition_point(|span| span.last < place);
        let span = self.bands.get(next).filter(|span| span.first <= place)?;
        Some(span.state)
    }

    /// The last known value of a list and its position.
    pub fn last_of(values: &[f64]) -> Option<(usize, f64)> {
        let place = values.iter().rposition(|value| value.is_finite())?;
        Some((place, values[place]))
    }
}

/// Trading days with any of VIX, its futures and SPX. VIX is also calculated on days without a session; those
/// are no days of the axis.
fn axis(library: &Library) -> Vec<Date> {
    let of = |id: SeriesId| library.series(id).map_or(&[][..], |series| series.dates());
    let (spx, vix, futures) = (
        of(SeriesId::Spx),
        of(SeriesId::Vix),
        library.futures().days(),
    );
    let begins = vix.first().into_iter().chain(futures.first()).min();
    let begins = begins.or_else(|| spx.first()).copied().unwrap_or(Date::MAX);
    let sessions = vix.iter().filter(|day| is_business_day(**day));
    let mut dates: Vec<Date> = spx.iter().chain(futures).chain(sessions).copied().collect();
    dates.retain(|day| *day >= begins);
    dates.sort_unstable();
    dates.dedup();
    dates
}

fn spread_of(levels: &[Vec<f64>; 3]) -> Vec<f64> {
    let [first, second, third] = levels;
    let days = first.iter().zip(second).zip(third);
    days.map(|((a, b), c)| {
        // a missing level makes the spread missing; `max` and `min` alone would pass it over
        a.max(*b).max(*c) - a.min(*b).min(*c) + 0.0 * (a + b + c)
    })
    .collect()
}

fn or_nan(values: Vec<Option<f64>>) -> Vec<f64> {
    let known = values.into_iter();
    known.map(|value| value.unwrap_or(f64::NAN)).collect()
}

#[cfg(test)]
mod tests;
