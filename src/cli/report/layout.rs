//! Plain text in columns: names beside values, and tables with the numbers to the right.

/// Blanks between two columns.
const GAP: &str = "  ";

/// Lines of names and values, the values in one column.
pub(super) fn pairs(rows: &[(&str, String)]) -> Vec<String> {
    let width = rows
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    rows.iter()
        .map(|(name, value)| format!("{name:<width$}{GAP}{value}"))
        .collect()
}

/// A table: the first column to the left, the others to the right, the last to the left if it has no name.
pub(super) struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(header: &[&str]) -> Self {
        Self {
            header: header.iter().map(|name| (*name).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row of as many cells as the header has.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The header and the rows; nothing without rows.
    pub(super) fn lines(&self) -> Vec<String> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let all = || std::iter::once(&self.header).chain(&self.rows);
        let cell_width = |row: &Vec<String>, column: usize| {
            row.get(column).map_or(0, |cell| cell.chars().count())
        };
        let widths: Vec<usize> = (0..self.header.len())
            .map(|column| all().map(|row| cell_width(row, column)).max().unwrap_or(0))
            .collect();
        all().map(|row| self.line(row, &widths)).collect()
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                let is_left = column == 0 || self.header.get(column).is_some_and(String::is_empty);
                if is_left {
                    format!("{cell:<width$}")
                } else {
                    format!("{cell:>width$}")
                }
            })
            .collect();
        cells.join(GAP).trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, pairs};

    #[test]
    fn columns_stand_under_one_another() {
        let mut table = Table::new(&["layer", "cost $", ""]);
        table.row([
            "First".to_owned(),
            "\u{2212}640".to_owned(),
            "note".to_owned(),
        ]);
        table.row(["Second".to_owned(), "1,060".to_owned(), String::new()]);
        assert_eq!(
            table.lines(),
            [
                "layer   cost $",
                "First     \u{2212}640  note",
                "Second   1,060"
            ]
        );
        assert!(Table::new(&["empty"]).lines().is_empty());
    }

    #[test]
    fn values_stand_in_one_column() {
        let lines = pairs(&[("VIX", "17.00".to_owned()), ("Dividend", "1 %".to_owned())]);
        assert_eq!(lines, ["VIX       17.00", "Dividend  1 %"]);
    }
}
