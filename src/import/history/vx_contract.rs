//! VIX futures of Cboe: `Trade Date,Futures,Open,High,Low,Close,Settle,…`, one contract a file or many in one.
//!
//! What these files hold that a reader would not expect: a disclaimer above the header; trailing commas;
//! dates MM/DD/YYYY in old files; no settlements (0) in old ones, then the close counts; no close (0) on
//! days without trade; prices tenfold before the multiplier changed; a row on the expiry day whose
//! settlement is the final one; two contracts in one file; a day twice; labels that belong to another
//! contract.

use jiff::civil::Date;

use super::column::{Complaints, HistoryFile, Parsed};
use super::dates::{self, Order};
use super::text::{Cell, Head, Lines, number, position, split};
use crate::calendar::vix_monthly_expiry;
use crate::series::vx::{PRICE_RANGE, TENFOLD_BEFORE};
use crate::series::{Severity, VxBar, VxContract, VxSource};

/// Before the multiplier changed a price from here on is tenfold: VIX futures stood between 10 and 25
/// then.
const TENFOLD_FROM: f64 = 60.0;
/// A contract whose rows end so many days before its expiry, though the file goes on, ends too early.
const EARLY_END_DAYS: i32 = 10;
/// Month codes in labels and their English beginnings.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The first two columns stand in their order, after an index at most: prose that quotes the header does
/// not pass.
fn is_header(cells: &[&str]) -> bool {
    let date = position(cells, "Trade Date").filter(|at| *at <= 1);
    let starts = date.is_some_and(|at| {
        let next = cells.get(at + 1);
        next.is_some_and(|cell| cell.eq_ignore_ascii_case("Futures"))
    });
    starts && position(cells, "Close").is_some() && position(cells, "Settle").is_some()
}

pub(super) fn recognise(head: &Head<'_>) -> bool {
    head.header(is_header).is_some()
}

/// Rows of one label.
struct Group<'a> {
    label: &'a str,
    rows: Vec<Row>,
    missing: usize,
}

/// A row with a price, or the expiry day's row.
#[derive(Clone, Copy)]
struct Row {
    line: u32,
    date: Date,
    /// Settlement, else close; `None` when there is neither.
    price: Option<f64>,
    volume: Option<u32>,
    open_interest: Option<u32>,
}

pub(super) fn read(file: &HistoryFile<'_>, format: (&'static str, u8)) -> Parsed {
    let mut complaints = Complaints::about(file.name);
    let groups = groups(file, &mut complaints);
    let days = groups.iter().flat_map(|group| &group.rows);
    let last_day = days.map(|row| row.date).max();
    let mut parsed = Parsed::default();
    let mut is_out_of_step = false;
    for (expiry, mut group) in by_expiry(groups, file.stem, &mut complaints) {
        group.rows.sort_by_key(|row| row.date);
        if !is_in_step(expiry, &group, &mut is_out_of_step, &mut complaints) {
            continue;
        }
        warn_early_end(expiry, &group, last_day, &mut complaints);
        let missing = group.missing;
        parsed.futures.push(VxSource {
            file: file.name.to_owned(),
            format: format.0,
            rank: format.1,
            contract: contract(expiry, group, &mut complaints),
            missing,
        });
    }
    parsed.problems = complaints.finish();
    parsed
}

/// Finds the expiry of each group; ascending.
fn by_expiry<'a>(
    groups: Vec<Group<'a>>,
    stem: &str,
    complaints: &mut Complaints<'_>,
) -> Vec<(Date, Group<'a>)> {
    let is_alone = groups.len() == 1;
    let mut dated = Vec::with_capacity(groups.len());
    for group in groups {
        if let Some(expiry) = expiry_of(&group, stem, is_alone) {
            dated.push((expiry, group));
        } else {
            let first = group.rows.first().map(|row| row.line);
            let expected =
                "a contract month such as 'H (Mar 2020)', or an expiry; its rows are left out";
            complaints.say(Severity::Problem, (first, "Futures"), group.label, expected);
        }
    }
    dated.sort_by_key(|(expiry, _)| *expiry);
    dated
}

