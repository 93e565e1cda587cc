//! `palisade implied-vol FILE`: vol and class of every quoted option in a CSV file.

use std::io::Write;
use std::process::ExitCode;

use super::csv_batch::{Batch, Cell, Compute};
use super::price::{Model, OptionRow, cell_error};
use crate::import::csv_table::{CellError, Fields};
use crate::pricing::{Quote, solve_vol};

const BATCH: Batch<'_> = Batch {
    inputs: &[
        "model",
        "kind",
        "underlying",
        "strike",
        "years",
        "rate",
        "dividend",
        "price",
    ],
    outputs: &["iv", "class"],
    compute: Compute::Row(solve_row),
};

/// Solves the file (`-` is standard input) to `out`, complaints to `err`; status 0, or 2 on bad
/// input.
///
/// Needs the columns of [`super::price::run`] with `price` in place of `vol`; adds `iv` (decimal),
/// `class` (see [`crate::pricing::IvClass`]) and `error`. A price that has no vol is a result, not an
/// error: its class says why, NaN and negative prices included.
pub fn run(file: &str, json: bool, out: &mut dyn Write, err: &mut dyn Write) -> ExitCode {
    BATCH.run(file, json, out, err)
}

fn solve_row(fields: &Fields<'_>) -> Result<Vec<Cell>, CellError> {
    let option = OptionRow::read(fields)?;
    let price = fields.any_number("price")?;
    let quote = quote(&option, price);
    option
        .greeks(0.0)
        .map_err(|error| cell_error(fields, &error))?;
    if quote.validate().is_err() {
        return Err(fields.error("years", "years and rates that leave a sane forward"));
    }
    let (class, vol) = solve_vol(&quote);
    Ok(vec![
        vol.map_or(Cell::Empty, Cell::Number),
        Cell::Text(class.as_str()),
    ])
}

/// The quote on the forward that the row implies.
fn quote(option: &OptionRow, price: f64) -> Quote {
    let OptionRow {
        right,
        underlying,
        strike,
        years,
        rate,
        dividend,
        ..
    } = *option;
    let forward = match option.model {
        Model::Bsm => underlying * ((rate - dividend) * years).exp(),
        Model::Black76 => underlying,
    };
    Quote {
        right,
        forward,
        strike,
        years,
        discount: (-rate * years).exp(),
        price,
    }
}

#[cfg(test)]
mod tests {
    use super::super::csv_batch::run_text;
    use super::*;

    fn solve(rows: &str) -> (Vec<String>, String, bool) {
        let header = "model,kind,underlying,strike,years,rate,dividend,price\n";
        let (out, err, good) = run_text(&BATCH, format!("{header}{rows}").as_bytes(), false);
        (out.lines().skip(1).map(str::to_owned).collect(), err, good)
    }

    #[test]
    fn finds_the_vol_of_both_models() {
        let rows = "bsm,put,6000,5640,0.1232876712328767,0.043,0.013,35.70422633793\n\
                    black76,call,19.84,24,0.3013698630136986,0.043,,2.17468\n";
        let (lines, err, good) = solve(rows);
        assert_eq!((err.as_str(), good), ("", true));
        let vol = |line: &str| -> f64 { line.split(',').nth(8).unwrap().parse().unwrap() };
        assert!((vol(&lines[0]) - 0.1948).abs() < 1e-7, "{}", lines[0]);
        assert!((vol(&lines[1]) - 0.83).abs() < 1e-6, "{}", lines[1]);
        assert!(lines.iter().all(|line| line.ends_with(",ok,")));
    }

    #[test]
    fn every_class_is_a_result() {
        let cases = [
            ("10", "0.0,zero_vol,"),
            ("9.5", ",below_intrinsic,"),
            ("100", ",above_bound,"),
            ("250", ",above_bound,"),
            ("nan", ",undefined,"),
            ("-0.05", ",undefined,"),
            ("inf", ",undefined,"),
        ];
        for (price, expected) in cases {
            let (lines, err, good) = solve(&format!("black76,call,100,90,0.5,0,0,{price}\n"));
            assert_eq!((err.as_str(), good), ("", true));
            assert!(
                lines[0].ends_with(&format!("{price},{expected}")),
                "{}",
                lines[0]
            );
        }
    }

    #[test]
    fn unusable_rows_are_errors() {
        let cases = [
            (
                "bsm,call,100,90,0.5,0,0,",
                "price: found '': expected a number",
            ),
            (
                "bsm,call,100,90,0.5,0,0,1O",
                "price: found '1O': expected a number",
            ),
            (
                "bsm,call,100,90,-1,0,0,12",
                "years: found '-1': expected years",
            ),
            (
                "bsm,call,nan,90,1,0,0,12",
                "underlying: found 'nan': expected a number",
            ),
            (
                "bsm,call,100,90,200,-10,0,12",
                "years: found '200': expected years and rates",
            ),
        ];
        for (row, expected) in cases {
            let (lines, err, good) = solve(&format!("{row}\n"));
            assert!(!good);
            assert!(
                err.starts_with(&format!("in.csv:2: {expected}")),
                "{row}: {err}"
            );
            assert!(lines[0].contains(",,,"), "{row}: {}", lines[0]);
        }
    }
}
