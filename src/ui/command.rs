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
    /// Open the sample campaign.
    OpenSample,
    /// Import an option chain.
    ImportChain,
    /// Undo the last change.
    Undo,
    /// Redo the change undone last.
    Redo,
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
    pub const ALL: [Self; 17] = [
        Self::New,
        Self::Open,
        Self::Save,
        Self::SaveAs,
        Self::OpenSample,
        Self::ImportChain,
        Self::Undo,
        Self::Redo,
        Self::ToggleTheme,
        Self::ResetLayout,
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
            Self::OpenSample => "Open the sample",
            Self::ImportChain => "Import option chain…",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::ToggleTheme => "Dark or light",
            Self::ResetLayout => "Reset layout",
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
            Self::OpenSample => "Open the sample: ten condors with three VIX layers",
            Self::ImportChain => "Read marks from a Cboe delayed-quotes file",
            Self::Undo => "Undo the last change",
            Self::Redo => "Redo the change undone last",
            Self::ToggleTheme => "Change between the dark and the light desk",
            Self::ResetLayout => "Put every panel back in its place",
            Self::Shortcuts => "Show every shortcut",
            Self::About => "Version, licence and what Palisade is not",
            Self::Quit => "Close the desk",
            Self::Palette => "Find and run anything by its name",
            Self::Glossary => "What every term means, with formula, unit and source",
            Self::NextPanel => "Move the keyboard to the next panel",
            Self::PreviousPanel => "Move the keyboard to the panel before",
        }
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
            Self::Quit => command(Key::Q),
            Self::Palette => command(Key::K),
            Self::Glossary => plain(Key::F1),
            Self::NextPanel => plain(Key::F6),
            Self::PreviousPanel => Some(KeyboardShortcut::new(Modifiers::SHIFT, Key::F6)),
            Self::Shortcuts => plain(Key::Questionmark),
            Self::OpenSample | Self::ToggleTheme | Self::ResetLayout | Self::About => None,
        }
    }

    /// A second shortcut for the same, if it has one.
    pub fn second_shortcut(self) -> Option<KeyboardShortcut> {
        (self == Self::Palette).then_some(KeyboardShortcut::new(Modifiers::COMMAND, Key::P))
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
