//! A book in CSV: `root,kind,strike,expiry,quantity,price[,iv][,fees]`, columns by name in any order.
//!
//! Futures leave `kind` and `strike` empty. A row of a VIX exchange-traded product is told apart from a
//! bad one: its terms are fine, only nobody here can value it.

use super::csv_table::{CellError, Fields, Row, Table};
use super::problem::ImportProblem;
use crate::instrument::{Contract, Leg, Right, Root, RootError, Strike};

/// Columns that the file must have.
const NEEDED: [&str; 6] = ["root", "kind", "strike", "expiry", "quantity", "price"];

/// Most contracts of one leg, either way: with [`MOST_LEGS`], no sum of contracts can overflow.
pub const MOST_CONTRACTS: i32 = 100_000;
/// Most legs of a book.
pub const MOST_LEGS: usize = 10_000;
/// Largest price in points.
const LARGEST_PRICE: f64 = 1e6;
/// Smallest and largest vol, decimal.
const VOL_LIMITS: [f64; 2] = [1e-4, 10.0];
/// Largest fees of a leg in dollars.
const LARGEST_FEES: f64 = 1e9;

/// One row: what is held, and at which vol it is marked if the file says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LegLine {
    /// Line of the file, from 1.
    pub line: u64,
    /// The leg; its entry price is the column `price`.
    pub leg: Leg,
    /// The column `iv`, decimal.
    pub vol: Option<f64>,
}

/// A book as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LegsFile {
    /// The rows, in the order of the file.
    pub lines: Vec<LegLine>,
    /// Rows of products that cannot be valued.
    pub unmodelled: Vec<ImportProblem>,
}

/// Reads a book. `name` is the file's name in messages.
///
/// # Errors
/// One problem per bad cell: a book with a bad row is refused as a whole, since a part of it would show
/// another risk.
pub fn read_legs(name: &str, bytes: &[u8]) -> Result<LegsFile, Vec<ImportProblem>> {
    let table = Table::parse(bytes).map_err(|(line, problem)| vec![problem.at(name, line)])?;
    let mut problems = table.check(&NEEDED);
    let mut file = LegsFile::default();
    if problems.is_empty() {
        for row in &table.rows {
            match read_row(&table, row) {
                Ok(Content::Leg(leg, vol)) => file.lines.push(LegLine {
                    line: row.line,
                    leg,
                    vol,
                }),
                Ok(Content::Unmodelled(error)) => file.unmodelled.push(error.at(name, row.line)),
                Err(errors) => problems.extend(errors.into_iter().map(|error| (row.line, error))),
            }
        }
        if table.rows.is_empty() {
            problems.push((2, CellError::new("row", "", "at least one leg")));
        }
        if let Some(row) = table.rows.get(MOST_LEGS) {
            let expected = format!("at most {MOST_LEGS} legs");
            let found = format!("{} legs", table.rows.len());
            problems.push((row.line, CellError::new("row", &found, &expected)));
        }
    }
    if problems.is_empty() {
        return Ok(file);
    }
    Err(problems
        .into_iter()
        .map(|(line, problem)| problem.at(name, line))
        .collect())
}

/// What a row holds.
enum Content {
    Leg(Leg, Option<f64>),
    Unmodelled(CellError),
}

/// Collects complaints while reading goes on.
#[derive(Default)]
struct Complaints(Vec<CellError>);

impl Complaints {
    fn keep<T>(&mut self, read: Result<T, CellError>) -> Option<T> {
        read.map_err(|error| self.0.push(error)).ok()
    }
}

