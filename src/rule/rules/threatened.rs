//! A short strike that is threatened, and the forward trigger.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::modifiers::ModifierKind;
use super::super::stance::Stance;
use super::super::words::{fixed, told, trimmed};
use super::break_evens;
use crate::fact::FactId;
use crate::indicator::TRADING_DAYS_PER_YEAR;
use crate::policy::{RuleKind, Unit};

/// The limits in force.
struct Limits {
    delta: f64,
    distance: f64,
    break_even: f64,
    factor: f64,
    edr_pct: f64,
    vix: f64,
}

fn limits(case: &mut Case<'_>) -> Limits {
    let threat = &case.pack.rules.threat;
    let cash_flow = &case.pack.signals.cash_flow;
    let modifiers = case.modifiers;
    let delta = if modifiers.is_on(ModifierKind::EarlierLevels) {
        threat
            .short_delta
            .value
            .min(cash_flow.short_strike_delta.value)
    } else {
        threat.short_delta.value
    };
    let delta = case.changed(
        "rules.threat.short_delta",
        &threat.short_delta,
        "delta",
        delta,
        modifiers.changed_by(ModifierKind::EarlierLevels),
    );
    let distance = case.limit(
        "rules.threat.short_distance",
        &threat.short_distance,
        "distance",
    );
    let levels = break_evens::levels(case);
    let edr_pct = case.limit(
        "signals.daily_range.line_pct",
        &case.pack.signals.daily_range.line_pct,
        "expected daily range",
    );
    let vix = case.limit("rules.threat.forward_vix", &threat.forward_vix, "VIX");
    Limits {
        delta,
        distance,
        break_even: levels.breach,
        factor: levels.factor,
        edr_pct,
        vix,
    }
}

/// Any of some tests; `None` while those that are known do not decide it.
pub(super) fn any(tests: &[Option<bool>]) -> Option<bool> {
    if tests.contains(&Some(true)) {
        Some(true)
    } else if tests.contains(&None) {
        None
    } else {
        Some(false)
    }
}

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Threatened, inputs);
    let limits = limits(&mut case);
    let delta = case.number(FactId::ShortDelta);
    let distance = case
        .number(FactId::ShortDistance)
        .map(|distance| distance / limits.factor);
    let margin = case
        .number(FactId::BreakEvenMargin)
        .map(|margin| margin / limits.factor);
    let threatened = any(&[
        delta.map(|delta| delta >= limits.delta),
        distance.map(|distance| distance < limits.distance),
        margin.map(|margin| margin < limits.break_even),
    ]);
    let Some(is_threatened) = threatened else {
        return case.unknown();
    };
    let told = |value: Option<f64>| told(value, 2, "");
    let state_of_strikes = format!(
        "The larger delta of a short strike is {} (threatened from {}), the nearest lies {} expected moves away (within {}), the nearer break-even {} (below {})",
        told(delta),
        trimmed(limits.delta, 2),
        told(distance),
        trimmed(limits.distance, 2),
        told(margin),
        trimmed(limits.break_even, 2)
    );
    let redundant = format!(
        "The roll's lower clause is redundant: EDR above {} % is VIX above {}",
        trimmed(limits.edr_pct, 2),
        fixed(limits.edr_pct * TRADING_DAYS_PER_YEAR.sqrt(), 1)
    );
    if !is_threatened {
        let headline = format!("no short strike threatened, delta {}", told(delta));
        let room = limits.delta - delta.unwrap_or(0.0);
        let sentence = format!("{state_of_strikes}: none is threatened. {redundant}.");
        return case
            .found(RuleState::Pass, headline, sentence)
            .away(room, Unit::Delta)
            .flipped_by(format!(
                "A short strike at {} delta or within {} expected moves",
                trimmed(limits.delta, 2),
                trimmed(limits.distance, 2)
            ));
    }
    let (edr, vix) = (case.number(FactId::Edr), case.number(FactId::Vix));
    let trigger = any(&[
        edr.map(|edr| edr > limits.edr_pct),
        vix.map(|vix| vix > limits.vix),
    ]);
    let Some(is_triggered) = trigger else {
        return case.unknown();
    };
    let range = format!(
        "expected daily range {} % against {} %, VIX {} against {}",
        told(edr),
        trimmed(limits.edr_pct, 2),
        told(vix),
        trimmed(limits.vix, 1)
    );
    let room = limits.delta - delta.unwrap_or(limits.delta);
    let headline = format!("short strike threatened, delta {}", told(delta));
    let (state, stance, what) = if is_triggered {
        (
            RuleState::Breach,
            Some(Stance::Roll),
            "moves enough to roll forward",
        )
    } else {
        (RuleState::Alert, None, "is too calm to roll forward")
    };
    let sentence =
        format!("{state_of_strikes}: threatened. The market {what}: {range}. {redundant}.");
    let flips = if is_triggered {
        "SPX away from the strike, or VIX at the line".to_owned()
    } else {
        let line = (limits.edr_pct * TRADING_DAYS_PER_YEAR.sqrt()).min(limits.vix);
        format!("VIX above {}", fixed(line, 1))
    };
    case.found(state, headline, sentence)
        .asking_if(stance)
        .away(room, Unit::Delta)
        .flipped_by(flips)
}
