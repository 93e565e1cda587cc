//! Steward or Promoter.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::words::{told, told_signed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Regime, inputs);
    limit!(case, signals.regime.vix_limit, "Steward above VIX");
    limit!(case, signals.regime.closes, "closes that confirm");
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
        "{regime}: histogram {} of MACD on the slope ({source}), slope X {}; a change needs two closes beyond {}.",
        told_signed(hist, 3, ""),
        told_signed(slope, 1, "%"),
        told(needed, 3, "")
    )];
    let forced = forced.filter(|forced| *forced != "none");
    if let Some(forced) = forced {
        sentences.push(format!("Steward is forced by {forced}."));
    }
    if let Some(pending) = pending.filter(|pending| *pending != "none") {
        sentences.push(format!(
            "In transition: the last closes point to {pending}."
        ));
    }
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
    let state = if is_steward {
        RuleState::Info
    } else {
        RuleState::Pass
    };
    let flips = flips(is_steward, forced);
    let finding = case
        .found(state, headline, sentences.join(" "))
        .flipped_by(flips);
    match hist {
        Some(hist) => finding.away(hist, Unit::PctPoints),
        None => finding,
    }
}

/// What would turn the regime over.
fn flips(is_steward: bool, forced: Option<&str>) -> String {
    match (is_steward, forced) {
        (true, Some(forced)) => format!("The end of what forces it: {forced}"),
        (true, None) => "Two closes with the histogram above zero in contango".to_owned(),
        (false, _) => {
            "VIX above its limit, an event window, backwardation, or two closes with the histogram below zero"
                .to_owned()
        }
    }
}
