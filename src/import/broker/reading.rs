//! What every reader shares: the file under construction, and the promise that no line is lost.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::cells::{Sheet, SheetRow, is_nothing, number, to_new_york};
use super::fill::{
    Assumption, BrokerFile, BrokerFill, BrokerHolding, Effect, FillKind, Fingerprint, Skipped,
    Stated,
};
use super::kind::BrokerKind;
use super::symbol::Refusal;
use crate::calendar::new_york;
use crate::import::problem::{ImportProblem, excerpt};
use crate::instrument::Contract;

/// What the caller knows that files do not say.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Zone of times that a file states without one: thinkorswim, tastyworks and `OptionNET` Explorer
    /// write the clock of the user's computer or settings.
    pub zone: TimeZone,
    /// The account's name, for formats that hold none, such as tastytrade's.
    pub account: Option<String>,
    /// Contracts held before the file begins, signed: they tell which side an expiry removes.
    pub held: Vec<(Contract, i32)>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            zone: new_york(),
            account: None,
            held: Vec::new(),
        }
    }
}

/// A file under construction.
pub(super) struct Reading<'a> {
    pub file: BrokerFile,
    pub options: &'a ReadOptions,
    sheet: &'a Sheet,
}

impl<'a> Reading<'a> {
    /// Starts a file; lines with an open quote are complained about here, and not handed out.
    pub(super) fn start(
        name: &str,
        kind: BrokerKind,
        sheet: &'a Sheet,
        options: &'a ReadOptions,
    ) -> Self {
        let file = BrokerFile {
            name: name.to_owned(),
            kind,
            account: options.account.clone(),
            assumed_zone: None,
            fills: Vec::new(),
            holdings: Vec::new(),
            cash: Vec::new(),
            skipped: Vec::new(),
            problems: Vec::new(),
            assumptions: Vec::new(),
            stated: Vec::new(),
            layout: Vec::new(),
            lines: sheet.rows.len() as u64,
        };
        let mut reading = Self {
            file,
            options,
            sheet,
        };
        for row in sheet.rows.iter().filter(|row| row.open_quote) {
            reading.problem(
                row.line,
                "line",
                &row.text(),
                "a quote that closes on its own line",
            );
        }
        reading
    }

    /// Rows to read, the blank ones among them.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'a SheetRow> + use<'a> {
        self.sheet.rows.iter().filter(|row| !row.open_quote)
    }

    pub(super) fn problem(&mut self, line: u64, column: &str, found: &str, expected: &str) {
        self.file.problems.push(ImportProblem {
            file: self.file.name.clone(),
            line,
            column: column.to_owned(),
            found: excerpt(found),
            expected: expected.to_owned(),
        });
    }

    pub(super) fn layout(&mut self, row: &SheetRow) {
        self.file.layout.push(row.line);
    }

    pub(super) fn skip(&mut self, row: &SheetRow, why: &str, amount_usd: f64, fees_usd: f64) {
        self.file.skipped.push(Skipped {
            line: row.line,
            text: row.text(),
            why: why.to_owned(),
            amount_usd,
            fees_usd,
        });
    }

    /// Leaves a row out or complains, as the refusal says, about a column and what stands there.
    pub(super) fn refuse(
        &mut self,
        row: &SheetRow,
        (column, found): (&str, &str),
        refusal: &Refusal,
        money: Money,
    ) {
        match refusal {
            Refusal::NotHeld(why) => self.skip(row, why, money.amount_usd, money.fees_usd),
            Refusal::Unreadable(expected) => self.problem(row.line, column, found, expected),
        }
    }

    pub(super) fn assume(&mut self, line: u64, text: &str) {
        self.file.assumptions.push(Assumption {
            line,
            text: text.to_owned(),
        });
    }

    pub(super) fn state(&mut self, line: u64, what: &str, file_usd: f64, rows_usd: f64) {
        self.file.stated.push(Stated {
            line,
            what: what.to_owned(),
            file_usd,
            rows_usd,
        });
    }

    /// New York time of a wall clock of the file, whose zone is the caller's.
    pub(super) fn local(&mut self, stated: DateTime) -> DateTime {
        let zone = &self.options.zone;
        if self.file.assumed_zone.is_none() {
            let name = zone
                .iana_name()
                .unwrap_or("a zone without a name")
                .to_owned();
            self.file.assumed_zone = Some(name);
        }
        to_new_york(stated, zone)
    }

    /// A cell of money that may hold nothing, which is 0; complains about anything else.
    pub(super) fn money(&mut self, row: &SheetRow, column: &str, cell: &str) -> f64 {
        if is_nothing(cell) {
            return 0.0;
        }
        number(cell).unwrap_or_else(|| {
            self.problem(
                row.line,
                column,
                cell,
                "dollars such as -124.00, 1,050.00 or ($1,050.00)",
            );
            0.0
        })
    }

    /// Sum over the holdings and the rows left out between two lines.
    pub(super) fn sum_between(
        &self,
        lines: std::ops::Range<u64>,
        holding: fn(&BrokerHolding) -> Option<f64>,
    ) -> f64 {
        let held = self
            .file
            .holdings
            .iter()
            .filter(|held| lines.contains(&held.line));
        let skipped = self
            .file
            .skipped
            .iter()
            .filter(|row| lines.contains(&row.line));
        held.filter_map(holding)
            .chain(skipped.map(|row| row.amount_usd))
            .sum()
    }

    /// Every line that nothing was said about is layout when blank and a problem when not.
    pub(super) fn finish(mut self) -> BrokerFile {
        for line in self.file.lost_lines() {
            let row = (line as usize)
                .checked_sub(1)
                .and_then(|place| self.sheet.rows.get(place));
            let Some(row) = row else { continue };
            if row.is_blank() {
                self.file.layout.push(line);
            } else {
                let expected = format!("a line of a {}", self.file.kind.label());
                self.problem(line, "line", &row.text(), &expected);
            }
        }
        self.file.layout.sort_unstable();
        self.file.problems.sort_by_key(|problem| problem.line);
        self.file.finish()
    }
}

