//! Numbers, dates and ages as text, and text back to numbers: one way of writing for the whole desk.
//!
//! Minus is U+2212, thousands have a comma, P/L and Greeks always carry their sign, and a value that
//! is not finite is an en dash. What is written here, [`parse_number`] reads back.

use jiff::civil::Date;
use thiserror::Error;

/// The minus sign that the desk writes.
pub const MINUS: char = '\u{2212}';
/// What stands for a value that does not exist.
pub const NONE: &str = "\u{2013}";

/// Digits of `magnitude` with commas, at fixed decimals, and whether any digit is not zero.
fn grouped(magnitude: f64, decimals: usize) -> (String, bool) {
    let plain = format!("{magnitude:.decimals$}");
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut text = String::with_capacity(plain.len() + whole.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(rest);
    let is_nonzero = plain.chars().any(|c| c.is_ascii_digit() && c != '0');
    (text, is_nonzero)
}

/// Sign, prefix and grouped digits; the plus only when `with_plus`, no sign on a zero.
fn signed_with(value: f64, decimals: usize, prefix: &str, with_plus: bool) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let (digits, is_nonzero) = grouped(value.abs(), decimals);
    let sign = match (is_nonzero, value < 0.0, with_plus) {
        (true, true, _) => "\u{2212}",
        (true, false, true) => "+",
        (true, false, false) | (false, _, _) => "",
    };
    format!("{sign}{prefix}{digits}")
}

/// A plain number at fixed decimals: `6,305.50`, `−0.25`.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    signed_with(value, decimals, "", false)
}

/// A number that always shows its sign, for P/L and Greeks: `+0.105`, `−2.0`; zero has none.
#[must_use]
pub fn signed(value: f64, decimals: usize) -> String {
    signed_with(value, decimals, "", true)
}

/// Whole dollars: `$1,234`, `−$1,234`.
#[must_use]
pub fn usd(value: f64) -> String {
    signed_with(value, 0, "$", false)
}

/// Whole dollars with their sign: `+$12,096`.
#[must_use]
pub fn usd_signed(value: f64) -> String {
    signed_with(value, 0, "$", true)
}

/// Dollars and cents: `$1,234.50`.
#[must_use]
pub fn usd_cents(value: f64) -> String {
    signed_with(value, 2, "$", false)
}

/// Axis label in thousands of dollars: `+10k`, `−37.5k`, `0`.
#[must_use]
pub fn usd_k(value: f64) -> String {
    let thousands = value / 1000.0;
    let decimals = usize::from((thousands - thousands.round()).abs() > 0.049);
    let text = signed(thousands, decimals);
    if thousands.is_finite() && text.contains(|c: char| ('1'..='9').contains(&c)) {
        format!("{text}k")
    } else if thousands.is_finite() {
        "0".to_owned()
    } else {
        text
    }
}

/// Thousands of dollars in a dense table, with sign and one decimal: `−18.0`.
#[must_use]
pub fn usd_thousands(value: f64) -> String {
    signed(value / 1000.0, 1)
}

/// A price in index points: `12.10`.
#[must_use]
pub fn points(value: f64) -> String {
    fixed(value, 2)
}

/// A strike: `6,305`, with decimals only when they are needed: `22.5`.
#[must_use]
pub fn strike(value: f64) -> String {
    trimmed(value, 2)
}

/// A number at no more than `decimals` decimals, trailing zeros left out.
#[must_use]
pub fn trimmed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A decimal vol as per cent without its sign: 0.1948 → `19.48`.
#[must_use]
pub fn vol(value: f64) -> String {
    fixed(value * 100.0, 2)
}

/// A ratio as per cent without the unit: 0.242 → `24.2` at one decimal.
#[must_use]
pub fn pct(ratio: f64, decimals: usize) -> String {
    fixed(ratio * 100.0, decimals)
}

/// A ratio as signed per cent without the unit: 0.041 → `+4.1` at one decimal.
#[must_use]
pub fn pct_signed(ratio: f64, decimals: usize) -> String {
    signed(ratio * 100.0, decimals)
}

