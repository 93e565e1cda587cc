//! A price and its eight sensitivities as one value that adds and scales.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};

use crate::units::{DAYS_PER_YEAR, VOL_POINT};

/// Price and Greeks per share, in model units (per 1.00 of vol or rate, per year). The accessors give
/// the desk's units. A book's Greeks are a sum of these, each times its signed quantity; only Greeks
/// of one underlying and one vol may be added.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
pub struct Greeks {
    /// Value V.
    pub price: f64,
    /// ∂V/∂U, U the underlying: spot or future.
    pub delta: f64,
    /// ∂²V/∂U².
    pub gamma: f64,
    /// ∂V/∂σ per 1.00 of vol.
    pub vega: f64,
    /// ∂V/∂t per year: negative where the passing of time costs.
    pub theta: f64,
    /// ∂V/∂r per 1.00 of rate.
    pub rho: f64,
    /// ∂²V/∂U∂σ per 1.00 of vol.
    pub vanna: f64,
    /// ∂²V/∂σ² per 1.00 of vol, twice.
    pub volga: f64,
    /// ∂delta/∂t per year.
    pub charm: f64,
}

impl Greeks {
    /// Column names, in the order of [`Greeks::to_array`].
    pub const NAMES: [&'static str; 9] =
        ["price", "delta", "gamma", "vega", "theta", "rho", "vanna", "volga", "charm"];

    /// The nine numbers in the order of [`Greeks::NAMES`].
    #[must_use]
    pub const fn to_array(self) -> [f64; 9] {
        let Self { price, delta, gamma, vega, theta, rho, vanna, volga, charm } = self;
        [price, delta, gamma, vega, theta, rho, vanna, volga, charm]
    }

    /// From nine numbers in the order of [`Greeks::NAMES`].
    #[must_use]
    pub const fn from_array(values: [f64; 9]) -> Self {
        let [price, delta, gamma, vega, theta, rho, vanna, volga, charm] = values;
        Self { price, delta, gamma, vega, theta, rho, vanna, volga, charm }
    }

    /// Change in value per vol point (0.01).
    #[must_use]
    pub const fn vega_per_vol_point(&self) -> f64 {
        self.vega * VOL_POINT
    }

    /// Change in value per calendar day: year/365, negative for decay.
    #[must_use]
    pub const fn theta_per_day(&self) -> f64 {
        self.theta / DAYS_PER_YEAR
    }

    /// Change in value per 1 % (0.01) of rate.
    #[must_use]
    pub const fn rho_per_pct(&self) -> f64 {
        self.rho * 0.01
    }

    /// Change in delta per vol point (0.01).
    #[must_use]
    pub const fn vanna_per_vol_point(&self) -> f64 {
        self.vanna * VOL_POINT
    }

    /// Change in delta per calendar day.
    #[must_use]
    pub const fn charm_per_day(&self) -> f64 {
        self.charm / DAYS_PER_YEAR
    }

    /// True if no number is NaN or infinite.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.to_array().iter().all(|value| value.is_finite())
    }

    fn zip(self, other: Self, combine: impl Fn(f64, f64) -> f64) -> Self {
        let (left, right) = (self.to_array(), other.to_array());
        Self::from_array(std::array::from_fn(|i| combine(left[i], right[i])))
    }
}

impl Add for Greeks {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
}

impl Sub for Greeks {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
}

impl Mul<f64> for Greeks {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        Self::from_array(self.to_array().map(|value| value * factor))
    }
}

impl AddAssign for Greeks {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Greeks {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: Greeks =
        Greeks::from_array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);

    #[test]
    fn array_order_is_the_name_order() {
        assert_eq!(STEPS.to_array(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
        assert_eq!((STEPS.price, STEPS.theta, STEPS.charm), (1.0, 5.0, 9.0));
        assert_eq!((Greeks::NAMES[0], Greeks::NAMES[4], Greeks::NAMES[8]), ("price", "theta", "charm"));
    }

    #[test]
    fn a_book_is_a_sum() {
        let mut book: Greeks = [STEPS, STEPS * 2.0].into_iter().sum();
        book += STEPS * -1.0;
        assert_eq!(book - STEPS, STEPS);
    }

    #[test]
    fn desk_units() {
        assert_eq!(STEPS.vega_per_vol_point(), 0.04);
        assert_eq!(STEPS.theta_per_day(), 5.0 / 365.0);
        assert_eq!(STEPS.rho_per_pct(), 0.06);
        assert_eq!(STEPS.vanna_per_vol_point(), 0.07);
        assert_eq!(STEPS.charm_per_day(), 9.0 / 365.0);
    }

    #[test]
    fn one_bad_number_is_noticed() {
        assert!(STEPS.is_finite());
        assert!(!Greeks { charm: f64::NAN, ..STEPS }.is_finite());
        assert!(!Greeks { price: f64::INFINITY, ..STEPS }.is_finite());
    }
}
