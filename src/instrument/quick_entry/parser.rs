//! Reads a quick-entry line, or says which bytes of it are wrong.

use std::ops::Range;

use jiff::civil::Date;

use super::format::compact_date;
use super::lexer::Words;
use super::{QuickEntry, QuickEntryError};
use crate::calendar::{
    ExpirySeries, is_business_day, is_listed_expiry, vix_expiry_of_week, vix_monthly_expiry,
};
use crate::instrument::{Contract, OptionSeries, Right, Root, RootError, Structure};

/// Largest number of units in a line.
const MOST_UNITS: u32 = 1_000_000;

/// What an expiry looks like.
const EXPIRY: &str = "an expiry such as 15JAN27 or 2027-01-15";

/// What follows the strikes.
const KIND: &str = "C or P after one strike, PV or CV after two, IC after four";

/// The months as they are written, from January.
const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

type Parsed<T> = Result<T, QuickEntryError>;

/// A number and where it stands.
struct Number {
    value: f64,
    range: Range<usize>,
}

/// Reads a line as it would be entered on the New York day `today`; the grammar stands at the head
/// of [this module](super).
///
/// # Errors
/// [`QuickEntryError`] about the first part that is wrong: an unknown root, an expiry that is past,
/// closed or not listed for the root, strikes that do not ascend, a price above the width, …
pub fn parse_quick_entry(line: &str, today: Date) -> Result<QuickEntry, QuickEntryError> {
    let mut words = Words::of(line);
    let quantity = quantity(&mut words)?;
    let written = root(&mut words)?;
    let series = series(&mut words, written, today)?;
    let structure = if series.root.is_option() {
        option_structure(&mut words, series)?
    } else {
        let end = words
            .peek(0)
            .map_or(line.len()..line.len(), |t| t.range.clone());
        Structure::vix_future(series.root, series.expiry)
            .map_err(|error| words.error_at(end, error.to_string()))?
    };
    let price = price(&mut words, &structure)?;
    match words.peek(0) {
        None => Ok(QuickEntry {
            structure,
            quantity,
            price,
        }),
        Some(extra) => {
            let expected = match (price, series.root.is_option()) {
                (Some(_), true | false) => "nothing more",
                (None, true) => "@ and a price, or nothing more",
                (None, false) => "@ and a price: a future has no strike",
            };
            Err(words.error_at(extra.range.clone(), expected))
        }
    }
}

/// A signed whole number of units.
fn quantity(words: &mut Words<'_>) -> Parsed<i32> {
    const EXPECTED: &str = "a quantity such as -10 (sold) or +4 (bought)";
    let token = words.take(EXPECTED)?;
    let text = token.text.replace('−', "-");
    text.parse::<i32>()
        .ok()
        .filter(|units| (1..=MOST_UNITS).contains(&units.unsigned_abs()))
        .ok_or_else(|| words.error_at(token.range, EXPECTED))
}

/// The root as written.
fn root(words: &mut Words<'_>) -> Parsed<Root> {
    const EXPECTED: &str = "SPX, SPXW, XSP, VIX, VIXW, VX or VXM";
    let token = words.take(EXPECTED)?;
    token.text.parse().map_err(|error| match error {
        RootError::ExchangeTradedProduct(_) => words.error_at(
            token.range,
            format!("{EXPECTED}; VIX exchange-traded products are not modelled"),
        ),
        RootError::Unknown(_) => words.error_at(token.range, EXPECTED),
    })
}

/// The expiry, and the root that it makes of the one written.
fn series(words: &mut Words<'_>, written: Root, today: Date) -> Parsed<OptionSeries> {
    let (expiry, range) = expiry(words)?;
    let refuse = |expected: String| Err(words.error_at(range.clone(), expected));
    if expiry < today {
        return refuse(format!("an expiry on or after {}", compact_date(today)));
    }
    if !is_business_day(expiry) {
        return refuse("a day on which the exchange is open".to_owned());
    }
    let root = resolved_root(written, expiry);
    if root.is_expiry(expiry) {
        return Ok(OptionSeries { root, expiry });
    }
    refuse(unlisted_advice(root, expiry))
}

