//! Which format a broker's text is in, told by its content and never by its name.

use super::cells::{Sheet, SheetRow};

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BrokerKind {
    /// thinkorswim: Monitor → Account Statement → Export to file.
    ThinkorswimStatement,
    /// thinkorswim: Monitor → Activity and Positions → Position Statement.
    ThinkorswimPositions,
    /// tastytrade: History → CSV, with 18, 20 or 21 columns.
    Tastytrade,
    /// tastyworks, as tastytrade was called: 15 columns.
    Tastyworks,
    /// `OptionNET` Explorer: Reports → Detail Report.
    OneDetailReport,
    /// Fills in a table of our own: see `docs/formats.md`.
    FillsCsv,
}

impl BrokerKind {
    /// Every format.
    pub const ALL: [Self; 6] = [
        Self::ThinkorswimStatement,
        Self::ThinkorswimPositions,
        Self::Tastytrade,
        Self::Tastyworks,
        Self::OneDetailReport,
        Self::FillsCsv,
    ];

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::ThinkorswimStatement => "thinkorswim account statement",
            Self::ThinkorswimPositions => "thinkorswim position statement",
            Self::Tastytrade => "tastytrade history",
            Self::Tastyworks => "tastyworks history",
            Self::OneDetailReport => "OptionNET Explorer detail report",
            Self::FillsCsv => "fills CSV",
        }
    }

    /// The broker, as fingerprints name it: formats of one broker share it.
    pub(super) fn broker(self) -> &'static str {
        match self {
            Self::ThinkorswimStatement | Self::ThinkorswimPositions => "thinkorswim",
            Self::Tastytrade | Self::Tastyworks => "tastytrade",
            Self::OneDetailReport => "one",
            Self::FillsCsv => "fills",
        }
    }
}

/// How far down a header is looked for, in lines.
const DEEPEST_HEADER: usize = 400;

/// Tells the format of a text, or `None` when it is none of ours.
pub fn recognise(text: &str) -> Option<BrokerKind> {
    recognise_sheet(&Sheet::parse(text))
}

pub(super) fn recognise_sheet(sheet: &Sheet) -> Option<BrokerKind> {
    sheet.rows.iter().take(DEEPEST_HEADER).find_map(told_by)
}

/// The columns by which a header line tells its format, in lower case.
const HEADERS: [(BrokerKind, &[&str]); 9] = [
    (
        BrokerKind::Tastyworks,
        &["date/time", "transaction code", "open/close", "call/put"],
    ),
    (
        BrokerKind::Tastytrade,
        &[
            "date",
            "type",
            "action",
            "symbol",
            "instrument type",
            "quantity",
        ],
    ),
    (
        BrokerKind::OneDetailReport,
        &["account", "tradeid", "tradename", "opendate"],
    ),
    (
        BrokerKind::OneDetailReport,
        &["account", "tradeid", "transaction", "expiry", "description"],
    ),
    (
        BrokerKind::ThinkorswimStatement,
        &["date", "time", "type", "description", "amount"],
    ),
    (
        BrokerKind::ThinkorswimStatement,
        &["exec time", "side", "qty", "symbol", "price"],
    ),
    (
        BrokerKind::ThinkorswimStatement,
        &["symbol", "option code", "exp", "strike", "qty"],
    ),
    (
        BrokerKind::ThinkorswimPositions,
        &["instrument", "qty", "trade price", "mark"],
    ),
    (BrokerKind::FillsCsv, &["time", "root", "quantity", "price"]),
];

fn told_by(row: &SheetRow) -> Option<BrokerKind> {
    let first = row
        .cells
        .iter()
        .find(|cell| !cell.is_empty())?
        .to_ascii_lowercase();
    for (start, kind) in [
        ("account statement for", BrokerKind::ThinkorswimStatement),
        ("position statement for", BrokerKind::ThinkorswimPositions),
        ("one detail report", BrokerKind::OneDetailReport),
    ] {
        if first.starts_with(start) {
            return Some(kind);
        }
    }
    HEADERS
        .iter()
        .find(|(_, columns)| row.has_columns(columns))
        .map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_format() {
        for (text, kind) in [
            (
                "\u{feff}This document was exported\r\n\r\nAccount Statement for D-1 (ira) since 3/24/26\r\n",
                BrokerKind::ThinkorswimStatement,
            ),
            (
                "x\n,,Exec Time,Spread,Side,Qty,Pos Effect,Symbol,Exp,Strike,Type,Price,Net Price,Price Improvement,Order Type\n",
                BrokerKind::ThinkorswimStatement,
            ),
            (
                "Position Statement for 1 (u) on 12/29/21 11:49:04\n",
                BrokerKind::ThinkorswimPositions,
            ),
            (
                "Instrument,Qty,Days,Trade Price,Mark\n",
                BrokerKind::ThinkorswimPositions,
            ),
            (
                "Date,Type,Action,Symbol,Instrument Type,Description,Value,Quantity\n",
                BrokerKind::Tastytrade,
            ),
            (
                "Date/Time,Transaction Code,Transaction Subcode,Symbol,Buy/Sell,Open/Close,Quantity,Expiration Date,Strike,Call/Put,Price\n",
                BrokerKind::Tastyworks,
            ),
            ("ONE Detail Report\n\n", BrokerKind::OneDetailReport),
            ("price,note,Time,ROOT,quantity\n", BrokerKind::FillsCsv),
        ] {
            assert_eq!(recognise(text), Some(kind), "{text}");
        }
        for text in [
            "",
            "a,b\n1,2\n",
            "root,kind,strike,expiry,quantity,price\n",
            "\u{0}\u{1}\n",
        ] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }
}
