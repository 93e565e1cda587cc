//! The table of formats: how each is recognised by its first lines, and who reads it.

use super::column::{HistoryFile, Parsed};
use super::text::{Head, decode};
use super::{
    breadth, cboe_index, date_value, events, fred, manual, shiller, vx_contract, vx_table, yahoo,
    yfinance,
};

/// A format of market history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HistoryFormat {
    /// Rows typed by hand, in our own file.
    Manual,
    /// VIX futures of Cboe.
    VxContract,
    /// VIX futures, one curve a row.
    VxTable,
    /// Shiller's monthly data.
    Shiller,
    /// A download from FRED.
    Fred,
    /// CSV of the Python package yfinance.
    Yfinance,
    /// CSV as Yahoo served it.
    Yahoo,
    /// Index history of Cboe.
    CboeIndex,
    /// Dates of meetings and releases.
    Events,
    /// A date column and columns that name series.
    DateValue,
    /// NYSE counts without header.
    Breadth,
    /// A Cboe quotes export of VIX options: one day, not a series.
    VixChain,
    /// A Cboe quotes export of other options: one day, not a series.
    OptionChain,
}

/// How a format is told and read.
struct Entry {
    format: HistoryFormat,
    label: &'static str,
    /// How far from the publisher: files with a lower rank win.
    rank: u8,
    recognise: fn(&Head<'_>) -> bool,
    read: fn(&HistoryFile<'_>, (&'static str, u8)) -> Parsed,
}

/// The table, the more particular formats first.
const ENTRIES: [Entry; 13] = [
    Entry {
        format: HistoryFormat::Manual,
        label: "typed by hand",
        rank: crate::series::builder::MANUAL_RANK,
        recognise: manual::recognise,
        read: manual::read,
    },
    Entry {
        format: HistoryFormat::VixChain,
        label: "Cboe chain of VIX options",
        rank: 0,
        recognise: |head| chain_of(head) == Some(true),
        read: |_, _| Parsed::skipped("option quotes of one day, not a history"),
    },
    Entry {
        format: HistoryFormat::OptionChain,
        label: "Cboe chain of options",
        rank: 0,
        recognise: |head| chain_of(head) == Some(false),
        read: |_, _| {
            Parsed::skipped("option quotes of one day, not a history: import it as a chain")
        },
    },
    Entry {
        format: HistoryFormat::VxContract,
        label: "Cboe VX contract",
        rank: 0,
        recognise: vx_contract::recognise,
        read: vx_contract::read,
    },
    Entry {
        format: HistoryFormat::VxTable,
        label: "table of VX curves",
        rank: 3,
        recognise: vx_table::recognise,
        read: vx_table::read,
    },
    Entry {
        format: HistoryFormat::Shiller,
        label: "Shiller monthly data",
        rank: 1,
        recognise: shiller::recognise,
        read: shiller::read,
    },
    Entry {
        format: HistoryFormat::Yfinance,
        label: "yfinance",
        rank: 3,
        recognise: yfinance::recognise,
        read: yfinance::read,
    },
    Entry {
        format: HistoryFormat::Yahoo,
        label: "Yahoo",
        rank: 3,
        recognise: yahoo::recognise,
        read: yahoo::read,
    },
    Entry {
        format: HistoryFormat::CboeIndex,
        label: "Cboe index history",
        rank: 0,
        recognise: cboe_index::recognise,
        read: cboe_index::read,
    },
    Entry {
        format: HistoryFormat::Fred,
        label: "FRED",
        rank: 1,
        recognise: fred::recognise,
        read: fred::read,
    },
    Entry {
        format: HistoryFormat::Events,
        label: "event dates",
        rank: 4,
        recognise: events::recognise,
        read: events::read,
    },
    Entry {
        format: HistoryFormat::Breadth,
        label: "NYSE breadth",
        rank: 2,
        recognise: breadth::recognise,
        read: breadth::read,
    },
    Entry {
        format: HistoryFormat::DateValue,
        label: "date and values",
        rank: 4,
        recognise: date_value::recognise,
        read: date_value::read,
    },
];

impl HistoryFormat {
    fn entry(self) -> &'static Entry {
        let found = ENTRIES.iter().find(|entry| entry.format == self);
        found.expect("every format has its row, as a test shows")
    }

    /// The format in words.
    pub fn label(self) -> &'static str {
        self.entry().label
    }

    /// Whether files of the format hold quotes of one day and no history.
    pub fn is_chain(self) -> bool {
        matches!(self, Self::VixChain | Self::OptionChain)
    }
}

/// The format of a file by its first bytes (some kilobytes will do); `None` when it is none of ours.
pub fn recognise(head: &[u8]) -> Option<HistoryFormat> {
    if head.contains(&0) && !matches!(head, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return None;
    }
    let text = decode(head);
    let head = Head::of(&text);
    let found = ENTRIES.iter().find(|entry| (entry.recognise)(&head));
    found.map(|entry| entry.format)
}

/// Reads a file of a format.
pub(super) fn read(format: HistoryFormat, file: &HistoryFile<'_>) -> Parsed {
    let entry = format.entry();
    (entry.read)(file, (entry.label, entry.rank))
}

