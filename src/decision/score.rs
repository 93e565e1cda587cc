//! The score: four parts on fixed scales, each clamped to ±1, and a tilt. A choice's score depends on its own
//! figures and on the basis alone, so another choice never changes it.

use super::figures::Figures;
use super::inputs::{Basis, DecisionInputs};
use super::params::{DecisionParams, Weights};
use super::verdict::Tilt;
use crate::rule::Stance;

/// The parts before their weights, each from −1 to 1; more is better.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScoreParts {
    /// Expected return on margin over the cost of capital.
    pub return_over_wacc: f64,
    /// Cost now over the condors' credit, negative when paid.
    pub cost: f64,
    /// Net vega outside the band over its width, 0 or less.
    pub vega_outside: f64,
    /// 5th percentile over margin.
    pub tail: f64,
}

impl ScoreParts {
    /// The parts in the order of the weights.
    pub fn all(&self) -> [f64; 4] {
        [
            self.return_over_wacc,
            self.cost,
            self.vega_outside,
            self.tail,
        ]
    }

    /// Whether these are nowhere worse than others and somewhere better.
    pub fn dominate(&self, others: &Self) -> bool {
        let pairs = || self.all().into_iter().zip(others.all());
        pairs().all(|(own, other)| own >= other) && pairs().any(|(own, other)| own > other)
    }

    /// Each part times its weight.
    fn weighted(&self, weights: &Weights) -> [f64; 4] {
        [
            weights.return_over_wacc * self.return_over_wacc,
            weights.cost * self.cost,
            weights.vega_outside * self.vega_outside,
            weights.tail * self.tail,
        ]
    }
}

/// The score of a choice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// Its parts.
    pub parts: ScoreParts,
    /// The parts times their weights, in the order of [`ScoreParts::all`].
    pub weighted: [f64; 4],
    /// What the regime, an event or a cheap or rich Second layer adds.
    pub tilt: f64,
    /// Why, in words; empty without a tilt.
    pub tilt_why: String,
    /// Weighted parts and tilt.
    pub total: f64,
}

/// What the scales are fixed to: figures of the book as held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scales {
    pub(super) wacc: f64,
    pub(super) credit_usd: f64,
    pub(super) band_width: f64,
    /// Stands in for the margin of a choice that has none.
    pub(super) margin_usd: f64,
}

impl Scales {
    pub(super) fn of(inputs: &DecisionInputs<'_>, basis: &Basis) -> Self {
        Self {
            wacc: basis.wacc,
            credit_usd: inputs.credit_usd(),
            band_width: basis.band.high - basis.band.low,
            margin_usd: inputs.valuation.facts.margin_usd,
        }
    }

    pub(super) fn parts(&self, figures: &Figures) -> ScoreParts {
        let over = |part: f64, whole: f64| {
            if whole > 0.0 {
                (part / whole).clamp(-1.0, 1.0)
            } else {
                0.0
            }
        };
        let margin = if figures.margin_usd > 0.0 {
            figures.margin_usd
        } else {
            self.margin_usd
        };
        let outside = figures.vega.map_or(0.0, |vega| vega.outside);
        ScoreParts {
            return_over_wacc: over(figures.irr.unwrap_or(0.0), self.wacc),
            cost: over(-figures.cost_usd(), self.credit_usd),
            vega_outside: -over(outside, self.band_width),
            tail: over(figures.outcome.p05_usd, margin),
        }
    }
}

impl Score {
    /// The score of a choice that asks for a stance, from its parts and what leans the comparison.
    pub(super) fn of(
        params: &DecisionParams,
        tilt: &Tilt,
        (stance, parts): (Stance, ScoreParts),
    ) -> Self {
        let added = tilt.added_to(stance);
        let weighted = parts.weighted(&params.weights);
        Self {
            total: weighted.iter().sum::<f64>() + added,
            weighted,
            tilt_why: if added > 0.0 {
                tilt.reasons.join(", ")
            } else {
                String::new()
            },
            parts,
            tilt: added,
        }
    }
}

/// A choice as the order sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ranked {
    pub(super) stance: Stance,
    pub(super) total: f64,
    pub(super) parts: ScoreParts,
}

