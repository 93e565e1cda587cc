//! What a decision is made from, and what all choices share: horizon, drift, cost of capital, band.

use jiff::civil::Date;

use super::params::DecisionParams;
use super::wings::Wings;
use crate::calendar::{business_days_between, new_york_date};
use crate::document::{Account, Campaign};
use crate::fact::{FactId, Facts};
use crate::policy::RulePack;
use crate::risk::band::{Band, VegaBasis};
use crate::risk::simulation::default_drift;
use crate::valuation::Valuation;

/// What a decision is made from. All of it can be shared with another thread.
#[derive(Clone, Copy, Debug)]
pub struct DecisionInputs<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// Its valuation.
    pub valuation: &'a Valuation,
    /// The rule pack in force.
    pub pack: &'a RulePack,
    /// The account.
    pub account: &'a Account,
    /// The facts of the same instant.
    pub facts: &'a Facts,
    /// The numbers of the decision.
    pub params: DecisionParams,
}

/// The state of the regime, as far as a decision asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Mitigate risk: a tie goes to the hedge.
    Steward,
    /// Enhance yield: a tie goes to the roll.
    Promoter,
    /// Not known.
    Unknown,
}

/// What all choices are measured on.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// Simulated paths.
    pub paths: usize,
    /// Trading days to the horizon.
    pub trading_days: u32,
    /// The day of the horizon, New York.
    pub horizon: Date,
    /// Drift of SPX, continuously compounded decimal a year.
    pub drift_per_year: f64,
    /// Cost of capital, decimal a year.
    pub wacc: f64,
    /// Credit of the condors held at entry, dollars.
    pub credit_usd: f64,
    /// The vega band that choices are judged by, modifiers included; points per vol point per condor.
    pub band: Band,
    /// The figure that the band judges.
    pub vega_basis: VegaBasis,
    /// Least net theta over margin per calendar day, modifiers included.
    pub theta_floor: f64,
    /// Factor on every expected move.
    pub move_factor: f64,
    /// The regime.
    pub lean: Lean,
    /// What was assumed because nothing better is known, a sentence each.
    pub assumptions: Vec<String>,
}

impl<'a> DecisionInputs<'a> {
    /// New York day of the marks.
    pub fn today(&self) -> Date {
        new_york_date(self.valuation.market.as_of)
    }

    /// The condors held that still live, those with two expiries included.
    pub fn wings(&self) -> Vec<Wings> {
        let today = self.valuation.market.as_of;
        (self.campaign.positions.iter())
            .filter(|position| !position.is_expired(today))
            .filter_map(Wings::of)
            .collect()
    }

    /// Credit of the condors held at entry, dollars.
    pub fn credit_usd(&self) -> f64 {
        self.wings().iter().map(|wings| wings.credit_usd).sum()
    }

    /// What all choices share.
    pub fn basis(&self) -> Basis {
        let params = &self.params;
        let market = &self.valuation.market;
        let today = self.today();
        let nearest = self
            .wings()
            .iter()
            .map(|wings| wings.nearest_expiry())
            .min();
        let sessions = nearest.map(|expiry| business_days_between(today, expiry).max(1));
        let trading_days = sessions.map_or(params.horizon, |sessions| {
            params.horizon.min(u32::try_from(sessions).unwrap_or(1))
        });
        let mut assumptions = Vec::new();
        let premium = self.facts.number(FactId::Erp).map_or_else(
            || {
                let assumed = 100.0 * params.assumed_premium;
                assumptions.push(format!(
                    "Equity premium assumed {assumed:.1} % a year: no history gives one"
                ));
                params.assumed_premium
            },
            |pct| pct / 100.0,
        );
        let riskless = (self.facts.number(FactId::Riskless)).map_or(market.rate, |pct| pct / 100.0);
        let wacc = (self.facts.number(FactId::Wacc)).map_or(riskless + premium, |pct| pct / 100.0);
        let is = |id: FactId| self.facts.flag(id) == Some(true);
        let widen = if is(FactId::GrowthWidens) && !is(FactId::ReerShift) {
            params.widen
        } else {
            0.0
        };
        let band = self.valuation.band;
        let tighten = if is(FactId::ConcentrationOn) && !is(FactId::EventWindow) {
            params.tighten
        } else {
            0.0
        };
        let lean = match self.facts.words(FactId::Regime) {
            Some("Steward") => Lean::Steward,
            Some("Promoter") => Lean::Promoter,
            Some(_) | None => Lean::Unknown,
        };
        if lean == Lean::Unknown {
            assumptions.push("The regime is not known: no tilt, and a tie stays a tie".to_owned());
        }
        Basis {
            paths: params.paths,
            trading_days,
            horizon: crate::calendar::add_trading_days(
                today,
                i32::try_from(trading_days).unwrap_or(i32::MAX),
            ),
            drift_per_year: default_drift(riskless, premium, market.dividend),
            wacc,
            credit_usd: self.credit_usd(),
            band: Band {
                low: band.low - widen * band.low.abs(),
                high: band.high + widen * band.high.abs(),
            },
            vega_basis: self.valuation.basis(),
            theta_floor: self.pack.theta.floor.value * (1.0 + tighten),
            move_factor: if is(FactId::ReerShift) {
                params.shifted_move
            } else {
                1.0
            },
            lean,
            assumptions,
        }
    }
}
