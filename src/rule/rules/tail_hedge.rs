//! A tail hedge by the forward VIX: the share of the portfolio that buys calls this month.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{count, fixed, trimmed, usd};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

/// The published levels: points of VIX and shares of the portfolio.
struct Levels {
    none_to: f64,
    low: f64,
    low_to: f64,
    high: f64,
    high_to: f64,
}

impl Levels {
    fn read(case: &mut Case<'_>) -> Self {
        Self {
            none_to: limit!(case, rules.tail_hedge.none_to, "none to"),
            low: limit!(case, rules.tail_hedge.low_share, "share"),
            low_to: limit!(case, rules.tail_hedge.low_to, "to"),
            high: limit!(case, rules.tail_hedge.high_share, "share above"),
            high_to: limit!(case, rules.tail_hedge.high_to, "none beyond"),
        }
    }

    /// Share of the portfolio that buys calls at a forward VIX.
    fn share(&self, forward: f64) -> f64 {
        if forward <= self.none_to || forward > self.high_to {
            0.0
        } else if forward <= self.low_to {
            self.low
        } else {
            self.high
        }
    }

    fn words(&self) -> String {
        format!(
            "nothing to {}, {} % to {}, {} % to {}, nothing beyond",
            trimmed(self.none_to, 1),
            trimmed(100.0 * self.low, 2),
            trimmed(self.low_to, 1),
            trimmed(100.0 * self.high, 2),
            trimmed(self.high_to, 1)
        )
    }
}

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::TailHedge, inputs);
    let levels = Levels::read(&mut case);
    let (forward, held) = (
        case.number(FactId::Cm30),
        case.number(FactId::FirstContracts),
    );
    let (Some(forward), Some(held)) = (forward, held) else {
        return case.unknown();
    };
    let share = levels.share(forward);
    let percent = trimmed(100.0 * share, 2);
    let equity = case.beside(FactId::Equity);
    let budget = equity.map_or_else(String::new, |equity| format!(", {}", usd(share * equity)));
    let figures = format!(
        "Forward VIX (30-day future) {} asks for {percent} % of the portfolio in one-month calls{budget} ({}); {} held",
        fixed(forward, 2),
        levels.words(),
        count(held, "call")
    );
    let room = levels.none_to - forward;
    if share > 0.0 && held <= 0.0 {
        let headline = format!("{percent} % of the portfolio buys calls");
        let sentence = format!("{figures}: buy them and hold them to settlement.");
        return case
            .found(RuleState::Breach, headline, sentence)
            .asking(Stance::Hedge)
            .away(room, Unit::VixPoints)
            .flipped_by("The calls bought, or a forward VIX outside of the levels");
    }
    let (headline, flips) = if share > 0.0 {
        (
            "this month's calls are held".to_owned(),
            "Settlement of the calls held".to_owned(),
        )
    } else {
        (
            format!(
                "nothing is bought at a forward VIX of {}",
                fixed(forward, 1)
            ),
            format!("A forward VIX above {}", trimmed(levels.none_to, 1)),
        )
    };
    case.found(
        RuleState::Pass,
        headline,
        format!("{figures}: nothing to do."),
    )
    .away(room, Unit::VixPoints)
    .flipped_by(flips)
}
