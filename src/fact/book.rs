//! Facts of the book: size, margin, theta, break-evens, short strikes.

use std::collections::BTreeMap;

use super::collector::{Collector, Found, Lookup};
use super::facts::BookInputs;
use super::id::FactId;
use super::journal::carried_spx_usd;
use super::value::Missing;
use crate::document::Campaign;
use crate::instrument::{Right, Underlying};
use crate::risk::figures::{CondorFacts, LegRow};
use crate::units::{DAYS_PER_YEAR, OPTION_MULTIPLIER};
use crate::valuation::Valuation;

/// Share of the ATM vol that stands in for realised vol.
const REALISED_SHARE: f64 = 0.85;

pub(super) fn gather(facts: &mut Collector<'_>) {
    size(facts);
    break_evens(facts);
    short_strikes(facts);
    theta(facts);
    gamma(facts);
}

/// What needs a condor and finds none.
pub(super) fn no_condor() -> Missing {
    Missing {
        why: "no condor in the book".to_owned(),
        import_what: "a condor".to_owned(),
    }
}

/// A figure of the book.
pub(super) fn of(
    facts: &Collector<'_>,
    take: &dyn Fn(&BookInputs<'_>) -> Option<f64>,
) -> Lookup<f64> {
    let book = facts.the_book()?;
    let value = take(&book).ok_or_else(no_condor)?;
    Ok(facts.of_book(value))
}

fn size(facts: &mut Collector<'_>) {
    type Take = fn(&BookInputs<'_>) -> Option<f64>;
    let rows: [(FactId, Take); 8] = [
        (FactId::Condors, |book| {
            Some(f64::from(book.valuation.facts.contracts))
        }),
        (FactId::Width, |book| {
            let facts = &book.valuation.facts;
            (facts.contracts > 0).then_some(facts.width_points)
        }),
        (FactId::Credit, |book| {
            let facts = &book.valuation.facts;
            (facts.contracts > 0).then_some(facts.credit_usd)
        }),
        (FactId::MaxLoss, |book| max_loss(book)),
        (FactId::Margin, |book| Some(book.valuation.facts.margin_usd)),
        (FactId::CondorDte, |book| {
            let days = book.valuation.condors.iter().map(|condor| condor.days);
            days.filter(|days| *days >= 0).min().map(f64::from)
        }),
        (FactId::AtmVol, |book| {
            Some(100.0 * book.valuation.frame.reference?.atm_vol)
        }),
        (FactId::OpenPl, |book| {
            Some(book.valuation.facts.open_pl_usd)
        }),
    ];
    for (id, take) in rows {
        let found = of(facts, &take);
        facts.number(id, found);
    }
    let share = of(facts, &|book| max_loss(book)).and_then(|loss| {
        let equity = equity(facts)?;
        Ok(loss.with(100.0 * loss.value / equity))
    });
    facts.number(FactId::MaxLossOfAccount, share);
    let synthetic = |take: fn(Synthetics) -> i32| {
        of(facts, &|book| {
            Some(f64::from(take(synthetics(&book.valuation.rows))))
        })
    };
    let count = synthetic(|found| found.count);
    let net = synthetic(|found| found.net);
    let boxes = synthetic(|found| found.boxes);
    facts.number(FactId::Synthetics, count);
    facts.number(FactId::SyntheticNet, net);
    facts.number(FactId::Boxes, boxes);
    let naked = of(facts, &|book| Some(naked_shorts(&book.valuation.rows)));
    facts.number(FactId::NakedShorts, naked);
}

/// Largest loss of the campaign: of the condors as they stand, and what it has lost already. What it has gained
/// stays out: it makes no room under the cap.
fn max_loss(book: &BookInputs<'_>) -> Option<f64> {
    let condors = &book.valuation.condors;
    let of_condors: f64 = condors.iter().map(|condor| condor.max_loss_usd).sum();
    let lost = -carried_spx_usd(book.campaign, None).min(0.0);
    (!condors.is_empty()).then_some(of_condors + lost)
}

/// Account equity in dollars.
pub(super) fn equity(facts: &Collector<'_>) -> Result<f64, Missing> {
    facts.the_book()?.account.equity_usd.ok_or_else(|| Missing {
        why: "no account equity".to_owned(),
        import_what: "the account's equity".to_owned(),
    })
}

/// Living SPX options.
fn spx_options(rows: &[LegRow]) -> impl Iterator<Item = (&LegRow, Right, f64)> {
    rows.iter().filter_map(|row| {
        let is_spx = row.contract.underlying() == Underlying::Spx && !row.is_expired;
        let right = row.contract.right().filter(|_| is_spx)?;
        Some((row, right, row.contract.strike()?))
    })
}

/// Synthetic futures of a book.
#[derive(Clone, Copy, Default)]
struct Synthetics {
    /// All of them, whatever their sign.
    count: i32,
    /// Long less short.
    net: i32,
    /// Long and short ones of one expiry, in pairs.
    boxes: i32,
}

/// Calls against puts of the other sign at one strike.
fn synthetics(rows: &[LegRow]) -> Synthetics {
    let mut nets: BTreeMap<_, [i32; 2]> = BTreeMap::new();
    for (row, right, strike) in spx_options(rows) {
        let contract = row.contract;
        let strike = (1000.0 * strike).round() as i64;
        let net = nets
            .entry((contract.root(), contract.expiry(), strike))
            .or_default();
        net[usize::from(right == Right::Put)] += row.quantity;
    }
    // long and short ones by expiry
    let mut expiries: BTreeMap<_, [i32; 2]> = BTreeMap::new();
    for ((root, expiry, _), [calls, puts]) in nets {
        if calls.signum() * puts.signum() < 0 {
            let sides = expiries.entry((root, expiry)).or_default();
            sides[usize::from(calls < 0)] += calls.abs().min(puts.abs());
        }
    }
    let mut found = Synthetics::default();
    for [long, short] in expiries.into_values() {
        found.count += long + short;
        found.net += long - short;
        found.boxes += long.min(short);
    }
    found
}

/// Short options beyond the long ones of their expiry and right.
fn naked_shorts(rows: &[LegRow]) -> f64 {
    let mut nets: BTreeMap<_, i32> = BTreeMap::new();
    for (row, right, _) in spx_options(rows) {
        let key = (
            row.contract.root(),
            row.contract.expiry(),
            right == Right::Put,
        );
        *nets.entry(key).or_default() += row.quantity;
    }
    f64::from(nets.values().map(|net| (-net).max(0)).sum::<i32>())
}

fn living<'b>(book: &BookInputs<'b>) -> impl Iterator<Item = &'b CondorFacts> {
    let condors = book.valuation.condors.iter();
    condors.filter(|condor| condor.years > 0.0)
}

