//! Facts of prices, growth, rates, concentration and the exchange rate.

use jiff::civil::Date;

use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::known::too_short;
use super::regime::finding;
use super::value::Missing;
use crate::series::{Observation, SeriesId};
use crate::signal::{
    Concentration, GrowthInput, InflationInput, concentration, growth, inflation, reer_shift,
};

/// Daily values that changes over a quarter look back on.
const DAILY_TAIL: usize = 200;
/// Monthly values that a change over a year looks back on.
const MONTHLY_TAIL: usize = 30;

type Points = Vec<(Date, f64)>;

/// Every gather of this room.
pub(super) fn gather(facts: &mut Collector<'_>) {
    prices(facts);
    growth_and_rates(facts);
    crowd(facts);
    exchange_rate(facts);
}

/// The last known values of a series.
fn tail(facts: &Collector<'_>, id: SeriesId, count: usize) -> Lookup<Points> {
    let known = facts.history(id.key())?.series(id)?;
    let last = known
        .last()
        .ok_or_else(|| too_short(id, "has no value by then"))?;
    let pair = |one: Observation| (one.date, one.value);
    let points = known.tail(count).into_iter().map(pair).collect();
    Ok(Found::new(points, id.key(), last.date))
}

/// The first of two series that is there.
fn either(
    facts: &Collector<'_>,
    first: SeriesId,
    second: SeriesId,
    count: usize,
) -> Lookup<Points> {
    tail(facts, first, count)
        .or_else(|missing| tail(facts, second, count).map_err(|_second| missing))
}

/// The difference of two series on the days that both have.
fn difference(facts: &Collector<'_>, left: SeriesId, right: SeriesId) -> Lookup<Points> {
    combine(facts, left, right, |left, right| left - right)
}

fn combine(
    facts: &Collector<'_>,
    left: SeriesId,
    right: SeriesId,
    of: fn(f64, f64) -> f64,
) -> Lookup<Points> {
    let known = |id: SeriesId| facts.history(id.key())?.series(id);
    let both = known(left)?
        .tail(2 * DAILY_TAIL)
        .joined(known(right)?.tail(2 * DAILY_TAIL));
    let last = *both
        .dates
        .last()
        .ok_or_else(|| too_short(left, &format!("has no day in common with {}", right.key())))?;
    let values = both.left.iter().zip(&both.right);
    let points = both
        .dates
        .iter()
        .zip(values)
        .map(|(date, (left, right))| (*date, of(*left, *right)))
        .collect();
    Ok(Found::new(
        points,
        format!("{}, {}", left.key(), right.key()),
        last,
    ))
}

fn points_of(found: &Lookup<Points>) -> &[(Date, f64)] {
    found.as_ref().map_or(&[], |found| &found.value)
}

/// A part of a finding under the origin of its series.
fn part<T, U>(series: &Lookup<U>, value: Option<T>, id: SeriesId) -> Lookup<T> {
    let series = series.as_ref().map_err(Clone::clone)?;
    let value = value.ok_or_else(|| too_short(id, "is too short"))?;
    Ok(series.with(value))
}

fn prices(facts: &mut Collector<'_>) {
    let cpi = either(facts, SeriesId::Cpi, SeriesId::CpiUnadjusted, MONTHLY_TAIL);
    let ppi = either(facts, SeriesId::PpiFinalDemand, SeriesId::Ppi, MONTHLY_TAIL);
    let core = tail(facts, SeriesId::CoreCpi, MONTHLY_TAIL);
    let surprise = facts.last(SeriesId::CpiSurprise);
    let input = InflationInput {
        cpi: points_of(&cpi),
        ppi: points_of(&ppi),
        core_cpi: points_of(&core),
        surprise_pp: surprise.as_ref().ok().map(|found| found.value),
    };
    let found = inflation(&input, &facts.params.inflation);
    let parts = [
        part(&cpi, found.cpi_yearly_pct, SeriesId::Cpi),
        part(&ppi, found.ppi_yearly_pct, SeriesId::Ppi),
        part(&core, found.core_monthly_pct, SeriesId::CoreCpi),
    ];
    let elevated = elevated(&parts, &surprise, found.is_elevated == Some(true));
    let [cpi, ppi, core] = parts;
    facts.number(FactId::CpiYoy, cpi);
    facts.number(FactId::PpiYoy, ppi);
    facts.number(FactId::CoreCpiMom, core);
    facts.number(FactId::CpiSurprise, surprise);
    facts.flag(FactId::InflationElevated, elevated);
}

/// One part suffices for yes; for no all three indices have to be known. The surprise may be missing.
fn elevated(parts: &[Lookup<f64>; 3], surprise: &Lookup<f64>, is_on: bool) -> Lookup<bool> {
    if !is_on && let Some(missing) = parts.iter().find_map(|part| part.as_ref().err()) {
        return Err(missing.clone());
    }
    let known = parts
        .iter()
        .chain([surprise])
        .filter_map(|part| part.as_ref().ok());
    let origin = known
        .map(|found| found.with(()))
        .reduce(|left, right| left.beside(&right))
        .ok_or_else(|| too_short(SeriesId::Cpi, "is too short"))?;
    Ok(origin.with(is_on))
}

