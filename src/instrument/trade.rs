//! Rows of the journal: what was traded and why, and what was noted.

use std::fmt;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::contract::Contract;
use super::leg::{Leg, LegError};
use super::position::{LayerKind, PositionId};

/// A number that names a trade within its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TradeId(pub u64);

/// A number that names an entry of the journal within its document: the thing done that its fills share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryId(pub u64);

/// What a trade was meant to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TradeAction {
    /// Opens a position.
    Open,
    /// Closes a position, or the rest of it.
    Close,
    /// One side of moving a position to another strike or expiry.
    Roll,
    /// Adds to the VIX hedge.
    Hedge,
    /// Makes a position smaller.
    Trim,
    /// Takes the gain of a hedge that has paid.
    Monetise,
    /// Cash settlement at expiry; the price is the settled value in points.
    Settle,
    /// Corrects the books.
    Adjust,
}

impl TradeAction {
    /// Every action, in the order of a menu.
    pub const ALL: [Self; 8] = [
        Self::Open,
        Self::Close,
        Self::Roll,
        Self::Hedge,
        Self::Trim,
        Self::Monetise,
        Self::Settle,
        Self::Adjust,
    ];

    /// One word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Close => "Close",
            Self::Roll => "Roll",
            Self::Hedge => "Hedge",
            Self::Trim => "Trim",
            Self::Monetise => "Monetise",
            Self::Settle => "Settle",
            Self::Adjust => "Adjust",
        }
    }
}

impl fmt::Display for TradeAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}

/// One fill of one contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trade {
    /// Its number in the document.
    pub id: TradeId,
    /// New York time of the fill.
    pub at: DateTime,
    /// What it was meant to do.
    pub action: TradeAction,
    /// What was traded.
    pub contract: Contract,
    /// Contracts, positive when bought, negative when sold, never 0.
    pub quantity: i32,
    /// Price per unit in points, 0 or more.
    pub price: f64,
    /// Dollars of commission and fees, 0 or more.
    #[serde(default)]
    pub fees_usd: f64,
    /// Why, in the trader's words.
    #[serde(default)]
    pub reason: String,
    /// The position that it changed, if any.
    #[serde(default)]
    pub position: Option<PositionId>,
    /// The hedge layer that it belongs to, if any.
    #[serde(default)]
    pub layer: Option<LayerKind>,
    /// The entry of the journal that it belongs to, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// What names the fill in the broker's file that it was read from, so that it is known when that file is read
    /// again; empty for all others.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
}

impl Trade {
    /// Checks the numbers.
    ///
    /// # Errors
    /// As [`Leg::check`].
    pub fn check(&self) -> Result<(), LegError> {
        self.leg().check()
    }

    /// The fill as a leg: what holding it from here means.
    pub fn leg(&self) -> Leg {
        Leg {
            contract: self.contract,
            quantity: self.quantity,
            entry_price: self.price,
            fees_usd: self.fees_usd,
        }
    }

    /// Dollars that changed hands, positive when received: premium less fees. A future moves fees
    /// only; its gains come through daily variation.
    pub fn cash_usd(&self) -> f64 {
        self.leg().entry_cash_usd() - self.fees_usd
    }
}

/// Something written down at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// New York time.
    pub at: DateTime,
    /// What was noted.
    pub text: String,
    /// Words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::instrument::{Right, Root};

    fn sale() -> Trade {
        Trade {
            id: TradeId(1),
            at: date(2026, 6, 24).at(10, 15, 0, 0),
            action: TradeAction::Open,
            contract: Contract::option(Root::Spxw, date(2026, 8, 6), 5640.0, Right::Put)
                .expect("valid"),
            quantity: -10,
            price: 35.7,
            fees_usd: 11.3,
            reason: "Condor leg".to_owned(),
            position: Some(PositionId(1)),
            layer: None,
            entry: None,
            key: String::new(),
        }
    }

    #[test]
    fn cash_is_premium_less_fees() {
        assert!((sale().cash_usd() - (35_700.0 - 11.3)).abs() < 1e-9);
        let future = Contract::future(Root::Vx, date(2026, 9, 16)).expect("valid");
        let trade = Trade {
            contract: future,
            quantity: 1,
            price: 18.36,
            fees_usd: 2.19,
            ..sale()
        };
        assert!((trade.cash_usd() + 2.19).abs() < 1e-12);
    }

    #[test]
    fn checks_its_numbers() {
        assert_eq!(sale().check(), Ok(()));
        assert_eq!(
            Trade {
                quantity: 0,
                ..sale()
            }
            .check(),
            Err(LegError::ZeroQuantity)
        );
        assert!(
            Trade {
                price: f64::NAN,
                ..sale()
            }
            .check()
            .is_err()
        );
        let settled = Trade {
            action: TradeAction::Settle,
            price: 0.0,
            quantity: 10,
            ..sale()
        };
        assert_eq!(settled.check(), Ok(()));
    }

    #[test]
    fn survives_ron() {
        let text = ron::to_string(&sale()).expect("serialises");
        assert_eq!(ron::from_str(&text), Ok(sale()), "{text}");
    }
}
