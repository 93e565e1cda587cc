//! The short-volatility yield of a constant-product liquidity pool, as a yardstick for option selling.
//!
//! A pool that keeps `x · y` constant (Uniswap v2) is short gamma: against a portfolio that is rebalanced
//! without cost its provider loses `sigma² / 8` of the pool's value a year, "loss-versus-rebalancing"
//! (Milionis, Moallemi, Roughgarden & Zhang, "Automated Market Making and Loss-Versus-Rebalancing", arXiv
//! 2208.06046), and earns the fees. Against just holding both assets he is behind by `2 √k / (1 + k) − 1`
//! once their price ratio has changed by the factor k ("impermanent loss"; Angeris, Kao, Chiang, Noyes &
//! Chitra, "An analysis of Uniswap markets", arXiv 1911.03380). Nothing here enters net vega: it is not SPX.

/// A pool's terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pool {
    /// Fees earned over a year as a share of the pool's value, decimal, ≥ 0.
    pub fee_apr: f64,
    /// Vol of the ratio of the two prices, decimal per √year, ≥ 0.
    pub vol: f64,
}

/// A pool's term that is not a usable number.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PoolError {
    /// The fee is negative or not a number.
    #[error("fee APR: found {0}, expected a share of 0 or more")]
    Fee(f64),
    /// The vol is negative or not a number.
    #[error("vol: found {0}, expected 0 or more")]
    Vol(f64),
    /// The price factor is not a positive number.
    #[error("price factor: found {0}, expected more than 0")]
    Factor(f64),
}

impl Pool {
    /// A pool on checked terms.
    ///
    /// # Errors
    /// [`PoolError`] for a negative term or one that is no number.
    pub fn new(fee_apr: f64, vol: f64) -> Result<Self, PoolError> {
        let is_usable = |value: f64| value.is_finite() && value >= 0.0;
        if !is_usable(fee_apr) {
            return Err(PoolError::Fee(fee_apr));
        }
        if !is_usable(vol) {
            return Err(PoolError::Vol(vol));
        }
        Ok(Self { fee_apr, vol })
    }

    /// What volatility costs a year, `sigma² / 8`, as a share of the pool's value.
    pub fn drain_per_year(self) -> f64 {
        self.vol * self.vol / 8.0
    }

    /// Fees less drain a year, as a share of the pool's value; negative when the fees do not pay for the vol.
    pub fn net_per_year(self) -> f64 {
        self.fee_apr - self.drain_per_year()
    }

    /// The vol at which fees and drain are equal, `√(8 · fee APR)`.
    pub fn break_even_vol(self) -> f64 {
        (8.0 * self.fee_apr).sqrt()
    }
}

/// Impermanent loss against holding both assets, `2 √k / (1 + k) − 1` ≤ 0, when the price ratio is k times
/// what it was.
///
/// # Errors
/// [`PoolError::Factor`] unless k is a positive number.
pub fn impermanent_loss(factor: f64) -> Result<f64, PoolError> {
    if !factor.is_finite() || factor <= 0.0 {
        return Err(PoolError::Factor(factor));
    }
    Ok(2.0 * factor.sqrt() / (1.0 + factor) - 1.0)
}

/// A yearly yield on capital from dollars per calendar day: what a theta is beside a pool's yield. `None`
/// without capital.
pub fn yield_per_year(usd_per_day: f64, capital_usd: f64) -> Option<f64> {
    let share = usd_per_day * crate::units::DAYS_PER_YEAR / capital_usd;
    (capital_usd > 0.0 && share.is_finite()).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::{Pool, PoolError, impermanent_loss, yield_per_year};
    use proptest::prelude::*;

    #[test]
    fn published_figures_come_out() {
        // the usual table of impermanent loss: 1.25 x 0.6 %, 1.5 x 2.0 %, 2 x 5.7 %, 4 x 20 %, 5 x 25.5 %
        for (factor, expected) in [
            (1.0, 0.0),
            (1.25, -0.006_192),
            (1.5, -0.020_204),
            (2.0, -0.057_191),
            (4.0, -0.2),
            (5.0, -0.254_644),
        ] {
            let loss = impermanent_loss(factor).expect("a positive factor");
            assert!((loss - expected).abs() < 1e-6, "{factor}: {loss}");
        }
        // 5 % a day of vol drains 3.125 basis points a day (Milionis et al., introduction)
        let daily = Pool::new(0.0, 0.05).expect("terms").drain_per_year();
        assert!((daily - 3.125e-4).abs() < 1e-15);
        let pool = Pool::new(0.18, 0.8).expect("terms");
        assert!((pool.net_per_year() - 0.10).abs() < 1e-15);
        assert!((pool.break_even_vol() - 1.2).abs() < 1e-15);
        assert_eq!(yield_per_year(100.0, 36_500.0), Some(1.0));
        assert_eq!(yield_per_year(100.0, 0.0), None);
    }

    #[test]
    fn bad_terms_are_named() {
        assert_eq!(Pool::new(-0.1, 0.5), Err(PoolError::Fee(-0.1)));
        assert!(matches!(Pool::new(0.1, f64::NAN), Err(PoolError::Vol(_))));
        assert_eq!(impermanent_loss(0.0), Err(PoolError::Factor(0.0)));
    }

    proptest! {
        /// The loss is never a gain, is the same for k and 1/k, and starts as the drain says: (ln k)² / 8.
        #[test]
        fn impermanent_loss_is_symmetric_and_begins_as_the_drain(log in -3.0..3.0_f64) {
            let loss = impermanent_loss(log.exp()).expect("positive");
            prop_assert!(loss <= 0.0 && loss > -1.0);
            let mirrored = impermanent_loss((-log).exp()).expect("positive");
            prop_assert!((loss - mirrored).abs() < 1e-12);
            let small = impermanent_loss((0.01 * log).exp()).expect("positive");
            prop_assert!((small + (0.01 * log).powi(2) / 8.0).abs() < 1e-7);
        }

        /// Fees and vol balance exactly at the break-even vol.
        #[test]
        fn the_break_even_vol_earns_nothing(fee in 0.0..2.0_f64) {
            let vol = Pool::new(fee, 0.0).expect("terms").break_even_vol();
            prop_assert!(Pool::new(fee, vol).expect("terms").net_per_year().abs() < 1e-12);
        }
    }
}
