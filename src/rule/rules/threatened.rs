//! A short strike that is threatened, and the forward trigger.

use super::super::case::{Case, RuleInputs, limit};
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
        ("rules.threat.short_delta", "delta"),
        &threat.short_delta,
        delta,
        modifiers.changed_by(ModifierKind::EarlierLevels),
    );
    let distance = limit!(case, rules.threat.short_distance, "distance");
    let levels = break_evens::levels(case);
    let edr_pct = limit!(case, signals.daily_range.line_pct, "expected daily range");
    let vix = limit!(case, rules.threat.forward_vix, "VIX");
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

/// The short strikes against their limits; figures that are not known are `None`.
struct Strikes {
    delta: Option<f64>,
    distance: Option<f64>,
    margin: Option<f64>,
}

impl Strikes {
    fn read(case: &mut Case<'_>, limits: &Limits) -> Self {
        let delta = case.number(FactId::ShortDelta);
        let mut scaled = |id| case.number(id).map(|away| away / limits.factor);
        Self {
            delta,
            distance: scaled(FactId::ShortDistance),
            margin: scaled(FactId::BreakEvenMargin),
        }
    }

    fn are_threatened(&self, limits: &Limits) -> Option<bool> {
        any(&[
            self.delta.map(|delta| delta >= limits.delta),
            self.distance.map(|distance| distance < limits.distance),
            self.margin.map(|margin| margin < limits.break_even),
        ])
    }

    fn words(&self, limits: &Limits) -> String {
        format!(
            "The larger delta of a short strike is {} (threatened from {}), the nearest lies {} expected moves away (within {}), the nearer break-even {} (below {})",
            told(self.delta, 2, ""),
            trimmed(limits.delta, 2),
            told(self.distance, 2, ""),
            trimmed(limits.distance, 2),
            told(self.margin, 2, ""),
            trimmed(limits.break_even, 2)
        )
    }
}

/// That the trigger's clauses are one and the same.
fn redundant(limits: &Limits) -> String {
    format!(
        "The roll's lower clause is redundant: EDR above {} % is VIX above {}",
        trimmed(limits.edr_pct, 2),
        fixed(limits.edr_pct * TRADING_DAYS_PER_YEAR.sqrt(), 1)
    )
}

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Threatened, inputs);
    let limits = limits(&mut case);
    let strikes = Strikes::read(&mut case, &limits);
    let Some(is_threatened) = strikes.are_threatened(&limits) else {
        return case.unknown();
    };
    if is_threatened {
        return threatened(case, &limits, &strikes);
    }
    let headline = format!(
        "no short strike threatened, delta {}",
        told(strikes.delta, 2, "")
    );
    let sentence = format!(
        "{}: none is threatened. {}.",
        strikes.words(&limits),
        redundant(&limits)
    );
    case.found(RuleState::Pass, headline, sentence)
        .away(limits.delta - strikes.delta.unwrap_or(0.0), Unit::Delta)
        .flipped_by(format!(
            "A short strike at {} delta or within {} expected moves",
            trimmed(limits.delta, 2),
            trimmed(limits.distance, 2)
        ))
}

/// A threatened strike: whether the market moves enough to roll forward.
fn threatened(mut case: Case<'_>, limits: &Limits, strikes: &Strikes) -> Finding {
    let (edr, vix) = (case.number(FactId::Edr), case.number(FactId::Vix));
    let trigger = any(&[
        edr.map(|edr| edr > limits.edr_pct),
        vix.map(|vix| vix > limits.vix),
    ]);
    let Some(is_triggered) = trigger else {
        return case.unknown();
    };
    let (state, stance, what) = if is_triggered {
        let what = "moves enough to roll forward";
        (RuleState::Breach, Some(Stance::Roll), what)
    } else {
        (RuleState::Alert, None, "is too calm to roll forward")
    };
    let sentence = format!(
        "{}: threatened. The market {what}: expected daily range {} % against {} %, VIX {} against {}. {}.",
        strikes.words(limits),
        told(edr, 2, ""),
        trimmed(limits.edr_pct, 2),
        told(vix, 2, ""),
        trimmed(limits.vix, 1),
        redundant(limits)
    );
    let flips = if is_triggered {
        "SPX away from the strike, or VIX at the line".to_owned()
    } else {
        let line = (limits.edr_pct * TRADING_DAYS_PER_YEAR.sqrt()).min(limits.vix);
        format!("VIX above {}", fixed(line, 1))
    };
    let headline = format!(
        "short strike threatened, delta {}",
        told(strikes.delta, 2, "")
    );
    let room = limits.delta - strikes.delta.unwrap_or(limits.delta);
    case.found(state, headline, sentence)
        .asking_if(stance)
        .away(room, Unit::Delta)
        .flipped_by(flips)
}