/// `SPX` off its monthly expiry means `SPXW`, and `VIX` on a weekly one `VIXW`.
fn resolved_root(written: Root, expiry: Date) -> Root {
    match written {
        Root::Spx if !is_listed_expiry(ExpirySeries::SpxAm, expiry) => Root::Spxw,
        Root::Vix if is_listed_expiry(ExpirySeries::VixWeekly, expiry) => Root::Vixw,
        Root::Spx | Root::Spxw | Root::Xsp | Root::Vix | Root::Vixw | Root::Vx | Root::Vxm => {
            written
        }
    }
}

/// What to write instead of a day on which the root does not expire.
fn unlisted_advice(root: Root, expiry: Date) -> String {
    let monthly = vix_monthly_expiry(expiry);
    match root {
        Root::Vixw if expiry == monthly => {
            "a weekly expiry: on this day the root is VIX".to_owned()
        }
        Root::Vxm => format!("a monthly {root} expiry such as {}", compact_date(monthly)),
        Root::Spx | Root::Spxw | Root::Xsp | Root::Vix | Root::Vixw | Root::Vx => {
            let near = compact_date(vix_expiry_of_week(expiry));
            format!("a {root} expiry such as {near}")
        }
    }
}

/// A date of one word, or of up to three that make one (`15 Jan 27`).
fn expiry(words: &mut Words<'_>) -> Parsed<(Date, Range<usize>)> {
    let mut text = String::new();
    let mut range: Option<Range<usize>> = None;
    for ahead in 0..3 {
        let Some(token) = words.peek(ahead) else {
            break;
        };
        text.push_str(token.text);
        let start = range.map_or(token.range.start, |range| range.start);
        let whole = start..token.range.end;
        if let Some(date) = date_of(&text) {
            words.skip(ahead + 1);
            return Ok((date, whole));
        }
        range = Some(whole);
    }
    let token = words.take(EXPIRY)?;
    Err(words.error_at(token.range, EXPIRY))
}

/// `15JAN27`, `15JAN2027` or `2027-01-15`.
fn date_of(text: &str) -> Option<Date> {
    if let Ok(date) = Date::strptime("%Y-%m-%d", text) {
        return Some(date);
    }
    let text = text.to_ascii_uppercase();
    let letters = text.find(|sign: char| !sign.is_ascii_digit())?;
    let (day, rest) = text.split_at(letters);
    let (month, year) = rest.split_at_checked(3)?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let digits = year.bytes().all(|sign| sign.is_ascii_digit());
    let year = match (digits, year.len()) {
        (true, 2) => 2000 + year.parse::<i16>().ok()?,
        (true, 4) => year.parse().ok()?,
        _ => return None,
    };
    Date::new(year, month as i8, day.parse().ok()?).ok()
}

/// The strikes and the word after them.
fn option_structure(words: &mut Words<'_>, series: OptionSeries) -> Parsed<Structure> {
    let strikes = strikes(words)?;
    let kind = words.take(KIND)?;
    let values: Vec<f64> = strikes.iter().map(|strike| strike.value).collect();
    let code = kind.text.to_ascii_uppercase();
    let built = match (values.as_slice(), code.as_str()) {
        ([strike], "C" | "CALL") => single(series, *strike, Right::Call),
        ([strike], "P" | "PUT") => single(series, *strike, Right::Put),
        ([low, high], "PV" | "PS") => Structure::vertical(series, Right::Put, [*low, *high]),
        ([low, high], "CV" | "CS") => Structure::vertical(series, Right::Call, [*low, *high]),
        ([a, b, c, d], "IC") => Structure::iron_condor(series, [*a, *b, *c, *d]),
        (_, _) => return Err(words.error_at(kind.range, KIND)),
    };
    let whole =
        strikes.first().map_or(0, |s| s.range.start)..strikes.last().map_or(0, |s| s.range.end);
    built.map_err(|error| words.error_at(whole, error.to_string()))
}

fn single(
    series: OptionSeries,
    strike: f64,
    right: Right,
) -> Result<Structure, crate::instrument::StructureError> {
    let contract = Contract::option(series.root, series.expiry, strike, right)?;
    Ok(Structure::single(contract))
}

/// One to four ascending strikes; the inner two of four may be equal.
fn strikes(words: &mut Words<'_>) -> Parsed<Vec<Number>> {
    const EXPECTED: &str = "a strike such as 6000";
    let mut strikes = vec![positive(words, EXPECTED)?];
    while words.take_if("/") {
        strikes.push(positive(words, EXPECTED)?);
    }
    if let Some(fifth) = strikes.get(4) {
        return Err(words.error_at(fifth.range.clone(), "no more than four strikes"));
    }
    let butterfly = strikes.len() == 4;
    for (place, pair) in strikes.windows(2).enumerate() {
        let (low, high) = (pair[0].value, pair[1].value);
        let level = butterfly && place == 1 && low == high;
        if high <= low && !level {
            let expected = format!("a strike above {low}");
            return Err(words.error_at(pair[1].range.clone(), expected));
        }
    }
    Ok(strikes)
}

