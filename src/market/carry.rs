//! The carry of the index: what its forwards say beyond the spot, by time to settlement.
//!
//! Where a chain gives parity forwards, the log carry ln(F / S) is interpolated linearly in time through
//! (0, 0) and those forwards; beyond the last, and without a chain, it grows at rate less dividend yield.

use super::chain::Chain;

/// The log carry of the index by years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carry {
    /// (years, ln(F / S)) of the parity forwards, ascending.
    points: Vec<(f64, f64)>,
    /// Continuous growth per year beyond the points, rate less dividend.
    growth: f64,
}

impl Carry {
    /// The carry without a chain: `growth` = rate − dividend yield.
    pub fn flat(growth: f64) -> Self {
        Self {
            points: Vec::new(),
            growth,
        }
    }

    /// The carry that a chain's forwards imply, as measured at the chain's own instant.
    pub fn of_chain(chain: &Chain, growth: f64) -> Self {
        let mut points: Vec<(f64, f64)> = chain
            .expiries
            .iter()
            .map(|entry| {
                let settlement =
                    crate::calendar::settlement_instant(entry.expiry, entry.root.settlement_time());
                let years = crate::calendar::years_between(chain.as_of, settlement);
                (years, (entry.forward / chain.spot).ln())
            })
            .filter(|(years, log)| *years > 0.0 && log.is_finite())
            .collect();
        points.sort_by(|x, y| x.0.total_cmp(&y.0));
        Self { points, growth }
    }

    /// ln(F / S) for a settlement `years` ahead.
    pub fn log_carry(&self, years: f64) -> f64 {
        let mut low = (0.0, 0.0);
        for &high in &self.points {
            if years <= high.0 {
                if high.0 <= low.0 {
                    return high.1;
                }
                return low.1 + (high.1 - low.1) * (years - low.0) / (high.0 - low.0);
            }
            low = high;
        }
        low.1 + self.growth * (years - low.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Carry;

    #[test]
    fn flat_growth_and_points() {
        let flat = Carry::flat(0.03);
        assert!((6000.0 * flat.log_carry(45.0 / 365.0).exp() - 6022.2329).abs() < 1e-4);
        let carry = Carry {
            points: vec![(0.1, 0.002), (0.2, 0.006)],
            growth: 0.03,
        };
        assert!((carry.log_carry(0.05) - 0.001).abs() < 1e-15);
        assert!((carry.log_carry(0.15) - 0.004).abs() < 1e-15);
        assert!((carry.log_carry(1.2) - 0.036).abs() < 1e-15);
    }
}
