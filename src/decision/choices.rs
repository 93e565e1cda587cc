//! What a verdict needs to know of the choices that were compared.

use super::candidate::{CandidateKind, HedgeGoal};
use crate::instrument::Contract;
use crate::policy::Clause;
use crate::rule::Stance;

/// A trade that a verdict proposes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VerdictTrade {
    /// What is traded.
    pub contract: Contract,
    /// Contracts, positive when bought.
    pub quantity: i32,
    /// Price per unit in points, as the model marks it.
    pub price_points: f64,
}

/// A choice that was compared with the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// What it does.
    pub stance: Stance,
    /// Every kind that it is.
    pub kinds: Vec<CandidateKind>,
    /// Its place among the decision's choices.
    pub place: usize,
    /// What would get where it aims, when the hedge budget stops it before.
    pub stops_short: Option<String>,
    /// Its score, −1 to 1; `None` when it could not be scored.
    pub score: Option<f64>,
    /// What it costs now in percent of the condors' credit, fees and half-spread included.
    pub cost_pct_of_credit: Option<f64>,
    /// Its trades.
    pub trades: Vec<VerdictTrade>,
}

/// The choices, compared on one basis; rolls that were not accepted are not among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    /// All that may be taken.
    pub all: Vec<Choice>,
}

impl Choices {
    /// The best choice of a stance by score; the first named where none has one, or scores are equal.
    pub fn best(&self, stance: Stance) -> Option<&Choice> {
        self.best_where(|choice| choice.stance == stance)
    }

    /// The best choice of a stance that answers what a clause found: a hedge sized to the band or to the cut where
    /// the clause asks for that and there is one, else the best hedge; a trim of the hedge where the hedge is too
    /// large or its drag too heavy, never fewer condors, which would make that worse.
    pub fn answer(&self, clause: Clause, stance: Stance) -> Option<&Choice> {
        let less_hedge = [
            Clause::VegaBand,
            Clause::InflationBreach,
            Clause::ThetaFloor,
        ];
        let asks_less_hedge = stance == Stance::Trim && less_hedge.contains(&clause);
        let is_aimed = |kind: &CandidateKind| match kind {
            CandidateKind::Hedge(HedgeGoal::Band | HedgeGoal::Target) => clause == Clause::VegaBand,
            CandidateKind::Hedge(HedgeGoal::Cut { .. }) => clause == Clause::VegaCut,
            CandidateKind::TrimHedge => asks_less_hedge,
            CandidateKind::Hold
            | CandidateKind::Close { .. }
            | CandidateKind::Roll { .. }
            | CandidateKind::Hedge(HedgeGoal::Stress)
            | CandidateKind::TrimCondors
            | CandidateKind::Monetise => false,
        };
        let aimed =
            self.best_where(|choice| choice.stance == stance && choice.kinds.iter().any(is_aimed));
        if asks_less_hedge {
            aimed
        } else {
            aimed.or_else(|| self.best(stance))
        }
    }

    fn best_where(&self, is_wanted: impl Fn(&Choice) -> bool) -> Option<&Choice> {
        let wanted = self.all.iter().filter(|choice| is_wanted(choice));
        wanted.reduce(|best, other| {
            let score = |choice: &Choice| choice.score.unwrap_or(f64::NEG_INFINITY);
            if score(other) > score(best) {
                other
            } else {
                best
            }
        })
    }

    /// What a verdict needs of a comparison: the choices that may be taken, from the highest score down.
    pub fn of(decision: &super::Decision) -> Self {
        let credit_usd = decision.basis.credit_usd;
        let all = decision.order.iter().map(|place| {
            let choice = &decision.choices[*place];
            let cost_usd = choice.figures.cost_usd();
            Choice {
                name: choice.candidate.name.clone(),
                stance: choice.stance(),
                kinds: choice.candidate.kinds().collect(),
                place: *place,
                stops_short: choice.candidate.stops_short.clone(),
                score: Some(choice.score.total - choice.score.tilt),
                cost_pct_of_credit: (credit_usd > 0.0).then(|| 100.0 * cost_usd / credit_usd),
                trades: (choice.candidate.trades.iter())
                    .map(|trade| VerdictTrade {
                        contract: trade.contract,
                        quantity: trade.quantity,
                        price_points: trade.price_points,
                    })
                    .collect(),
            }
        });
        Self { all: all.collect() }
    }
}
