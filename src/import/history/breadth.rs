//! NYSE counts without header: `YYYYMMDD, n`. Which count it is, known days or the file's name say.

use super::column::{Column, HistoryFile, Parsed};
use super::single;
use super::text::Head;

fn is_row(cells: &[&str]) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    matches!(cells, [date, count] if date.len() == 8 && digits(date) && digits(count))
}

pub(super) fn recognise(head: &Head<'_>) -> bool {
    let mut rows = head.filled().peekable();
    rows.peek().is_some() && rows.all(|(_, cells)| is_row(cells))
}

pub(super) fn read(file: &HistoryFile<'_>, format: (&'static str, u8)) -> Parsed {
    single::read(file, 0, 0, (1, Column::named("count")), format)
}
