//! Batch work on CSV files: columns by name, a result or a message for every row.
//!
//! Reading is described in `csv_table`; columns that a batch does not know are passed through.
//! A bad row gets empty results, its message in the column `error` and a line
//! `FILE:LINE: COLUMN: found 'X': expected …` on standard error; the other rows go on, and the exit
//! status is 2. A result column already present in the input is replaced, so that its name stays
//! unique.

use std::io::{self, Read as _, Write};
use std::process::ExitCode;

use serde_json::{Map, Value};

use crate::import::csv_table::{CellError, Fields, Located, Row, Table};

/// Exit status for bad input.
const BAD_INPUT: u8 = 2;

/// One result cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing known.
    Empty,
    /// A number, printed with as many digits as it takes to read the same double back.
    Number(f64),
    /// A word.
    Text(&'static str),
}

impl Cell {
    fn to_csv(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Number(value) => format!("{:?}", value + 0.0), // no "-0.0"
            Self::Text(text) => (*text).to_owned(),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Number(value) => Value::from(value + 0.0),
            Self::Text(text) => Value::from(*text),
        }
    }
}

/// A batch: what it reads, what it adds and how.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    /// Columns that the file must have.
    pub inputs: &'a [&'a str],
    /// Columns that are added, before `error`.
    pub outputs: &'a [&'a str],
    /// How the rows are worked out.
    pub compute: Compute<'a>,
}

/// One cell per output column, or what is wrong with the row.
pub type RowResult = Result<Vec<Cell>, CellError>;

/// What works out all rows of a file together.
pub type SeriesFn<'a> = dyn Fn(&[Result<Fields<'_>, CellError>]) -> Vec<RowResult> + 'a;

/// What a batch does with rows.
#[derive(Clone, Copy)]
pub enum Compute<'a> {
    /// Each row by itself.
    Row(fn(&Fields<'_>) -> RowResult),
    /// All rows together, one result per row in their order; a row that cannot be read is an error already.
    Series(&'a SeriesFn<'a>),
}

/// The results of one row.
struct Outcome {
    cells: Vec<Cell>,
    error: Option<CellError>,
}

impl Batch<'_> {
    /// Runs the batch on a file (`-` is standard input): rows to `out` as CSV or as one JSON object
    /// `{"rows": […], "problems": […]}`, complaints to `err`. Status 0, or 2 on bad input.
    pub fn run(
        &self,
        file: &str,
        json: bool,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> ExitCode {
        let done = match read(file) {
            Ok(bytes) => self.run_bytes((file, &bytes), json, out, err),
            Err(error) => {
                let expected = "a readable CSV file";
                let problem = CellError::new("file", &error.to_string(), expected);
                complain(file, &[(1, problem)], err).map(|()| false)
            }
        };
        match done {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) | Err(_) => ExitCode::from(BAD_INPUT),
        }
    }

    /// [`Batch::run`] on the contents of `file.1`, named `file.0` in messages. True if all rows are
    /// good.
    pub(super) fn run_bytes(
        &self,
        file: (&str, &[u8]),
        json: bool,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> io::Result<bool> {
        let (name, bytes) = file;
        let table = match Table::parse(bytes) {
            Ok(table) => table,
            Err(problem) => return complain(name, &[problem], err).map(|()| false),
        };
        let missing = table.check(self.inputs);
        if !missing.is_empty() {
            return complain(name, &missing, err).map(|()| false);
        }
        let outcomes = self.outcomes(&table);
        let problems: Vec<Located> = table
            .rows
            .iter()
            .zip(&outcomes)
            .filter_map(|(row, outcome)| Some((row.line, outcome.error.clone()?)))
            .collect();
        if json {
            self.write_json(&table, &outcomes, &located(name, &problems), out)?;
        } else {
            self.write_csv(&table, &outcomes, out)?;
        }
        complain(name, &problems, err)?;
        Ok(problems.is_empty())
    }

    fn outcomes(&self, table: &Table) -> Vec<Outcome> {
        let rows = table.rows.iter().map(|row| table.fields(row));
        let results = match self.compute {
            Compute::Row(compute) => rows
                .map(|fields| fields.and_then(|fields| compute(&fields)))
                .collect(),
            Compute::Series(compute) => compute(&rows.collect::<Vec<_>>()),
        };
        let width = self.outputs.len();
        let outcome = |result: RowResult| match result {
            Ok(cells) => Outcome { cells, error: None },
            Err(error) => Outcome {
                cells: vec![Cell::Empty; width],
                error: Some(error),
            },
        };
        results.into_iter().map(outcome).collect()
    }

    /// Positions and names of the input columns that are passed through.
    fn kept<'a>(&self, table: &'a Table) -> Vec<(usize, &'a str)> {
        let replaced = |header: &str| {
            let same = |name: &&str| name.eq_ignore_ascii_case(header);
            self.outputs.iter().any(same) || same(&"error")
        };
        let headers = table.headers.iter().map(String::as_str).enumerate();
        headers.filter(|(_, header)| !replaced(header)).collect()
    }

    fn write_csv(
        &self,
        table: &Table,
        outcomes: &[Outcome],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let kept = self.kept(table);
        let mut writer = csv::Writer::from_writer(out);
        let names = kept.iter().map(|&(_, name)| name);
        writer.write_record(names.chain(self.outputs.iter().copied()).chain(["error"]))?;
        for (row, outcome) in table.rows.iter().zip(outcomes) {
            let cell = |&(index, _): &(usize, &str)| row.cells.get(index).cloned();
            let mut record: Vec<String> = kept
                .iter()
                .map(|column| cell(column).unwrap_or_default())
                .collect();
            record.extend(outcome.cells.iter().map(Cell::to_csv));
            record.push(
                outcome
                    .error
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            );
            writer.write_record(&record)?;
        }
        writer.flush()
    }

    fn write_json(
        &self,
        table: &Table,
        outcomes: &[Outcome],
        problems: &[String],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let kept = self.kept(table);
        let row = |(row, outcome): (&Row, &Outcome)| {
            let mut object = Map::new();
            for &(index, name) in &kept {
                let cell = row.cells.get(index).map_or("", String::as_str);
                object.insert(name.to_owned(), Value::from(cell));
            }
            for (name, cell) in self.outputs.iter().zip(&outcome.cells) {
                object.insert((*name).to_owned(), cell.to_json());
            }
            let error = outcome.error.as_ref().map(ToString::to_string);
            object.insert("error".to_owned(), Value::from(error));
            Value::Object(object)
        };
        let rows: Vec<Value> = table.rows.iter().zip(outcomes).map(row).collect();
        writeln!(
            out,
            "{}",
            serde_json::json!({ "rows": rows, "problems": problems })
        )
    }
}

