//! A curve of VIX futures in CSV: `expiry,price`, columns by name in any order.

use super::csv_table::{CellError, Fields, Table};
use super::problem::ImportProblem;
use crate::market::FutureMark;

/// Prices beyond these are no VIX futures, points.
const PRICE_LIMITS: [f64; 2] = [5.0, 150.0];

/// Reads a curve, ascending in expiry. `name` is the file's name in messages.
///
/// `expiry` is YYYY-MM-DD, `price` VIX points from 5 to 150; unknown columns are not read.
///
/// # Errors
/// One problem per bad cell, and one per expiry that is given twice.
pub fn read_curve(name: &str, bytes: &[u8]) -> Result<Vec<FutureMark>, Vec<ImportProblem>> {
    let table = Table::parse(bytes).map_err(|(line, problem)| vec![problem.at(name, line)])?;
    let mut problems = table.check(&["expiry", "price"]);
    let mut futures: Vec<FutureMark> = Vec::new();
    if problems.is_empty() {
        for row in &table.rows {
            match table
                .fields(row)
                .map_err(|error| vec![error])
                .and_then(|fields| future(&fields, &futures))
            {
                Ok(future) => futures.push(future),
                Err(errors) => problems.extend(errors.into_iter().map(|error| (row.line, error))),
            }
        }
        if table.rows.is_empty() {
            problems.push((2, CellError::new("row", "", "at least one future")));
        }
    }
    if problems.is_empty() {
        futures.sort_by_key(|future| future.expiry);
        Ok(futures)
    } else {
        Err(problems
            .into_iter()
            .map(|(line, problem)| problem.at(name, line))
            .collect())
    }
}

fn future(fields: &Fields<'_>, known: &[FutureMark]) -> Result<FutureMark, Vec<CellError>> {
    let expiry = fields.date("expiry").and_then(|expiry| {
        if known.iter().any(|future| future.expiry == expiry) {
            return Err(fields.error("expiry", "each expiry once"));
        }
        Ok(expiry)
    });
    let price = fields.number_within("price", PRICE_LIMITS, "VIX points from 5 to 150");
    match (expiry, price) {
        (Ok(expiry), Ok(price)) => Ok(FutureMark::entered(expiry, price)),
        (expiry, price) => Err([expiry.err(), price.err()].into_iter().flatten().collect()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::read_curve;

    fn problems(text: &str) -> Vec<String> {
        let problems = read_curve("vx.csv", text.as_bytes()).expect_err("refused");
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn reads_any_order_and_sorts() {
        let text = "\u{feff}note,price,expiry\r\nx,18.6,2026-08-19\r\ny,18.0,2026-07-22\r\n";
        let curve = read_curve("vx.csv", text.as_bytes()).expect("a curve");
        let found: Vec<_> = curve
            .iter()
            .map(|future| (future.expiry, future.price))
            .collect();
        assert_eq!(
            found,
            [(date(2026, 7, 22), 18.0), (date(2026, 8, 19), 18.6)]
        );
    }

    #[test]
    fn every_bad_cell_is_named() {
        assert_eq!(
            problems("expiry,price\nsoon,nan\n2026-07-22,18\n2026-07-22,0.18\n"),
            [
                "vx.csv:2: expiry: found 'soon': expected a date YYYY-MM-DD from 1990 to 2100",
                "vx.csv:2: price: found 'nan': expected VIX points from 5 to 150",
                "vx.csv:4: expiry: found '2026-07-22': expected each expiry once",
                "vx.csv:4: price: found '0.18': expected VIX points from 5 to 150",
            ]
        );
        assert_eq!(
            problems("price\n18\n"),
            ["vx.csv:1: expiry: found 'price': expected a column named expiry"]
        );
        assert_eq!(
            problems("expiry,price\n"),
            ["vx.csv:2: row: found '': expected at least one future"]
        );
    }
}
