//! Prices of contracts at a simulation's end, settlements on the path paid when they happen.
//!
//! Every book is linear in its contracts, so each contract is priced once a path and any number of books is
//! a weighted sum of the same columns. A contract that settles by the end is worth what it settles at on the
//! level of its own settlement day: SPX options on SPX, VIX options and futures on VIX. Morning settlements
//! take the close of their day, since the simulation has no mornings.

use super::{RunControl, Simulation, on_all_cores};
use crate::calendar::{business_days_between, new_york_date};
use crate::instrument::{Contract, Position, PositionId, Role};
use crate::pricing::PricingError;
use crate::risk::book::{Book, BookLeg, LegModel};
use crate::risk::presets::VixRule;
use crate::risk::scenario::{Moment, Path, Scenario};

/// Why there are no prices.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SimulationError {
    /// It was asked to stop.
    #[error("stopped before it was done")]
    Cancelled,
    /// A contract that the model cannot price.
    #[error("{contract} cannot be priced: {error}")]
    Pricing {
        /// Which.
        contract: Contract,
        /// Why.
        error: PricingError,
    },
    /// A holding of a contract that was not priced.
    #[error("{0} was not priced")]
    Unknown(Contract),
}

/// One contract: its price now, and on every path at the end or at its settlement, in points.
#[derive(Clone, Debug, PartialEq)]
struct Column {
    contract: Contract,
    now: f64,
    prices: Vec<f64>,
}

/// Prices of contracts on every path of a simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct PathPrices {
    paths: usize,
    columns: Vec<Column>,
}

impl PathPrices {
    /// Prices contracts in the market and with the parameters of `book`, on the cores that there are; one step of
    /// `control` for each different contract, which the caller announces.
    ///
    /// # Errors
    /// [`SimulationError::Cancelled`] when `control` asks for it, [`SimulationError::Pricing`] for a contract
    /// that the model cannot price.
    pub fn of(
        simulation: &Simulation,
        book: &Book,
        contracts: &[Contract],
        control: &RunControl,
    ) -> Result<Self, SimulationError> {
        let mut wanted = contracts.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let columns = Run::new(simulation, book, control).columns(&wanted)?;
        Ok(Self {
            paths: simulation.paths(),
            columns,
        })
    }

    /// Price of a contract now, in points.
    ///
    /// # Errors
    /// [`SimulationError::Unknown`] for a contract that was not priced.
    pub fn now(&self, contract: &Contract) -> Result<f64, SimulationError> {
        Ok(self.column(contract)?.now)
    }

    /// Prices of a contract on every path, in points.
    ///
    /// # Errors
    /// [`SimulationError::Unknown`] for a contract that was not priced.
    pub fn prices(&self, contract: &Contract) -> Result<&[f64], SimulationError> {
        Ok(&self.column(contract)?.prices)
    }

    /// Profit and loss of holdings (contracts, positive when long) from their model price now to the end on
    /// every path, in dollars.
    ///
    /// # Errors
    /// [`SimulationError::Unknown`] for a contract that was not priced.
    pub fn pl_usd(
        &self,
        holdings: impl IntoIterator<Item = (Contract, f64)>,
    ) -> Result<Vec<f64>, SimulationError> {
        let mut pl = vec![0.0; self.paths];
        for (contract, quantity) in holdings {
            let column = self.column(&contract)?;
            let usd = quantity * contract.multiplier();
            for (total, price) in pl.iter_mut().zip(&column.prices) {
                *total += usd * (price - column.now);
            }
        }
        Ok(pl)
    }

    fn column(&self, contract: &Contract) -> Result<&Column, SimulationError> {
        self.columns
            .binary_search_by(|column| column.contract.cmp(contract))
            .map(|at| &self.columns[at])
            .map_err(|_absent| SimulationError::Unknown(*contract))
    }
}

/// What pricing one contract needs.
struct Run<'a> {
    simulation: &'a Simulation,
    book: &'a Book,
    control: &'a RunControl,
    now: Path,
    end: Path,
}

impl<'a> Run<'a> {
    fn new(simulation: &'a Simulation, book: &'a Book, control: &'a RunControl) -> Self {
        Self {
            now: book.path(book.scenario(Moment::NOW), vec![book.market.spx]),
            end: end_of(book, simulation),
            simulation,
            book,
            control,
        }
    }

