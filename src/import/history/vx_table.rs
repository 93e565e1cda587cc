//! VIX futures as one curve a row: `date,M1,…,E1,…` with prices and expiries, or `date,M1,…` with prices by
//! calendar month.
//!
//! Without expiries `M1` is the month of the first monthly expiry after the row's day, whether a future
//! of that month was listed or not (`NA`); the expiry follows the exchange's rule. Tables of 2004 and 2005
//! move on to the next month up to a week before that rule does, so rows of the week before an expiry of
//! those years are not used.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::column::{Complaints, HistoryFile, Parsed};
use super::dates::{self, Order};
use super::text::{Cell, Head, Lines, number, position, split};
use crate::calendar::vix_monthly_expiry;
use crate::series::vx::PRICE_RANGE;
use crate::series::{VxBar, VxSource};

/// Most columns of prices looked for.
const MOST: usize = 12;

/// Until this day tables without expiries disagree on when a month ends.
const UNSURE_BEFORE: Date = jiff::civil::date(2006, 1, 1);
/// By how many calendar days at most.
const UNSURE_DAYS: i32 = 7;

/// Where the columns stand.
struct Layout {
    header_line: u32,
    date: usize,
    /// Prices, and expiries where the table has them.
    months: Vec<(usize, Option<usize>)>,
}

impl Layout {
    fn of(head: &Head<'_>) -> Option<Self> {
        let (header_line, cells) = head.first()?;
        let column = |letter: char, index: usize| position(cells, &format!("{letter}{index}"));
        let months: Vec<(usize, Option<usize>)> = (1..=MOST)
            .map_while(|index| Some((column('M', index)?, column('E', index))))
            .collect();
        let date = position(cells, "date")?;
        (months.len() >= 2).then_some(Self {
            header_line,
            date,
            months,
        })
    }
}

/// The header will not do: tables of contract names have the same one.
pub(super) fn recognise(head: &Head<'_>) -> bool {
    let Some(layout) = Layout::of(head) else {
        return false;
    };
    let rows: Vec<_> = head
        .filled()
        .filter(|(line, _)| *line > layout.header_line)
        .collect();
    let is_price = |cell: &str| !matches!(number(cell), Cell::Unreadable);
    rows.iter().all(|(_, cells)| {
        let prices = layout.months.iter().filter_map(|(at, _)| cells.get(*at));
        prices.into_iter().all(|cell| is_price(cell))
    })
}

pub(super) fn read(file: &HistoryFile<'_>, format: (&'static str, u8)) -> Parsed {
    let Some(layout) = Layout::of(&file.head()) else {
        return Parsed::default();
    };
    let lines = Lines::after(file.text, layout.header_line);
    let mut reading = Reading {
        order: Order::of(lines.clone(), layout.date),
        layout,
        rule: MonthRule::default(),
        contracts: BTreeMap::new(),
        complaints: Complaints::about(file.name),
    };
    let mut cells = Vec::new();
    for (line, text) in lines {
        split(text, &mut cells);
        if !cells.iter().all(|cell| cell.is_empty()) {
            reading.row(line, &cells);
        }
    }
    let futures = reading
        .contracts
        .into_iter()
        .map(|future| VxSource::of_bars(file.name, format, future));
    Parsed {
        futures: futures.collect(),
        problems: reading.complaints.finish(),
        ..Parsed::default()
    }
}

/// The state of reading rows.
struct Reading<'a> {
    layout: Layout,
    order: Order,
    rule: MonthRule,
    contracts: BTreeMap<Date, Vec<VxBar>>,
    complaints: Complaints<'a>,
}

impl Reading<'_> {
    fn row(&mut self, line: u32, cells: &[&str]) {
        let cell = |at: usize| cells.get(at).copied().unwrap_or("");
        let date = cell(self.layout.date);
        let Some(day) = dates::parse(date, self.order) else {
            let expected = "a date such as 2013-01-02";
            self.complaints.cell(line, "date", date, expected);
            return;
        };
        let is_by_rule = self
            .layout
            .months
            .iter()
            .all(|(_, expiry)| expiry.is_none());
        if is_by_rule
            && day < UNSURE_BEFORE
            && (self.rule.expiry(day, 0) - day).get_days() <= UNSURE_DAYS
        {
            return;
        }
        for (slot, &(price, expiry)) in self.layout.months.iter().enumerate() {
            let settle = match number(cell(price)) {
                Cell::Missing | Cell::Number(0.0) => continue,
                Cell::Number(value) if (PRICE_RANGE[0]..=PRICE_RANGE[1]).contains(&value) => value,
                Cell::Number(_) | Cell::Unreadable => {
                    let (column, expected) = (format!("M{}", slot + 1), "VIX points from 5 to 120");
                    self.complaints.cell(line, &column, cell(price), expected);
                    continue;
                }
            };
            let due = match expiry {
                Some(at) => dates::parse(cell(at), self.order),
                None => Some(self.rule.expiry(day, slot)),
            };
            if let Some(due) = due.filter(|due| *due > day) {
                self.contracts.entry(due).or_default().push(VxBar {
                    date: day,
                    settle,
                    volume: None,
                    open_interest: None,
                });
            } else {
                let (column, found) = (format!("E{}", slot + 1), expiry.map_or("", cell));
                let expected = "an expiry after the row's day";
                self.complaints.cell(line, &column, found, expected);
            }
        }
    }
}

