//! Models against figures made by other software (`tests/golden/models_golden.json`, `vix_golden.json`). The
//! series behind some of them are real market data, read from the folder that `PALISADE_DATA` names.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use palisade::estimate::{
    Gordon, MeanReversion, TwoStage, capm_return, fit_line, fit_mean_reversion,
};
use palisade::pricing::{ModelFree, StrikeQuotes, interpolated_vol, model_free_variance};
use serde_json::Value;

use crate::golden_indicators::golden;

fn json(name: &str) -> Value {
    let text = std::fs::read_to_string(golden(name)).expect("the golden file");
    serde_json::from_str(&text).expect("JSON")
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().expect("the golden file holds numbers")
}

fn near(found: f64, wanted: f64, tolerance: f64, what: &str) {
    let error = (found - wanted).abs();
    assert!(
        error <= tolerance * wanted.abs().max(1.0),
        "{what}: {found} {wanted}"
    );
}

/// A file of real data, or a word that the test is skipped.
#[expect(clippy::print_stdout, reason = "a test that did not run must say so")]
pub fn real(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("PALISADE_DATA");
    if folder.is_none() {
        println!("skipped: PALISADE_DATA names no folder with {name}");
    }
    folder.map(|folder| PathBuf::from(folder).join(name))
}

/// (date, value) of two columns; rows without a number are left out.
pub fn dated(path: &PathBuf, date: &str, value: &str) -> Vec<(Date, f64)> {
    let mut reader = csv::Reader::from_path(path).expect("a file");
    let rows = reader.deserialize::<BTreeMap<String, String>>();
    rows.filter_map(|row| {
        let row = row.expect("a row");
        Some((row[date].parse().expect("a date"), row[value].parse().ok()?))
    })
    .collect()
}

#[test]
fn implied_premia_are_the_published_ones() {
    let golden = json("models_golden.json");
    let rows = golden["erp"].as_array().expect("rows");
    assert_eq!(rows.len(), 8);
    for row in rows {
        if row["name"] == "gordon" {
            let gordon = Gordon {
                price: number(row, "price"),
                dividend: number(row, "d0"),
                growth: number(row, "g"),
            };
            let implied = gordon.implied(0.04).expect("a premium");
            near(
                implied.total_return,
                number(row, "implied_k"),
                1e-12,
                "gordon",
            );
            continue;
        }
        let riskless = number(row, "rf");
        let stages = TwoStage {
            index: number(row, "index"),
            cash_flow: number(row, "cashflow0"),
            growth: number(row, "growth"),
            terminal_growth: riskless,
            years: 5,
        };
        let implied = stages.implied(riskless).expect("a premium");
        near(implied.total_return, number(row, "r"), 1e-10, "r");
        near(implied.premium, number(row, "erp"), 1e-10, "erp");
        near(
            implied.premium,
            number(row, "published_erp"),
            5e-5,
            "published",
        );
    }
}

#[test]
fn capm_rows() {
    let golden = json("models_golden.json");
    for row in &golden["capm"].as_array().expect("rows")[..3] {
        let found = capm_return(number(row, "rf"), number(row, "beta"), number(row, "erp"));
        near(found, number(row, "k"), 1e-15, "k");
    }
}

/// Δ ln of each value against the row before, by its day.
fn log_changes(series: &[(Date, f64)]) -> BTreeMap<Date, f64> {
    let change = |pair: &[(Date, f64)]| (pair[1].0, (pair[1].1 / pair[0].1).ln());
    series.windows(2).map(change).collect()
}

#[test]
fn the_beta_of_vix_on_the_index() {
    let (Some(vix), Some(spx)) = (real("vix/vix-daily.csv"), real("spx/SP500_fred.csv")) else {
        return;
    };
    // each series against its own row before: VIX has rows on days on which the index has none
    let vix = log_changes(&dated(&vix, "DATE", "CLOSE"));
    let spx = log_changes(&dated(&spx, "observation_date", "SP500"));
    let both = spx.iter().filter_map(|(day, x)| Some((*x, *vix.get(day)?)));
    let (x, y): (Vec<f64>, Vec<f64>) = both.unzip();
    let found = fit_line(&x, &y).expect("a line");
    let golden = &json("models_golden.json")["capm"][3];
    assert_eq!(found.observations as f64, number(golden, "n"));
    for (found, key) in [
        (found.slope, "beta"),
        (found.slope_se, "se_beta"),
        (found.intercept, "alpha"),
        (found.r_squared, "r2"),
        (found.correlation, "corr"),
    ] {
        near(found, number(golden, key), 1e-10, key);
    }
}

