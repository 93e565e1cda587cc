//! Indicators against TA-Lib's figures (`tests/golden/ta_visible.csv`, `ad_line_tail1500.csv`), to 1e-9.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use palisade::indicator::{
    AdLine, Breadth, Ema, Incremental as _, Macd, MacdPeriods, MacdValue, Seeding, ema, macd, rsi,
};

const TOLERANCE: f64 = 1e-9;

pub fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

type Row = BTreeMap<String, String>;

/// The rows of each series, in order.
fn series() -> BTreeMap<String, Vec<Row>> {
    let mut reader = csv::Reader::from_path(golden("ta_visible.csv")).expect("the golden file");
    let mut series: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in reader.deserialize() {
        let row: Row = row.expect("a row");
        series.entry(row["series"].clone()).or_default().push(row);
    }
    assert_eq!(series.len(), 4);
    series
}

fn column(rows: &[Row], name: &str) -> Vec<Option<f64>> {
    rows.iter()
        .map(|row| (!row[name].is_empty()).then(|| row[name].parse().expect("a number")))
        .collect()
}

fn agree(name: &str, found: &[Option<f64>], wanted: &[Option<f64>]) {
    assert_eq!(found.len(), wanted.len(), "{name}");
    for (place, (found, wanted)) in found.iter().zip(wanted).enumerate() {
        assert_eq!(found.is_some(), wanted.is_some(), "{name} {place}");
        if let (Some(found), Some(wanted)) = (found, wanted) {
            let error = (found - wanted).abs();
            assert!(error < TOLERANCE, "{name} {place}: {found} {wanted}");
        }
    }
}

fn part(bars: &[Option<MacdValue>], of: fn(MacdValue) -> f64) -> Vec<Option<f64>> {
    bars.iter().map(|bar| bar.map(of)).collect()
}

#[test]
fn averages_macd_and_rsi_are_ta_lib_s() {
    for (name, rows) in series() {
        let closes: Vec<f64> = column(&rows, "close").into_iter().flatten().collect();
        assert_eq!(closes.len(), 600);
        agree(&name, &ema(&closes, 12), &column(&rows, "ema12_talib"));
        agree(&name, &ema(&closes, 26), &column(&rows, "ema26_talib"));
        agree(&name, &rsi(&closes, 14), &column(&rows, "rsi14"));
        let bars = macd(&closes);
        agree(
            &name,
            &part(&bars, |bar| bar.macd),
            &column(&rows, "macd_talib"),
        );
        agree(
            &name,
            &part(&bars, |bar| bar.signal),
            &column(&rows, "signal_talib"),
        );
        agree(
            &name,
            &part(&bars, |bar| bar.hist),
            &column(&rows, "hist_talib"),
        );
    }
}

#[test]
fn the_other_seeding_is_pandas_s() {
    for (name, rows) in series() {
        let closes: Vec<f64> = column(&rows, "close").into_iter().flatten().collect();
        let bars = Macd::new(MacdPeriods::default(), Seeding::First).over(&closes);
        agree(
            &name,
            &part(&bars, |bar| bar.macd),
            &column(&rows, "macd_first"),
        );
        agree(
            &name,
            &part(&bars, |bar| bar.signal),
            &column(&rows, "signal_first"),
        );
        agree(
            &name,
            &part(&bars, |bar| bar.hist),
            &column(&rows, "hist_first"),
        );
        assert_eq!(
            Ema::new(12, Seeding::First).push(closes[0]),
            Some(closes[0])
        );
    }
}

#[test]
fn the_advance_decline_line_is_a_sum() {
    let mut reader =
        csv::Reader::from_path(golden("ad_line_tail1500.csv")).expect("the golden file");
    let rows: Vec<BTreeMap<String, f64>> = reader
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect();
    assert_eq!(rows.len(), 1500);
    let mut line = AdLine::starting_at(rows[0]["ad_line"] - rows[0]["net"]);
    for row in &rows {
        let day = Breadth {
            advances: row["advn"],
            declines: row["decln"],
        };
        assert_eq!(line.push(day), Some(row["ad_line"]));
    }
    assert_eq!(rows[1499]["ad_line"], 303_187.0);
}

#[test]
fn the_command_prints_what_ta_lib_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = &series()["sp500"];
    let lines = rows
        .iter()
        .map(|row| format!("{},{}", row["date"], row["close"]));
    let text = format!("date,close\n{}\n", lines.collect::<Vec<_>>().join("\n"));
    let path = folder.path().join("closes.csv");
    std::fs::write(&path, text).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_palisade"))
        .arg("indicators")
        .arg(&path)
        .output()
        .expect("it runs");
    assert!(output.status.success());
    let printed: Vec<Row> = csv::Reader::from_reader(&output.stdout[..])
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect();
    for (name, golden) in [
        ("ema12", "ema12_talib"),
        ("ema26", "ema26_talib"),
        ("macd", "macd_talib"),
        ("signal", "signal_talib"),
        ("hist", "hist_talib"),
        ("rsi14", "rsi14"),
    ] {
        agree(name, &column(&printed, name), &column(rows, golden));
    }
}
