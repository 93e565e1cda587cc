//! Commands by name: label, shortcut and meaning of everything that a menu, a key or a button can run.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

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
    /// Copy the table of the panel that is worked in.
    CopyTable,
    /// Write the table of the panel that is worked in to a file.
    SaveTable,
    /// Open the sample campaign.
    OpenSample,
    /// Open the sample of a campaign that is over, with its journal.
    OpenJournalSample,
    /// Import an option chain.
    ImportChain,
    /// Import fills or positions of a broker.
    ImportFills,
    /// Take the import back that was taken over last.
    TakeBackImport,
    /// Import a rule pack.
    ImportPack,
    /// Write the rule pack in force to a file.
    ExportPack,
    /// Save the rule pack in force into the folder of own packs.
    KeepPack,
    /// Copy the rule pack in force.
    DuplicatePack,
    /// Bring back the rule pack that was deleted last.
    RestorePack,
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
    /// Draw everything larger.
    ScaleUp,
    /// Draw everything smaller.
    ScaleDown,
    /// Draw everything at its designed size.
    ScaleReset,
    /// Save, rename and forget layouts.
    Layouts,
    /// Put every panel back in its place.
    ResetLayout,
    /// Put the panels of all further windows back into the desk.
    GatherWindows,
    /// Empty the list of recent campaigns.
    ClearRecent,
    /// Show every shortcut.
    Shortcuts,
    /// Show version and licence.
    About,
    /// Close the desk.
    Quit,
    /// Find and run any command by its name.
    Palette,
    /// Open the glossary, at the term of what the pointer or the keyboard is on.
    Glossary,
    /// Move the keyboard to the next panel.
    NextPanel,
    /// Move the keyboard to the panel before.
    PreviousPanel,
}

impl UiCommand {
    /// Every command, in the order of the menus.
    pub const ALL: [Self; 36] = [
        Self::New,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::ExportReport,
        Self::CopyTable,
        Self::SaveTable,
        Self::OpenSample,
        Self::OpenJournalSample,
        Self::ImportChain,
        Self::ImportFills,
        Self::TakeBackImport,
        Self::ImportPack,
        Self::ExportPack,
        Self::KeepPack,
        Self::DuplicatePack,
        Self::RestorePack,
        Self::Undo,
        Self::Redo,
        Self::WhatIf,
        Self::RestoreWhatIf,
        Self::ToggleTheme,
        Self::ScaleUp,
        Self::ScaleDown,
        Self::ScaleReset,
        Self::Layouts,
        Self::ResetLayout,
        Self::GatherWindows,
        Self::ClearRecent,
        Self::Shortcuts,
        Self::About,
        Self::Quit,
        Self::Palette,
        Self::Glossary,
        Self::NextPanel,
        Self::PreviousPanel,
    ];