    /// Columns of contracts, sorted. Contracts of one expiry go to one worker, since they share work.
    fn columns(&self, wanted: &[Contract]) -> Result<Vec<Column>, SimulationError> {
        let mut by_expiry = wanted.to_vec();
        by_expiry.sort_by_key(|contract| (contract.root(), contract.expiry()));
        let same = |a: &Contract, b: &Contract| (a.root(), a.expiry()) == (b.root(), b.expiry());
        let groups: Vec<&[Contract]> = by_expiry.chunk_by(same).collect();
        let found = on_all_cores(&groups, |group| self.group(group));
        let mut columns = found
            .into_iter()
            .flatten()
            .collect::<Result<Vec<Column>, _>>()?;
        columns.sort_by_key(|column| column.contract);
        Ok(columns)
    }

    fn group(&self, contracts: &[Contract]) -> Vec<Result<Column, SimulationError>> {
        let mut at_end = self.book.pricer(&self.end);
        let mut columns = Vec::with_capacity(contracts.len());
        for contract in contracts {
            if self.control.is_cancelled() {
                columns.push(Err(SimulationError::Cancelled));
                break;
            }
            let leg = self.book.draft_leg(*contract, 1, &holder());
            let priced = self.settled(&leg).map_or_else(|| at_end.prices(&leg), Ok);
            let now = self.book.pricer(&self.now).prices(&leg);
            let column = now.and_then(|now| {
                Ok(Column {
                    contract: *contract,
                    now: now[0],
                    prices: priced?,
                })
            });
            columns.push(column.map_err(|error| SimulationError::Pricing {
                contract: *contract,
                error,
            }));
            self.control.step();
        }
        columns
    }

    /// What a leg that settles by the end settles at on every path; `None` for a leg that outlives it.
    /// A leg that settles on the last simulated day, whatever the hour, has settled.
    fn settled(&self, leg: &BookLeg) -> Option<Vec<f64>> {
        let today = new_york_date(self.book.market.as_of);
        let days = business_days_between(today, leg.leg.contract.expiry());
        let day = u32::try_from(days).unwrap_or(0);
        if day > self.simulation.trading_days() {
            return None;
        }
        Some(match &leg.model {
            LegModel::Spx(option) => self
                .simulation
                .spx_on(day)
                .iter()
                .map(|spot| {
                    option
                        .right
                        .intrinsic(spot * option.index_scale, option.strike)
                })
                .collect(),
            LegModel::Vix(terms) => self
                .simulation
                .vix_on(day)
                .iter()
                .map(|level| {
                    terms
                        .strike_and_right
                        .map_or(*level, |(strike, right)| right.intrinsic(*level, strike))
                })
                .collect(),
        })
    }
}

/// A position for a leg that nobody holds.
fn holder() -> Position {
    Position {
        id: PositionId(0),
        name: String::new(),
        role: Role::Other,
        legs: Vec::new(),
        opened: None,
    }
}

