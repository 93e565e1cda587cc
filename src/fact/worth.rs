//! Facts of what the market costs: price over earnings and over cash flow.

use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::known::{no_series, too_short};
use super::value::Missing;
use crate::series::SeriesId;
use crate::signal::{Expansion, cash_flow_price, expansion};

pub(super) fn gather(facts: &mut Collector<'_>) {
    earnings(facts);
    cash_flow(facts);
    let cape = facts.last(SeriesId::Cape);
    facts.number(FactId::Cape, cape);
}

fn earnings(facts: &mut Collector<'_>) {
    let params = facts.params.expansion;
    let found = ratios(facts, params.year_bars.max(params.rise_bars + 1));
    let read = found
        .as_ref()
        .map(|found| found.with(expansion(&[], &found.value, &params)))
        .map_err(Clone::clone);
    let part = |take: &dyn Fn(&Expansion) -> Option<f64>| -> Lookup<f64> {
        let read = read.as_ref().map_err(Clone::clone)?;
        let value = take(&read.value).ok_or_else(short)?;
        Ok(read.with(value))
    };
    facts.number(FactId::Pe, part(&|read| read.price_to_earnings));
    let change = |read: &Expansion| read.change.map(|change| 100.0 * change);
    facts.number(FactId::PeChange63, part(&change));
    let rank = found.and_then(|found| {
        let year = found.value.len().checked_sub(params.year_bars);
        let year = year.map_or(&[][..], |from| &found.value[from..]);
        let last = *year.last().ok_or_else(short)?;
        if year.iter().any(|ratio| ratio.is_nan()) {
            return Err(short());
        }
        let below = year.iter().filter(|ratio| **ratio <= last).count();
        Ok(found.with(100.0 * below as f64 / year.len() as f64))
    });
    facts.number(FactId::PePercentile, rank);
    let expanding = read.and_then(|read| {
        let value = read.value.is_expanding.ok_or_else(short)?;
        Ok(read.with(value))
    });
    facts.flag(FactId::PeExpanding, expanding);
}

fn short() -> Missing {
    too_short(SeriesId::SpxPe, "is too short")
}

/// Price over earnings on the last closes.
fn ratios(facts: &Collector<'_>, count: usize) -> Lookup<Vec<f64>> {
    let known = facts.history("SPX_PE")?;
    let library = known.derived.library();
    let (id, source) = if library.series(SeriesId::SpxPe).is_some() {
        (SeriesId::SpxPe, "SPX_PE")
    } else if library.series(SeriesId::SpxEarnings).is_some() {
        (SeriesId::SpxEarnings, "SPX, SPX_EARNINGS")
    } else {
        return Err(no_series(SeriesId::SpxPe));
    };
    let place = known.spx_place()?;
    let track = &known.derived.spx;
    let last = known.series(id)?.last().ok_or_else(|| no_series(id))?;
    let from = (place + 1).saturating_sub(count);
    let values = track.pe[from..=place].to_vec();
    if values.last().is_none_or(|ratio| ratio.is_nan()) {
        return Err(too_short(id, "has no value by then"));
    }
    Ok(Found::new(
        values,
        source,
        last.date.min(track.dates[place]),
    ))
}

fn cash_flow(facts: &mut Collector<'_>) {
    let id = SeriesId::SpxPcf;
    let last = facts.last(id);
    facts.number(FactId::Pcf, last.clone());
    let read = last.and_then(|last| {
        let known = facts.history(id.key())?.series(id)?;
        let read = cash_flow_price(known.closes(), &facts.params.cash_flow)
            .ok_or_else(|| too_short(id, "is shorter than five years"))?;
        Ok(last.with(read))
    });
    let of_median = read
        .as_ref()
        .map(|found| found.with(found.value.ratio / found.value.median));
    let change = read
        .as_ref()
        .map(|found| found.with(100.0 * found.value.change));
    let is_high = read.as_ref().map(|found| found.with(found.value.is_on));
    facts.number(FactId::PcfOfMedian, of_median.map_err(Clone::clone));
    facts.number(FactId::PcfChange, change.map_err(Clone::clone));
    facts.flag(FactId::PcfHigh, is_high.map_err(Clone::clone));
}
