//! Legs that are held together for one purpose.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::condor::CondorView;
use super::leg::{Leg, LegError};

/// A number that names a position within its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PositionId(pub u64);

/// A layer of the VIX hedge. What each one holds, and when, is data of a rule pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LayerKind {
    /// Nearest in time: pays first.
    First,
    /// In the middle: mean reversion, deployed on breaches of the vega band.
    Second,
    /// Farthest: deep insurance.
    Third,
}

impl LayerKind {
    /// Every layer, nearest first.
    pub const ALL: [Self; 3] = [Self::First, Self::Second, Self::Third];

    /// `First layer`.
    pub fn label(self) -> &'static str {
        match self {
            Self::First => "First layer",
            Self::Second => "Second layer",
            Self::Third => "Third layer",
        }
    }

    /// `1st`.
    pub fn short_label(self) -> &'static str {
        match self {
            Self::First => "1st",
            Self::Second => "2nd",
            Self::Third => "3rd",
        }
    }
}

impl fmt::Display for LayerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}

/// What a position is for.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Role {
    /// An SPX iron condor, which earns the premium.
    Condor,
    /// A layer of the VIX hedge.
    Layer(LayerKind),
    /// Anything else: it counts in the book's sums and is listed apart.
    #[default]
    Other,
}

impl Role {
    /// `Condor`, `First layer`, `Other`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Condor => "Condor",
            Self::Layer(layer) => layer.label(),
            Self::Other => "Other",
        }
    }

    /// The hedge layer, if it is one.
    pub fn layer(self) -> Option<LayerKind> {
        match self {
            Self::Layer(layer) => Some(layer),
            Self::Condor | Self::Other => None,
        }
    }
}

/// Legs held together for one purpose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Its number in the document.
    pub id: PositionId,
    /// The trader's name for it; free text.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub role: Role,
    /// What is held.
    pub legs: Vec<Leg>,
    /// The New York day on which it was opened, if known.
    #[serde(default)]
    pub opened: Option<Date>,
}

impl Position {
    /// The short iron condor that the four legs form, if they do. `Role::Condor` alone says what
    /// the trader means; this says what the legs are.
    pub fn condor(&self) -> Option<CondorView> {
        CondorView::of(&self.legs)
    }

    /// Checks every leg.
    ///
    /// # Errors
    /// The place of the first leg that is wrong, and why.
    pub fn check(&self) -> Result<(), (usize, LegError)> {
        self.legs
            .iter()
            .enumerate()
            .try_for_each(|(index, leg)| leg.check().map_err(|error| (index, error)))
    }

    /// Dollars of premium received at entry (negative when paid), before fees.
    pub fn entry_cash_usd(&self) -> f64 {
        self.legs.iter().map(Leg::entry_cash_usd).sum()
    }

    /// Dollars of commission and fees paid so far.
    pub fn fees_usd(&self) -> f64 {
        self.legs.iter().map(|leg| leg.fees_usd).sum()
    }

    /// The earliest expiry of its legs; `None` without legs.
    pub fn nearest_expiry(&self) -> Option<Date> {
        self.legs.iter().map(|leg| leg.contract.expiry()).min()
    }

    /// Whether it has legs and all of them have settled.
    pub fn is_expired(&self, as_of: Timestamp) -> bool {
        !self.legs.is_empty() && self.legs.iter().all(|leg| leg.contract.is_expired(as_of))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::parse_as_of;
    use crate::instrument::{Contract, Right, Root};

    fn calls() -> Position {
        let call = |day, price| {
            let contract = Contract::option(Root::Vix, day, 22.0, Right::Call).expect("valid");
            Leg::new(contract, 4, price)
                .expect("valid")
                .with_fees(4.4)
                .expect("valid")
        };
        Position {
            id: PositionId(7),
            name: "Insurance".to_owned(),
            role: Role::Layer(LayerKind::First),
            legs: vec![call(date(2026, 9, 16), 1.0), call(date(2026, 8, 19), 0.5)],
            opened: None,
        }
    }

    #[test]
    fn sums_over_legs() {
        let position = calls();
        assert!((position.entry_cash_usd() + 600.0).abs() < 1e-9);
        assert!((position.fees_usd() - 8.8).abs() < 1e-9);
        assert_eq!(position.nearest_expiry(), Some(date(2026, 8, 19)));
        assert!(position.condor().is_none());
        let between = parse_as_of("2026-08-20T10:00").expect("valid");
        assert!(!position.is_expired(between));
        assert!(position.is_expired(parse_as_of("2026-09-16T09:30").expect("valid")));
    }

    #[test]
    fn names_the_wrong_leg() {
        let mut position = calls();
        position.legs[1].entry_price = f64::NAN;
        assert!(matches!(position.check(), Err((1, LegError::Price(_)))));
    }

    #[test]
    fn survives_ron_and_fills_defaults() {
        let position = calls();
        let text = ron::to_string(&position).expect("serialises");
        assert_eq!(ron::from_str(&text), Ok(position));
        let short: Position = ron::from_str("(id: 1, name: \"x\", legs: [])").expect("defaults");
        assert_eq!((short.role, short.opened), (Role::Other, None));
    }
}
