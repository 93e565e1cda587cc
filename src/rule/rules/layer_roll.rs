//! Layers that have become too short.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{capital, count, fixed, list, trimmed};
use super::layer;
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::LayerRoll, inputs);
    let entry = &case.pack.entry;
    let open = case.limit("entry.open_below", &entry.open_below, "refresh below VIX");
    let share = case.limit(
        "entry.refresh_share",
        &entry.refresh_share,
        "refresh below this share of the target",
    );
    let Some(vix) = case.number(FactId::Vix) else {
        return case.unknown();
    };
    let mut due = Vec::new();
    let mut cheap = Vec::new();
    let mut told = Vec::new();
    let mut least = f64::INFINITY;
    let mut unknown = false;
    for (index, template) in case.pack.layers.iter().enumerate() {
        let ids = layer::ids(template.kind);
        let path = format!("layers[{index}].roll_dte");
        let limit = case.limit(&path, &template.roll_dte, &template.title);
        let Some(held) = case.number(ids.contracts) else {
            unknown = true;
            continue;
        };
        if held == 0.0 && case.facts.number(ids.days).is_none() {
            continue;
        }
        let Some(days) = case.number(ids.days) else {
            unknown = true;
            continue;
        };
        let name = &template.title;
        told.push(format!(
            "{name} {} left, rolled at {}",
            count(days, "day"),
            trimmed(limit, 0)
        ));
        least = least.min(days - limit);
        let target = template.target_dte.value;
        if days <= limit {
            due.push(format!("{name} at {}", count(days, "day")));
        } else if vix < open && days < share * target {
            cheap.push(format!("{name} at {}", count(days, "day")));
        }
    }
    if unknown {
        return case.unknown();
    }
    if told.is_empty() {
        return case
            .found(
                RuleState::Pass,
                "no layer is held",
                "No layer is held, so there is none to roll.",
            )
            .flipped_by("A layer bought");
    }
    let sentence = format!(
        "{}. Below VIX {} a layer shorter than {} % of its target days is refreshed; VIX is {}.",
        capital(&told.join("; ")),
        trimmed(open, 1),
        trimmed(100.0 * share, 0),
        fixed(vix, 2)
    );
    let (state, stance, headline) = if !due.is_empty() {
        (
            RuleState::Alert,
            Some(Stance::Hedge),
            format!("to roll: {}", list(&due)),
        )
    } else if !cheap.is_empty() {
        (
            RuleState::Info,
            Some(Stance::Hedge),
            format!("to refresh while cheap: {}", list(&cheap)),
        )
    } else {
        (
            RuleState::Pass,
            None,
            "every layer is long enough".to_owned(),
        )
    };
    let flips = if due.is_empty() {
        format!("{} from now", count(least, "day"))
    } else {
        "The layers named, rolled out to their target days".to_owned()
    };
    case.found(state, headline, sentence)
        .asking_if(stance)
        .away(least, Unit::CalendarDays)
        .flipped_by(flips)
}
