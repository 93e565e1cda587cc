//! Facts of the S&P 500: closes of the library under the instant of the marks.

use super::collector::{Collector, Found, Lookup};
use super::derived::SpxTrack;
use super::id::FactId;
use super::known::too_short;
use super::value::Missing;
use crate::estimate::vol_premium;
use crate::series::SeriesId;
use crate::signal::{RangeSource, daily_range};

pub(super) fn gather(facts: &mut Collector<'_>) {
    let place = facts.history("SPX").and_then(|known| {
        let place = known.spx_place()?;
        Ok((&known.derived.spx, place))
    });
    let of = |take: &dyn Fn(&SpxTrack, usize) -> f64| -> Lookup<f64> {
        let (track, place) = place.as_ref().map_err(Clone::clone)?;
        let value = take(track, *place);
        if value.is_nan() {
            return Err(too_short(SeriesId::Spx, "is too short"));
        }
        Ok(Found::new(value, "SPX", track.dates[*place]))
    };
    let close = of(&|track, at| track.closes[at]);
    let marked = facts.book.map(|book| facts.mark(book.valuation.market.spx));
    facts.number(FactId::Spx, marked.map_or_else(|| close.clone(), Ok));
    facts.number(FactId::SpxClose, close);
    facts.number(FactId::SpxRsi14, of(&|track, at| track.rsi14[at]));
    let of_high = |track: &SpxTrack, at: usize| 100.0 * track.closes[at] / track.high252[at];
    facts.number(FactId::SpxOfHigh252, of(&of_high));
    facts.number(FactId::SpxEma20, of(&|track, at| track.ema20[at]));
    facts.number(FactId::SpxSma50, of(&|track, at| track.sma50[at]));
    facts.number(FactId::SpxSma200, of(&|track, at| track.sma200[at]));
    let realised = of(&|track, at| 100.0 * track.rv20[at]);
    facts.number(FactId::SpxRv20, realised.clone());

    let params = facts.params.expansion;
    let hot = of(&|track, at| {
        let window = (at + 1).checked_sub(params.window_closes);
        let last = window.map_or(&[][..], |from| &track.rsi14[from..=at]);
        if last.is_empty() || last.iter().any(|rsi| rsi.is_nan()) {
            return f64::NAN;
        }
        last.iter().filter(|rsi| **rsi > params.rsi_limit).count() as f64
    });
    let is_hot = hot
        .as_ref()
        .map(|hot| hot.with(hot.value >= params.hot_closes as f64));
    facts.flag(FactId::SpxHot, is_hot.map_err(Clone::clone));
    facts.number(FactId::SpxHotCloses, hot);
    vols(facts, &realised);
}

/// Implied over realised vol, and the range that blends both.
fn vols(facts: &mut Collector<'_>, realised: &Lookup<f64>) {
    let no_ratio = |source: &str| Missing {
        why: "the closes do not move".to_owned(),
        import_what: source.to_owned(),
    };
    let ratio = facts.found(FactId::VixClose).and_then(|vix| {
        let realised = realised.as_ref().map_err(Clone::clone)?;
        let both = vix.beside(realised);
        let premium = vol_premium(vix.value / 100.0, realised.value / 100.0)
            .ok_or_else(|| no_ratio("SPX"))?;
        Ok(both.with(premium.ratio))
    });
    let blend = facts.found(FactId::Vix9d).and_then(|vix9d| {
        let realised = realised.as_ref().map_err(Clone::clone)?;
        let source = RangeSource::Blend {
            vix9d: vix9d.value,
            realised: realised.value / 100.0,
        };
        let range =
            daily_range(source, &facts.params.daily_range).ok_or_else(|| no_ratio("VIX9D, SPX"))?;
        Ok(vix9d.beside(realised).with(range.range_pct))
    });
    facts.number(FactId::IvRv, ratio);
    facts.number(FactId::EdrBlend, blend);
}
