//! How the numbers of a campaign are read: conventions of the vega band, of margin, and the costs.

use serde::{Deserialize, Serialize};

use super::fault::{Fault, within};
use crate::instrument::{FeeSchedule, SlippageModel};
pub use crate::risk::band::{Convention, VegaBasis, VegaSign};
pub use crate::risk::margin::UnequalWings;

/// Largest margin, in dollars, that is not a typing error.
const MAX_MARGIN_USD: f64 = 1e10;
/// Largest fee, in dollars per contract, that is not a typing error.
const MAX_FEE_USD: f64 = 100.0;

/// How many contracts a layer takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LayerScale {
    /// The pack's number for every ten condors, whatever their width.
    #[default]
    Literal,
    /// That number times wing width over the pack's reference width.
    Width,
}

impl LayerScale {
    /// Both scales, in the order shown.
    pub const ALL: [Self; 2] = [Self::Literal, Self::Width];

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Literal => "Literal",
            Self::Width => "By wing width",
        }
    }

    /// What the pack's number of contracts is multiplied by, for a wing width and the pack's reference
    /// width in points.
    pub fn factor(self, width_points: f64, reference_points: f64) -> f64 {
        match self {
            Self::Literal => 1.0,
            Self::Width => width_points / reference_points,
        }
    }
}

/// How the numbers of a campaign are read. Missing fields of a file take their defaults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// VIX hedge in SPX vega.
    pub convention: Convention,
    /// Sign of the vega band.
    pub vega_sign: VegaSign,
    /// Width of the vega band.
    pub vega_basis: VegaBasis,
    /// Size of the layers.
    pub layer_scale: LayerScale,
    /// Reg-T margin of unequal wings.
    pub unequal_wings_margin: UnequalWings,
    /// Margin the broker asks for in dollars, 0 or more; used instead of Reg-T when given.
    pub broker_margin_usd: Option<f64>,
    /// Whether the credit received is taken off the margin.
    pub credit_in_margin: bool,
    /// Whether the hedge debit counts as capital beside the margin.
    pub hedge_debit_in_margin: bool,
    /// Whether the hedge debit is taken off the credit when break-evens are measured.
    pub hedge_debit_in_break_evens: bool,
    /// What a fill costs in commission and fees.
    pub fees: FeeSchedule,
    /// What a fill gives away of the spread.
    pub slippage: SlippageModel,
}

impl Settings {
    /// Checks every number.
    ///
    /// # Errors
    /// The first number that is negative, absurd or not a number.
    pub fn validate(&self) -> Result<(), Fault> {
        if let Some(margin) = self.broker_margin_usd {
            let limits = [0.0, MAX_MARGIN_USD];
            within("broker_margin_usd", margin, limits, "dollars")?;
        }
        for (name, fee) in self.fee_fields() {
            within(
                &format!("fees.{name}"),
                fee,
                [0.0, MAX_FEE_USD],
                "dollars per contract",
            )?;
        }
        let slippage = &self.slippage;
        for (name, value) in [
            ("spx_vol_points", slippage.spx_vol_points),
            ("vix_least_points", slippage.vix_least_points),
            ("vix_share", slippage.vix_share),
            ("multi_leg_factor", slippage.multi_leg_factor),
        ] {
            within(&format!("slippage.{name}"), value, [0.0, 10.0], "a number")?;
        }
        Ok(())
    }

    #[rustfmt::skip]
    fn fee_fields(&self) -> [(&'static str, f64); 16] {
        let fees = &self.fees;
        let (single, package) = (&fees.vix_single, &fees.vix_package);
        [
            ("broker_usd", fees.broker_usd),
            ("clearing_usd", fees.clearing_usd),
            ("spx_below_1_usd", fees.spx_below_1_usd),
            ("spx_from_1_usd", fees.spx_from_1_usd),
            ("vix_single.to_0_10_usd", single.to_0_10_usd),
            ("vix_single.to_0_99_usd", single.to_0_99_usd),
            ("vix_single.to_1_99_usd", single.to_1_99_usd),
            ("vix_single.from_2_usd", single.from_2_usd),
            ("vix_package.to_0_10_usd", package.to_0_10_usd),
            ("vix_package.to_0_99_usd", package.to_0_99_usd),
            ("vix_package.to_1_99_usd", package.to_1_99_usd),
            ("vix_package.from_2_usd", package.from_2_usd),
            ("xsp_small_usd", fees.xsp_small_usd),
            ("xsp_large_usd", fees.xsp_large_usd),
            ("vx_usd", fees.vx_usd),
            ("vxm_usd", fees.vxm_usd),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;

    #[test]
    fn defaults_are_valid_and_bad_numbers_are_named() {
        let good = Settings::default();
        good.validate().expect("defaults");
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            let mut settings = good.clone();
            settings.broker_margin_usd = Some(bad);
            assert_eq!(
                settings.validate().expect_err("margin").path,
                "broker_margin_usd"
            );
            let mut settings = good.clone();
            settings.fees.vix_single.to_1_99_usd = bad;
            let fault = settings.validate().expect_err("fee");
            assert_eq!(fault.path, "fees.vix_single.to_1_99_usd");
            let mut settings = good.clone();
            settings.slippage.vix_share = bad;
            assert_eq!(
                settings.validate().expect_err("slippage").path,
                "slippage.vix_share"
            );
        }
    }
}
