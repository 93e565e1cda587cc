//! What a broker's file says, in our types: fills, holdings, cash, and what was left out and why.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::kind::BrokerKind;
use crate::import::problem::ImportProblem;
use crate::instrument::{Contract, TradeAction};

/// Whether a fill opens or closes, as far as the file says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Effect {
    /// The file says that it opens.
    Open,
    /// The file says that it closes.
    Close,
    /// The file does not say.
    Unknown,
}

/// How contracts changed hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FillKind {
    /// Bought or sold.
    Trade,
    /// Expired worthless: price 0.
    Expired,
    /// A short option was assigned; index options settle in cash.
    Assigned,
    /// A long option was exercised; index options settle in cash.
    Exercised,
    /// Settled in cash at the price that the file's amount gives.
    CashSettled,
}

impl FillKind {
    /// Whether the contract ended by its terms instead of being traded.
    pub fn is_settlement(self) -> bool {
        !matches!(self, Self::Trade)
    }
}

/// A stable name of a fill, by which a later import recognises it.
///
/// FNV-1a (64 bits) over broker, account, order, the time as the file states it, contract, quantity,
/// price and an ordinal among fills that are equal in all of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// The fingerprint of a text.
    pub fn of(text: &str) -> Self {
        const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0100_0000_01b3;
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        Self(text.bytes().fold(OFFSET, step))
    }

    /// Reads what [`fmt::Display`] writes: the key of a trade in the journal. `None` for anything else.
    pub fn parse(key: &str) -> Option<Self> {
        let whole = key.len() == 16;
        u64::from_str_radix(key, 16)
            .ok()
            .filter(|_| whole)
            .map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// One fill of one contract that the desk can hold.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerFill {
    /// Line of the file, from 1.
    pub line: u64,
    /// New York time.
    pub at: DateTime,
    /// The time as the file states it, in the file's own zone; part of the fingerprint, so that
    /// another assumed zone does not make a new fill.
    pub stated_at: DateTime,
    /// What was traded.
    pub contract: Contract,
    /// Contracts, positive when bought, negative when sold, never 0.
    pub quantity: i32,
    /// Price per unit in points, 0 or more.
    pub price: f64,
    /// Dollars of commission and fees paid; negative when the broker gave some back.
    pub fees_usd: f64,
    /// Open or close.
    pub effect: Effect,
    /// Order or reference number.
    pub order: Option<String>,
    /// The broker's word for the order: `VERTICAL`, `IRON CONDOR`.
    pub spread: Option<String>,
    /// Number of fills that the file shows as one order; fills of one file with the same group
    /// belong together. `None` where the file does not group them.
    pub group: Option<u64>,
    /// `TradeId` of `OptionNET` Explorer, or the campaign of a fills CSV.
    pub trade_id: Option<String>,
    /// `TradeName` of `OptionNET` Explorer.
    pub trade_name: Option<String>,
    /// How it changed hands.
    pub kind: FillKind,
    /// Dollars of premium as the file states them for this fill, positive when received, before
    /// fees; `None` when it states none or only those of the whole order.
    pub amount_usd: Option<f64>,
    /// What the trader meant, where the file has a column for it.
    pub action: Option<TradeAction>,
    /// Its stable name.
    pub key: Fingerprint,
}

impl BrokerFill {
    /// Dollars of premium by quantity and price, positive when received, before fees; 0 for a future.
    pub fn premium_usd(&self) -> f64 {
        if self.contract.root().is_option() {
            -f64::from(self.quantity) * self.contract.multiplier() * self.price
        } else {
            0.0
        }
    }
}

/// The part of a fill's dollars that some of its contracts have: `done` contracts had theirs before, this part has
/// `part`, the fill `whole`, all of one sign. Parts are whole cents where the sum is, and add up to it.
pub fn shared_usd(usd: f64, (done, part, whole): (i32, i32, i32)) -> f64 {
    let until = |count: i32| {
        if count == whole {
            usd
        } else {
            (usd * 100.0 * f64::from(count) / f64::from(whole)).round() / 100.0
        }
    };
    // the difference of two sums in cents is off by less than this
    let fine = 1e8;
    ((until(done + part) - until(done)) * fine).round() / fine
}

/// An open position that a file states.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerHolding {
    /// Line of the file, from 1.
    pub line: u64,
    /// What is held.
    pub contract: Contract,
    /// Contracts, negative when short, never 0.
    pub quantity: i32,
    /// Average price paid or received per unit in points.
    pub price: Option<f64>,
    /// Price per unit in points now.
    pub mark: Option<f64>,
    /// Dollars of value now, negative when short.
    pub value_usd: Option<f64>,
    /// Dollars of profit since it was opened.
    pub profit_usd: Option<f64>,
}

