//! A tail hedge by the forward VIX: the share of the portfolio that buys calls this month.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{fixed, trimmed, usd};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::TailHedge, inputs);
    let numbers = &case.pack.rules.tail_hedge;
    let none_to = case.limit("rules.tail_hedge.none_to", &numbers.none_to, "none to");
    let low = case.limit("rules.tail_hedge.low_share", &numbers.low_share, "share");
    let low_to = case.limit("rules.tail_hedge.low_to", &numbers.low_to, "to");
    let high = case.limit(
        "rules.tail_hedge.high_share",
        &numbers.high_share,
        "share above",
    );
    let high_to = case.limit("rules.tail_hedge.high_to", &numbers.high_to, "none beyond");
    let (forward, held) = (
        case.number(FactId::Cm30),
        case.number(FactId::FirstContracts),
    );
    let (Some(forward), Some(held)) = (forward, held) else {
        return case.unknown();
    };
    let share = if forward <= none_to || forward > high_to {
        0.0
    } else if forward <= low_to {
        low
    } else {
        high
    };
    let equity = case.beside(FactId::Equity);
    let budget = equity.map_or_else(String::new, |equity| format!(", {}", usd(share * equity)));
    let levels = format!(
        "nothing to {}, {} % to {}, {} % to {}, nothing beyond",
        trimmed(none_to, 1),
        trimmed(100.0 * low, 2),
        trimmed(low_to, 1),
        trimmed(100.0 * high, 2),
        trimmed(high_to, 1)
    );
    let figures = format!(
        "Forward VIX (30-day future) {} asks for {} % of the portfolio in one-month calls{budget} ({levels}); {} held",
        fixed(forward, 2),
        trimmed(100.0 * share, 2),
        super::super::words::count(held, "call")
    );
    let is_due = share > 0.0 && held <= 0.0;
    let (state, stance, headline) = if is_due {
        (
            RuleState::Breach,
            Some(Stance::Hedge),
            format!(
                "{} % of the portfolio buys calls",
                trimmed(100.0 * share, 2)
            ),
        )
    } else if share > 0.0 {
        (
            RuleState::Pass,
            None,
            "this month's calls are held".to_owned(),
        )
    } else {
        (
            RuleState::Pass,
            None,
            format!(
                "nothing is bought at a forward VIX of {}",
                fixed(forward, 1)
            ),
        )
    };
    case.found(
        state,
        headline,
        format!(
            "{figures}: {}.",
            if is_due {
                "buy them and hold them to settlement"
            } else {
                "nothing to do"
            }
        ),
    )
    .asking_if(stance)
    .away(none_to - forward, Unit::VixPoints)
    .flipped_by(if is_due {
        "The calls bought, or a forward VIX outside of the levels".to_owned()
    } else if share > 0.0 {
        "Settlement of the calls held".to_owned()
    } else {
        format!("A forward VIX above {}", trimmed(none_to, 1))
    })
}
