//! A chain of VIX options → marks of a campaign: futures by put-call parity, prices of what is held, and
//! enough strikes about the money to fix each expiry's vol.
//!
//! A campaign keeps single marks of VIX options and no chain of them, and shows each as a row to be edited.
//! So not all strikes are taken: those held, and those nearest the money on their out-of-the-money side.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::cboe_chain::{RawChain, RawRow};
use crate::calendar::{new_york_date, settlement_instant, years_between};
use crate::instrument::{Contract, Right, Root, Underlying};
use crate::market::{Mark, OptionMark};

/// Strikes about the money that are taken of an expiry with a held option.
const HELD_STRIKES: usize = 3;
/// Strikes about the money that are taken of another monthly expiry.
const OTHER_STRIKES: usize = 1;
/// Monthly expiries further away than this are left alone unless something there is held, calendar days.
const FURTHEST_DAYS: i32 = 270;
/// Strikes nearest to parity from which a future is taken.
const PARITY_STRIKES: usize = 5;

/// Marks from a chain of VIX options.
#[derive(Clone, Debug, PartialEq)]
pub struct VixMarks {
    /// The instant of the quotes.
    pub as_of: Timestamp,
    /// Spot VIX, points, when the file tells it.
    pub vix: Option<f64>,
    /// Futures by put-call parity, by monthly expiry, points.
    pub futures: Vec<(Date, f64)>,
    /// Prices of options at their mids.
    pub quotes: Vec<OptionMark>,
    /// Every expiry that the file has quotes of and that had not settled.
    pub expiries: BTreeSet<Date>,
}

/// Picks the marks out of a chain at an instant, for the options that are held, at a continuously compounded
/// rate. Expiries that had settled give nothing.
pub fn vix_marks(raw: &RawChain, as_of: Timestamp, rate: f64, held: &[Contract]) -> VixMarks {
    let today = new_york_date(as_of);
    let mut marks = VixMarks {
        as_of,
        vix: raw.spot,
        futures: Vec::new(),
        quotes: Vec::new(),
        expiries: BTreeSet::new(),
    };
    let boards = raw
        .rows
        .chunk_by(|x, y| (x.root, x.expiry) == (y.root, y.expiry));
    for rows in boards {
        let (root, expiry) = (rows[0].root, rows[0].expiry);
        let years = years_between(as_of, settlement_instant(expiry, root.settlement_time()));
        if years <= 0.0 {
            continue;
        }
        let Some(future) = parity(rows, (-rate * years).exp()) else {
            continue;
        };
        marks.expiries.insert(expiry);
        let own: Vec<&Contract> = held
            .iter()
            .filter(|contract| {
                contract.root().underlying() == Underlying::Vix && contract.expiry() == expiry
            })
            .collect();
        let is_monthly = root == Root::Vix;
        let is_near = (expiry - today).get_days() <= FURTHEST_DAYS;
        let count = match (own.is_empty(), is_monthly && is_near) {
            (false, _) => HELD_STRIKES,
            (true, true) => OTHER_STRIKES,
            (true, false) => continue,
        };
        if is_monthly {
            marks.futures.push((expiry, future));
        }
        let mut picked: Vec<(f64, Right)> = own
            .iter()
            .filter_map(|contract| match contract {
                Contract::Option { strike, right, .. } => Some((strike.points(), *right)),
                Contract::Future { .. } => None,
            })
            .collect();
        picked.extend(near_money(rows, future, count));
        for row in rows {
            for right in [Right::Put, Right::Call] {
                if picked.contains(&(row.strike, right))
                    && let Some(quote) = quote_of(row, right)
                {
                    marks.quotes.push(quote);
                }
            }
        }
    }
    marks
}

fn mid_of(row: &RawRow, right: Right) -> Option<f64> {
    match right {
        Right::Call => row.call.mid(),
        Right::Put => row.put.mid(),
    }
}

fn quote_of(row: &RawRow, right: Right) -> Option<OptionMark> {
    Some(OptionMark {
        contract: Contract::option(row.root, row.expiry, row.strike, right).ok()?,
        mark: Mark::Price(mid_of(row, right)?),
    })
}