fn read_row(table: &Table, row: &Row) -> Result<Content, Vec<CellError>> {
    let fields = table.fields(row).map_err(|error| vec![error])?;
    let root = match fields.text("root").parse::<Root>() {
        Ok(root) => root,
        Err(RootError::ExchangeTradedProduct(_)) => {
            let expected = "an option or a future: VIX exchange-traded products are not modelled, this row is left out";
            return Ok(Content::Unmodelled(fields.error("root", expected)));
        }
        Err(RootError::Unknown(_)) => {
            let expected = "SPX, SPXW, XSP, VIX, VIXW, VX or VXM";
            return Err(vec![fields.error("root", expected)]);
        }
    };
    let mut complaints = Complaints::default();
    let contract = read_contract(&fields, root, &mut complaints);
    let quantity = complaints.keep(read_quantity(&fields));
    let price = complaints.keep(read_price(&fields, root));
    let vol = complaints.keep(read_vol(&fields, root));
    let fees = complaints.keep(optional(
        &fields,
        "fees",
        [0.0, LARGEST_FEES],
        "dollars, 0 or more",
    ));
    let (Some(contract), Some(quantity), Some(price), Some(vol), Some(fees)) =
        (contract, quantity, price, vol, fees)
    else {
        return Err(complaints.0);
    };
    Leg::new(contract, quantity, price)
        .and_then(|leg| leg.with_fees(fees.unwrap_or(0.0)))
        .map(|leg| Content::Leg(leg, vol))
        .map_err(|error| vec![CellError::new("row", &contract.label(), &error.to_string())])
}

fn read_contract(fields: &Fields<'_>, root: Root, complaints: &mut Complaints) -> Option<Contract> {
    let expiry = complaints.keep(fields.date("expiry"));
    if !root.is_option() {
        let blank = ["kind", "strike"].map(|column| {
            let empty = fields.text(column).is_empty();
            let found = if empty {
                Ok(())
            } else {
                Err(fields.error(column, "nothing for a future"))
            };
            complaints.keep(found)
        });
        let [Some(()), Some(())] = blank else {
            return None;
        };
        return Contract::future(root, expiry?).ok();
    }
    let right = complaints.keep(fields.word("kind", &Right::ALL.map(Right::as_str)));
    let expected = "a strike in points from 0.001 to 99999.999";
    let strike = fields
        .number("strike")
        .ok()
        .filter(|points| Strike::new(*points).is_ok());
    let strike = complaints.keep(strike.ok_or_else(|| fields.error("strike", expected)));
    Contract::option(root, expiry?, strike?, *Right::ALL.get(right?)?).ok()
}

fn read_quantity(fields: &Fields<'_>) -> Result<i32, CellError> {
    let expected = "whole contracts, not 0, negative when short, at most 100000";
    let most = f64::from(MOST_CONTRACTS);
    let number = fields.number_within("quantity", [-most, most], expected)?;
    if number == 0.0 || number.fract() != 0.0 {
        return Err(fields.error("quantity", expected));
    }
    Ok(number as i32)
}

fn read_price(fields: &Fields<'_>, root: Root) -> Result<f64, CellError> {
    if root.is_option() {
        let expected = "a price in points, 0 or more";
        return fields.number_within("price", [0.0, LARGEST_PRICE], expected);
    }
    let least = f64::MIN_POSITIVE;
    fields.number_within("price", [least, LARGEST_PRICE], "a price in points above 0")
}

fn read_vol(fields: &Fields<'_>, root: Root) -> Result<Option<f64>, CellError> {
    let expected = "a vol as a decimal from 0.0001 to 10 (0.20 = 20 %), or nothing";
    let vol = optional(fields, "iv", VOL_LIMITS, expected)?;
    if vol.is_some() && !root.is_option() {
        return Err(fields.error("iv", "nothing for a future"));
    }
    Ok(vol)
}