/// What a row of cash is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CashKind {
    /// Premium and fees of an order.
    Trade,
    /// A balance alone; its amount is 0.
    Balance,
    /// Settlement, assignment, exercise or removal of an option.
    Settlement,
    /// Daily variation of futures.
    Variation,
    /// Money in or out.
    Transfer,
    /// Interest.
    Interest,
    /// Dividends.
    Dividend,
    /// Fees that belong to no order.
    Fee,
    /// Anything else.
    Other,
}

/// One row of cash.
#[derive(Clone, Debug, PartialEq)]
pub struct CashRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// New York time, if the row has one that reads.
    pub at: Option<DateTime>,
    /// What it is for.
    pub kind: CashKind,
    /// Reference or order number.
    pub order: Option<String>,
    /// The broker's description.
    pub text: String,
    /// Dollars received, negative when paid, before fees.
    pub amount_usd: f64,
    /// Dollars of commission and fees paid; negative when given back.
    pub fees_usd: f64,
    /// Line of the header of its section: balances run on within one section.
    pub section: u64,
    /// Dollars in the account after this row.
    pub balance_usd: Option<f64>,
    /// Lines of the fills that it pays for.
    pub fills: Vec<u64>,
}

/// A row that is understood and not taken over.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// Line of the file, from 1.
    pub line: u64,
    /// The row, cut to a printable length.
    pub text: String,
    /// Why it is left out.
    pub why: String,
    /// Dollars received that the row states, before fees; 0 when it states none.
    pub amount_usd: f64,
    /// Dollars of commission and fees paid that the row states.
    pub fees_usd: f64,
}

/// Something that the file does not say and that was taken to be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// Line of the file, from 1; 0 for the whole file.
    pub line: u64,
    /// What was assumed, and why.
    pub text: String,
}

/// A total that a file states, beside the sum of the rows it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// Line of the total, from 1.
    pub line: u64,
    /// What it is a total of.
    pub what: String,
    /// The file's total in dollars.
    pub file_usd: f64,
    /// Sum in dollars of the rows as read, those left out included.
    pub rows_usd: f64,
}

/// A broker's file as read. Every line is in one of its lists: fills, holdings, cash, skipped,
/// problems, or layout.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokerFile {
    /// The file's name in messages.
    pub name: String,
    /// Which format it is in.
    pub kind: BrokerKind,
    /// The account that the file names, or the caller's name for it.
    pub account: Option<String>,
    /// The zone that times without one were taken to be in; `None` when the file states it.
    pub assumed_zone: Option<String>,
    /// Fills by time; of one time in the order of the file.
    pub fills: Vec<BrokerFill>,
    /// Open positions that it states.
    pub holdings: Vec<BrokerHolding>,
    /// Rows of cash.
    pub cash: Vec<CashRow>,
    /// Rows left out, with the reason.
    pub skipped: Vec<Skipped>,
    /// What could not be read, with line and column.
    pub problems: Vec<ImportProblem>,
    /// What was assumed.
    pub assumptions: Vec<Assumption>,
    /// Totals that it states.
    pub stated: Vec<Stated>,
    /// Lines that hold no data: blank ones, titles, headers, totals.
    pub layout: Vec<u64>,
    /// Number of lines of the file.
    pub lines: u64,
}

impl BrokerFile {
    /// Lines that stand in none of the lists; empty unless a reader is at fault.
    pub fn lost_lines(&self) -> Vec<u64> {
        let said: std::collections::BTreeSet<u64> = (self.layout.iter().copied())
            .chain(self.fills.iter().map(|fill| fill.line))
            .chain(self.holdings.iter().map(|holding| holding.line))
            .chain(self.cash.iter().map(|row| row.line))
            .chain(self.skipped.iter().map(|row| row.line))
            .chain(self.problems.iter().map(|problem| problem.line))
            .collect();
        (1..=self.lines)
            .filter(|line| !said.contains(line))
            .collect()
    }

    /// Names every fill, and sorts fills by time.
    pub(super) fn finish(mut self) -> Self {
        self.fills.sort_by_key(|fill| fill.at);
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let account = self.account.clone().unwrap_or_default();
        for fill in &mut self.fills {
            let text = format!(
                "{}|{account}|{}|{}|{}|{}|{:.4}|{:?}",
                self.kind.broker(),
                fill.order.as_deref().unwrap_or_default(),
                fill.stated_at,
                fill.contract.label(),
                fill.quantity,
                fill.price,
                fill.kind,
            );
            let ordinal = seen.entry(text.clone()).or_default();
            fill.key = Fingerprint::of(&format!("{text}|{ordinal}"));
            *ordinal += 1;
        }
        self
    }
}
