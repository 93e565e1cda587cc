//! Facts of net vega under each convention, that of the regression with its error.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::book::no_condor;
use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::known::{Known, last_place};
use super::value::Missing;
use crate::indicator::{VxDay, constant_maturity};
use crate::instrument::Underlying;
use crate::risk::band::Convention;
use crate::risk::figures::NetVega;
use crate::series::SeriesId;
use crate::signal::{VegaRegression, vega_regression};
use crate::units::OPTION_MULTIPLIER;

pub(super) fn gather(facts: &mut Collector<'_>) {
    let net = |take: &dyn Fn(&NetVega) -> Option<f64>| -> Lookup<f64> {
        let book = facts.the_book()?;
        let net = book.valuation.net_vega.as_ref().ok_or_else(no_condor)?;
        Ok(facts.of_book(take(net).unwrap_or(0.0)))
    };
    let part = |name: &'static str| {
        net(&|net| {
            let part = net.contributions.iter().find(|part| part.name == name);
            part.map(|part| part.points)
        })
    };
    let convention = |rule: Convention| {
        net(&|net| {
            let rows = net.by_convention.iter();
            rows.clone()
                .find(|row| row.0 == rule.label())
                .map(|row| row.1)
        })
    };
    let rows = [
        (FactId::NetVegaNormalised, net(&|net| Some(net.normalised))),
        (FactId::NetVegaLiteral, net(&|net| Some(net.literal))),
        (FactId::VegaCondors, part("Condors")),
        (FactId::VegaFirst, part("First")),
        (FactId::VegaSecond, part("Second")),
        (FactId::VegaThird, part("Third")),
        (FactId::VegaNaive, convention(Convention::Naive)),
        (FactId::VegaDamped, convention(Convention::Damped)),
    ];
    for (id, found) in rows {
        facts.number(id, found);
    }
    regression(facts);
}

/// Index points of one position point of a future, over all legs of an expiry.
#[derive(Clone, Copy, Default)]
struct Exposure {
    /// Σ quantity × delta × multiplier / 100.
    points: f64,
    /// Calendar days to the expiry.
    days: f64,
}

fn regression(facts: &mut Collector<'_>) {
    let found = regressed(facts);
    let width = facts.book.map(|book| book.valuation.frame);
    let literal = found.as_ref().map(|found| found.with(found.value.0));
    let error = found.as_ref().map(|found| found.with(found.value.1));
    let normalised = found.as_ref().map(|found| {
        let literal = found.value.0;
        found.with(width.map_or(literal, |frame| frame.normalise(literal)))
    });
    facts.number(FactId::VegaRegression, literal.map_err(Clone::clone));
    facts.number(FactId::VegaRegressionSe, error.map_err(Clone::clone));
    facts.number(
        FactId::VegaRegressionNormalised,
        normalised.map_err(Clone::clone),
    );
}

/// Literal net vega and its standard error.
fn regressed(facts: &Collector<'_>) -> Lookup<(f64, f64)> {
    let book = facts.the_book()?;
    let valuation = book.valuation;
    let reference = valuation.frame.reference.ok_or_else(no_condor)?;
    let net = valuation.net_vega.as_ref().ok_or_else(no_condor)?;
    let condors = net.contributions.iter().find(|part| part.name == "Condors");
    let mut exposures: BTreeMap<Date, Exposure> = BTreeMap::new();
    for row in &valuation.rows {
        if row.contract.underlying() != Underlying::Vix || row.is_expired {
            continue;
        }
        let exposure = exposures.entry(row.contract.expiry()).or_default();
        let per_point = row.greeks.delta * row.contract.multiplier() / OPTION_MULTIPLIER;
        exposure.points += f64::from(row.quantity) * per_point;
        exposure.days = f64::from(row.days);
    }
    let vix_per_vol_point =
        reference.vix_per_vol_point(&valuation.book.params, valuation.market.vix);
    let mut sum = condors.map_or(0.0, |part| part.points);
    let mut error = 0.0;
    let mut origin = facts.of_book(());
    for (expiry, exposure) in exposures {
        let known = facts.history("VX, VIX")?;
        let fitted = response(facts, &known, expiry, exposure.days, vix_per_vol_point)?;
        let per_condor = exposure.points / valuation.frame.condors;
        sum += per_condor * fitted.value.points_per_vol_point;
        error += (per_condor * fitted.value.points_per_vol_point_se).abs();
        origin = if origin.source.contains(&fitted.source) {
            Found::new((), origin.source.clone(), origin.as_of.min(fitted.as_of))
        } else {
            origin.beside(&fitted)
        };
    }
    Ok(origin.with((sum, error)))
}

/// The response of the future of an expiry to VIX: of the contract itself where it is old enough, else of a
/// future of as many days.
fn response(
    facts: &Collector<'_>,
    known: &Known<'_>,
    expiry: Date,
    days: f64,
    vix_per_vol_point: f64,
) -> Lookup<VegaRegression> {
    let params = facts.params.vega_regression;
    known.series(SeriesId::Vix)?;
    let place = known.vx_place()?;
    let track = &known.derived.vx;
    let futures = known.derived.library().futures();
    let from = (place + 1).saturating_sub(params.days + 1);
    let vix = &track.vix[from..=place];
    let contract = futures.contract(expiry);
    let of_contract: Vec<f64> = track.dates[from..=place]
        .iter()
        .map(|date| {
            let settled = contract.and_then(|contract| contract.settle_on(*date));
            settled.unwrap_or(f64::NAN)
        })
        .collect();
    let by_contract = vega_regression(&of_contract, vix, vix_per_vol_point, &params);
    let (fitted, source) = if by_contract.is_ok() {
        (by_contract, "VX, VIX")
    } else {
        let tenor = |at: usize| {
            let spot = Some(track.vix[at]).filter(|vix| vix.is_finite());
            let day = VxDay::of_curve(&futures.curve_at(at)?, spot);
            constant_maturity(&day, days)
        };
        let levels: Vec<f64> = (from..=place)
            .map(|at| tenor(at).unwrap_or(f64::NAN))
            .collect();
        let fitted = vega_regression(&levels, vix, vix_per_vol_point, &params);
        (fitted, "VX of as many days, VIX")
    };
    let fitted = fitted.map_err(|error| Missing {
        why: format!("futures of {expiry} on VIX: {error}"),
        import_what: "VX, VIX".to_owned(),
    })?;
    let last = last_place(&track.dates, known.days.close).map_or(expiry, |at| track.dates[at]);
    Ok(Found::new(fitted, source, last))
}
