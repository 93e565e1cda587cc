//! The whole way from a book to its choices, compared.

use super::accept::{Acceptance, acceptance, gamma_flag};
use super::candidate::Candidate;
use super::choice_map::ChoiceMap;
use super::evaluate::Evaluator;
use super::figures::Figures;
use super::inputs::{Basis, DecisionInputs};
use super::score::{Ranked, Scales, Score, order, preferred};
use super::stress::StressHedge;
use super::verdict::{Tilt, tilt};
use super::{close, hedges, hold, monetise, rolls, stress, trims};
use crate::risk::joint_map::JointMapError;
use crate::risk::simulation::{RunControl, SimulationError, on_all_cores};
use crate::rule::Stance;

/// Why there is nothing to compare.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DecisionError {
    /// An empty book: there is nothing to advise.
    #[error("nothing is held: there is nothing to decide")]
    NothingHeld,
    /// No simulation.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
    /// No map.
    #[error(transparent)]
    Map(#[from] JointMapError),
}

/// A choice with everything that is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is done.
    pub candidate: Candidate,
    /// What it costs and leads to.
    pub figures: Figures,
    /// The tests of a roll; `None` for everything else.
    pub acceptance: Option<Acceptance>,
    /// Its score.
    pub score: Score,
}

impl Choice {
    /// What it asks for.
    pub fn stance(&self) -> Stance {
        self.candidate.stance()
    }

    /// Whether it may be chosen.
    pub fn is_accepted(&self) -> bool {
        (self.acceptance.as_ref()).is_none_or(Acceptance::is_accepted)
    }
}

/// All choices on one basis.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What they were measured on.
    pub basis: Basis,
    /// The choices; holding is the first.
    pub choices: Vec<Choice>,
    /// Rolls that failed a test, nearest expiry first.
    pub rejected: Vec<Choice>,
    /// Places of the choices from the highest score to the lowest.
    pub order: Vec<usize>,
    /// The place of the choice preferred; a tie is decided by the regime.
    pub preferred: usize,
    /// The hedge for the stress and its frontier.
    pub stress: StressHedge,
    /// Where on the plane of SPX and VIX which choice wins.
    pub map: ChoiceMap,
}

impl Decision {
    /// Leaving everything as it is.
    pub fn hold(&self) -> &Choice {
        &self.choices[0]
    }

    /// The choice preferred.
    pub fn preferred(&self) -> &Choice {
        &self.choices[self.preferred]
    }

    /// The choice with the highest score of a stance.
    pub fn best_of(&self, stance: Stance) -> Option<&Choice> {
        let mut ordered = self.order.iter().map(|place| &self.choices[*place]);
        ordered.find(|choice| choice.stance() == stance)
    }
}

/// Every choice that the method offers for a book.
pub fn candidates(inputs: &DecisionInputs<'_>, basis: &Basis) -> (Vec<Candidate>, StressHedge) {
    let stressed = stress::search(inputs);
    let mut all = vec![hold::candidate(inputs)];
    all.extend(rolls::candidates(inputs));
    all.extend(hedges::candidates(inputs, basis));
    all.extend(stress::candidate(inputs, &stressed));
    all.extend(trims::candidates(inputs, basis));
    all.extend(monetise::candidate(inputs));
    all.extend(close::candidates(inputs));
    (merged(all), stressed)
}

/// Choices that lead to the same book are one: the first takes the others' kinds, names and notes.
fn merged(all: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(all.len());
    for candidate in all {
        let same = kept
            .iter_mut()
            .find(|known| known.positions == candidate.positions);
        match same {
            Some(known) => {
                known
                    .notes
                    .push(format!("The same trades: {}", candidate.name));
                known.notes.extend(candidate.notes);
                known.also.push(candidate.kind);
            }
            None => kept.push(candidate),
        }
    }
    kept
}

/// Compares all choices. Meant for a thread of its own: `control` tells how far it has come and stops it.
///
/// # Errors
/// [`DecisionError::NothingHeld`] for a book without a living leg, [`SimulationError::Cancelled`] when it was
/// stopped.
pub fn decide(
    inputs: &DecisionInputs<'_>,
    control: &RunControl,
) -> Result<Decision, DecisionError> {
    let now = inputs.valuation.market.as_of;
    let lives = |leg: &crate::instrument::Leg| !leg.contract.is_expired(now);
    let mut legs = inputs.campaign.positions.iter().flat_map(|held| &held.legs);
    if !legs.any(lives) {
        return Err(DecisionError::NothingHeld);
    }
    let basis = inputs.basis();
    let (candidates, stress) = candidates(inputs, &basis);
    let evaluator = Evaluator::new(inputs, &basis, &candidates, control)?;
    let figures = on_all_cores(&candidates, |candidate| {
        if control.is_cancelled() {
            return Err(SimulationError::Cancelled);
        }
        let figures = evaluator.evaluate(candidate);
        control.step();
        figures
    });
    let figures: Vec<Figures> = figures.into_iter().collect::<Result<_, _>>()?;
    let tilt = tilt(inputs.facts, inputs.pack);
    let (choices, rejected) = judged(inputs, (&basis, &tilt), candidates, figures);
    let ranked: Vec<Ranked> = (choices.iter())
        .map(|choice| Ranked {
            stance: choice.stance(),
            total: choice.score.total,
            parts: choice.score.parts,
        })
        .collect();
    let order = order(&ranked);
    let preferred = preferred(&ranked, inputs.params.tie, tilt.tie_stance()).unwrap_or(0);
    let map = map(inputs, &basis, &choices, &order)?;
    Ok(Decision {
        basis,
        choices,
        rejected,
        order,
        preferred,
        stress,
        map,
    })
}

/// Choices with scores, and the rolls that failed.
fn judged(
    inputs: &DecisionInputs<'_>,
    (basis, tilt): (&Basis, &Tilt),
    candidates: Vec<Candidate>,
    figures: Vec<Figures>,
) -> (Vec<Choice>, Vec<Choice>) {
    let scales = Scales::of(inputs, basis);
    let hold = figures[0].clone();
    let choices = candidates
        .into_iter()
        .zip(figures)
        .map(|(mut candidate, figures)| {
            candidate.notes.extend(gamma_flag(inputs, &figures, &hold));
            let stance = candidate.stance();
            let acceptance = (stance == Stance::Roll)
                .then(|| acceptance(inputs, basis, (&candidate, &figures), &hold));
            Choice {
                score: Score::of(&inputs.params, tilt, (stance, scales.parts(&figures))),
                candidate,
                figures,
                acceptance,
            }
        });
    choices.partition(Choice::is_accepted)
}

/// The best of each stance on the map, holding first.
fn map(
    inputs: &DecisionInputs<'_>,
    basis: &Basis,
    choices: &[Choice],
    order: &[usize],
) -> Result<ChoiceMap, JointMapError> {
    let best = |stance: Stance| {
        let place = order
            .iter()
            .find(|place| choices[**place].stance() == stance)?;
        let choice = &choices[*place];
        Some((*place, &choice.candidate, choice.figures.friction_usd()))
    };
    let stances = [
        Stance::Hold,
        Stance::Roll,
        Stance::Hedge,
        Stance::Trim,
        Stance::Close,
    ];
    let compared: Vec<_> = stances.into_iter().filter_map(best).collect();
    ChoiceMap::of(inputs, basis, &compared)
}
