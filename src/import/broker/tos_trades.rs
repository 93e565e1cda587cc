//! thinkorswim's *Account Trade History*: the first row of an order has its time and spread, the rows of
//! its other legs have neither.

use jiff::civil::DateTime;

use super::cells::{Columns, SheetRow, contracts, date_time, number};
use super::fill::{BrokerFill, Effect};
use super::reading::{Money, Reading, bare_fill, price_holds, spread_fees};
use super::symbol::{self, Refusal};
use super::tos_statement::option_by_parts;
use crate::instrument::{Contract, Root};

/// One leg of an order, as written.
#[derive(Clone, Debug)]
pub(super) struct OrderLeg<'a> {
    pub row: &'a SheetRow,
    pub symbol: &'a str,
    expiry: &'a str,
    strike: &'a str,
    kind: &'a str,
    quantity: &'a str,
    price: &'a str,
    effect: &'a str,
    side: &'a str,
}

/// Rows that were filled as one.
#[derive(Clone, Debug)]
pub(super) struct Order<'a> {
    /// The time as the file states it.
    pub stated_at: DateTime,
    /// `VERTICAL`, `IRON CONDOR`, `SINGLE`.
    spread: &'a str,
    pub legs: Vec<OrderLeg<'a>>,
    /// Filled in from the rows of cash that pay for it.
    pub fees_usd: f64,
    pub amount_usd: f64,
    pub reference: Option<String>,
    pub weekly: Option<bool>,
    pub paid: bool,
}

impl Order<'_> {
    /// Contracts of the first leg, signed: what the broker's description counts.
    pub fn quantity(&self) -> Option<f64> {
        number(self.legs.first()?.quantity)
    }

    /// Dollars received by quantities and prices of its legs, as far as they read.
    pub fn premium_usd(&self) -> Option<f64> {
        let one = |leg: &OrderLeg<'_>| {
            let scale = if leg.kind.len() <= 4 && symbol::right(leg.kind).is_some() {
                100.0
            } else {
                1.0
            };
            Some(-number(leg.quantity)? * number(leg.price)? * scale)
        };
        self.legs.iter().map(one).sum()
    }

    /// Contract of a leg; `weekly` comes from the row of cash.
    fn contract(&self, leg: &OrderLeg<'_>) -> Result<Contract, Refusal> {
        match leg.kind.to_ascii_uppercase().as_str() {
            "CALL" | "PUT" | "C" | "P" => {
                option_by_parts(leg.symbol, leg.expiry, leg.strike, leg.kind, self.weekly)
            }
            _ if leg.symbol.starts_with('/') => {
                symbol::future(leg.symbol, Some(self.stated_at.date()))
            }
            "STOCK" | "ETF" | "FUND" | "BOND" | "INDEX" => Err(symbol::not_held(&format!(
                "{} in {}",
                leg.kind.to_lowercase(),
                leg.symbol
            ))),
            _ => Err(Refusal::Unreadable("PUT, CALL, FUTURE, STOCK or ETF")),
        }
    }

    /// Whether the desk can hold any of its legs.
    pub fn is_held(&self) -> bool {
        self.legs.iter().any(|leg| self.contract(leg).is_ok())
    }
}

/// Adds a row to the orders.
pub(super) fn read_row<'a>(
    reading: &mut Reading<'_>,
    row: &'a SheetRow,
    columns: &Columns,
    orders: &mut Vec<Order<'a>>,
) {
    let cell = |names: &[&str]| columns.cell(row, names);
    let leg = OrderLeg {
        row,
        symbol: cell(&["Symbol"]),
        expiry: cell(&["Exp"]),
        strike: cell(&["Strike"]),
        kind: cell(&["Type"]),
        quantity: cell(&["Qty"]),
        price: cell(&["Price"]),
        effect: cell(&["Pos Effect"]),
        side: cell(&["Side"]),
    };
    let time = cell(&["Exec Time"]);
    if time.is_empty() {
        match orders.last_mut() {
            Some(order)
                if order
                    .legs
                    .last()
                    .is_some_and(|last| last.row.line + 1 == row.line) =>
            {
                order.legs.push(leg);
            }
            Some(_) | None => {
                reading.problem(
                    row.line,
                    "Exec Time",
                    time,
                    "a time, or a row of the same order above",
                );
            }
        }
        return;
    }
    let Some(stated_at) = date_time(time) else {
        reading.problem(
            row.line,
            "Exec Time",
            time,
            "a time such as 3/25/26 14:20:49",
        );
        return;
    };
    orders.push(Order {
        stated_at,
        spread: cell(&["Spread"]),
        legs: vec![leg],
        fees_usd: 0.0,
        amount_usd: 0.0,
        reference: None,
        weekly: None,
        paid: false,
    });
}

