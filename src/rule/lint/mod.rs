//! The rule linter: what a pack's numbers can and cannot do.
//!
//! [`lint_pack`] looks at the numbers alone. [`LintGrid`] values the reference book over SPX, VIX and days by
//! the joint model, sets each hedge multiple and a spread of histories beside it, and counts how each rule
//! answers. Both are pure; the grid is made once and serves every pack that is edited.

mod fixed;
mod grid;
mod journal;
mod tally;

pub use fixed::lint_pack;
pub use grid::{LintCase, LintGrid};
pub use journal::{lint_journal, recorded_facts};

use super::reading::Reading;
use crate::policy::{RuleKind, RulePack};

/// What is odd about a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LintKind {
    /// A rule or number that can never have an effect.
    NeverFires,
    /// A rule that speaks wherever it can be judged.
    AlwaysFires,
    /// A number whose sign makes no sense in its place.
    ImpossibleSign,
    /// Numbers that are compared and cannot be in one unit, as a share written in percent.
    MixedUnit,
    /// Two rules, or two numbers, that ask for opposite things at once.
    Contradiction,
    /// A clause that another one implies.
    Redundant,
    /// A limit that seldom has an effect on the reference book.
    SeldomBinds,
}

impl LintKind {
    /// Every kind, the worst first.
    pub const ALL: [Self; 7] = [
        Self::ImpossibleSign,
        Self::MixedUnit,
        Self::Contradiction,
        Self::NeverFires,
        Self::AlwaysFires,
        Self::Redundant,
        Self::SeldomBinds,
    ];

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::NeverFires => "never fires",
            Self::AlwaysFires => "always fires",
            Self::ImpossibleSign => "impossible sign",
            Self::MixedUnit => "mixed unit",
            Self::Contradiction => "contradiction",
            Self::Redundant => "redundant",
            Self::SeldomBinds => "seldom binds",
        }
    }
}

/// One finding of the linter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// What is odd.
    pub kind: LintKind,
    /// The rules that it concerns; empty for a number alone.
    pub rules: Vec<RuleKind>,
    /// The number of the pack that it concerns, if one does.
    pub path: Option<String>,
    /// What was found, a sentence with its numbers.
    pub words: String,
}

impl Lint {
    pub(super) fn number(kind: LintKind, path: &str, words: impl Into<String>) -> Self {
        Self {
            kind,
            rules: Vec::new(),
            path: Some(path.to_owned()),
            words: words.into(),
        }
    }

    pub(super) fn of_rule(mut self, rule: RuleKind) -> Self {
        self.rules.push(rule);
        self
    }
}

/// Everything odd about a pack: its numbers, then how its rules answer over the grid. The worst first.
pub fn lint(pack: &RulePack, reading: Reading, grid: &LintGrid) -> Vec<Lint> {
    let mut found = lint_pack(pack);
    found.extend(tally::lint_grid(pack, reading, grid));
    let rank = |kind: LintKind| LintKind::ALL.iter().position(|other| *other == kind);
    found.sort_by_key(|lint| rank(lint.kind));
    found
}
