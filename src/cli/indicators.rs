//! `palisade indicators FILE`: averages, MACD and RSI of a dated series in a CSV file.

use std::io::Write;
use std::process::ExitCode;

use jiff::civil::Date;

use super::csv_batch::{Batch, Cell, Compute, RowResult, SeriesFn};
use crate::import::csv_table::{CellError, Fields};
use crate::indicator::{Ema, Incremental as _, Macd, Rsi, Seeding};

/// Columns that are added.
const OUTPUTS: [&str; 6] = ["ema12", "ema26", "macd", "signal", "hist", "rsi14"];

/// Works the file out (`-` is standard input) to `out`, complaints to `err`; status 0, or 2 on bad input.
///
/// Needs the columns `date` and `column`. Rows are taken in order of their dates, whatever their order in the
/// file, and come out in the file's. A row with a bad date, a date that stands there already, or no number is an
/// error and is passed over by the indicators. Results are empty until an indicator has warmed up.
pub fn run(
    file: &str,
    column: &str,
    json: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> ExitCode {
    let compute = |rows: &[Result<Fields<'_>, CellError>]| indicate(rows, column);
    batch(&["date", column], &compute).run(file, json, out, err)
}

fn batch<'a>(inputs: &'a [&'a str], compute: &'a SeriesFn<'a>) -> Batch<'a> {
    Batch {
        inputs,
        outputs: &OUTPUTS,
        compute: Compute::Series(compute),
    }
}

/// The date and value of a row.
fn point(fields: &Fields<'_>, column: &str) -> Result<(Date, f64), CellError> {
    Ok((date(fields)?, fields.number(column)?))
}

/// YYYY-MM-DD, or MM/DD/YYYY as Cboe's history files write it.
fn date(fields: &Fields<'_>) -> Result<Date, CellError> {
    let text = fields.text("date");
    let found = match text.split('/').collect::<Vec<_>>()[..] {
        [month, day, year] if year.len() == 4 => civil(year, month, day),
        _ if text.len() == "YYYY-MM-DD".len() => text.parse().ok(),
        _ => None,
    };
    found.ok_or_else(|| fields.error("date", "a date YYYY-MM-DD or MM/DD/YYYY"))
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    Date::new(year.parse().ok()?, month, day).ok()
}

fn indicate(rows: &[Result<Fields<'_>, CellError>], column: &str) -> Vec<RowResult> {
    let mut points: Vec<Result<(Date, f64), CellError>> = rows
        .iter()
        .map(|row| row.clone().and_then(|fields| point(&fields, column)))
        .collect();
    let mut order: Vec<(Date, usize)> = points
        .iter()
        .enumerate()
        .filter_map(|(place, point)| Some((point.as_ref().ok()?.0, place)))
        .collect();
    order.sort_unstable();
    let is_again = |pair: &&[(Date, usize)]| pair[0].0 == pair[1].0;
    for pair in order.windows(2).filter(is_again) {
        if let Ok(fields) = &rows[pair[1].1] {
            points[pair[1].1] = Err(fields.error("date", "each date once"));
        }
    }
    let mut running = Running::new();
    let mut results = vec![Ok(vec![Cell::Empty; OUTPUTS.len()]); rows.len()];
    for (_, place) in order {
        if let Ok((_, value)) = points[place] {
            results[place] = Ok(running.push(value));
        }
    }
    for (result, point) in results.iter_mut().zip(points) {
        if let Err(error) = point {
            *result = Err(error);
        }
    }
    results
}

/// The indicators along the rows.
struct Running {
    averages: [Ema; 2],
    macd: Macd,
    rsi: Rsi,
}

impl Running {
    fn new() -> Self {
        Self {
            averages: [12, 26].map(|period| Ema::new(period, Seeding::Sma)),
            macd: Macd::default(),
            rsi: Rsi::new(14),
        }
    }

    fn push(&mut self, value: f64) -> Vec<Cell> {
        let [fast, slow] = self.averages.each_mut().map(|average| average.push(value));
        let macd = self.macd.push(value);
        let results = [
            fast,
            slow,
            macd.map(|bar| bar.macd),
            macd.map(|bar| bar.signal),
            macd.map(|bar| bar.hist),
            self.rsi.push(value),
        ];
        results
            .map(|result| result.map_or(Cell::Empty, Cell::Number))
            .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::super::csv_batch::run_text;
    use super::*;

    fn indicators(text: &str, column: &str) -> (Vec<Vec<String>>, String, bool) {
        let compute = |rows: &[Result<Fields<'_>, CellError>]| indicate(rows, column);
        let inputs = ["date", column];
        let (out, err, good) = run_text(&batch(&inputs, &compute), text.as_bytes(), false);
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        (out.lines().map(cells).collect(), err, good)
    }

    fn file(rows: usize, row: impl Fn(usize) -> String) -> String {
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!("date,close,note\n{}\n", rows.join("\n"))
    }

    fn date_of(place: usize) -> String {
        format!("2024-{:02}-{:02}", 1 + place / 28, 1 + place % 28)
    }

    #[test]
    fn each_column_begins_where_it_may() {
        let text = file(40, |place| {
            format!("{},{},x", date_of(place), 100 + place % 7)
        });
        let (rows, err, good) = indicators(&text, "close");
        assert!(good && err.is_empty());
        assert_eq!(
            rows[0],
            [
                "date", "close", "note", "ema12", "ema26", "macd", "signal", "hist", "rsi14",
                "error"
            ]
        );
        for (column, first) in [(3, 11), (4, 25), (5, 33), (6, 33), (7, 33), (8, 14)] {
            let filled = rows[1..].iter().position(|row| !row[column].is_empty());
            assert_eq!(filled, Some(first), "{}", rows[0][column]);
        }
    }

    #[test]
    fn newest_first_gives_the_same_by_date() {
        let row = |place: usize| format!("{},{},", date_of(place), (place * place) % 31);
        let (forward, _, _) = indicators(&file(50, row), "close");
        let (mut backward, _, good) = indicators(&file(50, |place| row(49 - place)), "close");
        backward[1..].reverse();
        assert!(good);
        assert_eq!(forward, backward);
    }

    #[test]
    fn bad_rows_are_passed_over() {
        let clean = file(20, |place| format!("{},{},", date_of(place), place % 5));
        let dirty = clean.replace(
            "2024-01-04,3,",
            "2024-01-04,3,\nsoon,9,\n2024-01-04,8,\n2024-02-01,.,",
        );
        let (wanted, _, _) = indicators(&clean, "close");
        let (rows, err, good) = indicators(&dirty, "close");
        assert!(!good);
        assert_eq!(
            err,
            "in.csv:6: date: found 'soon': expected a date YYYY-MM-DD or MM/DD/YYYY\n\
             in.csv:7: date: found '2024-01-04': expected each date once\n\
             in.csv:8: close: found '.': expected a number\n"
        );
        assert_eq!(rows.last(), wanted.last());
    }

    #[test]
    fn another_column_and_american_dates() {
        let text = "DATE,Open,VIX\n01/02/2024,1,13.2\n1/3/2024,1,14.04\n13/40/2024,1,9\n";
        let (rows, err, good) = indicators(text, "vix");
        assert!(!good && rows.len() == 4);
        assert!(
            err.starts_with("in.csv:4: date: found '13/40/2024'"),
            "{err}"
        );
        let (rows, err, _) = indicators("date,x\n2024-01-02,1\n", "close");
        assert!(rows.is_empty());
        assert_eq!(
            err,
            "in.csv:1: close: found 'date,x': expected a column named close\n"
        );
    }
}
