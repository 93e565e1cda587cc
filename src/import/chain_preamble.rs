//! What stands above the rows of a Cboe quotes export: title with the index, date line, header.

use jiff::Timestamp;

use super::cboe_chain::{COLUMNS, STRIKE, problem_at};
use super::locale_date::parse_instant;
use super::problem::ImportError;

/// Lines among which the header is looked for.
const HEADER_WITHIN: usize = 20;

/// What stands above the rows.
pub(super) struct Preamble {
    pub(super) header_line: u64,
    pub(super) title: (u64, String),
    pub(super) spot: Option<f64>,
    pub(super) date_line: (u64, String),
    pub(super) file_time: Option<Timestamp>,
}

impl Preamble {
    pub(super) fn find(name: &str, text: &str) -> Result<Self, ImportError> {
        let mut preamble = Self {
            header_line: 0,
            title: (1, String::new()),
            spot: None,
            date_line: (1, String::new()),
            file_time: None,
        };
        for (line, content) in (1..).zip(text.lines().take(HEADER_WITHIN)) {
            if is_header(content) {
                preamble.header_line = line;
                return Ok(preamble);
            }
            if let Some(date) = date_text(content) {
                preamble.file_time = parse_instant(date);
                preamble.date_line = (line, date.to_owned());
            } else if preamble.spot.is_none() && !content.trim().is_empty() {
                preamble.spot = last_price(content);
                preamble.title = (line, content.to_owned());
            }
        }
        let first = text.lines().map(str::trim).find(|line| !line.is_empty());
        let expected = "a Cboe quotes export, with a header 'Expiration Date,Calls,Last Sale,Net,Bid,Ask,…' of 22 columns";
        Err(problem_at(name, 1, "header", first.unwrap_or("nothing"), expected).into())
    }
}

fn is_header(line: &str) -> bool {
    let cells: Vec<&str> = line
        .split(',')
        .map(|cell| cell.trim().trim_matches('"'))
        .collect();
    cells.len() >= COLUMNS
        && cells[0].eq_ignore_ascii_case("Expiration Date")
        && cells[STRIKE].eq_ignore_ascii_case("Strike")
}

/// The text after `Date:`, whether the whole cell is quoted or its commas split it.
fn date_text(line: &str) -> Option<&str> {
    let at = line.find("Date:")?;
    let rest = &line[at + "Date:".len()..];
    let end = rest.find(",Bid").unwrap_or(rest.len());
    Some(rest[..end].trim().trim_matches('"').trim())
}

/// The number after `Last:` in the title line, which may be quoted for its thousands.
fn last_price(line: &str) -> Option<f64> {
    let at = line.find("Last:")?;
    let rest = line[at + "Last:".len()..].trim_start();
    let quoted = line[..at].ends_with('"');
    let number: String = rest
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.' || (quoted && *c == ','))
        .filter(|c| *c != ',')
        .collect();
    number.parse().ok().filter(|price: &f64| *price > 0.0)
}

#[cfg(test)]
mod tests {
    use super::last_price;

    #[test]
    fn title_prices() {
        assert_eq!(
            last_price("Standard & Poors 500 Index,Last: 4164,Change:  52.92"),
            Some(4164.0)
        );
        assert_eq!(
            last_price("S&P 500 INDEX,\"Last: 6,632.19\",Change: -40"),
            Some(6632.19)
        );
        assert_eq!(last_price("S&P 500 INDEX"), None);
        assert_eq!(last_price("x,Last: N/A,y"), None);
    }
}
