//! `palisade price FILE`: price and Greeks for every option in a CSV file.

use std::io::Write;
use std::process::ExitCode;

use super::csv_batch::{Batch, Cell, Compute};
use crate::import::csv_table::{CellError, Fields};
use crate::pricing::{ForwardInput, Greeks, PricingError, Right, SpotInput, black76, bsm};

/// Names of `model`, in the order of [`Model`].
const MODELS: [&str; 2] = ["bsm", "black76"];

const BATCH: Batch<'_> = Batch {
    inputs: &[
        "model",
        "kind",
        "underlying",
        "strike",
        "years",
        "rate",
        "dividend",
        "vol",
    ],
    outputs: &Greeks::NAMES,
    compute: Compute::Row(price_row),
};

/// Prices the file (`-` is standard input) to `out`, complaints to `err`; status 0, or 2 on bad
/// input.
///
/// Needs the columns `model` (`bsm` on a spot, `black76` on a forward), `kind` (`call`, `put`),
/// `underlying`, `strike`, `years`, `rate`, `dividend` (not read for `black76`) and `vol`; adds
/// `price`, `delta`, `gamma`, `vega`, `theta`, `rho`, `vanna`, `volga`, `charm` in the units of
/// [`Greeks`], and `error`.
pub fn run(file: &str, json: bool, out: &mut dyn Write, err: &mut dyn Write) -> ExitCode {
    BATCH.run(file, json, out, err)
}

fn price_row(fields: &Fields<'_>) -> Result<Vec<Cell>, CellError> {
    let option = OptionRow::read(fields)?;
    let vol = fields.number("vol")?;
    let greeks = option
        .greeks(vol)
        .map_err(|error| cell_error(fields, &error))?;
    if !greeks.is_finite() {
        let expected = "years and rates that leave a finite price";
        return Err(fields.error("years", expected));
    }
    Ok(greeks.to_array().into_iter().map(Cell::Number).collect())
}

/// What the option's `underlying` is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Model {
    /// A spot with a dividend yield.
    Bsm,
    /// A forward or future.
    Black76,
}

/// The columns that `price` and `implied-vol` share.
#[derive(Clone, Copy, Debug)]
pub(super) struct OptionRow {
    pub model: Model,
    pub right: Right,
    pub underlying: f64,
    pub strike: f64,
    pub years: f64,
    pub rate: f64,
    pub dividend: f64,
}

impl OptionRow {
    pub(super) fn read(fields: &Fields<'_>) -> Result<Self, CellError> {
        let model = [Model::Bsm, Model::Black76][fields.word("model", &MODELS)?];
        let right = Right::ALL[fields.word("kind", &Right::ALL.map(Right::as_str))?];
        let unused = model == Model::Black76 && fields.text("dividend").is_empty();
        Ok(Self {
            model,
            right,
            underlying: fields.number("underlying")?,
            strike: fields.number("strike")?,
            years: fields.number("years")?,
            rate: fields.number("rate")?,
            dividend: if unused {
                0.0
            } else {
                fields.number("dividend")?
            },
        })
    }

    /// Price and Greeks at a vol, after checking every field.
    pub(super) fn greeks(&self, vol: f64) -> Result<Greeks, PricingError> {
        let Self {
            right,
            underlying,
            strike,
            years,
            rate,
            dividend,
            ..
        } = *self;
        match self.model {
            Model::Bsm => {
                let spot = underlying;
                let input = SpotInput {
                    right,
                    spot,
                    strike,
                    years,
                    rate,
                    dividend,
                    vol,
                };
                input.validate().map(|()| bsm(&input))
            }
            Model::Black76 => {
                let forward = underlying;
                let input = ForwardInput {
                    right,
                    forward,
                    strike,
                    years,
                    rate,
                    vol,
                };
                input.validate().map(|()| black76(&input))
            }
        }
    }
}

/// A refused field as a complaint about its column, quoting the file's own text.
pub(super) fn cell_error(fields: &Fields<'_>, error: &PricingError) -> CellError {
    let column = match error.field() {
        "spot" | "forward" => "underlying",
        field => field,
    };
    fields.error(column, error.expected().unwrap_or("another value"))
}

#[cfg(test)]
mod tests {
    use super::super::csv_batch::run_text;
    use super::*;

    const HEADER: &str = "kind,model,strike,underlying,years,rate,dividend,vol,id\n";

