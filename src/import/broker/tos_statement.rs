//! thinkorswim's account statement: sections under titles, in any order, told apart by their headers.
//!
//! Fills come from *Account Trade History*, fees and balances from *Cash Balance* and *Futures
//! Statements*, open positions from *Options* and *Futures*. The other sections are left out line by
//! line. Columns are read by name, since their number varies.

use jiff::civil::Date;

use super::cells::{Columns, Sheet, SheetRow, contracts, date, is_nothing, number};
use super::fill::{BrokerFile, BrokerHolding};
use super::kind::BrokerKind;
use super::reading::{Money, ReadOptions, Reading};
use super::symbol::{self, Refusal};
use super::tos_cash::{self, CashLine};
use super::tos_removals;
use super::tos_trades::{self, Order};
use crate::instrument::Contract;

/// What the rows below a header are.
#[derive(Clone, Debug, PartialEq)]
enum Section {
    Cash(Columns, u64),
    Trades(Columns),
    Options(Columns, u64),
    Futures(Columns),
    /// Rows that are left out, and why.
    Other(String),
}

/// Everything gathered while the file is walked through.
struct Walk<'a, 'b> {
    reading: Reading<'a>,
    orders: Vec<Order<'a>>,
    cash: Vec<CashLine<'a>>,
    /// Last day of the statement, if its title says so.
    last_day: Option<Date>,
    has: Sections<'b>,
}

/// Which sections the file has.
#[derive(Clone, Copy, Debug, Default)]
struct Sections<'b> {
    trades: bool,
    cash: bool,
    title: &'b str,
}

pub(super) fn read(name: &str, sheet: &Sheet, options: &ReadOptions) -> BrokerFile {
    let reading = Reading::start(name, BrokerKind::ThinkorswimStatement, sheet, options);
    let mut walk = Walk {
        reading,
        orders: Vec::new(),
        cash: Vec::new(),
        last_day: None,
        has: Sections::default(),
    };
    let mut section: Option<Section> = None;
    let mut after_title = false;
    for row in walk.reading.rows() {
        if row.is_blank() {
            walk.reading.layout(row);
        } else if let Some(found) = header(row, walk.has.title) {
            walk.reading.layout(row);
            walk.has.trades |= matches!(found, Section::Trades(_));
            walk.has.cash |= matches!(found, Section::Cash(..));
            section = Some(found);
            after_title = false;
        } else if let Some(title) = title(row) {
            walk.name_account(title);
            walk.reading.layout(row);
            walk.has.title = title;
            section = None;
            after_title = true;
        } else {
            if after_title && section.is_none() {
                let why = format!("the section {} is not read", walk.has.title);
                section = Some(Section::Other(why));
                if row.cells.iter().all(|cell| number(cell).is_none()) {
                    walk.reading.layout(row);
                    after_title = false;
                    continue;
                }
            }
            after_title = false;
            walk.data(row, section.as_ref());
        }
    }
    walk.finish()
}

/// A line with one cell only: a title, or the words above the first one.
fn title(row: &SheetRow) -> Option<&str> {
    row.only_cell().filter(|text| number(text).is_none())
}

/// The section that a header line begins.
fn header(row: &SheetRow, title: &str) -> Option<Section> {
    let columns = || Columns::of(row);
    let foreign = title.to_ascii_lowercase();
    if row.has_columns(&["exec time", "side", "qty", "symbol", "price"]) {
        Some(Section::Trades(columns()))
    } else if row.has_columns(&["side", "qty", "symbol", "status"])
        || row.has_columns(&["time placed", "side", "qty"])
        || row.has_columns(&["time canceled", "side", "qty"])
    {
        Some(Section::Other("an order, not a fill".to_owned()))
    } else if row.has_columns(&["type", "description", "amount", "balance"]) {
        let ours = !foreign.starts_with("forex") && !foreign.starts_with("crypto");
        Some(if ours {
            Section::Cash(columns(), row.line)
        } else {
            Section::Other(format!("the section {title} is not read"))
        })
    } else if row.has_columns(&["symbol", "exp", "strike", "type", "qty"]) {
        Some(Section::Options(columns(), row.line))
    } else if row.has_columns(&["symbol", "spc", "exp", "qty"]) && !foreign.contains("option") {
        Some(Section::Futures(columns()))
    } else {
        None
    }
}

