//! Net theta over margin against its floor.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::modifiers::ModifierKind;
use super::super::stance::Stance;
use super::super::words::{capital, fixed, signed, trimmed, usd};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::ThetaFloor, inputs);
    let number = &case.pack.theta.floor;
    let tighten = case.modifiers.tighten();
    let floor = case.changed(
        "theta.floor",
        number,
        "floor",
        number.value * (1.0 + tighten),
        case.modifiers.changed_by(ModifierKind::TightenTheta),
    );
    let slow = &case.pack.rules.vega_cut.slow_capture;
    let slow = case.limit("rules.vega_cut.slow_capture", slow, "slow below");
    let (Some(net_pct), Some(alone_pct)) = (
        case.number(FactId::ThetaRatio),
        case.number(FactId::ThetaRatioCondors),
    ) else {
        return case.unknown();
    };
    let (net, alone) = (net_pct / 100.0, alone_pct / 100.0);
    let capture = case.beside(FactId::ThetaCapture);
    let is_below = net < floor;
    // the condors alone would pass: the hedge's drag is the cause
    let is_drag = is_below && alone >= floor;
    let tightening = case.modifiers.get(ModifierKind::TightenTheta);
    let near = !is_below
        && case.modifiers.is_unknown(ModifierKind::TightenTheta)
        && net < floor * (1.0 + tightening.amount);
    let is_slow = capture.is_some_and(|capture| capture < slow);
    let (state, stance, what) = if is_below {
        let what = match (net < 0.0, is_drag) {
            (true, true) => "negative, and the hedge's drag is the cause",
            (true, false) => "negative",
            (false, true) => "below, and the hedge's drag is the cause",
            (false, false) => "below",
        };
        let stance = if is_drag { Stance::Trim } else { Stance::Roll };
        (RuleState::Breach, Some(stance), what)
    } else if is_slow {
        (RuleState::Alert, None, "above, but theta is slow")
    } else if near {
        (RuleState::Alert, None, "above, but not above it tightened")
    } else {
        (RuleState::Pass, None, "above")
    };
    let mut sentence = format!(
        "Net theta earns {} % of margin a day against a floor of {} %: {what}. The condors alone earn {} %, {} times the floor: a bare condor clears it many times over, it bites on net theta after the hedge.",
        signed(net_pct, 3),
        trimmed(100.0 * floor, 3),
        signed(alone_pct, 3),
        fixed(alone / floor, 1)
    );
    if case.modifiers.is_on(ModifierKind::TightenTheta) || near {
        sentence += &format!(" {}.", capital(&tightening.reason));
    }
    sentence += &capture.map_or_else(
        || {
            " Whether theta is slow is not known: the journal has no attribution of three days."
                .to_owned()
        },
        |capture| format!(" Theta earned {} of what was projected.", fixed(capture, 2)),
    );
    let headline = format!(
        "net theta {} % of margin a day, floor {} %",
        signed(net_pct, 3),
        trimmed(100.0 * floor, 3)
    );
    let margin = case.beside(FactId::Margin);
    let gap = margin.map_or_else(
        || {
            format!(
                "{} % of margin a day",
                fixed(100.0 * (net - floor).abs(), 3)
            )
        },
        |margin| format!("{} a day", usd(margin * (net - floor).abs())),
    );
    let flips = if is_below {
        format!("{gap} more net theta")
    } else {
        format!("{gap} less net theta")
    };
    case.found(state, headline, sentence)
        .asking_if(stance)
        .away(net - floor, Unit::ShareOfMarginPerDay)
        .flipped_by(flips)
}
