//! One option at a time: Black-76 on a forward, Black-Scholes-Merton on a spot.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::{self, PricingError};
use super::fastmath::ln_ratio;
use super::greeks::Greeks;
use super::kernel::{self, PriceTerms};

/// Call or put.
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
pub enum Right {
    /// The right to buy.
    Call,
    /// The right to sell.
    Put,
}

impl Right {
    /// Both, calls first.
    pub const ALL: [Self; 2] = [Self::Call, Self::Put];

    /// +1 for a call, −1 for a put.
    #[must_use]
    pub const fn sign(self) -> f64 {
        match self {
            Self::Call => 1.0,
            Self::Put => -1.0,
        }
    }

    /// The other one.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Call => Self::Put,
            Self::Put => Self::Call,
        }
    }

    /// Payoff per share at settlement: max(±(underlying − strike), 0).
    #[must_use]
    pub fn intrinsic(self, underlying: f64, strike: f64) -> f64 {
        (self.sign() * (underlying - strike)).max(0.0)
    }

    /// `call` or `put`, as in CSV files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Put => "put",
        }
    }
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An option priced on the forward of its own expiry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BlackInput {
    /// Call or put.
    pub right: Right,
    /// Forward of the underlying for the option's settlement, above 0.
    pub forward: f64,
    /// Strike, above 0.
    pub strike: f64,
    /// Vol as a decimal, from 0.
    pub vol: f64,
    /// Years to settlement, from 0.
    pub years: f64,
    /// Discount factor to the payment date, above 0.
    pub discount: f64,
}

/// An option on a spot that carries a continuous dividend yield.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpotInput {
    /// Call or put.
    pub right: Right,
    /// Spot, above 0.
    pub spot: f64,
    /// Strike, above 0.
    pub strike: f64,
    /// Years to settlement, from 0.
    pub years: f64,
    /// Continuously compounded rate, decimal.
    pub rate: f64,
    /// Continuously compounded dividend yield, decimal.
    pub dividend: f64,
    /// Vol as a decimal, from 0.
    pub vol: f64,
}

/// An option on a future.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForwardInput {
    /// Call or put.
    pub right: Right,
    /// Price of the future with the option's settlement, above 0.
    pub forward: f64,
    /// Strike, above 0.
    pub strike: f64,
    /// Years to settlement, from 0.
    pub years: f64,
    /// Continuously compounded rate, decimal.
    pub rate: f64,
    /// Vol as a decimal, from 0.
    pub vol: f64,
}

impl BlackInput {
    /// Checks every field.
    ///
    /// # Errors
    /// [`PricingError::Field`] for the first that is NaN, infinite or out of range.
    pub fn validate(&self) -> Result<(), PricingError> {
        error::level("forward", self.forward)?;
        error::level("strike", self.strike)?;
        error::vol(self.vol)?;
        error::years(self.years)?;
        error::discount(self.discount)
    }
}

impl SpotInput {
    /// Checks every field.
    ///
    /// # Errors
    /// [`PricingError::Field`] for the first that is NaN, infinite or out of range.
    pub fn validate(&self) -> Result<(), PricingError> {
        error::level("spot", self.spot)?;
        error::level("strike", self.strike)?;
        error::years(self.years)?;
        error::rate("rate", self.rate)?;
        error::rate("dividend", self.dividend)?;
        error::vol(self.vol)
    }

    /// The forward S e^((r − q)T).
    #[must_use]
    pub fn forward(&self) -> f64 {
        self.spot * ((self.rate - self.dividend) * self.years).exp()
    }
}

impl ForwardInput {
    /// Checks every field.
    ///
    /// # Errors
    /// [`PricingError::Field`] for the first that is NaN, infinite or out of range.
    pub fn validate(&self) -> Result<(), PricingError> {
        error::level("forward", self.forward)?;
        error::level("strike", self.strike)?;
        error::years(self.years)?;
        error::rate("rate", self.rate)?;
        error::vol(self.vol)
    }
}

/// Discounted Black-76 price (Black 1976): `discount` times the expected payoff under a lognormal
/// forward. Without time or vol, the discounted intrinsic value. Inputs that [`BlackInput::validate`]
/// refuses give NaN or a meaningless number, never a panic.
#[must_use]
pub fn black76_price(input: &BlackInput) -> f64 {
    kernel::price(&input.price_terms(), input.forward, input.vol)
}

impl BlackInput {
    pub(super) fn price_terms(&self) -> PriceTerms {
        PriceTerms {
            sign: self.right.sign(),
            strike: self.strike,
            sqrt_years: if self.years < 0.0 { 0.0 } else { self.years.sqrt() },
            discount: self.discount,
        }
    }
}

/// Black-Scholes-Merton price and Greeks with respect to the spot (Merton 1973), per share, in the
/// units of [`Greeks`]. Without time or vol, the discounted intrinsic value and its slopes.
///
/// ```
/// use palisade::pricing::{Right, SpotInput, bsm};
/// let put = SpotInput {
///     right: Right::Put, spot: 6000.0, strike: 5640.0, years: 45.0 / 365.0,
///     rate: 0.043, dividend: 0.013, vol: 0.1948,
/// };
/// let greeks = bsm(&put);
/// assert!((greeks.price - 35.704226).abs() < 1e-6);
/// assert!((greeks.vega_per_vol_point() - 5.125665).abs() < 1e-6);
/// assert!((greeks.theta_per_day() + 1.026251).abs() < 1e-6);
/// ```
#[must_use]
pub fn bsm(input: &SpotInput) -> Greeks {
    let SpotInput { right, spot, strike, years, rate, dividend, vol } = *input;
    let carry = kernel::carry(right.sign(), strike, years, rate, dividend);
    Greeks::from_array(kernel::greeks::<false>(&carry, spot, vol))
}

/// Black-76 price and Greeks with respect to the future, which is held fixed for theta and rho
/// (Black 1976), per share, in the units of [`Greeks`].
#[must_use]
pub fn black76(input: &ForwardInput) -> Greeks {
    let ForwardInput { right, forward, strike, years, rate, vol } = *input;
    let carry = kernel::carry(right.sign(), strike, years, rate, rate);
    Greeks::from_array(kernel::greeks::<true>(&carry, forward, vol))
}

/// The dividend yield q that a forward implies: r − ln(F/S)/T; 0 without time.
#[must_use]
pub fn implied_dividend(spot: f64, forward: f64, rate: f64, years: f64) -> f64 {
    if years > 0.0 { rate - ln_ratio(forward, spot) / years } else { 0.0 }
}
