//! Facts of net vega under each convention, that of the regression with its error.

use std::sync::Arc;

use super::book::no_condor;
use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::value::Missing;
use crate::instrument::Underlying;
use crate::risk::band::Convention;
use crate::risk::figures::{ConventionVega, LegRow, NetVega};
use crate::risk::hedge::{VegaFrame, net_vega};
use crate::risk::vega_slopes::{VegaSlopes, VegaSlopesError};

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
            let mut rows = net.by_convention.iter();
            rows.find(|row| row.convention == rule)
                .map(|row| row.literal)
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

/// Literal and normalised net vega of the regression, with the standard error of the literal one.
fn regression(facts: &mut Collector<'_>) {
    let found = regressed(facts);
    let part = |take: &dyn Fn(&ConventionVega) -> f64| {
        let found = found.as_ref().map_err(Clone::clone)?;
        Ok(found.with(take(&found.value)))
    };
    let literal = part(&|row| row.literal);
    let error = part(&|row| row.literal_se.unwrap_or(0.0));
    let normalised = part(&|row| row.normalised);
    facts.number(FactId::VegaRegression, literal);
    facts.number(FactId::VegaRegressionSe, error);
    facts.number(FactId::VegaRegressionNormalised, normalised);
}

fn regressed(facts: &Collector<'_>) -> Lookup<ConventionVega> {
    let book = facts.the_book()?;
    let valuation = book.valuation;
    let net = valuation.net_vega.as_ref().ok_or_else(no_condor)?;
    let futures: Vec<_> = valuation
        .rows
        .iter()
        .filter(|row| row.contract.underlying() == Underlying::Vix && !row.is_expired)
        .collect();
    let of = |net: &NetVega, rule: Convention| {
        let row = net.by_convention.iter().find(|row| row.convention == rule);
        row.copied()
    };
    if futures.is_empty() {
        // nothing to regress: the conventions agree
        let alone = of(net, Convention::Damped).ok_or_else(no_condor)?;
        return Ok(facts.of_book(alone));
    }
    let slopes = match &valuation.frame.slopes {
        Some(slopes) => Arc::clone(slopes),
        None => Arc::new(fitted(facts)?),
    };
    let frame = VegaFrame {
        slopes: Some(Arc::clone(&slopes)),
        ..valuation.frame.clone()
    };
    let rule = Convention::Regression;
    let net = net_vega(
        &valuation.book,
        &valuation.rows,
        &frame,
        valuation.band,
        rule,
    );
    let row = of(&net, rule).ok_or_else(no_condor)?;
    let is_own = |row: &&LegRow| {
        let days = f64::from(row.days);
        slopes.slope(row.contract.expiry(), days).is_own
    };
    let source = if futures.iter().all(is_own) {
        "VX, VIX"
    } else {
        "VX of as many days, VIX"
    };
    let fit = Found::new((), source, slopes.last());
    Ok(facts.of_book(()).beside(&fit).with(row))
}

/// The slopes that history gives, where the valuation was made without any.
fn fitted(facts: &Collector<'_>) -> Result<VegaSlopes, Missing> {
    let missing = |error: VegaSlopesError| Missing {
        why: error.to_string(),
        import_what: "VX, VIX".to_owned(),
    };
    let known = facts.history("VX, VIX")?;
    let params = &facts.params.vega_regression;
    VegaSlopes::of(known.derived.library(), known.days.close, params).map_err(missing)
}
