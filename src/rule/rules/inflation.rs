//! Net vega beyond its limit while inflation is elevated.

use super::super::case::{Case, RuleInputs};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{capital, fixed, signed, trimmed};
use super::vega::{named, net, sign_words};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};
use crate::risk::band::VegaBasis;

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Inflation, inputs);
    let numbers = &case.pack.vega_band;
    let limit = case.limit("vega_band.limit", &numbers.limit, "limit, either side");
    case.limit(
        "vega_band.reference_width",
        &numbers.reference_width,
        "width",
    );
    let inflation = &case.pack.signals.inflation;
    case.limit(
        "signals.inflation.yearly_pct",
        &inflation.yearly_pct,
        "CPI or PPI over a year",
    );
    case.limit(
        "signals.inflation.core_monthly_pct",
        &inflation.core_monthly_pct,
        "core CPI over a month",
    );
    case.limit(
        "signals.inflation.surprise_pp",
        &inflation.surprise_pp,
        "surprise",
    );
    let Some(net) = net(&mut case) else {
        return case.unknown();
    };
    let [judged, other] = named(&mut case, net);
    let is_beyond = net.judged.abs() > limit;
    let room = limit - net.judged.abs();
    let prints = prints(&mut case);
    let seldom = match case.reading.basis {
        VegaBasis::WidthNormalised => {
            " Normalised to the reference width this limit seldom binds: a bare 16-delta condor is at about −0.28."
        }
        VegaBasis::Literal => "",
    };
    let other_verdict = if net.other.abs() > limit {
        "beyond it"
    } else {
        "inside it"
    };
    let figures = format!(
        "{} against ±{}; {other}: {other_verdict}. {}.{seldom}",
        capital(&judged),
        trimmed(limit, 2),
        sign_words(case.reading.sign),
    );
    if !is_beyond {
        case.beside_flag(FactId::InflationElevated);
        let headline = format!(
            "net vega {} is inside ±{}",
            signed(net.judged, 2),
            trimmed(limit, 2)
        );
        let sentence = format!("{figures} {prints}");
        return case
            .found(RuleState::Pass, headline, sentence)
            .away(room, Unit::PointsPerVolPointPerCondor)
            .flipped_by(format!(
                "Net vega {} further out, with inflation elevated",
                fixed(room, 3)
            ));
    }
    let Some(is_elevated) = case.flag(FactId::InflationElevated) else {
        return case.unknown();
    };
    let headline = format!(
        "net vega {} is beyond ±{}, inflation {}",
        signed(net.judged, 2),
        trimmed(limit, 2),
        if is_elevated {
            "elevated"
        } else {
            "not elevated"
        }
    );
    let (state, stance, asks) = match (is_elevated, net.judged < 0.0) {
        (false, _) => (
            RuleState::Alert,
            None,
            "Inflation is not elevated, so the band alone speaks.",
        ),
        (true, true) => (
            RuleState::Breach,
            Some(Stance::Evaluate),
            "Short vega: set a roll outward beside calls of the Second or Third layer.",
        ),
        (true, false) => (
            RuleState::Breach,
            Some(Stance::Trim),
            "Long vega: trim the hedge; calls are never bought here.",
        ),
    };
    let flips = if is_elevated {
        format!(
            "Net vega {} nearer to zero, or inflation no longer elevated",
            fixed(-room, 3)
        )
    } else {
        "A print that makes inflation elevated".to_owned()
    };
    case.found(state, headline, format!("{figures} {prints} {asks}"))
        .asking_if(stance)
        .away(room, Unit::PointsPerVolPointPerCondor)
        .flipped_by(flips)
}

/// The prints that are known.
fn prints(case: &mut Case<'_>) -> String {
    let rows = [
        (FactId::CpiYoy, "CPI y/y", "%"),
        (FactId::PpiYoy, "PPI y/y", "%"),
        (FactId::CoreCpiMom, "core CPI m/m", "%"),
        (FactId::CpiSurprise, "surprise", "pp"),
    ];
    let known: Vec<String> = rows
        .into_iter()
        .filter_map(|(id, name, unit)| {
            let value = case.beside(id)?;
            Some(format!("{name} {} {unit}", signed(value, 1)))
        })
        .collect();
    if known.is_empty() {
        "No print of prices is known.".to_owned()
    } else {
        format!("{}.", capital(&known.join(", ")))
    }
}
