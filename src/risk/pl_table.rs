//! The P/L table: profit since entry of a part of the book over SPX levels and dates.
//!
//! Every column is one joint scenario of the payoff lines' engine, so a cell equals the line of its date
//! at its level. A column before the book's own day has no figures: a what-if that stands in the future
//! says nothing about the days before it.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::book::Book;
use super::curves::{Component, nearest_spx_expiry};
use super::scenario::Moment;
use crate::calendar::new_york_date;
use crate::units::DAYS_PER_YEAR;

/// Days shown when nothing held has an expiry.
const DAYS_WITHOUT_EXPIRY: i64 = 30;

/// What to tabulate.
#[derive(Clone, Debug, PartialEq)]
pub struct PlTableRequest {
    /// The part of the book.
    pub component: Component,
    /// SPX levels, in the order of the rows.
    pub spots: Vec<f64>,
    /// Calendar days, ascending.
    pub dates: Vec<Date>,
}

/// One date of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct PlColumn {
    /// The day.
    pub date: Date,
    /// VIX at each level, points.
    pub vix: Vec<f64>,
    /// Profit since entry at each level, dollars; with `vix` empty for a day before the book's own.
    pub profit_usd: Vec<f64>,
}

/// Profit since entry by level and date.
#[derive(Clone, Debug, PartialEq)]
pub struct PlTable {
    /// SPX levels of the rows.
    pub spots: Vec<f64>,
    /// The columns.
    pub columns: Vec<PlColumn>,
}

impl PlTable {
    /// Prices every cell of a request.
    pub fn of(book: &Book, request: &PlTableRequest) -> Self {
        let paid = request.component.of(&book.entry_values())[0];
        let columns = request
            .dates
            .iter()
            .map(|date| column(book, request, *date, paid))
            .collect();
        Self {
            spots: request.spots.clone(),
            columns,
        }
    }

    /// The figure of a cell; `None` outside the table and before the book's own day.
    pub fn cell(&self, row: usize, column: usize) -> Option<f64> {
        self.columns.get(column)?.profit_usd.get(row).copied()
    }

    /// The largest loss (as a positive number) and the largest profit of the table; 0 where there is none.
    pub fn extremes(&self) -> (f64, f64) {
        let all = self.columns.iter().flat_map(|column| &column.profit_usd);
        all.filter(|value| value.is_finite())
            .fold((0.0_f64, 0.0_f64), |(loss, profit), value| {
                (loss.max(-value), profit.max(*value))
            })
    }

    /// This table less another of the same request, cell by cell; a cell that either lacks is left out.
    pub fn less(&self, other: &Self) -> Self {
        let columns = self.columns.iter().zip(&other.columns);
        let difference = |(mine, theirs): (&PlColumn, &PlColumn)| PlColumn {
            date: mine.date,
            vix: mine.vix.clone(),
            profit_usd: mine
                .profit_usd
                .iter()
                .zip(&theirs.profit_usd)
                .map(|(mine, theirs)| mine - theirs)
                .collect(),
        };
        Self {
            spots: self.spots.clone(),
            columns: columns.map(difference).collect(),
        }
    }
}

fn column(book: &Book, request: &PlTableRequest, date: Date, paid: f64) -> PlColumn {
    let Some(moment) = moment_on(book, date) else {
        return PlColumn {
            date,
            vix: Vec::new(),
            profit_usd: Vec::new(),
        };
    };
    let path = book.path(book.scenario(moment), request.spots.clone());
    let mut profit_usd = request.component.of(&book.values(&path));
    for value in &mut profit_usd {
        *value -= paid;
    }
    PlColumn {
        date,
        vix: path.vix,
        profit_usd,
    }
}

/// The moment that a date stands for: now on the book's own day, the settlement on the nearest SPX expiry,
/// the same time of day otherwise; `None` before the book's own day.
pub fn moment_on(book: &Book, date: Date) -> Option<Moment> {
    let days = (date - new_york_date(book.market.as_of)).get_days();
    if days < 0 {
        return None;
    }
    let settlement = nearest_spx_expiry(book).filter(|(expiry, _)| *expiry == date);
    Some(match settlement {
        Some((_, years)) => Moment {
            elapsed_years: years,
            ..book.moment_in_days(years * DAYS_PER_YEAR)
        },
        None if days == 0 => Moment::NOW,
        None => book.moment_in_days(f64::from(days)),
    })
}

/// The last date worth a column: the nearest SPX expiry, else the nearest expiry of any leg.
pub fn last_date(book: &Book) -> Date {
    let today = new_york_date(book.market.as_of);
    let any = book.legs.iter().map(|leg| leg.leg.contract.expiry());
    nearest_spx_expiry(book)
        .map(|(expiry, _)| expiry)
        .or_else(|| any.filter(|expiry| *expiry > today).min())
        .unwrap_or_else(|| today.saturating_add(DAYS_WITHOUT_EXPIRY.days()))
}

