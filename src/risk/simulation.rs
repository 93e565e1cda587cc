//! Simulated paths of SPX and VIX, day by day under the real-world measure, and what a book is worth on them.
//!
//! The law is `law`'s; everything else (curve, SPX vols, VIX-option vols, prices) is the scenario model's
//! own on the simulated levels, so a simulated path and a payoff line share one pricer. Paths come in
//! antithetic pairs from one seed: the same specification gives the same paths to the last bit.
//!
//! The drift decides the sign of a condor's expected P/L, so whoever shows one shows it at several drifts:
//! [`Simulation::with_drift`] gives the same paths under another one.

mod control;
mod law;
mod outcome;
mod prices;
mod workers;

use std::sync::Arc;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng as _, SeedableRng as _};

use super::scenario::Origin;
use crate::indicator::TRADING_DAYS_PER_YEAR;
use crate::pricing::exp_fast;

pub use control::RunControl;
pub use law::{Shocks, Step, VIX_LAW_CAP, VIX_LAW_FLOOR};
pub use outcome::{Outcome, outcome};
pub use prices::{PathPrices, SimulationError};
pub use workers::on_all_cores;

/// Paths of a simulation unless asked otherwise.
pub const PATHS: usize = 10_000;
/// Seed of a simulation unless asked otherwise.
pub const SEED: u64 = 20_160_201;

/// What to simulate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SimulationSpec {
    /// Paths; an odd number is rounded up, because paths come in pairs.
    pub paths: usize,
    /// Trading days ahead, at least 1.
    pub trading_days: u32,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Expected price return of SPX per year, continuously compounded, decimal: 0.05 = 5 %.
    pub drift_per_year: f64,
}

impl SimulationSpec {
    /// The default number of paths and seed.
    pub fn new(trading_days: u32, drift_per_year: f64) -> Self {
        Self {
            paths: PATHS,
            trading_days,
            seed: SEED,
            drift_per_year,
        }
    }
}

/// Drift of the S&P 500 price index a year unless asked otherwise: riskless rate + equity premium − dividend
/// yield. All continuously compounded decimals.
pub fn default_drift(rate: f64, equity_premium: f64, dividend: f64) -> f64 {
    rate + equity_premium - dividend
}

/// SPX and VIX on every path at the close of every trading day, day 0 being now.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// What was simulated.
    pub spec: SimulationSpec,
    /// Today's levels.
    pub origin: Origin,
    /// SPX by day and path.
    spx: Arc<Vec<Vec<f64>>>,
    /// VIX in points by day and path.
    vix: Arc<Vec<Vec<f64>>>,
}

impl Simulation {
    /// Simulates from today's levels. Paths 2i and 2i + 1 are a pair: every shock of one is the opposite
    /// quantile of the other's.
    pub fn run(spec: SimulationSpec, origin: Origin) -> Self {
        let pairs = spec.paths.div_ceil(2).max(1);
        let days = spec.trading_days.max(1);
        let spec = SimulationSpec {
            paths: 2 * pairs,
            trading_days: days,
            ..spec
        };
        let shocks = Shocks::shared();
        let mut random = Pcg64::seed_from_u64(spec.seed);
        let drift = spec.drift_per_year / TRADING_DAYS_PER_YEAR;
        let vix_now = origin.vix.clamp(VIX_LAW_FLOOR, VIX_LAW_CAP);
        let mut log_spx = vec![0.0; spec.paths];
        let mut log_vix = vec![vix_now.ln(); spec.paths];
        let mut spx = vec![vec![origin.spx; spec.paths]];
        let mut vix = vec![vec![origin.vix; spec.paths]];
        for _ in 0..days {
            let pairs = log_spx.chunks_exact_mut(2).zip(log_vix.chunks_exact_mut(2));
            for (spx_pair, vix_pair) in pairs {
                let draw = random.next_u64();
                let members = spx_pair.iter_mut().zip(vix_pair).zip([false, true]);
                for ((spx, vix), mirrored) in members {
                    let step = shocks.step(*vix, draw, mirrored);
                    *spx += drift + step.log_spx;
                    *vix = step.log_vix;
                }
            }
            let levels =
                |logs: &[f64], now: f64| logs.iter().map(|log| now * exp_fast(*log)).collect();
            spx.push(levels(&log_spx, origin.spx));
            vix.push(levels(&log_vix, 1.0));
        }
        Self {
            spec,
            origin,
            spx: Arc::new(spx),
            vix: Arc::new(vix),
        }
    }

