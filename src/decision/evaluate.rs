//! Every choice on one basis: the same paths, the same scenarios, costs and margin rules.
//!
//! The book that a choice leads to is valued like any other, and its profit on the paths is a weighted sum of
//! the prices of its contracts, each priced once for all choices.

use super::candidate::{Candidate, PlannedTrade};
use super::figures::{BreakEvenFigures, DriftPoint, Figures, PresetPl, VegaFigures};
use super::inputs::{Basis, DecisionInputs};
use super::trims::condors_of;
use crate::document::Campaign;
use crate::fact::carried_spx_usd;
use crate::indicator::TRADING_DAYS_PER_YEAR;
use crate::instrument::{Contract, Leg, PositionId, Right, Underlying, Wings};
use crate::risk::band::{Band, VegaBasis};
use crate::risk::figures::BandStatus;
use crate::risk::probability::expected_move_points;
use crate::risk::simulation::{
    PathPrices, RunControl, Simulation, SimulationError, SimulationSpec, outcome,
};
use crate::valuation::{Inputs, MarketCache, Valuation};

/// Share of the paths in each tail by SPX.
const TAIL: f64 = 0.05;

/// Prices on the paths and everything else that choices share.
#[derive(Debug)]
pub struct Evaluator<'a> {
    inputs: &'a DecisionInputs<'a>,
    basis: &'a Basis,
    /// Without drift, at the default and at twice that.
    prices: [PathPrices; 3],
    drifts: [f64; 3],
    /// Paths of the lowest and of the highest SPX at the horizon.
    tails: [Vec<usize>; 2],
    reg_t_usd: f64,
    /// The market as resolved for the book as held: books with the same expiries share it.
    market: MarketCache,
}

impl<'a> Evaluator<'a> {
    /// Simulates, and prices every contract of the choices on every path. Announces these steps and one for each
    /// choice.
    ///
    /// # Errors
    /// [`SimulationError`] when it was stopped or a contract has no price.
    pub fn new(
        inputs: &'a DecisionInputs<'a>,
        basis: &'a Basis,
        candidates: &[Candidate],
        control: &RunControl,
    ) -> Result<Self, SimulationError> {
        let book = &inputs.valuation.book;
        let spec = SimulationSpec {
            paths: inputs.params.paths,
            trading_days: basis.trading_days,
            seed: inputs.params.seed,
            drift_per_year: basis.drift_per_year,
        };
        let simulation = Simulation::run(spec, book.origin());
        let mut contracts: Vec<Contract> = (candidates.iter())
            .flat_map(|candidate| &candidate.positions)
            .flat_map(|position| position.legs.iter().map(|leg| leg.contract))
            .collect();
        contracts.sort_unstable();
        contracts.dedup();
        control.expect_steps(3 * contracts.len() + candidates.len());
        let drift = basis.drift_per_year;
        let drifts = [0.0, drift, 2.0 * drift];
        let priced = |drift: f64| {
            let simulation = simulation.with_drift(drift);
            PathPrices::of(&simulation, book, &contracts, control)
        };
        let mut market = MarketCache::default();
        let _resolved = market.market(inputs.campaign);
        Ok(Self {
            inputs,
            basis,
            market,
            prices: [priced(drifts[0])?, priced(drifts[1])?, priced(drifts[2])?],
            drifts,
            tails: tails(simulation.spx_on(basis.trading_days)),
            reg_t_usd: inputs.valuation.facts.reg_t_margin_usd,
        })
    }