/// The file's bytes; `-` reads standard input.
fn read(file: &str) -> io::Result<Vec<u8>> {
    if file != "-" {
        return std::fs::read(file);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Complaints as `FILE:LINE: COLUMN: found 'X': expected …`.
fn located(file: &str, problems: &[Located]) -> Vec<String> {
    problems
        .iter()
        .map(|(line, problem)| format!("{file}:{line}: {problem}"))
        .collect()
}

/// Writes one line per complaint.
fn complain(file: &str, problems: &[Located], err: &mut dyn Write) -> io::Result<()> {
    located(file, problems)
        .iter()
        .try_for_each(|line| writeln!(err, "{line}"))
}

/// What a batch wrote to standard output and standard error, and whether all rows were good.
#[cfg(test)]
pub(super) fn run_text(batch: &Batch<'_>, text: &[u8], json: bool) -> (String, String, bool) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let good = batch
        .run_bytes(("in.csv", text), json, &mut out, &mut err)
        .unwrap();
    (
        String::from_utf8(out).unwrap(),
        String::from_utf8(err).unwrap(),
        good,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOUBLE: Batch<'_> = Batch {
        inputs: &["x"],
        outputs: &["twice", "kind"],
        compute: Compute::Row(|fields| {
            let x = fields.number("x")?;
            let kind = ["low", "high"][fields.word("kind_in", &["a", "B"]).unwrap_or(0)];
            Ok(vec![Cell::Number(2.0 * x), Cell::Text(kind)])
        }),
    };

    #[test]
    fn any_order_bom_crlf_and_unknown_columns() {
        let text = "\u{feff}note,kind_in, X \r\n\"a, b\",b,1.5\r\n,A,-2e-3\r\n";
        let (out, err, good) = run_text(&DOUBLE, text.as_bytes(), false);
        assert_eq!(
            out,
            "note,kind_in,X,twice,kind,error\n\"a, b\",b,1.5,3.0,high,\n,A,-2e-3,-0.004,low,\n"
        );
        assert_eq!((err.as_str(), good), ("", true));
    }

    #[test]
    fn a_bad_row_is_named_and_the_others_go_on() {
        let text = "x,n\n1,a\n\nnan,b\n1,2,3\n1e999,c\n";
        let (out, err, good) = run_text(&DOUBLE, text.as_bytes(), false);
        assert!(!good);
        assert_eq!(
            err,
            "in.csv:4: x: found 'nan': expected a number\n\
             in.csv:5: row: found '3 fields': expected 2 fields, as in the header\n\
             in.csv:6: x: found '1e999': expected a number\n"
        );
        let (_, crlf, _) = run_text(&DOUBLE, text.replace('\n', "\r\n").as_bytes(), false);
        assert_eq!(crlf, err);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[1], "1,a,2.0,low,");
        assert_eq!(lines[2], "nan,b,,,x: found 'nan': expected a number");
        assert_eq!(lines.len(), 5);
    }

    #[test]
    fn short_rows_are_filled_and_old_results_replaced() {
        let (out, _, good) = run_text(&DOUBLE, b"twice,x,error,z\n9,4,old\n", false);
        assert!(good);
        assert_eq!(out, "x,z,twice,kind,error\n4,,8.0,low,\n");
    }

    #[test]
    fn missing_doubled_and_no_columns() {
        let (out, err, good) = run_text(&DOUBLE, b"y,z\n1,2\n", false);
        assert_eq!((out.as_str(), good), ("", false));
        assert_eq!(err, "in.csv:1: x: found 'y,z': expected a column named x\n");
        let (_, err, _) = run_text(&DOUBLE, b"x,X\n1,2\n", false);
        assert_eq!(
            err,
            "in.csv:1: x: found 'x,X': expected one column named x\n"
        );
        let (_, err, good) = run_text(&DOUBLE, b"", false);
        assert_eq!(
            (err.as_str(), good),
            ("in.csv:1: x: found '': expected a column named x\n", false)
        );
    }

    #[test]
    fn what_is_not_text_is_refused_in_one_line() {
        let (out, err, good) = run_text(&DOUBLE, b"x\n1\n\xff\xfe\n", false);
        assert_eq!((out.as_str(), good), ("", false));
        assert_eq!(
            err,
            "in.csv:3: file: found 'byte 0xFF': expected UTF-8 text\n"
        );
        let long = format!("x\n\"{}\n\t\"\n", "w".repeat(200));
        let (_, err, _) = run_text(&DOUBLE, long.as_bytes(), false);
        assert_eq!(err.lines().count(), 1);
        assert!(err.chars().count() < 110, "{err}");
    }

    #[test]
    fn json_is_one_object() {
        let (out, _, good) = run_text(&DOUBLE, b"x,n\n1,a\nq,b\n", true);
        assert!(!good);
        let value: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(value["rows"][0]["twice"], 2.0);
        assert_eq!(value["rows"][0]["n"], "a");
        assert_eq!(value["rows"][1]["twice"], Value::Null);
        assert_eq!(value["rows"][1]["error"], "x: found 'q': expected a number");
        assert_eq!(
            value["problems"][0],
            "in.csv:3: x: found 'q': expected a number"
        );
    }

    #[test]
    fn a_missing_file_is_bad_input() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = DOUBLE.run("/no/such/file.csv", false, &mut out, &mut err);
        assert_eq!(status, ExitCode::from(2));
        let err = String::from_utf8(err).unwrap();
        assert!(
            err.starts_with("/no/such/file.csv:1: file: found '"),
            "{err}"
        );
        assert!(out.is_empty());
    }

    #[test]
    fn numbers_read_back_the_same() {
        for value in [0.1 + 0.2, 1e-300, 5712.335, 1e22, -7.0e-5, 123_456_789.125] {
            assert_eq!(Cell::Number(value).to_csv().parse::<f64>().unwrap(), value);
        }
        assert_eq!(Cell::Number(-0.0).to_csv(), "0.0");
    }
}
