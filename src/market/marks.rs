//! What the user says the market is: saved with the campaign, checked at the door.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::chain::SharedChain;
use crate::instrument::Contract;

/// What one option is marked at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Mark {
    /// Mid price per share, points.
    Price(f64),
    /// Implied vol, decimal.
    Vol(f64),
}

impl Mark {
    /// The number, whichever it is.
    pub fn value(self) -> f64 {
        match self {
            Self::Price(value) | Self::Vol(value) => value,
        }
    }
}

/// A mark of one option.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionMark {
    /// The option.
    pub contract: Contract,
    /// Its price or vol.
    pub mark: Mark,
}

/// A mark of one VIX future.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FutureMark {
    /// Day of settlement.
    pub expiry: Date,
    /// Price, VIX points.
    pub price: f64,
    /// Put there by a preset and not by the user's hand or file: an assumption.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_assumed: bool,
}

impl FutureMark {
    /// A price that the user typed, dragged or imported.
    pub const fn entered(expiry: Date, price: f64) -> Self {
        Self {
            expiry,
            price,
            is_assumed: false,
        }
    }

    /// A price that a preset put there.
    pub const fn assumed(expiry: Date, price: f64) -> Self {
        Self {
            expiry,
            price,
            is_assumed: true,
        }
    }
}

/// The market as entered or imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    /// The instant of all marks.
    pub as_of: Timestamp,
    /// S&P 500 index, points.
    pub spx: f64,
    /// Continuously compounded rate, decimal.
    pub rate: f64,
    /// Continuously compounded dividend yield, decimal.
    pub dividend: f64,
    /// Spot VIX, points.
    pub vix: f64,
    /// VVIX, points; assumed from VIX when missing.
    #[serde(default)]
    pub vvix: Option<f64>,
    /// VIX futures, ascending in expiry; empty for the median curve at this VIX.
    #[serde(default)]
    pub vx: Vec<FutureMark>,
    /// Options with marks of their own; they win over the chain.
    #[serde(default)]
    pub quotes: Vec<OptionMark>,
    /// An imported chain.
    #[serde(default)]
    pub chain: Option<SharedChain>,
}

/// One mark that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: found {found}: expected {expected}")]
pub struct MarksError {
    /// Which mark.
    pub field: String,
    /// What it holds.
    pub found: String,
    /// What it may hold.
    pub expected: &'static str,
}

impl MarksError {
    fn new(field: impl Into<String>, found: &impl ToString, expected: &'static str) -> Self {
        Self {
            field: field.into(),
            found: found.to_string(),
            expected,
        }
    }
}

/// The number as an error unless it lies within the limits (NaN never does).
fn outside(
    field: &str,
    found: f64,
    limits: [f64; 2],
    expected: &'static str,
) -> Option<MarksError> {
    let fine = found >= limits[0] && found <= limits[1];
    (!fine).then(|| MarksError::new(field, &found, expected))
}

const PRICE: ([f64; 2], &str) = ([0.0, 1e6], "a price in points, 0 or more");
const VOL: ([f64; 2], &str) = (
    [1e-4, 10.0],
    "a vol as a decimal from 0.0001 to 10 (0.20 = 20 %)",
);
/// What a level of VIX or of its futures may be, points.
pub const VIX_LIMITS: [f64; 2] = [5.0, 150.0];
const VIX: ([f64; 2], &str) = (VIX_LIMITS, "VIX points from 5 to 150");
const VVIX: ([f64; 2], &str) = ([20.0, 400.0], "VVIX points from 20 to 400");
const INDEX: ([f64; 2], &str) = ([1.0, 1e6], "index points from 1 to 1,000,000");
const RATE: ([f64; 2], &str) = ([-0.5, 0.5], "a decimal rate from -0.5 to 0.5 (0.04 = 4 %)");

impl Marks {
    /// Marks of an index and a VIX alone: no rate, no dividends, no quotes.
    pub fn new(as_of: Timestamp, spx: f64, vix: f64) -> Self {
        Self {
            as_of,
            spx,
            rate: 0.0,
            dividend: 0.0,
            vix,
            vvix: None,
            vx: Vec::new(),
            quotes: Vec::new(),
            chain: None,
        }
    }

    /// Checks every mark.
    ///
    /// # Errors
    /// The first of [`Self::errors`].
    pub fn validate(&self) -> Result<(), MarksError> {
        self.errors().into_iter().next().map_or(Ok(()), Err)
    }

    /// Every mark that is not a number, absurd, out of order or given twice, by field.
    pub fn errors(&self) -> Vec<MarksError> {
        let mut errors: Vec<_> = [
            outside("spx", self.spx, INDEX.0, INDEX.1),
            outside("rate", self.rate, RATE.0, RATE.1),
            outside("dividend", self.dividend, RATE.0, RATE.1),
            outside("vix", self.vix, VIX.0, VIX.1),
            self.vvix
                .and_then(|vvix| outside("vvix", vvix, VVIX.0, VVIX.1)),
        ]
        .into_iter()
        .flatten()
        .collect();
        self.check_futures(&mut errors);
        self.check_quotes(&mut errors);
        self.check_chain(&mut errors);
        errors
    }