    /// The figures of a choice.
    ///
    /// # Errors
    /// [`SimulationError::Unknown`] for a contract that was not priced.
    pub fn evaluate(&self, candidate: &Candidate) -> Result<Figures, SimulationError> {
        let campaign = candidate.campaign(self.inputs.campaign);
        let mut valuation = self.value(&campaign);
        if let Some(broker) = campaign.settings.broker_margin_usd {
            valuation = self.with_broker_margin(campaign.clone(), broker, valuation);
        }
        let trades = &candidate.trades;
        // A sum of nothing is −0 in the standard library.
        let sum = |take: fn(&PlannedTrade) -> f64| trades.iter().map(take).fold(0.0, add);
        let (fees_usd, slippage_usd) = (sum(|t| t.fees_usd), sum(|t| t.slippage_usd));
        let costs_usd = fees_usd + slippage_usd;
        let profit = self.profits(candidate, 1, costs_usd)?;
        let drifts = self.drifts(candidate, costs_usd, &profit)?;
        let outcome = outcome(&profit);
        let facts = &valuation.facts;
        let margin_usd = facts.margin_usd + 0.0;
        // where a setting counts the hedge's debit in the margin, it is not counted again by its value
        let debit_usd = if campaign.settings.hedge_debit_in_margin {
            facts.hedge_debit_usd.max(0.0)
        } else {
            0.0
        };
        let years = f64::from(self.basis.trading_days) / TRADING_DAYS_PER_YEAR;
        let over_margin = |usd: f64| (margin_usd > 0.0).then(|| usd / margin_usd);
        let wings: Vec<Wings> = candidate.positions.iter().filter_map(Wings::of).collect();
        let carried_usd = self.all_carried_usd(candidate);
        let of_condors = wings.iter().map(Wings::max_loss_usd).fold(0.0, add);
        Ok(Figures {
            cash_usd: sum(PlannedTrade::cash_usd),
            fees_usd,
            slippage_usd,
            realised_usd: sum(|trade| trade.realised_usd),
            carried_usd,
            condors: condors_of(&candidate.positions),
            vega: self.vega(&valuation, &wings),
            theta_per_day_usd: facts.net_theta_per_day_usd,
            theta_share: over_margin(facts.net_theta_per_day_usd),
            gamma_loss_1d_usd: valuation.gamma_loss_1d_usd(),
            margin_usd,
            capital_usd: margin_usd - debit_usd + vix_options_usd(&valuation),
            max_loss_usd: of_condors - carried_usd.min(0.0),
            break_evens: self.break_evens(candidate, &valuation, &wings),
            tails_usd: [0, 1].map(|side| mean_of(&profit, &self.tails[side])),
            drifts,
            presets: (valuation.presets.iter())
                .map(|row| PresetPl {
                    name: row.name,
                    pl_usd: row.net_usd - costs_usd,
                })
                .collect(),
            irr: over_margin(outcome.expected_usd / years),
            outcome,
        })
    }

    fn value(&self, campaign: &Campaign) -> Valuation {
        let inputs = Inputs {
            pack: self.inputs.pack,
            account: self.inputs.account,
            slopes: self.inputs.valuation.slopes(),
        };
        Valuation::of(campaign, inputs, &mut self.market.clone())
    }

    /// The broker's margin is of the book as held: another book's is taken in proportion to Reg-T.
    fn with_broker_margin(
        &self,
        mut campaign: Campaign,
        broker_usd: f64,
        valued: Valuation,
    ) -> Valuation {
        let after_usd = valued.facts.reg_t_margin_usd;
        if self.reg_t_usd <= 0.0 || (after_usd - self.reg_t_usd).abs() < 0.01 {
            return valued;
        }
        campaign.settings.broker_margin_usd = Some(broker_usd * after_usd / self.reg_t_usd);
        self.value(&campaign)
    }

    /// Profit on every path after costs.
    fn profits(
        &self,
        candidate: &Candidate,
        drift: usize,
        costs_usd: f64,
    ) -> Result<Vec<f64>, SimulationError> {
        let legs = candidate.positions.iter().flat_map(|held| &held.legs);
        let holdings = legs.map(|leg: &Leg| (leg.contract, f64::from(leg.quantity)));
        let mut profit = self.prices[drift].pl_usd(holdings)?;
        for pl in &mut profit {
            *pl -= costs_usd;
        }
        Ok(profit)
    }

    fn drifts(
        &self,
        candidate: &Candidate,
        costs_usd: f64,
        at_default: &[f64],
    ) -> Result<[DriftPoint; 3], SimulationError> {
        let mean = |profit: &[f64]| profit.iter().sum::<f64>() / profit.len() as f64;
        let expected = [
            mean(&self.profits(candidate, 0, costs_usd)?),
            mean(at_default),
            mean(&self.profits(candidate, 2, costs_usd)?),
        ];
        Ok(std::array::from_fn(|at| DriftPoint {
            drift_per_year: self.drifts[at],
            expected_pl_usd: expected[at],
        }))
    }

    /// Net vega per condor; spreads of two expiries count as condors.
    fn vega(&self, valuation: &Valuation, wings: &[Wings]) -> Option<VegaFigures> {
        let net = valuation.net_vega.as_ref()?;
        let condors: f64 = wings.iter().map(|wings| f64::from(wings.contracts)).sum();
        if condors <= 0.0 {
            return None;
        }
        let width = wings
            .iter()
            .map(|w| f64::from(w.contracts) * w.width_points);
        let width = width.sum::<f64>() / condors;
        let frame = &valuation.frame;
        let literal = net.literal * frame.condors / condors;
        let normalised = literal * frame.reference_width_points / width;
        let judged = match self.basis.vega_basis {
            VegaBasis::WidthNormalised => normalised,
            VegaBasis::Literal => literal,
        };
        Some(VegaFigures {
            literal,
            normalised,
            judged,
            outside: outside(self.basis.band, judged),
        })
    }

