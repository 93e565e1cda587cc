//! The parts of a report, names beside values and tables, as plain text in columns or as Markdown.

/// Blanks between two columns.
const GAP: &str = "  ";

/// A part of a section.
pub(in crate::cli) enum Block {
    /// Names and what stands beside them.
    Pairs(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// Sentences.
    Lines(Vec<String>),
    /// A picture beside the report: the words instead of it, and where it stands. Plain text has none.
    Picture(String, String),
}

impl Block {
    /// Names and what stands beside them.
    pub(in crate::cli) fn pairs(rows: &[(&str, String)]) -> Self {
        let rows = rows.iter();
        Self::Pairs(
            rows.map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        )
    }

    /// One sentence.
    pub(in crate::cli) fn line(words: impl Into<String>) -> Self {
        Self::Lines(vec![words.into()])
    }

    /// As plain text.
    pub(in crate::cli) fn lines(&self) -> Vec<String> {
        match self {
            Self::Pairs(rows) => {
                let rows: Vec<(&str, String)> = rows
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.clone()))
                    .collect();
                pairs(&rows)
            }
            Self::Table(table) => table.lines(),
            Self::Lines(lines) => lines.clone(),
            Self::Picture(..) => Vec::new(),
        }
    }

    /// As Markdown, ended by an empty line; nothing without rows.
    pub(in crate::cli) fn markdown(&self) -> String {
        let table = match self {
            Self::Pairs(rows) => {
                let mut table = Table::new(&["", ""]);
                for (name, value) in rows {
                    table.row([name.clone(), value.clone()]);
                }
                table.markdown()
            }
            Self::Table(table) => table.markdown(),
            Self::Lines(lines) => lines.iter().fold(String::new(), |text, line| {
                text + "- " + &inline(line) + "\n"
            }),
            Self::Picture(words, path) => {
                // blanks and brackets would end the link
                let path = path
                    .replace(' ', "%20")
                    .replace('(', "%28")
                    .replace(')', "%29");
                format!("![{}]({path})\n", inline(words))
            }
        };
        if table.is_empty() {
            table
        } else {
            table + "\n"
        }
    }
}

/// Text inside a line of Markdown: its signs mean themselves.
pub(in crate::cli) fn inline(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '|' | '<' | '[' | ']' | '#' => {
                safe.push('\\');
                safe.push(letter);
            }
            '\n' | '\r' | '\t' => safe.push(' '),
            plain => safe.push(plain),
        }
    }
    safe
}

/// Lines of names and values, the values in one column.
pub(in crate::cli) fn pairs(rows: &[(&str, String)]) -> Vec<String> {
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
pub(in crate::cli) struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(in crate::cli) fn new(header: &[&str]) -> Self {
        Self {
            header: header.iter().map(|name| (*name).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row of as many cells as the header has.
    pub(in crate::cli) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The header and the rows; nothing without rows.
    pub(in crate::cli) fn lines(&self) -> Vec<String> {
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

    /// As a Markdown table, numbers to the right; nothing without rows.
    pub(in crate::cli) fn markdown(&self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| inline(cell.trim())).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let rule: Vec<&str> = (0..self.header.len())
            .map(|column| if self.is_left(column) { "---" } else { "---:" })
            .collect();
        let mut text = line(&self.header);
        for part in ["| ", &rule.join(" | "), " |\n"] {
            text.push_str(part);
        }
        text.extend(self.rows.iter().map(|row| line(row)));
        text
    }

    /// Whether a column is text.
    fn is_left(&self, column: usize) -> bool {
        column == 0 || self.header.get(column).is_some_and(String::is_empty)
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                if self.is_left(column) {
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
    use super::{Block, Table, pairs};

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
    fn markdown_keeps_the_signs_of_names() {
        let mut table = Table::new(&["layer", "cost $"]);
        table.row(["First | *own*".to_owned(), "640".to_owned()]);
        let text = Block::Table(table).markdown();
        assert_eq!(
            text,
            "| layer | cost $ |\n| --- | ---: |\n| First \\| \\*own\\* | 640 |\n\n"
        );
        assert_eq!(Block::Lines(Vec::new()).markdown(), "");
        assert_eq!(Block::line("one").markdown(), "- one\n\n");
    }

    #[test]
    fn values_stand_in_one_column() {
        let lines = pairs(&[("VIX", "17.00".to_owned()), ("Dividend", "1 %".to_owned())]);
        assert_eq!(lines, ["VIX       17.00", "Dividend  1 %"]);
    }
}