/// Whether a contract stops trading by its expiry. Once one does not, the labels after it are in doubt
/// too.
fn is_in_step(
    expiry: Date,
    group: &Group<'_>,
    is_out_of_step: &mut bool,
    complaints: &mut Complaints<'_>,
) -> bool {
    if let Some(row) = group.rows.iter().find(|row| row.date > expiry) {
        *is_out_of_step = true;
        let found = format!("{} on {}", group.label, row.date);
        let expected = format!("no row after its expiry {expiry}; the contract is left out");
        let place = (Some(row.line), "Trade Date");
        complaints.say(Severity::Problem, place, found, expected);
        return false;
    }
    if *is_out_of_step {
        let first = group.rows.first().map(|row| row.line);
        let expected = "labels in step with the rows: an earlier contract of the file trades past its expiry, so this one is left out too";
        complaints.say(
            Severity::Question,
            (first, "Futures"),
            group.label,
            expected,
        );
    }
    !*is_out_of_step
}

/// Reads the rows by label.
fn groups<'a>(file: &HistoryFile<'a>, complaints: &mut Complaints<'_>) -> Vec<Group<'a>> {
    let head = file.head();
    let Some((header, cells)) = head.header(is_header) else {
        return Vec::new();
    };
    let at = |name: &str| position(cells, name).unwrap_or(usize::MAX);
    let [date, label, close, settle] = ["Trade Date", "Futures", "Close", "Settle"].map(at);
    let [volume, interest] = ["Total Volume", "Open Interest"].map(at);
    let lines = Lines::after(file.text, header);
    let order = Order::of(lines.clone(), date);
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut last = 0;
    let mut cells = Vec::new();
    for (line, text) in lines {
        split(text, &mut cells);
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let cell = |at: usize| cells.get(at).copied().unwrap_or("");
        let Some(day) = dates::parse(cell(date), order) else {
            complaints.cell(line, "Trade Date", cell(date), "a date such as 2019-06-24");
            continue;
        };
        let price = match price(day, cell(settle), cell(close)) {
            Ok(price) => price,
            Err(found) => {
                complaints.cell(line, "Settle", &found, "VIX points from 5 to 120");
                continue;
            }
        };
        let name = cell(label);
        if groups.get(last).is_none_or(|group| group.label != name) {
            last = groups
                .iter()
                .position(|group| group.label == name)
                .unwrap_or_else(|| {
                    groups.push(Group {
                        label: name,
                        rows: Vec::new(),
                        missing: 0,
                    });
                    groups.len() - 1
                });
        }
        if let Some(group) = groups.get_mut(last) {
            group.missing += usize::from(price.is_none());
            group.rows.push(Row {
                line,
                date: day,
                price,
                volume: count(cell(volume)),
                open_interest: count(cell(interest)),
            });
        }
    }
    groups
}

/// The settlement, or the close where there is none; before the multiplier changed a tenth of it.
fn price(day: Date, settle: &str, close: &str) -> Result<Option<f64>, String> {
    let mut price = None;
    for text in [settle, close] {
        match number(text) {
            Cell::Number(value) if value > 0.0 => {
                price = Some(value);
                break;
            }
            Cell::Number(0.0) | Cell::Missing => {}
            Cell::Number(_) | Cell::Unreadable => return Err(text.to_owned()),
        }
    }
    let Some(quoted) = price else {
        return Ok(None);
    };
    let points = if day < TENFOLD_BEFORE && quoted >= TENFOLD_FROM {
        // to the thousandth: 139.4 becomes 13.94 and not 13.940000000000001
        (quoted * 100.0).round() / 1000.0
    } else {
        quoted
    };
    if (PRICE_RANGE[0]..=PRICE_RANGE[1]).contains(&points) {
        Ok(Some(points))
    } else {
        Err(quoted.to_string())
    }
}

fn count(text: &str) -> Option<u32> {
    match number(text) {
        Cell::Number(value) if value >= 0.0 && value < f64::from(u32::MAX) => Some(value as u32),
        Cell::Number(_) | Cell::Missing | Cell::Unreadable => None,
    }
}

