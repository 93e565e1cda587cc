//! Commissions and exchange fees of a fill, and the half-spread that a fill gives away.
//!
//! Exchange fees are the customer rates of the Cboe Options fee schedule of 1 November 2024 and of
//! the CFE fee schedule; they change, so every number is a field that can be edited and saved.

use serde::{Deserialize, Serialize};

use super::contract::Contract;
use super::root::{Root, Underlying};

/// Exchange fee in dollars per contract by premium: the four bands of VIX options.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PremiumBands {
    /// Premium of 0 to 0.10 points.
    pub to_0_10_usd: f64,
    /// Premium of 0.11 to 0.99.
    pub to_0_99_usd: f64,
    /// Premium of 1.00 to 1.99.
    pub to_1_99_usd: f64,
    /// Premium of 2.00 or more.
    pub from_2_usd: f64,
}

impl PremiumBands {
    /// The fee at a premium of so many points.
    pub fn fee_usd(&self, price: f64) -> f64 {
        if price < 0.105 {
            self.to_0_10_usd
        } else if price < 1.0 {
            self.to_0_99_usd
        } else if price < 2.0 {
            self.to_1_99_usd
        } else {
            self.from_2_usd
        }
    }
}

/// What a fill costs per contract, in dollars.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeeSchedule {
    /// The broker's commission. Varies by broker: 0.65 is common.
    pub broker_usd: f64,
    /// Clearing and regulatory fees.
    pub clearing_usd: f64,
    /// SPX and SPXW exchange fee at a premium below 1 point.
    pub spx_below_1_usd: f64,
    /// SPX and SPXW exchange fee at a premium of 1 point or more.
    pub spx_from_1_usd: f64,
    /// VIX options, single orders.
    pub vix_single: PremiumBands,
    /// VIX options, multi-leg orders.
    pub vix_package: PremiumBands,
    /// XSP exchange fee for orders of fewer than [`Self::xsp_large_from`] contracts.
    pub xsp_small_usd: f64,
    /// XSP exchange fee for larger orders.
    pub xsp_large_usd: f64,
    /// Contracts from which an XSP order is large.
    pub xsp_large_from: u32,
    /// VX exchange fee.
    pub vx_usd: f64,
    /// VXM exchange fee.
    pub vxm_usd: f64,
}

impl Default for FeeSchedule {
    fn default() -> Self {
        Self {
            broker_usd: 0.65,
            clearing_usd: 0.03,
            spx_below_1_usd: 0.36,
            spx_from_1_usd: 0.45,
            vix_single: PremiumBands {
                to_0_10_usd: 0.10,
                to_0_99_usd: 0.25,
                to_1_99_usd: 0.40,
                from_2_usd: 0.45,
            },
            vix_package: PremiumBands {
                to_0_10_usd: 0.05,
                to_0_99_usd: 0.17,
                to_1_99_usd: 0.30,
                from_2_usd: 0.45,
            },
            xsp_small_usd: 0.0,
            xsp_large_usd: 0.07,
            xsp_large_from: 10,
            vx_usd: 1.51,
            vxm_usd: 0.20,
        }
    }
}

impl FeeSchedule {
    /// Dollars of commission and fees for a fill of `quantity` contracts (either sign) at `price`
    /// points, as a part of a multi-leg order or alone: contracts × (broker + exchange + clearing).
    pub fn fees_usd(&self, contract: &Contract, price: f64, quantity: i32, multi_leg: bool) -> f64 {
        let contracts = quantity.unsigned_abs();
        let exchange_usd = self.exchange_usd(contract.root(), price, contracts, multi_leg);
        f64::from(contracts) * (self.broker_usd + exchange_usd + self.clearing_usd)
    }

    /// The exchange's part in dollars per contract.
    fn exchange_usd(&self, root: Root, price: f64, contracts: u32, multi_leg: bool) -> f64 {
        match root {
            Root::Spx | Root::Spxw if price < 1.0 => self.spx_below_1_usd,
            Root::Spx | Root::Spxw => self.spx_from_1_usd,
            Root::Xsp if contracts < self.xsp_large_from => self.xsp_small_usd,
            Root::Xsp => self.xsp_large_usd,
            Root::Vix | Root::Vixw if multi_leg => self.vix_package.fee_usd(price),
            Root::Vix | Root::Vixw => self.vix_single.fee_usd(price),
            Root::Vx => self.vx_usd,
            Root::Vxm => self.vxm_usd,
        }
    }
}

