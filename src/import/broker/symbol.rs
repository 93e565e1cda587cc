//! The names that brokers give to contracts, as contracts.
//!
//! SPX has two products on a third Friday: AM-settled `SPX` and PM-settled `SPXW`. The symbol tells
//! them apart, or the word `(Weeklys)`; with neither, a third Friday is AM and every other day PM.

use jiff::civil::{Date, Weekday};

use super::cells;
use crate::calendar::{prev_business_day, spx_monthly_expiry, vix_monthly_expiry};
use crate::instrument::{Contract, OptionSeries, Right, Root};

/// Why a name is no contract of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is one that the desk does not hold; the reason in words.
    NotHeld(String),
    /// It cannot be read; what was expected.
    Unreadable(&'static str),
}

/// What is held, for messages.
const HELD: &str = "the desk holds options on SPX, SPXW, XSP, VIX and VIXW, and futures VX and VXM";

pub(super) fn not_held(what: &str) -> Refusal {
    Refusal::NotHeld(format!("{what}: {HELD}"))
}

/// A right: `PUT`, `Call`, `P`.
pub(super) fn right(text: &str) -> Option<Right> {
    match text.trim().to_ascii_uppercase().as_str() {
        "P" | "PUT" => Some(Right::Put),
        "C" | "CALL" => Some(Right::Call),
        _ => None,
    }
}

/// A root of ours without the marks that brokers put around it: `$SPX.X`, `^VIX`, `.SPXW`.
pub(super) fn index_root(text: &str) -> Option<Root> {
    let bare = text.trim().trim_start_matches(['$', '^', '.']);
    let bare = bare.strip_suffix(".X").unwrap_or(bare).trim();
    let root = match bare.to_ascii_uppercase().as_str() {
        "SPXPM" => Root::Spxw,
        symbol => symbol.parse().ok()?,
    };
    root.is_option().then_some(root)
}

/// An option on an index by its parts. `weekly` is what the file says beside the symbol, if anything.
pub(super) fn index_option(
    symbol: &str,
    expiry: Date,
    strike: f64,
    right: Right,
    weekly: Option<bool>,
) -> Result<Contract, Refusal> {
    let Some(root) = index_root(symbol) else {
        return Err(not_held(&format!("options on {}", symbol.trim())));
    };
    let monthly = spx_monthly_expiry(expiry);
    let (root, expiry) = match root {
        Root::Spx if expiry.weekday() == Weekday::Saturday => (Root::Spx, monthly),
        Root::Spx if expiry != monthly || weekly == Some(true) => (Root::Spxw, expiry),
        Root::Vix | Root::Vixw => (OptionSeries::vix(expiry).root, expiry),
        Root::Spx | Root::Spxw | Root::Xsp | Root::Vx | Root::Vxm => (root, expiry),
    };
    Contract::option(root, expiry, strike, right)
        .map_err(|_no_strike| Refusal::Unreadable("a strike in points from 0.001 to 99999.999"))
}

/// An option symbol: `SPXW  250117P04025000` with thousandths, `.SPXW260317P6660` with points. The
/// file's own expiry, if it has one, is trusted over the symbol's date.
pub(super) fn option_symbol(text: &str, expiry: Option<Date>) -> Result<Contract, Refusal> {
    const EXPECTED: Refusal = Refusal::Unreadable("an option symbol such as SPXW  250117P04025000");
    let symbol = parts(text).ok_or(EXPECTED)?;
    let expiry = expiry.map_or(symbol.date, |stated| settled_on(&symbol, stated));
    index_option(&symbol.root, expiry, symbol.strike, symbol.right, None)
}

/// The parts of an option symbol.
struct Parts {
    root: String,
    date: Date,
    right: Right,
    strike: f64,
}

/// The right and the strike stand behind the last six digits that letters follow.
fn parts(text: &str) -> Option<Parts> {
    let text = text.trim().trim_start_matches(['.', '^']);
    if !text.is_ascii() {
        return None;
    }
    let strike_from = text.rfind(['C', 'P', 'c', 'p'])? + 1;
    let (head, strike) = text.split_at_checked(strike_from)?;
    let (head, letter) = head.split_at_checked(head.len().checked_sub(1)?)?;
    let (root, digits) = head.split_at_checked(head.len().checked_sub(6)?)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || strike.contains([',', '-', '+']) {
        return None;
    }
    let two = |at: usize| digits.get(at..at + 2)?.parse::<i8>().ok();
    let date = Date::new(2000 + i16::from(two(0)?), two(2)?, two(4)?).ok()?;
    let points = cells::number(strike)?;
    let padded = strike.len() == 8 && !strike.contains('.');
    Some(Parts {
        root: root.trim().to_owned(),
        date,
        right: right(letter)?,
        strike: if padded { points / 1000.0 } else { points },
    })
}

