//! Rolls: the condors of the nearest expiry moved outward, whole or one side, strikes kept or re-centred.
//!
//! A condor with its sides in two expiries rolls on from there: whole, beyond the farther of them, or its losing
//! side alone, beyond that side's own; a side that comes to the other's expiry makes one condor of it again.
//!
//! Which expiries are offered depends on the days from opening to expiry: short-dated condors go to one of
//! the next days, middle-dated ones a week out, longer ones into a window and to the standard monthlies.

use jiff::civil::Date;

use super::candidate::{Candidate, CandidateKind, RollStrikes, leg_now};
use super::inputs::DecisionInputs;
use super::words::day;
use crate::calendar::spx_monthly_expiry;
use crate::instrument::{Contract, Leg, OptionSeries, Position, Right, Role, Root, Wings};
use crate::risk::pick::strike_by_delta;

/// Most expiries that a window offers before it is thinned to the last session of each week.
const MOST_IN_WINDOW: usize = 6;

/// Every roll that the method offers, accepted or not.
pub(super) fn candidates(inputs: &DecisionInputs<'_>) -> Vec<Candidate> {
    let wings = inputs.wings();
    let Some(nearest) = wings.iter().map(Wings::nearest_expiry).min() else {
        return Vec::new();
    };
    let moved: Vec<Wings> = (wings.into_iter())
        .filter(|wings| wings.nearest_expiry() == nearest)
        .collect();
    let root = moved[0].put.short.contract.root();
    let mut rolls = Vec::new();
    for side in [None, Some(losing_side(inputs, &moved))] {
        let Some(current) = moved.iter().map(|wings| latest(wings, side)).max() else {
            continue;
        };
        for expiry in expiries(inputs, (root, current), opened(inputs, &moved[0])) {
            for strikes in [RollStrikes::Same, RollStrikes::Recentred] {
                rolls.extend(roll(inputs, &moved, (expiry, side, strikes)));
            }
        }
    }
    rolls.sort_by_key(|candidate| match candidate.kind {
        CandidateKind::Roll { expiry, .. } => Some(expiry),
        CandidateKind::Hold
        | CandidateKind::Close { .. }
        | CandidateKind::Hedge(_)
        | CandidateKind::TrimCondors
        | CandidateKind::TrimHedge
        | CandidateKind::Monetise => None,
    });
    rolls
}

/// The expiry beyond which a roll of one side, or of both, has to go.
fn latest(wings: &Wings, side: Option<Right>) -> Date {
    side.map_or_else(
        || wings.put.expiry().max(wings.call.expiry()),
        |side| wings.side(side).expiry(),
    )
}

