//! Brokers' exports as fills, holdings and cash, and what an import would make of them.
//!
//! Everything here is a pure function of text. Reading is lenient about form and strict about content: a
//! row is understood, left out with a reason, or complained about with line and column; none is lost.
//!
//! | file | responsibility |
//! | --- | --- |
//! | [`kind`] | the formats, and which one a text is in |
//! | [`fill`] | what a file says, in our types; fingerprints of fills |
//! | `cells` | lines as cells; numbers, dates and times as brokers write them |
//! | `symbol` | brokers' names of contracts |
//! | [`mod@reading`] | what every reader shares: options, complaints, fees over legs |
//! | `tos_statement`, `tos_trades`, `tos_cash`, `tos_removals` | thinkorswim's account statement |
//! | `tos_positions` | thinkorswim's position statement |
//! | `tastytrade`, `tasty_fills` | tastytrade's history, all generations |
//! | `one_report` | the detail report of `OptionNET` Explorer |
//! | `fills_csv` | a table of our own |
//! | [`review`] | proposals: every fill an action, every one of them overridable |
//! | `grouping`, `matching`, `naming`, `campaigns` | how proposals are found |
//! | `pieces` | fills of contracts of several campaigns, in parts |
//! | `known` | what was imported before, in whichever format |
//! | [`mod@reconcile`] | the file's totals against what was read |

mod campaigns;
mod cells;
pub mod fill;
mod fills_csv;
mod grouping;
pub mod kind;
mod known;
mod matching;
mod naming;
mod one_report;
mod pieces;
pub mod reading;
pub mod reconcile;
pub mod review;
mod symbol;
mod tasty_fills;
mod tastytrade;
mod tos_cash;
mod tos_positions;
mod tos_removals;
mod tos_statement;
mod tos_trades;

pub use fill::{
    Assumption, BrokerFile, BrokerFill, BrokerHolding, CashKind, CashRow, Effect, FillKind,
    Fingerprint, Skipped, Stated, shared_usd,
};
pub use kind::{BrokerKind, recognise};
pub use known::KnownFill;
pub use matching::{FillMatch, Origin};
pub use reading::ReadOptions;
pub use reconcile::{Check, reconcile};
pub use review::{CampaignProposal, HeldLot, ImportReview, Proposal, ReviewOptions};

use super::problem::{ImportProblem, excerpt};
use cells::Sheet;

/// A file's bytes as text: UTF-8, UTF-16 with a byte-order mark, else Windows-1252 as far as it is Latin.
pub fn decode(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).map_or_else(
            |_not_utf8| bytes.iter().map(|byte| char::from(*byte)).collect(),
            str::to_owned,
        ),
    }
}

/// Reads a broker's file, whichever of the formats it is in. `name` is the file's name in messages.
///
/// # Errors
/// An [`ImportProblem`] about the first line when the text is in none of the formats. What is wrong with
/// single lines stands in [`BrokerFile::problems`] instead.
pub fn read_broker(
    name: &str,
    text: &str,
    options: &ReadOptions,
) -> Result<BrokerFile, ImportProblem> {
    let sheet = Sheet::parse(text);
    let Some(kind) = kind::recognise_sheet(&sheet) else {
        let first = sheet.rows.iter().find(|row| !row.is_blank());
        let labels = BrokerKind::ALL.map(BrokerKind::label);
        return Err(ImportProblem {
            file: name.to_owned(),
            line: first.map_or(1, |row| row.line),
            column: "file".to_owned(),
            found: excerpt(&first.map(|row| row.text()).unwrap_or_default()),
            expected: format!("one of: {}", labels.join(", ")),
        });
    };
    Ok(match kind {
        BrokerKind::ThinkorswimStatement => tos_statement::read(name, &sheet, options),
        BrokerKind::ThinkorswimPositions => tos_positions::read(name, &sheet, options),
        BrokerKind::Tastytrade | BrokerKind::Tastyworks => {
            tastytrade::read(name, kind, &sheet, options)
        }
        BrokerKind::OneDetailReport => one_report::read(name, &sheet, options),
        BrokerKind::FillsCsv => fills_csv::read(name, &sheet, options),
    })
}
