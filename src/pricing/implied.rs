//! Implied vol: the vol at which Black-76 gives a quoted price, or the reason why there is none.
//!
//! The root comes from the crate `implied-vol` (Jäckel, *Let's Be Rational*, 2015), exact to the last
//! bits in two iterations. This file undoes the discounting and decides the class of a price before the
//! solver sees it: a price within rounding noise of the discounted intrinsic value carries no vol.

use implied_vol::{DefaultSpecialFn, ImpliedBlackVolatility};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::black::Right;
use super::error::{self, PricingError};

/// A price within this many units in the last place of the intrinsic value is at intrinsic.
const NOISE_ULPS: f64 = 1.5;

/// A quoted option price on the forward of its own expiry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quote {
    /// Call or put.
    pub right: Right,
    /// Forward, above 0.
    pub forward: f64,
    /// Strike, above 0.
    pub strike: f64,
    /// Years to settlement, from 0.
    pub years: f64,
    /// Discount factor to the payment date, above 0.
    pub discount: f64,
    /// Price per share, discounted as traded.
    pub price: f64,
}

/// What a price says about vol.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IvClass {
    /// One vol gives this price.
    Ok,
    /// At the discounted intrinsic value: no time value, vol 0.
    ZeroVol,
    /// Below the discounted intrinsic value: an arbitrage or a stale quote.
    BelowIntrinsic,
    /// At or above the discounted forward (call) or strike (put): no finite vol.
    AboveBound,
    /// NaN, infinite or negative price, or time value with no time left.
    Undefined,
}

impl IvClass {
    /// Every class.
    pub const ALL: [Self; 5] =
        [Self::Ok, Self::ZeroVol, Self::BelowIntrinsic, Self::AboveBound, Self::Undefined];

    /// Name in CSV files: `ok`, `zero_vol`, `below_intrinsic`, `above_bound`, `undefined`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::ZeroVol => "zero_vol",
            Self::BelowIntrinsic => "below_intrinsic",
            Self::AboveBound => "above_bound",
            Self::Undefined => "undefined",
        }
    }
}

/// Why a price has no implied vol.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum IvError {
    /// No time value: the vol is 0 or anything small enough.
    #[error("price: found '{price}': expected more than the discounted intrinsic value {intrinsic}")]
    ZeroVol {
        /// The quoted price.
        price: f64,
        /// The discounted intrinsic value.
        intrinsic: f64,
    },
    /// Below the least price that any vol gives.
    #[error("price: found '{price}': expected at least the discounted intrinsic value {intrinsic}")]
    BelowIntrinsic {
        /// The quoted price.
        price: f64,
        /// The discounted intrinsic value.
        intrinsic: f64,
    },
    /// At or above the price of infinite vol.
    #[error("price: found '{price}': expected less than the upper bound {bound}")]
    AboveBound {
        /// The quoted price.
        price: f64,
        /// Discounted forward for a call, discounted strike for a put.
        bound: f64,
    },
    /// A price that is no price.
    #[error("price: found '{price}': expected {expected}")]
    Undefined {
        /// The quoted price.
        price: f64,
        /// What a price must be.
        expected: &'static str,
    },
    /// Another field of the quote is out of range.
    #[error(transparent)]
    Input(#[from] PricingError),
}

impl IvError {
    /// The class of the price; a quote with any other bad field is [`IvClass::Undefined`].
    #[must_use]
    pub const fn class(&self) -> IvClass {
        match self {
            Self::ZeroVol { .. } => IvClass::ZeroVol,
            Self::BelowIntrinsic { .. } => IvClass::BelowIntrinsic,
            Self::AboveBound { .. } => IvClass::AboveBound,
            Self::Undefined { .. } | Self::Input(_) => IvClass::Undefined,
        }
    }
}

impl Quote {
    /// Checks every field but the price.
    ///
    /// # Errors
    /// [`PricingError::Field`] for the first that is NaN, infinite or out of range.
    pub fn validate(&self) -> Result<(), PricingError> {
        error::level("forward", self.forward)?;
        error::level("strike", self.strike)?;
        error::years(self.years)?;
        error::discount(self.discount)
    }

    /// Discounted intrinsic value on the forward: the least price any vol gives.
    #[must_use]
    pub fn intrinsic(&self) -> f64 {
        self.discount * self.right.intrinsic(self.forward, self.strike)
    }

    /// Discounted forward for a call, discounted strike for a put: the limit at infinite vol.
    #[must_use]
    pub fn upper_bound(&self) -> f64 {
        self.discount
            * match self.right {
                Right::Call => self.forward,
                Right::Put => self.strike,
            }
    }

    /// Refuses a price that no vol above 0 gives.
    fn check_price(&self) -> Result<(), IvError> {
        let price = self.price;
        if !(price >= 0.0 && price < f64::INFINITY) {
            return Err(IvError::Undefined { price, expected: "a finite number from 0" });
        }
        let bound = self.upper_bound();
        if price >= bound {
            return Err(IvError::AboveBound { price, bound });
        }
        let intrinsic = self.intrinsic();
        let excess = price - intrinsic;
        if excess.abs() <= NOISE_ULPS * f64::EPSILON * intrinsic {
            return Err(IvError::ZeroVol { price, intrinsic });
        }
        if excess < 0.0 {
            return Err(IvError::BelowIntrinsic { price, intrinsic });
        }
        if self.years > 0.0 {
            return Ok(());
        }
        Err(IvError::Undefined { price, expected: "the intrinsic value, as no time is left" })
    }
}

/// The vol, as a decimal, at which the quote's price is the Black-76 price: as exact as the price
/// allows, from deep out of the money to within a few units in the last place of intrinsic.
///
/// # Errors
/// [`IvError`] with the class of a price that has no vol, or the field that is out of range.
///
/// ```
/// use palisade::pricing::{BlackInput, Quote, Right, black76_price, implied_vol};
/// let option = BlackInput {
///     right: Right::Call, forward: 19.84, strike: 24.0, vol: 0.83,
///     years: 110.0 / 365.0, discount: 0.987,
/// };
/// let quote = Quote {
///     right: option.right, forward: option.forward, strike: option.strike,
///     years: option.years, discount: option.discount, price: black76_price(&option),
/// };
/// assert!((implied_vol(&quote)? - 0.83).abs() < 1e-14);
/// # Ok::<(), palisade::pricing::IvError>(())
/// ```
pub fn implied_vol(quote: &Quote) -> Result<f64, IvError> {
    quote.validate()?;
    quote.check_price()?;
    let (price, intrinsic) = (quote.price, quote.intrinsic());
    let vol = ImpliedBlackVolatility::builder()
        .forward(quote.forward)
        .strike(quote.strike)
        .expiry(quote.years)
        .is_call(quote.right == Right::Call)
        .option_price(price / quote.discount)
        .build()
        .and_then(|solver| solver.calculate::<DefaultSpecialFn>());
    match vol {
        Some(vol) if vol.is_finite() && vol > 0.0 => Ok(vol),
        Some(vol) if vol.is_infinite() => {
            Err(IvError::AboveBound { price, bound: quote.upper_bound() })
        }
        Some(_) | None => Err(IvError::ZeroVol { price, intrinsic }),
    }
}

/// The class of a quote's price, with the vol where there is one (0 at intrinsic).
#[must_use]
pub fn solve_vol(quote: &Quote) -> (IvClass, Option<f64>) {
    match implied_vol(quote) {
        Ok(vol) => (IvClass::Ok, Some(vol)),
        Err(IvError::ZeroVol { .. }) => (IvClass::ZeroVol, Some(0.0)),
        Err(error) => (error.class(), None),
    }
}