/// The day on which a condor was opened; today when it is not known.
fn opened(inputs: &DecisionInputs<'_>, wings: &Wings) -> Date {
    let position = inputs.campaign.position(wings.position);
    position
        .and_then(|position| position.opened)
        .unwrap_or_else(|| inputs.today())
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The expiries offered, ascending.
fn expiries(inputs: &DecisionInputs<'_>, (root, current): (Root, Date), opened: Date) -> Vec<Date> {
    let (rules, today) = (&inputs.params.roll, inputs.today());
    let listed: Vec<Date> = (root.listed_expiries(today).into_iter())
        .filter(|expiry| *expiry > current)
        .collect();
    let out = |expiry: &Date| days_between(current, *expiry);
    let original = days_between(opened, current);
    if original <= rules.short_dte {
        let near = |expiry: &Date| (1..=rules.short_to).contains(&days_between(today, *expiry));
        return listed.into_iter().filter(near).collect();
    }
    if original <= rules.middle_dte {
        return listed
            .into_iter()
            .find(|expiry| out(expiry) >= rules.step)
            .into_iter()
            .collect();
    }
    let window = rules.step..=rules.longest_step;
    let inside: Vec<Date> = (listed.iter().copied())
        .filter(|expiry| window.contains(&out(expiry)))
        .collect();
    let mut offered = if inside.len() > MOST_IN_WINDOW {
        last_of_weeks(&inside)
    } else {
        inside
    };
    let monthly = |expiry: &&Date| **expiry == spx_monthly_expiry(**expiry);
    offered.extend(listed.iter().filter(monthly).take(rules.monthlies));
    offered.sort_unstable();
    offered.dedup();
    offered
}

/// The last date of each week, Monday to Sunday.
fn last_of_weeks(dates: &[Date]) -> Vec<Date> {
    let monday = |date: Date| {
        let days = i64::from(date.weekday().to_monday_zero_offset());
        date.saturating_sub(jiff::Span::new().days(days))
    };
    let mut last: Vec<Date> = Vec::new();
    for date in dates {
        match last.last_mut() {
            Some(kept) if monday(*kept) == monday(*date) => *kept = *date,
            Some(_) | None => last.push(*date),
        }
    }
    last
}

/// The side whose short strikes have the larger delta today, summed over all contracts that would be rolled.
fn losing_side(inputs: &DecisionInputs<'_>, moved: &[Wings]) -> Right {
    let delta = |right: Right| -> f64 {
        let of = |wings: &Wings| {
            let contract = wings.side(right).short.contract;
            let mut rows = inputs.valuation.rows_of(wings.position);
            let row = rows.find(|row| row.contract == contract);
            let size = f64::from(wings.contracts) * contract.root().index_scale();
            row.map_or(0.0, |row| size * row.greeks.delta.abs())
        };
        moved.iter().map(of).sum()
    };
    if delta(Right::Call) > delta(Right::Put) {
        Right::Call
    } else {
        Right::Put
    }
}

fn roll(
    inputs: &DecisionInputs<'_>,
    moved: &[Wings],
    (expiry, side, strikes): (Date, Option<Right>, RollStrikes),
) -> Option<Candidate> {
    let mut positions = inputs.campaign.positions.clone();
    for wings in moved {
        let at = (positions.iter()).position(|position| position.id == wings.position)?;
        positions[at] = rolled(inputs, &positions[at], wings, (expiry, side, strikes))?;
    }
    let what = match side {
        None => "Roll",
        Some(Right::Put) => "Roll the put side",
        Some(Right::Call) => "Roll the call side",
    };
    let percent = 100.0 * inputs.params.roll.recentre_delta;
    let how = match strikes {
        RollStrikes::Same => "same strikes".to_owned(),
        RollStrikes::Recentred => format!("strikes at {percent:.0} \u{394}"),
    };
    let name = format!("{what} to {}, {how}", day(expiry));
    let kind = CandidateKind::Roll {
        expiry,
        side,
        strikes,
    };
    let is_split = |wings: &Wings| !wings.is_one_series();
    let splits = positions.iter().filter_map(Wings::of).any(|w| is_split(&w));
    let mut candidate = Candidate::new(inputs, kind, name, positions);
    if side.is_some() && splits {
        candidate = candidate.with_note(
            "Two spreads of two expiries are margined apart, since both can lose; the rules measure each by its \
             own expiry",
        );
    }
    Some(match strikes {
        RollStrikes::Same => candidate,
        RollStrikes::Recentred => candidate.with_note(format!(
            "Re-centred at the reference condor's {percent:.0} delta: the deltas at opening are not recorded"
        )),
    })
}

/// A position with its legs, or those of one side, in the new expiry.
fn rolled(
    inputs: &DecisionInputs<'_>,
    position: &Position,
    wings: &Wings,
    (expiry, side, strikes): (Date, Option<Right>, RollStrikes),
) -> Option<Position> {
    let mut legs = Vec::with_capacity(4);
    for leg in &position.legs {
        let right = leg.contract.right()?;
        if side.is_some_and(|side| side != right) {
            legs.push(*leg);
            continue;
        }
        let strike = match strikes {
            RollStrikes::Same => leg.contract.strike()?,
            RollStrikes::Recentred => recentred(inputs, wings, (expiry, right), leg)?,
        };
        let contract = listed(leg.contract, expiry, strike, inputs.today())?;
        legs.push(leg_now(inputs, contract, leg.quantity));
    }
    let mut new = Position {
        legs,
        opened: Some(inputs.today()),
        ..position.clone()
    };
    // The document keeps the role of a condor for four legs of one expiry.
    if new.condor().is_none() {
        new.role = Role::Other;
    } else if position.condor().is_none() {
        new.role = Role::Condor;
    }
    Wings::of(&new).map(|_still_two_short_spreads| new)
}

/// A leg's strike with its side's short strike at the reference delta of the new expiry.
fn recentred(
    inputs: &DecisionInputs<'_>,
    wings: &Wings,
    (expiry, right): (Date, Right),
    leg: &Leg,
) -> Option<f64> {
    let held = wings.side(right);
    let series = OptionSeries {
        root: leg.contract.root(),
        expiry,
    };
    let delta = inputs.params.roll.recentre_delta;
    let short = strike_by_delta(&inputs.valuation.market, series, right, delta);
    let outward = if leg.quantity < 0 {
        0.0
    } else {
        right.sign() * held.width_points()
    };
    let strike = short + outward;
    (strike > 0.0).then_some(strike)
}

/// The contract at the listed strike nearest to the one wanted.
fn listed(contract: Contract, expiry: Date, strike: f64, today: Date) -> Option<Contract> {
    let days = days_between(today, expiry);
    let strike = contract.root().snap_strike(strike, days);
    contract.with_expiry(expiry).with_strike(strike).ok()
}