/// A number of contracts with its sign: `+10`, `−10`, `0`.
#[must_use]
pub fn quantity(contracts: i64) -> String {
    signed(contracts as f64, 0)
}

/// A whole number with commas.
#[must_use]
pub fn count(number: usize) -> String {
    grouped(number as f64, 0).0
}

/// A multiple such as expected moves or stress factors: `1.19`, or `1.35 ×` by [`times`].
#[must_use]
pub fn multiple(value: f64) -> String {
    fixed(value, 2)
}

/// A factor with the multiplication sign: `1.35 ×`, `3 ×`.
#[must_use]
pub fn times(value: f64) -> String {
    format!("{} ×", trimmed(value, 2))
}

/// A date without weekday: `6 Aug 26`.
#[must_use]
pub fn date(day: Date) -> String {
    format!("{} {}", day.day(), day.strftime("%b %y"))
}

/// A date with weekday: `Thu 6 Aug 26`.
#[must_use]
pub fn date_weekday(day: Date) -> String {
    format!("{} {}", day.strftime("%a"), date(day))
}

/// A date for a legend or a line end: `6 Aug`.
#[must_use]
pub fn date_short(day: Date) -> String {
    format!("{} {}", day.day(), day.strftime("%b"))
}

/// Whole calendar days from `from` to `to`, negative when `to` is past.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i32 {
    // a span in days always exists between two dates; its length fits by jiff's range of years
    (to - from).get_days()
}

/// Days to expiry: `45 DTE`.
#[must_use]
pub fn dte(days: i32) -> String {
    format!("{} DTE", signed_with(f64::from(days), 0, "", false))
}

/// Age of a mark from seconds: `just now`, `2 min old`, `5 h old`, `3 d old`; `ahead of the clock`
/// for a negative age of more than a minute.
#[must_use]
pub fn age(seconds: i64) -> String {
    match seconds {
        ..=-60 => "ahead of the clock".to_owned(),
        -59..=59 => "just now".to_owned(),
        60..=3_599 => format!("{} min old", seconds / 60),
        3_600..=86_399 => format!("{} h old", seconds / 3_600),
        86_400.. => format!("{} d old", count((seconds / 86_400) as usize)),
    }
}

/// Why a text is not a number; says what was found.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ParseNumberError {
    /// Nothing but blanks.
    #[error("nothing entered; type a number such as 5,950.5")]
    Empty,
    /// A character that no number has.
    #[error("found “{found}” in “{text}”; type a number such as 5,950.5")]
    Unexpected {
        /// The first character that does not fit.
        found: char,
        /// The whole text.
        text: String,
    },
    /// Only signs and marks, or points and commas that do not group digits.
    #[error("“{text}” is not a number; type one such as 5,950.5")]
    Malformed {
        /// The whole text.
        text: String,
    },
    /// A number larger than the machine can hold.
    #[error("“{text}” is too large")]
    TooLarge {
        /// The whole text.
        text: String,
    },
}

/// Unit that a text carries behind its digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Suffix {
    None,
    Percent,
    Thousand,
    Million,
}

/// Reads a number: `5,950.5`, `$1,200`, `−$12`, `1.2k`, `3m`, and `6.4%` as 0.064.
///
/// # Errors
/// [`ParseNumberError`] names the first thing that does not belong to a number.
pub fn parse_number(text: &str) -> Result<f64, ParseNumberError> {
    let (value, suffix) = parse_with_suffix(text)?;
    Ok(match suffix {
        Suffix::Percent => value / 100.0,
        Suffix::None | Suffix::Thousand | Suffix::Million => value,
    })
}

/// Reads per cent in a field whose unit is per cent: `6.4` and `6.4%` both give 0.064.
///
/// # Errors
/// As [`parse_number`].
pub fn parse_percent(text: &str) -> Result<f64, ParseNumberError> {
    parse_with_suffix(text).map(|(value, _)| value / 100.0)
}

