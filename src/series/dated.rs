//! One series: dates and values side by side, ascending, looked up by day in logarithmic time.

use jiff::civil::Date;

use super::id::{Frequency, SeriesId};

/// Median step in calendar days up to which a series counts as daily.
const DAILY_STEP: i32 = 4;
/// Median step in calendar days up to which a series counts as monthly.
const MONTHLY_STEP: i32 = 40;

/// A value and its day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// The day, or the first day of the month or quarter.
    pub date: Date,
    /// The value in the series' unit.
    pub value: f64,
}

/// A stretch without values, longer than the frequency explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Last day with a value before it.
    pub after: Date,
    /// First day with a value after it.
    pub before: Date,
}

/// A series, immutable once made. Dates ascend and occur once; values are finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    id: SeriesId,
    frequency: Frequency,
    dates: Vec<Date>,
    values: Vec<f64>,
}

/// A stretch of a series, or of anything with dates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeriesSlice<'a> {
    dates: &'a [Date],
    values: &'a [f64],
}

/// Two series on the days that both have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joined {
    /// Days, ascending.
    pub dates: Vec<Date>,
    /// Values of the first series.
    pub left: Vec<f64>,
    /// Values of the second series.
    pub right: Vec<f64>,
}

impl Series {
    /// Makes a series of rows in any order. Values that are not finite are left out; of several rows of
    /// a day the first stays.
    pub fn new(id: SeriesId, mut rows: Vec<(Date, f64)>) -> Self {
        rows.retain(|(_, value)| value.is_finite());
        if !rows.is_sorted_by_key(|(date, _)| *date) {
            rows.sort_by_key(|(date, _)| *date);
        }
        rows.dedup_by_key(|(date, _)| *date);
        let (dates, values): (Vec<Date>, Vec<f64>) = rows.into_iter().unzip();
        Self {
            id,
            frequency: spacing(&dates).unwrap_or_else(|| id.spec().frequency),
            dates,
            values,
        }
    }

    /// Which series.
    pub fn id(&self) -> SeriesId {
        self.id
    }

    /// How often values come, as the dates themselves have it; with fewer than three, as the
    /// [spec](super::SeriesSpec::frequency) has it.
    pub fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        self.dates.len()
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.dates.is_empty()
    }

    /// The days, ascending, each once.
    pub fn dates(&self) -> &[Date] {
        &self.dates
    }

    /// The values, beside [`Self::dates`], in the series' unit. All are finite.
    pub fn closes(&self) -> &[f64] {
        &self.values
    }

    /// Days and values, ascending.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Observation> + '_ {
        self.as_slice().into_iter()
    }

    /// The first value.
    pub fn first(&self) -> Option<Observation> {
        self.at(0)
    }

    /// The last value.
    pub fn last(&self) -> Option<Observation> {
        self.at(self.len().checked_sub(1)?)
    }

    /// The value at a position.
    pub fn at(&self, index: usize) -> Option<Observation> {
        let date = *self.dates.get(index)?;
        let value = *self.values.get(index)?;
        Some(Observation { date, value })
    }

    /// The value of the very day.
    pub fn value_on(&self, date: Date) -> Option<f64> {
        let index = self.dates.binary_search(&date).ok()?;
        self.values.get(index).copied()
    }

    /// The last position whose day is `date` or before.
    pub fn index_on_or_before(&self, date: Date) -> Option<usize> {
        self.dates
            .partition_point(|day| *day <= date)
            .checked_sub(1)
    }

    /// The last value dated `date` or before, however old: look at its day before you trust it.
    pub fn on_or_before(&self, date: Date) -> Option<Observation> {
        self.at(self.index_on_or_before(date)?)
    }

    /// The last value dated `date` or before.
    pub fn value_on_or_before(&self, date: Date) -> Option<f64> {
        self.on_or_before(date).map(|found| found.value)
    }

    /// The first day on which a value dated `date` was public: the end of its period and the lag of
    /// the [spec](super::SeriesSpec::lag_days).
    pub fn published_on(&self, date: Date) -> Date {
        self.id.spec().published_on(self.frequency, date)
    }

    /// Everything that was public on a day: what a trader could have known, without look-ahead.
    pub fn known_on(&self, day: Date) -> SeriesSlice<'_> {
        let known = self
            .dates
            .partition_point(|date| self.published_on(*date) <= day);
        self.as_slice().first(known)
    }

    /// The whole series.
    pub fn as_slice(&self) -> SeriesSlice<'_> {
        SeriesSlice {
            dates: &self.dates,
            values: &self.values,
        }
    }

    /// The last `count` values, fewer when there are fewer.
    pub fn tail(&self, count: usize) -> SeriesSlice<'_> {
        self.as_slice().tail(count)
    }

    /// Values dated `date` or before.
    pub fn up_to(&self, date: Date) -> SeriesSlice<'_> {
        self.as_slice()
            .first(self.dates.partition_point(|day| *day <= date))
    }

    /// Values dated from `from` to `to`, both included.
    pub fn between(&self, from: Date, to: Date) -> SeriesSlice<'_> {
        let upper = self.up_to(to);
        let skipped = upper.dates.partition_point(|day| *day < from);
        upper.tail(upper.len() - skipped)
    }

    /// Both series on the days that both have: VIX is calculated on days without an S&P close.
    pub fn joined(&self, other: &Self) -> Joined {
        self.as_slice().joined(other.as_slice())
    }

    /// Stretches without values, longer than the frequency explains (a week, a month and a half, four
    /// months).
    pub fn gaps(&self) -> Vec<Gap> {
        let longest = self.frequency.longest_step_days();
        self.dates
            .windows(2)
            .filter(|two| (two[1] - two[0]).get_days() > longest)
            .map(|two| Gap {
                after: two[0],
                before: two[1],
            })
            .collect()
    }
}

