//! Whether the market is calm enough to roll back.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{count, fixed, trimmed};
use crate::fact::FactId;
use crate::indicator::TRADING_DAYS_PER_YEAR;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::RollBack, inputs);
    let line = limit!(case, signals.daily_range.line_pct, "expected daily range");
    let level = limit!(case, rules.threat.forward_vix, "VIX");
    let (Some(edr), Some(vix)) = (case.number(FactId::Edr), case.number(FactId::Vix)) else {
        return case.unknown();
    };
    let rolls = case.beside(FactId::Rolls);
    let is_calm = edr <= line && vix <= level;
    let line_vix = (line * TRADING_DAYS_PER_YEAR.sqrt()).min(level);
    let range = format!(
        "Expected daily range {} % against {} %, VIX {} against {}",
        fixed(edr, 2),
        trimmed(line, 2),
        fixed(vix, 2),
        trimmed(level, 1)
    );
    let rolled = match rolls {
        Some(rolls) if rolls > 0.0 => format!("the campaign rolled on {}", count(rolls, "day")),
        Some(_) => "the campaign has not rolled, so there is nothing to take back".to_owned(),
        None => "the journal's rolls are not known".to_owned(),
    };
    if is_calm {
        let stance = rolls
            .is_some_and(|rolls| rolls > 0.0)
            .then_some(Stance::Roll);
        let headline = format!("calm enough to roll back, VIX {}", fixed(vix, 1));
        case.found(
            RuleState::Info,
            headline,
            format!("{range}: calm enough to roll back; {rolled}."),
        )
        .asking_if(stance)
        .away(vix - line_vix, Unit::VixPoints)
        .flipped_by(format!("VIX above {}", fixed(line_vix, 1)))
    } else {
        let headline = format!("not calm enough to roll back, VIX {}", fixed(vix, 1));
        case.found(
            RuleState::Pass,
            headline,
            format!("{range}: not calm enough to roll back."),
        )
        .away(vix - line_vix, Unit::VixPoints)
        .flipped_by(format!("VIX at {} or below", fixed(line_vix, 1)))
    }
}