/// The day on which an option settles whose file states `stated`: that day, but of an AM-settled
/// option whose last trading day is stated, the morning after.
fn settled_on(symbol: &Parts, stated: Date) -> Date {
    let monthly = spx_monthly_expiry(symbol.date);
    let last_trading_day = index_root(&symbol.root) == Some(Root::Spx)
        && symbol.date >= monthly
        && stated == prev_business_day(monthly);
    if last_trading_day { monthly } else { stated }
}

/// Codes of the months, from January.
const MONTHS: &str = "FGHJKMNQUVXZ";

/// A future: `/VXH26`, `/VXH6`, `/VXMH26:XCBF`; a year of one digit is the one
/// nearest to `near`.
pub(super) fn future(text: &str, near: Option<Date>) -> Result<Contract, Refusal> {
    const EXPECTED: Refusal = Refusal::Unreadable("a future such as /VXH26");
    let symbol = text.trim().trim_start_matches('/').to_ascii_uppercase();
    let symbol = symbol.split([':', '.', ' ']).next().unwrap_or_default();
    for root in [Root::Vxm, Root::Vx] {
        let Some(code) = symbol.strip_prefix(root.symbol()) else {
            continue;
        };
        let mut letters = code.chars();
        let month = letters.next().and_then(|letter| MONTHS.find(letter));
        let (Some(month), Some(year)) = (month, year_near(letters.as_str(), near)) else {
            continue;
        };
        let first = Date::new(year, month as i8 + 1, 1).map_err(|_no_month| EXPECTED)?;
        return Contract::future(root, vix_monthly_expiry(first)).map_err(|_option| EXPECTED);
    }
    if symbol.starts_with("VX") {
        return Err(Refusal::Unreadable(
            "a monthly VIX future such as /VXH26 (weekly ones cannot be told)",
        ));
    }
    if symbol.is_empty() {
        Err(EXPECTED)
    } else {
        Err(not_held(&format!("future {symbol}")))
    }
}

fn year_near(digits: &str, near: Option<Date>) -> Option<i16> {
    let value: i16 = digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())??;
    match digits.len() {
        1 => {
            // a contract is listed at most nine months ahead; a holding may be some months old
            let near = near?;
            let decade = near.year() - near.year().rem_euclid(10);
            [decade - 10, decade, decade + 10]
                .into_iter()
                .map(|start| start + value)
                .min_by_key(|year| (*year - near.year()).abs())
        }
        2 => Some(2000 + value),
        4 => Some(value),
        _ => None,
    }
}

