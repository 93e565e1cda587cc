//! Facts of breadth, and of the stance Evaluate that it makes together with the layers.

use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::known::{last_place, no_series};
use super::value::Missing;
use crate::series::SeriesId;
use crate::signal::{BreadthDivergence, Divergence, LayerCompression, evaluate_stance};

/// Closes that are looked back on for the last divergence and the last compression.
const YEAR: usize = 252;

pub(super) fn gather(facts: &mut Collector<'_>) {
    let place = place(facts);
    let line = place.clone().and_then(|at| {
        let track = &facts.history("NYSE_ADV")?.derived.breadth;
        Ok(at.with(track.ad[at.value]))
    });
    facts.number(FactId::AdLine, line);
    let read = place.clone().and_then(|at| {
        let track = &facts.history("NYSE_ADV")?.derived.breadth;
        let read = track.divergence[at.value].ok_or_else(|| Missing {
            why: "NYSE advances and declines are too short".to_owned(),
            import_what: "more of NYSE_ADV, NYSE_DEC".to_owned(),
        })?;
        Ok(at.with(read))
    });
    let params = facts.params.breadth;
    let below = read.as_ref().map_err(Clone::clone).map(|read| {
        let BreadthDivergence { ad, high, .. } = read.value;
        // the limit stands `depth` deviations below the high
        let deviation = (high.ad_extreme - high.ad_limit) / params.depth;
        read.with((high.ad_extreme - ad) / deviation)
    });
    facts.number(FactId::AdBelowHigh, below);
    for (id, which) in [
        (FactId::BreadthNegative, Divergence::Negative),
        (FactId::BreadthPositive, Divergence::Positive),
    ] {
        let holds = read
            .as_ref()
            .map(|read| read.with(read.value.divergence == Some(which)));
        facts.flag(id, holds.map_err(Clone::clone));
    }
    ages(facts, place);
}

/// Place of the last known day with breadth.
fn place(facts: &Collector<'_>) -> Lookup<usize> {
    let known = facts.history("NYSE_ADV, NYSE_DEC")?;
    for id in [
        SeriesId::Spx,
        SeriesId::NyseAdvances,
        SeriesId::NyseDeclines,
    ] {
        known.series(id)?;
    }
    let track = &known.derived.breadth;
    let at = last_place(&track.dates, known.days.close)
        .ok_or_else(|| no_series(SeriesId::NyseAdvances))?;
    Ok(Found::new(at, "SPX, NYSE_ADV, NYSE_DEC", track.dates[at]))
}

/// Closes since the divergence and since the compression, and whether both are recent.
fn ages(facts: &mut Collector<'_>, place: Lookup<usize>) {
    let alone = facts.history("VX").and_then(|known| {
        let at = known.vx_place()?;
        let track = &known.derived.vx;
        let from = (at + 1).saturating_sub(YEAR);
        let since = track.compression[from..=at]
            .iter()
            .rev()
            .position(|bar| bar.is_some_and(|bar| bar.is_compressed))
            .unwrap_or(at + 1 - from);
        Ok(Found::new(since as f64, "VX", track.dates[at]))
    });
    facts.number(FactId::LayersCompressAge, alone);
    let stance = place.clone().and_then(|at| {
        let known = facts.history("NYSE_ADV")?;
        let (track, vx) = (&known.derived.breadth, &known.derived.vx);
        let vx_last = known.vx_place()?;
        let from = (at.value + 1).saturating_sub(YEAR);
        let compression: Vec<Option<LayerCompression>> = track.dates[from..=at.value]
            .iter()
            .map(|date| {
                let same = last_place(&vx.dates, *date)?;
                (vx.dates[same] == *date && same <= vx_last)
                    .then(|| vx.compression[same])
                    .flatten()
            })
            .collect();
        let divergence = &track.divergence[from..=at.value];
        let stance = evaluate_stance(divergence, &compression, &facts.params.evaluate);
        Ok(at
            .beside(&Found::new((), "VX", vx.dates[vx_last]))
            .with(stance.is_on))
    });
    facts.flag(FactId::EvaluateOn, stance);
    let age = place.and_then(|at| {
        let track = &facts.history("NYSE_ADV")?.derived.breadth;
        let from = (at.value + 1).saturating_sub(YEAR);
        let since = track.divergence[from..=at.value]
            .iter()
            .rev()
            .position(|bar| bar.is_some_and(|bar| bar.divergence == Some(Divergence::Negative)))
            .unwrap_or(at.value + 1 - from);
        Ok(at.with(since as f64))
    });
    facts.number(FactId::BreadthAge, age);
}
