//! The last curve of VIX futures beside those of a week and a month before, and what such a VIX usually has.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::LEVEL_TENORS_DAYS;
use crate::indicator::{VxDay, constant_maturity, contango_pct, quantile};
use crate::series::{Library, SeriesId};

/// How near to today's VIX a day counts as alike, points: the first that has enough of them.
const NEAR_POINTS: [f64; 4] = [0.5, 1.0, 2.0, 4.0];
/// Days alike that a median needs.
const LEAST_DAYS: usize = 20;
/// Step of the tenors of the band, calendar days.
const STEP_DAYS: usize = 10;
/// Farthest tenor of the band, calendar days.
const FARTHEST_DAYS: usize = 280;

/// One day's curve.
#[derive(Clone, Debug, PartialEq)]
pub struct TermCurve {
    /// The day.
    pub date: Date,
    /// Calendar days to settlement and price in VIX points; spot VIX first, at 0, where it is known.
    pub points: Vec<(f64, f64)>,
}

/// What days of a like VIX had at a tenor, VIX points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TermBand {
    /// Calendar days to settlement.
    pub days: f64,
    /// Lower quartile.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// Upper quartile.
    pub high: f64,
}

/// The chart of the term structure.
#[derive(Clone, Debug, PartialEq)]
pub struct TermChart {
    /// The last curve.
    pub today: TermCurve,
    /// The last one at least seven days older.
    pub week_ago: Option<TermCurve>,
    /// The last one at least a month older.
    pub month_ago: Option<TermCurve>,
    /// VIX at the last curve, points.
    pub vix: Option<f64>,
    /// Median and quartiles by tenor; empty when too few days are alike.
    pub band: Vec<TermBand>,
    /// Days alike, the last one not among them.
    pub alike: usize,
    /// How near their VIX is to today's, points.
    pub near_points: f64,
    /// The first day that there are futures of.
    pub since: Date,
    /// The layers' levels, VIX points.
    pub levels: [Option<f64>; 3],
    /// Constant-maturity 60-day over 30-day future less one, %.
    pub contango_pct: Option<f64>,
}

/// Reads the chart of the last day with futures.
pub(super) fn read(library: &Library, days: &[VxDay]) -> Option<TermChart> {
    let (last, before) = days.split_last()?;
    let vix = last.spot_vix().or_else(|| {
        let series = library.series(SeriesId::Vix)?;
        let found = series.on_or_before(last.date())?;
        ((last.date() - found.date).get_days() <= 5).then_some(found.value)
    });
    let earlier = |date: Option<Date>| {
        let at = date.map(|date| before.partition_point(|day| day.date() <= date))?;
        before.get(at.checked_sub(1)?).map(curve_of)
    };
    let (alike, near_points) = vix.map_or((Vec::new(), NEAR_POINTS[0]), |vix| alike(before, vix));
    let band = if alike.len() < LEAST_DAYS {
        Vec::new()
    } else {
        band_of(&alike)
    };
    Some(TermChart {
        today: curve_of(last),
        week_ago: earlier(last.date().checked_sub(7.days()).ok()),
        month_ago: earlier(last.date().checked_sub(1.month()).ok()),
        vix,
        band,
        alike: alike.len(),
        near_points,
        since: days.first().map_or_else(|| last.date(), VxDay::date),
        levels: LEVEL_TENORS_DAYS.map(|tenor| constant_maturity(last, tenor)),
        contango_pct: contango_pct(last),
    })
}

fn curve_of(day: &VxDay) -> TermCurve {
    let spot = day.spot_vix().map(|vix| (0.0, vix));
    let futures = day.futures().iter();
    let futures = futures.map(|future| (day.days_to(future.expiry), future.price));
    TermCurve {
        date: day.date(),
        points: spot.into_iter().chain(futures).collect(),
    }
}

/// Days with a VIX near `vix`, as near as has enough of them.
fn alike(days: &[VxDay], vix: f64) -> (Vec<&VxDay>, f64) {
    let within = |near: f64| -> Vec<&VxDay> {
        let is_near = |day: &&VxDay| day.spot_vix().is_some_and(|own| (own - vix).abs() <= near);
        days.iter().filter(is_near).collect()
    };
    let [.., widest] = NEAR_POINTS;
    let mut found = NEAR_POINTS.into_iter().map(|near| (within(near), near));
    found
        .find(|(days, _)| days.len() >= LEAST_DAYS)
        .unwrap_or_else(|| (within(widest), widest))
}

/// Quartiles by tenor, over the days whose curve reaches it.
fn band_of(days: &[&VxDay]) -> Vec<TermBand> {
    let reach = |day: &VxDay| {
        let last = day.futures().last();
        last.map_or(0.0, |future| day.days_to(future.expiry))
    };
    let tenors = (0..=FARTHEST_DAYS)
        .step_by(STEP_DAYS)
        .map(|days| days as f64);
    tenors
        .map_while(|tenor| {
            let prices: Vec<f64> = days
                .iter()
                .filter(|day| reach(day) >= tenor)
                .filter_map(|day| constant_maturity(day, tenor))
                .collect();
            // where only some curves reach, the rest would bend the median
            if prices.len() < LEAST_DAYS.max(days.len() / 2) {
                return None;
            }
            Some(TermBand {
                days: tenor,
                low: quantile(&prices, 0.25)?,
                median: quantile(&prices, 0.5)?,
                high: quantile(&prices, 0.75)?,
            })
        })
        .collect()
}