/// Places of the choices from the highest score to the lowest; equal scores keep their order.
pub(super) fn order(choices: &[Ranked]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..choices.len()).collect();
    places.sort_by(|a, b| choices[*b].total.total_cmp(&choices[*a].total));
    places
}

/// The choice preferred: the highest score, unless one of the stance that decides ties is nearer to it than a
/// tie. A choice that another dominates never wins by a tie. `None` without choices.
pub(super) fn preferred(choices: &[Ranked], tie: f64, decides: Option<Stance>) -> Option<usize> {
    let order = order(choices);
    let best = *order.first()?;
    let is_dominated = |place: usize| {
        let parts = &choices[place].parts;
        choices.iter().any(|other| other.parts.dominate(parts))
    };
    let near = |place: &usize| choices[best].total - choices[*place].total < tie;
    let by_tie = (order.iter().copied())
        .filter(near)
        .find(|place| Some(choices[*place].stance) == decides && !is_dominated(*place));
    Some(by_tie.unwrap_or(best))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Ranked, Score, ScoreParts, order, preferred};
    use crate::decision::DecisionParams;
    use crate::decision::verdict::Tilt;
    use crate::policy::RulePack;
    use crate::rule::Stance;

    const STANCES: [Stance; 5] = [
        Stance::Hold,
        Stance::Roll,
        Stance::Hedge,
        Stance::Trim,
        Stance::Close,
    ];

    fn params() -> DecisionParams {
        DecisionParams::of(RulePack::alvh())
    }

    fn ranked(stance: Stance, parts: [f64; 4]) -> Ranked {
        let parts = ScoreParts {
            return_over_wacc: parts[0],
            cost: parts[1],
            vega_outside: parts[2],
            tail: parts[3],
        };
        let nothing_leans = Tilt {
            to_hedge: 0.0,
            tie: None,
            reasons: Vec::new(),
        };
        let score = Score::of(&params(), &nothing_leans, (stance, parts));
        Ranked {
            stance,
            total: score.total,
            parts,
        }
    }

    fn choices() -> impl Strategy<Value = Vec<Ranked>> {
        let one = (0..STANCES.len(), prop::array::uniform4(-1.0..1.0_f64));
        let all = prop::collection::vec(one, 1..8);
        all.prop_map(|all| {
            all.into_iter()
                .map(|(stance, parts)| ranked(STANCES[stance], parts))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn a_dominated_choice_changes_neither_order_nor_preference(
            known in choices(),
            by in any::<prop::sample::Index>(),
            less in prop::array::uniform4(0.001..0.5_f64),
            stance in 0..STANCES.len(),
            at in any::<prop::sample::Index>(),
        ) {
            let better = known[by.index(known.len())];
            let mut parts = better.parts.all();
            for (part, less) in parts.iter_mut().zip(less) {
                *part -= less;
            }
            let worse = ranked(STANCES[stance], parts);
            let place = at.index(known.len() + 1);
            let mut more = known.clone();
            more.insert(place, worse);
            let back = |found: usize| found - usize::from(found > place);
            let others: Vec<usize> = order(&more)
                .into_iter()
                .filter(|found| *found != place)
                .map(back)
                .collect();
            prop_assert_eq!(others, order(&known));
            for decides in [None, Some(Stance::Hedge), Some(Stance::Roll)] {
                let before = preferred(&known, 0.03, decides).expect("there are choices");
                let after = preferred(&more, 0.03, decides).expect("there are choices");
                prop_assert_ne!(after, place);
                prop_assert_eq!(back(after), before);
            }
        }
    }

    #[test]
    fn a_tie_goes_to_the_regime_and_a_clear_difference_does_not() {
        let hold = ranked(Stance::Hold, [0.5, 0.0, 0.0, 0.0]);
        let near = ranked(Stance::Hedge, [0.45, 0.0, 0.0, 0.01]);
        let far = ranked(Stance::Hedge, [0.2, 0.0, 0.1, 0.0]);
        let hedge = Some(Stance::Hedge);
        assert_eq!(preferred(&[hold, near], 0.03, hedge), Some(1));
        assert_eq!(preferred(&[hold, near], 0.03, None), Some(0));
        assert_eq!(preferred(&[hold, far], 0.03, hedge), Some(0));
        assert_eq!(preferred(&[], 0.03, hedge), None);
    }
}
