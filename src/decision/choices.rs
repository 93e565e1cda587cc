//! What a verdict needs to know of the choices that were compared.

use crate::instrument::Contract;
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
        let of_stance = self.all.iter().filter(|choice| choice.stance == stance);
        of_stance.reduce(|best, other| {
            let score = |choice: &Choice| choice.score.unwrap_or(f64::NEG_INFINITY);
            if score(other) > score(best) {
                other
            } else {
                best
            }
        })
    }
}

impl Choices {
    /// What a verdict needs of a comparison: the choices that may be taken, from the highest score down.
    pub fn of(decision: &super::Decision) -> Self {
        let credit_usd = decision.basis.credit_usd;
        let all = decision.order.iter().map(|place| {
            let choice = &decision.choices[*place];
            let cost_usd = choice.figures.cost_usd();
            Choice {
                name: choice.candidate.name.clone(),
                stance: choice.stance(),
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
