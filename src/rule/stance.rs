//! What a rule or the verdict asks for.

use serde::{Deserialize, Serialize};

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stance {
    /// Something that is needed is missing: no advice.
    NoAdvice,
    /// Mend the structure first.
    Fix,
    /// Leave it as it is.
    Hold,
    /// Move the condor in time.
    Roll,
    /// Buy volatility.
    Hedge,
    /// Make it smaller.
    Trim,
    /// Take it off.
    Close,
    /// Set roll and hedge side by side.
    Evaluate,
}

impl Stance {
    /// Every stance.
    pub const ALL: [Self; 8] = [
        Self::NoAdvice,
        Self::Fix,
        Self::Hold,
        Self::Roll,
        Self::Hedge,
        Self::Trim,
        Self::Close,
        Self::Evaluate,
    ];

    /// Its name on the screen and in reports.
    pub fn label(self) -> &'static str {
        match self {
            Self::NoAdvice => "No advice",
            Self::Fix => "Fix",
            Self::Hold => "Hold",
            Self::Roll => "Roll",
            Self::Hedge => "Hedge",
            Self::Trim => "Trim",
            Self::Close => "Close",
            Self::Evaluate => "Evaluate",
        }
    }

    /// The stance of that name, as a record keeps it.
    pub fn of_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.label() == label)
    }

    /// What it means, in a line.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NoAdvice => "Something that the rules need is missing",
            Self::Fix => "Mend a synthetic position or a naked leg before anything else",
            Self::Hold => "Nothing asks for a change",
            Self::Roll => "Move the condor in time: close it and open a later one",
            Self::Hedge => "Buy volatility: VIX calls or futures",
            Self::Trim => "Make the position or its hedge smaller",
            Self::Close => "Take the condor off",
            Self::Evaluate => "Set a roll and a hedge side by side on one basis",
        }
    }
}