    /// The same shocks under another drift: VIX does not see the drift, and SPX grows by the difference.
    #[must_use]
    pub fn with_drift(&self, drift_per_year: f64) -> Self {
        let more = (drift_per_year - self.spec.drift_per_year) / TRADING_DAYS_PER_YEAR;
        let grown = |(day, levels): (usize, &Vec<f64>)| {
            let growth = (more * day as f64).exp();
            levels.iter().map(|level| level * growth).collect()
        };
        Self {
            spec: SimulationSpec {
                drift_per_year,
                ..self.spec
            },
            origin: self.origin,
            spx: Arc::new(self.spx.iter().enumerate().map(grown).collect()),
            vix: Arc::clone(&self.vix),
        }
    }

    /// Trading days simulated.
    pub fn trading_days(&self) -> u32 {
        self.spec.trading_days
    }

    /// Number of paths.
    pub fn paths(&self) -> usize {
        self.spec.paths
    }

    /// SPX on every path after so many trading days; the last day beyond the end.
    pub fn spx_on(&self, trading_day: u32) -> &[f64] {
        &self.spx[self.day(trading_day)]
    }

    /// VIX on every path after so many trading days, in points; the last day beyond the end.
    pub fn vix_on(&self, trading_day: u32) -> &[f64] {
        &self.vix[self.day(trading_day)]
    }

