//! Hysteresis: a stance has to stand on so many evaluations before it replaces the one shown.
//!
//! An evaluation is one instant of the marks. What the trader changes (the book, a setting, the pack) asks a
//! new question: its answer is shown at once, since hysteresis is there for the market's noise alone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::policy::Clause;
use crate::rule::Stance;

/// Which evaluation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationStamp {
    /// Instant of the marks.
    pub as_of: Timestamp,
    /// Grows with everything that the trader decides: book, settings, pack.
    pub decided: u64,
}

/// The stance shown, and the one that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The stance shown.
    pub shown: Stance,
    /// The stance of the last evaluations, while it differs from the one shown.
    pub pending: Option<Stance>,
    /// Evaluations in a row on which it stood.
    pub count: u32,
    /// The last evaluation.
    pub stamp: EvaluationStamp,
    /// How things stood before that evaluation, which may be judged again when more becomes known of it;
    /// `None` where it was the first of its question.
    pub before: Option<Stood>,
}

/// How things stood at the end of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// The stance shown.
    pub shown: Stance,
    /// The stance that waited.
    pub pending: Option<Stance>,
    /// Evaluations in a row on which it stood.
    pub count: u32,
}

impl Standing {
    /// What stands after an evaluation gave a stance by a clause. `needed` evaluations replace a stance; the
    /// clauses on structure, break-evens and inflation act at once, as does a stance that nothing decided.
    ///
    /// Judged again at the same instant, with history that came or choices that were compared since, the
    /// answer takes the place of the one before: it is no second evaluation, and nothing waits for it.
    pub fn after(
        last: Option<Self>,
        found: Stance,
        clause: Option<Clause>,
        stamp: EvaluationStamp,
        needed: u32,
    ) -> Self {
        let before = match last {
            Some(last) if last.stamp == stamp => last.before,
            Some(last) if last.stamp.decided == stamp.decided => Some(last.stood()),
            Some(_) | None => None,
        };
        let shown_at_once = Self {
            shown: found,
            pending: None,
            count: needed,
            stamp,
            before,
        };
        let Some(stood) = before else {
            return shown_at_once;
        };
        let is_urgent = clause.is_some_and(acts_at_once);
        let without_advice = found == Stance::NoAdvice || stood.shown == Stance::NoAdvice;
        if is_urgent || without_advice || found == stood.shown {
            return shown_at_once;
        }
        let count = if stood.pending == Some(found) {
            stood.count + 1
        } else {
            1
        };
        if count >= needed {
            return shown_at_once;
        }
        Self {
            shown: stood.shown,
            pending: Some(found),
            count,
            stamp,
            before,
        }
    }

    fn stood(&self) -> Stood {
        Stood {
            shown: self.shown,
            pending: self.pending,
            count: self.count,
        }
    }
}

/// Clauses 1 to 3: what they see does not wait.
fn acts_at_once(clause: Clause) -> bool {
    match clause {
        Clause::FixStructure | Clause::BreakEvenBreach | Clause::InflationBreach => true,
        Clause::VegaCut
        | Clause::Evaluate
        | Clause::VegaBand
        | Clause::ThetaFloor
        | Clause::TailHedge => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan as _;

    use super::*;

    fn stamp(day: i64, decided: u64) -> EvaluationStamp {
        let start: Timestamp = "2026-11-23T20:00:00Z".parse().expect("an instant");
        EvaluationStamp {
            as_of: start + (24 * day).hours(),
            decided,
        }
    }

    fn after(before: Standing, found: Stance, clause: Clause, stamp: EvaluationStamp) -> Standing {
        Standing::after(Some(before), found, Some(clause), stamp, 2)
    }

    #[test]
    fn a_stance_must_stand_on_two_evaluations() {
        let first = Standing::after(None, Stance::Hold, None, stamp(0, 1), 2);
        assert_eq!((first.shown, first.pending), (Stance::Hold, None));
        let waits = after(first, Stance::Hedge, Clause::VegaBand, stamp(1, 1));
        assert_eq!(
            (waits.shown, waits.pending),
            (Stance::Hold, Some(Stance::Hedge))
        );
        // the same marks again are no second evaluation
        let same = after(waits, Stance::Hedge, Clause::VegaBand, stamp(1, 1));
        assert_eq!(same, waits);
        let stands = after(same, Stance::Hedge, Clause::VegaBand, stamp(2, 1));
        assert_eq!((stands.shown, stands.pending), (Stance::Hedge, None));
        // another stance in between starts anew
        let other = after(waits, Stance::Roll, Clause::ThetaFloor, stamp(2, 1));
        assert_eq!(
            (other.shown, other.pending, other.count),
            (Stance::Hold, Some(Stance::Roll), 1)
        );
        let back = after(other, Stance::Hold, Clause::ThetaFloor, stamp(3, 1));
        assert_eq!((back.shown, back.pending), (Stance::Hold, None));
    }

    /// History arrives, or choices are compared: the same instant is judged with more known.
    #[test]
    fn what_is_judged_again_at_one_instant_is_no_waiting() {
        let first = Standing::after(None, Stance::Hold, None, stamp(0, 1), 2);
        let known = after(first, Stance::Roll, Clause::ThetaFloor, stamp(0, 1));
        assert_eq!((known.shown, known.pending), (Stance::Roll, None));
        // the next instant first without history, then with it
        let blind = Standing::after(Some(known), Stance::NoAdvice, None, stamp(1, 1), 2);
        assert_eq!(blind.shown, Stance::NoAdvice);
        let waits = after(blind, Stance::Hedge, Clause::VegaBand, stamp(1, 1));
        assert_eq!(
            (waits.shown, waits.pending, waits.count),
            (Stance::Roll, Some(Stance::Hedge), 1)
        );
        // another answer at that instant starts from what stood before it
        let other = after(waits, Stance::Trim, Clause::VegaBand, stamp(1, 1));
        assert_eq!((other.pending, other.count), (Some(Stance::Trim), 1));
        let back = after(other, Stance::Hedge, Clause::VegaBand, stamp(1, 1));
        assert_eq!(back, waits);
        let stands = after(back, Stance::Hedge, Clause::VegaBand, stamp(2, 1));
        assert_eq!((stands.shown, stands.pending), (Stance::Hedge, None));
    }

    #[test]
    fn clauses_one_to_three_and_a_changed_book_do_not_wait() {
        let hold = Standing::after(None, Stance::Hold, None, stamp(0, 1), 2);
        for clause in [
            Clause::FixStructure,
            Clause::BreakEvenBreach,
            Clause::InflationBreach,
        ] {
            let next = after(hold, Stance::Evaluate, clause, stamp(1, 1));
            assert_eq!(next.shown, Stance::Evaluate);
        }
        let edited = after(hold, Stance::Hedge, Clause::VegaBand, stamp(0, 2));
        assert_eq!(edited.shown, Stance::Hedge);
        let unknown = Standing::after(Some(hold), Stance::NoAdvice, None, stamp(1, 1), 2);
        assert_eq!(unknown.shown, Stance::NoAdvice);
    }
}