/// The orders as fills, with what the rows of cash said about them.
pub(super) fn fills(reading: &mut Reading<'_>, orders: Vec<Order<'_>>) {
    for (number, order) in (0..).zip(orders) {
        let mut fills: Vec<BrokerFill> = Vec::new();
        for leg in &order.legs {
            if let Some(fill) = fill(reading, &order, leg) {
                fills.push(BrokerFill {
                    group: Some(number),
                    ..fill
                });
            }
        }
        let contracts: Vec<u32> = fills
            .iter()
            .map(|fill| fill.quantity.unsigned_abs())
            .collect();
        let shares = spread_fees(order.fees_usd, &contracts);
        for (fill, share) in fills.iter_mut().zip(shares) {
            fill.fees_usd = share;
        }
        if let [only] = fills.as_mut_slice()
            && order.paid
            && order.legs.len() == 1
        {
            only.amount_usd = Some(order.amount_usd);
        }
        reading.file.fills.append(&mut fills);
    }
}

fn fill(reading: &mut Reading<'_>, order: &Order<'_>, leg: &OrderLeg<'_>) -> Option<BrokerFill> {
    let row = leg.row;
    let contract = match order.contract(leg) {
        Ok(contract) => contract,
        Err(refusal) => {
            let column = match refusal {
                Refusal::Unreadable("PUT, CALL, FUTURE, STOCK or ETF" | "PUT or CALL") => {
                    ("Type", leg.kind)
                }
                Refusal::Unreadable("a strike in points") => ("Strike", leg.strike),
                Refusal::Unreadable("an expiry such as 25 MAR 26") => ("Exp", leg.expiry),
                Refusal::Unreadable(_) | Refusal::NotHeld(_) => ("Symbol", leg.symbol),
            };
            // the cash of these orders stands in the section of cash
            reading.refuse(row, column, &refusal, Money::default());
            return None;
        }
    };
    let Some(quantity) = contracts(leg.quantity) else {
        reading.problem(row.line, "Qty", leg.quantity, "whole contracts, not 0");
        return None;
    };
    let Some(price) = number(leg.price).filter(|price| price_holds(contract, *price)) else {
        reading.problem(row.line, "Price", leg.price, "a price in points");
        return None;
    };
    let sold =
        leg.side.to_ascii_uppercase().starts_with("SELL") || leg.side.eq_ignore_ascii_case("SOLD");
    let signed = if sold && quantity > 0 && !leg.quantity.starts_with('+') {
        -quantity
    } else {
        quantity
    };
    if sold == (signed > 0) && !leg.side.is_empty() {
        reading.problem(
            row.line,
            "Qty",
            leg.quantity,
            &format!("a quantity that agrees with the side {}", leg.side),
        );
        return None;
    }
    let contract = morning_or_evening(reading, order, leg, contract);
    let at = reading.local(order.stated_at);
    let effect = leg.effect.to_ascii_uppercase();
    Some(BrokerFill {
        effect: if effect.contains("OPEN") {
            Effect::Open
        } else if effect.contains("CLOSE") {
            Effect::Close
        } else {
            Effect::Unknown
        },
        order: order.reference.clone(),
        spread: (!order.spread.is_empty()).then(|| order.spread.to_owned()),
        ..bare_fill(row.line, (order.stated_at, at), contract, signed, price)
    })
}

/// An SPX option of a third Friday that nothing was said about: as the section of open options has it,
/// else settled in the morning, which is noted.
fn morning_or_evening(
    reading: &mut Reading<'_>,
    order: &Order<'_>,
    leg: &OrderLeg<'_>,
    contract: Contract,
) -> Contract {
    if contract.root() != Root::Spx || order.weekly.is_some() || leg.expiry.contains('(') {
        return contract;
    }
    let (Some(strike), Some(right)) = (contract.strike(), contract.right()) else {
        return contract;
    };
    let Ok(evening) = Contract::option(Root::Spxw, contract.expiry(), strike, right) else {
        return contract;
    };
    let held = |wanted| {
        reading
            .file
            .holdings
            .iter()
            .any(|holding| holding.contract == wanted)
    };
    match (held(contract), held(evening)) {
        (false, true) => return evening,
        (true, false) => return contract,
        (true, true) | (false, false) => {}
    }
    if order
        .legs
        .first()
        .is_some_and(|first| first.row.line == leg.row.line)
    {
        reading.assume(
            leg.row.line,
            "SPX on a third Friday without a word about weeklies: taken as AM-settled",
        );
    }
    contract
}