#[test]
fn mean_reversion_of_vix_by_window() {
    let Some(path) = real("vix/vix-daily.csv") else {
        return;
    };
    let all = dated(&path, "DATE", "CLOSE");
    let golden = json("models_golden.json");
    let rows = golden["ou"].as_array().expect("rows");
    assert_eq!(rows.len(), 7);
    for row in rows {
        let day = |key: &str| -> Date { row[key].as_str().expect("text").parse().expect("a date") };
        let (first, last) = (day("first"), day("last"));
        let inside = all
            .iter()
            .filter(|(day, _)| (first..=last).contains(day))
            .copied();
        let (dates, values): (Vec<Date>, Vec<f64>) = inside.unzip();
        let name = row["series"].as_str().expect("text");
        let of = if name.starts_with("log") {
            MeanReversion::Log
        } else {
            MeanReversion::Level
        };
        let fit = fit_mean_reversion(of, &dates, &values, 1.0 / 252.0).expect("a fit");
        assert_eq!((fit.window.first, fit.window.last), (first, last));
        assert_eq!(fit.window.steps as f64, number(row, "n"), "{name}");
        let (mean, sd) = fit.conditional(fit.last, 30.0 / 365.0);
        for (found, key) in [
            (fit.persistence.value, "b"),
            (fit.persistence.se, "se_b"),
            (fit.constant, "c"),
            (fit.speed.value, "kappa"),
            (fit.mean.value, "theta"),
            (fit.vol.value, "sigma"),
            (fit.half_life_steps.value, "half_life_days"),
            (fit.stationary_sd, "stationary_sd"),
            (fit.log_likelihood, "loglik"),
            (fit.last, "x_last"),
            (mean, "fwd30d_mean"),
            (sd, "fwd30d_sd"),
        ] {
            near(found, number(row, key), 1e-9, &format!("{name} {key}"));
        }
    }
}

type Columns = [&'static str; 4];

/// Boards of a file of quotes by the text of one column.
fn boards(
    path: &PathBuf,
    by: &str,
    strike: &str,
    quotes: Columns,
) -> BTreeMap<String, Vec<StrikeQuotes>> {
    let mut boards: BTreeMap<String, Vec<StrikeQuotes>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(path).expect("a file");
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row");
        let value = |column: &str| -> f64 { row[column].parse().expect("a number") };
        let [call_bid, call_ask, put_bid, put_ask] = quotes.map(value);
        boards
            .entry(row[by].clone())
            .or_default()
            .push(StrikeQuotes {
                strike: value(strike),
                call: [call_bid, call_ask],
                put: [put_bid, put_ask],
            });
    }
    boards
}

/// Compares one expiry with the golden file.
fn same_strip(found: &ModelFree, golden: &Value) {
    for (found, key) in [
        (found.forward, "F"),
        (found.centre, "K0"),
        (found.strikes as f64, "n"),
        (found.lowest, "lo"),
        (found.highest, "hi"),
        (found.contributions, "sum"),
        (found.variance, "var"),
    ] {
        near(found, number(golden, key), 1e-12, key);
    }
}

/// One example: both expiries given as (board, years, rate), compared with the golden file and the print.
fn example(name: &str, expiries: [(&[StrikeQuotes], f64, f64); 2], printed_digits: f64) {
    let golden = &json("vix_golden.json")[name];
    let [near_strip, next_strip] = expiries.map(|(board, years, rate)| {
        model_free_variance(board, years, (rate * years).exp()).expect("a variance")
    });
    same_strip(&near_strip, &golden["near"]);
    same_strip(&next_strip, &golden["next"]);
    let level = 100.0 * interpolated_vol(&near_strip, &next_strip, 30.0 / 365.0).expect("an index");
    near(level, number(golden, "vix"), 1e-5 / 13.0, name);
    let printed = golden["published"][2].as_f64().expect("a number");
    assert!(
        (level - printed).abs() <= printed_digits,
        "{name}: {level} {printed}"
    );
}

#[test]
fn the_three_published_examples_of_the_vix() {
    let (Some(current), Some(crisis)) = (
        real("vix_whitepaper/cboe_vix_example_quotes.csv"),
        real("vix_whitepaper/wp2009_options.csv"),
    ) else {
        return;
    };
    let boards_of = boards(
        &current,
        "term",
        "strike",
        ["call_bid", "call_ask", "put_bid", "put_ask"],
    );
    let (one, two) = (&boards_of["near"], &boards_of["next"]);
    example(
        "whitepaper_2014",
        [(one, 0.068_348_6, 0.000_305), (two, 0.088_268_6, 0.000_286)],
        1e-5,
    );
    let minutes = |minutes: f64| minutes / 525_600.0;
    let methodology = [
        (one.as_slice(), minutes(34_484.0), 0.000_316_64),
        (two.as_slice(), minutes(44_954.0), 0.000_287_97),
    ];
    example("methodology_current", methodology, 1e-5);
    let by_days = boards(
        &crisis,
        "Days",
        "Strike",
        ["Call Bid", "Call Ask", "Put Bid", "Put Ask"],
    );
    let crisis = [(9.0, "9"), (37.0, "37")]
        .map(|(days, key)| (by_days[key].as_slice(), days / 365.0, 0.0038));
    example("whitepaper_2009", crisis, 5e-3);
}