/// The expiry of a group: its label as a date; the file's name, where it names a day of the label's
/// month or the label is that of a weekly; the rule of the label's month.
fn expiry_of(group: &Group<'_>, stem: &str, is_alone: bool) -> Option<Date> {
    // "31 (Aug 2025)" is week 31 and no date
    let may_be_date = !group.label.contains('(');
    if let Some(expiry) = dates::parse(group.label, Order::MonthFirst).filter(|_| may_be_date) {
        return Some(expiry);
    }
    let by_stem = date_in(stem);
    match label_month(group.label) {
        Some(month) => {
            let is_month = |day: &Date| day.first_of_month() == month;
            by_stem
                .filter(is_month)
                .or_else(|| Some(vix_monthly_expiry(month)))
        }
        None => by_stem.filter(|_| is_alone),
    }
}

/// The month of a monthly contract's label: `H (Mar 2020)`, `Mar 2020`. Labels of weeklies begin with
/// the week's number and have none.
fn label_month(label: &str) -> Option<Date> {
    let label = label.trim().to_lowercase();
    if label.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut words = label
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let month = words.by_ref().find_map(|word| {
        let beginning = word.get(..3)?;
        MONTHS.iter().position(|month| *month == beginning)
    })?;
    let year: i16 = words.next()?.parse().ok()?;
    let year = if year < 100 { year + 2000 } else { year };
    Date::new(year, i8::try_from(month + 1).ok()?, 1).ok()
}

/// The first `YYYY-MM-DD` in a file's name.
fn date_in(stem: &str) -> Option<Date> {
    const LENGTH: usize = 10;
    (0..stem.len())
        .filter_map(|at| stem.get(at..at + LENGTH))
        .find_map(|text| text.parse().ok())
}

fn warn_early_end(
    expiry: Date,
    group: &Group<'_>,
    last_day: Option<Date>,
    complaints: &mut Complaints<'_>,
) {
    let Some((row, file_end)) = group.rows.last().zip(last_day) else {
        return;
    };
    let early = (expiry.min(file_end) - row.date).get_days();
    if early > EARLY_END_DAYS {
        let found = format!("{} ends on {}", group.label, row.date);
        let expected = format!("rows until its expiry {expiry}, as the file goes on");
        let place = (Some(row.line), "Trade Date");
        complaints.say(Severity::Question, place, found, expected);
    }
}

