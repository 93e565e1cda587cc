//! Product families (roots) and their contract terms: multiplier, ticks, strike grid, settlement.
//!
//! Terms are those of the Cboe product specifications (SPX, SPXW, XSP, VIX options) and the CFE
//! rulebook, chapters 12 (VX) and 17 (VXM). All options here are European and settle in cash.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::{ExpirySeries, SettlementTime, is_listed_expiry, listed_expiries};
use crate::units::OPTION_MULTIPLIER;

/// Dollars per point of a VX future.
const VX_MULTIPLIER: f64 = 1000.0;
/// Dollars per point of a VXM (mini) future.
const VXM_MULTIPLIER: f64 = 100.0;
/// VIX futures months that are listed ahead.
const VX_MONTHS: usize = 9;
/// Option premium in points at which the coarser tick begins.
const COARSE_TICK_FROM: f64 = 3.0;

/// A product family, by its exchange symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Root {
    /// S&P 500 options, monthly, settled to the opening prints.
    Spx,
    /// S&P 500 options, settled to the close.
    Spxw,
    /// Options on a tenth of the S&P 500, settled to the close.
    Xsp,
    /// VIX options, monthly.
    Vix,
    /// VIX options of the other weeks.
    Vixw,
    /// VIX futures.
    Vx,
    /// Mini VIX futures.
    Vxm,
}

/// What a root's value finally depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Underlying {
    /// The S&P 500 index.
    Spx,
    /// The VIX future of the same expiry.
    Vix,
}

/// Text that names no root.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RootError {
    /// A VIX exchange-traded product, which has no expiry and follows an index of futures.
    #[error("found '{0}': VIX exchange-traded products are not modelled")]
    ExchangeTradedProduct(String),
    /// Anything else.
    #[error("found '{0}': expected SPX, SPXW, XSP, VIX, VIXW, VX or VXM")]
    Unknown(String),
}

/// Exchange-traded products that traders name beside the roots.
const EXCHANGE_TRADED: [&str; 4] = ["VXX", "UVXY", "SVXY", "VIXM"];

impl Root {
    /// Every root.
    pub const ALL: [Self; 7] = [
        Self::Spx,
        Self::Spxw,
        Self::Xsp,
        Self::Vix,
        Self::Vixw,
        Self::Vx,
        Self::Vxm,
    ];

    /// The exchange symbol.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Spx => "SPX",
            Self::Spxw => "SPXW",
            Self::Xsp => "XSP",
            Self::Vix => "VIX",
            Self::Vixw => "VIXW",
            Self::Vx => "VX",
            Self::Vxm => "VXM",
        }
    }

    /// What the contract's value finally depends on.
    pub fn underlying(self) -> Underlying {
        match self {
            Self::Spx | Self::Spxw | Self::Xsp => Underlying::Spx,
            Self::Vix | Self::Vixw | Self::Vx | Self::Vxm => Underlying::Vix,
        }
    }

    /// Whether contracts of this root are options (the others are futures).
    pub fn is_option(self) -> bool {
        !matches!(self, Self::Vx | Self::Vxm)
    }

    /// Dollars per point per contract.
    pub fn multiplier(self) -> f64 {
        match self {
            Self::Spx | Self::Spxw | Self::Xsp | Self::Vix | Self::Vixw => OPTION_MULTIPLIER,
            Self::Vx => VX_MULTIPLIER,
            Self::Vxm => VXM_MULTIPLIER,
        }
    }

    /// The root's index as a fraction of its underlying: 0.1 for XSP, else 1.
    pub fn index_scale(self) -> f64 {
        if self == Self::Xsp { 0.1 } else { 1.0 }
    }

    /// Whether the contract settles at the opening prints or at the close.
    pub fn settlement_time(self) -> SettlementTime {
        match self {
            Self::Spxw | Self::Xsp => SettlementTime::Close,
            Self::Spx | Self::Vix | Self::Vixw | Self::Vx | Self::Vxm => SettlementTime::Open,
        }
    }

    /// The rule by which the root's expiries fall.
    pub fn expiry_series(self) -> ExpirySeries {
        match self {
            Self::Spx => ExpirySeries::SpxAm,
            Self::Spxw | Self::Xsp => ExpirySeries::SpxPm,
            Self::Vix | Self::Vx | Self::Vxm => ExpirySeries::VixMonthly,
            Self::Vixw => ExpirySeries::VixWeekly,
        }
    }

    /// Whether the root can expire on that day. VX has weeklies under the same symbol.
    pub fn is_expiry(self, day: Date) -> bool {
        is_listed_expiry(self.expiry_series(), day)
            || (self == Self::Vx && is_listed_expiry(ExpirySeries::VixWeekly, day))
    }

    /// The expiries that are listed on the day `from`, ascending (monthlies for futures).
    pub fn listed_expiries(self, from: Date) -> Vec<Date> {
        let mut listed = listed_expiries(self.expiry_series(), from);
        if !self.is_option() {
            listed.truncate(VX_MONTHS);
        }
        listed
    }

    /// The smallest price step in points of a single contract that trades at `price` points.
    pub fn tick_points(self, price: f64) -> f64 {
        let coarse = price >= COARSE_TICK_FROM;
        match self {
            Self::Spx | Self::Spxw if coarse => 0.10,
            Self::Spx | Self::Spxw | Self::Vx => 0.05,
            Self::Vix | Self::Vixw if coarse => 0.05,
            Self::Xsp | Self::Vix | Self::Vixw | Self::Vxm => 0.01,
        }
    }

    /// The smallest step in points of the net price of a multi-leg order.
    pub fn package_tick_points(self) -> f64 {
        match self {
            Self::Spx | Self::Spxw => 0.05,
            Self::Xsp | Self::Vix | Self::Vixw | Self::Vx | Self::Vxm => 0.01,
        }
    }

    /// Points between neighbouring strikes near `strike`, with so many calendar days to expiry.
    ///
    /// VIX and XSP follow their specifications. The exchange's SPX intervals (5 to 200) depend on
    /// notices and on how far a strike lies from the index; the steps here are the finest that are
    /// usual: 5 to 180 days, 10 to a year, 25 to two years, then 50. Futures have none: 0.
    pub fn strike_step_points(self, strike: f64, days_to_expiry: i32) -> f64 {
        match self {
            Self::Spx | Self::Spxw => match days_to_expiry {
                ..=180 => 5.0,
                181..=365 => 10.0,
                366..=730 => 25.0,
                731.. => 50.0,
            },
            Self::Xsp => match days_to_expiry {
                ..=35 => 0.5,
                36..=180 => 1.0,
                181.. => 5.0,
            },
            Self::Vix | Self::Vixw if strike < 15.0 => 0.5,
            Self::Vix | Self::Vixw if strike < 200.0 => 1.0,
            Self::Vix | Self::Vixw => 5.0,
            Self::Vx | Self::Vxm => 0.0,
        }
    }

    /// Points of a coarse step in the editor (Shift): 25 for SPX, 5 for VIX and XSP, 0 for futures.
    pub fn coarse_step_points(self) -> f64 {
        match self {
            Self::Spx | Self::Spxw => 25.0,
            Self::Xsp | Self::Vix | Self::Vixw => 5.0,
            Self::Vx | Self::Vxm => 0.0,
        }
    }

    /// The strike of the grid nearest to `strike`, at least one step; unchanged for futures and for
    /// what is not finite.
    pub fn snap_strike(self, strike: f64, days_to_expiry: i32) -> f64 {
        let step = self.strike_step_points(strike, days_to_expiry);
        if step > 0.0 && strike.is_finite() {
            ((strike / step).round() * step).max(step)
        } else {
            strike
        }
    }

    /// Whether a strike lies on the grid.
    pub fn is_on_grid(self, strike: f64, days_to_expiry: i32) -> bool {
        (self.snap_strike(strike, days_to_expiry) - strike).abs() < 1e-6
    }
}

