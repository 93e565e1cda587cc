//! A signed quantity of a contract, and what was paid for it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::contract::{Contract, ContractError, ListingIssue};

/// A holding of one contract.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leg {
    /// What is held.
    pub contract: Contract,
    /// Contracts, positive when long, negative when short, never 0.
    pub quantity: i32,
    /// Price per unit in points at which the leg was opened, bought or sold alike: 0 or more.
    pub entry_price: f64,
    /// Dollars of commission and fees paid so far for the whole leg: 0 or more.
    #[serde(default)]
    pub fees_usd: f64,
}

/// Most contracts of one leg, long or short; more is a typing error, and sums stay far from overflow.
pub const MOST_CONTRACTS: u32 = 100_000;

/// Why numbers do not make a leg.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum LegError {
    /// No contracts.
    #[error("a leg of 0 contracts holds nothing")]
    ZeroQuantity,
    /// More contracts than any account holds: a typing error.
    #[error("{0} contracts: expected at most {MOST_CONTRACTS} either way")]
    TooMany(i32),
    /// A price that is negative or not a finite number (a future's must be above 0).
    #[error("entry price {0}: expected points, 0 or more (above 0 for a future)")]
    Price(f64),
    /// Fees that are negative or not a finite number.
    #[error("fees {0}: expected dollars, 0 or more")]
    Fees(f64),
    /// Terms that do not suit the root.
    #[error(transparent)]
    Contract(#[from] ContractError),
}

impl Leg {
    /// A leg without fees.
    ///
    /// # Errors
    /// [`LegError`] when there are no contracts or the price is not 0 or more.
    pub fn new(contract: Contract, quantity: i32, entry_price: f64) -> Result<Self, LegError> {
        let leg = Self {
            contract,
            quantity,
            entry_price,
            fees_usd: 0.0,
        };
        leg.check().map(|()| leg)
    }

    /// The same leg with so many dollars of fees.
    ///
    /// # Errors
    /// [`LegError::Fees`] when they are not 0 or more.
    pub fn with_fees(self, fees_usd: f64) -> Result<Self, LegError> {
        let leg = Self { fees_usd, ..self };
        leg.check().map(|()| leg)
    }

    /// Checks the numbers of a leg that was not built by [`Leg::new`].
    ///
    /// # Errors
    /// The first [`LegError`] that holds.
    pub fn check(&self) -> Result<(), LegError> {
        self.contract.check()?;
        if self.quantity == 0 {
            return Err(LegError::ZeroQuantity);
        }
        if self.quantity.unsigned_abs() > MOST_CONTRACTS {
            return Err(LegError::TooMany(self.quantity));
        }
        let option = self.contract.root().is_option();
        let priced = self.entry_price > 0.0 || (option && self.entry_price == 0.0);
        if !priced || !self.entry_price.is_finite() {
            return Err(LegError::Price(self.entry_price));
        }
        if !(self.fees_usd >= 0.0 && self.fees_usd.is_finite()) {
            return Err(LegError::Fees(self.fees_usd));
        }
        Ok(())
    }

    /// What is unusual about the contract's terms, seen from `today`: a warning, not an error.
    pub fn warning(&self, today: Date) -> Option<ListingIssue> {
        self.contract.listing_issue(today)
    }

    /// Dollars per point of the whole leg, signed: quantity × multiplier.
    pub fn usd_per_point(&self) -> f64 {
        f64::from(self.quantity) * self.contract.multiplier()
    }

    /// Dollars of premium at entry, positive when received (short). 0 for a future, which changes
    /// hands without a premium. Fees are not in it.
    pub fn entry_cash_usd(&self) -> f64 {
        if self.contract.root().is_option() {
            -self.usd_per_point() * self.entry_price
        } else {
            0.0
        }
    }

    /// Profit in dollars, before fees, at a price of `mark` points.
    pub fn profit_usd(&self, mark: f64) -> f64 {
        self.usd_per_point() * (mark - self.entry_price)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::instrument::{Right, Root};

    fn call() -> Contract {
        Contract::option(Root::Vix, date(2026, 9, 16), 22.0, Right::Call).expect("valid")
    }

    #[test]
    fn signs_of_cash_and_profit() {
        let long = Leg::new(call(), 4, 1.09).expect("valid");
        assert!((long.entry_cash_usd() + 436.0).abs() < 1e-9);
        assert!((long.profit_usd(2.09) - 400.0).abs() < 1e-9);
        let short = Leg::new(call(), -4, 1.09).expect("valid");
        assert!((short.entry_cash_usd() - 436.0).abs() < 1e-9);
        let future = Contract::future(Root::Vx, date(2026, 9, 16)).expect("valid");
        let future = Leg::new(future, -1, 18.36).expect("valid");
        assert_eq!(future.entry_cash_usd(), 0.0);
        assert!((future.profit_usd(17.36) - 1000.0).abs() < 1e-9);
    }

    #[test]
    fn refuses_what_is_no_leg() {
        assert_eq!(Leg::new(call(), 0, 1.0), Err(LegError::ZeroQuantity));
        assert_eq!(Leg::new(call(), 1, -1.0), Err(LegError::Price(-1.0)));
        for price in [f64::NAN, f64::INFINITY] {
            assert!(matches!(
                Leg::new(call(), 1, price),
                Err(LegError::Price(_))
            ));
        }
        let leg = Leg::new(call(), 1, 0.0).expect("a worthless option is a leg");
        assert!(leg.with_fees(-0.01).is_err());
        assert!(leg.with_fees(f64::NAN).is_err());
        let future = Contract::future(Root::Vx, date(2026, 9, 16)).expect("valid");
        assert!(Leg::new(future, 1, 0.0).is_err());
    }
}
