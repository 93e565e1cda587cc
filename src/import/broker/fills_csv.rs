//! Fills in a table of our own, for brokers without a format here:
//! `time,root,kind,strike,expiry,quantity,price[,fees,order,effect,action,campaign,amount]`, columns by
//! name in any order.

use super::cells::{self, Columns, Sheet, SheetRow, contracts, date, is_nothing, number};
use super::fill::{BrokerFile, BrokerFill, Effect, FillKind};
use super::kind::BrokerKind;
use super::reading::{Money, ReadOptions, Reading, bare_fill, price_holds};
use super::symbol::{self, Refusal};
use crate::instrument::{Contract, Root, RootError, TradeAction};

pub(super) fn read(name: &str, sheet: &Sheet, options: &ReadOptions) -> BrokerFile {
    let mut reading = Reading::start(name, BrokerKind::FillsCsv, sheet, options);
    let mut columns: Option<Columns> = None;
    for row in reading.rows() {
        if row.is_blank() {
            reading.layout(row);
        } else if row.has_columns(&["time", "root", "quantity", "price"]) {
            reading.layout(row);
            columns = Some(Columns::of(row));
            for needed in ["kind", "strike", "expiry"] {
                if !row.has_columns(&[needed]) {
                    reading.problem(
                        row.line,
                        needed,
                        &row.text(),
                        &format!("a column named {needed}"),
                    );
                }
            }
        } else if let Some(columns) = &columns {
            fill(&mut reading, row, columns);
        } else {
            reading.problem(
                row.line,
                "line",
                &row.text(),
                "the header line before the rows",
            );
        }
    }
    reading.finish()
}

fn fill(reading: &mut Reading<'_>, row: &SheetRow, columns: &Columns) {
    let cell = |name: &str| columns.cell(row, &[name]);
    let before = reading.file.problems.len();
    let fees_usd = reading.money(row, "fees", cell("fees"));
    let amount = cell("amount");
    let amount_usd = (!is_nothing(amount)).then(|| reading.money(row, "amount", amount));
    let effect = word(reading, row, ("effect", cell("effect")), &EFFECTS);
    let actions = TradeAction::ALL.map(|action| (action.label(), action));
    let action = word(reading, row, ("action", cell("action")), &actions);
    let money = Money {
        amount_usd: amount_usd.unwrap_or(0.0),
        fees_usd,
    };
    let Some(plain) = terms(reading, row, columns, money) else {
        return;
    };
    if reading.file.problems.len() > before {
        return;
    }
    let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let settles = action == Some(TradeAction::Settle);
    reading.file.fills.push(BrokerFill {
        fees_usd,
        effect: match (settles, effect) {
            (true, _) => Effect::Close,
            (false, effect) => effect.unwrap_or(Effect::Unknown),
        },
        order: named(cell("order")),
        trade_id: named(cell("campaign")),
        kind: match (settles, plain.price == 0.0) {
            (true, true) => FillKind::Expired,
            (true, false) => FillKind::CashSettled,
            (false, _) => FillKind::Trade,
        },
        amount_usd,
        action,
        ..plain
    });
}

/// Time, contract, quantity and price; every cell of them that does not read is complained about.
fn terms(
    reading: &mut Reading<'_>,
    row: &SheetRow,
    columns: &Columns,
    money: Money,
) -> Option<BrokerFill> {
    let cell = |name: &str| columns.cell(row, &[name]);
    let times = time(reading, cell("time"));
    if times.is_none() {
        let expected = "a time such as 2026-06-24T10:15 or 2026-06-24T10:15:00-04:00";
        reading.problem(row.line, "time", cell("time"), expected);
    }
    let contract = contract(row, columns);
    if let Err((column, refusal)) = &contract {
        reading.refuse(row, (column, cell(column)), refusal, money);
    }
    let contract = contract.ok();
    let quantity = contracts(cell("quantity"));
    if quantity.is_none() {
        let expected = "whole contracts, not 0, negative when sold";
        reading.problem(row.line, "quantity", cell("quantity"), expected);
    }
    let holds = |price: &f64| contract.is_none_or(|contract| price_holds(contract, *price));
    let price = number(cell("price")).filter(holds);
    if price.is_none() {
        let expected = "a price in points, 0 or more, above 0 for a future";
        reading.problem(row.line, "price", cell("price"), expected);
    }
    Some(bare_fill(row.line, times?, contract?, quantity?, price?))
}

/// What the column `effect` may hold.
const EFFECTS: [(&str, Effect); 4] = [
    ("open", Effect::Open),
    ("close", Effect::Close),
    ("to open", Effect::Open),
    ("to close", Effect::Close),
];

/// One of a list of words in any case, or nothing.
fn word<T: Copy>(
    reading: &mut Reading<'_>,
    row: &SheetRow,
    (column, text): (&str, &str),
    words: &[(&str, T)],
) -> Option<T> {
    if is_nothing(text) {
        return None;
    }
    let found = words
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(text));
    if found.is_none() {
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        reading.problem(
            row.line,
            column,
            text,
            &format!("{}, or nothing", all.join(", ")),
        );
    }
    found.map(|(_, value)| *value)
}

/// A time with an offset, or a wall clock of the caller's zone.
fn time(
    reading: &mut Reading<'_>,
    text: &str,
) -> Option<(jiff::civil::DateTime, jiff::civil::DateTime)> {
    if let Some(at) = cells::offset_time(text) {
        return Some((at, at));
    }
    let stated = text
        .contains(':')
        .then(|| text.parse().ok())
        .flatten()
        .or_else(|| cells::date_time(text))?;
    Some((stated, reading.local(stated)))
}

fn contract(row: &SheetRow, columns: &Columns) -> Result<Contract, (&'static str, Refusal)> {
    let cell = |name: &str| columns.cell(row, &[name]);
    let unreadable = |column, expected| (column, Refusal::Unreadable(expected));
    let root = cell("root").parse::<Root>().map_err(|error| match error {
        RootError::ExchangeTradedProduct(name) | RootError::Unknown(name)
            if !name.trim().is_empty() =>
        {
            ("root", symbol::not_held(name.trim()))
        }
        RootError::ExchangeTradedProduct(_) | RootError::Unknown(_) => {
            unreadable("root", "SPX, SPXW, XSP, VIX, VIXW, VX or VXM")
        }
    })?;
    let expiry =
        date(cell("expiry")).ok_or_else(|| unreadable("expiry", "a date such as 2026-08-06"))?;
    if !root.is_option() {
        for column in ["kind", "strike"] {
            if !is_nothing(cell(column)) {
                return Err(unreadable(column, "nothing for a future"));
            }
        }
        return Contract::future(root, expiry).map_err(|_option| unreadable("root", "a future"));
    }
    let right = symbol::right(cell("kind")).ok_or_else(|| unreadable("kind", "call or put"))?;
    let expected = "a strike in points from 0.001 to 99999.999";
    let strike = number(cell("strike")).ok_or_else(|| unreadable("strike", expected))?;
    Contract::option(root, expiry, strike, right)
        .map_err(|_no_strike| unreadable("strike", expected))
}
