//! A library of made series: eight years of closes, futures, releases and fundamentals.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use palisade::calendar::{is_business_day, vix_monthly_expiry};
use palisade::series::{
    Event, EventKind, Frequency, Library, LibraryBuilder, SeriesId, SeriesSource, VxBar,
    VxContract, VxSource,
};

/// First and last day of the daily series.
pub const FIRST: Date = date(2019, 1, 2);
/// See [`FIRST`].
pub const LAST: Date = date(2026, 12, 31);

/// Numbers in [0, 1) that repeat from run to run.
fn spread(index: usize, salt: f64) -> f64 {
    ((index as f64 + 1.0) * 0.618_033_988_749_894_9 + salt).fract()
}

fn business_days() -> Vec<Date> {
    let mut days = Vec::new();
    let mut day = FIRST;
    while day <= LAST {
        if is_business_day(day) {
            days.push(day);
        }
        day = day.saturating_add(1.days());
    }
    days
}

fn periods(first: Date, months: i32) -> Vec<Date> {
    let mut days = Vec::new();
    let mut day = first;
    while day <= LAST {
        days.push(day);
        day = day.saturating_add(months.months());
    }
    days
}

/// A level of a daily series.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "series that are not made have no level"
)]
fn daily(id: SeriesId, at: usize) -> Option<f64> {
    let wave = (at as f64 / 31.0).sin();
    let vix = 17.0 + 5.0 * wave + 3.0 * spread(at, 0.2);
    Some(match id {
        SeriesId::Spx => {
            3000.0 * (at as f64 * 0.0005 - 0.03 * wave + 0.012 * spread(at, 0.6)).exp()
        }
        SeriesId::Vix => vix,
        SeriesId::Vix9d => vix - 0.5 + spread(at, 0.4),
        SeriesId::Vix3m => vix * (1.06 - 0.05 * wave),
        SeriesId::Vvix => 90.0 + 10.0 * wave,
        SeriesId::NyseAdvances => 900.0 + 1400.0 * spread(at, 0.1),
        SeriesId::NyseDeclines => 900.0 + 1400.0 * spread(at, 0.7),
        SeriesId::Treasury2y => 3.5 + 0.8 * wave,
        SeriesId::Treasury10y => 4.1 + 0.3 * spread(at, 0.3),
        SeriesId::Foreign2y => 2.2 + 0.4 * wave,
        SeriesId::Curve2s10s => 0.6 - 0.8 * wave,
        SeriesId::Top10Weight => 30.0 + 4.0 * wave,
        SeriesId::Rsp => 150.0 + 4.0 * wave + spread(at, 0.5),
        SeriesId::Spy => 400.0 + 10.0 * wave,
        SeriesId::PolicyRateDaily => 4.3,
        _ => return None,
    })
}

/// A level of a monthly or quarterly series.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "series that are not made have no level"
)]
fn slow(id: SeriesId, at: usize) -> Option<f64> {
    let rise = |start: f64, step: f64, salt: f64| {
        start * (step * at as f64 + 0.4 * step * spread(at, salt)).exp()
    };
    Some(match id {
        SeriesId::Cpi => rise(250.0, 0.0027, 0.1),
        SeriesId::CoreCpi => rise(260.0, 0.0026, 0.2),
        SeriesId::PpiFinalDemand => rise(120.0, 0.002, 0.3),
        SeriesId::CpiSurprise => 0.4 * (spread(at, 0.4) - 0.5),
        SeriesId::RealGdp => rise(20_000.0, 0.006, 0.5),
        SeriesId::Reer => 105.0 + 6.0 * (at as f64 / 5.0).sin() + spread(at, 0.6),
        SeriesId::SpxEarnings => rise(130.0, 0.004, 0.7),
        SeriesId::SpxDividends => rise(40.0, 0.0045, 0.8),
        SeriesId::SpxBuybacks => rise(110.0, 0.01, 0.9),
        SeriesId::SpxPcf => 14.0 + 3.0 * (at as f64 / 4.0).sin(),
        SeriesId::Cape => 30.0 + spread(at, 0.2),
        _ => return None,
    })
}