/// A number above 0.
fn positive(words: &mut Words<'_>, expected: &str) -> Parsed<Number> {
    let number = number(words, expected)?;
    if number.value > 0.0 {
        Ok(number)
    } else {
        Err(words.error_at(number.range, expected))
    }
}

/// A plain number, 0 or more: digits, an optional fraction, commas between thousands.
fn number(words: &mut Words<'_>, expected: &str) -> Parsed<Number> {
    let token = words.take(expected)?;
    let plain = token.text.replace(',', "");
    let numeric = plain
        .bytes()
        .all(|sign| sign.is_ascii_digit() || sign == b'.');
    let led = token
        .text
        .starts_with(|sign: char| sign.is_ascii_digit() || sign == '.');
    plain
        .parse::<f64>()
        .ok()
        .filter(|value| numeric && led && value.is_finite())
        .map(|value| Number {
            value,
            range: token.range.clone(),
        })
        .ok_or_else(|| words.error_at(token.range, expected))
}

/// `@` and a net price, if the line has them.
fn price(words: &mut Words<'_>, structure: &Structure) -> Parsed<Option<f64>> {
    const EXPECTED: &str = "a price in points, 0 or more";
    if !words.take_if("@") {
        return Ok(None);
    }
    let number = number(words, EXPECTED)?;
    if let Some(width) = structure
        .width_points()
        .filter(|width| number.value > *width)
    {
        let expected = format!("a net price of at most {width}, the width");
        return Err(words.error_at(number.range, expected));
    }
    let future = structure.code().is_empty();
    if future && number.value == 0.0 {
        return Err(words.error_at(number.range, "a price above 0"));
    }
    Ok(Some(number.value))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 6, 24);

    fn parsed(line: &str) -> QuickEntry {
        match parse_quick_entry(line, TODAY) {
            Ok(entry) => entry,
            Err(error) => panic!("{line}: {error}"),
        }
    }

    fn refused(line: &str) -> (String, String) {
        let error = parse_quick_entry(line, TODAY).expect_err(line);
        assert_eq!(&line[error.range()], error.found, "{line}");
        (error.found, error.expected)
    }

    #[test]
    fn reads_a_condor() {
        for line in [
            "-10 SPX 15JAN27 6000/6050/6950/7000 IC @ 6.40",
            "  −10 spx 15 jan 27 6,000 / 6,050/6950 /7000 ic@6.4 ",
            "-10 SPX 2027-01-15 6000/6050/6950/7000IC @6.40",
            "-10 SPX 15JAN2027 6000/6050/6950/7000 IC @ 6.40",
        ] {
            let entry = parsed(line);
            assert_eq!((entry.quantity, entry.price), (-10, Some(6.4)), "{line}");
            let contracts: Vec<String> = entry
                .contracts()
                .iter()
                .map(|(contract, quantity)| format!("{quantity} {contract}"))
                .collect();
            assert_eq!(
                contracts,
                [
                    "10 SPX 15 Jan 27 6,000 P",
                    "-10 SPX 15 Jan 27 6,050 P",
                    "-10 SPX 15 Jan 27 6,950 C",
                    "10 SPX 15 Jan 27 7,000 C",
                ]
            );
        }
    }

    #[test]
    fn reads_verticals_singles_and_futures() {
        for (line, first, price) in [
            (
                "-10 SPX 6AUG26 5590/5640 PV @ 2.5",
                "10 SPXW 6 Aug 26 5,590 P",
                Some(2.5),
            ),
            ("+2 VIX 16SEP26 22/30 CS", "2 VIX 16 Sep 26 22 C", None),
            (
                "4 VIX 16SEP26 22C @ 1.09",
                "4 VIX 16 Sep 26 22 C",
                Some(1.09),
            ),
            ("4 VIX 9SEP26 22.5 call", "4 VIXW 9 Sep 26 22.5 C", None),
            (
                "-1 SPXW 15JAN27 6000 P@0",
                "-1 SPXW 15 Jan 27 6,000 P",
                Some(0.0),
            ),
            ("+1 VX 16SEP26 @ 18.36", "1 VX 16 Sep 26", Some(18.36)),
            ("-3 vxm 16SEP26", "-3 VXM 16 Sep 26", None),
            (
                "5 XSP 24JUN26 600 P @ .5",
                "5 XSP 24 Jun 26 600 P",
                Some(0.5),
            ),
        ] {
            let entry = parsed(line);
            let (contract, quantity) = entry.contracts()[0];
            assert_eq!(format!("{quantity} {contract}"), first, "{line}");
            assert_eq!(entry.price, price, "{line}");
        }
    }

    #[test]
    fn underlines_what_is_wrong() {
        for (line, found, expected) in [
            ("", "", "a quantity"),
            ("SPX", "SPX", "a quantity"),
            ("0 SPX 15JAN27", "0", "a quantity"),
            ("-10", "", "SPX, SPXW"),
            ("-10 SPY 15JAN27", "SPY", "SPX, SPXW"),
            ("-10 VXX 15JAN27", "VXX", "not modelled"),
            ("-10 SPX", "", "an expiry such as"),
            ("-10 SPX 31FEB27 6000P", "31FEB27", "an expiry such as"),
            ("-10 SPX 15JAN25 6000P", "15JAN25", "on or after 24JUN26"),
            ("-10 SPX 3JUL26 6000P", "3JUL26", "the exchange is open"),
            ("4 VIX 15SEP26 22C", "15SEP26", "such as 16SEP26"),
            ("4 VIXW 16SEP26 22C", "16SEP26", "the root is VIX"),
            ("1 VXM 9SEP26 @ 18", "9SEP26", "such as 16SEP26"),
            ("-10 SPX 15JAN27", "", "a strike such as"),
            ("-10 SPX 15JAN27 6000/", "", "a strike such as"),
            ("-10 SPX 15JAN27 6000/x PV", "x", "a strike such as"),
            ("-10 SPX 15JAN27 -6000 P", "-6000", "a strike such as"),
            (
                "-10 SPX 15JAN27 6050/6000 PV",
                "6000",
                "a strike above 6050",
            ),
            (
                "-10 SPX 15JAN27 6000/6050/6950/6900 IC",
                "6900",
                "a strike above 6950",
            ),
            ("-10 SPX 15JAN27 1/2/3/4/5 IC", "5", "no more than four"),
            ("-10 SPX 15JAN27 6000/6050", "", "C or P after one"),
            ("-10 SPX 15JAN27 6000/6050 IC", "IC", "C or P after one"),
            ("-10 SPX 15JAN27 6000 PV", "PV", "C or P after one"),
            ("-10 SPX 15JAN27 6000P @", "", "a price in points"),
            ("-10 SPX 15JAN27 6000P @ -4", "-4", "a price in points"),
            ("-10 SPX 15JAN27 6000P @ inf", "inf", "a price in points"),
            (
                "-10 SPX 15JAN27 6000/6050/6950/7000 IC @ 640",
                "640",
                "at most 50",
            ),
            ("-10 SPX 15JAN27 6000P 5", "5", "@ and a price"),
            ("-10 SPX 15JAN27 6000P @ 5 now", "now", "nothing more"),
            ("1 VX 16SEP26 20", "20", "a future has no strike"),
            ("1 VX 16SEP26 @ 0", "0", "a price above 0"),
            ("1 SPX 15JAN27 100000 P", "100000", "strike 100000"),
        ] {
            let (was, instead) = refused(line);
            assert_eq!(was, found, "{line}: {instead}");
            assert!(instead.contains(expected), "{line}: {instead}");
        }
    }

    #[test]
    fn an_iron_butterfly_shares_its_inner_strike() {
        assert_eq!(
            parsed("-1 SPX 15JAN27 6000/6500/6500/7000 IC")
                .structure
                .code(),
            "IC"
        );
        refused("-1 SPX 15JAN27 6000/6000/6500/7000 IC");
    }

    #[test]
    fn errors_read_as_a_sentence() {
        let error = parse_quick_entry("-10 SPY", TODAY).expect_err("refused");
        assert_eq!(
            error.to_string(),
            "found 'SPY': expected SPX, SPXW, XSP, VIX, VIXW, VX or VXM"
        );
        let error = parse_quick_entry("", TODAY).expect_err("refused");
        assert!(error.to_string().starts_with("found the end: expected"));
    }
}
