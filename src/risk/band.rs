//! Net vega against its band: sign conventions, the distance to an edge, and how many contracts reach a target.

use serde::{Deserialize, Serialize};

use super::figures::BandStatus;

/// Which number stands for the points that a VIX future moves per vol point of the condor's ATM vol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Convention {
    /// One for one: VIX delta counts as SPX vega.
    Naive,
    /// The model's tenor beta over the vol beta of the condor's expiry.
    #[default]
    Damped,
    /// How the future has moved with VIX of late, times the points of VIX per vol point; needs market history.
    Regression,
}

impl Convention {
    /// All conventions, in the order shown.
    pub const ALL: [Self; 3] = [Self::Naive, Self::Damped, Self::Regression];

    /// Name in the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::Naive => "Naive",
            Self::Damped => "Damped",
            Self::Regression => "Regression",
        }
    }

    /// Name in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Naive => "naive",
            Self::Damped => "damped",
            Self::Regression => "regression",
        }
    }

    /// The convention that counts: the regression without slopes falls back to the model.
    pub fn in_force(self, has_slopes: bool) -> Self {
        match self {
            Self::Regression if !has_slopes => Self::Damped,
            Self::Naive | Self::Damped | Self::Regression => self,
        }
    }
}

/// The sign that the band is read with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VegaSign {
    /// Standard signs: a short condor has negative vega; below the band is short vega.
    #[default]
    Economic,
    /// The method's literal wording: exposure is −net vega against the same band.
    Literal,
}

impl VegaSign {
    /// All readings, in the order shown.
    pub const ALL: [Self; 2] = [Self::Economic, Self::Literal];

    /// Name in the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::Economic => "Economic",
            Self::Literal => "Literal",
        }
    }
}

/// The figure that the band judges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VegaBasis {
    /// Scaled to the pack's reference wing width.
    #[default]
    WidthNormalised,
    /// Per condor as it is.
    Literal,
}

impl VegaBasis {
    /// All bases, in the order shown.
    pub const ALL: [Self; 2] = [Self::WidthNormalised, Self::Literal];

    /// Name in the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::WidthNormalised => "Width-normalised",
            Self::Literal => "Literal",
        }
    }
}

/// A band in index points per vol point per condor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Lower edge.
    pub low: f64,
    /// Upper edge.
    pub high: f64,
}

impl Band {
    /// The band as it applies to standard signs under a sign reading: the literal one mirrors it.
    pub fn under(self, sign: VegaSign) -> Self {
        match sign {
            VegaSign::Economic => self,
            VegaSign::Literal => Self {
                low: -self.high,
                high: -self.low,
            },
        }
    }

    /// Where a net vega stands.
    pub fn status(self, net: f64) -> BandStatus {
        if net < self.low {
            BandStatus::Short { by: self.low - net }
        } else if net > self.high {
            BandStatus::Long {
                by: net - self.high,
            }
        } else {
            BandStatus::Inside {
                left: (net - self.low).min(self.high - net),
            }
        }
    }
}

/// Contracts that lift net vega per condor from `net` to `target`, never negative, rounded up.
///
/// `unit` is the SPX-vega equivalent of one contract in index points; `condors` their number.
pub fn contracts_to_target(net: f64, target: f64, condors: f64, unit: f64) -> i32 {
    if unit <= 0.0 || unit.is_nan() || !net.is_finite() {
        return 0;
    }
    let exact = condors * (target - net) / unit;
    // A hair below a whole number is that number: the ceiling must not buy a contract for rounding noise.
    ((exact - 1e-9).ceil() as i32).max(0)
}

#[cfg(test)]
mod tests {
    use super::{Band, VegaSign, contracts_to_target};
    use crate::risk::figures::BandStatus;

    const BAND: Band = Band {
        low: -0.15,
        high: 0.25,
    };

    #[test]
    fn the_band_names_the_side_and_the_distance() {
        assert!(
            matches!(BAND.status(-0.25), BandStatus::Short { by } if (by - 0.10).abs() < 1e-12)
        );
        assert!(matches!(BAND.status(0.40), BandStatus::Long { by } if (by - 0.15).abs() < 1e-12));
        assert!(
            matches!(BAND.status(0.20), BandStatus::Inside { left } if (left - 0.05).abs() < 1e-12)
        );
    }

    #[test]
    fn the_literal_sign_mirrors_the_band() {
        let mirrored = BAND.under(VegaSign::Literal);
        assert_eq!((mirrored.low, mirrored.high), (-0.25, 0.15));
    }

    #[test]
    fn the_worked_unit_needs_six_and_a_third_and_a_future_two() {
        // −0.15 from −1.4384 per condor, ten condors: 6.35 units of 2.029; 1.65 VX of 7.827, rounded up.
        assert_eq!(contracts_to_target(-1.4384, -0.15, 10.0, 2.029), 7);
        assert_eq!(contracts_to_target(-1.4384, -0.15, 10.0, 7.827), 2);
        assert!((10.0 * (1.4384 - 0.15) / 2.029_f64 - 6.35).abs() < 0.01);
        assert_eq!(contracts_to_target(0.3, 0.2, 10.0, 1.0), 0);
        assert_eq!(contracts_to_target(0.0, 0.3, 10.0, 1.0), 3);
    }
}