/// Dollars that a row states.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Money {
    /// Received, before fees.
    pub amount_usd: f64,
    /// Paid in commissions and fees.
    pub fees_usd: f64,
}

/// A fill with nothing but its terms; the rest is filled in by the reader. Times are the file's and
/// New York's.
pub(super) fn bare_fill(
    line: u64,
    (stated_at, at): (DateTime, DateTime),
    contract: Contract,
    quantity: i32,
    price: f64,
) -> BrokerFill {
    BrokerFill {
        line,
        at,
        stated_at,
        contract,
        quantity,
        price,
        fees_usd: 0.0,
        effect: Effect::Unknown,
        order: None,
        spread: None,
        group: None,
        trade_id: None,
        trade_name: None,
        kind: FillKind::Trade,
        amount_usd: None,
        action: None,
        key: Fingerprint(0),
    }
}

/// Whether a price in points is one that a fill can have: futures never trade at 0 or below.
pub(super) fn price_holds(contract: Contract, price: f64) -> bool {
    (0.0..=1e6).contains(&price) && (contract.root().is_option() || price > 0.0)
}

/// Dollars without the dust of binary sums: to a hundredth of a cent, and never −0.
pub(super) fn cents(usd: f64) -> f64 {
    (usd * 1e4).round() / 1e4 + 0.0
}

/// Fees of an order over its fills by contracts, in whole cents; what is left of rounding goes to the
/// first, so that the sum is the order's to the last bit of a cent.
pub(super) fn spread_fees(total_usd: f64, contracts: &[u32]) -> Vec<f64> {
    let all: u64 = contracts.iter().map(|count| u64::from(*count)).sum();
    if all == 0 {
        return vec![0.0; contracts.len()];
    }
    let cents = total_usd * 100.0;
    let share = |count: &u32| (cents * f64::from(*count) / all as f64 + 1e-9).floor() / 100.0;
    let mut shares: Vec<f64> = contracts.iter().map(share).collect();
    let rest: f64 = shares.iter().skip(1).sum();
    if let Some(first) = shares.first_mut() {
        // whole cents where the total has them
        let left = total_usd - rest;
        let rounded = (left * 100.0).round() / 100.0;
        *first = if (left - rounded).abs() < 1e-9 {
            rounded
        } else {
            left
        };
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fees_are_spread_by_contracts_and_the_cent_goes_to_the_first() {
        assert_eq!(spread_fees(47.04, &[20, 20]), [23.52, 23.52]);
        assert_eq!(spread_fees(1.0, &[1, 1, 1]), [0.34, 0.33, 0.33]);
        assert_eq!(spread_fees(10.0, &[1, 2, 1]), [2.5, 5.0, 2.5]);
        assert_eq!(spread_fees(-1.0, &[1, 1, 1]), [-0.32, -0.34, -0.34]);
        assert_eq!(spread_fees(3.0, &[]), [0.0; 0]);
        assert_eq!(spread_fees(3.0, &[0, 0]), [0.0, 0.0]);
        let odd: f64 = spread_fees(0.254, &[1, 1]).iter().sum();
        assert!((odd - 0.254).abs() < 1e-12);
    }
}
