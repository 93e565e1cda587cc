//! Facts of VIX and its futures: closes of the library where there are any, else what stands in the marks.

use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::known::no_series;
use super::value::Missing;
use crate::indicator::{LAYER_TENORS_DAYS, VxDay, ratio_contango_pct};
use crate::market::VixCurve;
use crate::policy::Threshold;
use crate::series::SeriesId;
use crate::signal::{FrontVol, RangeSource, daily_range, front_vol};

/// Days of the futures that the front's signal looks at, gaps allowed for.
const FRONT_DAYS: usize = 90;

pub(super) fn gather(facts: &mut Collector<'_>) {
    vix(facts);
    futures(facts);
    front(facts);
    range(facts);
}

/// The curve of the marks, if somebody entered it.
pub(super) fn entered<'a>(facts: &Collector<'a>) -> Option<&'a VixCurve> {
    let curve = &facts.book?.valuation.market.curve;
    curve.source.has_entered().then_some(curve)
}

fn vix(facts: &mut Collector<'_>) {
    let close = facts.last(SeriesId::Vix);
    let marked = facts
        .book
        .filter(|book| !book.assumed.vix)
        .map(|book| facts.mark(book.valuation.market.vix));
    let vvix = facts
        .book
        .filter(|book| !book.valuation.market.vvix_assumed)
        .map_or_else(
            || facts.last(SeriesId::Vvix),
            |book| Ok(facts.mark(book.valuation.market.vvix)),
        );
    facts.number(FactId::Vix, marked.map_or_else(|| close.clone(), Ok));
    facts.number(FactId::VixClose, close.clone());
    facts.number(FactId::Vvix, vvix);
    let tail = |count: usize| -> Lookup<Vec<f64>> {
        let last = close.as_ref().map_err(Clone::clone)?;
        let known = facts.history("VIX")?.series(SeriesId::Vix)?;
        let values = known.tail(count).closes().to_vec();
        if values.len() < count {
            return Err(super::known::too_short(SeriesId::Vix, "is too short"));
        }
        Ok(Found::new(values, "VIX", last.as_of))
    };
    let monetise = &facts.pack().monetise;
    let closes = |number: &Threshold| (number.value as usize).max(1);
    let average = tail(closes(&monetise.average))
        .map(|found| found.with(found.value.iter().sum::<f64>() / found.value.len() as f64));
    let below = tail(closes(&monetise.high_closes)).map(|found| {
        let high = found.value.iter().copied().fold(f64::MIN, f64::max);
        let last = found.value[found.value.len() - 1];
        found.with(100.0 * (1.0 - last / high))
    });
    facts.number(FactId::VixSma5, average);
    facts.number(FactId::VixBelowHigh, below);
    let (nine, three) = (facts.last(SeriesId::Vix9d), facts.last(SeriesId::Vix3m));
    facts.number(FactId::Vix9d, nine);
    facts.number(FactId::Vix3m, three.clone());
    let slope = three.and_then(|three| {
        let close = close?;
        let slope = ratio_contango_pct(close.value, three.value);
        let both = three.beside(&close);
        Ok(both.with(slope.unwrap_or(f64::NAN)))
    });
    facts.number(FactId::XVix3m, slope);
}