fn growth_and_rates(facts: &mut Collector<'_>) {
    let gdp = tail(facts, SeriesId::RealGdp, 8);
    let differential = difference(facts, SeriesId::Treasury2y, SeriesId::Foreign2y);
    let regime = finding(facts);
    let in_window = facts.found_flag(FactId::EventWindow);
    let input = GrowthInput {
        real_gdp: points_of(&gdp),
        differential_pp: points_of(&differential),
        regime: regime.as_ref().ok().map(|found| found.value.regime),
        in_event_window: in_window == Some(true),
    };
    let found = growth(&input, &facts.params.growth);
    let level = points_of(&differential).last().map(|last| last.1);
    let saar = part(&gdp, found.growth_saar_pct, SeriesId::RealGdp);
    let level = part(&differential, level, SeriesId::Treasury2y);
    let change = part(
        &differential,
        found.differential_change_bp,
        SeriesId::Treasury2y,
    );
    let widens = if found.is_healthy == Some(false)
        || found.is_stable == Some(false)
        || (regime.is_ok() && found.is_blocked)
    {
        // one part that forbids it is enough
        let no = gdp.as_ref().map(|found| found.with(false));
        no.or_else(|_| differential.as_ref().map(|found| found.with(false)))
            .or_else(|_| regime.as_ref().map(|found| found.with(false)))
            .map_err(Clone::clone)
    } else {
        widening(&saar, &change, &regime, in_window, found.widens)
    };
    facts.number(FactId::GdpSaar, saar);
    facts.number(FactId::Differential, level);
    facts.number(FactId::Differential63, change);
    facts.flag(FactId::GrowthWidens, widens);
    let daily = facts.last(SeriesId::PolicyRateDaily);
    let policy = daily.or_else(|_| facts.last(SeriesId::PolicyRate));
    facts.number(FactId::PolicyRate, policy);
}

/// Every part is known, or the first that is not.
fn widening<T>(
    saar: &Lookup<f64>,
    change: &Lookup<f64>,
    regime: &Lookup<T>,
    in_window: Option<bool>,
    widens: bool,
) -> Lookup<bool> {
    let saar = saar.as_ref().map_err(Clone::clone)?;
    let change = change.as_ref().map_err(Clone::clone)?;
    let regime = regime.as_ref().map_err(Clone::clone)?;
    if in_window.is_none() {
        return Err(Missing {
            why: "no dates of meetings and releases".to_owned(),
            import_what: "EVENTS".to_owned(),
        });
    }
    Ok(saar.beside(change).beside(regime).with(widens))
}

fn crowd(facts: &mut Collector<'_>) {
    let weight = tail(facts, SeriesId::Top10Weight, DAILY_TAIL);
    let curve = tail(facts, SeriesId::Curve2s10s, DAILY_TAIL).or_else(|missing| {
        difference(facts, SeriesId::Treasury10y, SeriesId::Treasury2y).map_err(|_second| missing)
    });
    let found = concentration(
        points_of(&weight),
        points_of(&curve),
        &facts.params.concentration,
    );
    let slope = SeriesId::Curve2s10s;
    facts.number(
        FactId::Top10Weight,
        part(&weight, found.weight_pct, SeriesId::Top10Weight),
    );
    facts.number(
        FactId::Top10Change63,
        part(&weight, found.weight_change_pp, SeriesId::Top10Weight),
    );
    facts.number(FactId::Curve2s10s, part(&curve, found.curve_pp, slope));
    facts.number(
        FactId::Curve2s10s21,
        part(&curve, found.curve_change_bp, slope),
    );
    facts.flag(FactId::Flattening, part(&curve, found.is_flattening, slope));
    facts.flag(FactId::ConcentrationOn, both(&weight, &curve, &found));
    let proxy = combine(facts, SeriesId::Rsp, SeriesId::Spy, |rsp, spy| rsp / spy);
    let change = proxy.and_then(|ratio| {
        let points = &ratio.value;
        let sessions = facts.params.concentration.weight_sessions as usize;
        let then = points
            .len()
            .checked_sub(sessions + 1)
            .and_then(|at| points.get(at))
            .ok_or_else(|| too_short(SeriesId::Rsp, "is too short"))?;
        let now = points[points.len() - 1].1;
        Ok(ratio.with(100.0 * (now / then.1 - 1.0)))
    });
    facts.number(FactId::RspSpy63, change);
}

/// Yes needs both; one part that does not hold is enough for no.
fn both(weight: &Lookup<Points>, curve: &Lookup<Points>, found: &Concentration) -> Lookup<bool> {
    if found.is_flattening == Some(false)
        && let Ok(curve) = curve
    {
        return Ok(curve.with(false));
    }
    let weight = weight.as_ref().map_err(Clone::clone)?;
    if found.is_concentrated == Some(false) {
        return Ok(weight.with(false));
    }
    let curve = curve.as_ref().map_err(Clone::clone)?;
    Ok(weight.beside(curve).with(found.is_on))
}

fn exchange_rate(facts: &mut Collector<'_>) {
    let params = facts.params.reer;
    let months = params.change_months + params.window_months;
    let series = tail(facts, SeriesId::Reer, months);
    let values: Vec<f64> = points_of(&series).iter().map(|point| point.1).collect();
    let shift = reer_shift(&values, &params);
    facts.number(
        FactId::ReerZ,
        part(&series, shift.map(|shift| shift.z), SeriesId::Reer),
    );
    facts.flag(
        FactId::ReerShift,
        part(&series, shift.map(|shift| shift.is_on), SeriesId::Reer),
    );
}