    fn price(rows: &str) -> (Vec<String>, String, bool) {
        let (out, err, good) = run_text(&BATCH, format!("{HEADER}{rows}").as_bytes(), false);
        (out.lines().map(str::to_owned).collect(), err, good)
    }

    #[test]
    fn prices_both_models() {
        let rows = "put,bsm,5640,6000,0.1232876712328767,0.043,0.013,0.1948,a\n\
                    Call,BLACK76,24,19.84,0.3013698630136986,0.043,,0.83,b\n";
        let (lines, err, good) = price(rows);
        assert_eq!((err.as_str(), good), ("", true));
        assert_eq!(
            lines[0],
            "kind,model,strike,underlying,years,rate,dividend,vol,id,\
             price,delta,gamma,vega,theta,rho,vanna,volga,charm,error"
        );
        let number = |line: &str, column: usize| -> f64 {
            line.split(',').nth(column).unwrap().parse().unwrap()
        };
        assert!((number(&lines[1], 9) - 35.704226).abs() < 1e-6);
        assert!((number(&lines[1], 10) + 0.160122).abs() < 1e-6);
        assert!((number(&lines[2], 9) - 2.17468).abs() < 1e-5);
        assert!((number(&lines[2], 10) - 0.41921).abs() < 1e-5);
        assert!(lines[2].ends_with(','));
    }

    #[test]
    fn digits_round_trip() {
        let (lines, _, _) = price("put,bsm,5640,6000,0.25,0.043,0.013,0.1948,a\n");
        let input = SpotInput {
            right: Right::Put,
            spot: 6000.0,
            strike: 5640.0,
            years: 0.25,
            rate: 0.043,
            dividend: 0.013,
            vol: 0.1948,
        };
        let found = lines[1]
            .split(',')
            .skip(9)
            .take(9)
            .map(|cell| cell.parse().unwrap());
        assert_eq!(found.collect::<Vec<f64>>(), bsm(&input).to_array());
    }

    #[test]
    fn every_bad_field_is_named_by_its_column() {
        let cases = [
            (
                "straddle,bsm,1,1,1,0,0,0.2,",
                "kind: found 'straddle': expected call or put",
            ),
            (
                "put,heston,1,1,1,0,0,0.2,",
                "model: found 'heston': expected bsm or black76",
            ),
            (
                "put,bsm,-5,1,1,0,0,0.2,",
                "strike: found '-5': expected a number above 0",
            ),
            (
                "put,bsm,1,0,1,0,0,0.2,",
                "underlying: found '0': expected a number above 0",
            ),
            (
                "put,black76,1,0,1,0,0,0.2,",
                "underlying: found '0': expected a number above 0",
            ),
            (
                "put,bsm,1,1,-1,0,0,0.2,",
                "years: found '-1': expected years",
            ),
            (
                "put,bsm,1,1,1,inf,0,0.2,",
                "rate: found 'inf': expected a number",
            ),
            (
                "put,bsm,1,1,1,0,,0.2,",
                "dividend: found '': expected a number",
            ),
            (
                "put,bsm,1,1,1,0,0,20,",
                "vol: found '20': expected a decimal vol",
            ),
            (
                "put,bsm,1,1,1,0,0,-0.2,",
                "vol: found '-0.2': expected a decimal vol",
            ),
            (
                "put,bsm,\"1,000\",1,1,0,0,0.2,",
                "strike: found '1,000': expected a number",
            ),
            (
                "put,bsm,1,1,200,-10,0,0.2,",
                "years: found '200': expected years and rates",
            ),
        ];
        for (row, expected) in cases {
            let (lines, err, good) = price(&format!("{row}\ncall,bsm,1,1,1,0,0,0.2,ok\n"));
            assert!(!good);
            assert!(
                err.starts_with(&format!("in.csv:2: {expected}")),
                "{row}: {err}"
            );
            assert!(lines[1].contains(",,,,,,,,,"), "{row}: {}", lines[1]);
            assert!(lines[2].contains(",ok,0.07965567455405"), "{}", lines[2]);
        }
    }

    #[test]
    fn no_time_left_is_intrinsic() {
        let (lines, _, good) = price("call,bsm,90,100,0,0.05,0,0.2,\n");
        assert!(good);
        assert!(
            lines[1].ends_with(",10.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,"),
            "{}",
            lines[1]
        );
    }
}