impl<'a> SeriesSlice<'a> {
    /// The days, ascending.
    pub fn dates(self) -> &'a [Date] {
        self.dates
    }

    /// The values beside the days.
    pub fn closes(self) -> &'a [f64] {
        self.values
    }

    /// Number of values.
    pub fn len(self) -> usize {
        self.dates.len()
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.dates.is_empty()
    }

    /// The last value.
    pub fn last(self) -> Option<Observation> {
        let (date, value) = (*self.dates.last()?, *self.values.last()?);
        Some(Observation { date, value })
    }

    /// The first `count`, fewer when there are fewer.
    pub fn first(self, count: usize) -> Self {
        let count = count.min(self.len());
        Self {
            dates: &self.dates[..count],
            values: &self.values[..count],
        }
    }

    /// The last `count`, fewer when there are fewer.
    pub fn tail(self, count: usize) -> Self {
        let from = self.len().saturating_sub(count);
        Self {
            dates: &self.dates[from..],
            values: &self.values[from..],
        }
    }

    /// Both on the days that both have.
    pub fn joined(self, other: Self) -> Joined {
        let mut joined = Joined::default();
        let mut at = 0;
        for (date, value) in self.dates.iter().zip(self.values) {
            while other.dates.get(at).is_some_and(|day| day < date) {
                at += 1;
            }
            if other.dates.get(at) == Some(date) {
                joined.dates.push(*date);
                joined.left.push(*value);
                joined.right.push(other.values[at]);
            }
        }
        joined
    }
}

impl<'a> IntoIterator for SeriesSlice<'a> {
    type Item = Observation;
    type IntoIter = std::iter::Map<
        std::iter::Zip<std::slice::Iter<'a, Date>, std::slice::Iter<'a, f64>>,
        fn((&'a Date, &'a f64)) -> Observation,
    >;

    fn into_iter(self) -> Self::IntoIter {
        let pair: fn((&'a Date, &'a f64)) -> Observation = |(date, value)| Observation {
            date: *date,
            value: *value,
        };
        self.dates.iter().zip(self.values).map(pair)
    }
}