/// Monthly expiries by the exchange's rule, each worked out once.
#[derive(Default)]
struct MonthRule {
    known: BTreeMap<Date, Date>,
}

impl MonthRule {
    fn of_month(&mut self, month: Date) -> Date {
        *self
            .known
            .entry(month)
            .or_insert_with(|| vix_monthly_expiry(month))
    }

    /// The expiry `slot` months after the first one that comes after `day`.
    fn expiry(&mut self, day: Date, slot: usize) -> Date {
        let month = day.first_of_month();
        let skipped = i32::from(self.of_month(month) <= day);
        let ahead = skipped + i32::try_from(slot).unwrap_or(0);
        self.of_month(month.saturating_add(ahead.months()))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::read;
    use crate::import::history::column::{HistoryFile, Parsed};

    fn parsed(text: &str) -> Parsed {
        let file = HistoryFile {
            name: "curves.csv",
            stem: "curves",
            text,
        };
        read(&file, ("VX table", 3))
    }

    fn settles(parsed: &Parsed) -> Vec<(Date, Date, f64)> {
        let bars = parsed.futures.iter().flat_map(|source| {
            let expiry = source.contract.expiry;
            let bars = source.contract.bars.iter();
            bars.map(move |bar| (expiry, bar.date, bar.settle))
        });
        bars.collect()
    }

    #[test]
    fn expiries_of_the_table_are_used_and_days_with_fewer_futures_are_whole() {
        let found = parsed(
            "date,M1,M2,M3,E1,E2,E3\n2013-01-02,15.6,16.72,18.06,2013-01-16,2013-02-13,2013-03-20\n2013-01-03,15.9,16.92,,2013-01-16,2013-02-13,\n",
        );
        assert!(found.problems.is_empty());
        assert_eq!(found.futures.len(), 3);
        assert_eq!(settles(&found).len(), 5);
        assert_eq!(found.futures[1].contract.expiry, date(2013, 2, 13));
    }

    #[test]
    fn months_without_a_future_keep_their_place() {
        let found = parsed(
            "\"\",\"date\",\"M1\",\"M2\",\"M3\",\"M4\",\"M5\"\n\"1\",2004-03-26,NA,20.27,20.2,NA,20.06\n\"2\",2017-04-18,14.7,14.32,14.54,15.17,15.49\n\"3\",2017-04-19,14.58,14.53,15.12,15.43,16.17\n",
        );
        let expiries: Vec<Date> = found.futures.iter().map(|s| s.contract.expiry).collect();
        assert_eq!(
            expiries,
            [
                date(2004, 5, 19),
                date(2004, 6, 16),
                date(2004, 8, 18),
                date(2017, 4, 19),
                date(2017, 5, 17),
                date(2017, 6, 21),
                date(2017, 7, 19),
                date(2017, 8, 16),
                date(2017, 9, 20),
            ]
        );
        let may = &found.futures[4].contract;
        let days: Vec<_> = may.bars.iter().map(|bar| bar.settle).collect();
        assert_eq!(
            days,
            [14.32, 14.58],
            "on the expiry day M1 is the next month"
        );
    }

    #[test]
    fn the_week_before_an_expiry_of_the_first_years_is_not_used() {
        // on 14 July 2004 a table's M1 may be August already; by the rule July settles on the 21st
        let found =
            parsed("date,M1,M2\n2004-07-13,16,17\n2004-07-14,17,18\n2004-07-21,17.5,18.5\n");
        let mut days: Vec<Date> = settles(&found).iter().map(|(_, day, _)| *day).collect();
        days.sort();
        days.dedup();
        assert_eq!(days, [date(2004, 7, 13), date(2004, 7, 21)]);
    }

    #[test]
    fn an_expiry_in_the_past_is_named() {
        let found = parsed("date,M1,M2,E1,E2\n2013-01-02,15.6,16.72,2012-12-19,x\n");
        let columns: Vec<_> = found.problems.iter().map(|p| p.column.as_str()).collect();
        assert_eq!(columns, ["E1", "E2"]);
    }
}
