//! The term structure of at-the-money SPX vol: known at quoted expiries, the prior's shape elsewhere.
//!
//! Between two quoted expiries total variance is linear in time (Gatheral & Jacquier 2014, lemma 5.1,
//! the usual choice free of calendar arbitrage); outside them the prior's term structure is scaled to the
//! nearest quoted expiry.

use super::smile_prior::prior;

/// The at-the-money vol by time to expiry.
#[derive(Clone, Debug, PartialEq)]
pub struct AtmTerms {
    /// Spot VIX, points: the level of the prior.
    pub vix: f64,
    /// (years, total variance at the money) of quoted expiries, ascending in years.
    points: Vec<(f64, f64)>,
}

impl AtmTerms {
    /// A term structure through (years, at-the-money vol) of quoted expiries; those without time or vol
    /// are left out.
    pub fn new(vix: f64, quoted: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut points: Vec<_> = quoted
            .into_iter()
            .filter(|(years, vol)| *years > 0.0 && *vol > 0.0)
            .map(|(years, vol)| (years, vol * vol * years))
            .collect();
        points.sort_by(|x, y| x.0.total_cmp(&y.0));
        points.dedup_by_key(|point| point.0);
        Self { vix, points }
    }

    /// (years, vol) of the quoted expiries, ascending.
    pub fn quoted(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.points
            .iter()
            .map(|(years, variance)| (*years, (variance / years).sqrt()))
    }

    /// At-the-money vol `years` > 0 ahead, decimal.
    pub fn vol_at(&self, years: f64) -> f64 {
        let after = self.points.partition_point(|point| point.0 < years);
        let previous = after.checked_sub(1).and_then(|i| self.points.get(i));
        match (previous, self.points.get(after)) {
            (Some(low), Some(high)) => {
                let share = (years - low.0) / (high.0 - low.0);
                ((low.1 + share * (high.1 - low.1)) / years).sqrt()
            }
            (Some(edge), None) | (None, Some(edge)) => {
                let level = (edge.1 / edge.0).sqrt() / self.prior_vol(edge.0);
                level * self.prior_vol(years)
            }
            (None, None) => self.prior_vol(years),
        }
    }

    fn prior_vol(&self, years: f64) -> f64 {
        (prior(self.vix, years).theta / years).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::AtmTerms;

    #[test]
    fn quoted_expiries_are_met_and_total_variance_is_linear_between() {
        let terms = AtmTerms::new(18.0, [(0.2, 0.2), (0.1, 0.15), (0.0, 0.3)]);
        assert!((terms.vol_at(0.1) - 0.15).abs() < 1e-15);
        assert!((terms.vol_at(0.2) - 0.2).abs() < 1e-15);
        let middle = (f64::midpoint(0.00225, 0.008) / 0.15f64).sqrt();
        assert!((terms.vol_at(0.15) - middle).abs() < 1e-15);
        assert_eq!(terms.quoted().count(), 2);
    }

    #[test]
    fn outside_the_quotes_the_prior_is_scaled_continuously() {
        let empty = AtmTerms::new(20.0, []);
        assert!((empty.vol_at(46.0 / 365.0) - 0.176).abs() < 1e-12);
        let one = AtmTerms::new(20.0, [(46.0 / 365.0, 0.22)]);
        let ratio = one.vol_at(20.0 / 365.0) / empty.vol_at(20.0 / 365.0);
        assert!((ratio - 1.25).abs() < 1e-12);
        assert!((one.vol_at(46.001 / 365.0) - 0.22).abs() < 1e-4);
    }
}