/// Makes the contract of rows ascending in date. The expiry day's price is the final settlement.
fn contract(expiry: Date, group: Group<'_>, complaints: &mut Complaints<'_>) -> VxContract {
    let mut contract = VxContract {
        expiry,
        bars: Vec::with_capacity(group.rows.len()),
        final_settlement: None,
    };
    let mut last_line = 0;
    for row in group.rows {
        let Some(settle) = row.price else { continue };
        if row.date == expiry {
            contract.final_settlement = Some(settle);
            continue;
        }
        let bar = VxBar {
            date: row.date,
            settle,
            volume: row.volume,
            open_interest: row.open_interest,
        };
        match contract.bars.last_mut().filter(|bar| bar.date == row.date) {
            Some(known) if known.settle == settle => {}
            Some(known) => {
                let expected = format!(
                    "each day once: line {last_line} says {}; the row with more trade is used",
                    known.settle
                );
                complaints.cell(row.line, group.label, &settle.to_string(), &expected);
                if bar.volume > known.volume {
                    *known = bar;
                }
            }
            None => contract.bars.push(bar),
        }
        last_line = row.line;
    }
    contract
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{date_in, label_month, read};
    use crate::import::history::column::{HistoryFile, Parsed};

    const HEADER: &str =
        "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest";

    fn parsed(stem: &str, text: &str) -> Parsed {
        let name = format!("{stem}.csv");
        let file = HistoryFile {
            name: &name,
            stem,
            text,
        };
        read(&file, ("VX", 0))
    }

    fn settles(parsed: &Parsed) -> Vec<(Date, Date, f64)> {
        parsed
            .futures
            .iter()
            .flat_map(|source| {
                let expiry = source.contract.expiry;
                let bars = source.contract.bars.iter();
                bars.map(move |bar| (expiry, bar.date, bar.settle))
            })
            .collect()
    }

    #[test]
    fn without_settlement_the_close_counts_and_without_both_nothing() {
        let text = format!(
            "{HEADER}\n2013-01-02,F (Jan 2013),16.8,16.8,15.5,15.6,0.0,0.0,97535,3632,120663\n2013-01-03,F (Jan 2013),0,0,0,0,0,0,0,0,118689\n2013-07-19,F (Jan 2013),,,,,,,,,\n"
        );
        let found = parsed("any name", &text.replace("2013-07-19", "2013-01-04"));
        let expiry = date(2013, 1, 16);
        assert_eq!(settles(&found), [(expiry, date(2013, 1, 2), 15.6)]);
        assert_eq!(found.futures[0].missing, 2);
        assert!(found.problems.is_empty(), "{:?}", found.problems);
        let bar = found.futures[0].contract.bars[0];
        assert_eq!((bar.volume, bar.open_interest), (Some(97535), Some(120663)));
    }

    #[test]
    fn days_without_trade_have_a_settlement() {
        let text = format!("{HEADER}\n2019-06-24,H (Mar 2020),0.0,0.0,0.0,0.0,17.7,0,0,0,0\n");
        let found = parsed("VX_2020-03-18", &text);
        let expected = (date(2020, 3, 18), date(2019, 6, 24), 17.7);
        assert_eq!(settles(&found), [expected]);
    }

    #[test]
    fn tenfold_prices_become_points_until_the_multiplier_changed() {
        let text = format!(
            "{HEADER}\n03/23/2007,K (May 07),139.5,140,139,139.8,139.4,0,10,0,900\n03/26/2007,K (May 07),13.9,14,13.9,13.95,13.93,0,10,0,900\n"
        );
        let expiry = date(2007, 5, 16);
        let expected = [
            (expiry, date(2007, 3, 23), 13.94),
            (expiry, date(2007, 3, 26), 13.93),
        ];
        assert_eq!(settles(&parsed("CFE_K07_VX", &text)), expected);
        let divided = text.replace("139.4", "13.94");
        assert_eq!(
            settles(&parsed("CFE_K07_VX", &divided)),
            expected,
            "already divided"
        );
        let late = text
            .replace("03/26/2007", "03/27/2007")
            .replace("13.93", "139.3");
        let found = parsed("CFE_K07_VX", &late);
        assert_eq!(
            found.problems[0].line,
            Some(3),
            "tenfold afterwards is wrong"
        );
    }

    #[test]
    fn a_disclaimer_and_trailing_commas_do_not_matter() {
        let text = format!(
            "CFE data is compiled for the convenience of site visitors, without warranty.\r\n\r\n{HEADER},\r\n05/02/2013,M (Jun 2013),15,15.2,14.9,15.1,15.05,0.1,100,0,2000,\r\n"
        );
        let found = parsed("archive", &text);
        let expected = (date(2013, 6, 19), date(2013, 5, 2), 15.05);
        assert_eq!(settles(&found), [expected]);
        assert!(found.problems.is_empty());
    }

    #[test]
    fn the_expiry_day_holds_the_final_settlement_and_no_bar() {
        let text = format!(
            "{HEADER}\n2013-08-20,Q (Aug 2013),14.9,15.05,14.35,14.98,15,0,52253,0,56658\n2013-08-21,Q (Aug 2013),0,0,0,0,16.42,1.42,0,0,51446\n"
        );
        let found = parsed("VX_2013-08-21", &text);
        assert_eq!(found.futures[0].contract.final_settlement, Some(16.42));
        assert_eq!(settles(&found).len(), 1);
    }

    #[test]
    fn expiries_on_tuesdays_follow_the_rule_and_the_file_s_name() {
        for (month, day) in [
            ("Mar 2014", date(2014, 3, 18)),
            ("Mar 2019", date(2019, 3, 19)),
            ("Mar 2022", date(2022, 3, 15)),
            ("Jun 2024", date(2024, 6, 18)),
            ("Mar 2025", date(2025, 3, 18)),
            ("May 2026", date(2026, 5, 19)),
        ] {
            let label = format!("X ({month})");
            let before = day.saturating_sub(jiff::ToSpan::days(7));
            let text = format!("{HEADER}\n{before},{label},0,0,0,0,17.7,0,0,0,0\n");
            for stem in ["renamed".to_owned(), format!("VX_{day}")] {
                let found = parsed(&stem, &text);
                assert_eq!(found.futures[0].contract.expiry, day, "{stem}");
            }
        }
    }

    #[test]
    fn two_contracts_in_one_file_are_kept_apart_and_a_day_twice_is_named() {
        let text = format!(
            "{HEADER}\n2014-01-06,G (Feb 2014),0,0,0,14.9,14.95,0,100,0,9\n2014-01-06,H (Mar 2014),0,0,0,15.5,15.55,0,50,0,9\n2014-01-07,G (Feb 2014),0,0,0,14.4,14.45,0,100,0,9\n2014-01-07,G (Feb 2014),0,0,0,14.4,14.5,0,300,0,9\n2014-01-08,G (Feb 2014),0,0,0,14.4,14.45,0,100,0,9\n2014-01-08,G (Feb 2014),0,0,0,14.4,14.45,0,100,0,9\n"
        );
        let found = parsed("VX_2014-02-19", &text);
        let (february, march) = (date(2014, 2, 19), date(2014, 3, 18));
        let expected = [
            (february, date(2014, 1, 6), 14.95),
            (february, date(2014, 1, 7), 14.5),
            (february, date(2014, 1, 8), 14.45),
            (march, date(2014, 1, 6), 15.55),
        ];
        assert_eq!(settles(&found), expected);
        assert_eq!(found.problems.len(), 1);
        assert_eq!(found.problems[0].line, Some(5));
    }

    #[test]
    fn labels_of_the_wrong_contract_are_caught_by_their_last_day() {
        let header = format!(",{HEADER}");
        let text = format!(
            "{header}\n0,2026-03-17,2026-03-18,0,0,0,21,21.1,0,5,0,9\n1,2026-04-17,2026-04-15,0,0,0,20,20.29,0,5,0,9\n2,2026-04-17,2026-05-19,0,0,0,21,20.9,0,5,0,9\n3,2026-04-17,20268-03-18,0,0,0,21,21.6,0,5,0,9\n"
        );
        let found = parsed("futures_data", &text);
        let expected = (date(2026, 3, 18), date(2026, 3, 17), 21.1);
        assert_eq!(settles(&found), [expected], "what is in doubt is left out");
        let lines: Vec<_> = found.problems.iter().map(|p| p.line).collect();
        assert_eq!(lines, [Some(5), Some(3), Some(4)], "{:?}", found.problems);
        assert!(
            found.problems[1]
                .expected
                .contains("no row after its expiry")
        );
    }

    #[test]
    fn a_contract_that_ends_early_in_a_longer_file_is_questioned() {
        let text = format!(
            "{HEADER}\n2026-01-20,2026-02-18,0,0,0,21,21.1,0,5,0,9\n2026-02-17,2026-03-18,0,0,0,20,20.29,0,5,0,9\n"
        );
        let found = parsed("futures_data", &text);
        assert_eq!(settles(&found).len(), 2);
        assert!(found.problems[0].found.contains("ends on 2026-01-20"));
    }

    #[test]
    fn labels_and_names() {
        assert_eq!(label_month("F (Jan 2013)"), Some(date(2013, 1, 1)));
        assert_eq!(label_month("K (May 07)"), Some(date(2007, 5, 1)));
        assert_eq!(label_month("31 (Aug 2025)"), None, "a weekly");
        assert_eq!(label_month("?"), None);
        assert_eq!(date_in("VX_2025-08-06"), Some(date(2025, 8, 6)));
        assert_eq!(date_in("VX"), None);
        let text = format!("{HEADER}\n2025-07-30,31 (Aug 2025),0,0,0,17,17.2,0,5,0,9\n");
        let found = parsed("VX_2025-08-06", &text);
        assert_eq!(found.futures[0].contract.expiry, date(2025, 8, 6));
        assert_eq!(parsed("weekly", &text).problems[0].column, "Futures");
    }
}