/// Whether the file is a Cboe quotes export, and if so whether of VIX.
fn chain_of(head: &Head<'_>) -> Option<bool> {
    let is_header = |cells: &[&str]| {
        cells.len() > 11
            && cells[0].eq_ignore_ascii_case("Expiration Date")
            && cells[11].eq_ignore_ascii_case("Strike")
    };
    let (header, _) = head.header(is_header)?;
    let symbol = head
        .filled()
        .find(|(line, _)| *line > header)
        .and_then(|(_, cells)| cells.get(1).copied())
        .unwrap_or("");
    Some(symbol.trim_start_matches('^').starts_with("VIX"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ENTRIES, HistoryFile, HistoryFormat, read, recognise};

    #[test]
    fn each_format_has_one_row() {
        for (at, entry) in ENTRIES.iter().enumerate() {
            assert_eq!(entry.format.label(), entry.label);
            let twins = ENTRIES[at + 1..].iter();
            assert!(twins.clone().all(|other| other.format != entry.format));
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table")]
    #[test]
    fn headers_tell_the_format() {
        use HistoryFormat::{
            Breadth, CboeIndex, DateValue, Events, Fred, Manual, OptionChain, Shiller, VixChain,
            VxContract, VxTable, Yahoo, Yfinance,
        };
        let chain = "\nCBOE VOLATILITY INDEX,Last: 17\nDate: 24 June 2026 at 16:15 EDT,Bid: 0\nExpiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest\nWed Jul 22 2026,";
        let vix = format!("{chain}VIX260722C00020000,0");
        let spx = format!("{chain}SPXW260722C06000000,0");
        for (text, format) in [
            (
                "DATE,OPEN,HIGH,LOW,CLOSE\n01/02/1990,17.24,17.24,17.24,17.24\n",
                Some(CboeIndex),
            ),
            (
                "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n",
                Some(VxContract),
            ),
            (
                "\"CFE data is compiled for convenience\"\nTrade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest,\n",
                Some(VxContract),
            ),
            (
                "date,M1,M2,E1,E2\n2013-01-02,15.6,16.72,2013-01-16,2013-02-13\n",
                Some(VxTable),
            ),
            (
                "\"\",\"date\",\"M1\",\"M2\"\n\"1\",2004-03-26,NA,20.27\n",
                Some(VxTable),
            ),
            (",date,M1,M2\n1,3/26/04,NA,K (May 04)\n", Some(DateValue)),
            ("observation_date,SP500\n2016-02-12,1864.78\n", Some(Fred)),
            ("DATE,PPIACO\n1913-01-01,12.1\n", Some(Fred)),
            ("date,CPIAUCSL\n2003-01-01,182.6\n", Some(Fred)),
            ("Date,Open,High,Low,Close,Adj Close,Volume\n", Some(Yahoo)),
            (
                "Price,Close,High,Low,Open,Volume\nTicker,SPY,SPY,SPY,SPY,SPY\nDate,,,,,\n",
                Some(Yfinance),
            ),
            (
                "Date,SP500,Dividend,Earnings,Consumer Price Index,Long Interest Rate,Real Price,Real Dividend,Real Earnings,PE10\n",
                Some(Shiller),
            ),
            ("19650301, 550\n19650302, 590\n", Some(Breadth)),
            ("date,VIX,VVIX\n2026-07-01,17,92\n", Some(DateValue)),
            ("2026-07-01,17.2\n2026-07-02,17.3\n", Some(DateValue)),
            ("date,event\n2026-07-29,FOMC\n", Some(Events)),
            (
                "# Palisade manual rows, schema 1\ndate,series,value\n",
                Some(Manual),
            ),
            (vix.as_str(), Some(VixChain)),
            (spx.as_str(), Some(OptionChain)),
            (
                "Expiration,Days,Strike,Call Bid,Call Ask,Put Bid,Put Ask\n20090110,9,200,717.6,722.8,0,0.05\n",
                None,
            ),
            ("term,strike,call_bid\nnear,800,1160.90\n", None),
            ("# Notes\n\nSome text, with a comma.\n", None),
            (
                "# Notes\n\n| file | a.csv, b.csv | Trade Date,Futures,Open,High,Low,Close,Settle |\n",
                None,
            ),
            ("", None),
        ] {
            assert_eq!(recognise(text.as_bytes()), format, "{text}");
        }
        assert_eq!(recognise(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
    }

    proptest! {
        #[test]
        fn no_reader_panics_on_garbage(text in "[A-Za-z0-9 ,./\"\n#()-]{0,300}", which in 0..13_usize) {
            let _ = recognise(text.as_bytes());
            let headers = [
                "# Palisade manual rows, schema 1\ndate,series,value\n",
                "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n",
                "date,M1,M2,E1,E2\n", "date,M1,M2\n", "DATE,OPEN,HIGH,LOW,CLOSE\n",
                "Date,SP500,Dividend,Earnings,PE10\n", "observation_date,DGS2,X\n", "date,event\n",
                "Price,Close\nTicker,SPY\nDate,\n", "Date,Open,High,Low,Close,Adj Close,Volume\n", "", "date,value\n", "date,VIX\n",
            ];
            let text = format!("{}{text}", headers[which]);
            for entry in &ENTRIES {
                let file = HistoryFile { name: "x.csv", stem: "VX_2026-07-22", text: &text };
                let parsed = read(entry.format, &file);
                prop_assert!(parsed.series.iter().all(|s| s.rows.iter().all(|(_, v)| v.is_finite())));
            }
        }
    }
}