/// How often dates come, by their median step.
fn spacing(dates: &[Date]) -> Option<Frequency> {
    let mut steps: Vec<i32> = dates
        .windows(2)
        .map(|two| (two[1] - two[0]).get_days())
        .collect();
    if steps.len() < 2 {
        return None;
    }
    let middle = steps.len() / 2;
    let (_, median, _) = steps.select_nth_unstable(middle);
    Some(if *median <= DAILY_STEP {
        Frequency::Daily
    } else if *median <= MONTHLY_STEP {
        Frequency::Monthly
    } else {
        Frequency::Quarterly
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    use super::{Frequency, Gap, Series};
    use crate::series::SeriesId;

    fn july() -> Series {
        let rows = [
            (6, 10.0),
            (2, 8.0),
            (3, 9.0),
            (20, 12.0),
            (3, 99.0),
            (21, f64::NAN),
        ];
        let rows = rows.map(|(day, value)| (date(2026, 7, day), value));
        Series::new(SeriesId::Vix, rows.to_vec())
    }

    #[test]
    fn rows_are_sorted_and_each_day_stays_once() {
        assert_eq!(july().closes(), [8.0, 9.0, 10.0, 12.0]);
        assert!(july().dates().is_sorted());
    }

    #[test]
    fn looks_up_by_day() {
        let series = july();
        let day = |day| date(2026, 7, day);
        assert_eq!(series.value_on(day(3)), Some(9.0));
        assert_eq!(series.value_on(day(4)), None);
        assert_eq!(series.value_on_or_before(day(5)), Some(9.0));
        assert_eq!(series.value_on_or_before(day(1)), None);
        assert_eq!(series.last().map(|last| last.date), Some(day(20)));
        assert_eq!(series.between(day(3), day(6)).closes(), [9.0, 10.0]);
        assert_eq!(series.up_to(day(5)).closes(), [8.0, 9.0]);
        assert_eq!(series.tail(2).closes(), [10.0, 12.0]);
        assert_eq!(series.tail(9).len(), 4);
        let gap = Gap {
            after: day(6),
            before: day(20),
        };
        assert_eq!(series.gaps(), [gap]);
    }

    #[test]
    fn months_are_known_only_when_published() {
        let month = |month, value| (date(2026, month, 1), value);
        let rows = vec![
            month(3, 320.0),
            month(4, 321.0),
            month(5, 322.0),
            month(6, 323.0),
        ];
        let cpi = Series::new(SeriesId::Cpi, rows);
        assert_eq!(cpi.frequency(), Frequency::Monthly);
        assert_eq!(
            cpi.known_on(date(2026, 7, 1)).closes(),
            [320.0, 321.0, 322.0]
        );
        assert_eq!(cpi.known_on(date(2026, 7, 20)).len(), 4);
        assert!(cpi.gaps().is_empty());
    }

    fn days() -> impl Strategy<Value = Vec<(Date, f64)>> {
        let day =
            (0..400_i64).prop_map(|days| date(2025, 1, 1).saturating_add(jiff::ToSpan::days(days)));
        prop::collection::vec((day, -1e3..1e3), 0..80)
    }

    proptest! {
        #[test]
        fn lookups_agree_with_a_plain_scan(rows in days(), other in days(), at in 0..400_i64) {
            let day = date(2025, 1, 1).saturating_add(jiff::ToSpan::days(at));
            let series = Series::new(SeriesId::Spx, rows);
            let scan = series.iter().rfind(|found| found.date <= day);
            prop_assert_eq!(series.on_or_before(day), scan);
            let other = Series::new(SeriesId::Vix, other);
            let joined = series.joined(&other);
            let plain: Vec<_> = series
                .iter()
                .filter_map(|found| Some((found.date, found.value, other.value_on(found.date)?)))
                .collect();
            let zipped: Vec<_> = joined.dates.iter().zip(&joined.left).zip(&joined.right)
                .map(|((date, left), right)| (*date, *left, *right))
                .collect();
            prop_assert_eq!(zipped, plain);
        }
    }
}