impl fmt::Display for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.symbol())
    }
}

impl FromStr for Root {
    type Err = RootError;

    /// Reads an exchange symbol, in any case, with space around it.
    fn from_str(text: &str) -> Result<Self, RootError> {
        let symbol = text.trim().to_ascii_uppercase();
        if EXCHANGE_TRADED.contains(&symbol.as_str()) {
            return Err(RootError::ExchangeTradedProduct(symbol));
        }
        Self::ALL
            .into_iter()
            .find(|root| root.symbol() == symbol)
            .ok_or_else(|| RootError::Unknown(text.to_owned()))
    }
}

impl fmt::Display for Underlying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Spx => "SPX",
            Self::Vix => "VIX",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_round_trip_as_text_and_ron() {
        for root in Root::ALL {
            assert_eq!(root.symbol().to_lowercase().parse(), Ok(root));
            let text = ron::to_string(&root).expect("serialises");
            assert_eq!(text, root.symbol());
            assert_eq!(ron::from_str(&text), Ok(root));
        }
    }

    #[test]
    fn exchange_traded_products_are_told_apart_from_typos() {
        let product = "uvxy".parse::<Root>().expect_err("refused");
        assert!(product.to_string().contains("not modelled"), "{product}");
        let typo = "SPY".parse::<Root>().expect_err("refused");
        assert_eq!(typo, RootError::Unknown("SPY".to_owned()));
    }

    #[test]
    fn contract_terms() {
        assert_eq!(Root::Vx.multiplier(), 1000.0);
        assert_eq!(Root::Vxm.multiplier(), 100.0);
        assert_eq!(Root::Xsp.index_scale(), 0.1);
        for (root, price, tick) in [
            (Root::Spx, 2.99, 0.05),
            (Root::Spxw, 3.0, 0.10),
            (Root::Vix, 2.99, 0.01),
            (Root::Vix, 3.0, 0.05),
            (Root::Xsp, 9.0, 0.01),
            (Root::Vx, 18.0, 0.05),
            (Root::Vxm, 18.0, 0.01),
        ] {
            assert_eq!(root.tick_points(price), tick, "{root} at {price}");
        }
    }

    #[test]
    fn strikes_snap_to_the_grid() {
        assert_eq!(Root::Spxw.snap_strike(5642.4, 45), 5640.0);
        assert_eq!(Root::Spx.snap_strike(5642.4, 500), 5650.0);
        assert_eq!(Root::Vix.snap_strike(14.3, 30), 14.5);
        assert_eq!(Root::Vix.snap_strike(22.4, 30), 22.0);
        assert_eq!(Root::Spx.snap_strike(-30.0, 30), 5.0);
        assert!(Root::Spx.snap_strike(f64::NAN, 30).is_nan());
        assert!(!Root::Spx.is_on_grid(5642.0, 45));
    }
}