    fn day(&self, trading_day: u32) -> usize {
        (trading_day as usize).min(self.spx.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Simulation, SimulationSpec, outcome};
    use crate::risk::scenario::Origin;

    const ORIGIN: Origin = Origin {
        spx: 6000.0,
        vix: 18.0,
    };

    fn quantile(sorted: &[f64], share: f64) -> f64 {
        sorted[((sorted.len() - 1) as f64 * share).round() as usize]
    }

    #[test]
    fn the_same_specification_gives_the_same_paths() {
        let spec = SimulationSpec::new(5, 0.05);
        let (one, two) = (Simulation::run(spec, ORIGIN), Simulation::run(spec, ORIGIN));
        assert_eq!(one, two);
        let other = SimulationSpec { seed: 7, ..spec };
        assert_ne!(one.spx_on(5), Simulation::run(other, ORIGIN).spx_on(5));
    }

    #[test]
    fn the_mean_of_spx_grows_by_the_drift() {
        let spec = SimulationSpec {
            paths: 20_000,
            ..SimulationSpec::new(21, 0.0)
        };
        let still = Simulation::run(spec, ORIGIN);
        for drift in [0.0, 0.08, 0.16] {
            let simulation = still.with_drift(drift);
            let found = outcome(simulation.spx_on(21));
            let expected = ORIGIN.spx * (drift * 21.0 / 252.0).exp();
            let error = found.expected_usd - expected;
            assert!(found.standard_error_usd < 2e-4 * ORIGIN.spx);
            assert!(
                error.abs() < 4.0 * found.standard_error_usd,
                "drift {drift}: off by {error}, standard error {}",
                found.standard_error_usd
            );
        }
    }

    #[test]
    fn another_drift_moves_spx_alone() {
        let spec = SimulationSpec {
            paths: 50,
            ..SimulationSpec::new(7, 0.05)
        };
        let (once, anew) = (
            Simulation::run(spec, ORIGIN).with_drift(0.3),
            Simulation::run(
                SimulationSpec {
                    drift_per_year: 0.3,
                    ..spec
                },
                ORIGIN,
            ),
        );
        assert_eq!(once.vix_on(7), anew.vix_on(7));
        for (one, other) in once.spx_on(7).iter().zip(anew.spx_on(7)) {
            assert!((one / other - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_pair_goes_opposite_ways_on_its_first_day() {
        let spec = SimulationSpec {
            paths: 2_000,
            ..SimulationSpec::new(1, 0.0)
        };
        let simulation = Simulation::run(spec, ORIGIN);
        let logs: Vec<f64> = (simulation.spx_on(1).iter())
            .map(|level| (level / ORIGIN.spx).ln())
            .collect();
        let mean = logs.iter().sum::<f64>() / logs.len() as f64;
        let (mut together, mut alone) = (0.0, 0.0);
        for pair in logs.chunks_exact(2) {
            together += 2.0 * (pair[0] - mean) * (pair[1] - mean);
            alone += (pair[0] - mean).powi(2) + (pair[1] - mean).powi(2);
        }
        // Not −1, because the law is skewed.
        let correlation = together / alone;
        assert!(correlation < -0.85, "{correlation}");
    }

    /// VIX at a share of the closes of 2016 to 2026: log-linear between its published quantiles.
    fn historical_vix(share: f64) -> f64 {
        let table = [
            (0.0, 9.14),
            (0.05, 10.7),
            (0.50, 16.6),
            (0.95, 30.9),
            (0.99, 45.1),
            (1.0, 82.69),
        ];
        let above = table.iter().position(|(at, _)| *at >= share);
        let above = above.unwrap_or(table.len() - 1).max(1);
        let ((from, low), (to, high)) = (table[above - 1], table[above]);
        let weight = (share - from) / (to - from);
        f64::exp((1.0 - weight) * f64::ln(low) + weight * f64::ln(high))
    }

    /// Quantiles of five-day moves over VIX √h, and of VIX after them, from days with the VIX of 2016 to 2026:
    /// the model's published check, which stands beside the data in `docs/model.md`. It was made at the drift
    /// of those years, 15 % a year in logs, which is some 16 % in means.
    #[test]
    fn five_days_have_the_checked_quantiles() {
        let (mut moves, mut levels) = (Vec::new(), Vec::new());
        for start in 0..500_u64 {
            let origin = Origin {
                spx: 6000.0,
                vix: historical_vix((start as f64 + 0.5) / 500.0),
            };
            let spec = SimulationSpec {
                paths: 200,
                seed: start,
                ..SimulationSpec::new(5, 0.16)
            };
            let simulation = Simulation::run(spec, origin);
            let unit = origin.vix / 100.0 * (5.0_f64 / 252.0).sqrt();
            let spots = simulation.spx_on(5).iter();
            moves.extend(spots.map(|spot| (spot / 6000.0).ln() / unit));
            levels.extend_from_slice(simulation.vix_on(5));
        }
        moves.sort_by(f64::total_cmp);
        levels.sort_by(f64::total_cmp);
        let table = [
            (0.01, -2.27),
            (0.05, -1.26),
            (0.25, -0.28),
            (0.50, 0.22),
            (0.75, 0.64),
            (0.95, 1.19),
            (0.99, 1.60),
        ];
        for (share, expected) in table {
            let found = quantile(&moves, share);
            assert!(
                (found - expected).abs() < 0.04,
                "move at {share}: found {found}, expected {expected}"
            );
        }
        for (share, expected) in [(0.05, 10.8), (0.50, 16.6), (0.95, 30.7), (0.99, 44.5)] {
            let found = quantile(&levels, share);
            assert!(
                (found / expected - 1.0).abs() < 0.08,
                "VIX at {share}: found {found}, expected {expected}"
            );
        }
    }

    /// Left to itself VIX has thinner tails than in those years: the page of the model says so.
    #[test]
    fn a_long_run_has_its_own_quantiles_of_vix() {
        let spec = SimulationSpec {
            paths: 200,
            ..SimulationSpec::new(1_000, 0.08)
        };
        let simulation = Simulation::run(spec, ORIGIN);
        let days = (250..=1_000).step_by(10);
        let mut levels: Vec<f64> = days
            .flat_map(|day| simulation.vix_on(day))
            .copied()
            .collect();
        levels.sort_by(f64::total_cmp);
        for (share, expected) in [(0.05, 10.7), (0.50, 16.1), (0.95, 28.6), (0.99, 39.8)] {
            let found = quantile(&levels, share);
            assert!(
                (found / expected - 1.0).abs() < 0.06,
                "VIX at {share}: found {found}, expected {expected}"
            );
        }
    }
}
