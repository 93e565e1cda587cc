//! A made market of 320 sessions whose curve, issues and events are known.

use jiff::civil::{Date, date};

use super::*;
use crate::calendar::{add_trading_days, vix_monthly_expiry};
use crate::series::{Event, EventKind, LibraryBuilder, SeriesSource, VxBar, VxContract, VxSource};
use crate::signal::regime::Regime;

const DAYS: i32 = 320;

fn days() -> Vec<Date> {
    let first = date(2024, 1, 2);
    (0..DAYS).map(|day| add_trading_days(first, day)).collect()
}

fn source(id: SeriesId, rows: Vec<(Date, f64)>) -> SeriesSource {
    SeriesSource {
        id,
        file: format!("{}.csv", id.key()),
        format: "test",
        rank: 0,
        rows,
        missing: 0,
    }
}

/// Slope of the made curve on a day, VIX points a day of tenor: a wave that dips below zero.
fn slope(day: i32) -> f64 {
    0.02 + 0.025 * (f64::from(day) / 18.0).sin()
}

fn vix(day: i32) -> f64 {
    if (200..206).contains(&day) {
        24.0
    } else {
        16.0
    }
}

/// Nine monthly futures on a straight curve through VIX.
fn futures(builder: &mut LibraryBuilder) {
    let mut expiries: Vec<Date> = days()
        .iter()
        .chain(&[date(2025, 5, 1), date(2025, 8, 1), date(2025, 11, 3)])
        .map(|day| vix_monthly_expiry(*day))
        .collect();
    expiries.dedup();
    for expiry in expiries {
        let bars = (0..).zip(days()).filter_map(|(day, date)| {
            let tenor = f64::from((expiry - date).get_days());
            (tenor > 0.0).then(|| VxBar {
                date,
                settle: vix(day) + slope(day) * tenor,
                volume: None,
                open_interest: None,
            })
        });
        builder.add_future(VxSource {
            file: format!("VX_{expiry}.csv"),
            format: "test",
            rank: 0,
            contract: VxContract {
                expiry,
                bars: bars.collect(),
                final_settlement: None,
            },
            missing: 0,
        });
    }
}

fn library() -> Library {
    let mut builder = LibraryBuilder::default();
    futures(&mut builder);
    let along = |value: &dyn Fn(i32) -> f64| -> Vec<(Date, f64)> {
        let days = (0..).zip(days());
        days.map(|(day, date)| (date, value(day))).collect()
    };
    let mut closes: Vec<(Date, f64)> = along(&vix);
    // VIX is calculated on Independence Day, too
    closes.push((date(2024, 7, 4), 12.0));
    builder.add_series(source(SeriesId::Vix, closes));
    let spx = |day: i32| 5000.0 * 1.001_f64.powi(day);
    let long_ago = (date(1990, 1, 2), 359.69);
    let closes = [along(&spx), vec![long_ago]].concat();
    builder.add_series(source(SeriesId::Spx, closes));
    let is_even = |day: i32| day % 2 == 0;
    let up =
        |day: i32| if is_even(day) { 1800.0 } else { 1500.0 } - if day < 280 { 0.0 } else { 600.0 };
    let (up, down) = (along(&up), along(&|_day| 1550.0));
    builder.add_series(source(SeriesId::NyseAdvances, up));
    builder.add_series(source(SeriesId::NyseDeclines, down));
    builder.add_events([Event {
        date: days()[240],
        kind: EventKind::Fomc,
    }]);
    builder.build()
}

#[test]
fn the_axis_holds_sessions_from_the_first_vix_on() {
    let timeline = Timeline::of(&library());
    assert_eq!(timeline.dates, days(), "neither 1990 nor Independence Day");
    for list in [&timeline.vix, &timeline.spx, &timeline.contango_pct] {
        assert_eq!(list.len(), timeline.dates.len());
    }
    assert_eq!(timeline.place_of(date(2024, 1, 6)), 3);
    assert_eq!(timeline.place_of(date(1999, 1, 1)), 0);
    assert_eq!(Timeline::last_of(&timeline.vix), Some((319, 16.0)));
}

