//! The book made ready for scenarios: every leg as a model, grouped, valued along any path.
//!
//! One engine prices today's marks, the payoff lines, the crash table and margin: an instant scenario
//! without a move gives today's values to the last bit.

use std::sync::Arc;

use super::build::leg_model;
use super::scenario::{Moment, Origin, Path, Scenario};
use super::spx_option::{AtmTerm, ExpiryPaths, SpxOption};
use super::vix_leg::{FuturesCurve, VixLeg};
use crate::calendar::{add_trading_days, business_days_between, new_york_date};
use crate::instrument::{Contract, LayerKind, Leg, PositionId, Role, Underlying};
use crate::market::{Market, ModelParams};
use crate::pricing::{GreeksColumns, PricingError};
use crate::units::DAYS_PER_YEAR;

/// Which sum a leg belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// SPX-family legs: condors and anything else on the index.
    Spx,
    /// A hedge layer.
    Layer(LayerKind),
    /// VIX legs outside the layers.
    OtherVix,
}

/// A leg's model.
#[derive(Clone, Debug, PartialEq)]
pub enum LegModel {
    /// An SPX-family option.
    Spx(SpxOption),
    /// A VIX option or future.
    Vix(VixLeg),
}

/// One leg of the book, ready to be priced along a path.
#[derive(Clone, Debug, PartialEq)]
pub struct BookLeg {
    /// The position that holds it.
    pub position: PositionId,
    /// Its index in the position.
    pub index: usize,
    /// The leg as held.
    pub leg: Leg,
    /// Its sum.
    pub group: Group,
    /// Its model.
    pub model: LegModel,
}

impl BookLeg {
    /// Dollars per point of the leg's own price.
    pub fn usd_per_point(&self) -> f64 {
        self.leg.usd_per_point()
    }
}

/// Values of the groups along a path, in dollars.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupValues {
    /// SPX legs.
    pub spx: Vec<f64>,
    /// The three layers.
    pub layers: [Vec<f64>; 3],
    /// VIX legs outside the layers.
    pub other_vix: Vec<f64>,
}

impl GroupValues {
    fn zeros(len: usize) -> Self {
        let zeros = || vec![0.0; len];
        Self {
            spx: zeros(),
            layers: [zeros(), zeros(), zeros()],
            other_vix: zeros(),
        }
    }

    /// The values of one group.
    pub fn group(&self, group: Group) -> &[f64] {
        match group {
            Group::Spx => &self.spx,
            Group::Layer(kind) => &self.layers[layer_index(kind)],
            Group::OtherVix => &self.other_vix,
        }
    }

    fn group_mut(&mut self, group: Group) -> &mut Vec<f64> {
        match group {
            Group::Spx => &mut self.spx,
            Group::Layer(kind) => &mut self.layers[layer_index(kind)],
            Group::OtherVix => &mut self.other_vix,
        }
    }

    /// Adds dollars to a group at every point.
    pub fn add_to(&mut self, group: Group, usd: f64) {
        self.group_mut(group)
            .iter_mut()
            .for_each(|value| *value += usd);
    }

    /// All VIX legs at one point.
    pub fn hedges_at(&self, index: usize) -> f64 {
        self.layers.iter().map(|layer| layer[index]).sum::<f64>() + self.other_vix[index]
    }

    /// The whole book at one point.
    pub fn net_at(&self, index: usize) -> f64 {
        self.spx[index] + self.hedges_at(index)
    }
}

/// The book and the market that it is valued in.
#[derive(Clone, Debug)]
pub struct Book {
    /// The legs that can be priced.
    pub legs: Vec<BookLeg>,
    /// The market.
    pub market: Arc<Market>,
    /// The model's parameters.
    pub params: ModelParams,
}

impl Book {
    /// Today's levels.
    pub fn origin(&self) -> Origin {
        Origin {
            spx: self.market.spx,
            vix: self.market.vix,
        }
    }

    /// The model's own scenario at a moment.
    pub fn scenario(&self, moment: Moment) -> Scenario {
        Scenario::at(&self.params, moment)
    }

    /// The moment so many calendar days ahead; trading days by the calendar.
    pub fn moment_in_days(&self, days: f64) -> Moment {
        let today = new_york_date(self.market.as_of);
        let ahead = jiff::Span::new().days(days.floor() as i64);
        let trading_days = today
            .checked_add(ahead)
            .map_or(days * 252.0 / 365.0, |day| {
                f64::from(business_days_between(today, day))
            });
        Moment {
            elapsed_years: days / DAYS_PER_YEAR,
            trading_days,
        }
    }

    /// The moment so many trading days ahead.
    pub fn moment_in_trading_days(&self, trading_days: u32) -> Moment {
        let today = new_york_date(self.market.as_of);
        let day = add_trading_days(today, trading_days as i32);
        let days = today.until(day).map_or(0, |span| span.get_days());
        Moment {
            elapsed_years: f64::from(days) / DAYS_PER_YEAR,
            trading_days: f64::from(trading_days),
        }
    }

