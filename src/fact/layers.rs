//! Facts of the layers' levels: together, against mean reversion, and the Second against its beta.

use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::known::{Known, last_place, too_short};
use super::value::Missing;
use crate::estimate::{
    Beta, CapmInput, Cheapness, MeanReversion, OuFit, RequiredReturn, capm_overlay,
    fit_mean_reversion, log_beta, richness, richness_z, roll_carry,
};
use crate::indicator::{LAYER_TENORS_DAYS, TRADING_DAYS_PER_YEAR, VxDay, constant_maturity};
use crate::series::SeriesId;
use crate::signal::{LayerCompression, level_compression};

/// Closes in a year: window of the beta and of the scores.
const YEAR: usize = 252;
/// Closes of VIX between two observations of the fit; daily noise makes VIX look quicker than it is.
const FIT_STEP: usize = 21;
/// Most observations of the fit, 16 years.
const MOST_FIT: usize = 193;
/// Fewest observations of the fit, 5 years.
const LEAST_FIT: usize = 61;
/// Closes of VIX that its own compression looks back on: averages have forgotten their start by then.
const LEVEL_TAIL: usize = 300;
/// Days over which the roll-down is taken.
const CARRY_DAYS: f64 = 30.0;
/// Places of the layers' tenors among [`LAYER_TENORS_DAYS`].
const TENORS: [usize; 3] = [0, 2, 3];

pub(super) fn gather(facts: &mut Collector<'_>) {
    spread(facts);
    rich(facts);
    capm(facts);
}

fn short(what: &str) -> Missing {
    Missing {
        why: format!("{what} too short"),
        import_what: "more of VX".to_owned(),
    }
}

fn spread(facts: &mut Collector<'_>) {
    let read = facts.history("VX").and_then(|known| {
        let (place, track) = (known.vx_place()?, &known.derived.vx);
        let read = track.compression[place].ok_or_else(|| short("the VIX futures are"))?;
        Ok(Found::new(read, "VX", track.dates[place]))
    });
    let part = |take: &dyn Fn(&LayerCompression) -> f64| -> Lookup<f64> {
        let read = read.as_ref().map_err(Clone::clone)?;
        Ok(read.with(take(&read.value)))
    };
    let range = part(&|read| read.range).or_else(|_| {
        let [first, second, third] =
            [FactId::Cm30, FactId::Cm110, FactId::Cm220].map(|id| facts.found(id));
        let (first, second, third) = (first?, second?, third?);
        let levels = [first.value, second.value, third.value];
        let [low, high] = [
            levels.into_iter().fold(f64::MAX, f64::min),
            levels.into_iter().fold(f64::MIN, f64::max),
        ];
        Ok(first.with(high - low))
    });
    facts.number(FactId::LayersSpread, range);
    facts.number(
        FactId::LayersOfAverage,
        part(&|read| read.range / read.average),
    );
    let compressed = read
        .as_ref()
        .map(|read| read.with(read.value.is_compressed));
    facts.flag(FactId::LayersCompress, compressed.map_err(Clone::clone));
    let level = facts.last(SeriesId::Vix).and_then(|last| {
        let known = facts.history("VIX")?.series(SeriesId::Vix)?;
        let closes = known.tail(LEVEL_TAIL).closes();
        let level = level_compression(closes, &facts.params.compression)
            .ok_or_else(|| too_short(SeriesId::Vix, "is too short"))?;
        Ok(last.with(level.is_compressed))
    });
    facts.flag(FactId::LayersCompressLevel, level);
}

/// The process fitted to every 21st close of VIX, counted back from the last known.
fn fit(facts: &Collector<'_>) -> Lookup<OuFit> {
    let id = SeriesId::Vix;
    let known = facts.history(id.key())?.series(id)?;
    let count = known.len();
    let places: Vec<usize> = (0..MOST_FIT)
        .map_while(|step| (count - 1).checked_sub(step * FIT_STEP))
        .collect();
    if places.len() < LEAST_FIT {
        return Err(too_short(id, "is shorter than five years"));
    }
    let dates: Vec<_> = places.iter().rev().map(|at| known.dates()[*at]).collect();
    let values: Vec<f64> = places.iter().rev().map(|at| known.closes()[*at]).collect();
    let years = FIT_STEP as f64 / TRADING_DAYS_PER_YEAR;
    let fit = fit_mean_reversion(MeanReversion::Log, &dates, &values, years);
    let fit = fit.map_err(|error| Missing {
        why: error.to_string(),
        import_what: "more of VIX".to_owned(),
    })?;
    Ok(Found::new(fit, id.key(), fit.window.last))
}

fn rich(facts: &mut Collector<'_>) {
    let fit = fit(facts);
    let part = |take: &dyn Fn(&OuFit) -> f64| -> Lookup<f64> {
        let fit = fit.as_ref().map_err(Clone::clone)?;
        Ok(fit.with(take(&fit.value)))
    };
    facts.number(FactId::OuMean, part(&OuFit::mean_level));
    facts.number(FactId::OuSpeed, part(&|fit| fit.speed.value));
    facts.number(FactId::OuSpeedSe, part(&|fit| fit.speed.se));
    let ids = [
        (FactId::RichFirst, FactId::RichFirstZ),
        (FactId::RichSecond, FactId::RichSecondZ),
        (FactId::RichThird, FactId::RichThirdZ),
    ];
    for ((now, score), tenor) in ids.into_iter().zip(TENORS) {
        let history = facts
            .history("VX")
            .and_then(|known| rich_history(&known, &fit, tenor));
        let last = history.as_ref().map_err(Clone::clone).and_then(|found| {
            let last = *found
                .value
                .last()
                .ok_or_else(|| short("the VIX futures are"))?;
            Ok(found.with(100.0 * last))
        });
        let z = history.and_then(|found| {
            let z = richness_z(&found.value, YEAR).ok_or_else(|| short("a year of richness is"))?;
            Ok(found.with(z))
        });
        facts.number(now, last);
        facts.number(score, z);
    }
}

