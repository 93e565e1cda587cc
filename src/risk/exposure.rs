//! Legs valued today, summed by kind: SPX Greeks and VIX Greeks are never added to one another.

use super::book::{Book, BookLeg, Group, LegModel};
use super::figures::{LegRow, SpxGreeks, VixGreeks};
use super::probability::expected_move_points;
use super::scenario::{Moment, Path};
use crate::instrument::Contract;
use crate::market::{Mark, Marks};
use crate::pricing::{Greeks, PricingError};
use crate::units::DAYS_PER_YEAR;

/// Values every leg today. A leg that cannot be priced comes back as its index and the reason.
pub fn leg_rows(book: &Book, marks: &Marks) -> (Vec<LegRow>, Vec<(usize, PricingError)>) {
    let now = book.path(book.scenario(Moment::NOW), vec![book.market.spx]);
    let mut rows = Vec::with_capacity(book.legs.len());
    let mut failed = Vec::new();
    for (index, leg) in book.legs.iter().enumerate() {
        match leg_row(book, marks, leg, &now) {
            Ok(row) => rows.push(row),
            Err(error) => failed.push((index, error)),
        }
    }
    (rows, failed)
}

/// The row of a leg that the book does not hold, as if it did.
///
/// # Errors
/// [`PricingError`] when the leg cannot be priced.
pub fn draft_row(book: &Book, leg: &BookLeg) -> Result<LegRow, PricingError> {
    let now = book.path(book.scenario(Moment::NOW), vec![book.market.spx]);
    row(book, leg, &now, None)
}

fn leg_row(book: &Book, marks: &Marks, leg: &BookLeg, now: &Path) -> Result<LegRow, PricingError> {
    row(book, leg, now, entered_price(marks, &leg.leg.contract))
}

fn row(
    book: &Book,
    leg: &BookLeg,
    now: &Path,
    mark_points: Option<f64>,
) -> Result<LegRow, PricingError> {
    let price_points = book.pricer(now).prices(leg)?[0];
    let contract = leg.leg.contract;
    let years = contract.years(book.market.as_of);
    let is_expired = contract.is_expired(book.market.as_of);
    let greeks = if is_expired {
        Greeks {
            price: price_points,
            ..Greeks::default()
        }
    } else {
        book.pricer(now).greeks(leg)?.get(0).unwrap_or_default()
    };
    let quoted = book.market.price_vol(&contract);
    // A future costs no premium: what it is worth is what it gained.
    let open_pl_usd = leg.usd_per_point() * (price_points - leg.leg.entry_price);
    let is_option = contract.strike().is_some();
    let value_usd = if is_option {
        leg.usd_per_point() * price_points
    } else {
        open_pl_usd
    };
    Ok(LegRow {
        position: leg.position,
        index: leg.index,
        contract,
        quantity: leg.leg.quantity,
        entry_points: leg.leg.entry_price,
        years,
        days: contract.days_to_expiry(book.market.as_of),
        forward: quoted.map_or(price_points, |quoted| quoted.forward),
        vol: quoted.map_or(0.0, |quoted| quoted.vol),
        vol_source: quoted.map(|quoted| quoted.source),
        price_points,
        mark_points,
        greeks,
        value_usd,
        open_pl_usd,
        distance_em: distance_em(book, leg),
        is_expired,
    })
}

/// The price entered for a contract, in points.
fn entered_price(marks: &Marks, contract: &Contract) -> Option<f64> {
    let quote = marks
        .quotes
        .iter()
        .find(|quote| quote.contract == *contract)?;
    match quote.mark {
        Mark::Price(points) => Some(points),
        Mark::Vol(_) => None,
    }
}

/// Strike's distance from the spot in expected moves of its own expiry; 0 for VIX legs.
fn distance_em(book: &Book, leg: &BookLeg) -> f64 {
    let LegModel::Spx(option) = &leg.model else {
        return 0.0;
    };
    let spot = book.market.spx * option.index_scale;
    let expected = expected_move_points(spot, option.atm_vol, option.years);
    if expected > 0.0 {
        (option.strike - spot) / expected
    } else {
        0.0
    }
}