fn parse_with_suffix(text: &str) -> Result<(f64, Suffix), ParseNumberError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(ParseNumberError::Empty);
    }
    let malformed = || ParseNumberError::Malformed {
        text: trimmed.to_owned(),
    };
    let (is_negative, body) = strip_sign(trimmed);
    let (body, suffix) = strip_suffix(body.trim());
    let digits = ungroup(body.trim(), trimmed)?;
    if !digits.contains(|c: char| c.is_ascii_digit()) {
        return Err(malformed());
    }
    let magnitude: f64 = digits.parse().map_err(|_ignored| malformed())?;
    let value = match suffix {
        Suffix::Thousand => magnitude * 1e3,
        Suffix::Million => magnitude * 1e6,
        Suffix::None | Suffix::Percent => magnitude,
    };
    if !value.is_finite() {
        return Err(ParseNumberError::TooLarge {
            text: trimmed.to_owned(),
        });
    }
    Ok((if is_negative { -value } else { value }, suffix))
}

/// Takes one sign and one dollar from the front, in either order.
fn strip_sign(text: &str) -> (bool, &str) {
    let body = text.strip_prefix('$').unwrap_or(text).trim_start();
    let (is_negative, body) = match body.strip_prefix(['-', MINUS, '\u{2013}']) {
        Some(rest) => (true, rest),
        None => (false, body.strip_prefix('+').unwrap_or(body)),
    };
    let body = body.trim_start();
    (is_negative, body.strip_prefix('$').unwrap_or(body))
}

fn strip_suffix(text: &str) -> (&str, Suffix) {
    let units = [
        ('%', Suffix::Percent),
        ('k', Suffix::Thousand),
        ('K', Suffix::Thousand),
        ('m', Suffix::Million),
        ('M', Suffix::Million),
    ];
    for (sign, suffix) in units {
        if let Some(body) = text.strip_suffix(sign) {
            return (body, suffix);
        }
    }
    (text, Suffix::None)
}

