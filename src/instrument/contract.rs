//! One listed contract: an option or a future, by its terms alone.
//!
//! A contract holds no price and no quantity. It compares, hashes and sorts by value, so it can be
//! the key of a map of marks. Constructors refuse what cannot be a contract at all; what merely is
//! unusual, such as a strike off the grid, is told by [`Contract::listing_issue`].

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::right::Right;
use super::root::{Root, Underlying};
use super::strike::{Strike, StrikeError};
use crate::calendar::{days_to_expiry, is_business_day, settlement_instant, years_between};

/// An option or a future.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Contract {
    /// A European, cash-settled index option.
    Option {
        /// Product family, an option root.
        root: Root,
        /// Day of settlement.
        expiry: Date,
        /// Strike in points of the root's own index (XSP: a tenth of SPX).
        strike: Strike,
        /// Call or put.
        right: Right,
    },
    /// A cash-settled volatility future.
    Future {
        /// Product family, a futures root.
        root: Root,
        /// Day of settlement.
        expiry: Date,
    },
}

/// Why terms do not make a contract.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ContractError {
    /// Option terms on a futures root.
    #[error("{0} is a future: it has no strike and no right")]
    NotAnOption(Root),
    /// Future terms on an option root.
    #[error("{0} is an option: a strike and a right are needed")]
    NotAFuture(Root),
    /// A strike that is not a positive number of points.
    #[error(transparent)]
    Strike(#[from] StrikeError),
}

/// Something unusual about a contract's terms: worth a warning, not a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListingIssue {
    /// The exchange is closed on the expiry.
    #[error("{0} is not a trading day")]
    ExpiryClosed(Date),
    /// The root does not expire on that day.
    #[error("{root} does not expire on {expiry}")]
    ExpiryUnlisted {
        /// The root.
        root: Root,
        /// The day.
        expiry: Date,
    },
    /// The strike is not a multiple of the usual step.
    #[error("{root} strikes near {strike} are usually {step} apart", step = step_text(*step_thousandths))]
    StrikeOffGrid {
        /// The root.
        root: Root,
        /// The strike.
        strike: Strike,
        /// The usual step in thousandths of a point.
        step_thousandths: u32,
    },
}

/// A step in points, without needless zeros.
fn step_text(thousandths: u32) -> String {
    format!("{}", f64::from(thousandths) / 1000.0)
}

impl Contract {
    /// An option of so many points' strike.
    ///
    /// # Errors
    /// [`ContractError`] when the root is a future or the strike no positive number.
    pub fn option(
        root: Root,
        expiry: Date,
        strike: f64,
        right: Right,
    ) -> Result<Self, ContractError> {
        if !root.is_option() {
            return Err(ContractError::NotAnOption(root));
        }
        Ok(Self::Option {
            root,
            expiry,
            strike: Strike::new(strike)?,
            right,
        })
    }

    /// A future.
    ///
    /// # Errors
    /// [`ContractError::NotAFuture`] when the root is an option.
    pub fn future(root: Root, expiry: Date) -> Result<Self, ContractError> {
        if root.is_option() {
            return Err(ContractError::NotAFuture(root));
        }
        Ok(Self::Future { root, expiry })
    }

    /// Checks that the variant suits its root; only a hand-written file can hold one that does not.
    ///
    /// # Errors
    /// [`ContractError`] when it does not.
    pub fn check(&self) -> Result<(), ContractError> {
        match *self {
            Self::Option { root, .. } if !root.is_option() => Err(ContractError::NotAnOption(root)),
            Self::Future { root, .. } if root.is_option() => Err(ContractError::NotAFuture(root)),
            Self::Option { .. } | Self::Future { .. } => Ok(()),
        }
    }

    /// The product family.
    pub fn root(&self) -> Root {
        match *self {
            Self::Option { root, .. } | Self::Future { root, .. } => root,
        }
    }

    /// The day of settlement.
    pub fn expiry(&self) -> Date {
        match *self {
            Self::Option { expiry, .. } | Self::Future { expiry, .. } => expiry,
        }
    }

