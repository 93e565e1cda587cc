//! Derived series on real settlements of VIX futures, where `PALISADE_DATA` names a folder with them.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use palisade::indicator::{
    VxDay, VxPrice, constant_maturity_series, contango_series, continuous_series,
    listed_contango_series,
};
use palisade::signal::{
    FrontVolParams, Regime, RegimeBar, RegimeParams, SlopeSeries, SlopeSource, front_vol, regime,
};

use crate::golden_indicators::golden;
use crate::golden_models::{dated, real};

type Row = BTreeMap<String, String>;

/// Every day of the file, with spot VIX.
fn days() -> Option<Vec<VxDay>> {
    let (curve, vix) = (
        real("vx_futures/term_structure.csv")?,
        real("vix/vix-daily.csv")?,
    );
    let vix: BTreeMap<Date, f64> = dated(&vix, "DATE", "CLOSE").into_iter().collect();
    let mut reader = csv::Reader::from_path(curve).expect("a file");
    let days = reader.deserialize::<Row>().map(|row| {
        let row = row.expect("a row");
        let day: Date = row["date"].parse().expect("a date");
        let future = |place: usize| {
            Some(VxPrice {
                expiry: row[&format!("E{place}")].parse().ok()?,
                price: row[&format!("M{place}")].parse().ok()?,
            })
        };
        let futures: Vec<VxPrice> = (1..=8).filter_map(future).collect();
        VxDay::new(day, vix.get(&day).copied(), &futures)
    });
    Some(days.collect())
}

/// Mean size of daily changes on days that follow an expiry of the front future, and on all others.
fn changes(days: &[VxDay], series: &[Option<f64>]) -> [f64; 2] {
    let mut sums = [(0.0, 0.0); 2];
    for (pair, values) in days.windows(2).zip(series.windows(2)) {
        let is_roll = pair[0].nth(1).map(|one| one.expiry) != pair[1].nth(1).map(|one| one.expiry);
        if let (Some(before), Some(now)) = (values[0], values[1]) {
            let sum = &mut sums[usize::from(!is_roll)];
            *sum = (sum.0 + (now - before).abs(), sum.1 + 1.0);
        }
    }
    sums.map(|(sum, count)| sum / count)
}

#[test]
fn listed_and_interpolated_prices_are_the_reference_s() {
    let Some(days) = days() else { return };
    let by_day: BTreeMap<Date, &VxDay> = days.iter().map(|day| (day.date(), day)).collect();
    let mut reader = csv::Reader::from_path(golden("ta_visible.csv")).expect("the golden file");
    let mut compared = [0; 3];
    for row in reader.deserialize::<Row>() {
        let row = row.expect("a row");
        let wanted: f64 = row["close"].parse().expect("a number");
        let Some(day) = by_day.get(&row["date"].parse().expect("a date")) else {
            continue;
        };
        let one = std::slice::from_ref(*day);
        let ahead = |place| day.days_to(day.nth(place).expect("a future").expiry);
        let (kind, found) = match row["series"].as_str() {
            "vx_m1" => (0, day.nth(1).map(|one| one.price)),
            "vx_contango" => (1, listed_contango_series(one)[0].map(|pct| pct / 100.0)),
            // the reference goes on along the first two futures where 30 days lie outside them
            "vx_cm30" if ahead(1) <= 30.0 && ahead(2) >= 30.0 => {
                (2, constant_maturity_series(one, 30.0)[0])
            }
            _ => continue,
        };
        compared[kind] += 1;
        assert!(
            (found.expect("a price") - wanted).abs() < 1e-9,
            "{row:?} {found:?}"
        );
    }
    assert!(
        compared[0] == 600 && compared[1] == 600 && compared[2] > 400,
        "{compared:?}"
    );
}

#[test]
fn constant_maturities_do_not_jump_at_rolls() {
    let Some(days) = days() else { return };
    let ratio = |series: &[Option<f64>]| {
        let [roll, other] = changes(&days, series);
        roll / other
    };
    let listed = ratio(&listed_contango_series(&days));
    let interpolated = ratio(&contango_series(&days));
    assert!(listed > 3.0, "the listed slope jumps: {listed}");
    assert!(interpolated < 1.6, "{interpolated}");
    for tenor in [30.0, 60.0, 110.0, 220.0] {
        let ratio = ratio(&constant_maturity_series(&days, tenor));
        assert!(ratio < 1.3, "{tenor}: {ratio}");
    }
    let front: Vec<Option<f64>> = days
        .iter()
        .map(|day| day.nth(1).map(|one| one.price.ln()))
        .collect();
    let chained: Vec<Option<f64>> = continuous_series(&days, 1)
        .iter()
        .map(|one| one.map(f64::ln))
        .collect();
    assert!(chained.iter().all(Option::is_some));
    assert!(
        ratio(&front) > 2.0 && ratio(&chained) < 1.4,
        "{} {}",
        ratio(&front),
        ratio(&chained)
    );
    // holding the front future lost nearly everything in these years
    let last = chained.last().copied().flatten().expect("a level");
    assert!(last - chained[0].expect("a level") < -2.0, "{last}");
}

#[test]
fn the_regime_over_thirteen_years() {
    let Some(days) = days() else { return };
    let bars: Vec<RegimeBar> = days
        .iter()
        .zip(contango_series(&days))
        .map(|(day, slope_pct)| RegimeBar {
            date: day.date(),
            slope_pct,
            vix: day.spot_vix(),
            in_event_window: false,
        })
        .collect();
    let series = SlopeSeries {
        source: SlopeSource::ConstantMaturity,
        bars: &bars,
    };
    let found = regime(series, &RegimeParams::default()).expect("a regime");
    assert!(found.bars > 3000 && found.is_well_seeded);
    let at = |day: Date| {
        let before = found.history.iter().rev().find(|change| change.date <= day);
        before.expect("a state").to
    };
    for crisis in [
        date(2018, 2, 6),
        date(2020, 3, 16),
        date(2024, 8, 5),
        date(2025, 4, 8),
    ] {
        assert_eq!(at(crisis), Regime::Steward, "{crisis}");
    }
    let per_year = found.history.len() as f64 / (found.bars as f64 / 252.0);
    assert!((4.0..40.0).contains(&per_year), "{per_year} changes a year");
    let shock = days.partition_point(|day| day.date() <= date(2018, 2, 5));
    let signal = front_vol(&days[..shock], &FrontVolParams::default()).expect("a future");
    assert_eq!(
        (signal.by_change, signal.by_backwardation),
        (Some(true), Some(true))
    );
}
