//! What a decision is made from, and what all choices share: horizon, drift, cost of capital, band.

use jiff::civil::Date;

use super::params::DecisionParams;
use crate::calendar::{add_trading_days, business_days_between, new_york_date};
use crate::document::{Account, Campaign};
use crate::fact::{FactId, Facts};
use crate::instrument::Wings;
use crate::policy::RulePack;
use crate::risk::band::{Band, VegaBasis};
use crate::risk::simulation::default_drift;
use crate::rule::reading::widened;
use crate::rule::{ModifierKind, Modifiers};
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
    /// Expected moves that a roll's nearer break-even must lie away, modifiers included.
    pub break_even_pass: f64,
    /// The regime.
    pub lean: Lean,
    /// What was assumed because nothing better is known, a sentence each.
    pub assumptions: Vec<String>,
}

impl DecisionInputs<'_> {
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

    /// Number of condors held, those of two expiries included; as the valuation counts without any.
    pub fn condors(&self) -> f64 {
        let wings = self.wings();
        if wings.is_empty() {
            return self.valuation.frame.condors;
        }
        wings.iter().map(|wings| f64::from(wings.contracts)).sum()
    }

    /// Contract-weighted wing width in points; the reference width without condors.
    pub fn width_points(&self) -> f64 {
        let wings = self.wings();
        if wings.is_empty() {
            return self.valuation.frame.width_points;
        }
        let weighted = wings
            .iter()
            .map(|w| f64::from(w.contracts) * w.width_points);
        weighted.sum::<f64>() / self.condors()
    }

    /// Net vega of the book as held, literal points per condor; `None` without SPX legs.
    pub fn net_vega(&self) -> Option<f64> {
        let net = self.valuation.net_vega.as_ref()?;
        Some(net.literal * self.valuation.frame.condors / self.condors())
    }

    /// What all choices share.
    pub fn basis(&self) -> Basis {
        let mut assumptions = Vec::new();
        let modifiers = Modifiers::of(self.facts, self.pack);
        let trading_days = self.trading_days();
        let percent = |id: FactId| self.facts.number(id).map(|pct| pct / 100.0);
        let premium = percent(FactId::Erp).unwrap_or_else(|| {
            let assumed = 100.0 * self.params.assumed_premium;
            assumptions.push(format!(
                "Equity premium assumed {assumed:.1} % a year: no history gives one"
            ));
            self.params.assumed_premium
        });
        let market = &self.valuation.market;
        let riskless = percent(FactId::Riskless).unwrap_or(market.rate);
        let lean = match self.facts.words(FactId::Regime) {
            Some("Steward") => Lean::Steward,
            Some("Promoter") => Lean::Promoter,
            Some(_) | None => Lean::Unknown,
        };
        if lean == Lean::Unknown {
            assumptions
                .push("The regime is not known: it neither tilts nor decides ties".to_owned());
        }
        let days = i32::try_from(trading_days).unwrap_or(i32::MAX);
        Basis {
            paths: self.params.paths,
            trading_days,
            horizon: add_trading_days(self.today(), days),
            drift_per_year: default_drift(riskless, premium, market.dividend),
            wacc: percent(FactId::Wacc).unwrap_or(riskless + premium),
            credit_usd: self.credit_usd(),
            band: widened(self.valuation.band, modifiers.widen()),
            vega_basis: self.valuation.basis(),
            theta_floor: self.pack.theta.floor.value * (1.0 + modifiers.tighten()),
            move_factor: modifiers.move_factor(),
            break_even_pass: self.break_even_pass(&modifiers),
            lean,
            assumptions,
        }
    }

    /// Trading days to the horizon: the pack's, or the nearest condor's expiry if that comes first.
    fn trading_days(&self) -> u32 {
        let nearest = (self.wings().iter()).map(Wings::nearest_expiry).min();
        let sessions = nearest.map(|expiry| business_days_between(self.today(), expiry).max(1));
        sessions.map_or(self.params.horizon, |sessions| {
            let sessions = u32::try_from(sessions).unwrap_or(1);
            self.params.horizon.min(sessions)
        })
    }

    /// The level from which break-evens pass, as the rule of the break-evens has it.
    fn break_even_pass(&self, modifiers: &Modifiers) -> f64 {
        let pass = self.pack.break_evens.pass.value;
        if modifiers.is_on(ModifierKind::EarlierLevels) {
            pass.max(modifiers.get(ModifierKind::EarlierLevels).amount)
        } else {
            pass
        }
    }
}
