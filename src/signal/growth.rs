//! Healthy growth and a stable interest-rate differential: the vega band may widen.

use jiff::civil::Date;

use super::dated::{change_over, latest};
use super::params::signal_params;
use super::regime::Regime;

signal_params! {
    /// Parameters of the modifier.
    GrowthParams of growth: GrowthNumbers {
        healthy_saar_pct: f64,
        sessions: i32,
        stable_bp: f64,
        widen: f64,
    }
}

/// What the modifier is read from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GrowthInput<'a> {
    /// Real gross domestic product by quarter, any unit.
    pub real_gdp: &'a [(Date, f64)],
    /// Interest-rate differential, percentage points.
    pub differential_pp: &'a [(Date, f64)],
    /// The regime, if known.
    pub regime: Option<Regime>,
    /// Whether an event window is open.
    pub in_event_window: bool,
}

/// The modifier with its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Whether the band widens.
    pub widens: bool,
    /// Whether growth is healthy; `None` without two quarters.
    pub is_healthy: Option<bool>,
    /// Whether the differential is stable; `None` without a quarter of it.
    pub is_stable: Option<bool>,
    /// Whether Steward, an unknown regime or an event window forbids it.
    pub is_blocked: bool,
    /// Growth on the quarter, annualised, %.
    pub growth_saar_pct: Option<f64>,
    /// Change of the differential, basis points.
    pub differential_change_bp: Option<f64>,
    /// Factor on each side of the band: 1 when it does not widen.
    pub band_factor: f64,
}

/// Reads growth and differential.
pub fn growth(input: &GrowthInput<'_>, params: &GrowthParams) -> Growth {
    let growth_saar_pct = annualised_growth_pct(input.real_gdp);
    let differential_change_bp =
        change_over(input.differential_pp, params.sessions).map(|pp| 100.0 * pp);
    let is_healthy = growth_saar_pct.map(|growth| growth >= params.healthy_saar_pct);
    let is_stable = differential_change_bp.map(|change| change.abs() <= params.stable_bp);
    let is_blocked = input.regime != Some(Regime::Promoter) || input.in_event_window;
    let widens = is_healthy == Some(true) && is_stable == Some(true) && !is_blocked;
    Growth {
        widens,
        is_healthy,
        is_stable,
        is_blocked,
        growth_saar_pct,
        differential_change_bp,
        band_factor: if widens { 1.0 + params.widen } else { 1.0 },
    }
}

/// 100 × ((last quarter / the one before)⁴ − 1).
fn annualised_growth_pct(quarters: &[(Date, f64)]) -> Option<f64> {
    let (at, last) = latest(quarters)?;
    let earlier: Vec<(Date, f64)> = quarters.iter().filter(|one| one.0 < at).copied().collect();
    let (_, before) = latest(&earlier)?;
    (last > 0.0 && before > 0.0).then(|| 100.0 * ((last / before).powi(4) - 1.0))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::dated::tests::daily;
    use super::*;

    fn read(saar: f64, change_bp: f64, regime: Option<Regime>, in_event_window: bool) -> Growth {
        let gdp = [
            (date(2026, 1, 1), 23_000.0),
            (
                date(2026, 4, 1),
                23_000.0 * (1.0 + saar / 100.0_f64).powf(0.25),
            ),
        ];
        let mut differential = vec![1.5; 64];
        differential[63] += change_bp / 100.0;
        growth(
            &GrowthInput {
                real_gdp: &gdp,
                differential_pp: &daily(&differential),
                regime,
                in_event_window,
            },
            &GrowthParams::default(),
        )
    }

    #[test]
    fn healthy_stable_and_promoter() {
        let promoter = Some(Regime::Promoter);
        let found = read(2.01, -24.9, promoter, false);
        assert!(found.widens && found.band_factor == 1.2);
        assert!((found.growth_saar_pct.expect("a growth") - 2.01).abs() < 1e-9);
        assert!(!read(1.99, 0.0, promoter, false).widens);
        assert!(!read(2.5, 25.1, promoter, false).widens);
        assert!(!read(2.5, 0.0, promoter, true).widens);
        assert!(!read(2.5, 0.0, Some(Regime::Steward), false).widens);
        assert!(read(2.5, 0.0, None, false).is_blocked);
    }

    #[test]
    fn one_quarter_is_no_growth() {
        let input = GrowthInput {
            real_gdp: &[(date(2026, 1, 1), 23_000.0)],
            differential_pp: &[],
            regime: Some(Regime::Promoter),
            in_event_window: false,
        };
        let found = growth(&input, &GrowthParams::default());
        assert_eq!(
            (found.is_healthy, found.is_stable, found.widens),
            (None, None, false)
        );
    }
}
