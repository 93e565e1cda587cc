//! Scenario tables as text: one row per move or preset, split by layer.

use super::super::layout::{Block, Table};
use crate::risk::figures::ScenarioRow;
use crate::ui::format::{points, signed};

/// The table; presets have names and horizons, instant moves have none.
pub(super) fn table(rows: &[ScenarioRow]) -> Block {
    let named = rows.iter().any(|row| !row.name.is_empty());
    let mut header = vec![
        "SPX %", "VIX", "condors", "1st", "2nd", "3rd", "other", "net",
    ];
    if named {
        header.splice(0..0, ["preset", "trading days"]);
    }
    header.push("");
    let mut table = Table::new(&header);
    for row in rows {
        let mut cells = vec![
            signed(row.spx_pct, 0),
            points(row.vix),
            signed(row.condors_usd, 0),
        ];
        cells.extend(row.layers_usd.map(|layer| signed(layer, 0)));
        cells.extend([signed(row.other_usd, 0), signed(row.net_usd, 0)]);
        if named {
            cells.splice(0..0, [row.name.to_owned(), row.trading_days.to_string()]);
        }
        let marks = [
            (row.is_extrapolated, "extrapolated"),
            (row.at_limit, "VIX at its limit"),
        ];
        let words: Vec<&str> = marks
            .iter()
            .filter(|mark| mark.0)
            .map(|mark| mark.1)
            .collect();
        cells.push(words.join(", "));
        table.row(cells);
    }
    Block::Table(table)
}