/// All paths at the last day, as the scenario engine reads them.
fn end_of(book: &Book, simulation: &Simulation) -> Path {
    let day = simulation.trading_days();
    let scenario = Scenario {
        vix: VixRule::ByModel,
        ..book.scenario(book.moment_in_trading_days(day))
    };
    let mut path = book.path(scenario, simulation.spx_on(day).to_vec());
    path.vix = simulation.vix_on(day).to_vec();
    path.log_vix = path
        .vix
        .iter()
        .map(|level| (level / path.origin.vix).ln())
        .collect();
    path
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::{PathPrices, SimulationError};
    use crate::calendar::new_york_instant;
    use crate::instrument::{Contract, Right, Root};
    use crate::market::{Market, Marks, ModelParams};
    use crate::risk::book::Book;
    use crate::risk::presets::VixRule;
    use crate::risk::scenario::Scenario;
    use crate::risk::simulation::{RunControl, Simulation, SimulationSpec, outcome};

    fn option(root: Root, day: (i16, i8, i8), strike: f64, right: Right) -> Contract {
        let (year, month, day) = day;
        Contract::option(root, date(year, month, day), strike, right).expect("valid")
    }

    /// A condor of 45 days, a VIX call inside 21 trading days and one beyond, a future, an SPX call inside.
    fn contracts() -> Vec<Contract> {
        let condor = (2027, 1, 8);
        vec![
            option(Root::Spxw, condor, 6245.0, Right::Put),
            option(Root::Spxw, condor, 6295.0, Right::Put),
            option(Root::Spxw, condor, 7060.0, Right::Call),
            option(Root::Spxw, condor, 7110.0, Right::Call),
            option(Root::Spxw, (2026, 12, 4), 6750.0, Right::Call),
            option(Root::Vix, (2026, 12, 16), 18.0, Right::Call),
            option(Root::Vix, (2027, 3, 17), 21.0, Right::Call),
            Contract::future(Root::Vxm, date(2026, 12, 16)).expect("valid"),
        ]
    }

    fn book(contracts: &[Contract]) -> Book {
        let as_of = new_york_instant(date(2026, 11, 23).at(15, 0, 0, 0));
        let marks = Marks::new(as_of, 6720.0, 17.0);
        let params = ModelParams::default();
        let (market, _) = Market::of(&marks, &params, contracts);
        Book {
            legs: Vec::new(),
            market: Arc::new(market),
            params,
        }
    }

    fn simulated(book: &Book, paths: usize) -> Simulation {
        let spec = SimulationSpec {
            paths,
            ..SimulationSpec::new(21, 0.05)
        };
        Simulation::run(spec, book.origin())
    }

    fn priced(book: &Book, simulation: &Simulation) -> PathPrices {
        PathPrices::of(simulation, book, &contracts(), &RunControl::default()).expect("priced")
    }

    #[test]
    fn nothing_held_gains_nothing_and_profit_is_linear() {
        let book = book(&contracts());
        let prices = priced(&book, &simulated(&book, 200));
        assert_eq!(prices.pl_usd([]), Ok(vec![0.0; 200]));
        let hold = |factor: f64| {
            let held = contracts().into_iter().enumerate();
            let pl =
                prices.pl_usd(held.map(|(at, contract)| {
                    (contract, factor * if at % 2 == 0 { 3.0 } else { -2.0 })
                }));
            pl.expect("all are priced")
        };
        for (one, five) in hold(1.0).into_iter().zip(hold(5.0)) {
            assert!((5.0 * one - five).abs() < 1e-6 * five.abs().max(1.0));
        }
        let zero = prices.pl_usd(contracts().into_iter().map(|contract| (contract, 0.0)));
        assert_eq!(outcome(&zero.expect("priced")).worst_usd, 0.0);
    }

    #[test]
    fn legs_that_settle_on_the_path_are_paid_there() {
        let book = book(&contracts());
        let simulation = simulated(&book, 100);
        let prices = priced(&book, &simulation);
        let (weekly, front) = (contracts()[4], contracts()[5]);
        let future = contracts()[7];
        for path in 0..100 {
            // 2026-11-26 is Thanksgiving: 4 December is the eighth session, 16 December the sixteenth.
            let spx = simulation.spx_on(8)[path];
            let vix = simulation.vix_on(16)[path];
            let at = |contract: &Contract| prices.prices(contract).expect("priced")[path];
            assert_eq!(at(&weekly), (spx - 6750.0).max(0.0));
            assert_eq!(at(&front), (vix - 18.0).max(0.0));
            assert_eq!(at(&future), vix);
        }
    }

    /// Legs that outlive the horizon are priced by the scenario engine: one path alone gives the same.
    #[test]
    fn the_simulation_and_the_scenario_engine_share_one_pricer() {
        let book = book(&contracts());
        let simulation = simulated(&book, 20);
        let prices = priced(&book, &simulation);
        for contract in [contracts()[0], contracts()[2], contracts()[6]] {
            for at in 0..20 {
                let (spx, vix) = (simulation.spx_on(21)[at], simulation.vix_on(21)[at]);
                let moved = VixRule::Moved {
                    pct: 100.0 * (vix / 17.0 - 1.0),
                };
                let scenario = Scenario {
                    vix: moved,
                    ..book.scenario(book.moment_in_trading_days(21))
                };
                let path = book.path(scenario, vec![spx]);
                let leg = book.draft_leg(contract, 1, &super::holder());
                let alone = book.pricer(&path).prices(&leg).expect("priced")[0];
                let found = prices.prices(&contract).expect("priced")[at];
                assert!(
                    (found - alone).abs() < 1e-7 * alone.max(1.0),
                    "{contract}: {found}, {alone}"
                );
            }
        }
    }

    #[test]
    fn the_price_now_is_the_market_s() {
        let book = book(&contracts());
        let prices = priced(&book, &simulated(&book, 2));
        for contract in contracts() {
            let now = prices.now(&contract).expect("priced");
            assert!(
                (now - book.market.price(&contract)).abs() < 1e-9,
                "{contract}"
            );
        }
    }

    #[test]
    fn a_run_that_nobody_wants_stops_and_progress_is_told() {
        let book = book(&contracts());
        let simulation = simulated(&book, 2);
        let control = RunControl::default();
        control.expect_steps(contracts().len());
        let prices = PathPrices::of(&simulation, &book, &contracts(), &control);
        assert!(prices.is_ok());
        assert_eq!(control.progress(), 1.0);
        control.cancel();
        let stopped = PathPrices::of(&simulation, &book, &contracts(), &control);
        assert_eq!(stopped, Err(SimulationError::Cancelled));
        let unknown = option(Root::Vix, (2027, 2, 17), 30.0, Right::Call);
        let prices = prices.expect("priced");
        assert_eq!(prices.now(&unknown), Err(SimulationError::Unknown(unknown)));
    }
}