/// At most `columns` ≥ 2 dates from `today` on, `every_days` apart, the last one always `last`. `None` spaces
/// them evenly. A date given in `also` gets a column of its own when it lies between.
pub fn table_dates(
    (today, last): (Date, Date),
    every_days: Option<u32>,
    columns: usize,
    also: Option<Date>,
) -> Vec<Date> {
    let span = i64::from((last - today).get_days());
    if span <= 0 {
        return vec![today];
    }
    let also = also.filter(|date| *date > today && *date < last);
    let steps = columns.clamp(2, 400) - 1 - usize::from(also.is_some());
    let steps = i64::try_from(steps.max(1)).unwrap_or(1);
    let at = |days: i64| today.saturating_add(days.days());
    let mut dates: Vec<Date> = match every_days {
        None => (0..steps)
            .map(|step| at((span * step + steps / 2) / steps))
            .collect(),
        Some(every) => (0..steps)
            .map(|step| step * i64::from(every.max(1)))
            .take_while(|days| *days < span)
            .map(at)
            .collect(),
    };
    dates.push(last);
    dates.extend(also);
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// `rows` ≥ 3 levels from high to low: multiples of the step around `spot`, the spot itself always among them,
/// and `also` too, instead of the lowest level where it is no multiple. Levels at or below 0 are left out;
/// `step` > 0.
pub fn table_spots(spot: f64, step: f64, rows: usize, also: Option<f64>) -> Vec<f64> {
    let rows = rows.max(3);
    let near = 1e-9 * spot.max(1.0);
    let even = levels(spot, step, rows);
    let has = |level: f64| even.iter().any(|other| (other - level).abs() <= near);
    let Some(also) = also.filter(|level| level.is_finite() && *level > 0.0 && !has(*level)) else {
        return even;
    };
    let mut spots = levels(spot, step, rows - 1);
    spots.push(also);
    spots.sort_by(|a, b| b.total_cmp(a));
    spots.dedup_by(|a, b| (*a - *b).abs() <= near);
    spots
}

fn levels(spot: f64, step: f64, rows: usize) -> Vec<f64> {
    let first_above = (spot / step + 1e-9).floor() + 1.0;
    let first_below = (spot / step - 1e-9).ceil() - 1.0;
    let above = rows / 2;
    let below = rows - 1 - above;
    let higher = (0..above)
        .rev()
        .map(|index| (first_above + index as f64) * step);
    let lower = (0..below).map(|index| (first_below - index as f64) * step);
    higher
        .chain(std::iter::once(spot))
        .chain(lower.filter(|level| *level > 0.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{table_dates, table_spots};
    use jiff::civil::date;

    #[test]
    fn rows_are_multiples_of_the_step_around_the_spot() {
        assert_eq!(
            table_spots(6000.0, 100.0, 5, None),
            [6200.0, 6100.0, 6000.0, 5900.0, 5800.0]
        );
        assert_eq!(
            table_spots(6723.45, 25.0, 5, Some(6500.0)),
            [6750.0, 6725.0, 6723.45, 6700.0, 6500.0]
        );
        assert_eq!(
            table_spots(6000.0, 50.0, 4, Some(6050.0)),
            [6100.0, 6050.0, 6000.0, 5950.0]
        );
        assert_eq!(
            table_spots(30.0, 25.0, 7, None),
            [100.0, 75.0, 50.0, 30.0, 25.0]
        );
    }

    #[test]
    fn dates_run_from_today_to_the_expiry() {
        let ends = (date(2026, 6, 22), date(2026, 8, 6));
        let even = table_dates(ends, None, 10, None);
        assert_eq!((even[0], even[9], even.len()), (ends.0, ends.1, 10));
        assert_eq!(even[1], date(2026, 6, 27));
        let weekly = table_dates(ends, Some(7), 4, None);
        assert_eq!(
            weekly,
            [ends.0, date(2026, 6, 29), date(2026, 7, 6), ends.1]
        );
        let with = table_dates(ends, Some(40), 9, Some(date(2026, 6, 26)));
        assert_eq!(with, [ends.0, date(2026, 6, 26), date(2026, 8, 1), ends.1]);
        assert_eq!(table_dates((ends.1, ends.0), None, 9, None), [ends.1]);
        // fewer days than columns: every day once
        assert_eq!(
            table_dates((ends.0, date(2026, 6, 24)), None, 9, None).len(),
            3
        );
    }
}