/// thinkorswim's words for an option below its symbol: `100 (Weeklys) 31 MAY 22 4650 PUT`.
pub(super) fn thinkorswim_option(symbol: &str, text: &str) -> Result<Contract, Refusal> {
    const EXPECTED: Refusal =
        Refusal::Unreadable("an option such as 100 (Weeklys) 31 MAY 22 4650 PUT");
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let multiplier = words.first().copied().ok_or(EXPECTED)?;
    if multiplier.contains('/') || text.contains('/') {
        return Err(not_held("options on futures"));
    }
    let weekly = words.iter().any(|word| word.starts_with('('));
    words.retain(|word| !word.starts_with('(') && !word.starts_with('['));
    let [_, day, month, year, strike, side] = words.as_slice() else {
        return Err(EXPECTED);
    };
    if index_root(symbol).is_none() {
        return Err(not_held(&format!("options on {symbol}")));
    }
    if multiplier != "100" {
        return Err(not_held("options of another multiplier than 100"));
    }
    let expiry = cells::date(&format!("{day} {month} {year}")).ok_or(EXPECTED)?;
    let strike = cells::number(strike).ok_or(EXPECTED)?;
    index_option(
        symbol,
        expiry,
        strike,
        right(side).ok_or(EXPECTED)?,
        Some(weekly),
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn label(contract: Result<Contract, Refusal>) -> String {
        match contract {
            Ok(contract) => contract.label(),
            Err(Refusal::NotHeld(why)) => {
                format!("not held: {}", why.split(':').next().unwrap_or_default())
            }
            Err(Refusal::Unreadable(why)) => format!("unreadable: {why}"),
        }
    }

    #[test]
    fn option_symbols_with_thousandths_and_with_points() {
        for (text, expected) in [
            ("SPXW  250117P04025000", "SPXW 17 Jan 25 4,025 P"),
            ("SPX   250117P04025000", "SPX 17 Jan 25 4,025 P"),
            ("SPX   250116P04025000", "SPXW 16 Jan 25 4,025 P"),
            (".SPXW260410P6500", "SPXW 10 Apr 26 6,500 P"),
            ("SPXW260317P6660", "SPXW 17 Mar 26 6,660 P"),
            ("VIX   260318C00022500", "VIX 18 Mar 26 22.5 C"),
            ("VIX   260325C00022000", "VIXW 25 Mar 26 22 C"),
            ("VIXW  260318C00022000", "VIX 18 Mar 26 22 C"),
            ("XSP   260320C00650000", "XSP 20 Mar 26 650 C"),
            ("UAL   260417C00110000", "not held: options on UAL"),
            (
                "SPXW",
                "unreadable: an option symbol such as SPXW  250117P04025000",
            ),
            (
                "SPXW261317P6660",
                "unreadable: an option symbol such as SPXW  250117P04025000",
            ),
            (
                "SPXWé60317P6660",
                "unreadable: an option symbol such as SPXW  250117P04025000",
            ),
        ] {
            assert_eq!(label(option_symbol(text, None)), expected, "{text}");
        }
    }

    #[test]
    fn a_stated_expiry_is_trusted_over_the_symbols_saturday() {
        let symbol = "SPX   220319P04025000";
        for (stated, expected) in [
            (date(2022, 3, 18), "SPX 18 Mar 22 4,025 P"),
            // the last trading day of an option that settles on Friday morning
            (date(2022, 3, 17), "SPX 18 Mar 22 4,025 P"),
        ] {
            assert_eq!(label(option_symbol(symbol, Some(stated))), expected);
        }
        // Good Friday: the monthly is on Thursday
        let symbol = "SPX   220416P04025000";
        assert_eq!(
            label(option_symbol(symbol, Some(date(2022, 4, 14)))),
            "SPX 14 Apr 22 4,025 P"
        );
        assert_eq!(
            label(option_symbol("SPX   140118P01800000", None)),
            "SPX 17 Jan 14 1,800 P"
        );
    }

    #[test]
    fn futures_with_years_of_one_and_two_digits() {
        let near = Some(date(2026, 2, 2));
        for (text, expected) in [
            ("/VXH26", "VX 18 Mar 26"),
            ("/VXH6", "VX 18 Mar 26"),
            ("/VXM26", "VX 17 Jun 26"),
            ("/VXM6", "VX 17 Jun 26"),
            ("/VXMH26:XCBF", "VXM 18 Mar 26"),
            ("/VXMM6", "VXM 17 Jun 26"),
            ("VXG7", "VX 17 Feb 27"),
            ("/ESH26", "not held: future ESH26"),
            (
                "/VX03H26",
                "unreadable: a monthly VIX future such as /VXH26 (weekly ones cannot be told)",
            ),
            ("/", "unreadable: a future such as /VXH26"),
        ] {
            assert_eq!(label(future(text, near)), expected, "{text}");
        }
        assert_eq!(
            label(future("/VXF0", Some(date(2029, 12, 1)))),
            "VX 16 Jan 30"
        );
    }

    #[test]
    fn weeklys_and_third_fridays() {
        for (symbol, text, expected) in [
            ("SPX", "100 21 JAN 22 4795 PUT", "SPX 21 Jan 22 4,795 P"),
            (
                "SPX",
                "100 (Weeklys) 21 JAN 22 4795 PUT",
                "SPXW 21 Jan 22 4,795 P",
            ),
            (
                "SPX",
                "100 (Quarterlys) 31 MAR 22 4795 CALL",
                "SPXW 31 Mar 22 4,795 C",
            ),
            ("SPX", "100 31 MAR 22 4795 CALL", "SPXW 31 Mar 22 4,795 C"),
            (
                "VIX",
                "100 (Weeklys) 26 JAN 22 22.5 CALL",
                "VIXW 26 Jan 22 22.5 C",
            ),
            ("SPY", "100 18 JAN 22 477 PUT", "not held: options on SPY"),
            (
                "SPX",
                "10 18 JAN 22 4770 PUT",
                "not held: options of another multiplier than 100",
            ),
            (
                "/ES",
                "1/50 SEP 26 (Wk5) /EW5U26 7750 PUT",
                "not held: options on futures",
            ),
            (
                "SPX",
                "100 JAN 22 477 PUT",
                "unreadable: an option such as 100 (Weeklys) 31 MAY 22 4650 PUT",
            ),
        ] {
            assert_eq!(label(thinkorswim_option(symbol, text)), expected, "{text}");
        }
    }
}
