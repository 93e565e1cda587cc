//! What panels see of the rules and of the choices, and what they may ask of them.

use std::sync::Arc;

use crate::decision::{Choice, Decision, Standing, Verdict};
use crate::fact::Facts;
use crate::risk::curves::PayoffCurves;
use crate::rule::{Findings, Stance};

/// A choice of a [`Decision`] by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChoicePlace {
    /// One that may be chosen.
    Offered(usize),
    /// A roll that failed a test.
    Rejected(usize),
}

impl ChoicePlace {
    /// The choice there; `None` once the decision has others.
    pub fn of(self, decision: &Decision) -> Option<&Choice> {
        match self {
            Self::Offered(place) => decision.choices.get(place),
            Self::Rejected(place) => decision.rejected.get(place),
        }
    }

    /// Its number where the offered choices are counted first, then the rejected ones.
    pub fn number(self, decision: &Decision) -> usize {
        match self {
            Self::Offered(place) => place,
            Self::Rejected(place) => decision.choices.len() + place,
        }
    }
}

/// The payoff lines of a choice that is looked at.
#[derive(Clone, Debug)]
pub struct ChoicePreview {
    /// Which choice.
    pub place: ChoicePlace,
    /// Its name.
    pub name: String,
    /// Its lines, for the same request as the book's.
    pub curves: PayoffCurves,
}

/// The rules and the choices of the book as held.
#[derive(Clone, Copy, Debug, Default)]
pub struct AdviceView<'a> {
    /// The facts that the rules saw.
    pub facts: Option<&'a Arc<Facts>>,
    /// What every rule found.
    pub findings: Option<&'a Arc<Findings>>,
    /// What follows from them.
    pub verdict: Option<&'a Verdict>,
    /// The stance that stands, and the one that waits for its second evaluation.
    pub standing: Option<Standing>,
    /// The verdict before the gesture or the what-if under way.
    pub before: Option<&'a Verdict>,
    /// The choices on one basis, of this book or, while others are computed, of the one before.
    pub decision: Option<&'a Arc<Decision>>,
    /// Whether that decision is of a book, a market, an account or a pack that has changed since.
    pub is_stale: bool,
    /// How far the comparison of choices under way is, 0 to 1.
    pub progress: Option<f64>,
    /// Why there is no comparison.
    pub trouble: Option<&'a str>,
    /// The lines of the choice that is looked at.
    pub preview: Option<&'a ChoicePreview>,
}

impl AdviceView<'_> {
    /// The stance to show: of a what-if or a gesture its own at once, else the one that stands.
    pub fn stance(&self) -> Option<Stance> {
        let found = self.verdict?.stance;
        let standing = self.standing.filter(|_| self.before.is_none());
        Some(standing.map_or(found, |standing| standing.shown))
    }
}

/// A request about the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdviceEdit {
    /// Show the lines of a choice as a ghost on the payoff; `None` takes them away.
    Preview(Option<ChoicePlace>),
    /// Trade it: one undo step, with the trades and the reason in the journal.
    Apply(ChoicePlace),
    /// Look at it as a what-if first.
    AsWhatIf(ChoicePlace),
    /// Stop comparing.
    Cancel,
    /// Compare again.
    Compare,
}
