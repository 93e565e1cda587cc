//! When index options and VIX futures expire, and which expiries are listed on a day.
//!
//! * SPX AM: the third Friday of the month, else the session before it (Cboe SPX specifications).
//! * SPXW and XSP, PM: any session.
//! * VIX and VX monthly: the Wednesday 30 days before the third Friday of the *following* month; if
//!   that Wednesday or that Friday is a holiday, the session before the Wednesday (CFE Rules 1202(b)
//!   and 1702(b)). Weekly: the Wednesday of the week, under the same test.
//!
//! The exchange's list changes with notices that a program cannot know, so [`listed_expiries`]
//! follows a fixed rule that is close to it; see [`ExpirySeries`]. A date outside the list may still
//! be valid ([`is_listed_expiry`] looks at the expiry rule alone), so a position opened long ago or
//! an expiry listed early is never refused.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::holidays::is_business_day;
use super::sessions::prev_business_day;

/// Months ahead in which every AM monthly is listed.
const SPX_MONTHS: i32 = 24;
/// Months ahead in which the June and December AM monthlies are listed.
const SPX_LONG_MONTHS: i32 = 60;
/// Calendar days ahead in which a PM expiry is listed on every session.
const DAILY_DAYS: i32 = 35;
/// Calendar days ahead in which a PM expiry is listed at the end of every week.
const WEEKLY_DAYS: i32 = 91;
/// Calendar days ahead in which PM third Fridays and month ends are listed.
const MONTHLY_DAYS: i32 = 365;
/// VIX option months ahead.
const VIX_MONTHS: i32 = 12;
/// VIX weeks ahead.
const VIX_WEEKS: i32 = 6;

/// A rule by which expiries are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExpirySeries {
    /// AM-settled SPX: every month for 24 months, then June and December up to 60 months.
    SpxAm,
    /// PM-settled SPXW and XSP: every session for 35 days, the last session of every week for
    /// 91 days, third Fridays and month ends for 365 days.
    SpxPm,
    /// VIX options and VX futures, monthly: 12 months (CFE lists VX for nine of them).
    VixMonthly,
    /// VIX options and VX futures, weekly: the weeks of the next six that hold no monthly.
    VixWeekly,
}

/// The third Friday of the month of `day`.
pub fn third_friday(day: Date) -> Date {
    let first = day.first_of_month();
    let to_friday = first.weekday().until(Weekday::Friday);
    first.saturating_add((i64::from(to_friday) + 14).days())
}

/// The AM-settled SPX expiry of the month of `day`: third Friday, else the session before it.
pub fn spx_monthly_expiry(day: Date) -> Date {
    let friday = third_friday(day);
    if is_business_day(friday) {
        friday
    } else {
        prev_business_day(friday)
    }
}

/// The monthly VIX and VX expiry that falls in the month of `day`.
pub fn vix_monthly_expiry(day: Date) -> Date {
    let friday = third_friday(day.first_of_month().saturating_add(1.month()));
    vix_expiry_at(friday.saturating_sub(30.days()))
}

/// The VIX and VX expiry of the week (Monday to Sunday) of `day`, be it a weekly or the monthly.
pub fn vix_expiry_of_week(day: Date) -> Date {
    let monday = day.saturating_sub(day.weekday().to_monday_zero_offset().days());
    vix_expiry_at(monday.saturating_add(2.days()))
}

/// The holiday test shared by monthly and weekly VIX expiries.
fn vix_expiry_at(wednesday: Date) -> Date {
    let reference = wednesday.saturating_add(30.days());
    if is_business_day(wednesday) && is_business_day(reference) {
        wednesday
    } else {
        prev_business_day(wednesday)
    }
}

