//! Simulated paths of SPX and VIX, day by day under the real-world measure, and what a book is worth on them.
//!
//! The law is [`law`]'s; everything else (curve, SPX vols, VIX-option vols, prices) is the scenario model's
//! own on the simulated levels, so a simulated path and a payoff line share one pricer. Paths come in
//! antithetic pairs from one seed: the same specification gives the same paths to the last bit.
//!
//! The drift decides the sign of a condor's expected P/L, so whoever shows one shows it at several drifts.

mod law;
mod outcome;
mod prices;

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng as _, SeedableRng as _};

use super::scenario::Origin;

pub use law::{Shocks, VIX_LAW_CAP, VIX_LAW_FLOOR};
pub use outcome::{Outcome, outcome};
pub use prices::HorizonPrices;

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

/// SPX and VIX on every path at every trading day, the first day being now.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// What was simulated.
    pub spec: SimulationSpec,
    /// Today's levels.
    pub origin: Origin,
    /// SPX by day and path.
    spx: Vec<Vec<f64>>,
    /// VIX in points by day and path.
    vix: Vec<Vec<f64>>,
}

impl Simulation {
    /// Simulates from today's levels.
    pub fn run(spec: SimulationSpec, origin: Origin) -> Self {
        let pairs = spec.paths.div_ceil(2).max(1);
        let days = spec.trading_days.max(1) as usize;
        let shocks = Shocks::shared();
        let mut random = Pcg64::seed_from_u64(spec.seed);
        let mut simulation = Self {
            spec: SimulationSpec {
                paths: 2 * pairs,
                trading_days: days as u32,
                ..spec
            },
            origin,
            spx: Vec::with_capacity(days + 1),
            vix: Vec::with_capacity(days + 1),
        };
        let vix_now = origin.vix.clamp(VIX_LAW_FLOOR, VIX_LAW_CAP);
        let mut log_spx = vec![0.0; 2 * pairs];
        let mut log_vix = vec![vix_now.ln(); 2 * pairs];
        simulation.spx.push(vec![origin.spx; 2 * pairs]);
        simulation.vix.push(vec![origin.vix; 2 * pairs]);
        for _ in 0..days {
            for pair in 0..pairs {
                let draw = random.next_u64();
                for (path, mirrored) in [(2 * pair, false), (2 * pair + 1, true)] {
                    let step = shocks.step(log_vix[path], draw, mirrored);
                    log_spx[path] += spec.drift_per_year / 252.0 + step.log_spx;
                    log_vix[path] = step.log_vix;
                }
            }
            let spots = log_spx.iter().map(|log| origin.spx * log.exp());
            simulation.spx.push(spots.collect());
            let levels = log_vix.iter().map(|log| log.exp());
            simulation.vix.push(levels.collect());
        }
        simulation
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
    use super::{Simulation, SimulationSpec};
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
        for drift in [0.0, 0.08, 0.16] {
            let spec = SimulationSpec {
                paths: 40_000,
                ..SimulationSpec::new(21, drift)
            };
            let simulation = Simulation::run(spec, ORIGIN);
            let spots = simulation.spx_on(21);
            let mean = spots.iter().sum::<f64>() / spots.len() as f64;
            let expected = ORIGIN.spx * (drift * 21.0 / 252.0).exp();
            assert!(
                (mean / expected - 1.0).abs() < 1.5e-3,
                "drift {drift}: mean {mean}, expected {expected}"
            );
        }
    }

    /// Quantiles of five-day moves over VIX √h and of VIX itself in a long run, against the model's own
    /// published check (which stands beside data of 2016 to 2026 in `docs/model.md`).
    #[test]
    fn a_long_run_has_the_checked_quantiles() {
        let spec = SimulationSpec {
            paths: 400,
            ..SimulationSpec::new(1_500, 0.08)
        };
        let simulation = Simulation::run(spec, ORIGIN);
        let (mut moves, mut levels) = (Vec::new(), Vec::new());
        for day in (250..1_495).step_by(5) {
            let (from, to) = (simulation.spx_on(day), simulation.spx_on(day + 5));
            let vix = simulation.vix_on(day);
            for path in 0..simulation.paths() {
                let daily_sd = vix[path] / 100.0 / 252.0_f64.sqrt();
                moves.push((to[path] / from[path]).ln() / (daily_sd * 5.0_f64.sqrt()));
                levels.push(vix[path]);
            }
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
                (found - expected).abs() < 0.06,
                "move at {share}: found {found}, expected {expected}"
            );
        }
        for (share, expected) in [(0.05, 10.8), (0.50, 16.6), (0.95, 30.7), (0.99, 44.5)] {
            let found = quantile(&levels, share);
            assert!(
                (found / expected - 1.0).abs() < 0.06,
                "VIX at {share}: found {found}, expected {expected}"
            );
        }
    }
}