    /// A path through spots.
    pub fn path(&self, scenario: Scenario, spots: Vec<f64>) -> Path {
        Path::through(&self.params, self.origin(), scenario, spots)
    }

    /// Prices legs along one path; the legs of one expiry share their work.
    pub fn pricer<'a>(&'a self, path: &'a Path) -> Pricer<'a> {
        Pricer {
            book: self,
            path,
            params: path.scenario.params(&self.params),
            expiries: ExpiryPaths::default(),
        }
    }

    /// Values of the groups along a path, in dollars. A leg that cannot be priced counts as nothing; the
    /// valuation lists it as a problem.
    pub fn values(&self, path: &Path) -> GroupValues {
        let mut values = GroupValues::zeros(path.len());
        let mut pricer = self.pricer(path);
        for leg in &self.legs {
            let Ok(prices) = pricer.prices(leg) else {
                continue;
            };
            let usd = leg.usd_per_point();
            for (total, price) in values.group_mut(leg.group).iter_mut().zip(prices) {
                *total += usd * price;
            }
        }
        values
    }

    /// Vol of any option at a path of one point, decimal; `None` for a future and once it has settled there.
    pub fn vol_at(&self, path: &Path, contract: &Contract) -> Option<f64> {
        let model = leg_model(&self.market, contract);
        let params = path.scenario.params(&self.params);
        let vols = match &model {
            LegModel::Spx(option) if option.years_left(path) > 0.0 => {
                option.vols_along((&params, self.market.as_ref()), path)
            }
            LegModel::Vix(vix) if vix.years_left(path) > 0.0 => {
                vix.vols_along((&params, self.market.as_ref()), path)?
            }
            LegModel::Spx(_) | LegModel::Vix(_) => return None,
        };
        vols.first().copied()
    }

    /// What the groups were opened for, in dollars (long positive): value at entry prices.
    pub fn entry_values(&self) -> GroupValues {
        let mut values = GroupValues::zeros(1);
        for leg in &self.legs {
            values.group_mut(leg.group)[0] += leg.usd_per_point() * leg.leg.entry_price;
        }
        values
    }

    /// Values of the groups now, in dollars.
    pub fn values_now(&self) -> GroupValues {
        self.values(&self.path(self.scenario(Moment::NOW), vec![self.market.spx]))
    }
}

/// Prices the legs of a book along one path.
#[derive(Debug)]
pub struct Pricer<'a> {
    book: &'a Book,
    path: &'a Path,
    params: ModelParams,
    expiries: ExpiryPaths,
}

impl Pricer<'_> {
    /// Prices of one leg, in points.
    ///
    /// # Errors
    /// [`PricingError`] when the leg cannot be priced.
    pub fn prices(&mut self, leg: &BookLeg) -> Result<Vec<f64>, PricingError> {
        let mut prices = vec![0.0; self.path.len()];
        let market = self.book.market.as_ref();
        match &leg.model {
            LegModel::Spx(option) => {
                option.prices(
                    (&self.params, market),
                    self.path,
                    &mut self.expiries,
                    &mut prices,
                )?;
            }
            LegModel::Vix(vix) => vix.prices(&self.params, market, self.path, &mut prices)?,
        }
        Ok(prices)
    }

    /// Price and Greeks of one leg, per share of its own underlying.
    ///
    /// # Errors
    /// [`PricingError`] when the leg cannot be priced.
    pub fn greeks(&mut self, leg: &BookLeg) -> Result<GreeksColumns, PricingError> {
        let mut columns = GreeksColumns::default();
        let market = self.book.market.as_ref();
        match &leg.model {
            LegModel::Spx(option) => {
                option.greeks(
                    (&self.params, market),
                    self.path,
                    &mut self.expiries,
                    &mut columns,
                )?;
            }
            LegModel::Vix(vix) => vix.greeks(&self.params, market, self.path, &mut columns)?,
        }
        Ok(columns)
    }
}

/// A layer's place in an array of three.
pub fn layer_index(kind: LayerKind) -> usize {
    match kind {
        LayerKind::First => 0,
        LayerKind::Second => 1,
        LayerKind::Third => 2,
    }
}

impl AtmTerm for Market {
    fn atm_vol_at(&self, years: f64) -> f64 {
        self.atm_terms.vol_at(years)
    }
}

impl FuturesCurve for Market {
    fn price_at(&self, days: f64) -> f64 {
        self.curve.price(days)
    }
}

/// The sum that a leg belongs to, by its position's role and its underlying.
pub fn group_of(role: Role, contract: &Contract) -> Group {
    match (contract.underlying(), role) {
        (Underlying::Spx, _) => Group::Spx,
        (Underlying::Vix, Role::Layer(kind)) => Group::Layer(kind),
        (Underlying::Vix, Role::Condor | Role::Other) => Group::OtherVix,
    }
}
