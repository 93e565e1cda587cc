//! Commands by name: label, shortcut and meaning of everything that a menu, a key or a button can run.

use egui::{Key, KeyboardShortcut, Modifiers};

/// A command of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UiCommand {
    /// Start an empty campaign.
    New,
    /// Choose a campaign to open.
    Open,
    /// Save the campaign where it lives.
    Save,
    /// Save the campaign elsewhere.
    SaveAs,
    /// Write a report with pictures.
    ExportReport,
    /// Open the sample campaign.
    OpenSample,
    /// Import an option chain.
    ImportChain,
    /// Undo the last change.
    Undo,
    /// Redo the change undone last.
    Redo,
    /// Begin a what-if, or discard the one under way.
    WhatIf,
    /// Bring back the what-if that was discarded last.
    RestoreWhatIf,
    /// Change between dark and light.
    ToggleTheme,
    /// Put every panel back in its place.
    ResetLayout,
    /// Show every shortcut.
    Shortcuts,
    /// Show version and licence.
    About,
    /// Close the desk.
    Quit,
}

impl UiCommand {
    /// Every command, in the order of the menus.
    pub const ALL: [Self; 16] = [
        Self::New,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::ExportReport,
        Self::OpenSample,
        Self::ImportChain,
        Self::Undo,
        Self::Redo,
        Self::WhatIf,
        Self::RestoreWhatIf,
        Self::ToggleTheme,
        Self::ResetLayout,
        Self::Shortcuts,
        Self::About,
        Self::Quit,
    ];

    /// Name in menus; `…` where it asks for more.
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New campaign",
            Self::Open => "Open…",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::ExportReport => "Export report…",
            Self::OpenSample => "Open the sample",
            Self::ImportChain => "Import option chain…",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::WhatIf => "What-if on or off",
            Self::RestoreWhatIf => "Restore what-if",
            Self::ToggleTheme => "Dark or light",
            Self::ResetLayout => "Reset layout",
            Self::Shortcuts => "Shortcuts",
            Self::About => "About Palisade",
            Self::Quit => "Quit",
        }
    }

    /// What it does, for tooltips.
    pub fn tooltip(self) -> &'static str {
        match self {
            Self::New => "Start an empty campaign; this one is saved",
            Self::Open => "Open a campaign, or a Cboe quotes file",
            Self::Save => "Save the campaign where it lives",
            Self::SaveAs => "Save the campaign to another file",
            Self::ExportReport => "Write the campaign as Markdown, with pictures beside it",
            Self::OpenSample => "Open the sample: ten condors with three VIX layers",
            Self::ImportChain => "Read marks from a Cboe delayed-quotes file",
            Self::Undo => "Undo the last change",
            Self::Redo => "Redo the change undone last",
            Self::WhatIf => {
                "Assume other levels and try trades on every panel; nothing real changes. Off discards them"
            }
            Self::RestoreWhatIf => "Bring back the what-if that was discarded last",
            Self::ToggleTheme => "Change between the dark and the light desk",
            Self::ResetLayout => "Put every panel back in its place",
            Self::Shortcuts => "Show every shortcut",
            Self::About => "Version, licence and what Palisade is not",
            Self::Quit => "Close the desk",
        }
    }

    /// Its shortcut, if it has one.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let command = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
        let shifted = |key| {
            Some(KeyboardShortcut::new(
                Modifiers::COMMAND | Modifiers::SHIFT,
                key,
            ))
        };
        match self {
            Self::New => command(Key::N),
            Self::Open => command(Key::O),
            Self::Save => command(Key::S),
            Self::SaveAs => shifted(Key::S),
            Self::ImportChain => command(Key::I),
            Self::Undo => command(Key::Z),
            Self::Redo => shifted(Key::Z),
            Self::WhatIf => shifted(Key::I),
            Self::Quit => command(Key::Q),
            Self::Shortcuts => Some(KeyboardShortcut::new(Modifiers::NONE, Key::Questionmark)),
            Self::ExportReport
            | Self::OpenSample
            | Self::RestoreWhatIf
            | Self::ToggleTheme
            | Self::ResetLayout
            | Self::About => None,
        }
    }
}