    /// The strike in points; `None` for a future.
    pub fn strike(&self) -> Option<f64> {
        match *self {
            Self::Option { strike, .. } => Some(strike.points()),
            Self::Future { .. } => None,
        }
    }

    /// Call or put; `None` for a future.
    pub fn right(&self) -> Option<Right> {
        match *self {
            Self::Option { right, .. } => Some(right),
            Self::Future { .. } => None,
        }
    }

    /// What the value finally depends on.
    pub fn underlying(&self) -> Underlying {
        self.root().underlying()
    }

    /// Dollars per point per contract.
    pub fn multiplier(&self) -> f64 {
        self.root().multiplier()
    }

    /// The same option at another strike; a future is returned unchanged.
    ///
    /// # Errors
    /// [`ContractError::Strike`] when the strike is no positive number.
    pub fn with_strike(&self, strike: f64) -> Result<Self, ContractError> {
        match *self {
            Self::Option {
                root,
                expiry,
                right,
                ..
            } => Self::option(root, expiry, strike, right),
            Self::Future { .. } => Ok(*self),
        }
    }

    /// The same contract with another expiry.
    pub fn with_expiry(&self, expiry: Date) -> Self {
        match *self {
            Self::Option {
                root,
                strike,
                right,
                ..
            } => Self::Option {
                root,
                expiry,
                strike,
                right,
            },
            Self::Future { root, .. } => Self::Future { root, expiry },
        }
    }

    /// The instant to which the contract settles.
    pub fn settlement_instant(&self) -> Timestamp {
        settlement_instant(self.expiry(), self.root().settlement_time())
    }

    /// Calendar years to settlement; exactly 0 once settled (see [`years_between`]).
    pub fn years(&self, as_of: Timestamp) -> f64 {
        years_between(as_of, self.settlement_instant())
    }

    /// What one unit is worth once its underlying has settled at a level, in points: an option its intrinsic value,
    /// a future the level itself.
    pub fn settled_at(&self, settlement: f64) -> f64 {
        match (self.strike(), self.right()) {
            (Some(strike), Some(Right::Call)) => (settlement - strike).max(0.0),
            (Some(strike), Some(Right::Put)) => (strike - settlement).max(0.0),
            (Some(_), None) | (None, Some(_) | None) => settlement,
        }
    }

    /// Whether the settlement instant is reached or past.
    pub fn is_expired(&self, as_of: Timestamp) -> bool {
        as_of >= self.settlement_instant()
    }

    /// Calendar days to expiry (DTE), negative when past.
    pub fn days_to_expiry(&self, as_of: Timestamp) -> i32 {
        days_to_expiry(as_of, self.expiry())
    }

    /// What is unusual about the terms, seen from the New York day `today`: the first of a closed
    /// expiry, one that the root does not have, a strike off the grid.
    pub fn listing_issue(&self, today: Date) -> Option<ListingIssue> {
        let (root, expiry) = (self.root(), self.expiry());
        if !is_business_day(expiry) {
            return Some(ListingIssue::ExpiryClosed(expiry));
        }
        if !root.is_expiry(expiry) {
            return Some(ListingIssue::ExpiryUnlisted { root, expiry });
        }
        let Self::Option { strike, .. } = *self else {
            return None;
        };
        let days = (expiry - today).get_days();
        let step = root.strike_step_points(strike.points(), days);
        (!root.is_on_grid(strike.points(), days)).then_some(ListingIssue::StrikeOffGrid {
            root,
            strike,
            step_thousandths: (step * 1000.0).round() as u32,
        })
    }

    /// Full label: `SPXW 6 Aug 26 5,640 P`, `VX 16 Sep 26`.
    pub fn label(&self) -> String {
        let date = self.expiry().strftime("%-d %b %y");
        match *self {
            Self::Option {
                root,
                strike,
                right,
                ..
            } => {
                format!("{root} {date} {strike:#} {}", right.letter())
            }
            Self::Future { root, .. } => format!("{root} {date}"),
        }
    }

