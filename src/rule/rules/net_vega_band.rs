//! Net vega against its band, in both readings side by side.

use super::super::case::{Case, RuleInputs, limit};
use super::super::finding::{Finding, RuleState};
use super::super::modifiers::ModifierKind;
use super::super::reading::{Reading, room, widened};
use super::super::stance::Stance;
use super::super::words::{capital, fixed, signed, trimmed};
use super::vega::{Net, contracts, named, net, sign_words};
use crate::fact::FactId;
use crate::policy::{RuleKind, Unit};
use crate::risk::band::{Band, VegaSign};
use crate::risk::figures::BandStatus;

fn verdict(status: BandStatus) -> &'static str {
    match status {
        BandStatus::Inside { .. } => "inside",
        BandStatus::Short { .. } => "short, hedge",
        BandStatus::Long { .. } => "long, trim",
    }
}

pub(super) fn evaluate(inputs: &RuleInputs<'_>) -> Finding {
    let mut case = Case::of(RuleKind::NetVegaBand, inputs);
    let band = band(&mut case);
    limit!(case, vega_band.reference_width, "width");
    let Some(net) = net(&mut case) else {
        return case.unknown();
    };
    let (status, other_status) = (band.status(net.judged), band.status(net.other));
    if net.judged - band.low > band.high - net.judged {
        case.second_first();
    }
    let [judged, other] = named(&mut case, net);
    let (state, stance) = match status {
        BandStatus::Inside { .. } => (RuleState::Pass, None),
        BandStatus::Short { .. } => (RuleState::Breach, Some(Stance::Hedge)),
        BandStatus::Long { .. } => (RuleState::Breach, Some(Stance::Trim)),
    };
    let mut sentences = vec![format!(
        "{} against the band {} to {}: {}; {other}: {}. {}.",
        capital(&judged),
        signed(band.low, 2),
        signed(band.high, 2),
        verdict(status),
        verdict(other_status),
        sign_words(case.reading.sign)
    )];
    sentences.push(by_other_sign(&case, net));
    let widening = case.modifiers.get(ModifierKind::WidenBand);
    sentences.push(format!("Band {}.", widening.reason));
    if case.modifiers.is_on(ModifierKind::VegaTarget) {
        let target = case.modifiers.get(ModifierKind::VegaTarget);
        sentences.push(format!("{}.", capital(&target.reason)));
    }
    let headline = match status {
        BandStatus::Inside { .. } => format!(
            "net vega {} is inside {} to {}",
            signed(net.judged, 2),
            signed(band.low, 2),
            signed(band.high, 2)
        ),
        BandStatus::Short { .. } => format!(
            "net vega {} is short of {}",
            signed(net.judged, 2),
            signed(band.low, 2)
        ),
        BandStatus::Long { .. } => format!(
            "net vega {} is above {}",
            signed(net.judged, 2),
            signed(band.high, 2)
        ),
    };
    let flips = flips(&mut case, net, band, status);
    case.found(state, headline, sentences.join(" "))
        .asking_if(stance)
        .away(room(status), Unit::PointsPerVolPointPerCondor)
        .flipped_by(flips)
}

/// The verdict under the sign that was not chosen.
fn by_other_sign(case: &Case<'_>, net: Net) -> String {
    let (sign, name) = match case.reading.sign {
        VegaSign::Economic => (VegaSign::Literal, "literal"),
        VegaSign::Literal => (VegaSign::Economic, "economic"),
    };
    let reading = Reading {
        sign,
        ..case.reading
    };
    let band = widened(reading.band(case.pack), case.modifiers.widen());
    format!(
        "Under the {name} sign the band is {} to {}: {}.",
        signed(band.low, 2),
        signed(band.high, 2),
        verdict(band.status(net.judged))
    )
}

/// The band for standard signs, widened where a modifier says so.
fn band(case: &mut Case<'_>) -> Band {
    let pack = case.pack;
    let band = widened(case.reading.band(pack), case.modifiers.widen());
    let by = case.modifiers.changed_by(ModifierKind::WidenBand);
    let edges = [(band.low, "low"), (band.high, "high")];
    for (path, (value, label)) in case.reading.band_paths().into_iter().zip(edges) {
        let numbers = &pack.vega_band;
        let number = if path == "vega_band.low" {
            &numbers.low
        } else {
            &numbers.high
        };
        case.changed((path, label), number, value, by.clone());
    }
    band
}

fn flips(case: &mut Case<'_>, net: Net, band: Band, status: BandStatus) -> String {
    match status {
        BandStatus::Inside { left } => {
            let edge = if net.judged - band.low <= band.high - net.judged {
                band.low
            } else {
                band.high
            };
            format!("Net vega {} nearer to {}", fixed(left, 3), signed(edge, 2))
        }
        BandStatus::Short { by } => {
            let calls = contracts(case, FactId::SecondUnit, net, by);
            calls.map_or_else(
                || format!("{} more net vega", fixed(by, 3)),
                |calls| {
                    format!(
                        "{} more net vega: {} Second calls",
                        fixed(by, 3),
                        trimmed(calls, 0)
                    )
                },
            )
        }
        BandStatus::Long { by } => {
            let calls = contracts(case, FactId::SecondUnit, net, by);
            calls.map_or_else(
                || format!("{} less net vega", fixed(by, 3)),
                |calls| {
                    format!(
                        "{} less net vega: {} Second calls sold",
                        fixed(by, 3),
                        trimmed(calls, 0)
                    )
                },
            )
        }
    }
}
