//! Layers that have become too short.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{capital, count, fixed, list, trimmed};
use super::layer;
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

/// The layers held, by what is to be done with them.
#[derive(Default)]
struct Held {
    /// Days left and limit of each, in words.
    told: Vec<String>,
    /// At or below their limit.
    due: Vec<String>,
    /// Short while insurance is cheap.
    cheap: Vec<String>,
    /// Least days before a limit; infinite without a layer.
    least: f64,
    /// Whether something that decides is missing.
    is_unknown: bool,
}

/// Reads every layer of the pack; below `short` of its target days one is refreshed while that is cheap.
fn held(case: &mut Case<'_>, is_cheap: bool, short: f64) -> Held {
    let mut held = Held {
        least: f64::INFINITY,
        ..Held::default()
    };
    for (index, template) in case.pack.layers.iter().enumerate() {
        let ids = layer::ids(template.kind);
        let path = format!("layers[{index}].roll_dte");
        let limit = case.limit(&path, &template.roll_dte, &template.title);
        let Some(contracts) = case.number(ids.contracts) else {
            held.is_unknown = true;
            continue;
        };
        if contracts == 0.0 && case.facts.number(ids.days).is_none() {
            continue;
        }
        let Some(days) = case.number(ids.days) else {
            held.is_unknown = true;
            continue;
        };
        let name = &template.title;
        let left = count(days, "day");
        held.told.push(format!(
            "{name} {left} left, rolled at {}",
            trimmed(limit, 0)
        ));
        held.least = held.least.min(days - limit);
        if days <= limit {
            held.due.push(format!("{name} at {left}"));
        } else if is_cheap && days < short * template.target_dte.value {
            held.cheap.push(format!("{name} at {left}"));
        }
    }
    held
}

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::LayerRoll, inputs);
    let open = limit!(case, entry.open_below, "refresh below VIX");
    let share = limit!(
        case,
        entry.refresh_share,
        "refresh below this share of the target"
    );
    let Some(vix) = case.number(FactId::Vix) else {
        return case.unknown();
    };
    let held = held(&mut case, vix < open, share);
    if held.is_unknown {
        return case.unknown();
    }
    if held.told.is_empty() {
        let sentence = "No layer is held, so there is none to roll.";
        return case
            .found(RuleState::Pass, "no layer is held", sentence)
            .flipped_by("A layer bought");
    }
    let sentence = format!(
        "{}. Below VIX {} a layer shorter than {} % of its target days is refreshed; VIX is {}.",
        capital(&held.told.join("; ")),
        trimmed(open, 1),
        trimmed(100.0 * share, 0),
        fixed(vix, 2)
    );
    let hedge = Some(Stance::Hedge);
    let (state, stance, headline) = if !held.due.is_empty() {
        let words = format!("to roll: {}", list(&held.due));
        (RuleState::Alert, hedge, words)
    } else if !held.cheap.is_empty() {
        let words = format!("to refresh while cheap: {}", list(&held.cheap));
        (RuleState::Info, hedge, words)
    } else {
        let words = "every layer is long enough".to_owned();
        (RuleState::Pass, None, words)
    };
    let flips = if held.due.is_empty() {
        format!("{} from now", count(held.least, "day"))
    } else {
        "The layers named, rolled out to their target days".to_owned()
    };
    case.found(state, headline, sentence)
        .asking_if(stance)
        .away(held.least, Unit::CalendarDays)
        .flipped_by(flips)
}
