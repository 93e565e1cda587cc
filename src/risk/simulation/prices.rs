//! Prices of legs at a simulation's end, settlements on the path paid when they happen.
//!
//! A leg is priced once for all books that hold it: candidates of a decision share most of their legs.

use super::Simulation;
use crate::calendar::{business_days_between, new_york_date};
use crate::pricing::PricingError;
use crate::risk::book::{Book, BookLeg, LegModel};
use crate::risk::presets::VixRule;
use crate::risk::scenario::{Moment, Path, Scenario};

/// One leg: its price now, and on every path at the end or at its settlement.
#[derive(Clone, Debug)]
struct LegPrices {
    model: LegModel,
    now: f64,
    prices: Vec<f64>,
}

/// Prices at the end of a simulation, by leg.
#[derive(Debug)]
pub struct HorizonPrices<'a> {
    simulation: &'a Simulation,
    book: &'a Book,
    end: Path,
    known: Vec<LegPrices>,
}

impl<'a> HorizonPrices<'a> {
    /// Prices in the market and with the parameters of `book`, at the end of `simulation`.
    pub fn new(simulation: &'a Simulation, book: &'a Book) -> Self {
        let days = simulation.trading_days();
        let moment = book.moment_in_trading_days(days);
        Self {
            end: cross_section(book, simulation, (days, moment)),
            simulation,
            book,
            known: Vec::new(),
        }
    }

    /// Profit and loss of legs from now to the end on every path, in dollars.
    ///
    /// # Errors
    /// [`PricingError`] when a leg cannot be priced.
    pub fn pl_usd(&mut self, legs: &[BookLeg]) -> Result<Vec<f64>, PricingError> {
        let mut pl = vec![0.0; self.simulation.paths()];
        for leg in legs {
            let usd = leg.usd_per_point();
            let known = self.leg(leg)?;
            for (total, price) in pl.iter_mut().zip(&known.prices) {
                *total += usd * (price - known.now);
            }
        }
        Ok(pl)
    }

    fn leg(&mut self, leg: &BookLeg) -> Result<&LegPrices, PricingError> {
        let place = self.known.iter().position(|known| known.model == leg.model);
        let place = if let Some(place) = place {
            place
        } else {
            let today = self
                .book
                .path(self.book.scenario(Moment::NOW), vec![self.book.market.spx]);
            let now = self.book.pricer(&today).prices(leg)?[0];
            let prices = self.prices(leg)?;
            let model = leg.model.clone();
            self.known.push(LegPrices { model, now, prices });
            self.known.len() - 1
        };
        Ok(&self.known[place])
    }

    fn prices(&self, leg: &BookLeg) -> Result<Vec<f64>, PricingError> {
        let years = match &leg.model {
            LegModel::Spx(option) => option.years,
            LegModel::Vix(vix) => vix.years,
        };
        if !self.settles_by_the_end(leg, years) {
            return self.book.pricer(&self.end).prices(leg);
        }
        let day = self.settlement_day(leg);
        let (spx, vix) = (self.simulation.spx_on(day), self.simulation.vix_on(day));
        Ok(match &leg.model {
            LegModel::Spx(option) => spx
                .iter()
                .map(|spot| {
                    option
                        .right
                        .intrinsic(spot * option.index_scale, option.strike)
                })
                .collect(),
            LegModel::Vix(terms) => vix
                .iter()
                .map(|level| {
                    terms
                        .strike_and_right
                        .map_or(*level, |(strike, right)| right.intrinsic(*level, strike))
                })
                .collect(),
        })
    }

    /// A leg that settles on the last simulated day, whatever the hour, has settled at the end.
    fn settles_by_the_end(&self, leg: &BookLeg, years: f64) -> bool {
        years <= self.end.scenario.moment.elapsed_years
            || self.settlement_day(leg) <= self.simulation.trading_days()
    }

    fn settlement_day(&self, leg: &BookLeg) -> u32 {
        let today = new_york_date(self.book.market.as_of);
        let days = business_days_between(today, leg.leg.contract.expiry());
        u32::try_from(days).unwrap_or(0)
    }
}

/// All paths at one day, as the scenario engine reads them.
fn cross_section(book: &Book, simulation: &Simulation, (day, moment): (u32, Moment)) -> Path {
    let scenario = Scenario {
        vix: VixRule::ByModel,
        ..book.scenario(moment)
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
