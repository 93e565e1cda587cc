//! What leans roll against hedge, and which of two compared choices comes first.

use super::VerdictInputs;
use crate::decision::choices::{Choice, Choices};
use crate::fact::{FactId, Facts};
use crate::policy::{Clause, RulePack};
use crate::rule::Stance;

/// Which way a near tie leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// To the hedge.
    Hedge,
    /// To the roll.
    Roll,
}

/// What leans the comparison of roll and hedge.
#[derive(Clone, Debug, PartialEq)]
pub struct Tilt {
    /// Added to the hedge's score and taken off the roll's; negative leans to the roll. In parts of a score.
    pub to_hedge: f64,
    /// What a tie goes to; `None` while nothing is known that decides it.
    pub tie: Option<Lean>,
    /// Why, a few words each.
    pub reasons: Vec<String>,
}

impl Tilt {
    /// What it adds to the score of a choice: to hedges where it leans to the hedge, to rolls where it leans to the
    /// roll, 0 or more; and to nothing where what leans both ways cancels out.
    pub fn added_to(&self, stance: Stance) -> f64 {
        match stance {
            Stance::Hedge => self.to_hedge.max(0.0),
            Stance::Roll => (-self.to_hedge).max(0.0),
            Stance::NoAdvice
            | Stance::Fix
            | Stance::Hold
            | Stance::Trim
            | Stance::Close
            | Stance::Evaluate => 0.0,
        }
    }

    /// The stance that a tie goes to.
    pub fn tie_stance(&self) -> Option<Stance> {
        self.tie.map(|lean| match lean {
            Lean::Hedge => Stance::Hedge,
            Lean::Roll => Stance::Roll,
        })
    }
}

/// What leans roll against hedge today: for the scores of the choices and for the verdict alike.
pub(in crate::decision) fn tilt(facts: &Facts, pack: &RulePack) -> Tilt {
    let step = pack.decision.tilt.tilt.value;
    let regime = facts.words(FactId::Regime);
    let richness = facts.words(FactId::CapmVerdict);
    let in_window = facts.flag(FactId::EventWindow) == Some(true);
    let mut reasons = Vec::new();
    let (mut to_hedge, mut to_roll) = (false, false);
    let mut lean = |holds: bool, hedge: bool, why: &str| {
        if holds {
            reasons.push(why.to_owned());
            to_hedge |= hedge;
            to_roll |= !hedge;
        }
    };
    lean(
        regime.is_some_and(|regime| regime != PROMOTER),
        true,
        "Steward leans to the hedge",
    );
    lean(in_window, true, "an event window leans to the hedge");
    lean(
        richness == Some("cheap"),
        true,
        "a cheap Second layer leans to the hedge",
    );
    lean(
        regime == Some(PROMOTER),
        false,
        "Promoter leans to the roll",
    );
    lean(
        richness == Some("rich"),
        false,
        "a rich Second layer leans to the roll",
    );
    // each side once: what leans both ways cancels out
    let sides = f64::from(i8::from(to_hedge)) - f64::from(i8::from(to_roll));
    let signal = facts.flag(FactId::FrontTies) == Some(true);
    let tie = if signal {
        reasons.push("a volatility signal turns ties to the hedge".to_owned());
        Some(Lean::Hedge)
    } else if in_window {
        Some(Lean::Hedge)
    } else {
        regime.map(|regime| {
            if regime == PROMOTER {
                Lean::Roll
            } else {
                Lean::Hedge
            }
        })
    };
    Tilt {
        to_hedge: step * sides,
        tie,
        reasons,
    }
}

/// The regime that leans to the roll, as facts name it.
const PROMOTER: &str = "Promoter";

/// The better of two choices: by score with the tilt, a tie by regime.
fn better<'a>(
    inputs: &VerdictInputs<'_>,
    tilt: &Tilt,
    roll: &'a Choice,
    hedge: &'a Choice,
) -> (Option<&'a Choice>, String) {
    let least = inputs.pack.decision.tilt.tie.value;
    let (Some(for_roll), Some(for_hedge)) = (roll.score, hedge.score) else {
        return (None, "the choices are not scored".to_owned());
    };
    let gap = for_hedge - for_roll + tilt.to_hedge;
    let scores = format!(
        "{} scores {}, {} {}",
        roll.name,
        points(for_roll),
        hedge.name,
        points(for_hedge)
    );
    let lean = if tilt.to_hedge == 0.0 {
        String::new()
    } else {
        format!(
            ", {:.2} added to the {}",
            tilt.to_hedge.abs(),
            if tilt.to_hedge > 0.0 { "hedge" } else { "roll" }
        )
    };
    let words = format!("{scores}{lean}");
    if gap.abs() >= least {
        let first = if gap > 0.0 { hedge } else { roll };
        return (Some(first), format!("{words}: {} comes first", first.name));
    }
    match tilt.tie {
        Some(Lean::Hedge) => (
            Some(hedge),
            format!("{words}: a tie, which goes to the hedge"),
        ),
        Some(Lean::Roll) => (
            Some(roll),
            format!("{words}: a tie, which goes to the roll"),
        ),
        None => (
            None,
            format!("{words}: a tie, and the regime that would decide it is not known"),
        ),
    }
}