/// Whether `expiry` is a day on which the series can expire, however far away it is.
pub fn is_listed_expiry(series: ExpirySeries, expiry: Date) -> bool {
    match series {
        ExpirySeries::SpxAm => expiry == spx_monthly_expiry(expiry),
        ExpirySeries::SpxPm => is_business_day(expiry),
        ExpirySeries::VixMonthly => expiry == vix_monthly_expiry(expiry),
        ExpirySeries::VixWeekly => {
            expiry == vix_expiry_of_week(expiry) && expiry != vix_monthly_expiry(expiry)
        }
    }
}

/// The first expiry that an as-of date still sees: PM series trade on their last day, the others
/// settle at its open.
fn first_day(series: ExpirySeries, from: Date) -> Date {
    match series {
        ExpirySeries::SpxPm => from,
        ExpirySeries::SpxAm | ExpirySeries::VixMonthly | ExpirySeries::VixWeekly => {
            from.saturating_add(1.day())
        }
    }
}

/// All expiries listed on the day `from`, ascending, under the rule of [`ExpirySeries`]. For the PM
/// series `from` itself is included when it is a session.
pub fn listed_expiries(series: ExpirySeries, from: Date) -> Vec<Date> {
    let first = first_day(series, from);
    let month = |ahead: i32| from.first_of_month().saturating_add(ahead.months());
    let mut listed: Vec<Date> = match series {
        ExpirySeries::SpxAm => (0..=SPX_LONG_MONTHS)
            .filter(|ahead| *ahead <= SPX_MONTHS || matches!(month(*ahead).month(), 6 | 12))
            .map(|ahead| spx_monthly_expiry(month(ahead)))
            .collect(),
        ExpirySeries::SpxPm => pm_expiries(from),
        ExpirySeries::VixMonthly => (0..=VIX_MONTHS)
            .map(|ahead| vix_monthly_expiry(month(ahead)))
            .filter(|expiry| *expiry >= first)
            .take(VIX_MONTHS as usize)
            .collect(),
        ExpirySeries::VixWeekly => (0..=VIX_WEEKS)
            .map(|week| vix_expiry_of_week(from.saturating_add(week.weeks())))
            .filter(|expiry| *expiry >= first)
            .take(VIX_WEEKS as usize)
            .filter(|expiry| is_listed_expiry(series, *expiry))
            .collect(),
    };
    listed.retain(|expiry| *expiry >= first);
    listed
}

/// The PM listing rule, one day at a time.
fn pm_expiries(from: Date) -> Vec<Date> {
    (0..=MONTHLY_DAYS)
        .map(|ahead| (ahead, from.saturating_add(ahead.days())))
        .filter(|(ahead, day)| {
            is_business_day(*day)
                && (*ahead <= DAILY_DAYS
                    || (*ahead <= WEEKLY_DAYS && ends_week(*day))
                    || *day == spx_monthly_expiry(*day)
                    || ends_month(*day))
        })
        .map(|(_, day)| day)
        .collect()
}

/// Whether a session is the last of its week.
fn ends_week(day: Date) -> bool {
    let ahead = i64::from(day.weekday().until(Weekday::Sunday));
    !(1..ahead).any(|next| is_business_day(day.saturating_add(next.days())))
}

/// Whether a session is the last of its month.
fn ends_month(day: Date) -> bool {
    let left = i64::from(day.days_in_month() - day.day());
    !(1..=left).any(|next| is_business_day(day.saturating_add(next.days())))
}

/// The first `count` expiries listed on the day `from` (fewer when the list is shorter).
pub fn next_expiries(series: ExpirySeries, from: Date, count: usize) -> Vec<Date> {
    let mut listed = listed_expiries(series, from);
    listed.truncate(count);
    listed
}

/// The expiries listed on the day `from` that expire no later than `last`.
pub fn expiries_until(series: ExpirySeries, from: Date, last: Date) -> Vec<Date> {
    let mut listed = listed_expiries(series, from);
    listed.retain(|expiry| *expiry <= last);
    listed
}

