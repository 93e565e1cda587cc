//! A strike that can be compared, hashed and sorted: points held in whole thousandths.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Thousandths in a point, the resolution of the OCC option symbol.
const PER_POINT: f64 = 1000.0;

/// Largest strike in points: eight digits of thousandths, as in the OCC symbol.
const LARGEST: f64 = 99_999.999;

/// A strike in index points, 0.001 to 99,999.999, exact to a thousandth.
///
/// Serialised as a plain number of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Strike(u32);

/// A number that cannot be a strike.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("strike {found}: expected points between 0.001 and 99,999.999")]
pub struct StrikeError {
    /// The number as given.
    pub found: f64,
}

impl Strike {
    /// A strike of so many points, rounded to a thousandth.
    ///
    /// # Errors
    /// [`StrikeError`] when the number is not finite, not positive, or too large for a symbol.
    pub fn new(points: f64) -> Result<Self, StrikeError> {
        let thousandths = (points * PER_POINT).round();
        if points.is_finite() && thousandths >= 1.0 && points <= LARGEST {
            Ok(Self(thousandths as u32))
        } else {
            Err(StrikeError { found: points })
        }
    }

    /// The strike in index points.
    pub fn points(self) -> f64 {
        f64::from(self.0) / PER_POINT
    }

    /// The strike in thousandths of a point: an exact integer key.
    pub fn thousandths(self) -> u32 {
        self.0
    }
}

impl TryFrom<f64> for Strike {
    type Error = StrikeError;

    fn try_from(points: f64) -> Result<Self, StrikeError> {
        Self::new(points)
    }
}

impl From<Strike> for f64 {
    fn from(strike: Strike) -> Self {
        strike.points()
    }
}

/// `5640`, `22.5`: no grouping, no needless zeros. `{:#}` groups thousands: `5,640`.
impl fmt::Display for Strike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, thousandths) = (self.0 / 1000, self.0 % 1000);
        if f.alternate() && whole >= 1000 {
            write!(f, "{},{:03}", whole / 1000, whole % 1000)?;
        } else {
            write!(f, "{whole}")?;
        }
        if thousandths > 0 {
            let digits = format!("{thousandths:03}");
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_a_trader_writes() {
        for (points, plain, grouped) in [
            (5640.0, "5640", "5,640"),
            (22.5, "22.5", "22.5"),
            (12000.0, "12000", "12,000"),
            (1005.25, "1005.25", "1,005.25"),
            (0.001, "0.001", "0.001"),
        ] {
            let strike = Strike::new(points).expect("valid");
            assert_eq!(format!("{strike}"), plain);
            assert_eq!(format!("{strike:#}"), grouped);
            assert_eq!(strike.points(), points);
        }
    }

    #[test]
    fn refuses_what_is_no_strike() {
        for points in [0.0, -5.0, f64::NAN, f64::INFINITY, 100_000.0, 0.0001] {
            assert!(Strike::new(points).is_err(), "{points}");
        }
    }

    #[test]
    fn serialises_as_points() {
        let strike = Strike::new(6305.0).expect("valid");
        assert_eq!(ron::to_string(&strike).expect("serialises"), "6305.0");
        assert_eq!(
            ron::from_str::<Strike>("22.5").map(Strike::thousandths),
            Ok(22_500)
        );
        assert!(ron::from_str::<Strike>("-1.0").is_err());
    }
}