/// How much of the bid–ask spread a fill gives away. The defaults are assumptions for regular
/// hours; after-hours quotes of 30 to 60 days are wider, 0.25–0.35 vol points in full.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SlippageModel {
    /// Half-spread of an S&P 500 option in vol points.
    pub spx_vol_points: f64,
    /// Least half-spread of a VIX option in points.
    pub vix_least_points: f64,
    /// Half-spread of a VIX option as a share of its price.
    pub vix_share: f64,
    /// Factor for a leg of a multi-leg order, which is quoted tighter than its legs.
    pub multi_leg_factor: f64,
}

impl Default for SlippageModel {
    fn default() -> Self {
        Self {
            spx_vol_points: 0.10,
            vix_least_points: 0.02,
            vix_share: 0.03,
            multi_leg_factor: 0.5,
        }
    }
}

impl SlippageModel {
    /// Points per unit given away by one leg at `price` points: half a tick at least; for an S&P 500
    /// option its vega per vol point (per share) times the vol width, for a VIX option a share of
    /// its price, for a future half a tick. A vega or price that is not finite counts as 0.
    pub fn half_spread_points(
        &self,
        contract: &Contract,
        price: f64,
        vega_per_vol_point: f64,
        multi_leg: bool,
    ) -> f64 {
        let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
        let (root, price) = (contract.root(), finite(price).max(0.0));
        let half_tick = root.tick_points(price) / 2.0;
        let quoted = match (root.is_option(), root.underlying()) {
            (false, Underlying::Spx | Underlying::Vix) => 0.0,
            (true, Underlying::Spx) => self.spx_vol_points * finite(vega_per_vol_point).abs(),
            (true, Underlying::Vix) => self.vix_least_points.max(self.vix_share * price),
        };
        let factor = if multi_leg {
            self.multi_leg_factor
        } else {
            1.0
        };
        quoted.max(half_tick) * factor
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::instrument::Right;

    fn option(root: Root) -> Contract {
        Contract::option(root, date(2026, 9, 16), 22.0, Right::Call).expect("valid")
    }

    #[test]
    fn fees_per_contract() {
        let vx = Contract::future(Root::Vx, date(2026, 9, 16)).expect("valid");
        let vxm = Contract::future(Root::Vxm, date(2026, 9, 16)).expect("valid");
        for (contract, price, quantity, multi_leg, expected) in [
            (option(Root::Spx), 0.95, -10, true, 10.0 * 1.04),
            (option(Root::Spxw), 12.0, 10, true, 10.0 * 1.13),
            (option(Root::Vix), 0.10, 4, false, 4.0 * 0.78),
            (option(Root::Vix), 0.11, 4, false, 4.0 * 0.93),
            (option(Root::Vix), 1.09, 4, false, 4.0 * 1.08),
            (option(Root::Vix), 2.0, 4, false, 4.0 * 1.13),
            (option(Root::Vixw), 1.09, 4, true, 4.0 * 0.98),
            (option(Root::Xsp), 5.0, 9, false, 9.0 * 0.68),
            (option(Root::Xsp), 5.0, -10, false, 10.0 * 0.75),
            (vx, 18.36, 1, false, 2.19),
            (vxm, 18.36, -2, false, 1.76),
        ] {
            let fees = FeeSchedule::default().fees_usd(&contract, price, quantity, multi_leg);
            assert!(
                (fees - expected).abs() < 1e-9,
                "{contract} @ {price}: {fees}"
            );
        }
    }

    #[test]
    fn half_spreads() {
        let model = SlippageModel::default();
        let half =
            |root, price, vega, multi| model.half_spread_points(&option(root), price, vega, multi);
        assert!((half(Root::Spx, 35.7, 5.125665, false) - 0.5125665).abs() < 1e-12);
        assert!((half(Root::Spx, 35.7, -5.125665, true) - 0.25628325).abs() < 1e-12);
        assert!(
            (half(Root::Spx, 0.5, 0.01, false) - 0.025).abs() < 1e-12,
            "half a tick"
        );
        assert!((half(Root::Vix, 0.3, 0.02, false) - 0.02).abs() < 1e-12);
        assert!((half(Root::Vix, 2.0, 0.02, false) - 0.06).abs() < 1e-12);
        assert!((half(Root::Spx, f64::NAN, f64::NAN, false) - 0.025).abs() < 1e-12);
        let future = Contract::future(Root::Vx, date(2026, 9, 16)).expect("valid");
        assert_eq!(model.half_spread_points(&future, 18.0, 0.0, false), 0.025);
    }

    #[test]
    fn missing_fields_take_their_defaults() {
        let schedule: FeeSchedule = ron::from_str("(broker_usd: 0.25)").expect("valid");
        assert_eq!(
            schedule,
            FeeSchedule {
                broker_usd: 0.25,
                ..FeeSchedule::default()
            }
        );
    }
}