/// Richness of a tenor on the last year's days with futures and VIX, by today's fit.
fn rich_history(known: &Known<'_>, fit: &Lookup<OuFit>, tenor: usize) -> Lookup<Vec<f64>> {
    let fit = fit.as_ref().map_err(Clone::clone)?;
    let (place, track) = (known.vx_place()?, &known.derived.vx);
    let days = LAYER_TENORS_DAYS[tenor];
    let mut found: Vec<(usize, f64)> = (0..=place)
        .rev()
        .filter_map(|at| {
            let rich = richness(&fit.value, track.vix[at], track.cm[tenor][at], days)?;
            Some((at, rich.richness))
        })
        .take(YEAR)
        .collect();
    found.reverse();
    let last = found.last().ok_or_else(|| Missing {
        why: "no day with both VIX and its futures".to_owned(),
        import_what: "VIX, VX".to_owned(),
    })?;
    let origin = fit.beside(&Found::new((), "VX", track.dates[last.0]));
    Ok(origin.with(found.iter().map(|one| one.1).collect()))
}

/// Beta of the 110-day future on SPX over a year of closes that both have.
fn beta(facts: &Collector<'_>) -> Lookup<Beta> {
    let known = facts.history("VX")?;
    let (place, track) = (known.vx_place()?, &known.derived.vx);
    known.spx_place()?;
    let spx = &known.derived.spx;
    let mut pairs: Vec<(usize, f64, f64)> = (0..=place)
        .rev()
        .filter_map(|at| {
            let other = last_place(&spx.dates, track.dates[at])?;
            let is_same = spx.dates[other] == track.dates[at];
            is_same.then(|| (at, track.cm[2][at], spx.closes[other]))
        })
        .take(YEAR + 1)
        .collect();
    if pairs.len() <= YEAR {
        return Err(short("a year of closes of both VIX futures and SPX is"));
    }
    pairs.reverse();
    let last = track.dates[pairs[YEAR].0];
    let levels: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let closes: Vec<f64> = pairs.iter().map(|pair| pair.2).collect();
    let beta = log_beta(&levels, &closes).map_err(|error| Missing {
        why: error.to_string(),
        import_what: "VX, SPX".to_owned(),
    })?;
    Ok(Found::new(beta, "VX, SPX", last))
}

/// Roll-down at 110 days, decimal a year, of the last known curve, else of the marks'.
fn carry(facts: &Collector<'_>) -> Lookup<f64> {
    let tenor = LAYER_TENORS_DAYS[2];
    let no_carry = || short("the curve of the VIX futures is");
    let closes = facts.history("VX").and_then(|known| {
        let (place, track) = (known.vx_place()?, &known.derived.vx);
        let curve = known.derived.library().futures().curve_at(place);
        let spot = Some(track.vix[place]).filter(|vix| vix.is_finite());
        let day = curve.map(|curve| VxDay::of_curve(&curve, spot));
        let carry = day.and_then(|day| {
            let after = constant_maturity(&day, tenor - CARRY_DAYS)?;
            roll_carry(constant_maturity(&day, tenor)?, after, CARRY_DAYS)
        });
        let carry = carry.ok_or_else(no_carry)?;
        Ok(Found::new(carry, "VX", track.dates[place]))
    });
    closes.or_else(|missing| {
        let curve = super::curve::entered(facts).ok_or(missing)?;
        let after = curve.price(tenor - CARRY_DAYS);
        let carry = roll_carry(curve.price(tenor), after, CARRY_DAYS).ok_or_else(no_carry)?;
        Ok(facts.mark(carry))
    })
}

fn capm(facts: &mut Collector<'_>) {
    let (beta, carry) = (beta(facts), carry(facts));
    let part = |take: &dyn Fn(&Beta) -> f64| -> Lookup<f64> {
        let beta = beta.as_ref().map_err(Clone::clone)?;
        Ok(beta.with(take(&beta.value)))
    };
    facts.number(FactId::CapmBeta, part(&|beta| beta.beta));
    facts.number(FactId::CapmBetaSe, part(&|beta| beta.se));
    let percent = carry.as_ref().map(|carry| carry.with(100.0 * carry.value));
    facts.number(FactId::CapmCarry, percent.map_err(Clone::clone));
    let overlay = beta.and_then(|beta| {
        let (carry, premium) = (carry?, facts.found(FactId::Erp)?);
        let riskless = facts.found(FactId::Riskless)?;
        let overlay = capm_overlay(&CapmInput {
            beta: beta.value,
            riskless: riskless.value / 100.0,
            equity_premium: premium.value / 100.0,
            carry_per_year: carry.value,
            form: RequiredReturn::Total,
        });
        Ok(beta.beside(&carry).beside(&premium).with(overlay))
    });
    let required = overlay
        .as_ref()
        .map(|found| found.with(100.0 * found.value.required));
    let alpha = overlay
        .as_ref()
        .map(|found| found.with(100.0 * found.value.alpha));
    facts.number(FactId::CapmRequired, required.map_err(Clone::clone));
    facts.number(FactId::CapmAlpha, alpha.map_err(Clone::clone));
    let verdict = overlay.map(|found| {
        found.with(match found.value.cheapness {
            Cheapness::Rich => "rich",
            Cheapness::Fair => "fair",
            Cheapness::Cheap => "cheap",
        })
    });
    facts.state(FactId::CapmVerdict, verdict);
}