/// The break-evens of the condor that expires first, SPX points, with the credit of its whole campaign: what earlier
/// rolls realised, and every fee paid, moves them in, or out. `None` without a living condor.
pub fn carried_break_evens(campaign: &Campaign, valuation: &Valuation) -> Option<[f64; 2]> {
    let living = valuation.condors.iter().filter(|condor| condor.years > 0.0);
    let condor = living.min_by(|a, b| a.years.total_cmp(&b.years))?;
    let carried_usd = carried_spx_usd(campaign, Some(condor.position));
    let points = carried_usd / (f64::from(condor.contracts) * OPTION_MULTIPLIER);
    let [low, high] = condor.break_evens;
    Some([low - points, high + points])
}

/// The smallest margin of the break-evens on some sides, 0 the lower and 1 the upper, with the credit of the whole
/// campaign: what earlier rolls of a condor realised, and every fee paid, moves them in, or out. A side that has
/// settled has none.
fn smallest_margin(book: &BookInputs<'_>, sides: &[usize]) -> Option<f64> {
    let margins = living(book).flat_map(|condor| {
        let carried_usd = carried_spx_usd(book.campaign, Some(condor.position));
        let usd_per_point = f64::from(condor.contracts) * OPTION_MULTIPLIER;
        let margin = move |side: &usize| {
            let em = condor.side_moves_points[*side];
            let shift = carried_usd / (usd_per_point * em);
            (em > 0.0).then(|| condor.break_even_margin[*side] + shift)
        };
        sides.iter().filter_map(margin)
    });
    margins.reduce(f64::min)
}

fn break_evens(facts: &mut Collector<'_>) {
    let nearest = of(facts, &|book| {
        let next = living(book).min_by(|a, b| {
            a.years
                .total_cmp(&b.years)
                .then(a.expected_move_points.total_cmp(&b.expected_move_points))
        })?;
        Some(next.expected_move_points)
    });
    facts.number(FactId::ExpectedMove, nearest);
    let low = of(facts, &|book| smallest_margin(book, &[0]));
    let high = of(facts, &|book| smallest_margin(book, &[1]));
    let margin = of(facts, &|book| smallest_margin(book, &[0, 1]));
    let profit = of(facts, &|book| {
        living(book)
            .map(|condor| 100.0 * condor.probability_of_profit)
            .reduce(f64::min)
    });
    facts.number(FactId::BreakEvenLow, low);
    facts.number(FactId::BreakEvenHigh, high);
    facts.number(FactId::BreakEvenMargin, margin);
    facts.number(FactId::ProbabilityOfProfit, profit);
}