    /// Short label where root and expiry are known from the context: `5,640P`, `VX Sep 26`.
    pub fn short_label(&self) -> String {
        match *self {
            Self::Option { strike, right, .. } => format!("{strike:#}{}", right.letter()),
            Self::Future { root, expiry } => format!("{root} {}", expiry.strftime("%b %y")),
        }
    }

    /// The OCC symbol of an option (`SPXW  260806P05640000`); for a future the root, padded alike,
    /// and the date (`VX    260916`).
    pub fn symbol(&self) -> String {
        let date = self.expiry().strftime("%y%m%d");
        match *self {
            Self::Option {
                root,
                strike,
                right,
                ..
            } => {
                format!(
                    "{root:<6}{date}{}{:08}",
                    right.letter(),
                    strike.thousandths()
                )
            }
            Self::Future { root, .. } => format!("{root:<6}{date}"),
        }
    }
}

/// The full label.
impl fmt::Display for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.label())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::parse_as_of;

    fn put() -> Contract {
        Contract::option(Root::Spxw, date(2026, 8, 6), 5640.0, Right::Put).expect("valid")
    }

    #[test]
    fn labels_and_symbols() {
        let future = Contract::future(Root::Vx, date(2026, 9, 16)).expect("valid");
        assert_eq!(put().label(), "SPXW 6 Aug 26 5,640 P");
        assert_eq!(put().short_label(), "5,640P");
        assert_eq!(put().symbol(), "SPXW  260806P05640000");
        assert_eq!(future.label(), "VX 16 Sep 26");
        assert_eq!(future.short_label(), "VX Sep 26");
        assert_eq!(future.symbol(), "VX    260916");
    }

    #[test]
    fn refuses_mixed_terms() {
        let day = date(2026, 9, 16);
        assert_eq!(
            Contract::option(Root::Vx, day, 20.0, Right::Call),
            Err(ContractError::NotAnOption(Root::Vx))
        );
        assert_eq!(
            Contract::future(Root::Vix, day),
            Err(ContractError::NotAFuture(Root::Vix))
        );
        assert!(Contract::option(Root::Vix, day, f64::NAN, Right::Call).is_err());
        assert!(
            Contract::Future {
                root: Root::Spx,
                expiry: day
            }
            .check()
            .is_err()
        );
    }

    #[test]
    fn settles_when_its_root_does() {
        let as_of = parse_as_of("2026-08-06T15:00").expect("valid");
        assert!(!put().is_expired(as_of));
        assert!((put().years(as_of) - 60.0 / 525_600.0).abs() < 1e-12);
        let later = parse_as_of("2026-08-06T16:00").expect("valid");
        assert!(put().is_expired(later));
        assert_eq!(put().years(later), 0.0);
        assert_eq!(put().days_to_expiry(as_of), 0);
    }

    #[test]
    fn unusual_terms_are_told() {
        let today = date(2026, 6, 24);
        let vix =
            |day, strike| Contract::option(Root::Vix, day, strike, Right::Call).expect("valid");
        assert_eq!(put().listing_issue(today), None);
        assert_eq!(vix(date(2026, 9, 16), 22.0).listing_issue(today), None);
        assert!(matches!(
            vix(date(2026, 9, 15), 22.0).listing_issue(today),
            Some(ListingIssue::ExpiryUnlisted { .. })
        ));
        assert!(matches!(
            vix(date(2026, 9, 19), 22.0).listing_issue(today),
            Some(ListingIssue::ExpiryClosed(_))
        ));
        let off = vix(date(2026, 9, 16), 22.5)
            .listing_issue(today)
            .expect("off grid");
        assert_eq!(off.to_string(), "VIX strikes near 22.5 are usually 1 apart");
    }

    #[test]
    fn survives_ron() {
        let text = ron::to_string(&put()).expect("serialises");
        assert_eq!(ron::from_str(&text), Ok(put()), "{text}");
    }
}