fn futures(facts: &mut Collector<'_>) {
    let history = facts.history("VX").and_then(|known| {
        let place = known.vx_place()?;
        Ok((&known.derived.vx, place))
    });
    let marked = entered(facts);
    let today = facts.days.today;
    let mark = |value: Option<f64>, missing: Missing| -> Lookup<f64> {
        let value = value.ok_or(missing)?;
        Ok(Found::new(value, "marks", today))
    };
    let listed = |position: usize| -> Lookup<f64> {
        match &history {
            Ok((track, place)) => {
                let levels = [&track.first, &track.second][position];
                let level = levels[*place];
                if level.is_nan() {
                    return Err(Missing {
                        why: "too few VIX futures on the last day".to_owned(),
                        import_what: "more of VX".to_owned(),
                    });
                }
                Ok(Found::new(level, "VX", track.dates[*place]))
            }
            Err(missing) => mark(
                marked.and_then(|curve| Some(curve.monthlies().nth(position)?.price)),
                missing.clone(),
            ),
        }
    };
    let tenor = |index: usize| -> Lookup<f64> {
        match &history {
            Ok((track, place)) => Ok(Found::new(
                track.cm[index][*place],
                "VX",
                track.dates[*place],
            )),
            Err(missing) => mark(
                marked.map(|curve| curve.price(LAYER_TENORS_DAYS[index])),
                missing.clone(),
            ),
        }
    };
    let [first, second] = [listed(0), listed(1)];
    let slope = first.clone().and_then(|first| {
        let second = second.clone()?;
        let slope = ratio_contango_pct(first.value, second.value);
        Ok(first.with(slope.unwrap_or(f64::NAN)))
    });
    let tenors = [FactId::Cm30, FactId::Cm60, FactId::Cm110, FactId::Cm220];
    let levels: Vec<Lookup<f64>> = (0..tenors.len()).map(tenor).collect();
    facts.number(FactId::Vx1, first);
    facts.number(FactId::Vx2, second);
    facts.number(FactId::XContangoListed, slope);
    for (id, level) in tenors.into_iter().zip(levels) {
        facts.number(id, level);
    }
}

/// The immediate signal of the First layer.
fn front(facts: &mut Collector<'_>) {
    let found = facts.history("VX").and_then(|known| {
        let place = known.vx_place()?;
        let from = (place + 1).saturating_sub(FRONT_DAYS);
        let days: Vec<VxDay> = (from..=place)
            .filter_map(|at| known.derived.library().futures().curve_at(at))
            .map(|curve| VxDay::of_curve(&curve, None))
            .collect();
        let found = front_vol(&days, &facts.params.front_vol).ok_or_else(|| Missing {
            why: "no VIX future on the last day".to_owned(),
            import_what: "more of VX".to_owned(),
        })?;
        Ok(Found::new(found, "VX", found.date))
    });
    let part = |take: &dyn Fn(&FrontVol) -> Option<f64>| -> Lookup<f64> {
        let found = found.as_ref().map_err(Clone::clone)?;
        let value = take(&found.value).ok_or_else(|| Missing {
            why: "too few closes of the nearest VIX future".to_owned(),
            import_what: "more of VX".to_owned(),
        })?;
        Ok(found.with(value))
    };
    let in_deviations = |found: &FrontVol| Some(found.change? / found.change_stdev?);
    let over = |found: &FrontVol| Some(100.0 * (found.front.price / found.average? - 1.0));
    facts.number(FactId::FrontChange, part(&|found| found.change));
    facts.number(FactId::FrontChangeSd, part(&in_deviations));
    facts.number(FactId::FrontOverSma5, part(&over));
    // a part that is not known cannot say no
    let signal = found.as_ref().map_err(Clone::clone).and_then(|found| {
        let parts = [
            found.value.by_change,
            found.value.by_backwardation,
            found.value.by_average,
        ];
        if !found.value.is_on && parts.contains(&None) {
            return Err(Missing {
                why: "too few closes of the nearest VIX future".to_owned(),
                import_what: "more of VX".to_owned(),
            });
        }
        Ok(found.with(found.value.is_on))
    });
    let ties = signal.clone().and_then(|signal| {
        let found = found.as_ref().map_err(Clone::clone)?;
        Ok(signal.with(found.value.turns_ties))
    });
    facts.flag(FactId::FrontSignal, signal);
    facts.flag(FactId::FrontTies, ties);
}

/// Expected daily range.
fn range(facts: &mut Collector<'_>) {
    let params = facts.params.daily_range;
    let by_vix = facts.found(FactId::Vix).and_then(|vix| {
        let source = RangeSource::Vix { vix: vix.value };
        let range = daily_range(source, &params).ok_or_else(|| no_series(SeriesId::Vix))?;
        Ok(vix.with(range))
    });
    let value = by_vix
        .as_ref()
        .map(|found| found.with(found.value.range_pct));
    let above = by_vix
        .as_ref()
        .map(|found| found.with(found.value.is_above_line));
    facts.number(FactId::Edr, value.map_err(Clone::clone));
    facts.flag(FactId::EdrAbove, above.map_err(Clone::clone));
}
