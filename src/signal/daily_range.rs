//! Expected daily range (EDR): one day's standard deviation of SPX in %, by implied vol or by a blend.

use super::params::signal_params;
use crate::indicator::TRADING_DAYS_PER_YEAR;

signal_params! {
    /// Parameters of the range.
    DailyRangeParams of daily_range: DailyRangeNumbers {
        line_pct: f64,
        vix9d_weight: f64,
        hv_weight: f64,
    }
}

/// What the range is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RangeSource {
    /// VIX, points.
    Vix {
        /// Its level.
        vix: f64,
    },
    /// VIX9D in points and 20-day realised vol, decimal.
    Blend {
        /// Level of VIX9D.
        vix9d: f64,
        /// Realised vol.
        realised: f64,
    },
}

/// The range with its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DailyRange {
    /// What it was made of.
    pub source: RangeSource,
    /// The yearly vol behind it, %.
    pub vol_pct: f64,
    /// The range, % of SPX.
    pub range_pct: f64,
    /// Whether it lies above the line.
    pub is_above_line: bool,
}

/// The range; `None` unless its inputs are numbers, 0 or more.
pub fn daily_range(source: RangeSource, params: &DailyRangeParams) -> Option<DailyRange> {
    let vol_pct = match source {
        RangeSource::Vix { vix } => vix,
        RangeSource::Blend { vix9d, realised } => {
            params.vix9d_weight * vix9d + params.hv_weight * 100.0 * realised
        }
    };
    let range_pct = vol_pct / TRADING_DAYS_PER_YEAR.sqrt();
    (range_pct.is_finite() && range_pct >= 0.0).then_some(DailyRange {
        source,
        vol_pct,
        range_pct,
        is_above_line: range_pct > params.line_pct,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_at_vix_14_9() {
        let params = DailyRangeParams::default();
        let range = |vix| daily_range(RangeSource::Vix { vix }, &params).expect("a range");
        assert!(!range(14.92).is_above_line && range(14.93).is_above_line);
        assert!((range(16.0).range_pct - 1.007_905).abs() < 1e-6);
        let blend = RangeSource::Blend {
            vix9d: 15.0,
            realised: 0.10,
        };
        assert!((daily_range(blend, &params).expect("a range").vol_pct - 13.0).abs() < 1e-12);
        assert_eq!(
            daily_range(RangeSource::Vix { vix: f64::NAN }, &params),
            None
        );
    }
}
