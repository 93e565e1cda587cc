//! Breadth divergence while the layers compress: evaluate roll against hedge.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{fixed, told, trimmed};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Evaluate, inputs);
    let bars = limit!(
        case,
        signals.evaluate.bars,
        "closes within which both count"
    );
    limit!(case, signals.breadth.depth, "A/D below its high");
    limit!(case, signals.compression.share, "range of its average");
    let divergence = case.number(FactId::BreadthAge);
    let compression = case.number(FactId::LayersCompressAge);
    let recent = |age: Option<f64>| age.map(|age| age < bars);
    let depth = case.beside(FactId::AdBelowHigh);
    let range = case.beside(FactId::LayersOfAverage);
    let age = |age: Option<f64>| {
        age.map_or_else(
            || "not known".to_owned(),
            |age| {
                if age == 0.0 {
                    "at the last close".to_owned()
                } else {
                    format!("{} closes ago", fixed(age, 0))
                }
            },
        )
    };
    let figures = format!(
        "Negative divergence held last {} (A/D line below its high by {}), the layers' levels were compressed last {} (range over its average {}); both within {} closes count",
        age(divergence),
        told(depth, 2, "deviations"),
        age(compression),
        told(range, 2, ""),
        trimmed(bars, 0)
    );
    match (recent(divergence), recent(compression)) {
        (Some(true), Some(true)) => {
            let headline = "breadth diverges while the layers draw together";
            let sentence = format!("{figures}: set a roll and a hedge side by side.");
            let oldest = divergence.unwrap_or(0.0).max(compression.unwrap_or(0.0));
            case.found(RuleState::Breach, headline, sentence)
                .asking(Stance::Evaluate)
                .away(oldest - bars, Unit::Closes)
                .flipped_by(format!(
                    "{} more closes without both",
                    fixed(bars - oldest, 0)
                ))
        }
        (Some(false), _) | (_, Some(false)) => {
            let headline = match (recent(divergence), recent(compression)) {
                (Some(true), _) => "breadth diverges, the layers do not draw together",
                (_, Some(true)) => "the layers draw together, breadth does not diverge",
                (Some(false) | None, Some(false) | None) => "no divergence with compression",
            };
            let oldest = divergence.unwrap_or(0.0).max(compression.unwrap_or(0.0));
            case.found(RuleState::Pass, headline, format!("{figures}: not both."))
                .away(oldest - bars + 1.0, Unit::Closes)
                .flipped_by("Negative divergence and compressed layers within the same closes")
        }
        (None, Some(true) | None) | (Some(true), None) => case.unknown(),
    }
}
