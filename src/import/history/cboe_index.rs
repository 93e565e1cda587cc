//! Index history of Cboe: `DATE,OPEN,HIGH,LOW,CLOSE`, dates MM/DD/YYYY or ISO. (Before 2004 the four
//! prices of VIX are equal; only the close is read.)

use super::column::{Column, HistoryFile, Parsed};
use super::single;
use super::text::{Head, position};

const HEADER: [&str; 5] = ["DATE", "OPEN", "HIGH", "LOW", "CLOSE"];

fn is_header(cells: &[&str]) -> bool {
    let same = |(cell, name): (&&str, &str)| cell.eq_ignore_ascii_case(name);
    cells.len() == HEADER.len() && cells.iter().zip(HEADER).all(same)
}

pub(super) fn recognise(head: &Head<'_>) -> bool {
    head.header(is_header).is_some()
}

pub(super) fn read(file: &HistoryFile<'_>, format: (&'static str, u8)) -> Parsed {
    let head = file.head();
    let Some((line, header)) = head.header(is_header) else {
        return Parsed::default();
    };
    let close = position(header, "CLOSE").unwrap_or(4);
    let mut column = Column::named("CLOSE");
    column.zero_is_missing = true;
    single::read(file, line, 0, (close, column), format)
}