#[test]
fn levels_spread_and_slope_are_those_of_the_curve() {
    let timeline = Timeline::of(&library());
    let at = 100_usize;
    let wanted = |tenor: f64| 16.0 + slope(100) * tenor;
    for (level, tenor) in timeline.levels.iter().zip(LEVEL_TENORS_DAYS) {
        assert!((level[at] - wanted(tenor)).abs() < 1e-9);
    }
    assert!((timeline.spread[at] - (slope(100) * 190.0).abs()).abs() < 1e-9);
    let pct = 100.0 * (wanted(60.0) / wanted(30.0) - 1.0);
    assert!((timeline.contango_pct[at] - pct).abs() < 1e-9);
    assert!(timeline.macd[at].is_finite() && timeline.macd[40].is_nan());
    let sum = timeline.macd_signal[at] + timeline.macd_hist[at];
    assert!((timeline.macd[at] - sum).abs() < 1e-12);
    assert!(timeline.rsi[200] > 99.0, "SPX only rises");
}

#[test]
fn high_vix_events_and_backwardation_are_forced_spans() {
    let timeline = Timeline::of(&library());
    let band = |place| timeline.band_at(place);
    assert_eq!(band(50), None, "too early for a regime");
    for place in 200..206 {
        assert_eq!(band(place), Some(BandState::Forced), "VIX at 24: {place}");
    }
    let window: Vec<usize> = (236..244)
        .filter(|place| {
            band(*place) == Some(BandState::Forced)
                && slope(i32::try_from(*place).unwrap_or(i32::MAX)) > 0.0
        })
        .collect();
    assert_eq!(window, [238, 239, 240, 241]);
    let low = (100..320).find(|day| slope(*day) < 0.0).expect("it dips");
    assert_eq!(band(low as usize), Some(BandState::Forced));
    assert!(
        timeline
            .bands
            .iter()
            .any(|span| span.state == BandState::Promoter)
    );
    let pairs = timeline.bands.windows(2);
    for pair in pairs {
        assert!(pair[0].last < pair[1].first && pair[0].state != pair[1].state);
    }
    let is_promoter = |span: &Span<RibbonState>| span.state == RibbonState::Is(Regime::Promoter);
    assert!(timeline.ribbon.iter().any(is_promoter));
    let found = timeline.regime.as_ref().expect("enough bars");
    let last = timeline.bands.last().expect("bands");
    assert_eq!(found.forced_by.is_empty(), last.state != BandState::Forced);
}

#[test]
fn a_high_without_issues_is_one_mark_from_the_high_of_the_line() {
    let timeline = Timeline::of(&library());
    let [mark] = timeline.divergences.as_slice() else {
        panic!("{:?}", timeline.divergences);
    };
    assert_eq!(mark.kind, Divergence::Negative);
    assert!(mark.from < mark.first && mark.first <= mark.last && mark.first >= 280);
    assert!(timeline.ad[mark.from] > timeline.ad[mark.last]);
    assert_eq!(timeline.divergence[mark.first], Some(Divergence::Negative));
    assert!(timeline.ad_under_high[mark.last] >= 0.5);
}

#[test]
fn the_term_structure_stands_beside_earlier_ones_and_the_usual() {
    let timeline = Timeline::of(&library());
    let term = timeline.term.expect("futures");
    assert_eq!(term.today.date, days()[319]);
    assert_eq!(term.today.points[0], (0.0, 16.0));
    let week = term.week_ago.expect("a week ago").date;
    assert!((term.today.date - week).get_days() >= 7);
    let month = term.month_ago.expect("a month ago").date;
    assert!((term.today.date - month).get_days() >= 28);
    assert_eq!((term.alike, term.near_points), (313, 0.5));
    assert_eq!(term.band[0].median, 16.0);
    let third = term.band[3];
    assert_eq!(third.days, 30.0);
    assert!(third.low < third.median && third.median < third.high);
    assert_eq!(term.levels[0], timeline.levels[0].last().copied());
}

#[test]
fn without_series_there_is_an_empty_timeline() {
    let timeline = Timeline::of(&Library::default());
    assert!(timeline.dates.is_empty() && timeline.term.is_none() && timeline.bands.is_empty());
    let error = timeline.regime.expect_err("nothing to read");
    assert_eq!(
        error.to_string(),
        "insufficient data: 0 bars of the slope, 93 are needed"
    );
}

#[test]
fn without_futures_the_slope_of_the_indices_stands_in() {
    let mut builder = LibraryBuilder::default();
    for (id, level) in [(SeriesId::Vix, 16.0), (SeriesId::Vix3m, 18.0)] {
        let rows = days().into_iter().map(|day| (day, level)).collect();
        builder.add_series(source(id, rows));
    }
    let timeline = Timeline::of(&builder.build());
    assert!((timeline.contango_pct[10] - 12.5).abs() < 1e-9);
    assert!(timeline.term.is_none() && timeline.levels[0][10].is_nan());
    let found = timeline.regime.expect("320 bars");
    assert_eq!(found.source, crate::signal::SlopeSource::Vix3mOverVix);
}
