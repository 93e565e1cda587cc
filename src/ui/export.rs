//! What leaves the desk: panels as pictures, curves and tables as CSV, and the button that offers both.

mod caption;
pub mod csv;
pub mod menu;
pub mod picture;

pub use menu::{DataSet, export_button, taking_row};
pub use picture::{Look, PartWords, is_picture, say_subject};

use self::csv::journal::JournalTable;
use super::panels::PanelKind;
use super::tables::Taking;

/// A file that the desk can write besides campaigns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A picture as pixels.
    Png,
    /// A picture as shapes and text.
    Svg,
    /// Figures, comma-separated.
    Csv,
    /// A report with its pictures beside it.
    Markdown,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Png, Self::Svg, Self::Csv, Self::Markdown];

    /// Ending of its file names, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Csv => "csv",
            Self::Markdown => "md",
        }
    }

    /// What it is, for dialogs.
    pub fn label(self) -> &'static str {
        match self {
            Self::Png => "PNG picture",
            Self::Svg => "SVG picture",
            Self::Csv => "CSV file",
            Self::Markdown => "Markdown report",
        }
    }
}

/// Something to take out of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// A panel's picture to the clipboard.
    CopyPicture(PanelKind),
    /// A panel's picture to a file, as PNG or SVG.
    SavePicture(PanelKind, FileKind),
    /// Text to a CSV file; `name` is what the file is called unless the user says otherwise.
    SaveCsv {
        /// Name without an ending, such as `payoff`.
        name: String,
        /// The text.
        text: String,
    },
    /// A table of the journal, of the campaign in the window.
    Journal(JournalTable, Taking),
    /// The list of all campaigns with what they came to.
    Campaigns(Taking),
}