    /// Name in menus; `…` where it asks for more.
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New campaign",
            Self::Open => "Open…",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::ExportReport => "Export report…",
            Self::CopyTable => "Copy table",
            Self::SaveTable => "Save table as CSV…",
            Self::OpenSample => "Open the sample",
            Self::OpenJournalSample => "Open the journal sample",
            Self::ImportChain => "Import option chain…",
            Self::ImportFills => "Import fills…",
            Self::TakeBackImport => "Take back import",
            Self::ImportPack => "Import rule pack…",
            Self::ExportPack => "Export rule pack…",
            Self::KeepPack => "Save rule pack",
            Self::DuplicatePack => "Duplicate rule pack",
            Self::RestorePack => "Restore deleted rule pack",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::WhatIf => "What-if on or off",
            Self::RestoreWhatIf => "Restore what-if",
            Self::ToggleTheme => "Dark or light",
            Self::ScaleUp => "Larger",
            Self::ScaleDown => "Smaller",
            Self::ScaleReset => "Normal size",
            Self::Layouts => "Save or manage layouts…",
            Self::ResetLayout => "Reset layout",
            Self::GatherWindows => "Bring all windows back",
            Self::ClearRecent => "Clear list",
            Self::Shortcuts => "Shortcuts",
            Self::About => "About Palisade",
            Self::Quit => "Quit",
            Self::Palette => "Commands…",
            Self::Glossary => "Glossary",
            Self::NextPanel => "Next panel",
            Self::PreviousPanel => "Previous panel",
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
            Self::CopyTable => {
                "Copy the table under the pointer or in the panel that you work in, for a spreadsheet"
            }
            Self::SaveTable => {
                "Write the table under the pointer or in the panel that you work in to a file"
            }
            Self::OpenSample => "Open the sample: ten condors with three VIX layers",
            Self::OpenJournalSample => {
                "Open a campaign that is over, with its journal: a hedge, a roll, and what was not taken"
            }
            Self::ImportChain => "Read marks from a Cboe delayed-quotes file",
            Self::ImportFills => {
                "Read trades or positions from a broker's file; nothing enters before you have seen it"
            }
            Self::TakeBackImport => {
                "Take the fills out again that were imported last, in every campaign that got some; undo does so in this one alone"
            }
            Self::ImportPack => {
                "Read a rule pack from a file; a copy is kept, and it rules this campaign"
            }
            Self::ExportPack => "Write the rule pack in force to a file, whole",
            Self::KeepPack => "Keep the campaign's own rule pack as a file, for other campaigns",
            Self::DuplicatePack => {
                "Copy the rule pack in force under a name of its own, and use the copy"
            }
            Self::RestorePack => "Take the rule pack that was deleted last out of the bin",
            Self::Undo => "Undo the last change",
            Self::Redo => "Redo the change undone last",
            Self::WhatIf => {
                "Assume other levels and try trades on every panel; nothing real changes. Off discards them"
            }
            Self::RestoreWhatIf => "Bring back the what-if that was discarded last",
            Self::ToggleTheme => "Change between the dark and the light desk",
            Self::ScaleUp => "Draw everything larger, up to 200 %",
            Self::ScaleDown => "Draw everything smaller, down to 75 %",
            Self::ScaleReset => "Draw everything at 100 %",
            Self::Layouts => "Save this layout under a name; rename and delete saved ones",
            Self::ResetLayout => "Put every panel back in its place",
            Self::GatherWindows => "Close the windows of single panels and put the panels back",
            Self::ClearRecent => "Empty the list of recent campaigns; no file is deleted",
            Self::Shortcuts => "Show every shortcut",
            Self::About => "Version, licence and what Palisade is not",
            Self::Quit => "Close the desk",
            Self::Palette => "Find and run anything by its name",
            Self::Glossary => "What every term means, with formula, unit and source",
            Self::NextPanel => "Move the keyboard to the next panel",
            Self::PreviousPanel => "Move the keyboard to the panel before",
        }
    }

    /// A second shortcut that does the same: `=` is the key of `+` on many keyboards.
    pub fn second_shortcut(self) -> Option<KeyboardShortcut> {
        let with = |key| KeyboardShortcut::new(Modifiers::COMMAND, key);
        let is = |command, key| (self == command).then(|| with(key));
        is(Self::ScaleUp, Key::Equals).or_else(|| is(Self::Palette, Key::P))
    }

    /// What it does, and its shortcut at the end.
    pub fn hint(self, ctx: &Context) -> String {
        let words = self.tooltip();
        self.keys(ctx)
            .map_or_else(|| words.to_owned(), |keys| format!("{words} ({keys})"))
    }

    /// The keys of its shortcut, as the reader's keyboard names them.
    pub fn keys(self, ctx: &Context) -> Option<String> {
        Some(shortcut_text(ctx, &self.shortcut()?))
    }

    /// Its shortcut, if it has one.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let plain = |key| Some(KeyboardShortcut::new(Modifiers::NONE, key));
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
            Self::CopyTable => command(Key::T),
            Self::SaveTable => shifted(Key::T),
            Self::Quit => command(Key::Q),
            Self::Palette => command(Key::K),
            Self::Glossary => plain(Key::F1),
            Self::NextPanel => plain(Key::F6),
            Self::PreviousPanel => Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::F6)),
            Self::Shortcuts => plain(Key::Questionmark),
            Self::ScaleUp => command(Key::Plus),
            Self::ScaleDown => command(Key::Minus),
            Self::ScaleReset => command(Key::Num0),
            Self::ExportReport
            | Self::ImportFills
            | Self::TakeBackImport
            | Self::ImportPack
            | Self::ExportPack
            | Self::KeepPack
            | Self::DuplicatePack
            | Self::RestorePack
            | Self::OpenSample
            | Self::OpenJournalSample
            | Self::RestoreWhatIf
            | Self::ToggleTheme
            | Self::Layouts
            | Self::ResetLayout
            | Self::GatherWindows
            | Self::ClearRecent
            | Self::About => None,
        }
    }

    /// Whether its shortcut is a character that a text field would take.
    pub fn types_text(self) -> bool {
        self == Self::Shortcuts
    }
}

/// A shortcut as the reader's keyboard names it: `Ctrl+Shift+S`, `?`.
pub fn shortcut_text(ctx: &Context, shortcut: &KeyboardShortcut) -> String {
    if shortcut.logical_key == Key::Questionmark {
        return "?".to_owned();
    }
    ctx.format_shortcut(shortcut)
}