fn source(id: SeriesId, rows: Vec<(Date, f64)>) -> SeriesSource {
    SeriesSource {
        id,
        file: format!("{}.csv", id.key()),
        format: "made",
        rank: 0,
        rows,
        missing: 0,
    }
}

/// VIX futures whose lives lie within the days.
fn contracts(days: &[Date]) -> Vec<VxContract> {
    let months = periods(FIRST.first_of_month(), 1);
    let more = (1..=10).map(|ahead: i32| LAST.first_of_month().saturating_add(ahead.months()));
    months
        .into_iter()
        .chain(more)
        .map(|month| {
            let expiry = vix_monthly_expiry(month);
            let life = days.iter().enumerate().filter(|(_, day)| {
                let left = (expiry - **day).get_days();
                (1..=270).contains(&left)
            });
            let bars = life
                .map(|(at, day)| {
                    let left = f64::from((expiry - *day).get_days());
                    let spot = daily(SeriesId::Vix, at).unwrap_or(17.0);
                    let beta = (-left / 70.0).exp();
                    let settle = spot * beta + 20.5 * (1.0 - beta) + 0.2 * spread(at, left);
                    VxBar {
                        date: *day,
                        settle,
                        volume: None,
                        open_interest: None,
                    }
                })
                .collect();
            VxContract {
                expiry,
                bars,
                final_settlement: None,
            }
        })
        .filter(|contract| !contract.bars.is_empty())
        .collect()
}

/// The made library.
pub fn made_library() -> Library {
    let days = business_days();
    let mut builder = LibraryBuilder::default();
    for id in SeriesId::all() {
        let by_day: Vec<(Date, f64)> = days
            .iter()
            .enumerate()
            .filter_map(|(at, day)| Some((*day, daily(id, at)?)))
            .collect();
        let step = match id.spec().frequency {
            Frequency::Quarterly => 3,
            Frequency::Daily | Frequency::Monthly => 1,
        };
        let first = date(2009, 1, 1);
        let by_period: Vec<(Date, f64)> = periods(first, step)
            .into_iter()
            .enumerate()
            .filter_map(|(at, day)| Some((day, slow(id, at)?)))
            .collect();
        for rows in [by_day, by_period] {
            if !rows.is_empty() {
                builder.add_series(source(id, rows));
            }
        }
    }
    for contract in contracts(&days) {
        builder.add_future(VxSource {
            file: format!("VX_{}.csv", contract.expiry),
            format: "made",
            rank: 0,
            contract,
            missing: 0,
        });
    }
    builder.add_events(
        periods(FIRST.first_of_month(), 1)
            .into_iter()
            .map(|month| Event {
                date: month.saturating_add(11.days()),
                kind: EventKind::Cpi,
            }),
    );
    builder.build()
}

/// What of a library was public on a day after its close: figures published later are gone, dates of
/// releases stay.
pub fn cut(library: &Library, day: Date) -> Library {
    let mut builder = LibraryBuilder::default();
    for series in library.all_series() {
        let known = series.known_on(day);
        let rows = known.into_iter().map(|one| (one.date, one.value)).collect();
        builder.add_series(source(series.id(), rows));
    }
    for contract in library.futures().contracts() {
        let mut contract = contract.clone();
        contract.bars.retain(|bar| bar.date <= day);
        contract.final_settlement = contract.final_settlement.filter(|_| contract.expiry <= day);
        if !contract.bars.is_empty() {
            builder.add_future(VxSource {
                file: format!("VX_{}.csv", contract.expiry),
                format: "made",
                rank: 0,
                contract,
                missing: 0,
            });
        }
    }
    builder.add_events(library.events().iter().copied());
    builder.build()
}
