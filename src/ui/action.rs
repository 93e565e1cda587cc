//! What the user asked for in a frame: edits of the document, changes of the workspace, commands by name.
//!
//! Panels only read and push actions; the app applies them after the frame, so everything that a frame
//! shows belongs to one state.

use std::path::PathBuf;

use super::advice::AdviceEdit;
use super::command::UiCommand;
use super::export::Export;
use super::journal_view::JournalEdit;
use super::layouts::LayoutEdit;
use super::library::LibraryEdit;
use super::packs::PackEdit;
use super::panels::PanelKind;
use super::tables::TableRequest;
use super::what_if::WhatIfEdit;
use super::workspace::WorkspaceEdit;
use crate::document::Command;

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Change the document: one undo step.
    Edit(Command),
    /// Change the document as part of a gesture; all of a gesture folds into one undo step.
    Drag(Command),
    /// The gesture ended: what it did stays.
    EndDrag,
    /// The gesture was given up: the document goes back to where it began.
    CancelDrag,
    /// Change the workspace: never undone, never in the campaign's file.
    Workspace(WorkspaceEdit),
    /// Run a command by name, as a menu or a shortcut does.
    Run(UiCommand),
    /// Open a campaign, or import a chain: the content decides.
    OpenPath(PathBuf),
    /// Save the campaign to a path.
    SavePath(PathBuf),
    /// Remember the account's equity in dollars; `None` forgets it.
    SetEquity(Option<f64>),
    /// Bring a panel to the front.
    Focus(PanelKind),
    /// Show, save, rename or forget a layout.
    Layout(LayoutEdit),
    /// Bring a panel to the front and move the keyboard to it.
    Reach(PanelKind),
    /// Open the glossary at a term, by its id.
    Define(String),
    /// Change the what-if.
    WhatIf(WhatIfEdit),
    /// Take a picture or figures out of the desk.
    Export(Export),
    /// Take a table in view along.
    Table(TableRequest),
    /// Choose, load or add to the market's history.
    Library(LibraryEdit),
    /// Use or delete a file of rule packs.
    Pack(PackEdit),
    /// Compare, preview or take a choice.
    Advice(AdviceEdit),
    /// Open a campaign of the journal, list them anew, or write a decision down.
    Journal(JournalEdit),
    /// Say something in passing.
    Notify(String),
}

/// The requests of one frame, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actions(Vec<Action>);

impl Actions {
    /// Adds a request.
    pub fn push(&mut self, action: Action) {
        self.0.push(action);
    }

    /// Asks for one undoable change of the document.
    pub fn edit(&mut self, command: Command) {
        self.push(Action::Edit(command));
    }

    /// Asks for a change of the workspace.
    pub fn workspace(&mut self, edit: WorkspaceEdit) {
        self.push(Action::Workspace(edit));
    }

    /// Takes all requests.
    pub fn take(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.0)
    }

    /// The requests so far.
    pub fn as_slice(&self) -> &[Action] {
        &self.0
    }
}