    /// What SPX trades of a position realised before, fees taken off, and what the choice realises in it now, less
    /// its fees: what the journal says once it is carried out.
    fn carried_usd(&self, candidate: &Candidate, position: PositionId) -> f64 {
        let now: f64 = (candidate.trades.iter())
            .filter(|trade| {
                trade.position == Some(position) && trade.contract.underlying() == Underlying::Spx
            })
            .map(|trade| trade.realised_usd - trade.fees_usd)
            .sum();
        now + carried_spx_usd(self.inputs.campaign, Some(position))
    }

    fn all_carried_usd(&self, candidate: &Candidate) -> f64 {
        let now: f64 = (candidate.trades.iter())
            .filter(|trade| trade.contract.underlying() == Underlying::Spx)
            .map(|trade| trade.realised_usd - trade.fees_usd)
            .sum();
        now + carried_spx_usd(self.inputs.campaign, None)
    }

    fn break_evens(
        &self,
        candidate: &Candidate,
        valuation: &Valuation,
        wings: &[Wings],
    ) -> Option<BreakEvenFigures> {
        let condors: f64 = wings.iter().map(|wings| f64::from(wings.contracts)).sum();
        let hedge_points = if self.inputs.campaign.settings.hedge_debit_in_break_evens {
            valuation.facts.hedge_debit_usd / (crate::units::OPTION_MULTIPLIER * condors)
        } else {
            0.0
        };
        let each = wings.iter().map(|wings| {
            let credit = wings.credit_usd + self.carried_usd(candidate, wings.position);
            let credit = credit / wings.usd_per_point() - hedge_points;
            let side = |right| self.side(valuation, wings, (right, credit));
            let ((low, below), (high, above)) = (side(Right::Put), side(Right::Call));
            let living = below.or(above).unwrap_or(0.0);
            BreakEvenFigures {
                levels: [low, high],
                margins_em: [below.unwrap_or(living), above.unwrap_or(living)],
            }
        });
        each.reduce(|a, b| {
            let nearest = if b.nearest_em() < a.nearest_em() {
                b
            } else {
                a
            };
            BreakEvenFigures {
                levels: nearest.levels,
                margins_em: [0, 1].map(|side: usize| a.margins_em[side].min(b.margins_em[side])),
            }
        })
    }

    /// A side's break-even and its distance in expected moves of its own expiry; `None` once it has settled.
    fn side(
        &self,
        valuation: &Valuation,
        wings: &Wings,
        (right, credit_points): (Right, f64),
    ) -> (f64, Option<f64>) {
        let contract = wings.side(right).short.contract;
        let strike = contract.strike().unwrap_or(0.0);
        let level = strike + right.sign() * credit_points;
        let market = &valuation.market;
        let spot = market.spx * contract.root().index_scale();
        let expected = (market.smile_at(contract.root(), contract.expiry())).map_or(0.0, |smile| {
            expected_move_points(spot, smile.atm_vol, smile.years)
        });
        let distance = right.sign() * (level - spot);
        let expected = expected * self.basis.move_factor;
        (level, (expected > 0.0).then(|| distance / expected))
    }
}

/// How far a net vega lies outside a band, 0 or more.
fn outside(band: Band, net: f64) -> f64 {
    match band.status(net) {
        BandStatus::Inside { .. } => 0.0,
        BandStatus::Short { by } | BandStatus::Long { by } => by,
    }
}

/// What long VIX options are worth, dollars.
fn vix_options_usd(valuation: &Valuation) -> f64 {
    (valuation.rows.iter())
        .filter(|row| row.contract.underlying() == Underlying::Vix && row.quantity > 0)
        .filter(|row| row.contract.strike().is_some())
        .map(|row| row.value_usd)
        .fold(0.0, add)
}

fn add(sum: f64, part: f64) -> f64 {
    sum + part
}

/// Paths of the lowest and of the highest twentieth.
fn tails(spots: &[f64]) -> [Vec<usize>; 2] {
    let mut order: Vec<usize> = (0..spots.len()).collect();
    order.sort_by(|a, b| spots[*a].total_cmp(&spots[*b]));
    let count = ((spots.len() as f64 * TAIL).ceil() as usize).clamp(1, spots.len());
    [
        order[..count].to_vec(),
        order[spots.len() - count..].to_vec(),
    ]
}

fn mean_of(values: &[f64], places: &[usize]) -> f64 {
    places.iter().map(|place| values[*place]).sum::<f64>() / places.len() as f64
}
