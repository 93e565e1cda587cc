//! Profit by day, month and year, and the running sum of it with its fall from the height so far.

use jiff::civil::Date;
use serde::Serialize;

use super::summary::CampaignSummary;

/// Cells of a day table per year: 12 months of 31 days.
const CELLS_PER_YEAR: usize = 12 * 31;

/// A point of the running profit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EquityPoint {
    /// Day, New York.
    pub on: Date,
    /// Running profit in cents.
    pub total_cents: i64,
    /// Its fall from the height so far, the start included, cents, 0 or more.
    pub fall_cents: i64,
}

/// Running profit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EquityCurve {
    /// Its points, oldest first, a day each.
    pub points: Vec<EquityPoint>,
}

impl EquityCurve {
    /// Of profits dated in order.
    pub fn of(profits: impl IntoIterator<Item = (Date, i64)>) -> Self {
        let mut points: Vec<EquityPoint> = Vec::new();
        let (mut total, mut top) = (0, 0);
        for (on, cents) in profits {
            total += cents;
            let same = points.last_mut().filter(|last| last.on == on);
            match same {
                Some(last) => last.total_cents = total,
                None => points.push(EquityPoint {
                    on,
                    total_cents: total,
                    fall_cents: 0,
                }),
            }
        }
        for point in &mut points {
            top = top.max(point.total_cents);
            point.fall_cents = top - point.total_cents;
        }
        Self { points }
    }

    /// Of campaigns, each with its whole profit on the day that it closed.
    pub fn by_close(campaigns: &[&CampaignSummary]) -> Self {
        let mut closed: Vec<(Date, i64)> = (campaigns.iter())
            .filter_map(|campaign| Some((campaign.closed?, campaign.profit_cents)))
            .collect();
        closed.sort_unstable();
        Self::of(closed)
    }

    /// Largest fall from a height, cents, 0 or more.
    pub fn drawdown_cents(&self) -> i64 {
        self.points
            .iter()
            .map(|point| point.fall_cents)
            .max()
            .unwrap_or(0)
    }
}

/// Profit by day, month and year, cents; days without any are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProfitCalendar {
    /// By day, oldest first.
    pub days: Vec<(Date, i64)>,
    /// By month, dated on its first day.
    pub months: Vec<(Date, i64)>,
    /// By year.
    pub years: Vec<(i16, i64)>,
}

impl ProfitCalendar {
    /// Of campaigns, by the days of their marks.
    pub fn of(campaigns: &[&CampaignSummary]) -> Self {
        let dated = || campaigns.iter().flat_map(|campaign| &campaign.days);
        let mut years = dated().map(|(day, _)| day.year());
        let Some(first) = years.next() else {
            return Self::default();
        };
        let (low, high) = years.fold((first, first), |(low, high), year| {
            (low.min(year), high.max(year))
        });
        // A table of all days is filled in one pass, whatever the order of the campaigns.
        let span = usize::try_from(high - low).unwrap_or(0) + 1;
        let mut table: Vec<Option<(Date, i64)>> = vec![None; span * CELLS_PER_YEAR];
        for (day, cents) in dated() {
            let month = usize::try_from(day.month() - 1).unwrap_or(0);
            let place = usize::try_from(day.year() - low).unwrap_or(0) * CELLS_PER_YEAR
                + month * 31
                + usize::try_from(day.day() - 1).unwrap_or(0);
            table[place].get_or_insert((*day, 0)).1 += cents;
        }
        let days: Vec<(Date, i64)> = table.into_iter().flatten().collect();
        Self {
            months: summed(&days, Date::first_of_month),
            years: summed(&days, Date::year),
            days,
        }
    }

    /// Cents of one day; `None` where nothing is known of it.
    pub fn day(&self, on: Date) -> Option<i64> {
        let place = self.days.binary_search_by_key(&on, |(day, _)| *day).ok()?;
        Some(self.days[place].1)
    }
}

fn summed<K: PartialEq + Copy>(days: &[(Date, i64)], key: fn(Date) -> K) -> Vec<(K, i64)> {
    let mut sums: Vec<(K, i64)> = Vec::new();
    for (day, cents) in days {
        let key = key(*day);
        match sums.last_mut().filter(|(last, _)| *last == key) {
            Some((_, sum)) => *sum += cents,
            None => sums.push((key, *cents)),
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_fall_is_from_the_height_so_far_the_start_included() {
        let day = |day| date(2026, 3, day);
        let curve = EquityCurve::of([(day(2), -50), (day(3), 200), (day(3), -20), (day(9), -100)]);
        let falls: Vec<i64> = curve.points.iter().map(|point| point.fall_cents).collect();
        assert_eq!(falls, [50, 0, 100]);
        assert_eq!(curve.points[1].total_cents, 130);
        assert_eq!(curve.drawdown_cents(), 100);
        assert_eq!(EquityCurve::default().drawdown_cents(), 0);
    }

    #[test]
    fn days_add_up_to_months_and_years() {
        let one = CampaignSummary {
            days: vec![(date(2025, 12, 31), 5), (date(2026, 1, 2), 7)],
            ..super::super::review::tests::campaign(1, 12)
        };
        let other = CampaignSummary {
            days: vec![(date(2026, 1, 2), -10), (date(2026, 1, 30), 1)],
            ..super::super::review::tests::campaign(2, -9)
        };
        let calendar = ProfitCalendar::of(&[&one, &other]);
        assert_eq!(calendar.day(date(2026, 1, 2)), Some(-3));
        assert_eq!(calendar.day(date(2026, 1, 3)), None);
        assert_eq!(
            calendar.months,
            [(date(2025, 12, 1), 5), (date(2026, 1, 1), -2)]
        );
        assert_eq!(calendar.years, [(2025, 5), (2026, -2)]);
    }
}
