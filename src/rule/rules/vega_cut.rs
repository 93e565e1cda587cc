//! Cut short vega by hedging: RSI stays high, price over earnings expands, theta is slow. All three.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{list, signed, told, told_signed, trimmed};
use super::vega::{Net, contracts, net};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

/// The limits, and the three cuts.
struct Limits {
    slow: f64,
    days: f64,
    cuts: [f64; 3],
}

fn limits(case: &mut Case<'_>) -> Limits {
    let limits = Limits {
        slow: limit!(
            case,
            rules.vega_cut.slow_capture,
            "theta earned of theta projected"
        ),
        days: limit!(case, rules.vega_cut.slow_days, "days"),
        cuts: [
            limit!(case, rules.vega_cut.least, "least cut"),
            limit!(case, rules.vega_cut.usual, "usual cut"),
            limit!(case, rules.vega_cut.most, "largest cut"),
        ],
    };
    limit!(case, signals.expansion.rsi_limit, "RSI of SPX");
    limit!(case, signals.expansion.rise, "rise of P/E");
    limits
}

/// The figures behind the three conditions.
fn figures(case: &mut Case<'_>, limits: &Limits, capture: Option<f64>) -> String {
    format!(
        "RSI {} with {} hot closes of five, P/E {} in a quarter, theta earned over projected {} (slow below {} over {} days)",
        told(case.beside(FactId::SpxRsi14), 1, ""),
        told(case.beside(FactId::SpxHotCloses), 0, ""),
        told_signed(case.beside(FactId::PeChange63), 1, "%"),
        told(capture, 2, ""),
        trimmed(limits.slow, 2),
        trimmed(limits.days, 0)
    )
}

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::VegaCut, inputs);
    let limits = limits(&mut case);
    let hot = case.flag(FactId::SpxHot);
    let expanding = case.flag(FactId::PeExpanding);
    let capture = case.number(FactId::ThetaCapture);
    let vega = net(&mut case);
    let slow = capture.map(|capture| capture < limits.slow);
    let tests = [
        (hot, "RSI stays high"),
        (expanding, "P/E expands"),
        (slow, "theta is slow"),
        (vega.map(|net| net.judged < 0.0), "net vega is short"),
    ];
    let figures = figures(&mut case, &limits, capture);
    let names = |wanted: Option<bool>| -> Vec<String> {
        let of = tests.iter().filter(|(holds, _)| *holds == wanted);
        of.map(|(_, name)| (*name).to_owned()).collect()
    };
    let failing = names(Some(false));
    if !failing.is_empty() {
        let missing = list(&failing);
        let sentence = format!(
            "{figures}. All three are needed; not so: {missing}. RSI alone triggers nothing."
        );
        return case
            .found(
                RuleState::Pass,
                format!("not all hold: no sign that {missing}"),
                sentence,
            )
            .away(failing.len() as f64, Unit::Count)
            .flipped_by(format!("It takes that {missing}"));
    }
    let (true, Some(net)) = (names(None).is_empty(), vega) else {
        return case.unknown();
    };
    let targets = limits.cuts.map(|cut| cut_words(&mut case, net, cut));
    let headline = format!(
        "cut short vega {} by {} %",
        signed(net.judged, 2),
        trimmed(100.0 * limits.cuts[1], 1)
    );
    let sentence = format!(
        "{figures}: all three hold. Hedge rather than roll: {}. Second layer first, First for the shortfall.",
        targets.join("; ")
    );
    case.found(RuleState::Breach, headline, sentence)
        .asking(Stance::Hedge)
        .away(0.0, Unit::Count)
        .flipped_by("RSI below its limit, P/E no longer expanding, or theta earned as projected")
}

/// One cut with its target and the calls that reach it.
fn cut_words(case: &mut Case<'_>, net: Net, cut: f64) -> String {
    let target = net.judged * (1.0 - cut);
    let gap = target - net.judged;
    let second = contracts(case, FactId::SecondUnit, net, gap);
    let first = contracts(case, FactId::FirstUnit, net, gap);
    format!(
        "by {} % to {} takes {} Second or {} First calls",
        trimmed(100.0 * cut, 1),
        signed(target, 3),
        told(second, 0, ""),
        told(first, 0, "")
    )
}