/// The Greeks of an SPX-family row in dollars per SPX point.
pub fn spx_greeks(row: &LegRow) -> SpxGreeks {
    let usd = f64::from(row.quantity) * row.contract.multiplier();
    let scale = row.contract.root().index_scale();
    SpxGreeks {
        value_usd: row.value_usd,
        delta_usd: usd * row.greeks.delta * scale,
        gamma_usd: usd * row.greeks.gamma * scale * scale,
        theta_per_day_usd: usd * row.greeks.theta_per_day(),
        vega_per_vol_point_usd: usd * row.greeks.vega_per_vol_point(),
        rho_per_pct_usd: usd * row.greeks.rho_per_pct(),
    }
}

/// The Greeks of a VIX row in dollars per point of its own future.
pub fn vix_greeks(row: &LegRow) -> VixGreeks {
    let usd = f64::from(row.quantity) * row.contract.multiplier();
    VixGreeks {
        value_usd: row.value_usd,
        delta_usd: usd * row.greeks.delta,
        gamma_usd: usd * row.greeks.gamma,
        theta_per_day_usd: usd * row.greeks.theta_per_day(),
        vega_per_vol_point_usd: usd * row.greeks.vega_per_vol_point(),
        rho_per_pct_usd: usd * row.greeks.rho_per_pct(),
    }
}

impl std::iter::Sum for SpxGreeks {
    fn sum<I: Iterator<Item = Self>>(rows: I) -> Self {
        rows.fold(Self::default(), |total, row| Self {
            value_usd: total.value_usd + row.value_usd,
            delta_usd: total.delta_usd + row.delta_usd,
            gamma_usd: total.gamma_usd + row.gamma_usd,
            theta_per_day_usd: total.theta_per_day_usd + row.theta_per_day_usd,
            vega_per_vol_point_usd: total.vega_per_vol_point_usd + row.vega_per_vol_point_usd,
            rho_per_pct_usd: total.rho_per_pct_usd + row.rho_per_pct_usd,
        })
    }
}

impl std::iter::Sum for VixGreeks {
    fn sum<I: Iterator<Item = Self>>(rows: I) -> Self {
        rows.fold(Self::default(), |total, row| Self {
            value_usd: total.value_usd + row.value_usd,
            delta_usd: total.delta_usd + row.delta_usd,
            gamma_usd: total.gamma_usd + row.gamma_usd,
            theta_per_day_usd: total.theta_per_day_usd + row.theta_per_day_usd,
            vega_per_vol_point_usd: total.vega_per_vol_point_usd + row.vega_per_vol_point_usd,
            rho_per_pct_usd: total.rho_per_pct_usd + row.rho_per_pct_usd,
        })
    }
}

/// What a VIX leg gains per day as its future rolls down today's curve, in dollars: delta times the
/// curve's slope at the leg's tenor. Futures and options alike, so that neither looks free.
pub fn roll_down_per_day_usd(book: &Book, leg: &BookLeg, row: &LegRow) -> f64 {
    let LegModel::Vix(vix) = &leg.model else {
        return 0.0;
    };
    let days = vix.years * DAYS_PER_YEAR;
    if days <= 0.0 {
        return 0.0;
    }
    let step = days.min(1.0);
    let curve = &book.market.curve;
    let slope_per_day = (curve.price(days - step) - curve.price(days)) / step;
    vix_greeks(row).delta_usd * slope_per_day * book.params.curve_roll_down
}

/// The rows of one group.
pub fn rows_of(book: &Book, rows: &[LegRow], group: Group) -> Vec<LegRow> {
    rows.iter()
        .filter(|row| leg_of(book, row).is_some_and(|leg| leg.group == group))
        .cloned()
        .collect()
}

/// The book's leg behind a row.
pub fn leg_of<'a>(book: &'a Book, row: &LegRow) -> Option<&'a BookLeg> {
    book.legs
        .iter()
        .find(|leg| leg.position == row.position && leg.index == row.index)
}