fn short_strikes(facts: &mut Collector<'_>) {
    let largest = |book: &BookInputs<'_>, wanted: Option<Right>| {
        let shorts = spx_options(&book.valuation.rows).filter(|(row, right, _)| {
            row.quantity < 0 && wanted.is_none_or(|wanted| *right == wanted)
        });
        shorts
            .map(|(row, ..)| row.greeks.delta.abs())
            .reduce(f64::max)
    };
    let put = of(facts, &|book| largest(book, Some(Right::Put)));
    let call = of(facts, &|book| largest(book, Some(Right::Call)));
    let either = of(facts, &|book| largest(book, None));
    facts.number(FactId::ShortPutDelta, put);
    facts.number(FactId::ShortCallDelta, call);
    facts.number(FactId::ShortDelta, either);
    let distance = of(facts, &|book| {
        let shorts = spx_options(&book.valuation.rows).filter(|(row, ..)| row.quantity < 0);
        shorts
            .map(|(row, right, _)| match right {
                Right::Put => -row.distance_em,
                Right::Call => row.distance_em,
            })
            .reduce(f64::min)
    });
    facts.number(FactId::ShortDistance, distance);
}

fn theta(facts: &mut Collector<'_>) {
    let condors = of(facts, &|book| {
        Some(book.valuation.facts.spx.theta_per_day_usd)
    });
    let net = of(facts, &|book| {
        Some(book.valuation.facts.net_theta_per_day_usd)
    });
    let hedge = of(facts, &|book| {
        let facts = &book.valuation.facts;
        Some(facts.net_theta_per_day_usd - facts.spx.theta_per_day_usd)
    });
    facts.number(FactId::ThetaCondors, condors);
    facts.number(FactId::ThetaHedge, hedge);
    facts.number(FactId::ThetaNet, net);
    let over_margin = |take: fn(&BookInputs<'_>) -> f64| {
        of(facts, &|book| {
            let margin = book.valuation.facts.margin_usd;
            (margin > 0.0).then(|| 100.0 * take(book) / margin)
        })
    };
    let ratio = over_margin(|book| book.valuation.facts.net_theta_per_day_usd);
    let alone = over_margin(|book| book.valuation.facts.spx.theta_per_day_usd);
    facts.number(FactId::ThetaRatio, ratio);
    facts.number(FactId::ThetaRatioCondors, alone);
    let loss = gamma_loss(facts);
    facts.number(FactId::GammaLoss, loss.clone());
    let balance = loss.and_then(|loss| {
        let book = facts.the_book()?.valuation.facts.clone();
        if book.margin_usd <= 0.0 {
            return Err(no_condor());
        }
        let left = book.net_theta_per_day_usd - loss.value;
        Ok(loss.with(100.0 * left * DAYS_PER_YEAR / book.margin_usd))
    });
    let excess = balance.clone().and_then(|balance| {
        let cost = facts.found(FactId::Wacc)?;
        Ok(balance.beside(&cost).with(balance.value - cost.value))
    });
    facts.number(FactId::WaccBalance, balance);
    facts.number(FactId::WaccExcess, excess);
    let capture = theta_capture(facts);
    facts.number(FactId::ThetaCapture, capture);
}

/// Theta realised over theta projected in the last days of the journal, as many as the pack asks for.
fn theta_capture(facts: &Collector<'_>) -> Lookup<f64> {
    facts.the_book()?;
    let days = facts.pack().rules.vega_cut.slow_days.value;
    let missing = |why: &str| Missing {
        why: why.to_owned(),
        import_what: format!("marks of at least {days:.0} days in the journal"),
    };
    let journal = facts
        .journal
        .ok_or_else(|| missing("the journal is not worked through"))?;
    let capture = journal
        .theta_capture(facts.days.today, days)
        .ok_or_else(|| missing("the journal's marks do not say what theta earned over the days"))?;
    Ok(Found::new(capture.ratio, "journal", capture.to))
}

/// Dollars a day; realised vol where history has it, else a share of the ATM vol, named.
fn gamma_loss(facts: &Collector<'_>) -> Lookup<f64> {
    let book = facts.the_book()?;
    let valuation = book.valuation;
    let vol = if let Ok(found) = facts.found(FactId::SpxRv20) {
        found.with(found.value / 100.0)
    } else {
        let reference = valuation.frame.reference.ok_or_else(no_condor)?;
        let vol = facts.of_book(REALISED_SHARE * reference.atm_vol);
        Found {
            source: "0.85 × ATM vol".to_owned(),
            ..vol
        }
    };
    let move_squared = (valuation.market.spx * vol.value).powi(2) / DAYS_PER_YEAR;
    let loss = 0.5 * valuation.facts.spx.gamma_usd.abs() * move_squared;
    Ok(facts.of_book(()).beside(&vol).with(loss))
}

fn gamma(facts: &mut Collector<'_>) {
    let loss = of(facts, &|book| book.valuation.gamma_loss_1d_usd());
    let share = loss.clone().and_then(|loss| {
        let condors = &facts.the_book()?.valuation.condors;
        let left: f64 = -condors
            .iter()
            .map(|condor| condor.greeks.value_usd)
            .sum::<f64>();
        if left <= 0.0 {
            return Err(no_condor());
        }
        Ok(loss.with(100.0 * loss.value / left))
    });
    facts.number(FactId::GammaLoss1d, loss);
    facts.number(FactId::GammaOfCredit, share);
}
