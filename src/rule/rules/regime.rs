//! Steward or Promoter.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::words::{count, told, told_signed, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Regime, inputs);
    limit!(case, signals.regime.vix_limit, "Steward above VIX");
    let closes = limit!(case, signals.regime.closes, "closes that confirm");
    let better = limit!(
        case,
        signals.regime.better_bars,
        "closes from which on the averages are settled"
    );
    limit!(case, signals.regime.deviation_share, "least histogram");
    let Some(regime) = case.words(FactId::Regime) else {
        return case.unknown();
    };
    let hist = case.beside(FactId::MacdHist);
    let needed = case.beside(FactId::MacdNeeded);
    let slope = case.beside(FactId::XContangoCm);
    let forced = case.beside_words(FactId::RegimeForcedBy);
    let pending = case.beside_words(FactId::RegimePending);
    let source = case.facts.get(FactId::Regime).source.clone();
    let mut sentences = vec![format!(
        "{regime}: histogram {} of MACD on the slope ({source}), slope X {}; a change needs {} beyond {}.",
        told_signed(hist, 3, ""),
        told_signed(slope, 1, "%"),
        count(closes, "close"),
        told(needed, 3, "")
    )];
    let forced = forced.filter(|forced| *forced != "none");
    let pending = pending.filter(|pending| *pending != "none");
    let young = case.beside(FactId::MacdBars).filter(|bars| *bars < better);
    sentences.extend(asides(forced, pending, young.map(|bars| (bars, better))));
    let is_steward = regime != "Promoter";
    let effect = if is_steward {
        "On a tie hedge; smaller size."
    } else {
        "On a tie roll; the band may widen."
    };
    sentences.push(effect.to_owned());
    let headline = forced.map_or_else(
        || regime.to_owned(),
        |forced| format!("{regime}, forced by {forced}"),
    );
    let state = if is_steward || young.is_some() {
        RuleState::Info
    } else {
        RuleState::Pass
    };
    let flips = flips(is_steward, forced, &count(closes, "close"));
    let finding = case
        .found(state, headline, sentences.join(" "))
        .flipped_by(flips);
    match hist {
        Some(hist) => finding.away(hist, Unit::PctPoints),
        None => finding,
    }
}

/// What forces it, what is pending, and how few closes it was read from.
fn asides(forced: Option<&str>, pending: Option<&str>, young: Option<(f64, f64)>) -> Vec<String> {
    let forced = forced.map(|forced| format!("Steward is forced by {forced}."));
    let pending =
        pending.map(|pending| format!("In transition: the last closes point to {pending}."));
    let young = young.map(|(bars, better)| {
        format!(
            "Read from {}: until {} the averages have not forgotten how they were seeded.",
            count(bars, "close"),
            trimmed(better, 0)
        )
    });
    [forced, pending, young].into_iter().flatten().collect()
}

/// What would turn the regime over.
fn flips(is_steward: bool, forced: Option<&str>, closes: &str) -> String {
    match (is_steward, forced) {
        (true, Some(forced)) => format!("The end of what forces it: {forced}"),
        (true, None) => format!("The histogram above zero in contango for {closes}"),
        (false, _) => format!(
            "VIX above its limit, an event window, backwardation, or the histogram below zero for {closes}"
        ),
    }
}