impl<'a> Walk<'a, '_> {
    fn data(&mut self, row: &'a SheetRow, section: Option<&Section>) {
        match section {
            Some(Section::Cash(columns, section)) => {
                tos_cash::read_row(&mut self.reading, row, columns, *section, &mut self.cash);
            }
            Some(Section::Trades(columns)) => {
                tos_trades::read_row(&mut self.reading, row, columns, &mut self.orders);
            }
            Some(Section::Options(columns, header)) => self.option(row, columns, *header),
            Some(Section::Futures(columns)) => self.future(row, columns),
            Some(Section::Other(why)) => self.reading.skip(row, why, 0.0, 0.0),
            None => {
                let expected = "a section's title or header before its rows";
                self.reading
                    .problem(row.line, "line", &row.text(), expected);
            }
        }
    }

    /// `Account Statement for D-00000000 (ira) since …`.
    fn name_account(&mut self, title: &str) {
        let named = account_of(title, "account statement for");
        if let Some(account) = named {
            self.reading.file.account = Some(account);
            self.last_day = title.split_whitespace().rev().find_map(date);
        }
    }

    fn option(&mut self, row: &SheetRow, columns: &Columns, header: u64) {
        let cell = |names: &[&str]| columns.cell(row, names);
        if row
            .cells
            .iter()
            .any(|cell| cell.eq_ignore_ascii_case("overall totals"))
        {
            self.reading.layout(row);
            let value = cell(&["Mark Value"]);
            if let Some(file_usd) = number(value) {
                let rows_usd = self
                    .reading
                    .sum_between(header..row.line, |held| held.value_usd);
                self.reading
                    .state(row.line, "Mark value of options", file_usd, rows_usd);
            }
            return;
        }
        let value = cell(&["Mark Value"]);
        let value_usd = (!is_nothing(value)).then(|| self.reading.money(row, "Mark Value", value));
        let code = cell(&["Option Code"]);
        let contract = if code.is_empty() {
            option_by_parts(
                cell(&["Symbol"]),
                cell(&["Exp"]),
                cell(&["Strike"]),
                cell(&["Type"]),
                None,
            )
            .map_err(|refusal| ("Exp", cell(&["Exp"]), refusal))
        } else {
            symbol::option_symbol(code, date(cell(&["Exp"])))
                .map_err(|refusal| ("Option Code", code, refusal))
        };
        let money = Money {
            amount_usd: value_usd.unwrap_or(0.0),
            fees_usd: 0.0,
        };
        match contract {
            Err((column, found, refusal)) => {
                self.reading.refuse(row, (column, found), &refusal, money);
            }
            Ok(contract) => {
                self.hold(row, columns, (contract, value_usd));
            }
        }
    }

    /// A contract that is held, with its value in dollars where the file states one.
    fn hold(
        &mut self,
        row: &SheetRow,
        columns: &Columns,
        (contract, value_usd): (Contract, Option<f64>),
    ) {
        let cell = |names: &[&str]| columns.cell(row, names);
        let Some(quantity) = contracts(cell(&["Qty"])) else {
            let expected = "whole contracts, not 0";
            self.reading
                .problem(row.line, "Qty", cell(&["Qty"]), expected);
            return;
        };
        self.reading.file.holdings.push(BrokerHolding {
            line: row.line,
            contract,
            quantity,
            price: number(cell(&["Trade Price"])),
            mark: number(cell(&["Mark"])),
            value_usd,
            profit_usd: number(cell(&["P/L Open"])),
        });
    }

    fn future(&mut self, row: &SheetRow, columns: &Columns) {
        let cell = |names: &[&str]| columns.cell(row, names);
        if row
            .cells
            .iter()
            .any(|cell| cell.eq_ignore_ascii_case("overall totals"))
        {
            self.reading.layout(row);
            return;
        }
        let name = cell(&["Symbol"]);
        let near = date(&format!("1 {}", cell(&["Exp"]))).or(self.last_day);
        match symbol::future(name, near) {
            Err(refusal) => self
                .reading
                .refuse(row, ("Symbol", name), &refusal, Money::default()),
            Ok(contract) => {
                self.hold(row, columns, (contract, None));
            }
        }
    }

    fn finish(mut self) -> BrokerFile {
        let complete = tos_cash::Complete {
            trades: self.has.trades,
            cash: self.has.cash,
        };
        tos_cash::settle(&mut self.reading, &mut self.orders, self.cash, complete);
        tos_trades::fills(&mut self.reading, self.orders);
        tos_removals::settle_once(&mut self.reading);
        tos_removals::orient(&mut self.reading);
        self.reading.finish()
    }
}

/// The account that a title such as `Account Statement for D-1 (ira) since …` names.
pub(super) fn account_of(title: &str, start: &str) -> Option<String> {
    let head = title.get(..start.len())?;
    let named = head
        .eq_ignore_ascii_case(start)
        .then(|| title.get(start.len()..))??;
    named.split_whitespace().next().map(str::to_owned)
}

/// An option by its symbol, expiry, strike and right, each as text.
pub(super) fn option_by_parts(
    symbol: &str,
    expiry: &str,
    strike: &str,
    right: &str,
    weekly: Option<bool>,
) -> Result<crate::instrument::Contract, Refusal> {
    if symbol.starts_with('/') || symbol.starts_with("./") {
        return Err(symbol::not_held("options on futures"));
    }
    if symbol::index_root(symbol).is_none() {
        return Err(symbol::not_held(&format!("options on {symbol}")));
    }
    let told = expiry.contains('(').then_some(true);
    let expiry = date(expiry).ok_or(Refusal::Unreadable("an expiry such as 25 MAR 26"))?;
    let strike = number(strike).ok_or(Refusal::Unreadable("a strike in points"))?;
    let right = symbol::right(right).ok_or(Refusal::Unreadable("PUT or CALL"))?;
    symbol::index_option(symbol, expiry, strike, right, told.or(weekly))
}
