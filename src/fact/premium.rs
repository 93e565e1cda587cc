//! Facts of what capital costs: riskless rate, implied equity premium, cost of capital.

use jiff::ToSpan as _;

use super::collector::{Collector, Found, Lookup};
use super::id::FactId;
use super::known::too_short;
use super::value::Missing;
use crate::estimate::{Gordon, PremiumError, TwoStage, WaccInput, wacc};
use crate::series::SeriesId;

/// Years over which the growth of dividends is taken for ever.
const LONG_YEARS: i32 = 10;
/// Years of the first stage, and over which its growth is taken.
const STAGE_YEARS: i32 = 5;

pub(super) fn gather(facts: &mut Collector<'_>) {
    let riskless = riskless(facts);
    facts.number(FactId::Riskless, percent(&riskless));
    let gordon = gordon(facts, &riskless);
    facts.number(FactId::ErpGordon, percent(&gordon));
    let two_stage = two_stage(facts, &riskless);
    facts.number(FactId::ErpTwoStage, percent(&two_stage));
    let named = |found: Found<f64>, how: &str| {
        let source = format!("{how}: {}", found.source);
        Found { source, ..found }
    };
    let premium = two_stage
        .map(|found| named(found, "two-stage"))
        .or_else(|missing| {
            gordon
                .map(|found| named(found, "Gordon"))
                .map_err(|_second| missing)
        });
    facts.number(FactId::Erp, percent(&premium));
    let bucket = premium.as_ref().map(|found| {
        found.with(match 100.0 * found.value {
            low if low < 3.0 => "below 3 %",
            low if low < 4.5 => "3 to 4.5 %",
            middle if middle <= 6.0 => "4.5 to 6 %",
            _ => "above 6 %",
        })
    });
    facts.state(FactId::ErpBucket, bucket.map_err(Clone::clone));
    let cost = premium.and_then(|premium| {
        let riskless = riskless?;
        let input = WaccInput {
            equity_premium: premium.value,
            ..WaccInput::all_equity(riskless.value)
        };
        Ok(premium.beside(&riskless).with(wacc(&input)))
    });
    facts.number(FactId::Wacc, percent(&cost));
}

fn percent(found: &Lookup<f64>) -> Lookup<f64> {
    let found = found.as_ref().map_err(Clone::clone)?;
    Ok(found.with(100.0 * found.value))
}

/// Decimal a year.
fn riskless(facts: &Collector<'_>) -> Lookup<f64> {
    let decimal = |found: Found<f64>| found.with(found.value / 100.0);
    facts
        .last(SeriesId::Treasury10y)
        .or_else(|missing| {
            facts
                .last(SeriesId::Treasury10yMonthly)
                .map_err(|_second| missing)
        })
        .map(decimal)
        .or_else(|missing| {
            let book = facts.book.filter(|book| !book.assumed.rate);
            let book = book.ok_or(missing)?;
            let rate = facts.mark(book.valuation.market.rate);
            Ok(Found {
                source: "rate of the marks".to_owned(),
                ..rate
            })
        })
}

/// Dividends of the last year known, index points, and their yearly growth over some years.
fn dividends(facts: &Collector<'_>, years: i32) -> Lookup<(f64, f64)> {
    let id = SeriesId::SpxDividends;
    let last = facts.last(id)?;
    let known = facts.history(id.key())?.series(id)?;
    let day = last.as_of.saturating_sub(years.years());
    let then = super::known::last_place(known.dates(), day)
        .map(|place| known.closes()[place])
        .ok_or_else(|| too_short(id, &format!("is shorter than {years} years")))?;
    let growth = (last.value / then).powf(1.0 / f64::from(years)) - 1.0;
    Ok(last.with((last.value, growth)))
}

fn index(facts: &Collector<'_>) -> Lookup<f64> {
    let close = facts.found(FactId::SpxClose);
    close.or_else(|missing| facts.found(FactId::Spx).map_err(|_second| missing))
}

fn refused(error: &PremiumError) -> Missing {
    Missing {
        why: error.to_string(),
        import_what: "SPX_DIVIDENDS".to_owned(),
    }
}

fn gordon(facts: &Collector<'_>, riskless: &Lookup<f64>) -> Lookup<f64> {
    let paid = dividends(facts, LONG_YEARS)?;
    let price = index(facts)?;
    let riskless = riskless.as_ref().map_err(Clone::clone)?;
    let (dividend, growth) = paid.value;
    let implied = Gordon {
        price: price.value,
        dividend,
        growth,
    }
    .implied(riskless.value)
    .map_err(|error| refused(&error))?;
    let origin = paid.beside(&price).beside(riskless);
    Ok(origin.with(implied.premium))
}

fn two_stage(facts: &Collector<'_>, riskless: &Lookup<f64>) -> Lookup<f64> {
    let paid = dividends(facts, STAGE_YEARS)?;
    let bought = facts.last(SeriesId::SpxBuybacks)?;
    let price = index(facts)?;
    let riskless = riskless.as_ref().map_err(Clone::clone)?;
    let (dividend, growth) = paid.value;
    let implied = TwoStage {
        index: price.value,
        cash_flow: dividend + bought.value,
        growth,
        terminal_growth: riskless.value,
        years: STAGE_YEARS as usize,
    }
    .implied(riskless.value)
    .map_err(|error| refused(&error))?;
    let origin = paid.beside(&bought).beside(&price).beside(riskless);
    Ok(origin.with(implied.premium))
}