/// Takes the commas out, which must stand in threes and before the point.
fn ungroup(body: &str, text: &str) -> Result<String, ParseNumberError> {
    if let Some(found) = body
        .chars()
        .find(|c| !c.is_ascii_digit() && !matches!(c, ',' | '.'))
    {
        return Err(ParseNumberError::Unexpected {
            found,
            text: text.to_owned(),
        });
    }
    let (whole, decimals) = body.split_once('.').unwrap_or((body, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let is_grouped = groups.len() == 1
        || (matches!(groups[0].len(), 1..=3) && groups[1..].iter().all(|group| group.len() == 3));
    if !is_grouped || decimals.contains([',', '.']) {
        return Err(ParseNumberError::Malformed {
            text: text.to_owned(),
        });
    }
    Ok(body.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;
    use proptest::prelude::*;

    #[test]
    fn dollars() {
        assert_eq!(usd(1234.5), "$1,234");
        assert_eq!(usd(-1234.0), "−$1,234");
        assert_eq!(usd(0.0), "$0");
        assert_eq!(usd(-0.4), "$0");
        assert_eq!(usd(12_345_678.0), "$12,345,678");
        assert_eq!(usd(999.6), "$1,000");
        assert_eq!(usd_signed(12_096.0), "+$12,096");
        assert_eq!(usd_signed(-37_904.2), "−$37,904");
        assert_eq!(usd_signed(0.2), "$0");
        assert_eq!(usd_cents(1234.5), "$1,234.50");
        assert_eq!(usd(f64::NAN), NONE);
        assert_eq!(usd(f64::INFINITY), NONE);
    }

    #[test]
    fn axis_labels() {
        assert_eq!(usd_k(10_000.0), "+10k");
        assert_eq!(usd_k(-40_000.0), "−40k");
        assert_eq!(usd_k(2_500.0), "+2.5k");
        assert_eq!(usd_k(0.0), "0");
        assert_eq!(usd_k(-10.0), "0");
        assert_eq!(usd_k(f64::NAN), NONE);
        assert_eq!(usd_thousands(-18_000.0), "−18.0");
    }

    #[test]
    fn prices_strikes_and_vols() {
        assert_eq!(points(12.1), "12.10");
        assert_eq!(strike(6305.0), "6,305");
        assert_eq!(strike(22.5), "22.5");
        assert_eq!(strike(100.0), "100");
        assert_eq!(vol(0.1948), "19.48");
        assert_eq!(pct(0.242, 1), "24.2");
        assert_eq!(pct_signed(0.041, 1), "+4.1");
        assert_eq!(signed(0.105, 3), "+0.105");
        assert_eq!(signed(-2.0, 1), "−2.0");
        assert_eq!(signed(-0.0001, 3), "0.000");
        assert_eq!(quantity(-10), "−10");
        assert_eq!(quantity(0), "0");
        assert_eq!(count(4_850), "4,850");
        assert_eq!(multiple(1.194), "1.19");
        assert_eq!(times(1.35), "1.35 ×");
        assert_eq!(times(3.0), "3 ×");
    }

    #[test]
    fn dates_and_ages() {
        assert_eq!(date(day(2026, 8, 6)), "6 Aug 26");
        assert_eq!(date_weekday(day(2026, 8, 6)), "Thu 6 Aug 26");
        assert_eq!(date_short(day(2026, 8, 6)), "6 Aug");
        assert_eq!(days_between(day(2026, 6, 22), day(2026, 8, 6)), 45);
        assert_eq!(days_between(day(2026, 8, 6), day(2026, 6, 22)), -45);
        assert_eq!(days_between(day(2020, 1, 1), day(2026, 1, 1)), 2192);
        assert_eq!(dte(45), "45 DTE");
        assert_eq!(age(12), "just now");
        assert_eq!(age(125), "2 min old");
        assert_eq!(age(3 * 86_400 + 5), "3 d old");
        assert_eq!(age(7_200), "2 h old");
        assert_eq!(age(-3_000), "ahead of the clock");
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        assert_eq!(parse_number("5,950.5"), Ok(5950.5));
        assert_eq!(parse_number(" 6000 "), Ok(6000.0));
        assert_eq!(parse_number("6.4%"), Ok(0.064));
        assert_eq!(parse_number("1.2k"), Ok(1200.0));
        assert_eq!(parse_number("$1,200"), Ok(1200.0));
        assert_eq!(parse_number("−$1,200"), Ok(-1200.0));
        assert_eq!(parse_number("$-5"), Ok(-5.0));
        assert_eq!(parse_number("+3"), Ok(3.0));
        assert_eq!(parse_number(".5"), Ok(0.5));
        assert_eq!(parse_number("2m"), Ok(2e6));
        assert_eq!(parse_percent("19.48"), Ok(0.1948));
        assert_eq!(parse_percent("19.48 %"), Ok(0.1948));
    }

    #[test]
    fn garbage_is_refused_by_name() {
        assert_eq!(parse_number("  "), Err(ParseNumberError::Empty));
        let message = |text: &str| parse_number(text).map_err(|e| e.to_string()).unwrap_err();
        assert!(message("59x0").contains("“x” in “59x0”"));
        assert!(message("NaN").contains('N'));
        assert!(message("inf").contains('i'));
        assert!(message("1e5").contains('e'));
        for text in [
            "-", ".", "$", "1.2.3", "1,2", "12,34", "1234,567", ",5", "1.5,000", "%",
        ] {
            assert!(parse_number(text).is_err(), "{text}");
        }
        assert!(message("--5").contains('-'));
        assert!(message(&"9".repeat(400)).contains("too large"));
    }

    proptest! {
        #[test]
        fn what_is_written_can_be_read(value in -1e9..1e9f64, decimals in 0_i32..5) {
            let half = 0.5 * 10f64.powi(-decimals) * (1.0 + 1e-9) + 1e-6 * value.abs() * 1e-9;
            let places = usize::try_from(decimals).expect("0 to 4");
            for text in [fixed(value, places), signed(value, places)] {
                let back = parse_number(&text).expect("our own writing");
                prop_assert!((back - value).abs() <= half, "{text}");
            }
            let back = parse_number(&usd_signed(value)).expect("our own writing");
            prop_assert!((back - value).abs() <= 0.5 + 1e-6);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,12}") {
            if let Ok(value) = parse_number(&text) {
                prop_assert!(value.is_finite());
            }
        }
    }
}