/// The monthly VIX expiry after `from` whose calendar days to expiry are nearest `target_days`; of
/// two equally near, the earlier. Looks past the listed months when the target does.
pub fn nearest_vix_monthly(from: Date, target_days: i32) -> Date {
    let target = from.saturating_add(target_days.max(1).days());
    let distance = |expiry: Date| (expiry - target).get_days().abs();
    (-1..=1)
        .map(|ahead: i32| {
            vix_monthly_expiry(target.first_of_month().saturating_add(ahead.months()))
        })
        .filter(|expiry| *expiry > from)
        .min_by_key(|expiry| distance(*expiry))
        .unwrap_or_else(|| vix_monthly_expiry(from.saturating_add(1.month())))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn vix_expiries_of_2026_and_later() {
        let expected = [
            (1, 21),
            (2, 18),
            (3, 18),
            (4, 15),
            (5, 19),
            (6, 17),
            (7, 22),
            (8, 19),
            (9, 16),
            (10, 21),
            (11, 18),
            (12, 16),
        ];
        for (month, day) in expected {
            assert_eq!(
                vix_monthly_expiry(date(2026, month, 3)),
                date(2026, month, day)
            );
        }
        for day in [date(2027, 5, 18), date(2028, 3, 22), date(2028, 12, 20)] {
            assert_eq!(vix_monthly_expiry(day), day);
        }
    }

    #[test]
    fn holiday_moved_spx_monthlies() {
        for day in [date(2026, 6, 18), date(2027, 6, 17), date(2027, 12, 17)] {
            assert_eq!(spx_monthly_expiry(day), day);
        }
    }

    #[test]
    fn pm_list_thins_out_with_distance() {
        let from = date(2026, 6, 24);
        let listed = listed_expiries(ExpirySeries::SpxPm, from);
        assert_eq!(listed[0], from);
        assert!(listed.contains(&date(2026, 7, 8)), "a Wednesday in range");
        assert!(!listed.contains(&date(2026, 8, 12)), "a Wednesday too far");
        assert!(listed.contains(&date(2026, 8, 14)), "a Friday in range");
        assert!(
            listed.contains(&date(2026, 7, 2)),
            "the Thursday before a closed Friday"
        );
        assert!(listed.contains(&date(2026, 12, 31)), "a month end");
        assert!(listed.contains(&date(2027, 6, 17)), "a moved third Friday");
        assert!(
            !listed.contains(&date(2026, 12, 11)),
            "a plain Friday too far"
        );
    }

    #[test]
    fn am_list_keeps_to_months_then_to_half_years() {
        let listed = listed_expiries(ExpirySeries::SpxAm, date(2026, 1, 16));
        assert_eq!(
            listed[0],
            date(2026, 2, 20),
            "the monthly of today has settled"
        );
        assert!(listed.contains(&date(2028, 1, 21)));
        assert!(!listed.contains(&date(2028, 3, 17)));
        assert!(listed.contains(&date(2030, 12, 20)));
    }

    #[test]
    fn weekly_list_leaves_the_monthly_out() {
        let from = date(2026, 8, 5);
        let listed = listed_expiries(ExpirySeries::VixWeekly, from);
        assert_eq!(
            listed,
            [
                date(2026, 8, 12),
                date(2026, 8, 26),
                date(2026, 9, 2),
                date(2026, 9, 9)
            ]
        );
        assert_eq!(
            next_expiries(ExpirySeries::VixMonthly, from, 2)[0],
            date(2026, 8, 19)
        );
        assert_eq!(listed_expiries(ExpirySeries::VixMonthly, from).len(), 12);
    }

    #[test]
    fn layer_targets_find_their_months() {
        let from = date(2026, 8, 17);
        assert_eq!(nearest_vix_monthly(from, 30), date(2026, 9, 16));
        assert_eq!(nearest_vix_monthly(from, 110), date(2026, 12, 16));
        assert_eq!(nearest_vix_monthly(from, 220), date(2027, 3, 17));
        assert_eq!(nearest_vix_monthly(from, -5), date(2026, 8, 19));
        assert_eq!(nearest_vix_monthly(date(2026, 8, 19), 0), date(2026, 9, 16));
    }
}
