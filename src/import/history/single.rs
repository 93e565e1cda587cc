//! Files of one series that do not name it: told by known values, then by the file's name.

use super::column::{Column, Complaints, HistoryFile, Parsed, read_columns};
use super::known_values;
use crate::series::{SeriesId, Severity};

/// Reads one column and finds out whose it is.
///
/// Known values decide; a file name that says otherwise is noted. Without enough known days the file's
/// name decides, and without that the file is skipped.
pub(super) fn read(
    file: &HistoryFile<'_>,
    header_line: u32,
    date: usize,
    value: (usize, Column),
    format: (&'static str, u8),
) -> Parsed {
    let mut complaints = Complaints::about(file.name);
    let mut columns = read_columns(file, header_line, date, vec![value], &mut complaints);
    let Some(column) = columns.pop() else {
        return Parsed::default();
    };
    finish(file, column, format, complaints)
}

/// The second half of [`read`], for columns read otherwise.
pub(super) fn finish(
    file: &HistoryFile<'_>,
    column: Column,
    format: (&'static str, u8),
    mut complaints: Complaints<'_>,
) -> Parsed {
    let by_name = SeriesId::of_file_stem(file.stem);
    let by_value = known_values::series_of(&column.rows);
    if let (Some(name), Some(value)) = (by_name, by_value)
        && name != value
    {
        let found = format!("the values of {}", value.key());
        let expected = format!(
            "{}, as the file's name says; read as {}",
            name.key(),
            value.key()
        );
        complaints.say(Severity::Question, (None, &column.name), found, expected);
    }
    let Some(id) = by_value.or(by_name) else {
        return Parsed::skipped(
            "neither its header nor its name says which series it is: name the file after one, such as VIX9D.csv",
        );
    };
    let source = column.check(id, format, &mut complaints);
    Parsed {
        series: source.into_iter().collect(),
        problems: complaints.finish(),
        ..Parsed::default()
    }
}
