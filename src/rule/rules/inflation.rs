//! Net vega beyond its limit while inflation is elevated.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::stance::Stance;
use super::super::words::{capital, fixed, signed, trimmed};
use super::vega::{Net, named, net, sign_words};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};
use crate::risk::band::VegaBasis;

/// The limit, with the numbers that inflation is judged by.
fn limit(case: &mut Case<'_>) -> f64 {
    let limit = limit!(case, vega_band.limit, "limit, either side");
    limit!(case, vega_band.reference_width, "width");
    limit!(case, signals.inflation.yearly_pct, "CPI or PPI over a year");
    limit!(
        case,
        signals.inflation.core_monthly_pct,
        "core CPI over a month"
    );
    limit!(case, signals.inflation.surprise_pp, "surprise");
    limit
}

/// Both readings of net vega against the limit, and the prints.
fn figures(case: &mut Case<'_>, net: Net, limit: f64) -> String {
    let [judged, other] = named(case, net);
    let side = if net.other.abs() > limit {
        "beyond it"
    } else {
        "inside it"
    };
    let seldom = match case.reading.basis {
        VegaBasis::WidthNormalised => {
            " Normalised to the reference width this limit seldom binds: a bare 16-delta condor is at about −0.28."
        }
        VegaBasis::Literal => "",
    };
    format!(
        "{} against ±{}; {other}: {side}. {}.{seldom} {}",
        capital(&judged),
        trimmed(limit, 2),
        sign_words(case.reading.sign),
        prints(case)
    )
}

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::Inflation, inputs);
    let limit = limit(&mut case);
    let Some(net) = net(&mut case) else {
        return case.unknown();
    };
    let room = limit - net.judged.abs();
    let figures = figures(&mut case, net, limit);
    let (vega, edge) = (signed(net.judged, 2), trimmed(limit, 2));
    if room >= 0.0 {
        case.beside_flag(FactId::InflationElevated);
        let headline = format!("net vega {vega} is inside ±{edge}");
        return case
            .found(RuleState::Pass, headline, figures)
            .away(room, Unit::PointsPerVolPointPerCondor)
            .flipped_by(format!(
                "Net vega {} further out, with inflation elevated",
                fixed(room, 3)
            ));
    }
    let Some(is_elevated) = case.flag(FactId::InflationElevated) else {
        return case.unknown();
    };
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
    let (elevated, flips) = if is_elevated {
        let nearer = fixed(-room, 3);
        let flips = format!("Net vega {nearer} nearer to zero, or inflation no longer elevated");
        ("elevated", flips)
    } else {
        let flips = "A print that makes inflation elevated".to_owned();
        ("not elevated", flips)
    };
    let headline = format!("net vega {vega} is beyond ±{edge}, inflation {elevated}");
    case.found(state, headline, format!("{figures} {asks}"))
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
