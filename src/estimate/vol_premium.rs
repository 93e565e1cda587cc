//! Implied over realised vol.

/// IV30 beside RV20.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VolPremium {
    /// 30-day implied vol, decimal.
    pub implied: f64,
    /// Realised vol of the last 20 returns, decimal.
    pub realised: f64,
    /// Implied over realised: above 1, options cost more than the last month moved.
    pub ratio: f64,
    /// Implied less realised, vol points.
    pub difference_points: f64,
}

/// Sets implied beside realised vol; `None` unless both are positive.
pub fn vol_premium(implied: f64, realised: f64) -> Option<VolPremium> {
    let ratio = implied / realised;
    (implied > 0.0 && realised > 0.0 && ratio.is_finite()).then_some(VolPremium {
        implied,
        realised,
        ratio,
        difference_points: 100.0 * (implied - realised),
    })
}

#[cfg(test)]
mod tests {
    use super::vol_premium;

    #[test]
    fn ratio_and_difference() {
        let premium = vol_premium(0.18, 0.15).expect("a premium");
        assert!(
            (premium.ratio - 1.2).abs() < 1e-12 && (premium.difference_points - 3.0).abs() < 1e-12
        );
        assert_eq!(vol_premium(0.18, 0.0), None);
        assert_eq!(vol_premium(f64::NAN, 0.1), None);
    }
}