/// A score with a true minus sign.
fn points(score: f64) -> String {
    format!("{score:.2}").replace('-', "−")
}

/// Close or hedge by score. What leans to the hedge counts; what leans to the roll says nothing of a close.
fn close_or_hedge<'a>(
    inputs: &VerdictInputs<'_>,
    tilt: &Tilt,
    close: &'a Choice,
    hedge: &'a Choice,
) -> (&'a Choice, String) {
    let least = inputs.pack.decision.tilt.tie.value;
    let (Some(for_close), Some(for_hedge)) = (close.score, hedge.score) else {
        let words = format!("{}, since the choices are not scored", hedge.name);
        return (hedge, words);
    };
    let gap = for_hedge - for_close + tilt.to_hedge.max(0.0);
    let is_tie = gap.abs() < least && tilt.tie == Some(Lean::Hedge);
    let first = if gap > 0.0 || is_tie { hedge } else { close };
    let words = format!(
        "{} scores {}, {} {}: {} comes first",
        close.name,
        points(for_close),
        hedge.name,
        points(for_hedge),
        first.name
    );
    (first, words)
}

/// A choice's name with what would get where it aims, should it stop short; that there is none to trade.
fn words_of(choice: Option<&Choice>, wanted: Stance) -> Option<String> {
    match (choice, wanted) {
        (Some(choice), _) => Some(choice.stops_short.as_ref().map_or_else(
            || choice.name.clone(),
            |whole| format!("{}; {whole}", choice.name),
        )),
        (None, Stance::Hedge | Stance::Trim) => Some(format!(
            "no {} is among the choices compared",
            wanted.label().to_lowercase()
        )),
        (
            None,
            Stance::NoAdvice
            | Stance::Fix
            | Stance::Hold
            | Stance::Roll
            | Stance::Close
            | Stance::Evaluate,
        ) => None,
    }
}

/// A stance, the choice that does it, and what the comparison says.
type Asked<'a> = (Stance, Option<&'a Choice>, Option<String>);

/// Break-evens breached or a strike threatened: an accepted roll, else hedge or close.
fn breached<'a>(inputs: &VerdictInputs<'_>, choices: &'a Choices, tilt: &Tilt) -> Asked<'a> {
    if let Some(roll) = choices.best(Stance::Roll) {
        return (
            Stance::Roll,
            Some(roll),
            Some(format!("accepted: {}", roll.name)),
        );
    }
    match (choices.best(Stance::Close), choices.best(Stance::Hedge)) {
        (Some(close), Some(hedge)) => {
            let (first, words) = close_or_hedge(inputs, tilt, close, hedge);
            let words = format!("no roll is accepted; {words}");
            (first.stance, Some(first), Some(words))
        }
        (Some(only), None) | (None, Some(only)) => {
            let words = format!("no roll is accepted: {}", only.name);
            (only.stance, Some(only), Some(words))
        }
        (None, None) => {
            let words = "no roll is accepted, and no other choice is known".to_owned();
            (Stance::Close, None, Some(words))
        }
    }
}

/// What a clause asks for.
pub(super) fn asked<'a>(
    inputs: &VerdictInputs<'a>,
    clause: Clause,
    wanted: Stance,
    tilt: &Tilt,
) -> Asked<'a> {
    let Some(choices) = inputs.choices else {
        let words = (clause == Clause::BreakEvenBreach)
            .then(|| "a roll if one is accepted, else a hedge or the close".to_owned());
        return (wanted, None, words);
    };
    let best = |stance| choices.best(stance);
    match clause {
        Clause::BreakEvenBreach => breached(inputs, choices, tilt),
        Clause::InflationBreach | Clause::Evaluate if wanted == Stance::Evaluate => {
            match (best(Stance::Roll), best(Stance::Hedge)) {
                (Some(roll), Some(hedge)) => {
                    let (_, words) = better(inputs, tilt, roll, hedge);
                    (wanted, None, Some(words))
                }
                (None, Some(hedge)) => {
                    let words = format!("no roll is accepted; {} stands alone", hedge.name);
                    (wanted, None, Some(words))
                }
                (Some(roll), None) => (wanted, None, Some(format!("{} stands alone", roll.name))),
                (None, None) => (wanted, None, None),
            }
        }
        Clause::ThetaFloor if wanted == Stance::Roll => match best(Stance::Roll) {
            Some(roll) => (wanted, Some(roll), Some(format!("accepted: {}", roll.name))),
            None => (
                wanted,
                None,
                Some("no roll is accepted yet that lifts it".to_owned()),
            ),
        },
        Clause::FixStructure
        | Clause::InflationBreach
        | Clause::VegaCut
        | Clause::Evaluate
        | Clause::VegaBand
        | Clause::ThetaFloor
        | Clause::TailHedge => {
            let choice = choices.answer(clause, wanted);
            (wanted, choice, words_of(choice, wanted))
        }
    }
}