    fn check_futures(&self, errors: &mut Vec<MarksError>) {
        for future in &self.vx {
            let field = format!("vx {}", future.expiry);
            errors.extend(outside(&field, future.price, VIX.0, VIX.1));
        }
        for pair in self.vx.windows(2) {
            if pair[0].expiry >= pair[1].expiry {
                let field = format!("vx {}", pair[1].expiry);
                errors.push(MarksError::new(
                    field,
                    &format!("it after {}", pair[0].expiry),
                    "each expiry once, in ascending order",
                ));
            }
        }
    }

    fn check_quotes(&self, errors: &mut Vec<MarksError>) {
        let mut contracts: Vec<Contract> = Vec::with_capacity(self.quotes.len());
        for OptionMark { contract, mark } in &self.quotes {
            let field = contract.label();
            let (limits, expected) = match mark {
                Mark::Price(_) => PRICE,
                Mark::Vol(_) => VOL,
            };
            errors.extend(outside(&field, mark.value(), limits, expected));
            if matches!(contract, Contract::Future { .. }) {
                errors.push(MarksError::new(field, &"a future", "an option"));
            }
            contracts.push(*contract);
        }
        contracts.sort_unstable();
        for pair in contracts.windows(2).filter(|pair| pair[0] == pair[1]) {
            errors.push(MarksError::new(
                pair[0].label(),
                &"two marks",
                "one mark per option",
            ));
        }
    }

    fn check_chain(&self, errors: &mut Vec<MarksError>) {
        let Some(chain) = &self.chain else { return };
        errors.extend(outside("chain spot", chain.spot, INDEX.0, INDEX.1));
        errors.extend(outside("chain rate", chain.rate, RATE.0, RATE.1));
        for entry in &chain.expiries {
            let field = |part: &str| format!("chain {} {} {part}", entry.root, entry.expiry);
            errors.extend(outside(&field("forward"), entry.forward, INDEX.0, INDEX.1));
            for &(strike, vol) in &entry.quotes {
                errors.extend(outside(&field("strike"), strike, INDEX.0, INDEX.1));
                errors.extend(outside(&field("vol"), vol, VOL.0, VOL.1));
            }
            if entry.quotes.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
                errors.push(MarksError::new(
                    field("strikes"),
                    &"disorder",
                    "ascending strikes",
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FutureMark, Mark, Marks, OptionMark};
    use crate::calendar::new_york_instant;
    use crate::instrument::{Contract, Right, Root, Strike};
    use jiff::civil::date;

    fn marks() -> Marks {
        let mut marks = Marks::new(
            new_york_instant(date(2026, 6, 24).at(16, 15, 0, 0)),
            6000.0,
            17.0,
        );
        marks.rate = 0.043;
        marks.vx = vec![
            FutureMark::entered(date(2026, 7, 22), 18.0),
            FutureMark::entered(date(2026, 8, 19), 18.6),
        ];
        marks.quotes = vec![OptionMark {
            contract: Contract::Option {
                root: Root::Spxw,
                expiry: date(2026, 8, 7),
                strike: Strike::new(5640.0).expect("a strike"),
                right: Right::Put,
            },
            mark: Mark::Price(35.7),
        }];
        marks
    }

    #[test]
    fn plain_marks_are_fine_and_round_trip_as_ron() {
        let marks = marks();
        marks.validate().expect("valid");
        let text = ron::to_string(&marks).expect("writes");
        assert_eq!(ron::from_str::<Marks>(&text).expect("reads"), marks);
    }

    #[test]
    fn every_bad_mark_is_named() {
        let mut bad = marks();
        bad.spx = f64::NAN;
        bad.rate = 4.3;
        bad.vix = 0.17;
        bad.vvix = Some(f64::INFINITY);
        bad.vx[1] = bad.vx[0];
        bad.vx[0].price = -1.0;
        bad.quotes[0].mark = Mark::Vol(0.0);
        let twice = bad.quotes[0];
        bad.quotes.push(twice);
        let fields: Vec<String> = bad.errors().into_iter().map(|error| error.field).collect();
        let quote = "SPXW 7 Aug 26 5,640 P";
        let expected = [
            "spx",
            "rate",
            "vix",
            "vvix",
            "vx 2026-07-22",
            "vx 2026-07-22",
            quote,
            quote,
            quote,
        ];
        assert_eq!(fields, expected);
        let message = bad.validate().expect_err("bad").to_string();
        assert!(
            message.starts_with("spx: found NaN: expected index points"),
            "{message}"
        );
    }
}
