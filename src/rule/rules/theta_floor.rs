//! Net theta over margin against its floor.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::modifiers::ModifierKind;
use super::super::stance::Stance;
use super::super::words::{capital, fixed, signed, trimmed, usd};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

/// Net theta against its floor; shares of margin a day.
struct Theta {
    net: f64,
    alone: f64,
    floor: f64,
    capture: Option<f64>,
}

impl Theta {
    /// State, stance and the word for it. `slow` is the least share of projected theta, `reach` what the floor
    /// would be if a modifier that is not known tightened it.
    fn judged(&self, slow: f64, reach: f64) -> (RuleState, Option<Stance>, &'static str) {
        // the condors alone would pass: the hedge's drag is the cause
        let is_drag = self.alone >= self.floor;
        if self.net < self.floor {
            let what = match (self.net < 0.0, is_drag) {
                (true, true) => "negative, and the hedge's drag is the cause",
                (true, false) => "negative",
                (false, true) => "below, and the hedge's drag is the cause",
                (false, false) => "below",
            };
            let stance = if is_drag { Stance::Trim } else { Stance::Roll };
            (RuleState::Breach, Some(stance), what)
        } else if self.capture.is_some_and(|capture| capture < slow) {
            (RuleState::Alert, None, "above, but theta is slow")
        } else if self.net < reach {
            (RuleState::Alert, None, "above, but not above it tightened")
        } else {
            (RuleState::Pass, None, "above")
        }
    }

    fn words(&self, what: &str) -> String {
        format!(
            "Net theta earns {} % of margin a day against a floor of {} %: {what}. The condors alone earn {} %, {} times the floor: a bare condor clears it many times over, it bites on net theta after the hedge.",
            signed(100.0 * self.net, 3),
            trimmed(100.0 * self.floor, 3),
            signed(100.0 * self.alone, 3),
            fixed(self.alone / self.floor, 1)
        )
    }

    fn captured(&self) -> String {
        self.capture.map_or_else(
            || {
                "Whether theta is slow is not known: the journal has no attribution of three days."
                    .to_owned()
            },
            |capture| format!("Theta earned {} of what was projected.", fixed(capture, 2)),
        )
    }
}

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::ThetaFloor, inputs);
    let number = &case.pack.theta.floor;
    let floor = case.changed(
        ("theta.floor", "floor"),
        number,
        number.value * (1.0 + case.modifiers.tighten()),
        case.modifiers.changed_by(ModifierKind::TightenTheta),
    );
    let slow = limit!(case, rules.vega_cut.slow_capture, "slow below");
    let (Some(net_pct), Some(alone_pct)) = (
        case.number(FactId::ThetaRatio),
        case.number(FactId::ThetaRatioCondors),
    ) else {
        return case.unknown();
    };
    let theta = Theta {
        net: net_pct / 100.0,
        alone: alone_pct / 100.0,
        floor,
        capture: case.beside(FactId::ThetaCapture),
    };
    let tightening = case.modifiers.get(ModifierKind::TightenTheta);
    let is_unknown = case.modifiers.is_unknown(ModifierKind::TightenTheta);
    let reach = if is_unknown {
        floor * (1.0 + tightening.amount)
    } else {
        floor
    };
    let (state, stance, what) = theta.judged(slow, reach);
    let mut sentences = vec![theta.words(what)];
    let near = theta.net >= floor && theta.net < reach;
    if case.modifiers.is_on(ModifierKind::TightenTheta) || near {
        sentences.push(format!("{}.", capital(&tightening.reason)));
    }
    sentences.push(theta.captured());
    let headline = format!(
        "net theta {} % of margin a day, floor {} %",
        signed(net_pct, 3),
        trimmed(100.0 * floor, 3)
    );
    let room = theta.net - floor;
    let gap = case.beside(FactId::Margin).map_or_else(
        || format!("{} % of margin a day", fixed(100.0 * room.abs(), 3)),
        |margin| format!("{} a day", usd(margin * room.abs())),
    );
    let direction = if room < 0.0 { "more" } else { "less" };
    case.found(state, headline, sentences.join(" "))
        .asking_if(stance)
        .away(room, Unit::ShareOfMarginPerDay)
        .flipped_by(format!("{gap} {direction} net theta"))
}