/// The future at which calls and puts agree: the median of the strikes where they lie nearest to each other.
fn parity(rows: &[RawRow], discount: f64) -> Option<f64> {
    let mut pairs: Vec<(f64, f64)> = rows
        .iter()
        .filter_map(|row| {
            let difference = row.call.mid()? - row.put.mid()?;
            Some((difference.abs(), row.strike + difference / discount))
        })
        .collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    pairs.truncate(PARITY_STRIKES);
    let mut futures: Vec<f64> = pairs.into_iter().map(|(_, future)| future).collect();
    futures.sort_by(f64::total_cmp);
    let middle = futures.get(futures.len() / 2).copied()?;
    // to the cent: a mid of mids is no finer
    Some((middle * 100.0).round() / 100.0)
}

/// Strikes nearest a future with their out-of-the-money side, two-sided ones alone.
fn near_money(rows: &[RawRow], future: f64, count: usize) -> Vec<(f64, Right)> {
    let mut sides: Vec<(f64, Right)> = rows
        .iter()
        .filter_map(|row| {
            let right = if row.strike < future {
                Right::Put
            } else {
                Right::Call
            };
            mid_of(row, right).map(|_| (row.strike, right))
        })
        .collect();
    sides.sort_by(|a, b| (a.0 - future).abs().total_cmp(&(b.0 - future).abs()));
    sides.truncate(count);
    sides
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::import::{quote_instant, read_vix_chain};

    /// A strike far from the money.
    const HELD: f64 = 25.0;

    #[test]
    fn futures_come_back_by_parity_and_held_options_at_their_mids() {
        let bytes = include_bytes!("../../tests/fixtures/chain_vix_synthetic.csv");
        let (raw, _) = read_vix_chain("vix.csv", bytes).expect("our own fixture");
        let as_of = quote_instant(raw.file_time.expect("a date line"));
        let [july, weekly, august] = [date(2026, 7, 22), date(2026, 7, 29), date(2026, 8, 19)];
        let call = Contract::option(Root::Vix, august, HELD, Right::Call).expect("a call");
        let marks = vix_marks(&raw, as_of, 0.04, &[call]);
        assert_eq!(marks.vix, Some(17.0));
        // the file was priced on futures of 18.05 and 18.70
        let [(first, near), (second, far)] = marks.futures[..] else {
            panic!("two monthly futures: {:?}", marks.futures);
        };
        assert_eq!((first, second), (july, august));
        assert!(
            (near - 18.05).abs() < 0.03 && (far - 18.70).abs() < 0.03,
            "{near} {far}"
        );
        assert!(marks.expiries.contains(&weekly));
        let of = |expiry| {
            let quotes = marks.quotes.iter();
            let own: Vec<Contract> = quotes
                .map(|quote| quote.contract)
                .filter(|contract| contract.expiry() == expiry)
                .collect();
            own
        };
        assert_eq!(of(july).len(), OTHER_STRIKES);
        assert_eq!(of(weekly), []);
        assert!(of(august).contains(&call) && of(august).len() == HELD_STRIKES + 1);
        let row = raw
            .rows
            .iter()
            .find(|row| row.expiry == august && (row.strike - HELD).abs() < 1e-9)
            .expect("a row");
        let marked = marks.quotes.iter().find(|quote| quote.contract == call);
        assert_eq!(marked.map(|quote| quote.mark.value()), row.call.mid(),);
    }

    #[test]
    fn what_has_settled_gives_nothing() {
        let bytes = include_bytes!("../../tests/fixtures/chain_vix_synthetic.csv");
        let (raw, _) = read_vix_chain("vix.csv", bytes).expect("our own fixture");
        let later = crate::calendar::new_york_instant(date(2026, 9, 1).at(12, 0, 0, 0));
        let marks = vix_marks(&raw, later, 0.04, &[]);
        assert_eq!((marks.quotes, marks.futures), (vec![], vec![]));
    }
}