/// A number in a column that may be missing or empty.
fn optional(
    fields: &Fields<'_>,
    column: &str,
    limits: [f64; 2],
    expected: &str,
) -> Result<Option<f64>, CellError> {
    if fields.text(column).is_empty() {
        return Ok(None);
    }
    fields.number_within(column, limits, expected).map(Some)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const HEADER: &str = "root,kind,strike,expiry,quantity,price,iv,fees\n";

    fn problems(rows: &str) -> Vec<String> {
        let text = format!("{HEADER}{rows}");
        let problems = read_legs("legs.csv", text.as_bytes()).expect_err("refused");
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn reads_options_and_futures_in_any_order_of_columns() {
        let text = "\u{feff}price,note,expiry,Quantity,root,strike,kind\r\n\
                    35.7,a,2026-08-07,-10,spxw,5640,PUT\r\n\r\n18.4,b,2026-07-22,2,VX,,\r\n";
        let file = read_legs("legs.csv", text.as_bytes()).expect("legs");
        let put =
            Contract::option(Root::Spxw, date(2026, 8, 7), 5640.0, Right::Put).expect("valid");
        let future = Contract::future(Root::Vx, date(2026, 7, 22)).expect("valid");
        let found: Vec<_> = file
            .lines
            .iter()
            .map(|line| {
                (
                    line.line,
                    line.leg.contract,
                    line.leg.quantity,
                    line.leg.entry_price,
                )
            })
            .collect();
        assert_eq!(found, [(2, put, -10, 35.7), (4, future, 2, 18.4)]);
        assert!(file.unmodelled.is_empty());
    }

    #[test]
    fn iv_and_fees_are_read_where_they_stand() {
        let row = "VIX,call,22,2026-07-22,4,1.09,1.09,4.3\nVIX,call,24,2026-10-21,4,2.17,,\n";
        let file = read_legs("legs.csv", format!("{HEADER}{row}").as_bytes()).expect("legs");
        assert_eq!(
            (file.lines[0].vol, file.lines[0].leg.fees_usd),
            (Some(1.09), 4.3)
        );
        assert_eq!((file.lines[1].vol, file.lines[1].leg.fees_usd), (None, 0.0));
    }

    #[test]
    fn exchange_traded_products_are_left_out_by_name() {
        let rows = "UVXY,,,,100,20,,\nVX,,,2026-07-22,2,18.4,,\n";
        let file = read_legs("legs.csv", format!("{HEADER}{rows}").as_bytes()).expect("legs");
        assert_eq!((file.lines.len(), file.unmodelled.len()), (1, 1));
        let message = file.unmodelled[0].to_string();
        assert!(
            message.starts_with("legs.csv:2: root: found 'UVXY': expected"),
            "{message}"
        );
    }

    #[test]
    fn every_bad_cell_of_a_row_is_named() {
        assert_eq!(
            problems("SPXW,straddle,-5,2026-13-07,0,nan,0,-1\n"),
            [
                "legs.csv:2: expiry: found '2026-13-07': expected a date YYYY-MM-DD from 1990 to 2100",
                "legs.csv:2: kind: found 'straddle': expected call or put",
                "legs.csv:2: strike: found '-5': expected a strike in points from 0.001 to 99999.999",
                "legs.csv:2: quantity: found '0': expected whole contracts, not 0, negative when short, at most 100000",
                "legs.csv:2: price: found 'nan': expected a price in points, 0 or more",
                "legs.csv:2: iv: found '0': expected a vol as a decimal from 0.0001 to 10 (0.20 = 20 %), or nothing",
                "legs.csv:2: fees: found '-1': expected dollars, 0 or more",
            ]
        );
        for (row, column) in [
            ("SPY,put,500,2026-08-07,1,1,,", "root"),
            ("SPX,put,5640,2026-08-07,1.5,1,,", "quantity"),
            ("SPX,put,5640,2026-08-07,2000000,1,,", "quantity"),
            ("SPX,put,inf,2026-08-07,1,1,,", "strike"),
            ("SPX,put,5640,2026-08-07,1,-1,,", "price"),
            ("SPX,put,5640,2026-08-07,1,1,20,", "iv"),
            ("SPX,put,5640,20260807,1,1,,", "expiry"),
            ("VX,,,2026-07-22,1,0,,", "price"),
            ("VX,call,,2026-07-22,1,18,,", "kind"),
            ("VX,,20,2026-07-22,1,18,,", "strike"),
            ("VX,,,2026-07-22,1,18,0.9,", "iv"),
            ("SPX,put,5640,2026-08-07,1,1,,,9", "row"),
        ] {
            let found = problems(&format!("{row}\n"));
            assert_eq!(found.len(), 1, "{row}: {found:?}");
            let start = format!("legs.csv:2: {column}: found '");
            assert!(found[0].starts_with(&start), "{row}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_table_of_legs_is_refused() {
        let read = |bytes: &[u8]| read_legs("x", bytes).expect_err("refused");
        assert_eq!(read(b"").len(), NEEDED.len());
        assert_eq!(read(b"a,b\n1,2\n").len(), NEEDED.len());
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\x00\xff").len(), 1);
        let empty = read(HEADER.as_bytes());
        assert_eq!(
            empty[0].to_string(),
            "x:2: row: found '': expected at least one leg"
        );
    }
}
