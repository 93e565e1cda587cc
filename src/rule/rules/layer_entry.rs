//! Layers to open or fill up, by VIX.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{fixed, list, trimmed};
use super::layer;
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};
use crate::risk::layer_pick::layer_units;

/// Contracts held of those asked for, layer by layer: those that lack some, and the others. `None` while a
/// layer is not known.
fn layers(case: &mut Case<'_>, condors: f64, scale: f64) -> Option<[Vec<String>; 2]> {
    let mut short = Vec::new();
    let mut full = Vec::new();
    let mut is_unknown = false;
    for (index, template) in case.pack.layers.iter().enumerate() {
        let path = format!("layers[{index}].per_ten_condors");
        case.limit(&path, &template.per_ten_condors, &template.title);
        let Some(has) = case.number(layer::ids(template.kind).contracts) else {
            is_unknown = true;
            continue;
        };
        let asked = f64::from(layer_units(condors, template, scale));
        let (title, held) = (&template.title, fixed(has, 0));
        let words = format!("{title} {held} of {}", fixed(asked, 0));
        // a layer held short is filled downward
        if has.abs() < asked.abs() {
            short.push(words);
        } else {
            full.push(words);
        }
    }
    (!is_unknown).then_some([short, full])
}

/// What a level of VIX says of opening layers.
fn window(vix: f64, open: f64, hold: f64) -> String {
    let (open_words, hold_words) = (trimmed(open, 1), trimmed(hold, 1));
    if vix < open {
        format!("below {open_words}: open or refresh")
    } else if vix <= hold {
        format!("between {open_words} and {hold_words}: opening is allowed, at a higher price")
    } else {
        format!(
            "above {hold_words}: hold what is there, add only on a vega breach; it never says close"
        )
    }
}

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::LayerEntry, inputs);
    let open = limit!(case, entry.open_below, "open below");
    let hold = limit!(case, entry.hold_above, "hold above");
    let (vix, condors, width) = (
        case.number(FactId::Vix),
        case.number(FactId::Condors),
        case.number(FactId::Width),
    );
    let (Some(vix), Some(condors), Some(width)) = (vix, condors, width) else {
        return case.unknown();
    };
    let reference = case.pack.vega_band.reference_width.value;
    let scale = case.reading.layer_scale.factor(width, reference);
    let Some([short, full]) = layers(&mut case, condors, scale) else {
        return case.unknown();
    };
    let all: Vec<String> = short.iter().chain(&full).cloned().collect();
    let sentence = format!(
        "VIX {} is {}. Contracts held of those that the layers ask for ({}): {}.",
        fixed(vix, 2),
        window(vix, open, hold),
        case.reading.layer_scale.label().to_lowercase(),
        list(&all)
    );
    if short.is_empty() {
        return case
            .found(RuleState::Pass, "every layer is there", sentence)
            .away(vix - open, Unit::VixPoints)
            .flipped_by("A layer sold or expired, or more condors");
    }
    let missing = format!("to open: {}", list(&short));
    let (state, stance, headline) = if vix < open {
        (RuleState::Alert, Some(Stance::Hedge), missing)
    } else if vix <= hold {
        (RuleState::Info, Some(Stance::Hedge), missing)
    } else {
        (RuleState::Info, None, format!("{missing}, but VIX is high"))
    };
    case.found(state, headline, sentence)
        .asking_if(stance)
        .away(vix - open, Unit::VixPoints)
        .flipped_by("The contracts named, bought")
}
