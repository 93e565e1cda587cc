//! Layers to open or fill up, by VIX.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{fixed, list, trimmed};
use super::layer;
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};
use crate::risk::layer_pick::layer_units;

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::LayerEntry, inputs);
    let entry = &case.pack.entry;
    let open = case.limit("entry.open_below", &entry.open_below, "open below");
    let hold = case.limit("entry.hold_above", &entry.hold_above, "hold above");
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
    let mut short = Vec::new();
    let mut held = Vec::new();
    let mut unknown = false;
    for (index, template) in case.pack.layers.iter().enumerate() {
        let path = format!("layers[{index}].per_ten_condors");
        case.limit(&path, &template.per_ten_condors, &template.title);
        let Some(has) = case.number(layer::ids(template.kind).contracts) else {
            unknown = true;
            continue;
        };
        let asked = f64::from(layer_units(condors, template, scale));
        let words = format!(
            "{} {} of {}",
            template.title,
            fixed(has, 0),
            fixed(asked, 0)
        );
        // a layer held short is filled downward
        if has.abs() < asked.abs() {
            short.push(words);
        } else {
            held.push(words);
        }
    }
    if unknown {
        return case.unknown();
    }
    let level = format!("VIX {}", fixed(vix, 2));
    let window = if vix < open {
        format!("below {}: open or refresh", trimmed(open, 1))
    } else if vix <= hold {
        format!(
            "between {} and {}: opening is allowed, at a higher price",
            trimmed(open, 1),
            trimmed(hold, 1)
        )
    } else {
        format!(
            "above {}: hold what is there, add only on a vega breach; it never says close",
            trimmed(hold, 1)
        )
    };
    let all: Vec<String> = short.iter().chain(&held).cloned().collect();
    let sentence = format!(
        "{level} is {window}. Contracts held of those that the layers ask for ({}): {}.",
        case.reading.layer_scale.label().to_lowercase(),
        list(&all)
    );
    let (state, stance, headline) = if short.is_empty() {
        (RuleState::Pass, None, "every layer is there".to_owned())
    } else {
        let missing = format!("to open: {}", list(&short));
        if vix < open {
            (RuleState::Alert, Some(Stance::Hedge), missing)
        } else if vix <= hold {
            (RuleState::Info, Some(Stance::Hedge), missing)
        } else {
            (RuleState::Info, None, format!("{missing}, but VIX is high"))
        }
    };
    let flips = if short.is_empty() {
        "A layer sold or expired, or more condors".to_owned()
    } else {
        "The contracts named, bought".to_owned()
    };
    case.found(state, headline, sentence)
        .asking_if(stance)
        .away(vix - open, Unit::VixPoints)
        .flipped_by(flips)
}
