//! How many tiers of new condors VIX allows, and their size.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::modifiers::ModifierKind;
use super::super::words::{capital, count, fixed, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::EntryScaling, inputs);
    let open = limit!(case, entry.open_below, "all tiers below");
    let hold = limit!(case, entry.hold_above, "none above");
    let low = limit!(case, rules.entry_scaling.tiers_low, "tiers, low VIX");
    let middle = limit!(case, rules.entry_scaling.tiers_middle, "tiers between");
    let high = limit!(case, rules.entry_scaling.tiers_high, "tiers, high VIX");
    let Some(vix) = case.number(FactId::Vix) else {
        return case.unknown();
    };
    let no_new = case.beside_flag(FactId::EventNoNew);
    case.beside_words(FactId::Regime);
    case.beside_flag(FactId::EventWindow);
    let (state, tiers) = if vix < open {
        (RuleState::Pass, low)
    } else if vix <= hold {
        (RuleState::Info, middle)
    } else {
        (RuleState::Alert, high)
    };
    let (state, headline) = if no_new == Some(true) {
        (
            RuleState::Alert,
            "no new condor until the release".to_owned(),
        )
    } else if tiers == 0.0 {
        (state, format!("no new condors at VIX {}", fixed(vix, 1)))
    } else {
        (
            state,
            format!("{} at VIX {}", count(tiers, "tier"), fixed(vix, 1)),
        )
    };
    let release = match no_new {
        Some(true) => "no new condor until the release that is near",
        Some(false) => "no release is near enough to forbid one",
        None => "whether a release is near is not known",
    };
    let sizes = [ModifierKind::StewardSize, ModifierKind::EventSize]
        .map(|kind| case.modifiers.get(kind).reason.clone());
    let sentence = format!(
        "VIX {} allows {} of new condors ({} below {}, {} to {}, {} above); {release}. Size × {}: {}.",
        fixed(vix, 2),
        count(tiers, "tier"),
        trimmed(low, 0),
        trimmed(open, 1),
        trimmed(middle, 0),
        trimmed(hold, 1),
        trimmed(high, 0),
        trimmed(case.modifiers.size(), 3),
        capital(&sizes.join("; "))
    );
    case.found(state, headline, sentence)
        .away(hold - vix, Unit::VixPoints)
        .flipped_by(if vix > hold {
            format!("VIX at {} or below", trimmed(hold, 1))
        } else {
            format!("VIX above {}", trimmed(hold, 1))
        })
}
