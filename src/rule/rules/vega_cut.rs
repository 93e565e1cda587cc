//! Cut short vega by hedging: RSI stays high, price over earnings expands, theta is slow. All three.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{list, signed, told, told_signed, trimmed};
use super::vega::{Net, contracts, net};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::VegaCut, inputs);
    let numbers = &case.pack.rules.vega_cut;
    let slow = case.limit(
        "rules.vega_cut.slow_capture",
        &numbers.slow_capture,
        "theta earned of theta projected",
    );
    let days = case.limit("rules.vega_cut.slow_days", &numbers.slow_days, "days");
    let cuts = [
        case.limit("rules.vega_cut.least", &numbers.least, "least cut"),
        case.limit("rules.vega_cut.usual", &numbers.usual, "usual cut"),
        case.limit("rules.vega_cut.most", &numbers.most, "largest cut"),
    ];
    let expansion = &case.pack.signals.expansion;
    case.limit(
        "signals.expansion.rsi_limit",
        &expansion.rsi_limit,
        "RSI of SPX",
    );
    case.limit("signals.expansion.rise", &expansion.rise, "rise of P/E");
    let hot = case.flag(FactId::SpxHot);
    let expanding = case.flag(FactId::PeExpanding);
    let capture = case.number(FactId::ThetaCapture);
    let vega = net(&mut case);
    let tests = [
        (hot, "RSI stays high"),
        (expanding, "P/E expands"),
        (capture.map(|capture| capture < slow), "theta is slow"),
        (vega.map(|net| net.judged < 0.0), "net vega is short"),
    ];
    let rsi = case.beside(FactId::SpxRsi14);
    let closes = case.beside(FactId::SpxHotCloses);
    let rise = case.beside(FactId::PeChange63);
    let figures = format!(
        "RSI {} with {} hot closes of five, P/E {} in a quarter, theta earned over projected {} (slow below {} over {} days)",
        told(rsi, 1, ""),
        told(closes, 0, ""),
        told_signed(rise, 1, "%"),
        told(capture, 2, ""),
        trimmed(slow, 2),
        trimmed(days, 0)
    );
    let names = |wanted: Option<bool>| -> Vec<String> {
        let of = tests.iter().filter(|(holds, _)| *holds == wanted);
        of.map(|(_, name)| (*name).to_owned()).collect()
    };
    let failing = names(Some(false));
    if !failing.is_empty() {
        let headline = format!("not all hold: no sign that {}", list(&failing));
        let sentence = format!(
            "{figures}. All three are needed; not so: {}. RSI alone triggers nothing.",
            list(&failing)
        );
        return case
            .found(RuleState::Pass, headline, sentence)
            .away(failing.len() as f64, Unit::Count)
            .flipped_by(format!("It takes that {}", list(&failing)));
    }
    let (true, Some(net)) = (names(None).is_empty(), vega) else {
        return case.unknown();
    };
    let targets: Vec<String> = cuts
        .iter()
        .map(|cut| cut_words(&mut case, net, *cut))
        .collect();
    let headline = format!(
        "cut short vega {} by {} %",
        signed(net.judged, 2),
        trimmed(100.0 * cuts[1], 1)
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
